//! Taking back what an extract said of the children of actions.

use super::change::append;
use super::load::load_in;
use crate::db::{Db, DbError, Tx, on_tx, read};
use crate::store::reader::moment;
use chrono::NaiveDate;
use domain::action::Author;
use domain::ids::ActionId;
use std::collections::HashSet;

/// The actions with an event in which the data speaks, as at a date.
const SPOKEN: &str = "select distinct action_id from action_event
     where kind in ('data-confirmed', 'data-contradicted') and payload like $1 order by action_id";

fn as_in_payload(as_at: NaiveDate) -> String {
    format!("%\"as_at\":\"{as_at}\"%")
}

/// Whether an extract as at a date has said something of an action.
///
/// # Errors
/// When the database fails.
pub async fn has_spoken(db: &Db, as_at: NaiveDate) -> Result<bool, DbError> {
    let spoken: Vec<i64> =
        read!(db, pool => sqlx::query_scalar(SPOKEN).bind(as_in_payload(as_at)).fetch_all(pool).await?);
    Ok(!spoken.is_empty())
}

/// Appends to every action of which the extract as at a date has said something that its word no longer counts, and why.
/// Answers the actions.
///
/// # Errors
/// When the database fails.
pub async fn retract_extract(tx: &mut Tx, as_at: NaiveDate, reason: &str, at: i64) -> Result<HashSet<i64>, DbError> {
    let spoken: Vec<i64> = on_tx!(&mut *tx, conn => sqlx::query_scalar(SPOKEN)
        .bind(as_in_payload(as_at)).fetch_all(conn).await?);
    let mut retracted = HashSet::new();
    for id in spoken {
        // Each event is made from the action as the one before has left it; somebody may act in between.
        while let Some(mut kept) = load_in(tx, ActionId(id)).await? {
            let Some(kind) = kept.history.action().retractions(as_at, reason).into_iter().next() else { break };
            let event = kept.history.next(moment(at)?, Author::Data, kind);
            if append(tx, &mut kept, event).await? {
                retracted.insert(id);
            }
        }
    }
    Ok(retracted)
}
