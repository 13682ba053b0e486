//! Loads of the organisation, each with what stood before it, so that a load can be taken back exactly.

use super::{lines_in, replace};
use crate::db::{DbError, Tx, on_tx};
use domain::organisation::TeamPlace;

/// Replaces the organisation by a loaded one, which may have come with an extract, and keeps the one before.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, lines: &[TeamPlace], extract: Option<i64>) -> Result<(), DbError> {
    const SQL: &str = "insert into organisation_load (extract_id, lines_before) values ($1, $2)";
    let before = serde_json::to_string(&lines_in(tx).await?)?;
    on_tx!(&mut *tx, conn => sqlx::query(SQL).bind(extract).bind(&before).execute(conn).await?.rows_affected());
    replace(tx, lines).await
}

/// What became of the organisation that came with an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// None came with it.
    None,
    /// The one before is back.
    Restored,
    /// Another was loaded since, and stays.
    Replaced,
}

/// Takes back the organisation that came with an extract: the one before it counts again, now or once the loads after it
/// are taken back.
///
/// # Errors
/// When the database fails or the organisation before cannot be read.
pub async fn take_back(tx: &mut Tx, extract: i64) -> Result<TakenBack, DbError> {
    const OF_EXTRACT: &str = "select id, lines_before from organisation_load where extract_id = $1 order by id desc";
    const NEXT: &str = "select min(id) from organisation_load where id > $1";
    const INHERIT: &str = "update organisation_load set lines_before = $1 where id = $2";
    const REMOVE: &str = "delete from organisation_load where id = $1";
    let loads: Vec<(i64, String)> =
        on_tx!(&mut *tx, conn => sqlx::query_as(OF_EXTRACT).bind(extract).fetch_all(conn).await?);
    let mut taken = TakenBack::None;
    for (load, before) in loads {
        let next: Option<i64> = on_tx!(&mut *tx, conn => sqlx::query_scalar(NEXT).bind(load).fetch_one(conn).await?);
        on_tx!(&mut *tx, conn => sqlx::query(REMOVE).bind(load).execute(conn).await?.rows_affected());
        taken = match next {
            Some(next) => {
                on_tx!(&mut *tx, conn => sqlx::query(INHERIT).bind(&before).bind(next).execute(conn).await?.rows_affected());
                TakenBack::Replaced
            }
            None => {
                let lines: Vec<TeamPlace> = serde_json::from_str(&before)?;
                replace(tx, &lines).await?;
                TakenBack::Restored
            }
        };
    }
    Ok(taken)
}
