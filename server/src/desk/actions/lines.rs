//! Lines of the log in words.

use super::people::{People, may_record};
use super::{Today, log};
use crate::desk::links::with_query;
use crate::desk::{Links, ViewerDesk, failed, words};
use crate::store::actions::{self, Filter, InShort, Line, Order};
use app::data::{ActionLine, ActionsHere, Link, Standing};
use app::error::PageError;
use domain::action::{Escalation, Level, State, escalation, working_days_late};
use domain::ids::ActionId;
use std::collections::HashMap;

/// Lines on a child's page.
const OF_CHILD: u32 = 20;
/// Lines on a team's page, where they stand before its figures: those due first.
const OF_TEAM: u32 = 5;

/// `/actions/A-000123`.
pub(super) fn href(id: ActionId) -> String {
    Links::action(id)
}

/// The lines in words, in their order.
pub(super) async fn in_words(
    desk: &ViewerDesk,
    lines: &[Line],
    people: &People,
    today: &Today,
) -> Result<Vec<ActionLine>, PageError> {
    let ids: Vec<ActionId> = lines.iter().map(|line| line.id).collect();
    let more = actions::in_short(&desk.state.db, &ids).await.map_err(failed)?;
    let lines = said(desk, lines).await?;
    Ok(lines.iter().map(|line| in_words_of(line, &more, people, today)).collect())
}

/// The lines as the viewer may read them: typed texts without the ids of children who are not the viewer's.
pub(super) async fn said(desk: &ViewerDesk, lines: &[Line]) -> Result<Vec<Line>, PageError> {
    let named = desk.named().await?;
    let say = |text: &str| named.text(text);
    let line = |line: &Line| Line {
        what: say(&line.what),
        doer: line.doer.said(&say),
        report: line.report.as_ref().map(|(text, at, by)| (say(text), *at, *by)),
        ..line.clone()
    };
    Ok(lines.iter().map(line).collect())
}

fn in_words_of(line: &Line, more: &HashMap<i64, InShort>, people: &People, today: &Today) -> ActionLine {
    let more = more.get(&line.id.0).cloned().unwrap_or_default();
    let (time, late) = time(line.state, line.due, today);
    ActionLine {
        number: Link { text: line.id.to_string(), href: href(line.id) },
        what: line.what.clone(),
        about: about(line, &more),
        accountable: people.name(line.accountable),
        vacant: line.state.is_at_work() && people.is_out_of_office(line.accountable, today.date),
        doer: people.doer(&line.doer),
        due: words::date(line.due),
        step: step(late, today),
        time,
        state: line.state.title().to_owned(),
        standing: standing(line.state, late),
        data: data(&more),
        key: format!("{}.{}", line.id.0, line.version),
    }
}

fn about(line: &Line, more: &InShort) -> String {
    let level = match (line.level, more.children) {
        (Level::Child, children) => words::count(children, "child", "children"),
        (level, _) => level.title().to_owned(),
    };
    let place = line.service.clone().unwrap_or_else(|| more.teams.join(", "));
    if place.is_empty() { level } else { format!("{level}: {place}") }
}

/// "The data confirms it for 1 of 2 children".
fn data(more: &InShort) -> String {
    let of = words::count(more.children, "child", "children");
    match (more.confirmed, more.contradicted) {
        (0, 0) => String::new(),
        (confirmed, 0) => format!("The data confirms it for {confirmed} of {of}"),
        (0, contradicted) => format!("The data contradicts it for {contradicted} of {of}"),
        (confirmed, contradicted) => {
            format!("The data confirms it for {confirmed} of {of} and contradicts it for {contradicted}")
        }
    }
}

/// "2 working days left", and how many working days an open action is late.
pub(super) fn time(state: State, due: chrono::NaiveDate, today: &Today) -> (String, u32) {
    if state != State::Open {
        return (String::new(), 0);
    }
    let late = working_days_late(due, today.date, &today.calendar);
    let days = |days: u32| words::count(u64::from(days), "working day", "working days");
    let text = if late > 0 {
        format!("{} late", days(late))
    } else if due <= today.date {
        "due now".to_owned()
    } else {
        match u32::try_from(today.calendar.elapsed(today.date, due)).unwrap_or(0) {
            0 => "no working day left".to_owned(),
            left => format!("{} left", days(left)),
        }
    };
    (text, late)
}

/// Who is told of an action so many working days late.
pub(super) fn step(late: u32, today: &Today) -> String {
    match escalation(late, &today.standards) {
        None => "",
        Some(Escalation::HeadOfService) => "Step 1: the Head of Service is told",
        Some(Escalation::Director) => "Step 2: the Director is told",
        Some(Escalation::Agenda) => "Step 3: on the agenda of the Director’s next surgery",
    }
    .to_owned()
}

/// Late is bad, done is good, waiting is in between.
pub(super) const fn standing(state: State, late: u32) -> Standing {
    match state {
        State::Open if late > 0 => Standing::Bad,
        State::Open | State::Withdrawn => Standing::Neutral,
        State::Reported => Standing::Near,
        State::Closed => Standing::Good,
    }
}

/// The actions about a child. `reference` is the child's, `child_id` the council's.
pub(in crate::desk) async fn of_child(
    desk: &ViewerDesk,
    reference: &str,
    child_id: &str,
) -> Result<ActionsHere, PageError> {
    let filter = Filter { child: Some(child_id.to_owned()), ..Filter::default() };
    let add = Link {
        text: "Add an action about this child".to_owned(),
        href: with_query("/actions/new", &[("child", reference.to_owned())]),
    };
    here(desk, (&filter, OF_CHILD), None, add).await
}

/// The open actions of a team.
pub(in crate::desk) async fn of_team(desk: &ViewerDesk, team: &str) -> Result<Option<ActionsHere>, PageError> {
    if !desk.visit.viewer.scope.allows_children_of(Some(team)) {
        return Ok(None);
    }
    let filter =
        Filter { team: Some(team.to_owned()), states: vec![State::Open, State::Reported], ..Filter::default() };
    let query = [("team", team.to_owned())];
    let all = Link {
        text: "All actions of this team".to_owned(),
        href: with_query(log::PATH, &[("tab", "all".to_owned()), ("team", team.to_owned())]),
    };
    let add = Link { text: "Add an action about this team".to_owned(), href: with_query("/actions/new", &query) };
    here(desk, (&filter, OF_TEAM), Some(all), add).await.map(Some)
}

async fn here(
    desk: &ViewerDesk,
    (filter, most): (&Filter, u32),
    all: Option<Link>,
    add: Link,
) -> Result<ActionsHere, PageError> {
    let lines = actions::page(&desk.state.db, &desk.reader(), filter, Order::Due, None, most).await.map_err(failed)?;
    let add = may_record(desk).then_some(add);
    if lines.is_empty() {
        return Ok(ActionsHere { lines: Vec::new(), all, add });
    }
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    Ok(ActionsHere { lines: in_words(desk, &lines, &people, &today).await?, all, add })
}
