//! Records as versions between extracts.

mod dates;

pub use dates::{WithBody, in_force_with_bodies, join_at, take_out};

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::journey::Journey;
use domain::record::{List, Record};
use futures_util::TryStreamExt;
use sqlx::QueryBuilder;
use std::collections::HashSet;
use std::sync::Arc;

/// A version in force on a date, as the loader compares it.
#[derive(Debug, Clone, Copy)]
pub struct InForce {
    /// Its number.
    pub id: i64,
    /// List 1 to 11.
    pub list: i64,
    /// Our number of the person.
    pub person_id: i64,
    /// The row among the person's rows of the list.
    pub position: i64,
    /// Hash of its body.
    pub content_hash: i64,
    /// First as-at date it was seen.
    pub seen_from: NaiveDate,
    /// First as-at date it was no longer seen.
    pub seen_to: Option<NaiveDate>,
}

from_row!(InForce { id, list, person_id, position, content_hash, seen_from, seen_to });

/// Every version in force on a date.
///
/// # Errors
/// When the database fails.
pub async fn in_force(tx: &mut Tx, on: NaiveDate) -> Result<Vec<InForce>, DbError> {
    const SQL: &str = "select id, list, person_id, position, content_hash, seen_from, seen_to from record_version
         where seen_from <= $1 and (seen_to is null or seen_to > $1)";
    Ok(on_tx!(tx, conn => sqlx::query_as(SQL).bind(on).fetch_all(conn).await?))
}

/// A version to add.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// List 1 to 11.
    pub list: i64,
    /// Our number of the person.
    pub person_id: i64,
    /// The row among the person's rows of the list.
    pub position: i64,
    /// Hash of its body.
    pub content_hash: i64,
    /// The record as JSON.
    pub body: String,
}

/// Adds versions seen from one date to another.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    versions: Vec<NewVersion>,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<(), DbError> {
    let mut versions = versions.into_iter().peekable();
    while versions.peek().is_some() {
        let chunk: Vec<NewVersion> = versions.by_ref().take(rows_a_statement(7)).collect();
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into record_version (list, person_id, position, content_hash, body, seen_from, seen_to) ",
            );
            insert.push_values(chunk, |mut row, version| {
                row.push_bind(version.list)
                    .push_bind(version.person_id)
                    .push_bind(version.position)
                    .push_bind(version.content_hash)
                    .push_bind(version.body)
                    .push_bind(from)
                    .push_bind(to);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Ends versions: they were last seen before `at`, or are seen until now.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, versions: &[i64], at: Option<NaiveDate>) -> Result<(), DbError> {
    for chunk in versions.chunks(1_000) {
        on_tx!(&mut *tx, conn => {
            let mut update = QueryBuilder::new("update record_version set seen_to = ");
            update.push_bind(at).push(" where id in (");
            let mut ids = update.separated(", ");
            for id in chunk {
                ids.push_bind(*id);
            }
            update.push(")");
            update.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Begins versions later: they were not seen before `at` after all.
///
/// # Errors
/// When the database fails.
pub async fn begin_at(tx: &mut Tx, versions: &[i64], at: NaiveDate) -> Result<(), DbError> {
    const SQL: &str = "update record_version set seen_from = $1 where id = $2";
    for id in versions {
        on_tx!(&mut *tx, conn => sqlx::query(SQL).bind(at).bind(*id).execute(conn).await?.rows_affected());
    }
    Ok(())
}

/// Takes versions out that no extract in force holds any more (a corrected load of the same date).
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, versions: &[i64]) -> Result<(), DbError> {
    for chunk in versions.chunks(1_000) {
        on_tx!(&mut *tx, conn => {
            let mut delete = QueryBuilder::new("delete from record_version where id in (");
            let mut ids = delete.separated(", ");
            for id in chunk {
                ids.push_bind(*id);
            }
            delete.push(")");
            delete.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Copies a version to run again from a later date (an older extract loaded in between broke it in two).
///
/// # Errors
/// When the database fails.
pub async fn copy_from(tx: &mut Tx, version: i64, from: NaiveDate, to: Option<NaiveDate>) -> Result<(), DbError> {
    const SQL: &str = "insert into record_version (list, person_id, position, content_hash, body, seen_from, seen_to)
         select list, person_id, position, content_hash, body, $1, $2 from record_version where id = $3";
    on_tx!(tx, conn => sqlx::query(SQL).bind(from).bind(to).bind(version).execute(conn).await?.rows_affected());
    Ok(())
}

struct StoredRecord {
    source_id: String,
    list: i64,
    body: String,
}

from_row!(StoredRecord { source_id, list, body });

fn record(stored: &StoredRecord) -> Result<Record, DbError> {
    let list = u8::try_from(stored.list)
        .ok()
        .and_then(List::from_number)
        .ok_or_else(|| DbError::Inconsistent(format!("there is no list {}", stored.list)))?;
    Ok(Record::from_json(list, &stored.body)?)
}

/// Hands over every child's journey as it stood on a date, one after another, in the order of our numbers.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn each_journey(db: &Db, on: NaiveDate, mut take: impl FnMut(Journey)) -> Result<(), DbError> {
    const SQL: &str = "select p.source_id, r.list, r.body from record_version r join person p on p.id = r.person_id
         where p.kind = 'child' and r.seen_from <= $1 and (r.seen_to is null or r.seen_to > $1)
         order by r.person_id, r.list, r.position";
    let mut journey: Option<Journey> = None;
    read!(db, pool => {
        let mut rows = sqlx::query_as::<_, StoredRecord>(SQL).bind(on).fetch(pool);
        while let Some(row) = rows.try_next().await? {
            if journey.as_ref().is_none_or(|journey| *journey.child_id != *row.source_id)
                && let Some(done) = journey.replace(Journey::new(Arc::from(row.source_id.as_str())))
            {
                take(done);
            }
            if let Some(journey) = &mut journey {
                journey.push(record(&row)?);
            }
        }
    });
    if let Some(last) = journey {
        take(last);
    }
    Ok(())
}

/// Our numbers of everyone with a record in force on a date.
///
/// # Errors
/// When the database fails.
pub async fn people_on(db: &Db, on: NaiveDate) -> Result<HashSet<i64>, DbError> {
    const SQL: &str = "select distinct person_id from record_version
         where seen_from <= $1 and (seen_to is null or seen_to > $1)";
    let people: Vec<i64> = read!(db, pool => sqlx::query_scalar(SQL).bind(on).fetch_all(pool).await?);
    Ok(people.into_iter().collect())
}

/// Hands over the records of lists 6 to 8 in force on a date one after another, each with the child's own id.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn each_spell(db: &Db, on: NaiveDate, mut take: impl FnMut(Arc<str>, &Record)) -> Result<(), DbError> {
    const SQL: &str = "select p.source_id, r.list, r.body from record_version r join person p on p.id = r.person_id
         where r.list between 6 and 8 and r.seen_from <= $1 and (r.seen_to is null or r.seen_to > $1)
         order by r.person_id, r.list, r.position";
    read!(db, pool => {
        let mut rows = sqlx::query_as::<_, StoredRecord>(SQL).bind(on).fetch(pool);
        while let Some(row) = rows.try_next().await? {
            take(Arc::from(row.source_id.as_str()), &record(&row)?);
        }
    });
    Ok(())
}

/// Every child's journey as it stood on a date, in the order of our numbers.
///
/// # Errors
/// When the database fails or a stored record cannot be read.
pub async fn journeys(db: &Db, on: NaiveDate) -> Result<Vec<Journey>, DbError> {
    let mut journeys = Vec::new();
    each_journey(db, on, |journey| journeys.push(journey)).await?;
    Ok(journeys)
}
