//! Taking the children of another council out of the evidence that surgeries were prepared with.

use super::events;
use crate::db::{DbError, Tx, on_tx};
use crate::store::redaction::Redaction;
use chrono::NaiveDate;
use domain::ids::SurgeryId;
use domain::surgery::SurgeryEventKind;
use std::collections::BTreeSet;

/// Takes the children out of the agendas of every surgery whose evidence is one of these extracts, as at a date, and says
/// so in their place. Answers how many surgeries there were.
///
/// # Errors
/// When the database fails.
pub async fn redact_evidence(
    tx: &mut Tx,
    extracts: &[i64],
    as_at: NaiveDate,
    redaction: &Redaction<'_>,
) -> Result<u64, DbError> {
    const FROZEN: &str = "select e.surgery_id, e.sequence, e.payload
         from surgery_event e join surgery s on s.id = e.surgery_id
         where s.extract_id = $1 and e.kind in ('prepared', 'item-added') order by e.surgery_id, e.sequence";
    const REDACT: &str = "update surgery_event set payload = $1, redacted_at = $2, redacted_by = $3, redacted_why = $4
         where surgery_id = $5 and sequence = $6";
    let mut redacted = BTreeSet::new();
    for extract in extracts {
        let frozen: Vec<(i64, i64, String)> =
            on_tx!(&mut *tx, conn => sqlx::query_as(FROZEN).bind(extract).fetch_all(conn).await?);
        for (surgery, sequence, payload) in frozen {
            let kind: SurgeryEventKind = serde_json::from_str(&payload)?;
            let Some(kind) = kind.redacted(as_at, &redaction.said()) else { continue };
            let payload = serde_json::to_string(&kind)?;
            on_tx!(&mut *tx, conn => sqlx::query(REDACT)
                .bind(payload).bind(redaction.at).bind(redaction.by).bind(redaction.why).bind(surgery).bind(sequence)
                .execute(conn).await?.rows_affected());
            redacted.insert(surgery);
        }
    }
    for surgery in &redacted {
        titles(tx, SurgeryId(*surgery)).await?;
    }
    Ok(redacted.len() as u64)
}

/// Brings the titles of a surgery's items up to its events.
async fn titles(tx: &mut Tx, id: SurgeryId) -> Result<(), DbError> {
    const SQL: &str = "update surgery_item set title = $1 where surgery_id = $2 and item = $3";
    let Some(surgery) = events::replayed_in(tx, id).await? else { return Ok(()) };
    for item in &surgery.items {
        on_tx!(&mut *tx, conn => sqlx::query(SQL)
            .bind(&item.draft.title).bind(id.0).bind(i64::from(item.id.0)).execute(conn).await?.rows_affected());
    }
    Ok(())
}
