//! `GET /healthz`: the process is up. `GET /readyz`: the database answers, its tables are this version's, and the
//! audit can be written.

use super::{Site, plain};
use crate::db::Db;
use crate::store::{messages, migrations};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use std::collections::HashSet;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// A message that was begun so long ago is no longer on its way (milliseconds; a quarter of an hour).
const BEGUN_MS: i64 = 15 * 60 * 1_000;

pub(crate) async fn healthz() -> Response {
    plain::text(StatusCode::OK, "ok\n")
}

pub(crate) async fn readyz(State(site): State<Site>) -> Response {
    let db = &site.state.db;
    if let Some(trouble) = db.file_trouble() {
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, format!("{trouble}\n"));
    }
    if !db.is_ready().await {
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    if let Some(why) = site.state.audit.trouble(db).await {
        let text = format!("the audit cannot be written, so nothing is shown: {why}\n");
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, text);
    }
    match is_current(db).await {
        Ok(true) => ready(&site).await,
        Ok(false) => plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database's tables are not of this version\n"),
        Err(error) => {
            tracing::error!(%error, "the state of the database's tables could not be read");
            plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// Ready, and what is wrong with e-mail, in numbers: that is nobody's but the administrator's to mend, and no reason to send
/// people to another server.
async fn ready(site: &Site) -> Response {
    let now = site.state.clock.now_ms();
    match messages::trouble(&site.state.db, now - DAY_MS, now - BEGUN_MS).await {
        Ok((0, 0)) => plain::text(StatusCode::OK, "ready\n"),
        Ok((failed, unknown)) => plain::text(
            StatusCode::OK,
            format!("ready\ne-mail, in the last 24 hours: {failed} failed, {unknown} begun and never marked\n"),
        ),
        Err(error) => {
            tracing::error!(%error, "the state of messages could not be read");
            plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// Whether every migration of this version is applied, and none of a newer one.
async fn is_current(db: &Db) -> Result<bool, MigrateError> {
    match db {
        Db::Sqlite { read, .. } => same(&migrations::sqlite(), &mut *read.acquire().await?).await,
        Db::Postgres { pool, .. } => same(&migrations::postgres(), &mut *pool.acquire().await?).await,
    }
}

async fn same(wanted: &Migrator, connection: &mut impl Migrate) -> Result<bool, MigrateError> {
    let applied = connection.list_applied_migrations(&wanted.table_name).await?;
    let applied: HashSet<i64> = applied.iter().map(|migration| migration.version).collect();
    let wanted: HashSet<i64> =
        wanted.iter().filter(|one| one.migration_type.is_up_migration()).map(|one| one.version).collect();
    Ok(applied == wanted)
}
