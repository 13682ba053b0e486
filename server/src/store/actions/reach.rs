//! Which teams hold the children of actions in the newest extract.

use crate::db::{DbError, Tx, on_tx};
use crate::store::rows_a_statement;
use domain::ids::ActionId;
use domain::names::name_key;
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, BTreeSet};

type TeamOfAction = (i64, String);

/// Brings the teams of every action's children up to the stored facts: to be called where they are replaced, so that a
/// child that moved is lost to the old team, and gained by the new one, with the extract that says so.
///
/// # Errors
/// When the database fails.
pub async fn refresh_teams(tx: &mut Tx) -> Result<(), DbError> {
    const NOW: &str = "select distinct c.action_id, f.team from action_child c join fact f on f.person_id = c.person_id
         where f.team is not null";
    const BEFORE: &str = "select action_id, team_key from action_team where source = 'child'";
    const GONE: &str = "delete from action_team where action_id = $1 and source = 'child' and team_key = $2";
    let now: Vec<TeamOfAction> = on_tx!(&mut *tx, conn => sqlx::query_as(NOW).fetch_all(conn).await?);
    let now: BTreeMap<TeamOfAction, String> =
        now.into_iter().map(|(action, team)| ((action, name_key(&team)), team)).collect();
    let before: Vec<TeamOfAction> = on_tx!(&mut *tx, conn => sqlx::query_as(BEFORE).fetch_all(conn).await?);
    let before: BTreeSet<TeamOfAction> = before.into_iter().collect();
    for (action, key) in before.iter().filter(|known| !now.contains_key(known)) {
        on_tx!(&mut *tx, conn => sqlx::query(GONE).bind(action).bind(key).execute(conn).await?.rows_affected());
    }
    let new: Vec<_> = now.iter().filter(|(known, _)| !before.contains(known)).collect();
    for chunk in new.chunks(rows_a_statement(4)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new("insert into action_team (action_id, source, team_key, team) ");
            insert.push_values(chunk, |mut row, ((action, key), team)| {
                row.push_bind(*action).push_bind("child").push_bind(key.clone()).push_bind((*team).clone());
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// The same for one action, just recorded.
pub(super) async fn teams_of_children(tx: &mut Tx, id: ActionId) -> Result<(), DbError> {
    const NOW: &str = "select distinct f.team from action_child c join fact f on f.person_id = c.person_id
         where f.team is not null and c.action_id = $1";
    const ADD: &str = "insert into action_team (action_id, source, team_key, team) values ($1, 'child', $2, $3)
         on conflict do nothing";
    let teams: Vec<String> = on_tx!(&mut *tx, conn => sqlx::query_scalar(NOW).bind(id.0).fetch_all(conn).await?);
    for team in teams {
        on_tx!(&mut *tx, conn => sqlx::query(ADD)
            .bind(id.0).bind(name_key(&team)).bind(&team).execute(conn).await?.rows_affected());
    }
    Ok(())
}
