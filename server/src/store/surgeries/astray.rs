//! Whether the rows of surgeries are what their events have made of each.

use super::events;
use super::projection::remit_kind;
use crate::db::{DbError, Tx, from_row, on_tx};
use chrono::NaiveDate;
use domain::ids::SurgeryId;
use domain::surgery::{Attendee, Surgery};

/// A surgery's row.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: i64,
    version: i64,
    stage: String,
    remit_kind: String,
    series_id: Option<i64>,
    series_day: Option<NaiveDate>,
    leader: i64,
    held_on: NaiveDate,
    extract_id: Option<i64>,
    as_at: Option<NaiveDate>,
    started_at: Option<i64>,
    closed_at: Option<i64>,
}

from_row!(Row {
    id,
    version,
    stage,
    remit_kind,
    series_id,
    series_day,
    leader,
    held_on,
    extract_id,
    as_at,
    started_at,
    closed_at
});

impl Row {
    fn of(id: i64, surgery: &Surgery) -> Self {
        Self {
            id,
            version: i64::from(surgery.version),
            stage: surgery.stage.name().to_owned(),
            remit_kind: remit_kind(&surgery.remit).to_owned(),
            series_id: surgery.series.map(|(series, _)| series.0),
            series_day: surgery.series.map(|(_, day)| day),
            leader: surgery.leader.0,
            held_on: surgery.date,
            extract_id: surgery.evidence.map(|(extract, _)| extract.0),
            as_at: surgery.evidence.map(|(_, as_at)| as_at),
            started_at: surgery.started_at.map(|at| at.timestamp_millis()),
            closed_at: surgery.closed_at.map(|at| at.timestamp_millis()),
        }
    }
}

/// Number, place, kind, title, and both notes.
type ItemRow = (i64, i64, String, String, String, String);
/// Place, account or name, and presence.
type AttendanceRow = (i64, Option<i64>, Option<String>, String);

/// The surgeries whose rows are not what their events have made of them.
///
/// # Errors
/// When the database fails.
pub async fn astray(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    const ALL: &str =
        "select id, version, stage, remit_kind, series_id, series_day, leader, held_on, extract_id, as_at,
         started_at, closed_at from surgery order by id";
    let rows: Vec<Row> = on_tx!(&mut *tx, conn => sqlx::query_as(ALL).fetch_all(conn).await?);
    let mut astray = Vec::new();
    for row in rows {
        let id = row.id;
        // Events that cannot be read back make nothing.
        let replayed = match events::replayed_in(tx, SurgeryId(id)).await {
            Ok(replayed) => replayed,
            Err(DbError::Inconsistent(_) | DbError::Stored(_)) => None,
            Err(error) => return Err(error),
        };
        let as_replayed = match replayed {
            Some(surgery) => row == Row::of(id, &surgery) && has_its_parts(tx, id, &surgery).await?,
            None => false,
        };
        if !as_replayed {
            astray.push(id);
        }
    }
    Ok(astray)
}

async fn has_its_parts(tx: &mut Tx, id: i64, surgery: &Surgery) -> Result<bool, DbError> {
    const ITEMS: &str = "select item, place, kind, title, narrative, discussion from surgery_item
         where surgery_id = $1 order by place";
    const ATTENDANCE: &str = "select place, user_id, name, presence from surgery_attendance
         where surgery_id = $1 order by place";
    let items: Vec<ItemRow> = on_tx!(&mut *tx, conn => sqlx::query_as(ITEMS).bind(id).fetch_all(conn).await?);
    let attendance: Vec<AttendanceRow> = on_tx!(tx, conn => sqlx::query_as(ATTENDANCE).bind(id).fetch_all(conn).await?);
    let as_replayed = (0_i64..).zip(&surgery.items).map(|(place, item)| -> ItemRow {
        let (narrative, discussion) = (item.narrative.text.clone(), item.discussion.text.clone());
        (
            i64::from(item.id.0),
            place,
            item.draft.kind.name().to_owned(),
            item.draft.title.clone(),
            narrative,
            discussion,
        )
    });
    let attended = (0_i64..).zip(&surgery.attendance).map(|(place, one)| -> AttendanceRow {
        let (user, name) = match &one.who {
            Attendee::User(user) => (Some(user.0), None),
            Attendee::Named(name) => (None, Some(name.clone())),
        };
        (place, user, name, one.presence.name().to_owned())
    });
    Ok(items.into_iter().eq(as_replayed) && attendance.into_iter().eq(attended))
}
