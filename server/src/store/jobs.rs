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
    /// The server that runs it and keeps its files.
    pub owner: String,
}

from_row!(Job { id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast, owner });

/// How long the server of a load may say nothing before the load is given up, in milliseconds. Servers' clocks are to
/// agree to within less.
pub const LONGEST_SILENCE_MS: i64 = 2 * 60 * 1_000;

/// A load asked for.
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    /// The as-at date given.
    pub as_at: NaiveDate,
    /// Names of the files.
    pub files: &'a str,
    /// The account that asks.
    pub asked_by: &'a str,
    /// When, in milliseconds since 1970 UTC.
    pub asked_at: i64,
    /// The server that runs it and keeps its files.
    pub owner: &'a str,
}

/// Adds a job.
///
/// # Errors
/// When the database fails.
pub async fn add(db: &Db, new: &NewJob<'_>) -> Result<i64, DbError> {
    const SQL: &str = "insert into load_job (state, as_at, files, asked_by, asked_at, beat_at, owner, message)
         values ('running', $1, $2, $3, $4, $4, $5, 'Waiting to start') returning id";
    Ok(write!(db, pool => sqlx::query_scalar(SQL)
        .bind(new.as_at).bind(new.files).bind(new.asked_by).bind(new.asked_at).bind(new.owner)
        .fetch_one(pool).await?))
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

/// Moves a job on that waits for an answer. Answers whether it did: of two answers one is taken.
///
/// # Errors
/// When the database fails.
pub async fn answer_held(db: &Db, id: i64, state: &str, message: &str) -> Result<bool, DbError> {
    const SQL: &str =
        "update load_job set state = $1, message = $2, extract_id = null where id = $3 and state = 'held'";
    let answered =
        write!(db, pool => sqlx::query(SQL).bind(state).bind(message).bind(id).execute(pool).await?.rows_affected());
    Ok(answered == 1)
}

/// The job of this number.
///
/// # Errors
/// When the database fails.
pub async fn by_id(db: &Db, id: i64) -> Result<Option<Job>, DbError> {
    const SQL: &str = "select id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast, owner from load_job where id = $1";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await?))
}

/// Jobs that run or wait for an answer, newest first.
///
/// # Errors
/// When the database fails.
pub async fn open(db: &Db) -> Result<Vec<Job>, DbError> {
    const SQL: &str = "select id, state, as_at, files, asked_by, asked_at, message, extract_id, forecast, owner
         from load_job where state in ('running', 'held') order by id desc";
    Ok(read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?))
}

/// What is said of a load whose server has stopped. The extract may have been kept in its last moment.
const STOPPED: &str =
    "The server stopped before this load was done. If its extract is not on the list, load the files again.";

/// Says that a server is there, and with it its jobs.
///
/// # Errors
/// When the database fails.
pub async fn beat(db: &Db, owner: &str, now: i64) -> Result<(), DbError> {
    const SQL: &str = "update load_job set beat_at = $1 where owner = $2 and state in ('running', 'held')";
    write!(db, pool => sqlx::query(SQL).bind(now).bind(owner).execute(pool).await?.rows_affected());
    Ok(())
}

/// Gives up the jobs of other servers that have said nothing for [`LONGEST_SILENCE_MS`]. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn fail_silent(db: &Db, owner: &str, now: i64) -> Result<u64, DbError> {
    const SQL: &str = "update load_job set state = 'failed', message = $1
         where state in ('running', 'held') and owner <> $2 and beat_at < $3";
    Ok(write!(db, pool => sqlx::query(SQL)
        .bind(STOPPED).bind(owner).bind(now - LONGEST_SILENCE_MS).execute(pool).await?.rows_affected()))
}

/// Gives up the jobs of a server that stops.
///
/// # Errors
/// When the database fails.
pub async fn fail_of(db: &Db, owner: &str) -> Result<(), DbError> {
    const SQL: &str = "update load_job set state = 'failed', message = $1
         where state in ('running', 'held') and owner = $2";
    write!(db, pool => sqlx::query(SQL).bind(STOPPED).bind(owner).execute(pool).await?.rows_affected());
    Ok(())
}
