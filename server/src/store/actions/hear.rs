//! What a new extract says of the children of actions.

use super::change::append;
use super::load::load_in;
use crate::clock::england_time;
use crate::db::{DbError, Tx, from_row, on_tx};
use crate::store::reader::moment;
use chrono::NaiveDate;
use domain::action::{Author, DataWord, verdict};
use domain::ids::ActionId;
use domain::measures::{Fact, Measure, measure};
use std::collections::{HashMap, HashSet};

struct Row {
    action_id: i64,
    child_id: String,
    measure: String,
    recorded_at: i64,
}

from_row!(Row { action_id, child_id, measure, recorded_at });

/// Asks the facts of the newest extract about every child of an action that should move a measure, and appends what is
/// news to the action: the data confirms it, or contradicts it, which brings a closed action back. A measure that the
/// extract does not supply is not asked: without its lists every child would seem to have left them. To be called in the
/// transaction that stores the facts. Answers how many events there were.
///
/// # Errors
/// When the database fails.
pub async fn hear_extract(
    tx: &mut Tx,
    facts: &[Fact],
    is_supplied: impl Fn(&Measure) -> bool,
    as_at: NaiveDate,
    at: i64,
) -> Result<u32, DbError> {
    hear(tx, None, facts, is_supplied, as_at, at).await
}

/// The same about some actions only: those of which another extract's word was taken back, so that what the newest one
/// shows of them is said again by itself.
///
/// # Errors
/// When the database fails.
pub async fn hear_again(
    tx: &mut Tx,
    actions: &HashSet<i64>,
    facts: &[Fact],
    is_supplied: impl Fn(&Measure) -> bool,
    as_at: NaiveDate,
    at: i64,
) -> Result<u32, DbError> {
    hear(tx, Some(actions), facts, is_supplied, as_at, at).await
}

async fn hear(
    tx: &mut Tx,
    only: Option<&HashSet<i64>>,
    facts: &[Fact],
    is_supplied: impl Fn(&Measure) -> bool,
    as_at: NaiveDate,
    at: i64,
) -> Result<u32, DbError> {
    const TO_ASK: &str = "select c.action_id, p.source_id as child_id, a.measure, a.recorded_at
         from action_child c join action a on a.id = c.action_id join person p on p.id = c.person_id
         where a.measure is not null and a.state <> 'withdrawn'
         and not (a.state = 'closed' and coalesce(c.word, '') = 'confirmed')
         order by c.action_id, p.source_id";
    let mut rows: Vec<Row> = on_tx!(&mut *tx, conn => sqlx::query_as(TO_ASK).fetch_all(conn).await?);
    rows.retain(|row| only.is_none_or(|only| only.contains(&row.action_id)));
    if rows.is_empty() {
        return Ok(0);
    }
    let wanted: HashSet<(&str, &str)> = rows.iter().map(|row| (row.measure.as_str(), row.child_id.as_str())).collect();
    let mut found: HashMap<(&str, &str), Vec<Fact>> = HashMap::new();
    for fact in facts.iter().filter(|fact| wanted.contains(&(fact.measure, &*fact.child_id))) {
        found.entry((fact.measure, &fact.child_id)).or_default().push(fact.clone());
    }
    let mut heard = 0;
    for row in &rows {
        let Some(measure) = measure(&row.measure).filter(|measure| is_supplied(measure)) else { continue };
        let Some(recorded) = england_time(row.recorded_at).map(|time| time.date()) else { continue };
        let of_child = found.get(&(row.measure.as_str(), row.child_id.as_str()));
        let word = verdict(measure, of_child.map_or(&[], Vec::as_slice), recorded);
        // An extract from before the recording knows nothing of it.
        if word != DataWord::Silent && as_at >= recorded && keep(tx, row, word, as_at, at).await? {
            heard += 1;
        }
    }
    Ok(heard)
}

/// Appends the word where it is news.
async fn keep(tx: &mut Tx, row: &Row, word: DataWord, as_at: NaiveDate, at: i64) -> Result<bool, DbError> {
    while let Some(mut kept) = load_in(tx, ActionId(row.action_id)).await? {
        let Some(kind) = kept.history.action().hear(&row.child_id, word, as_at) else { return Ok(false) };
        let event = kept.history.next(moment(at)?, Author::Data, kind);
        if append(tx, &mut kept, event).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
