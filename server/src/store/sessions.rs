//! The open sessions of an account.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};

/// An open session, as far as people may know of it: not its token, and not the hash of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Opened, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// Last used, to the minute.
    pub seen_at: i64,
    /// Where it was opened from, where that is known.
    pub address: Option<String>,
}

from_row!(OpenSession { created_at, seen_at, address });

/// The sessions of an account, the one used last first.
///
/// # Errors
/// When the database fails.
pub async fn of(db: &Db, user: i64) -> Result<Vec<OpenSession>, DbError> {
    const SQL: &str = "select created_at, seen_at, address from session where user_id = $1
         order by seen_at desc, created_at desc, token_hash";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(user).fetch_all(pool).await?))
}

/// Ends every session of an account. Answers how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_all(tx: &mut Tx, user: i64) -> Result<u64, DbError> {
    const SQL: &str = "delete from session where user_id = $1";
    Ok(on_tx!(tx, conn => sqlx::query(SQL).bind(user).execute(conn).await?.rows_affected()))
}
