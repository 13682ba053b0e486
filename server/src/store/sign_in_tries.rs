//! Tries to sign in that were not the right password, for as long as they count. Every server counts them together, and a
//! restart forgets none.

use crate::db::{Db, DbError, Tx, busy, from_row, on_tx, write};

/// Whose tries: a typed name's number, and an address (empty where it is not known).
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// See `http::guesses`.
    pub name: i64,
    /// The client's address.
    pub address: &'a str,
}

/// How many there are, and when the oldest was (0 without one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// How many.
    pub tries: i64,
    /// In milliseconds since 1970 UTC.
    pub oldest: i64,
}

from_row!(Tried { tries, oldest });

/// Begins to count: one at a time, so that tries at the same moment see each other. On PostgreSQL nobody waits for a load.
///
/// # Errors
/// As [`Db::begin`].
pub(crate) async fn begin(db: &Db) -> Result<Tx, DbError> {
    let mut tx = db.begin_append().await?;
    if let Tx::Postgres(tx) = &mut tx {
        sqlx::query("lock table sign_in_try in exclusive mode").execute(&mut **tx).await.map_err(busy)?;
    }
    Ok(tx)
}

/// Forgets tries from before a time. Those from after `now`, kept before the clock was set back, count from now: they go
/// when others would.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: i64, now: i64) -> Result<(), DbError> {
    const OLD: &str = "delete from sign_in_try where at < $1";
    const AHEAD: &str = "update sign_in_try set at = $1 where at > $1";
    on_tx!(&mut *tx, conn => sqlx::query(OLD).bind(before).execute(conn).await?.rows_affected());
    on_tx!(tx, conn => sqlx::query(AHEAD).bind(now).execute(conn).await?.rows_affected());
    Ok(())
}

/// Tries of a name from an address.
///
/// # Errors
/// When the database fails.
pub async fn of_both(tx: &mut Tx, whose: Whose<'_>) -> Result<Tried, DbError> {
    const SQL: &str = "select count(*) as tries, coalesce(min(at), 0) as oldest from sign_in_try
         where name_number = $1 and address = $2";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).bind(whose.name).bind(whose.address).fetch_one(conn).await?))
}

/// Tries from an address, of whatever name.
///
/// # Errors
/// When the database fails.
pub async fn of_address(tx: &mut Tx, whose: Whose<'_>) -> Result<Tried, DbError> {
    const SQL: &str = "select count(*) as tries, coalesce(min(at), 0) as oldest from sign_in_try where address = $1";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).bind(whose.address).fetch_one(conn).await?))
}

/// Tries of a name, from wherever.
///
/// # Errors
/// When the database fails.
pub async fn of_name(tx: &mut Tx, whose: Whose<'_>) -> Result<Tried, DbError> {
    const SQL: &str =
        "select count(*) as tries, coalesce(min(at), 0) as oldest from sign_in_try where name_number = $1";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).bind(whose.name).fetch_one(conn).await?))
}

/// Keeps a try; answers its number.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, whose: Whose<'_>, at: i64) -> Result<i64, DbError> {
    const SQL: &str = "insert into sign_in_try (name_number, address, at) values ($1, $2, $3) returning id";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(whose.name).bind(whose.address).bind(at).fetch_one(conn).await?))
}

/// Marks the tries of a name from an address as reported. Answers whether one was not.
///
/// # Errors
/// When the database fails.
pub async fn report_both(tx: &mut Tx, whose: Whose<'_>) -> Result<bool, DbError> {
    const SQL: &str = "update sign_in_try set reported = 1 where name_number = $1 and address = $2 and reported = 0";
    let marked = on_tx!(tx, conn => sqlx::query(SQL)
        .bind(whose.name).bind(whose.address).execute(conn).await?.rows_affected());
    Ok(marked > 0)
}

/// The same of every try from an address.
///
/// # Errors
/// When the database fails.
pub async fn report_address(tx: &mut Tx, whose: Whose<'_>) -> Result<bool, DbError> {
    const SQL: &str = "update sign_in_try set reported = 1 where address = $1 and reported = 0";
    let marked = on_tx!(tx, conn => sqlx::query(SQL).bind(whose.address).execute(conn).await?.rows_affected());
    Ok(marked > 0)
}

/// Forgets the tries of a name from an address: the right password came from there.
///
/// # Errors
/// When the database fails.
pub async fn forget_both(db: &Db, whose: Whose<'_>) -> Result<(), DbError> {
    const SQL: &str = "delete from sign_in_try where name_number = $1 and address = $2";
    write!(db, pool => sqlx::query(SQL).bind(whose.name).bind(whose.address).execute(pool).await?.rows_affected());
    Ok(())
}

/// Forgets every try of a name: it has a new password.
///
/// # Errors
/// When the database fails.
pub async fn forget_name(tx: &mut Tx, name: i64) -> Result<(), DbError> {
    const SQL: &str = "delete from sign_in_try where name_number = $1";
    on_tx!(tx, conn => sqlx::query(SQL).bind(name).execute(conn).await?.rows_affected());
    Ok(())
}
