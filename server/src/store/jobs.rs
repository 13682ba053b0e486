//! Loads asked for in the browser.

use crate::db::{Db, DbError, from_row, read, write};
use crate::load::KeptForecast;
use chrono::NaiveDate;

/// A load on its way.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// `running`, `held`, `done`, `failed`, `cancelled`.
    pub state: String,
    /// The as-at date given.
    pub as_at: NaiveDate,
    /// Names of the files.
    pub files: String,
    /// The account that asked.
    pub asked_by: String,
    /// When, in milliseconds since 1970 UTC.
    pub asked_at: i64,
    /// What it does, or did, or waits for; lines.
    pub message: String,
    /// The extract it made.
    pub extract_id: Option<i64>,
    /// What it was held for or what a check found, as JSON.
    pub forecast: Option<String>,
}

from_row!(Job { id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast });

/// Adds a job.
///
/// # Errors
/// When the database fails.
pub async fn add(db: &Db, as_at: NaiveDate, files: &str, asked_by: &str, asked_at: i64) -> Result<i64, DbError> {
    const SQL: &str = "insert into load_job (state, as_at, files, asked_by, asked_at, message)
         values ('running', $1, $2, $3, $4, 'Waiting to start') returning id";
    Ok(
        write!(db, pool => sqlx::query_scalar(SQL).bind(as_at).bind(files).bind(asked_by).bind(asked_at).fetch_one(pool).await?),
    )
}

/// Writes down how a run of a job ended, and what it found where it waits for an answer.
///
/// # Errors
/// When the database fails.
pub async fn end(
    db: &Db,
    id: i64,
    state: &str,
    message: &str,
    extract: Option<i64>,
    forecast: Option<&KeptForecast>,
) -> Result<(), DbError> {
    const SQL: &str = "update load_job set state = $1, message = $2, extract_id = $3, forecast = $4 where id = $5";
    let forecast = forecast.map(serde_json::to_string).transpose()?;
    write!(db, pool => sqlx::query(SQL).bind(state).bind(message).bind(extract).bind(&forecast).bind(id).execute(pool).await?.rows_affected());
    Ok(())
}

/// Moves a job on.
///
/// # Errors
/// When the database fails.
pub async fn set(db: &Db, id: i64, state: &str, message: &str, extract: Option<i64>) -> Result<(), DbError> {
    const SQL: &str = "update load_job set state = $1, message = $2, extract_id = $3 where id = $4";
    write!(db, pool => sqlx::query(SQL).bind(state).bind(message).bind(extract).bind(id).execute(pool).await?.rows_affected());
    Ok(())
}

/// The job of this number.
///
/// # Errors
/// When the database fails.
pub async fn by_id(db: &Db, id: i64) -> Result<Option<Job>, DbError> {
    const SQL: &str =
        "select id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast from load_job where id = $1";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await?))
}

/// Jobs that run or wait for an answer, newest first.
///
/// # Errors
/// When the database fails.
pub async fn open(db: &Db) -> Result<Vec<Job>, DbError> {
    const SQL: &str = "select id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast from load_job
         where state in ('running', 'held') order by id desc";
    Ok(read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?))
}

/// Fails the jobs that a stopped server left behind; their extract was never begun or was rolled back.
///
/// # Errors
/// When the database fails.
pub async fn fail_left_behind(db: &Db) -> Result<(), DbError> {
    const SQL: &str = "update load_job set state = 'failed',
         message = 'The server stopped before this load was done. Nothing of it was kept: load the files again.'
         where state in ('running', 'held')";
    write!(db, pool => sqlx::query(SQL).execute(pool).await?.rows_affected());
    Ok(())
}
