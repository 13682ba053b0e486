//! Extracts that were taken out or moved to another date.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::reader::inconsistent;
use chrono::NaiveDate;
use domain::measures::Supplied;

/// What was done to an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was taken out.
    Removed,
    /// It was moved to this date.
    Moved(NaiveDate),
}

/// A change of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractChange {
    /// The extract's number.
    pub extract: i64,
    /// What was done.
    pub kind: ChangeKind,
    /// The date it was as at before.
    pub as_at: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who: the account's user name, or `command line`.
    pub done_by: String,
    /// When, in milliseconds since 1970 UTC.
    pub done_at: i64,
}

struct Row {
    extract_id: i64,
    as_at: NaiveDate,
    to_as_at: Option<NaiveDate>,
    reason: String,
    done_by: String,
    done_at: i64,
}

from_row!(Row { extract_id, as_at, to_as_at, reason, done_by, done_at });

/// Every change of an extract, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn changes_of(db: &Db, extract: i64) -> Result<Vec<ExtractChange>, DbError> {
    const SQL: &str = "select extract_id, as_at, to_as_at, reason, done_by, done_at
         from extract_change where extract_id = $1 order by id";
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_all(pool).await?);
    Ok(rows
        .into_iter()
        .map(|row| ExtractChange {
            extract: row.extract_id,
            kind: row.to_as_at.map_or(ChangeKind::Removed, ChangeKind::Moved),
            as_at: row.as_at,
            reason: row.reason,
            done_by: row.done_by,
            done_at: row.done_at,
        })
        .collect())
}

/// Keeps a change.
///
/// # Errors
/// When the database fails.
pub async fn record_change(tx: &mut Tx, change: &ExtractChange) -> Result<(), DbError> {
    const SQL: &str = "insert into extract_change (extract_id, kind, as_at, to_as_at, reason, done_by, done_at)
         values ($1, $2, $3, $4, $5, $6, $7)";
    let (kind, to) = match change.kind {
        ChangeKind::Removed => ("removed", None),
        ChangeKind::Moved(to) => ("moved", Some(to)),
    };
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(change.extract).bind(kind).bind(change.as_at).bind(to).bind(&change.reason).bind(&change.done_by)
        .bind(change.done_at).execute(conn).await?.rows_affected());
    Ok(())
}

/// Takes an extract out of force. Its row stays, without what the load read, so that its number is never another's and what
/// people did on it still leads somewhere.
///
/// # Errors
/// When the database fails.
pub async fn take_out_of_force(tx: &mut Tx, extract: i64) -> Result<(), DbError> {
    const SQL: &str = "update extract set superseded_by = id, supplied = $1, report = '[]', problems = 0,
         fingerprint = '', content = null, facts = null, windows = null where id = $2";
    let supplied = serde_json::to_string(&Supplied::default())?;
    on_tx!(tx, conn => sqlx::query(SQL).bind(&supplied).bind(extract).execute(conn).await?.rows_affected());
    Ok(())
}

/// Puts an extract to another date, on which no extract is in force.
///
/// # Errors
/// When the database fails.
pub async fn set_as_at(tx: &mut Tx, extract: i64, as_at: NaiveDate) -> Result<(), DbError> {
    const SQL: &str = "update extract set as_at = $1 where id = $2 and superseded_by is null";
    let moved = on_tx!(tx, conn => sqlx::query(SQL).bind(as_at).bind(extract).execute(conn).await?.rows_affected());
    if moved == 1 { Ok(()) } else { Err(inconsistent("an extract that is moved is not in force")) }
}
