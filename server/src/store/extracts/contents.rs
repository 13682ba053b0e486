//! What is kept under an extract's number. Records are not: they are versions between dates (see [`crate::store::records`]).

use crate::db::{DbError, Tx, on_tx};
use chrono::NaiveDate;

/// What was counted of an extract: it can be counted again.
const MEASURED: [&str; 5] = [
    "delete from tally where extract_id = $1",
    "delete from register_line where extract_id = $1",
    "delete from register_count where extract_id = $1",
    "delete from month_tally where extract_id = $1",
    "delete from month_count where extract_id = $1",
];

/// What was read with an extract, and is nowhere else.
const READ: [&str; 4] = [
    "delete from extract_name where extract_id = $1",
    "delete from problem where extract_id = $1",
    "delete from mapping_use where extract_id = $1",
    "update load_job set forecast = null where extract_id = $1",
];

/// The numbers of every extract of a date that was not taken out: the one in force and those it has replaced, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn numbers_as_at(tx: &mut Tx, as_at: NaiveDate) -> Result<Vec<i64>, DbError> {
    const SQL: &str =
        "select id from extract where as_at = $1 and (superseded_by is null or superseded_by <> id) order by id";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(as_at).fetch_all(conn).await?))
}

/// Takes out what was counted of an extract.
///
/// # Errors
/// When the database fails.
pub async fn remove_measured(tx: &mut Tx, extract: i64) -> Result<(), DbError> {
    for sql in MEASURED {
        on_tx!(&mut *tx, conn => sqlx::query(sql).bind(extract).execute(conn).await?.rows_affected());
    }
    Ok(())
}

/// Takes out everything that is kept under an extract's number.
///
/// # Errors
/// When the database fails.
pub async fn remove_contents(tx: &mut Tx, extract: i64) -> Result<(), DbError> {
    remove_measured(tx, extract).await?;
    for sql in READ {
        on_tx!(&mut *tx, conn => sqlx::query(sql).bind(extract).execute(conn).await?.rows_affected());
    }
    Ok(())
}
