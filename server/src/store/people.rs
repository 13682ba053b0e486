//! Children and adopters: the council's own id, ours, and the reference that stands in addresses.

use crate::db::{Db, DbError, Tx, on_tx, read};
use crate::store::rows_a_statement;
use sha2::{Digest, Sha256};
use sqlx::QueryBuilder;
use std::collections::HashMap;
use std::sync::Arc;

/// Whether a person is a child or an adopter of List 11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A child or young person.
    Child,
    /// An adopter.
    Adopter,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adopter => "adopter",
        }
    }
}

/// The reference of a child in addresses: a keyed hash, so that no id of the council stands in a log or a
/// browser's history, and none can be guessed from another.
#[must_use]
pub fn reference(key: &str, kind: Kind, source_id: &str) -> String {
    let mut hash = Sha256::new();
    for part in [key, kind.name(), source_id] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    crate::load::hex(&hash.finalize()[..10])
}

/// Our number of every person known, by kind and the council's id.
///
/// # Errors
/// When the database fails.
pub async fn known(db: &Db) -> Result<HashMap<(Kind, Arc<str>), i64>, DbError> {
    const SQL: &str = "select id, kind, source_id from person";
    let rows: Vec<(i64, String, String)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    Ok(rows
        .into_iter()
        .map(|(id, kind, source)| ((if kind == "adopter" { Kind::Adopter } else { Kind::Child }, source.into()), id))
        .collect())
}

/// Of the people known, our numbers of the children.
#[must_use]
pub fn children_among(known: HashMap<(Kind, Arc<str>), i64>) -> HashMap<Arc<str>, i64> {
    let children = known.into_iter().filter(|((kind, _), _)| *kind == Kind::Child);
    children.map(|((_, source), id)| (source, id)).collect()
}

/// The number the next person gets, as seen inside the transaction.
///
/// # Errors
/// When the database fails.
pub async fn next_id(tx: &mut Tx) -> Result<i64, DbError> {
    const SQL: &str = "select coalesce(max(id), 0) + 1 from person";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL).fetch_one(conn).await?))
}

/// Adds people with their numbers.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, key: &str, people: &[(i64, Kind, Arc<str>)]) -> Result<(), DbError> {
    for chunk in people.chunks(rows_a_statement(4)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new("insert into person (id, kind, source_id, reference) ");
            insert.push_values(chunk, |mut row, (id, kind, source)| {
                row.push_bind(*id)
                    .push_bind(kind.name())
                    .push_bind(source.to_string())
                    .push_bind(reference(key, *kind, source));
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Takes out the people whom no extract knows any more and on whom nothing that people did hangs. Answers how many.
///
/// # Errors
/// When the database fails.
pub async fn remove_unknown(tx: &mut Tx) -> Result<u64, DbError> {
    const SQL: &str =
        "delete from person where not exists (select 1 from record_version r where r.person_id = person.id)
         and not exists (select 1 from answer a where a.person_id = person.id)
         and not exists (select 1 from action_child c where c.person_id = person.id)";
    Ok(on_tx!(tx, conn => sqlx::query(SQL).execute(conn).await?.rows_affected()))
}

/// The council's id of every child of whom anything is kept.
///
/// # Errors
/// When the database fails.
pub async fn ids_of_children(db: &Db) -> Result<Vec<String>, DbError> {
    const SQL: &str = "select source_id from person where kind = 'child'";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).fetch_all(pool).await?))
}

/// Our number and the council's id of the child with a reference.
///
/// # Errors
/// When the database fails.
pub async fn child_by_reference(db: &Db, reference: &str) -> Result<Option<(i64, String)>, DbError> {
    const SQL: &str = "select id, source_id from person where reference = $1 and kind = 'child'";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(reference).fetch_optional(pool).await?))
}

/// Our number and the reference of these children, by the council's id.
///
/// # Errors
/// When the database fails.
pub async fn children(db: &Db, ids: &[Arc<str>]) -> Result<HashMap<Arc<str>, (i64, String)>, DbError> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(1_000) {
        let rows: Vec<(i64, String, String)> = read!(db, pool => {
            let mut query = QueryBuilder::new(
                "select id, source_id, reference from person where kind = 'child' and source_id in (",
            );
            let mut values = query.separated(", ");
            for id in chunk {
                values.push_bind(id.to_string());
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await?
        });
        found.extend(rows.into_iter().map(|(id, source, reference)| (source.into(), (id, reference))));
    }
    Ok(found)
}
