//! The events of surgeries.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::reader::{inconsistent, moment};
use domain::ids::{SurgeryId, UserId};
use domain::surgery::{Surgery, SurgeryEvent};

struct Row {
    sequence: i64,
    at: i64,
    by_user: i64,
    payload: String,
}

from_row!(Row { sequence, at, by_user, payload });

impl Row {
    fn event(self) -> Result<SurgeryEvent, DbError> {
        Ok(SurgeryEvent {
            sequence: u32::try_from(self.sequence).unwrap_or(u32::MAX),
            at: moment(self.at)?,
            by: UserId(self.by_user),
            kind: serde_json::from_str(&self.payload)?,
        })
    }
}

const OF_SURGERY: &str =
    "select sequence, at, by_user, payload from surgery_event where surgery_id = $1 order by sequence";

/// The events of a surgery, oldest first; none where there is no surgery.
pub(super) async fn of(db: &Db, id: SurgeryId) -> Result<Vec<SurgeryEvent>, DbError> {
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(OF_SURGERY).bind(id.0).fetch_all(pool).await?);
    rows.into_iter().map(Row::event).collect()
}

/// The surgery as it stands within a transaction; `None` where there is none.
pub(super) async fn replayed_in(tx: &mut Tx, id: SurgeryId) -> Result<Option<Surgery>, DbError> {
    let rows: Vec<Row> = on_tx!(tx, conn => sqlx::query_as(OF_SURGERY).bind(id.0).fetch_all(conn).await?);
    if rows.is_empty() {
        return Ok(None);
    }
    let events: Vec<SurgeryEvent> = rows.into_iter().map(Row::event).collect::<Result<_, _>>()?;
    Surgery::of(&events).map(Some).map_err(inconsistent)
}

/// Appends an event.
pub(super) async fn append(tx: &mut Tx, id: SurgeryId, event: &SurgeryEvent) -> Result<(), DbError> {
    const SQL: &str = "insert into surgery_event (surgery_id, sequence, at, by_user, kind, payload)
         values ($1, $2, $3, $4, $5, $6)";
    let payload = serde_json::to_string(&event.kind)?;
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(id.0).bind(i64::from(event.sequence)).bind(event.at.timestamp_millis()).bind(event.by.0)
        .bind(event.kind.name()).bind(payload).execute(conn).await?.rows_affected());
    Ok(())
}
