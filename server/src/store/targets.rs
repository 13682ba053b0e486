//! Targets as the council set them, each from a date. Appended to, never changed: taking one back is a row too.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::{areas, rows_a_statement};
use chrono::NaiveDate;
use domain::targets::{Aim, DatedTarget, Targets};
use sqlx::QueryBuilder;

/// One change of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was set, for which measure and area, from when.
    pub target: DatedTarget,
    /// Why.
    pub reason: String,
    /// Who set it: the account's user name, or who loaded the file.
    pub set_by: String,
    /// When it was set, in milliseconds since 1970 UTC.
    pub set_at: i64,
}

struct Row {
    measure: String,
    area_kind: String,
    area_name: Option<String>,
    target: Option<String>,
    tolerance: Option<String>,
    applies_from: NaiveDate,
    reason: String,
    set_by: String,
    set_at: i64,
}

from_row!(Row { measure, area_kind, area_name, target, tolerance, applies_from, reason, set_by, set_at });

impl Row {
    fn change(self) -> Result<Change, DbError> {
        let unknown = || DbError::Inconsistent("a stored target cannot be read".to_owned());
        let aim = match (self.target, self.tolerance) {
            (Some(value), Some(tolerance)) => Some(Aim {
                value: value.parse().map_err(|_| unknown())?,
                tolerance: tolerance.parse().map_err(|_| unknown())?,
            }),
            _ => None,
        };
        let area = areas::of_columns(&self.area_kind, self.area_name).ok_or_else(unknown)?;
        let target = DatedTarget { measure: self.measure, area, aim, applies_from: self.applies_from };
        Ok(Change { target, reason: self.reason, set_by: self.set_by, set_at: self.set_at })
    }
}

const ALL: &str = "select measure, area_kind, area_name, target, tolerance, applies_from, reason, set_by, set_at
     from target_change order by id";

/// Every change, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn changes(db: &Db) -> Result<Vec<Change>, DbError> {
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await?);
    rows.into_iter().map(Row::change).collect()
}

/// Adds changes; those that say what is so already are left out, so that a file loaded again changes nothing. Answers
/// how many were added.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: Vec<Change>) -> Result<u64, DbError> {
    let rows: Vec<Row> = on_tx!(&mut *tx, conn => sqlx::query_as(ALL).fetch_all(conn).await?);
    let mut known: Vec<DatedTarget> =
        rows.into_iter().map(|row| Ok::<_, DbError>(row.change()?.target)).collect::<Result<_, _>>()?;
    let mut added = Vec::new();
    for change in new {
        let same =
            |other: &&DatedTarget| other.applies_from == change.target.applies_from && other.is_of_same(&change.target);
        if known.iter().rev().find(same).is_none_or(|other| other.aim != change.target.aim) {
            known.push(change.target.clone());
            added.push(change);
        }
    }
    for chunk in added.chunks(rows_a_statement(9)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into target_change
                 (measure, area_kind, area_name, target, tolerance, applies_from, reason, set_by, set_at) ",
            );
            insert.push_values(chunk, |mut row, change| {
                let (kind, name) = areas::columns(&change.target.area);
                let aim = change.target.aim;
                row.push_bind(change.target.measure.clone())
                    .push_bind(kind)
                    .push_bind(name.map(str::to_owned))
                    .push_bind(aim.map(|aim| aim.value.to_string()))
                    .push_bind(aim.map(|aim| aim.tolerance.to_string()))
                    .push_bind(change.target.applies_from)
                    .push_bind(change.reason.clone())
                    .push_bind(change.set_by.clone())
                    .push_bind(change.set_at);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(added.len() as u64)
}

/// The reason of targets that were loaded from a file.
pub const LOADED: &str = "Loaded from targets.csv";

/// How many targets somebody loaded from a file at a time.
///
/// # Errors
/// When the database fails.
pub async fn loaded_with(tx: &mut Tx, set_by: &str, set_at: i64) -> Result<u64, DbError> {
    const SQL: &str = "select count(*) from target_change where set_by = $1 and set_at = $2 and reason = $3";
    let found: i64 =
        on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(set_by).bind(set_at).bind(LOADED).fetch_one(conn).await?);
    Ok(u64::try_from(found).unwrap_or_default())
}

/// The targets in force on a date, of changes already read.
#[must_use]
pub fn in_force(changes: &[Change], date: NaiveDate) -> Targets {
    Targets::on(date, changes.iter().map(|change| change.target.clone()))
}
