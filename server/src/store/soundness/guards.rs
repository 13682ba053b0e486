//! What keeps tables from being changed or written twice: triggers and unique indexes, as the migrations make them.

use crate::db::{DbError, Tx};
use crate::store::migrations;
use std::collections::BTreeSet;

/// Names of the triggers and unique indexes that should be there and are not, or are switched off.
pub(super) async fn missing(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    const SQLITE: &str = "select name from sqlite_master where type in ('trigger', 'index')";
    // Switched on for all, or for all but replicas.
    const POSTGRES: &str = "select tgname::text from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')
         union all select indexname::text from pg_indexes where schemaname = current_schema()";
    let (there, wanted): (Vec<String>, _) = match tx {
        Tx::Sqlite(tx) => {
            (sqlx::query_scalar(SQLITE).fetch_all(&mut **tx).await?, migrations::guards(&migrations::sqlite()))
        }
        Tx::Postgres(tx) => {
            (sqlx::query_scalar(POSTGRES).fetch_all(&mut **tx).await?, migrations::guards(&migrations::postgres()))
        }
    };
    let there: BTreeSet<String> = there.into_iter().collect();
    Ok(wanted.difference(&there).cloned().collect())
}
