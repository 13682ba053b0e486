//! Settings of this installation.

use crate::db::{Db, DbError, Tx, on_tx, read, write};

const SET: &str =
    "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";

/// The value of a setting.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Db, name: &str) -> Result<Option<String>, DbError> {
    Ok(
        read!(db, pool => sqlx::query_scalar("select value from setting where name = $1").bind(name).fetch_optional(pool).await?),
    )
}

/// The value of a setting within a transaction.
///
/// # Errors
/// When the database fails.
pub async fn get_in(tx: &mut Tx, name: &str) -> Result<Option<String>, DbError> {
    const SQL: &str = "select value from setting where name = $1";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL).bind(name).fetch_optional(conn).await?))
}

/// Sets a setting.
///
/// # Errors
/// When the database fails.
pub async fn set(db: &Db, name: &str, value: &str) -> Result<(), DbError> {
    write!(db, pool => sqlx::query(SET).bind(name).bind(value).execute(pool).await?.rows_affected());
    Ok(())
}

/// Sets a setting within a transaction.
///
/// # Errors
/// When the database fails.
pub async fn set_in(tx: &mut Tx, name: &str, value: &str) -> Result<(), DbError> {
    on_tx!(tx, conn => sqlx::query(SET).bind(name).bind(value).execute(conn).await?.rows_affected());
    Ok(())
}

/// The value of a setting, made by `make` the first time; two processes at once agree on one.
///
/// # Errors
/// When the database fails.
pub async fn get_or_make(db: &Db, name: &str, make: impl FnOnce() -> String) -> Result<String, DbError> {
    if let Some(value) = get(db, name).await? {
        return Ok(value);
    }
    const SQL: &str = "insert into setting (name, value) values ($1, $2) on conflict (name) do nothing";
    let made = make();
    write!(db, pool => sqlx::query(SQL).bind(name).bind(&made).execute(pool).await?.rows_affected());
    Ok(get(db, name).await?.unwrap_or(made))
}

/// The value of a setting within a transaction, made by `make` the first time.
///
/// # Errors
/// When the database fails.
pub async fn get_or_make_in(tx: &mut Tx, name: &str, make: impl FnOnce() -> String) -> Result<String, DbError> {
    const SQL: &str = "insert into setting (name, value) values ($1, $2) on conflict (name) do nothing";
    const GET: &str = "select value from setting where name = $1";
    let known: Option<String> =
        on_tx!(&mut *tx, conn => sqlx::query_scalar(GET).bind(name).fetch_optional(conn).await?);
    if let Some(value) = known {
        return Ok(value);
    }
    let made = make();
    on_tx!(&mut *tx, conn => sqlx::query(SQL).bind(name).bind(&made).execute(conn).await?.rows_affected());
    Ok(on_tx!(tx, conn => sqlx::query_scalar(GET).bind(name).fetch_one(conn).await?))
}

/// Whether this database was made by the demo.
///
/// # Errors
/// When the database fails.
pub async fn is_demo(db: &Db) -> Result<bool, DbError> {
    Ok(get(db, "demo").await?.as_deref() == Some("true"))
}
