//! What was wrong in an extract, row by row: the data-quality list.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::conditions::{Conditions, Value, bind_values, places};
use crate::store::rows_a_statement;
use domain::names::name_key;
use ingest::{Problem, Severity};
use sqlx::{AssertSqlSafe, QueryBuilder};
use std::collections::BTreeSet;

/// Keeps the problems of an extract.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, extract: i64, problems: &[Problem]) -> Result<(), DbError> {
    for chunk in problems.chunks(rows_a_statement(10)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into problem
                 (extract_id, list, row_number, column_name, value, severity, message, child_id, team_key, kind) ",
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
                    .push_bind(problem.team.as_deref().map(name_key))
                    .push_bind(problem.kind.name());
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
    /// What kind it is, by [`ingest::ProblemKind`]'s name; `other` from before kinds were kept.
    pub kind: String,
    /// The child on the row (List 11: the adopter).
    pub child_id: Option<String>,
    /// The key of the team on the row ([`name_key`]).
    pub team_key: Option<String>,
}

from_row!(StoredProblem { list, row_number, column_name, value, severity, message, kind, child_id, team_key });

/// An extract's problems in the order they were met: all that are kept, or those on rows of these teams.
///
/// # Errors
/// When the database fails.
pub async fn of_extract(
    db: &Db,
    extract: i64,
    teams: Option<&BTreeSet<String>>,
) -> Result<Vec<StoredProblem>, DbError> {
    let mut conditions = Conditions::new();
    conditions.and("extract_id = ?", [Value::Number(extract)]);
    if let Some(teams) = teams {
        // No team at all is no row: `in ()` is not what both databases take.
        if teams.is_empty() {
            return Ok(Vec::new());
        }
        let keys = teams.iter().cloned().map(Value::Text);
        conditions.and(&format!("team_key in ({})", places(teams.len())), keys);
    }
    let sql = format!(
        "select list, row_number, column_name, value, severity, message, kind, child_id, team_key
         from problem where {} order by id",
        conditions.sql()
    );
    Ok(read!(db, pool => bind_values!(sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?))
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
    const SQL: &str = "select list, row_number, column_name, value, severity, message, kind, child_id, team_key
         from problem where extract_id = $1 and child_id = $2 order by id limit 100";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(extract).bind(child_id).fetch_all(pool).await?))
}
