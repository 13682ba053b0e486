//! A database of the demo: who opens it needs no password, so nothing real may come into it, and it comes into nothing real.

use crate::db::{Db, DbError, Tx, on_tx};
use crate::store::settings;
use std::collections::BTreeSet;

/// The setting with the hashes of the demo's own files.
const FILES: &str = "demo_files";

/// What keeps the demo out of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotForTheDemo {
    /// A council's extracts.
    #[error("this database holds a council's extracts")]
    Extracts,
    /// People.
    #[error("this database holds accounts")]
    Accounts,
    /// The demo.
    #[error("this database holds a demo already")]
    Demo,
}

/// Makes a database the demo's.
///
/// # Errors
/// When the database fails; and inside, when it holds something already.
pub async fn claim(tx: &mut Tx) -> Result<Result<(), NotForTheDemo>, DbError> {
    const HOLDS: &str = "select (select count(*) from extract), (select count(*) from app_user)";
    if settings::get_in(tx, "demo").await?.as_deref() == Some("true") {
        return Ok(Err(NotForTheDemo::Demo));
    }
    let holds: (i64, i64) = on_tx!(&mut *tx, conn => sqlx::query_as(HOLDS).fetch_one(conn).await?);
    Ok(match holds {
        (0, 0) => {
            settings::set_in(tx, "demo", "true").await?;
            Ok(())
        }
        (0, _) => Err(NotForTheDemo::Accounts),
        _ => Err(NotForTheDemo::Extracts),
    })
}

/// Adds to the demo's own files, by the hashes of their content.
///
/// # Errors
/// When the database fails.
pub async fn add_files(tx: &mut Tx, hashes: impl IntoIterator<Item = String>) -> Result<(), DbError> {
    let mut all = read(settings::get_in(tx, FILES).await?)?;
    all.extend(hashes);
    settings::set_in(tx, FILES, &serde_json::to_string(&all)?).await
}

/// The hashes of the demo's own files.
///
/// # Errors
/// When the database fails.
pub async fn files(db: &Db) -> Result<BTreeSet<String>, DbError> {
    read(settings::get(db, FILES).await?)
}

fn read(value: Option<String>) -> Result<BTreeSet<String>, DbError> {
    Ok(value.map(|value| serde_json::from_str(&value)).transpose()?.unwrap_or_default())
}
