//! Series of surgeries.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::reader::inconsistent;
use chrono::NaiveDate;
use domain::ids::{SeriesId, UserId};
use domain::surgery::{Change, Rhythm, Series, Stage};

/// A series to be kept.
#[derive(Debug, Clone)]
pub struct NewSeries<'a> {
    /// What is held, and when.
    pub series: &'a Series,
    /// Who leads its surgeries unless something else is decided.
    pub leader: UserId,
    /// Who made it.
    pub created_by: UserId,
    /// When, in milliseconds since 1970 UTC.
    pub created_at: i64,
}

/// A series as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSeries {
    /// Its number.
    pub id: SeriesId,
    /// What is held, and when.
    pub series: Series,
    /// Who leads its surgeries.
    pub leader: UserId,
}

struct Row {
    id: i64,
    remit: String,
    rhythm: String,
    first_on: NaiveDate,
    last_on: Option<NaiveDate>,
    leader: i64,
}

from_row!(Row { id, remit, rhythm, first_on, last_on, leader });

/// Keeps a series. Who may make one is who may plan its surgeries: see [`domain::surgery::Plan`].
///
/// # Errors
/// When the database fails.
pub async fn add_series(tx: &mut Tx, new: &NewSeries<'_>) -> Result<SeriesId, DbError> {
    const SQL: &str = "insert into surgery_series (remit, rhythm, first_on, last_on, leader, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id";
    let remit = serde_json::to_string(&new.series.remit)?;
    let id: i64 = on_tx!(tx, conn => sqlx::query_scalar(SQL)
        .bind(remit).bind(new.series.rhythm.name()).bind(new.series.first).bind(new.series.last).bind(new.leader.0)
        .bind(new.created_at).bind(new.created_by.0).fetch_one(conn).await?);
    Ok(SeriesId(id))
}

/// Ends a series after a day. Answers whether there is one.
///
/// # Errors
/// When the database fails.
pub async fn end_series(tx: &mut Tx, id: SeriesId, last: NaiveDate) -> Result<bool, DbError> {
    const SQL: &str = "update surgery_series set last_on = $1 where id = $2";
    let ended = on_tx!(tx, conn => sqlx::query(SQL).bind(last).bind(id.0).execute(conn).await?.rows_affected());
    Ok(ended == 1)
}

/// Every series, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn all_series(db: &Db) -> Result<Vec<KeptSeries>, DbError> {
    const SQL: &str = "select id, remit, rhythm, first_on, last_on, leader from surgery_series order by id";
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            let rhythm =
                Rhythm::from_name(&row.rhythm).ok_or_else(|| inconsistent("a series has an unknown rhythm"))?;
            Ok(KeptSeries {
                id: SeriesId(row.id),
                series: Series {
                    remit: serde_json::from_str(&row.remit)?,
                    rhythm,
                    first: row.first_on,
                    last: row.last_on,
                },
                leader: UserId(row.leader),
            })
        })
        .collect()
}

/// What became of the days of a series for which a surgery was planned: held on another day, or cancelled.
///
/// # Errors
/// When the database fails.
pub async fn changes_of(db: &Db, id: SeriesId) -> Result<Vec<Change>, DbError> {
    const SQL: &str = "select series_day, held_on, stage from surgery where series_id = $1 order by series_day";
    let rows: Vec<(NaiveDate, NaiveDate, String)> =
        read!(db, pool => sqlx::query_as(SQL).bind(id.0).fetch_all(pool).await?);
    let change = |(original, held_on, stage): (NaiveDate, NaiveDate, String)| Change {
        original,
        to: (Stage::from_name(&stage) != Some(Stage::Cancelled)).then_some(held_on),
    };
    Ok(rows.into_iter().map(change).collect())
}

/// The same of every series, for what fell or falls between two days, both included.
///
/// # Errors
/// When the database fails.
pub async fn changes_between(db: &Db, from: NaiveDate, to: NaiveDate) -> Result<Vec<(SeriesId, Change)>, DbError> {
    const SQL: &str = "select series_id, series_day, held_on, stage from surgery
         where series_id is not null and (series_day between $1 and $2 or held_on between $1 and $2)
         order by series_id, series_day";
    let rows: Vec<(i64, NaiveDate, NaiveDate, String)> =
        read!(db, pool => sqlx::query_as(SQL).bind(from).bind(to).fetch_all(pool).await?);
    let change = |(series, original, held_on, stage): (i64, NaiveDate, NaiveDate, String)| {
        let to = (Stage::from_name(&stage) != Some(Stage::Cancelled)).then_some(held_on);
        (SeriesId(series), Change { original, to })
    };
    Ok(rows.into_iter().map(change).collect())
}
