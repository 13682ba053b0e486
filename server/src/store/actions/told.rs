//! Actions with their events, for what is told of a period in numbers.

use super::events::Row as EventRow;
use crate::db::{Db, DbError, from_row, read};
use crate::store::conditions::{Conditions, Value, bind_values};
use crate::store::reader::inconsistent;
use domain::action::{Action, Aim, Event, EventKind, Set};
use domain::ids::{ActionId, RecommendationId};
use domain::scope::Scope;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// An action and what happened to it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its number.
    pub id: ActionId,
    /// The recommendation it answers.
    pub recommendation: Option<RecommendationId>,
    /// As it stood when it was recorded.
    pub first: Action,
    /// What happened to it up to the end of the time asked for, oldest first.
    pub events: Vec<Event>,
}

impl Told {
    /// The measure it should move, as set with the recording or by an event that counts.
    pub fn aim(&self, counts: impl Fn(&Event) -> bool) -> Option<&Aim> {
        let set = self.events.iter().rev().filter(|event| counts(event)).find_map(|event| match &event.kind {
            EventKind::Amended(amendment) => amendment.aim.as_ref(),
            _ => None,
        });
        match set {
            Some(Set::To(aim)) => Some(aim),
            Some(Set::Nothing) => None,
            None => self.first.aim.as_ref(),
        }
    }
}

/// Every action that did something between two moments or was at work at the later, with its events up to then, of those
/// whose counts a scope allows by the teams concerned when it was recorded.
///
/// # Errors
/// When the database fails.
pub async fn told(db: &Db, scope: &Scope, from: i64, to: i64) -> Result<Vec<Told>, DbError> {
    if !scope.reads_counts() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::new();
    conditions.and(
        "a.recorded_at <= ? and (a.changed_at >= ? or a.state in ('open', 'reported')) and e.at <= ?",
        [to, from, to].map(Value::Number),
    );
    let sql = format!(
        "select e.action_id, a.recommendation_id, e.sequence, e.at, e.by_user, e.payload
         from action_event e join action a on a.id = e.action_id where {} order by e.action_id, e.sequence",
        conditions.sql()
    );
    let rows: Vec<EventOfAction> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    let mut actions: BTreeMap<i64, (Option<i64>, Vec<Event>)> = BTreeMap::new();
    for row in rows {
        let (_, events) = actions.entry(row.action_id).or_insert_with(|| (row.recommendation_id, Vec::new()));
        events.push(row.event.event()?);
    }
    let mut told = Vec::new();
    for (id, (recommendation, events)) in actions {
        let Some(first) = events.first() else { continue };
        let first = Action::begun_by(first).map_err(inconsistent)?;
        let theirs = scope.reaches_everything()
            || first.subject.teams().into_iter().any(|team| scope.allows_counts_of(Some(team)));
        if theirs {
            let (id, recommendation) = (ActionId(id), recommendation.map(RecommendationId));
            told.push(Told { id, recommendation, first, events });
        }
    }
    Ok(told)
}

/// An event with the action's number and its recommendation.
struct EventOfAction {
    action_id: i64,
    recommendation_id: Option<i64>,
    event: EventRow,
}

from_row!(EventOfAction { action_id, recommendation_id } with { event: EventRow });
