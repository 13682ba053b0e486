//! Extracts: what was loaded, as at when, and by which names.

mod changes;
mod contents;

pub use changes::{ChangeKind, ExtractChange, changes_of, record_change, set_as_at, take_out_of_force};
pub use contents::{numbers_as_at, remove_contents, remove_measured};

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::history::window::Windows;
use domain::measures::Supplied;
use domain::names::Names;
use sqlx::QueryBuilder;
use std::collections::HashMap;
use std::sync::Arc;

/// An extract in force.
#[derive(Debug, Clone)]
pub struct Extract {
    /// Its number.
    pub id: i64,
    /// The date it is as at.
    pub as_at: NaiveDate,
    /// `annex-a`.
    pub format: String,
    /// Names of the files it was read from.
    pub files: Vec<String>,
    /// Hash of everything read: the same again changes nothing.
    pub fingerprint: String,
    /// When, in milliseconds since 1970 UTC.
    pub loaded_at: i64,
    /// By whom.
    pub loaded_by: String,
    /// Lists and columns it holds.
    pub supplied: Supplied,
    /// The report of the load, list by list, as JSON.
    pub report: String,
    /// Problems named.
    pub problems: i64,
}

struct ExtractRow {
    id: i64,
    as_at: NaiveDate,
    format: String,
    files: String,
    fingerprint: String,
    loaded_at: i64,
    loaded_by: String,
    supplied: String,
    report: String,
    problems: i64,
}

from_row!(ExtractRow { id, as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems });

impl TryFrom<ExtractRow> for Extract {
    type Error = DbError;

    fn try_from(row: ExtractRow) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            as_at: row.as_at,
            format: row.format,
            files: serde_json::from_str(&row.files)?,
            fingerprint: row.fingerprint,
            loaded_at: row.loaded_at,
            loaded_by: row.loaded_by,
            supplied: serde_json::from_str(&row.supplied)?,
            report: row.report,
            problems: row.problems,
        })
    }
}

/// Which state of the database something was read from: the newest extract by date, the last one loaded, the newest
/// load's audit row, how many standards and targets were set, and how many extracts were taken out or moved. Any load and
/// any change of these moves it. It is read with the session, so that all of an answer is of one version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version {
    newest: Option<i64>,
    last_extract: i64,
    last_load: i64,
    standards: i64,
    targets: i64,
    changes: i64,
}

from_row!(Version { newest, last_extract, last_load, standards, targets, changes });

impl Version {
    /// The same, whatever targets are set.
    pub(super) const fn without_targets(self) -> Self {
        Self { targets: 0, ..self }
    }
}

/// The columns of [`Version`], to be read beside others.
macro_rules! version_columns {
    () => {
        "(select id from extract where superseded_by is null order by as_at desc limit 1) as newest,
         (select coalesce(max(id), 0) from extract) as last_extract,
         (select coalesce(max(id), 0) from audit where action = 'load') as last_load,
         (select count(*) from standard_change) as standards,
         (select count(*) from target_change) as targets,
         (select coalesce(max(id), 0) from extract_change) as changes"
    };
}
pub(super) use version_columns;

/// Which extract is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The newest.
    Newest,
    /// The one in force on a date: as at that date or the last before it.
    OnOrBefore(NaiveDate),
}

/// The extract asked for.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, which: Which) -> Result<Option<Extract>, DbError> {
    const SQL: &str = "select id, as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems
         from extract where superseded_by is null and as_at <= $1 order by as_at desc limit 1";
    let latest = match which {
        Which::Newest => FAR_FUTURE,
        Which::OnOrBefore(date) => date,
    };
    let row: Option<ExtractRow> = read!(db, pool => sqlx::query_as(SQL).bind(latest).fetch_optional(pool).await?);
    row.map(Extract::try_from).transpose()
}

/// Later than any extract: `9999-12-31`, which both databases can hold.
const FAR_FUTURE: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// The extract of this number, superseded ones too.
///
/// # Errors
/// When the database fails.
pub async fn by_id(db: &Db, id: i64) -> Result<Option<Extract>, DbError> {
    const SQL: &str = "select id, as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems
         from extract where id = $1";
    let row: Option<ExtractRow> = read!(db, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await?);
    row.map(Extract::try_from).transpose()
}

/// Every extract in force, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn all(db: &Db) -> Result<Vec<Extract>, DbError> {
    const SQL: &str = "select id, as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems
         from extract where superseded_by is null order by as_at";
    let rows: Vec<ExtractRow> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    rows.into_iter().map(Extract::try_from).collect()
}

/// Number and date of the newest extract: cheap enough to ask on every request.
///
/// # Errors
/// When the database fails.
pub async fn newest_id(db: &Db) -> Result<Option<i64>, DbError> {
    const SQL: &str = "select id from extract where superseded_by is null order by as_at desc limit 1";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).fetch_optional(pool).await?))
}

/// Number and as-at date of every extract in force, as seen inside a transaction, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn dates(tx: &mut Tx) -> Result<Vec<(i64, NaiveDate)>, DbError> {
    const SQL: &str = "select id, as_at from extract where superseded_by is null order by as_at";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).fetch_all(conn).await?))
}

/// What a new extract is.
#[derive(Debug)]
pub struct NewExtract<'a> {
    /// The date it is as at.
    pub as_at: NaiveDate,
    /// `annex-a`.
    pub format: &'a str,
    /// Names of its files.
    pub files: &'a [String],
    /// Hash of everything read.
    pub fingerprint: &'a str,
    /// When, in milliseconds since 1970 UTC.
    pub loaded_at: i64,
    /// By whom.
    pub loaded_by: &'a str,
    /// Lists and columns.
    pub supplied: &'a Supplied,
    /// The report as JSON.
    pub report: &'a str,
    /// Problems named.
    pub problems: i64,
}

/// Adds an extract; one of the same date is superseded by it. Answers its number.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: &NewExtract<'_>) -> Result<i64, DbError> {
    let files = serde_json::to_string(new.files)?;
    let supplied = serde_json::to_string(new.supplied)?;
    // The old one of the date steps aside first: at most one is in force, by index.
    const NEXT: &str = "select coalesce(max(id), 0) + 1 from extract";
    let id: i64 = on_tx!(&mut *tx, conn => sqlx::query_scalar(NEXT).fetch_one(conn).await?);
    const OLD: &str = "select id from extract where as_at = $1 and superseded_by is null";
    let old: Option<i64> =
        on_tx!(&mut *tx, conn => sqlx::query_scalar(OLD).bind(new.as_at).fetch_optional(conn).await?);
    const STAND_IN: &str = "update extract set superseded_by = id where id = $1";
    on_tx!(&mut *tx, conn => sqlx::query(STAND_IN).bind(old).execute(conn).await?.rows_affected());
    const ADD: &str = "insert into extract
         (id, as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    on_tx!(&mut *tx, conn => sqlx::query(ADD)
        .bind(id).bind(new.as_at).bind(new.format).bind(&files).bind(new.fingerprint).bind(new.loaded_at)
        .bind(new.loaded_by).bind(&supplied).bind(new.report).bind(new.problems)
        .execute(conn).await?.rows_affected());
    const SUPERSEDE: &str = "update extract set superseded_by = $1 where id = $2";
    on_tx!(&mut *tx, conn => sqlx::query(SUPERSEDE).bind(id).bind(old).execute(conn).await?.rows_affected());
    Ok(id)
}

/// Keeps from when on the lists of an extract reach.
///
/// # Errors
/// When the database fails.
pub async fn set_windows(tx: &mut Tx, extract: i64, windows: &Windows) -> Result<(), DbError> {
    const SQL: &str = "update extract set windows = $1 where id = $2";
    let windows = serde_json::to_string(windows)?;
    on_tx!(tx, conn => sqlx::query(SQL).bind(&windows).bind(extract).execute(conn).await?.rows_affected());
    Ok(())
}

/// From when on the lists of each extract in force reach; an extract of which that is not kept is not in it.
///
/// # Errors
/// When the database fails.
pub async fn windows(db: &Db) -> Result<HashMap<i64, Windows>, DbError> {
    const SQL: &str = "select id, windows from extract where superseded_by is null and windows is not null";
    let rows: Vec<(i64, String)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    rows.into_iter().map(|(id, windows)| Ok((id, serde_json::from_str(&windows)?))).collect()
}

/// Keeps the names of an extract.
///
/// # Errors
/// When the database fails.
pub async fn add_names(tx: &mut Tx, extract: i64, names: &Names) -> Result<(), DbError> {
    let all: Vec<(&str, Arc<str>)> = names
        .teams()
        .into_iter()
        .map(|name| ("team", name))
        .chain(names.workers().into_iter().map(|name| ("worker", name)))
        .collect();
    for chunk in all.chunks(rows_a_statement(3)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new("insert into extract_name (extract_id, kind, name) ");
            insert.push_values(chunk, |mut row, (kind, name)| {
                row.push_bind(extract).push_bind(*kind).push_bind(name.to_string());
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Every name of a kind, `team` or `worker`, that an extract has had, in order.
///
/// # Errors
/// When the database fails.
pub async fn names_ever(db: &Db, kind: &str) -> Result<Vec<String>, DbError> {
    const SQL: &str = "select distinct name from extract_name where kind = $1 order by name";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).bind(kind).fetch_all(pool).await?))
}

/// The names of an extract.
///
/// # Errors
/// When the database fails.
pub async fn names(db: &Db, extract: i64) -> Result<Names, DbError> {
    const SQL: &str = "select kind, name from extract_name where extract_id = $1";
    let rows: Vec<(String, String)> = read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_all(pool).await?);
    let mut names = Names::default();
    for (kind, name) in rows {
        if kind == "team" { names.meet_team(&name) } else { names.meet_worker(&name) }
    }
    Ok(names)
}
