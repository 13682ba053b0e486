//! The council's mapping, each line from a date, and by which lines each extract was read. Changes are appended to, never
//! changed: taking a line back is a row too.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::mapping::{Mapping, MappingKind, MappingLine, Written};
use ingest::MappingUse;
use sqlx::QueryBuilder;

/// One change of the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was set, from when.
    pub line: MappingLine,
    /// Why.
    pub reason: String,
    /// Who set it: the account's user name, or who loaded the file.
    pub set_by: String,
    /// When it was set, in milliseconds since 1970 UTC.
    pub set_at: i64,
}

struct Row {
    kind: String,
    list: Option<i64>,
    column_name: Option<String>,
    written: String,
    meant: Option<String>,
    applies_from: NaiveDate,
    reason: String,
    set_by: String,
    set_at: i64,
}

from_row!(Row { kind, list, column_name, written, meant, applies_from, reason, set_by, set_at });

fn kind_of(name: &str) -> Result<MappingKind, DbError> {
    MappingKind::named(name)
        .ok_or_else(|| DbError::Inconsistent("a stored line of the mapping cannot be read".to_owned()))
}

fn list_of(number: Option<i64>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok())
}

impl Row {
    fn change(self) -> Result<Change, DbError> {
        let kind = kind_of(&self.kind)?;
        let written = Written { kind, list: list_of(self.list), column: self.column_name, text: self.written };
        let line = MappingLine { written, meant: self.meant, applies_from: self.applies_from };
        Ok(Change { line, reason: self.reason, set_by: self.set_by, set_at: self.set_at })
    }
}

const ALL: &str = "select kind, list, column_name, written, meant, applies_from, reason, set_by, set_at
     from mapping_change order by id";

/// Every change, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn changes(db: &Db) -> Result<Vec<Change>, DbError> {
    let rows: Vec<Row> = read!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await?);
    rows.into_iter().map(Row::change).collect()
}

/// The mapping in force on a date.
///
/// # Errors
/// When the database fails.
pub async fn on(db: &Db, date: NaiveDate) -> Result<Mapping, DbError> {
    Ok(Mapping::on(date, changes(db).await?.into_iter().map(|change| change.line)))
}

/// Adds changes; those that say what is so already are left out, so that a file loaded again changes nothing. Answers
/// how many were added.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: Vec<Change>) -> Result<u64, DbError> {
    let rows: Vec<Row> = on_tx!(&mut *tx, conn => sqlx::query_as(ALL).fetch_all(conn).await?);
    let mut known: Vec<MappingLine> =
        rows.into_iter().map(|row| Ok::<_, DbError>(row.change()?.line)).collect::<Result<_, _>>()?;
    let mut added = Vec::new();
    for change in new {
        let of_same = |other: &&MappingLine| {
            other.written == change.line.written && other.applies_from == change.line.applies_from
        };
        if known.iter().rev().find(of_same).is_none_or(|other| other.meant != change.line.meant) {
            known.push(change.line.clone());
            added.push(change);
        }
    }
    for chunk in added.chunks(rows_a_statement(9)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into mapping_change
                 (kind, list, column_name, written, meant, applies_from, reason, set_by, set_at) ",
            );
            insert.push_values(chunk, |mut row, change| {
                let MappingLine { written, meant, applies_from } = &change.line;
                row.push_bind(written.kind.name())
                    .push_bind(written.list.map(i64::from))
                    .push_bind(written.column.clone())
                    .push_bind(written.text.clone())
                    .push_bind(meant.clone())
                    .push_bind(*applies_from)
                    .push_bind(change.reason.clone())
                    .push_bind(change.set_by.clone())
                    .push_bind(change.set_at);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(added.len() as u64)
}

/// Keeps by which lines an extract was read.
///
/// # Errors
/// When the database fails.
pub async fn keep_uses(tx: &mut Tx, extract: i64, uses: &[MappingUse]) -> Result<(), DbError> {
    for chunk in uses.chunks(rows_a_statement(7)) {
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into mapping_use (extract_id, kind, list, column_name, written, meant, times) ",
            );
            insert.push_values(chunk, |mut row, used| {
                row.push_bind(extract)
                    .push_bind(used.written.kind.name())
                    .push_bind(used.written.list.map(i64::from))
                    .push_bind(used.written.column.clone())
                    .push_bind(used.written.text.clone())
                    .push_bind(used.meant.clone())
                    .push_bind(i64::try_from(used.times).unwrap_or(i64::MAX));
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

struct UseRow {
    kind: String,
    list: Option<i64>,
    column_name: Option<String>,
    written: String,
    meant: String,
    times: i64,
}

from_row!(UseRow { kind, list, column_name, written, meant, times });

/// By which lines an extract was read.
///
/// # Errors
/// When the database fails.
pub async fn uses(db: &Db, extract: i64) -> Result<Vec<MappingUse>, DbError> {
    const SQL: &str = "select kind, list, column_name, written, meant, times from mapping_use
         where extract_id = $1 order by kind, list, column_name, written";
    let rows: Vec<UseRow> = read!(db, pool => sqlx::query_as(SQL).bind(extract).fetch_all(pool).await?);
    rows.into_iter()
        .map(|row| {
            let kind = kind_of(&row.kind)?;
            let written = Written { kind, list: list_of(row.list), column: row.column_name, text: row.written };
            Ok(MappingUse { written, meant: row.meant, times: u64::try_from(row.times).unwrap_or_default() })
        })
        .collect()
}
