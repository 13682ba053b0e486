//! What a line of the log says beside the action itself: its teams, its children and the data's word, in numbers.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::conditions::{Conditions, Value, bind_values, places};
use crate::store::reader::Reader;
use chrono::NaiveDate;
use domain::ids::ActionId;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// An action's surroundings in short. It names no child.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InShort {
    /// The teams concerned today.
    pub teams: Vec<String>,
    /// Children.
    pub children: u64,
    /// Of these, children for whom the data last confirmed it.
    pub confirmed: u64,
    /// Children for whom the data last contradicted it.
    pub contradicted: u64,
}

struct TeamRow {
    action_id: i64,
    team: String,
}

from_row!(TeamRow { action_id, team });

struct WordRow {
    action_id: i64,
    children: i64,
    confirmed: i64,
    contradicted: i64,
}

from_row!(WordRow { action_id, children, confirmed, contradicted });

/// The surroundings of these actions, which the reader may read.
///
/// # Errors
/// When the database fails.
pub async fn in_short(db: &Db, ids: &[ActionId]) -> Result<HashMap<i64, InShort>, DbError> {
    let mut found: HashMap<i64, InShort> = HashMap::new();
    for chunk in ids.chunks(500) {
        let mut conditions = Conditions::new();
        let listed = format!("action_id in ({})", places(chunk.len()));
        conditions.and(&listed, chunk.iter().map(|id| Value::Number(id.0)));
        let teams = format!(
            "select action_id, min(team) as team from action_team where {} group by action_id, team_key
             order by action_id, team_key",
            conditions.sql()
        );
        let teams: Vec<TeamRow> = read!(db, pool => bind_values!(
            sqlx::query_as(AssertSqlSafe(teams)), conditions.values()).fetch_all(pool).await?);
        for row in teams {
            found.entry(row.action_id).or_default().teams.push(row.team);
        }
        let words = format!(
            "select action_id, count(*) as children, count(case when word = 'confirmed' then 1 end) as confirmed,
             count(case when word = 'contradicted' then 1 end) as contradicted
             from action_child where {} group by action_id",
            conditions.sql()
        );
        let words: Vec<WordRow> = read!(db, pool => bind_values!(
            sqlx::query_as(AssertSqlSafe(words)), conditions.values()).fetch_all(pool).await?);
        for row in words {
            let short = found.entry(row.action_id).or_default();
            short.children = count(row.children);
            short.confirmed = count(row.confirmed);
            short.contradicted = count(row.contradicted);
        }
    }
    Ok(found)
}

/// How the actions of a recommendation stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Open or reported.
    pub open: u64,
    /// Open and late by at least a working day.
    pub late: u64,
    /// Closed.
    pub closed: u64,
}

struct ProgressRow {
    recommendation_id: i64,
    at_work: i64,
    late: i64,
    closed: i64,
}

from_row!(ProgressRow { recommendation_id, at_work, late, closed });

/// How the actions of each recommendation stand, of those the reader may read; under the recommendation's number. An open
/// action that was due before `late_before` is late.
///
/// # Errors
/// When the database fails.
pub async fn progress(db: &Db, reader: &Reader<'_>, late_before: NaiveDate) -> Result<HashMap<i64, Progress>, DbError> {
    let Some(mut conditions) = super::visible(reader) else { return Ok(HashMap::new()) };
    conditions.and("a.recommendation_id is not null", []);
    let late_before = conditions.take(Value::Date(late_before));
    let sql = format!(
        "select a.recommendation_id, count(case when a.state in ('open', 'reported') then 1 end) as at_work,
         count(case when a.state = 'open' and a.due < {late_before} then 1 end) as late,
         count(case when a.state = 'closed' then 1 end) as closed
         from action a where {} group by a.recommendation_id",
        conditions.sql()
    );
    let rows: Vec<ProgressRow> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    let progress =
        |row: &ProgressRow| Progress { open: count(row.at_work), late: count(row.late), closed: count(row.closed) };
    Ok(rows.iter().map(|row| (row.recommendation_id, progress(row))).collect())
}

/// How many actions that are not done somebody is accountable for.
///
/// # Errors
/// When the database fails.
pub async fn not_done_of(tx: &mut Tx, user_name: &str) -> Result<u64, DbError> {
    const SQL: &str = "select count(*) from action a join app_user u on u.id = a.accountable
         where u.user_name = $1 and a.state in ('open', 'reported')";
    Ok(count(on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(user_name).fetch_one(conn).await?)))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
