//! Roles that accounts hold, each under its number.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::users::GrantRow;
use domain::scope::Grant;
use std::collections::HashMap;

/// A role that an account holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its number, by which it can be taken back.
    pub number: i64,
    /// Role, area and dates.
    pub grant: Grant,
}

struct HeldRow {
    id: i64,
    user_id: i64,
    grant: GrantRow,
}

from_row!(HeldRow { id, user_id } with { grant: GrantRow });

impl HeldRow {
    fn held(self) -> Result<Held, DbError> {
        Ok(Held { number: self.id, grant: self.grant.grant()? })
    }
}

/// The roles of an account, in the order they were given, within a transaction.
///
/// # Errors
/// When the database fails or a stored role is not known.
pub async fn of(tx: &mut Tx, user: i64) -> Result<Vec<Held>, DbError> {
    const SQL: &str = "select id, user_id, role, area_kind, area_name, valid_from, valid_to from user_grant
         where user_id = $1 order by id";
    let rows: Vec<HeldRow> = on_tx!(tx, conn => sqlx::query_as(SQL).bind(user).fetch_all(conn).await?);
    rows.into_iter().map(HeldRow::held).collect()
}

/// The roles of every account, under its number, each in the order it was given.
///
/// # Errors
/// When the database fails or a stored role is not known.
pub async fn all(db: &Db) -> Result<HashMap<i64, Vec<Held>>, DbError> {
    const SQL: &str =
        "select id, user_id, role, area_kind, area_name, valid_from, valid_to from user_grant order by id";
    let rows: Vec<HeldRow> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    let mut all: HashMap<i64, Vec<Held>> = HashMap::new();
    for row in rows {
        all.entry(row.user_id).or_default().push(row.held()?);
    }
    Ok(all)
}

/// Takes a role back.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, number: i64) -> Result<(), DbError> {
    const SQL: &str = "delete from user_grant where id = $1";
    on_tx!(tx, conn => sqlx::query(SQL).bind(number).execute(conn).await?.rows_affected());
    Ok(())
}
