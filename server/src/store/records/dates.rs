//! Versions when the dates of extracts change: one is taken out, or put between others.

use super::InForce;
use crate::db::{DbError, Tx, from_row, on_tx};
use chrono::NaiveDate;

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
    const LONGER: &str = "update record_version set seen_to = (
             select later.seen_to from record_version later where later.person_id = record_version.person_id
             and later.list = record_version.list and later.position = record_version.position and later.seen_from = $1)
         where seen_to = $1 and exists (
             select 1 from record_version later where later.person_id = record_version.person_id
             and later.list = record_version.list and later.position = record_version.position and later.seen_from = $1
             and later.content_hash = record_version.content_hash and later.body = record_version.body)";
    const SAID_TWICE: &str = "delete from record_version where seen_from = $1 and exists (
             select 1 from record_version earlier where earlier.person_id = record_version.person_id
             and earlier.list = record_version.list and earlier.position = record_version.position
             and earlier.seen_from < $1 and (earlier.seen_to is null or earlier.seen_to > $1))";
    for sql in [LONGER, SAID_TWICE] {
        on_tx!(&mut *tx, conn => sqlx::query(sql).bind(date).execute(conn).await?.rows_affected());
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
