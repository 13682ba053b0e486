//! Taking the children of another council out of the findings that actions were recorded with.

use crate::db::{DbError, Tx, on_tx};
use crate::store::redaction::Redaction;
use chrono::NaiveDate;
use domain::action::EventKind;

/// Takes out the children of every finding as at a date, and says so in its place. Answers how many there were.
///
/// # Errors
/// When the database fails.
pub async fn redact_findings(tx: &mut Tx, as_at: NaiveDate, redaction: &Redaction<'_>) -> Result<u64, DbError> {
    const FROZEN: &str = "select action_id, sequence, payload from action_event
         where kind = 'recorded' and at <= $1 and payload like $2 order by action_id";
    const REDACT: &str = "update action_event set payload = $1, redacted_at = $2, redacted_by = $3, redacted_why = $4
         where action_id = $5 and sequence = $6";
    let frozen: Vec<(i64, i64, String)> = on_tx!(&mut *tx, conn => sqlx::query_as(FROZEN)
        .bind(redaction.at).bind(format!("%\"as_at\":\"{as_at}\"%")).fetch_all(conn).await?);
    let mut redacted = 0;
    for (action, sequence, payload) in frozen {
        let kind: EventKind = serde_json::from_str(&payload)?;
        let Some(kind) = kind.redacted(as_at, &redaction.said()) else { continue };
        let payload = serde_json::to_string(&kind)?;
        redacted += on_tx!(&mut *tx, conn => sqlx::query(REDACT)
            .bind(payload).bind(redaction.at).bind(redaction.by).bind(redaction.why).bind(action).bind(sequence)
            .execute(conn).await?.rows_affected());
    }
    Ok(redacted)
}
