//! Reading surgeries, within a reader's scope.

use super::events;
use crate::db::{Db, DbError, from_row, read};
use crate::store::conditions::{Conditions, Value, bind_values, places};
use crate::store::reader::{Reader, inconsistent, within};
use chrono::NaiveDate;
use domain::ids::{SeriesId, SurgeryId, UserId};
use domain::surgery::{Remit, Stage, Surgery};
use sqlx::AssertSqlSafe;

/// A surgery as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: SurgeryId,
    /// The surgery.
    pub surgery: Surgery,
}

/// A line of the list of surgeries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub id: SurgeryId,
    /// Where it stands.
    pub stage: Stage,
    /// What it is about.
    pub remit: Remit,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// Who leads it.
    pub leader: UserId,
    /// When it is held.
    pub date: NaiveDate,
    /// The date of its extract.
    pub as_at: Option<NaiveDate>,
}

/// Days between which surgeries are asked for, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

struct Row {
    id: i64,
    stage: String,
    remit: String,
    series_id: Option<i64>,
    leader: i64,
    held_on: NaiveDate,
    as_at: Option<NaiveDate>,
}

from_row!(Row { id, stage, remit, series_id, leader, held_on, as_at });

/// What lets through the surgeries a reader may read: those of teams within the scope, and those the reader leads.
fn visible(reader: &Reader<'_>) -> Option<Conditions> {
    let mut theirs = within(reader.scope.children(), |places| {
        format!("exists (select 1 from surgery_team t where t.surgery_id = s.id and t.team_key in ({places}))")
    })?;
    let leader = theirs.take(Value::Number(reader.user.0));
    Some(Conditions::either(theirs, &format!("s.leader = {leader}")))
}

/// The surgeries held in a window that a reader may read, in the order of their days.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, reader: &Reader<'_>, window: Window) -> Result<Vec<Line>, DbError> {
    let Some(mut conditions) = visible(reader) else { return Ok(Vec::new()) };
    conditions.and("s.held_on between ? and ?", [Value::Date(window.from), Value::Date(window.to)]);
    let sql = format!(
        "select s.id, s.stage, s.remit, s.series_id, s.leader, s.held_on, s.as_at from surgery s where {}
         order by s.held_on, s.id",
        conditions.sql()
    );
    let rows: Vec<Row> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                id: SurgeryId(row.id),
                stage: Stage::from_name(&row.stage).ok_or_else(|| inconsistent("a surgery has an unknown stage"))?,
                remit: serde_json::from_str(&row.remit)?,
                series: row.series_id.map(SeriesId),
                leader: UserId(row.leader),
                date: row.held_on,
                as_at: row.as_at,
            })
        })
        .collect()
}

/// A surgery that a reader may read; `None` for another, and for one that does not exist. Of the children on its items
/// each reader is to be shown only those within the own scope.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, reader: &Reader<'_>, id: SurgeryId) -> Result<Option<Kept>, DbError> {
    let Some(mut conditions) = visible(reader) else { return Ok(None) };
    conditions.and("s.id = ?", [Value::Number(id.0)]);
    let sql = format!("select s.id from surgery s where {}", conditions.sql());
    let known: Option<i64> = read!(db, pool => bind_values!(
        sqlx::query_scalar(AssertSqlSafe(sql)), conditions.values()).fetch_optional(pool).await?);
    if known.is_none() {
        return Ok(None);
    }
    let events = events::of(db, id).await?;
    Ok(Some(Kept { id, surgery: Surgery::of(&events).map_err(inconsistent)? }))
}

/// The versions of surgeries, whoever asks: to tell that something changed, and nothing of what.
///
/// # Errors
/// When the database fails.
pub async fn versions(db: &Db, ids: &[SurgeryId]) -> Result<Vec<(SurgeryId, u32)>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::new();
    let sql = format!("s.id in ({})", places(ids.len()));
    conditions.and(&sql, ids.iter().map(|id| Value::Number(id.0)));
    let sql = format!("select s.id, s.version from surgery s where {}", conditions.sql());
    let rows: Vec<(i64, i64)> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    Ok(rows.into_iter().map(|(id, version)| (SurgeryId(id), u32::try_from(version).unwrap_or(u32::MAX))).collect())
}
