//! One action with its events.

use super::{events, visible};
use crate::db::{Db, DbError, Tx, on_tx, read};
use crate::store::conditions::{Value, bind_values};
use crate::store::reader::{Reader, moment};
use domain::action::History;
use domain::ids::{ActionId, UserId};
use sqlx::AssertSqlSafe;

/// An action with its events, and what rights in it depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: ActionId,
    /// The action and its events.
    pub history: History,
    /// The teams concerned today: those it names, and those that hold its children in the newest extract.
    pub teams: Vec<String>,
    /// Who leads the surgery it was recorded in.
    pub leader: Option<UserId>,
}

/// An action that a reader may read; `None` for another, and for one that does not exist.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, reader: &Reader<'_>, id: ActionId) -> Result<Option<Kept>, DbError> {
    let Some(mut conditions) = visible(reader) else { return Ok(None) };
    conditions.and("a.id = ?", [Value::Number(id.0)]);
    let sql = format!("select a.id from action a where {}", conditions.sql());
    let known: Option<i64> = read!(db, pool => bind_values!(
        sqlx::query_scalar(AssertSqlSafe(sql)), conditions.values()).fetch_optional(pool).await?);
    if known.is_none() {
        return Ok(None);
    }
    let Some(history) = events::history(db, id).await? else { return Ok(None) };
    let teams: Vec<String> = read!(db, pool => sqlx::query_scalar(TEAMS).bind(id.0).fetch_all(pool).await?);
    let leader: Option<i64> = read!(db, pool => sqlx::query_scalar(LEADER).bind(id.0).fetch_optional(pool).await?);
    Ok(Some(Kept { id, history, teams, leader: leader.map(UserId) }))
}

/// The same within a transaction that changes it, whoever asks: the domain says who may.
pub(super) async fn load_in(tx: &mut Tx, id: ActionId) -> Result<Option<Kept>, DbError> {
    let Some(history) = events::history_in(tx, id).await? else { return Ok(None) };
    let teams: Vec<String> = on_tx!(&mut *tx, conn => sqlx::query_scalar(TEAMS).bind(id.0).fetch_all(conn).await?);
    let leader: Option<i64> =
        on_tx!(&mut *tx, conn => sqlx::query_scalar(LEADER).bind(id.0).fetch_optional(conn).await?);
    Ok(Some(Kept { id, history, teams, leader: leader.map(UserId) }))
}

const TEAMS: &str = "select min(team) from action_team where action_id = $1 group by team_key order by team_key";
const LEADER: &str = "select s.leader from action a join surgery s on s.id = a.surgery_id where a.id = $1";

/// An action as it stood at a time, in milliseconds since 1970 UTC: what was known then and nothing since. Today's access
/// decides who may read it. `None` before it was recorded.
///
/// # Errors
/// When the database fails.
pub async fn as_it_stood(db: &Db, reader: &Reader<'_>, id: ActionId, at: i64) -> Result<Option<History>, DbError> {
    let Some(kept) = load(db, reader, id).await? else { return Ok(None) };
    let at = moment(at)?;
    let events: Vec<_> = kept.history.events().iter().take_while(|event| event.at <= at).cloned().collect();
    if events.is_empty() {
        return Ok(None);
    }
    History::of(events).map(Some).map_err(crate::store::reader::inconsistent)
}
