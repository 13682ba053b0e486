//! How late things are recorded, within a scope.

use crate::council::{Council, CouncilCache, Event};
use crate::db::Db;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{ReadError, Selection};
use chrono::NaiveDate;
use domain::lag::{Lag, Recorded, by_team, by_worker, whole};
use domain::record::List;
use domain::scope::Scope;

/// What is asked.
#[derive(Debug, Clone)]
pub struct AskLag<'a> {
    /// The first as-at date of an extract in which events appeared. Each extract costs a reading of what changed with it,
    /// once.
    pub from: NaiveDate,
    /// A service, team or worker, or all.
    pub selection: &'a Selection,
    /// Visits to children alone, or every dated event.
    pub visits_alone: bool,
    /// One list, or all.
    pub list: Option<List>,
}

/// How late things are recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lags {
    /// All of it; `None` where no event appeared.
    pub whole: Option<Lag>,
    /// By team.
    pub by_team: Vec<Lag>,
    /// By worker.
    pub by_worker: Vec<Lag>,
    /// The first extract that says something, with the one before it to compare with; `None` where none does.
    pub since: Option<NaiveDate>,
    /// Whether an extract or a column was left out as the first of its kind, which says nothing of when its events were
    /// recorded.
    pub is_first_left_out: bool,
}

/// How late the events that appeared in extracts up to the council's were recorded, of a selection within a scope, each by
/// the standard of its extract. For who reads children: workers stand in it. `None` for who does not.
///
/// # Errors
/// When the database fails.
pub async fn lag(
    db: &Db,
    cache: &CouncilCache,
    council: &Council,
    scope: &Scope,
    ask: &AskLag<'_>,
) -> Result<Option<Lags>, ReadError> {
    if !scope.reads_children() {
        return Ok(None);
    }
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, ask.selection);
    let mut lags =
        Lags { whole: None, by_team: Vec::new(), by_worker: Vec::new(), since: None, is_first_left_out: false };
    let mut recorded: Vec<Recorded> = Vec::new();
    for (place, (extract, standards)) in council.extracts.iter().zip(&council.standards_then).enumerate() {
        if extract.as_at < ask.from {
            continue;
        }
        let Some(news) = cache.news(db, council, place).await? else {
            lags.is_first_left_out = true;
            continue;
        };
        lags.since = lags.since.or(Some(extract.as_at));
        lags.is_first_left_out |= news.is_partly_first;
        let events = news.events.iter().filter(|event| is_asked(event, ask));
        let events = events.filter(|event| sieve.lets(event.team.as_deref(), event.worker.as_deref()));
        recorded.extend(events.map(|event| Recorded {
            bounds: event.bounds,
            team: event.team.clone(),
            worker: event.worker.clone(),
            is_late: event.bounds.is_certainly_late(standards, &council.calendar),
        }));
    }
    lags.whole = whole(&recorded);
    lags.by_team = by_team(&recorded);
    lags.by_worker = by_worker(&recorded);
    Ok(Some(lags))
}

fn is_asked(event: &Event, ask: &AskLag<'_>) -> bool {
    ask.list.is_none_or(|list| event.list == list) && (event.field.is_visit || !ask.visits_alone)
}
