//! Versions when the dates of extracts change: one is taken out, or put between others.

use super::{InForce, end, remove};
use crate::db::{DbError, Tx, from_row, on_tx};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Takes the extract as at a date out of every version, as if it had never been loaded. `next` is the as-at date of the
/// extract after it. Answers how many versions only that extract held.
///
/// # Errors
/// When the database fails.
pub async fn take_out(tx: &mut Tx, as_at: NaiveDate, next: Option<NaiveDate>) -> Result<u64, DbError> {
    let Some(next) = next else {
        const ONLY: &str = "delete from record_version where seen_from = $1";
        const ENDED: &str = "update record_version set seen_to = null where seen_to = $1";
        let only = on_tx!(&mut *tx, conn => sqlx::query(ONLY).bind(as_at).execute(conn).await?.rows_affected());
        on_tx!(tx, conn => sqlx::query(ENDED).bind(as_at).execute(conn).await?.rows_affected());
        return Ok(only);
    };
    const ONLY: &str = "delete from record_version where seen_from = $1 and seen_to = $2";
    const BEGUN: &str = "update record_version set seen_from = $2 where seen_from = $1";
    const ENDED: &str = "update record_version set seen_to = $2 where seen_to = $1";
    let only = on_tx!(&mut *tx, conn => sqlx::query(ONLY).bind(as_at).bind(next).execute(conn).await?.rows_affected());
    for sql in [BEGUN, ENDED] {
        on_tx!(&mut *tx, conn => sqlx::query(sql).bind(as_at).bind(next).execute(conn).await?.rows_affected());
    }
    join_at(tx, next).await?;
    Ok(only)
}

/// Makes one version of two that meet at a date and say the same, so that a record that did not change is one version
/// whatever was loaded in which order.
///
/// # Errors
/// When the database fails.
pub async fn join_at(tx: &mut Tx, date: NaiveDate) -> Result<(), DbError> {
    const PAIRS: &str = "select earlier.id, later.id, later.seen_to from record_version later
         join record_version earlier on earlier.person_id = later.person_id and earlier.list = later.list
         and earlier.position = later.position and earlier.content_hash = later.content_hash
         and earlier.body = later.body and earlier.seen_to = $1
         where later.seen_from = $1";
    let pairs: Vec<(i64, i64, Option<NaiveDate>)> =
        on_tx!(&mut *tx, conn => sqlx::query_as(PAIRS).bind(date).fetch_all(conn).await?);
    let mut longer: BTreeMap<Option<NaiveDate>, Vec<i64>> = BTreeMap::new();
    let mut said_twice = Vec::with_capacity(pairs.len());
    for (earlier, later, to) in pairs {
        longer.entry(to).or_default().push(earlier);
        said_twice.push(later);
    }
    // At most one version of a record is open at any moment: one goes before the other takes its place.
    remove(tx, &said_twice).await?;
    for (to, versions) in longer {
        end(tx, &versions, to).await?;
    }
    Ok(())
}

/// A version in force on a date with what it says.
#[derive(Debug, Clone)]
pub struct WithBody {
    /// The version.
    pub version: InForce,
    /// The record as JSON.
    pub body: String,
}

from_row!(WithBody { body } with { version: InForce });

/// Every version in force on a date, with its body.
///
/// # Errors
/// When the database fails.
pub async fn in_force_with_bodies(tx: &mut Tx, on: NaiveDate) -> Result<Vec<WithBody>, DbError> {
    const SQL: &str = "select id, list, person_id, position, content_hash, seen_from, seen_to, body from record_version
         where seen_from <= $1 and (seen_to is null or seen_to > $1)";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).bind(on).fetch_all(conn).await?))
}
