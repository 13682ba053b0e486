//! Calendars to subscribe to: whose, since when, and when last fetched. Their addresses are kept as hashes.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read, write};

/// Somebody's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feed {
    /// When its address was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// When it was last fetched, to the hour.
    pub fetched_at: Option<i64>,
}

from_row!(Feed { made_at, fetched_at });

/// The calendar of an account.
///
/// # Errors
/// When the database fails.
pub async fn of_user(db: &Db, user: i64) -> Result<Option<Feed>, DbError> {
    const SQL: &str = "select made_at, fetched_at from calendar_feed where user_id = $1";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(user).fetch_optional(pool).await?))
}

/// Whose calendar stands under the hash of an address, and when it was last fetched.
///
/// # Errors
/// When the database fails.
pub async fn owner(db: &Db, token_hash: &str) -> Result<Option<(i64, Option<i64>)>, DbError> {
    const SQL: &str = "select user_id, fetched_at from calendar_feed where token_hash = $1";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(token_hash).fetch_optional(pool).await?))
}

/// Gives an account's calendar an address; the one it had is gone.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, user: i64, token_hash: &str, at: i64) -> Result<(), DbError> {
    const SQL: &str = "insert into calendar_feed (user_id, token_hash, made_at) values ($1, $2, $3)
         on conflict (user_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at,
         fetched_at = null";
    on_tx!(tx, conn => sqlx::query(SQL).bind(user).bind(token_hash).bind(at).execute(conn).await?.rows_affected());
    Ok(())
}

/// Takes an account's calendar away. Answers whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, user: i64) -> Result<bool, DbError> {
    const SQL: &str = "delete from calendar_feed where user_id = $1";
    Ok(on_tx!(tx, conn => sqlx::query(SQL).bind(user).execute(conn).await?.rows_affected()) > 0)
}

/// Notes that a calendar was fetched.
///
/// # Errors
/// When the database fails.
pub async fn touch(db: &Db, user: i64, at: i64) -> Result<(), DbError> {
    const SQL: &str = "update calendar_feed set fetched_at = $1 where user_id = $2";
    write!(db, pool => sqlx::query(SQL).bind(at).bind(user).execute(pool).await?.rows_affected());
    Ok(())
}

/// Takes every calendar away: in a copy that is restored, addresses that were ended since would live again.
///
/// # Errors
/// When the database fails.
pub async fn end_all(db: &Db) -> Result<(), DbError> {
    write!(db, pool => sqlx::query("delete from calendar_feed").execute(pool).await?.rows_affected());
    Ok(())
}
