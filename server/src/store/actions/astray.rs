//! Whether the log's rows are what the events have made of each action.

use super::events::Row as EventRow;
use super::line::{COLUMNS, Line, Row as LineRow};
use crate::db::{DbError, Tx, from_row, on_tx};
use domain::action::{Action, DataWord, Event, History};
use domain::ids::{ActionId, ChildId};
use domain::names::name_key;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// Actions looked at together.
const TOGETHER: i64 = 1_000;

struct EventOfAction {
    action_id: i64,
    event: EventRow,
}

from_row!(EventOfAction { action_id } with { event: EventRow });

/// What stands beside an action: a child's id with the data's word, and keys of the teams it names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Beside {
    children: BTreeMap<String, Option<String>>,
    named: BTreeSet<String>,
}

impl Beside {
    fn of(action: &Action) -> Self {
        let word = |child: &ChildId| match action.data.get(child)?.word {
            DataWord::Confirmed => Some("confirmed".to_owned()),
            DataWord::Contradicted => Some("contradicted".to_owned()),
            DataWord::Silent => None,
        };
        let children =
            action.subject.children().iter().map(|child| (child.child_id.as_kept().to_owned(), word(&child.child_id)));
        let named = action.subject.named_teams().into_iter().map(name_key).collect();
        Self { children: children.collect(), named }
    }
}

/// The actions whose rows are not what their events have made of them, and those whose teams of today are not those of the
/// newest facts.
///
/// # Errors
/// When the database fails or a row cannot be read.
pub async fn astray(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    const LAST: &str = "select coalesce(max(id), 0) from action";
    let last: i64 = on_tx!(&mut *tx, conn => sqlx::query_scalar(LAST).fetch_one(conn).await?);
    let mut astray = BTreeSet::new();
    let mut after = 0;
    while after < last {
        astray.extend(astray_among(tx, after, after + TOGETHER).await?);
        after += TOGETHER;
    }
    astray.extend(with_other_teams(tx).await?);
    Ok(astray.into_iter().collect())
}

async fn astray_among(tx: &mut Tx, after: i64, up_to: i64) -> Result<Vec<i64>, DbError> {
    const EVENTS: &str = "select action_id, sequence, at, by_user, payload from action_event
         where action_id > $1 and action_id <= $2 order by action_id, sequence";
    let sql = format!("select id, {COLUMNS} from action where id > $1 and id <= $2 order by id");
    let lines: Vec<LineRow> = on_tx!(&mut *tx, conn => sqlx::query_as(AssertSqlSafe(sql))
        .bind(after).bind(up_to).fetch_all(conn).await?);
    let rows: Vec<EventOfAction> =
        on_tx!(&mut *tx, conn => sqlx::query_as(EVENTS).bind(after).bind(up_to).fetch_all(conn).await?);
    let mut events: BTreeMap<i64, Vec<Event>> = BTreeMap::new();
    for row in rows {
        events.entry(row.action_id).or_default().push(row.event.event()?);
    }
    let mut beside = beside(tx, after, up_to).await?;
    let mut astray = Vec::new();
    for row in lines {
        let id = row.id();
        let replayed = events.remove(&id).and_then(|events| History::of(events).ok());
        let as_replayed = replayed.is_some_and(|history| {
            row.line().is_ok_and(|line| line == Line::of(ActionId(id), history.action()))
                && beside.remove(&id).unwrap_or_default() == Beside::of(history.action())
        });
        if !as_replayed {
            astray.push(id);
        }
    }
    Ok(astray)
}

async fn beside(tx: &mut Tx, after: i64, up_to: i64) -> Result<BTreeMap<i64, Beside>, DbError> {
    const CHILDREN: &str =
        "select c.action_id, p.source_id, c.word from action_child c join person p on p.id = c.person_id
         where c.action_id > $1 and c.action_id <= $2";
    const NAMED: &str = "select action_id, team_key from action_team
         where source = 'named' and action_id > $1 and action_id <= $2";
    let children: Vec<(i64, String, Option<String>)> =
        on_tx!(&mut *tx, conn => sqlx::query_as(CHILDREN).bind(after).bind(up_to).fetch_all(conn).await?);
    let named: Vec<(i64, String)> =
        on_tx!(tx, conn => sqlx::query_as(NAMED).bind(after).bind(up_to).fetch_all(conn).await?);
    let mut beside: BTreeMap<i64, Beside> = BTreeMap::new();
    for (action, child, word) in children {
        beside.entry(action).or_default().children.insert(child, word);
    }
    for (action, team) in named {
        beside.entry(action).or_default().named.insert(team);
    }
    Ok(beside)
}

/// The actions that are let through by the teams of their children, and those teams are others by the stored facts.
async fn with_other_teams(tx: &mut Tx) -> Result<BTreeSet<i64>, DbError> {
    const NOW: &str = "select distinct c.action_id, f.team from action_child c join fact f on f.person_id = c.person_id
         where f.team is not null";
    const KEPT: &str = "select action_id, team_key from action_team where source = 'child'";
    let now: Vec<(i64, String)> = on_tx!(&mut *tx, conn => sqlx::query_as(NOW).fetch_all(conn).await?);
    let kept: Vec<(i64, String)> = on_tx!(tx, conn => sqlx::query_as(KEPT).fetch_all(conn).await?);
    let now: BTreeSet<(i64, String)> = now.into_iter().map(|(action, team)| (action, name_key(&team))).collect();
    let kept: BTreeSet<(i64, String)> = kept.into_iter().collect();
    Ok(now.symmetric_difference(&kept).map(|(action, _)| *action).collect())
}
