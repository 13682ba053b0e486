//! Standards as the council set them, each from a date. Appended to, never changed.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use chrono::NaiveDate;
use domain::standards::{DatedSetting, Standards};

/// One change of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The standard's name.
    pub name: String,
    /// Its value from then on.
    pub value: String,
    /// The first as-at date that is measured by it.
    pub applies_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who set it: the account's user name.
    pub set_by: String,
    /// When it was set, in milliseconds since 1970 UTC.
    pub set_at: i64,
}

from_row!(Change { name, value, applies_from, reason, set_by, set_at });

impl Change {
    /// As the rules take it.
    #[must_use]
    pub fn setting(&self) -> DatedSetting<'_> {
        DatedSetting { name: &self.name, value: &self.value, applies_from: self.applies_from }
    }
}

/// Every change, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn changes(db: &Db) -> Result<Vec<Change>, DbError> {
    const SQL: &str = "select name, value, applies_from, reason, set_by, set_at from standard_change order by id";
    Ok(read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?))
}

/// Adds a change.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, change: &Change) -> Result<(), DbError> {
    const SQL: &str = "insert into standard_change (name, value, applies_from, reason, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6)";
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(&change.name).bind(&change.value).bind(change.applies_from).bind(&change.reason).bind(&change.set_by)
        .bind(change.set_at).execute(conn).await?.rows_affected());
    Ok(())
}

/// The standards in force on a date.
///
/// # Errors
/// When the database fails or holds a setting that cannot be.
pub async fn on(db: &Db, date: NaiveDate) -> Result<Standards, DbError> {
    in_force(&changes(db).await?, date)
}

/// The standards in force on a date, of changes already read.
///
/// # Errors
/// When a stored setting cannot be.
pub fn in_force(changes: &[Change], date: NaiveDate) -> Result<Standards, DbError> {
    Standards::on(date, changes.iter().map(Change::setting))
        .map_err(|bad| DbError::Inconsistent(format!("a stored standard cannot be: {bad}")))
}
