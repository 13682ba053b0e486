//! How the log goes: opened, closed, late, how old, come back; by Head of Service and by team, over time.

use crate::db::{Db, DbError, from_row, read};
use crate::store::conditions::{Conditions, Value, bind_values};
use crate::store::reader::{moment, within};
use chrono::{DateTime, NaiveDate, Utc};
use domain::scope::Scope;
use sqlx::AssertSqlSafe;

/// How totals are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By the Head of Service who is accountable today; a group's key is the account's number.
    HeadOfService,
    /// By team concerned today; a group's key is the team's name. An action of several teams counts under each.
    Team,
}

/// What happened in one group in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The group.
    pub group: String,
    /// The month, as `2026-03`.
    pub month: String,
    /// Actions recorded.
    pub opened: u32,
    /// Closed.
    pub closed: u32,
    /// Closed ones that came back.
    pub reopened: u32,
    /// Withdrawn.
    pub withdrawn: u32,
}

/// How one group stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The group.
    pub group: String,
    /// Open.
    pub open: u32,
    /// Of these, due before today.
    pub late: u32,
    /// Reported, to be confirmed.
    pub reported: u32,
    /// Closed.
    pub closed: u32,
    /// When the oldest of the open ones was recorded.
    pub oldest: Option<DateTime<Utc>>,
    /// When the open ones were recorded on average: their mean age is the time since.
    pub mean_recorded: Option<DateTime<Utc>>,
}

/// What `t` stands for where totals are by team: each team of an action once.
const TEAMS: &str = "join (select action_id, team_key, min(team) as team from action_team
     group by action_id, team_key) t on t.action_id = a.id";

/// The group's column, the join it needs, and what limits it to a scope; `None` where nothing may be counted. Counts
/// reach members too: what is shown to them is suppressed by whoever shows it.
fn grouped(by: By, scope: &Scope) -> Option<(&'static str, &'static str, Conditions)> {
    let limit = scope.counts();
    Some(match by {
        By::HeadOfService => {
            let theirs = within(limit, |places| {
                format!("exists (select 1 from action_team t where t.action_id = a.id and t.team_key in ({places}))")
            })?;
            ("cast(a.accountable as text)", "", theirs)
        }
        By::Team => ("t.team", TEAMS, within(limit, |places| format!("t.team_key in ({places})"))?),
    })
}

struct TotalRow {
    grouped_by: String,
    month: String,
    effect: String,
    times: i64,
}

from_row!(TotalRow { grouped_by, month, effect, times });

/// What happened from one month to another, both included and written `2026-03`, by group and month.
///
/// # Errors
/// When the database fails.
pub async fn totals(db: &Db, scope: &Scope, by: By, from: &str, to: &str) -> Result<Vec<Total>, DbError> {
    let Some((group, join, mut conditions)) = grouped(by, scope) else { return Ok(Vec::new()) };
    let months = [Value::Text(from.to_owned()), Value::Text(to.to_owned())];
    // An action that an extract brought back did not come back, once the extract's word is taken back.
    conditions.and(
        "e.effect is not null and e.effect <> 'retracted' and e.month between ? and ?
         and not (e.effect = 'reopened' and exists (select 1 from action_event l where l.action_id = e.action_id
          and l.effect = 'retracted' and l.sequence > e.sequence and not exists (select 1 from action_event m
           where m.action_id = e.action_id and m.effect = 'reopened' and m.sequence > e.sequence
           and m.sequence < l.sequence)))",
        months,
    );
    let sql = format!(
        "select {group} as grouped_by, e.month, e.effect, count(*) as times
         from action_event e join action a on a.id = e.action_id {join} where {}
         group by {group}, e.month, e.effect order by {group}, e.month",
        conditions.sql()
    );
    let rows: Vec<TotalRow> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    let mut totals: Vec<Total> = Vec::new();
    for row in rows {
        let same = |total: &Total| total.group == row.grouped_by && total.month == row.month;
        if !totals.last().is_some_and(same) {
            let (group, month) = (row.grouped_by.clone(), row.month.clone());
            totals.push(Total { group, month, opened: 0, closed: 0, reopened: 0, withdrawn: 0 });
        }
        let Some(total) = totals.last_mut() else { continue };
        let times = u32::try_from(row.times).unwrap_or(u32::MAX);
        match row.effect.as_str() {
            "opened" => total.opened = times,
            "closed" => total.closed = times,
            "reopened" => total.reopened = times,
            _ => total.withdrawn = times,
        }
    }
    Ok(totals)
}

struct StandingRow {
    grouped_by: String,
    opened: i64,
    late: i64,
    reported: i64,
    closed: i64,
    oldest: Option<i64>,
    mean_recorded: Option<i64>,
}

from_row!(StandingRow { grouped_by, opened, late, reported, closed, oldest, mean_recorded });

/// How each group stands; an open action that was due before `late_before` is late.
///
/// # Errors
/// When the database fails.
pub async fn standings(db: &Db, scope: &Scope, by: By, late_before: NaiveDate) -> Result<Vec<Standing>, DbError> {
    let Some((group, join, mut conditions)) = grouped(by, scope) else { return Ok(Vec::new()) };
    let late_before = conditions.take(Value::Date(late_before));
    let sql = format!(
        "select {group} as grouped_by,
         count(case when a.state = 'open' then 1 end) as opened,
         count(case when a.state = 'open' and a.due < {late_before} then 1 end) as late,
         count(case when a.state = 'reported' then 1 end) as reported,
         count(case when a.state = 'closed' then 1 end) as closed,
         min(case when a.state = 'open' then a.recorded_at end) as oldest,
         cast(avg(case when a.state = 'open' then a.recorded_at end) as bigint) as mean_recorded
         from action a {join} where {} group by {group} order by {group}",
        conditions.sql()
    );
    let rows: Vec<StandingRow> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    let small = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    rows.into_iter()
        .map(|row| {
            Ok(Standing {
                group: row.grouped_by,
                open: small(row.opened),
                late: small(row.late),
                reported: small(row.reported),
                closed: small(row.closed),
                oldest: row.oldest.map(moment).transpose()?,
                mean_recorded: row.mean_recorded.map(moment).transpose()?,
            })
        })
        .collect()
}
