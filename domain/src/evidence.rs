//! What the log of actions can say to a board or an inspector of a period: counts, never a child and never a word that
//! somebody wrote.
//!
//! Everything is told as it stood at the end of the period, from the events up to then: what happens later changes nothing
//! in a period that is over.

use crate::action::{Action, BadHistory, DataWord, Event, EventKind, Level, State, Subject};
use crate::calendar::WorkingDays;
use crate::ids::ChildId;
use crate::measures::Period;
use crate::organisation::Organisation;
use chrono::{DateTime, NaiveDate, Utc};

/// What became of one closing of an action about children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// The data confirms it for each child.
    Confirmed,
    /// The data contradicts it for a child.
    Contradicted,
    /// It has not told by the end of the period, or cannot.
    Untold,
}

/// One closing of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedOnce {
    /// Whether it was reported on or before the day it was due.
    pub on_time: bool,
    /// Calendar days from the recording to the closing.
    pub days: i64,
    /// What the data says; of an action about children only.
    pub word: Option<Word>,
}

/// What one action did in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionTold {
    /// Its level.
    pub level: Level,
    /// Recorded in the period.
    pub opened: bool,
    /// Its closings in the period.
    pub closed: Vec<ClosedOnce>,
    /// How often it came back in the period.
    pub came_back: u32,
    /// Open at the end of the period and late on its last day, by at least a working day.
    pub late: bool,
}

/// Tells what an action did in a period; `None` where it was recorded after it. `day` is the day of a moment in England.
///
/// # Errors
/// When the events make no action.
pub fn tell(
    events: &[Event],
    period: Period,
    calendar: &WorkingDays,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Result<Option<ActionTold>, BadHistory> {
    let mut events = events.iter().take_while(|event| day(event.at) <= period.to);
    let Some(first) = events.next() else { return Ok(None) };
    let mut action = Action::begun_by(first)?;
    let recorded = day(first.at);
    let mut told = ActionTold {
        level: action.subject.level(),
        opened: period.has(Some(recorded)),
        closed: Vec::new(),
        came_back: 0,
        late: false,
    };
    for event in events {
        let (before, report, due) = (action.state, action.report.as_ref().map(|report| report.at), action.due);
        action.apply(event)?;
        let on = day(event.at);
        match (before, action.state) {
            (State::Reported, State::Closed) if period.has(Some(on)) => told.closed.push(ClosedOnce {
                on_time: report.is_some_and(|report| day(report) <= due),
                days: (on - recorded).num_days(),
                word: (told.level == Level::Child).then_some(Word::Untold),
            }),
            (State::Closed, State::Open) => {
                let by_data = matches!(event.kind, EventKind::DataContradicted { .. });
                if let Some(last) = told.closed.last_mut().filter(|last| by_data && last.word.is_some()) {
                    last.word = Some(Word::Contradicted);
                }
                if period.has(Some(on)) {
                    told.came_back += 1;
                }
            }
            // The data had brought it back, and that word was retracted: it had not come back at all.
            (State::Open, State::Closed) => {
                if let Some(last) = told.closed.last_mut().filter(|last| last.word.is_some()) {
                    last.word = Some(Word::Untold);
                }
                told.came_back = told.came_back.saturating_sub(1);
            }
            _ => {}
        }
    }
    told.late = action.working_days_late(period.to, calendar) > 0;
    if action.state == State::Closed
        && let Some(last) = told.closed.last_mut().filter(|last| last.word.is_some())
    {
        last.word = Some(word(&action));
    }
    Ok(Some(told))
}

/// What the data says of an action about children that is closed.
fn word(action: &Action) -> Word {
    let said = |child: &ChildId| action.data.get(child).map(|word| word.word);
    let mut children = action.subject.children().iter().map(|child| said(&child.child_id)).peekable();
    let about_this_report = |word: &&crate::action::Word| word.reports == action.reports;
    if action.data.values().filter(about_this_report).any(|word| word.word == DataWord::Contradicted) {
        Word::Contradicted
    } else if children.peek().is_some() && children.all(|word| word == Some(DataWord::Confirmed)) {
        Word::Confirmed
    } else {
        Word::Untold
    }
}

/// Under which service something is counted. Each is counted once, so that services add up to the whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// One.
    Named(String),
    /// Teams of more than one.
    Several,
    /// No team that belongs to a service.
    None,
}

impl Service {
    /// The service of teams.
    #[must_use]
    pub fn of_teams<'a>(teams: impl IntoIterator<Item = &'a str>, organisation: &Organisation) -> Self {
        let mut services: Vec<&str> = teams.into_iter().filter_map(|team| organisation.service(team)).collect();
        services.sort_unstable();
        services.dedup();
        match services[..] {
            [] => Self::None,
            [one] => Self::Named(one.to_owned()),
            _ => Self::Several,
        }
    }

    /// The service of an action, by the teams concerned when it was recorded.
    #[must_use]
    pub fn of_subject(subject: &Subject, organisation: &Organisation) -> Self {
        match subject {
            Subject::Service { service, .. } => Self::Named(service.clone()),
            _ => Self::of_teams(subject.teams(), organisation),
        }
    }
}

/// The whole calendar quarters that lie in a period and are over on a day, oldest first.
#[must_use]
pub fn whole_quarters(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Vec<Period> {
    use crate::calendar::{add_months, minus_days};
    use chrono::Datelike as _;
    let first = NaiveDate::from_ymd_opt(from.year(), from.month0() / 3 * 3 + 1, 1).unwrap_or(from);
    let mut begins = if first < from { add_months(first, 3) } else { first };
    let mut quarters = Vec::new();
    // A hundred years are enough for any board.
    while quarters.len() < 400 {
        let next = add_months(begins, 3);
        let ends = minus_days(next, 1);
        if ends > to || ends >= today {
            break;
        }
        quarters.push(Period { from: begins, to: ends });
        begins = next;
    }
    quarters
}
