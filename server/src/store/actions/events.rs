//! The events of actions.

use crate::clock::england_time;
use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::reader::{inconsistent, moment};
use domain::action::{Action, Author, Event, EventKind, History, State};
use domain::ids::{ActionId, UserId};

pub(super) struct Row {
    sequence: i64,
    at: i64,
    by_user: Option<i64>,
    payload: String,
}

from_row!(Row { sequence, at, by_user, payload });

impl Row {
    pub(super) fn event(self) -> Result<Event, DbError> {
        Ok(Event {
            sequence: u32::try_from(self.sequence).unwrap_or(u32::MAX),
            at: moment(self.at)?,
            by: self.by_user.map_or(Author::Data, |user| Author::Person(UserId(user))),
            kind: serde_json::from_str(&self.payload)?,
        })
    }
}

const OF_ACTION: &str =
    "select sequence, at, by_user, payload from action_event where action_id = $1 order by sequence";

/// The action with its events; `None` where there is none.
pub(super) async fn history(db: &Db, id: ActionId) -> Result<Option<History>, DbError> {
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(OF_ACTION).bind(id.0).fetch_all(pool).await?);
    replayed(rows)
}

/// The same within a transaction.
pub(super) async fn history_in(tx: &mut Tx, id: ActionId) -> Result<Option<History>, DbError> {
    let rows: Vec<Row> = on_tx!(tx, conn => sqlx::query_as(OF_ACTION).bind(id.0).fetch_all(conn).await?);
    replayed(rows)
}

fn replayed(rows: Vec<Row>) -> Result<Option<History>, DbError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let events = rows.into_iter().map(Row::event).collect::<Result<_, _>>()?;
    History::of(events).map(Some).map_err(inconsistent)
}

/// Appends an event. `before` and `after` are how the action stood; there is no before of the first.
pub(super) async fn append(
    tx: &mut Tx,
    id: ActionId,
    event: &Event,
    before: Option<&Action>,
    after: &Action,
) -> Result<(), DbError> {
    const SQL: &str = "insert into action_event (action_id, sequence, at, by_user, kind, effect, month, payload)
         values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let at = event.at.timestamp_millis();
    let month = england_time(at).map(|time| time.format("%Y-%m").to_string()).unwrap_or_default();
    let payload = serde_json::to_string(&event.kind)?;
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(id.0).bind(i64::from(event.sequence)).bind(at).bind(event.by.person().map(|user| user.0))
        .bind(event.kind.name()).bind(effect(&event.kind, before, after)).bind(month).bind(payload)
        .execute(conn).await?.rows_affected());
    Ok(())
}

/// What an event did to the log.
fn effect(kind: &EventKind, before: Option<&Action>, after: &Action) -> Option<&'static str> {
    match (before.map(|action| action.state), after.state) {
        (None, _) => Some("opened"),
        (Some(State::Closed), State::Open) => Some("reopened"),
        // The reopening before it is taken back.
        (Some(State::Open), State::Closed) => Some("retracted"),
        (Some(_), State::Closed) if *kind == EventKind::Confirmed => Some("closed"),
        (Some(before), State::Withdrawn) if before != State::Withdrawn => Some("withdrawn"),
        _ => None,
    }
}
