//! Who wants the tour offered no more.

use crate::db::{Db, DbError, Tx, on_tx, read};

/// Whether an account said that it knows the tour.
///
/// # Errors
/// When the database fails.
pub async fn is_known(db: &Db, user: i64) -> Result<bool, DbError> {
    const SQL: &str = "select count(*) from tour_known where user_id = $1";
    let known: i64 = read!(db, pool => sqlx::query_scalar(SQL).bind(user).fetch_one(pool).await?);
    Ok(known > 0)
}

/// Notes that an account knows the tour, or that it wants to be offered it again. To say it twice changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn set_known(tx: &mut Tx, user: i64, known: bool, at: i64) -> Result<(), DbError> {
    const KNOWN: &str = "insert into tour_known (user_id, said_at) values ($1, $2) on conflict do nothing";
    const AGAIN: &str = "delete from tour_known where user_id = $1";
    if known {
        on_tx!(tx, conn => sqlx::query(KNOWN).bind(user).bind(at).execute(conn).await?.rows_affected());
    } else {
        on_tx!(tx, conn => sqlx::query(AGAIN).bind(user).execute(conn).await?.rows_affected());
    }
    Ok(())
}
