//! Surgeries that were held, in numbers: how many, how many came, what was talked about. No word that anybody wrote.

use super::list::Window;
use crate::db::{Db, DbError, from_row, read};
use crate::store::conditions::{Conditions, Value, bind_values};
use crate::store::reader::{inconsistent, within};
use chrono::NaiveDate;
use domain::scope::Scope;
use domain::surgery::{ItemKind, Remit};
use sqlx::AssertSqlSafe;

/// A surgery that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// When.
    pub date: NaiveDate,
    /// What it was about.
    pub remit: Remit,
    /// How many were present.
    pub present: u64,
}

struct HeldRow {
    held_on: NaiveDate,
    remit: String,
    present: i64,
}

from_row!(HeldRow { held_on, remit, present });

/// What lets through the closed surgeries of a window whose counts a scope allows.
fn closed(scope: &Scope, window: Window) -> Option<Conditions> {
    let mut conditions = within(scope.counts(), |places| {
        format!("exists (select 1 from surgery_team t where t.surgery_id = s.id and t.team_key in ({places}))")
    })?;
    let days = [Value::Date(window.from), Value::Date(window.to)];
    conditions.and("s.stage = 'closed' and s.held_on between ? and ?", days);
    Some(conditions)
}

/// The surgeries of a window that were held to their end.
///
/// # Errors
/// When the database fails.
pub async fn held(db: &Db, scope: &Scope, window: Window) -> Result<Vec<Held>, DbError> {
    let Some(conditions) = closed(scope, window) else { return Ok(Vec::new()) };
    let sql = format!(
        "select s.held_on, s.remit, (select count(*) from surgery_attendance a
             where a.surgery_id = s.id and a.presence = 'present') as present
         from surgery s where {} order by s.held_on, s.id",
        conditions.sql()
    );
    let rows: Vec<HeldRow> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            Ok(Held {
                date: row.held_on,
                remit: serde_json::from_str(&row.remit)?,
                present: u64::try_from(row.present).unwrap_or_default(),
            })
        })
        .collect()
}

/// How many items of a kind stood on the agendas of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemsHeld {
    /// The day.
    pub date: NaiveDate,
    /// The kind.
    pub kind: ItemKind,
    /// How many.
    pub items: u64,
}

struct ItemsRow {
    held_on: NaiveDate,
    kind: String,
    items: i64,
}

from_row!(ItemsRow { held_on, kind, items });

/// What stood on the agendas of the surgeries of a window that were held to their end, by day and kind.
///
/// # Errors
/// When the database fails.
pub async fn items_held(db: &Db, scope: &Scope, window: Window) -> Result<Vec<ItemsHeld>, DbError> {
    let Some(conditions) = closed(scope, window) else { return Ok(Vec::new()) };
    let sql = format!(
        "select s.held_on, i.kind, count(*) as items from surgery_item i join surgery s on s.id = i.surgery_id
         where {} group by s.held_on, i.kind order by s.held_on, i.kind",
        conditions.sql()
    );
    let rows: Vec<ItemsRow> = read!(db, pool => bind_values!(
        sqlx::query_as(AssertSqlSafe(sql)), conditions.values()).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            let kind = ItemKind::ALL.into_iter().find(|kind| kind.name() == row.kind);
            Ok(ItemsHeld {
                date: row.held_on,
                kind: kind.ok_or_else(|| inconsistent("an item is of a kind that is not known"))?,
                items: u64::try_from(row.items).unwrap_or_default(),
            })
        })
        .collect()
}
