//! What is kept of each extract so that the next can be set beside it, and which holds a person confirmed.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use domain::holds::{HoldKind, ListFacts};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The holds that a person looked at and confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Their kinds.
    pub kinds: Vec<HoldKind>,
    /// Who confirmed: an account, or `command line`.
    pub by: String,
    /// Why, where it was said.
    pub why: Option<String>,
}

/// Hashes of the content of every extract in force, by its number.
///
/// # Errors
/// When the database fails.
pub async fn contents(db: &Db) -> Result<HashMap<i64, String>, DbError> {
    const SQL: &str = "select id, content from extract where superseded_by is null and content is not null";
    let rows: Vec<(i64, String)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    Ok(rows.into_iter().collect())
}

struct FactsRow {
    facts: Option<String>,
}

from_row!(FactsRow { facts });

/// The facts kept of an extract.
///
/// # Errors
/// When the database fails or they cannot be read back.
pub async fn facts(db: &Db, extract: i64) -> Result<Option<BTreeMap<u8, ListFacts>>, DbError> {
    const SQL: &str = "select facts from extract where id = $1";
    let row: Option<FactsRow> = read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_optional(pool).await?);
    let facts = row.and_then(|row| row.facts);
    Ok(facts.map(|facts| serde_json::from_str(&facts)).transpose()?)
}

/// Keeps the content's hash, the facts and the confirmation of an extract.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    tx: &mut Tx,
    extract: i64,
    content: &str,
    lists: &BTreeMap<u8, ListFacts>,
    confirmation: Option<&Confirmation>,
) -> Result<(), DbError> {
    const SQL: &str = "update extract set content = $1, facts = $2, confirmed = $3 where id = $4";
    let facts = serde_json::to_string(lists)?;
    let confirmed = confirmation.map(serde_json::to_string).transpose()?;
    on_tx!(tx, conn => sqlx::query(SQL).bind(content).bind(&facts).bind(&confirmed).bind(extract).execute(conn).await?.rows_affected());
    Ok(())
}

struct ConfirmedRow {
    confirmed: Option<String>,
}

from_row!(ConfirmedRow { confirmed });

/// Which holds of an extract were confirmed, by whom and why.
///
/// # Errors
/// When the database fails or it cannot be read back.
pub async fn confirmation(db: &Db, extract: i64) -> Result<Option<Confirmation>, DbError> {
    const SQL: &str = "select confirmed from extract where id = $1";
    let row: Option<ConfirmedRow> = read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_optional(pool).await?);
    let confirmed = row.and_then(|row| row.confirmed);
    Ok(confirmed.map(|confirmed| serde_json::from_str(&confirmed)).transpose()?)
}
