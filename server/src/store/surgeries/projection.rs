//! The rows that a surgery's events have made.

use crate::db::{DbError, Tx, on_tx};
use chrono::NaiveDate;
use domain::ids::{SeriesId, SurgeryId};
use domain::names::name_key;
use domain::organisation::Organisation;
use domain::surgery::{Attendee, Item, Remit, Surgery};

/// Adds a surgery's row and answers its number.
pub(super) async fn add(tx: &mut Tx, surgery: &Surgery) -> Result<SurgeryId, DbError> {
    const SQL: &str = "insert into surgery (version, stage, remit_kind, remit, series_id, series_day, leader, held_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    let remit = serde_json::to_string(&surgery.remit)?;
    let id: i64 = on_tx!(tx, conn => sqlx::query_scalar(SQL)
        .bind(i64::from(surgery.version)).bind(surgery.stage.name()).bind(remit_kind(&surgery.remit)).bind(remit)
        .bind(surgery.series.map(|(series, _)| series.0)).bind(surgery.series.map(|(_, day)| day))
        .bind(surgery.leader.0).bind(surgery.date).fetch_one(conn).await?);
    Ok(SurgeryId(id))
}

/// Whether a surgery was planned for a day of a series.
pub(super) async fn has_surgery_on(tx: &mut Tx, series: SeriesId, day: NaiveDate) -> Result<bool, DbError> {
    const SQL: &str = "select id from surgery where series_id = $1 and series_day = $2";
    let known: Option<i64> =
        on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(series.0).bind(day).fetch_optional(conn).await?);
    Ok(known.is_some())
}

pub(super) const fn remit_kind(remit: &Remit) -> &'static str {
    match remit {
        Remit::Service { .. } => "service",
        Remit::Teams { .. } => "teams",
    }
}

/// Brings a surgery's rows up to what it is now. Answers whether nobody was faster.
pub(super) async fn update(
    tx: &mut Tx,
    id: SurgeryId,
    before: &Surgery,
    after: &Surgery,
    organisation: &Organisation,
) -> Result<bool, DbError> {
    const SQL: &str = "update surgery set version = $1, stage = $2, leader = $3, held_on = $4, extract_id = $5,
         as_at = $6, started_at = $7, closed_at = $8 where id = $9 and version = $10";
    let changed = on_tx!(&mut *tx, conn => sqlx::query(SQL)
        .bind(i64::from(after.version)).bind(after.stage.name()).bind(after.leader.0).bind(after.date)
        .bind(after.evidence.map(|(extract, _)| extract.0)).bind(after.evidence.map(|(_, as_at)| as_at))
        .bind(after.started_at.map(|at| at.timestamp_millis())).bind(after.closed_at.map(|at| at.timestamp_millis()))
        .bind(id.0).bind(i64::from(before.version)).execute(conn).await?.rows_affected());
    if changed != 1 {
        return Ok(false);
    }
    items(tx, id, before, after).await?;
    if before.attendance != after.attendance {
        attendance(tx, id, after).await?;
    }
    // A service may have gained a team since it was planned.
    teams(tx, id, &after.remit, organisation).await?;
    Ok(true)
}

/// The teams it concerns.
pub(super) async fn teams(
    tx: &mut Tx,
    id: SurgeryId,
    remit: &Remit,
    organisation: &Organisation,
) -> Result<(), DbError> {
    const SQL: &str = "insert into surgery_team (surgery_id, team_key) values ($1, $2) on conflict do nothing";
    for team in remit.teams(organisation) {
        on_tx!(&mut *tx, conn => sqlx::query(SQL)
            .bind(id.0).bind(name_key(&team)).execute(conn).await?.rows_affected());
    }
    Ok(())
}

async fn items(tx: &mut Tx, id: SurgeryId, before: &Surgery, after: &Surgery) -> Result<(), DbError> {
    const GONE: &str = "delete from surgery_item where surgery_id = $1 and item = $2";
    const KEEP: &str = "insert into surgery_item (surgery_id, item, place, kind, title, narrative, discussion)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (surgery_id, item) do update set place = excluded.place, kind = excluded.kind,
         title = excluded.title, narrative = excluded.narrative, discussion = excluded.discussion";
    for gone in before.items.iter().filter(|item| after.item(item.id).is_none()) {
        on_tx!(&mut *tx, conn => sqlx::query(GONE)
            .bind(id.0).bind(i64::from(gone.id.0)).execute(conn).await?.rows_affected());
    }
    let was = |place: usize, item: &Item| before.items.get(place) == Some(item);
    for (place, item) in after.items.iter().enumerate().filter(|(place, item)| !was(*place, item)) {
        on_tx!(&mut *tx, conn => sqlx::query(KEEP)
            .bind(id.0).bind(i64::from(item.id.0)).bind(i64::try_from(place).unwrap_or(i64::MAX))
            .bind(item.draft.kind.name()).bind(&item.draft.title).bind(&item.narrative.text)
            .bind(&item.discussion.text).execute(conn).await?.rows_affected());
    }
    Ok(())
}

async fn attendance(tx: &mut Tx, id: SurgeryId, after: &Surgery) -> Result<(), DbError> {
    const SQL: &str = "insert into surgery_attendance (surgery_id, place, user_id, name, presence)
         values ($1, $2, $3, $4, $5) on conflict (surgery_id, place) do update set presence = excluded.presence";
    for (place, one) in (0_i64..).zip(&after.attendance) {
        let (user, name) = match &one.who {
            Attendee::User(user) => (Some(user.0), None),
            Attendee::Named(name) => (None, Some(name.as_str())),
        };
        on_tx!(&mut *tx, conn => sqlx::query(SQL)
            .bind(id.0).bind(place).bind(user).bind(name).bind(one.presence.name())
            .execute(conn).await?.rows_affected());
    }
    Ok(())
}
