//! Versions of one record: one after another, and never two at a time.

use crate::db::{DbError, Tx, on_tx};

/// The versions that end before they begin, or are still there when the record's next one begins.
pub(super) async fn overlapping(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    const SQL: &str = "select id from (
             select id, seen_from, seen_to, lead(seen_from) over (
                 partition by person_id, list, position order by seen_from, id) as next_from
             from record_version) as version
         where seen_to <= seen_from or (next_from is not null and (seen_to is null or seen_to > next_from))
         order by id";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL).fetch_all(conn).await?))
}
