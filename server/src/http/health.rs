//! `GET /healthz`: the process is up. `GET /readyz`: the database answers, its tables are this version's, and the
//! audit can be written.

use super::{Site, plain};
use crate::db::Db;
use crate::store::migrations;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use std::collections::HashSet;

pub(crate) async fn healthz() -> Response {
    plain::text(StatusCode::OK, "ok\n")
}

pub(crate) async fn readyz(State(site): State<Site>) -> Response {
    let db = &site.state.db;
    if !db.is_ready().await {
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    if !site.state.audit.is_writable(db).await {
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, "the audit cannot be written, so nothing is shown\n");
    }
    match is_current(db).await {
        Ok(true) => plain::text(StatusCode::OK, "ready\n"),
        Ok(false) => plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database's tables are not of this version\n"),
        Err(error) => {
            tracing::error!(%error, "the state of the database's tables could not be read");
            plain::text(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// Whether every migration of this version is applied, and none of a newer one.
async fn is_current(db: &Db) -> Result<bool, MigrateError> {
    match db {
        Db::Sqlite { read, .. } => same(&migrations::sqlite(), &mut *read.acquire().await?).await,
        Db::Postgres(pool) => same(&migrations::postgres(), &mut *pool.acquire().await?).await,
    }
}

async fn same(wanted: &Migrator, connection: &mut impl Migrate) -> Result<bool, MigrateError> {
    let applied = connection.list_applied_migrations(&wanted.table_name).await?;
    let applied: HashSet<i64> = applied.iter().map(|migration| migration.version).collect();
    let wanted: HashSet<i64> =
        wanted.iter().filter(|one| one.migration_type.is_up_migration()).map(|one| one.version).collect();
    Ok(applied == wanted)
}
