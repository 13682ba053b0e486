//! What was wrong in an extract, row by row: the data-quality list.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use domain::names::name_key;
use ingest::{Problem, Severity};
use sqlx::QueryBuilder;

/// Keeps the problems of an extract.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, extract: i64, problems: &[Problem]) -> Result<(), DbError> {
    for chunk in problems.chunks(rows_a_statement(9)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into problem
                 (extract_id, list, row_number, column_name, value, severity, message, child_id, team_key) ",
            );
            insert.push_values(chunk, |mut row, problem| {
                row.push_bind(extract)
                    .push_bind(problem.list.clone())
                    .push_bind(problem.row.map(i64::from))
                    .push_bind(problem.column.clone())
                    .push_bind(problem.value.clone())
                    .push_bind(match problem.severity {
                        Severity::Warning => "warning",
                        Severity::Error => "error",
                    })
                    .push_bind(problem.message.clone())
                    .push_bind(problem.child_id.as_deref().map(str::to_owned))
                    .push_bind(problem.team.as_deref().map(name_key));
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// A stored problem.
#[derive(Debug, Clone)]
pub struct StoredProblem {
    /// `L7` or a local file's name.
    pub list: String,
    /// Row of the sheet.
    pub row_number: Option<i64>,
    /// Column.
    pub column_name: Option<String>,
    /// Value as supplied.
    pub value: Option<String>,
    /// `warning` or `error`.
    pub severity: String,
    /// What is wrong and what to do.
    pub message: String,
}

from_row!(StoredProblem { list, row_number, column_name, value, severity, message });

/// One page of an extract's problems, in the order they were met.
///
/// # Errors
/// When the database fails.
pub async fn page(db: &Db, extract: i64, offset: i64, limit: i64) -> Result<Vec<StoredProblem>, DbError> {
    const SQL: &str = "select list, row_number, column_name, value, severity, message
         from problem where extract_id = $1 order by id limit $2 offset $3";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(extract).bind(limit).bind(offset).fetch_all(pool).await?))
}

/// How many problems of an extract are kept row by row.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, extract: i64) -> Result<i64, DbError> {
    const SQL: &str = "select count(*) from problem where extract_id = $1";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).bind(extract).fetch_one(pool).await?))
}

/// The problems on one child's rows.
///
/// # Errors
/// When the database fails.
pub async fn of_child(db: &Db, extract: i64, child_id: &str) -> Result<Vec<StoredProblem>, DbError> {
    const SQL: &str = "select list, row_number, column_name, value, severity, message
         from problem where extract_id = $1 and child_id = $2 order by id limit 100";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(extract).bind(child_id).fetch_all(pool).await?))
}

/// Problems of one kind and how many there are.
#[derive(Debug, Clone)]
pub struct KindCount {
    /// List.
    pub list: String,
    /// Column.
    pub column_name: Option<String>,
    /// What is wrong.
    pub message: String,
    /// How many.
    pub problems: i64,
}

from_row!(KindCount { list, column_name, message, problems });

/// An extract's problems by kind, most first.
///
/// # Errors
/// When the database fails.
pub async fn by_kind(db: &Db, extract: i64) -> Result<Vec<KindCount>, DbError> {
    const SQL: &str = "select list, column_name, message, count(*) as problems from problem where extract_id = $1
         group by list, column_name, message order by problems desc, list, column_name, message limit 200";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_all(pool).await?))
}
