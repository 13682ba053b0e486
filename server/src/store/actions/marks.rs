//! What of somebody's own open actions is news to that person.

use crate::db::{Db, DbError, from_row, read};
use domain::ids::UserId;
use std::collections::HashMap;

/// What an open action is marked with, for one person. An event stands here by its sequence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// It came back and was not reported since: sent back, opened again, or contradicted by the data after it was closed.
    pub back: Option<i64>,
    /// It was recorded by another or handed over, and the person has done nothing about it since.
    pub new: Option<i64>,
    /// The data has confirmed it for each of its children.
    pub confirmed: bool,
}

struct Row {
    action_id: i64,
    back: Option<i64>,
    new: Option<i64>,
    confirmed: i64,
    children: i64,
}

from_row!(Row { action_id, back, new, confirmed, children });

/// The marks of the open actions that somebody is accountable for or was given, under the action's number. New is what
/// was recorded or handed over since a time, in milliseconds since 1970 UTC.
///
/// # Errors
/// When the database fails.
pub async fn marks(db: &Db, user: UserId, new_since: i64) -> Result<HashMap<i64, Marks>, DbError> {
    const SQL: &str = "select a.id as action_id,
         (select max(e.sequence) from action_event e where e.action_id = a.id
          and (e.kind in ('sent-back', 'reopened') or (e.kind = 'data-contradicted' and e.effect = 'reopened'))
          and not exists (select 1 from action_event l where l.action_id = a.id and l.sequence > e.sequence
           and l.kind = 'reported')) as back,
         (select max(e.sequence) from action_event e where e.action_id = a.id
          and (e.kind = 'recorded' or (e.kind = 'handed-over' and a.accountable = $1))
          and e.at >= $2 and e.by_user <> $1
          and not exists (select 1 from action_event l where l.action_id = a.id and l.sequence > e.sequence
           and l.by_user = $1)) as new,
         (select count(*) from action_child c where c.action_id = a.id and c.word = 'confirmed') as confirmed,
         (select count(*) from action_child c where c.action_id = a.id) as children
         from action a where a.state = 'open' and (a.accountable = $1 or a.doer_user = $1)";
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(SQL).bind(user.0).bind(new_since).fetch_all(pool).await?);
    let all = |row: &Row| row.children > 0 && row.confirmed == row.children;
    let marks = |row: &Row| Marks { back: row.back, new: row.new, confirmed: all(row) };
    Ok(rows.iter().map(|row| (row.action_id, marks(row))).collect())
}
