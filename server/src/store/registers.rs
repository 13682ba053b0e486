//! Who stood on which register in each extract.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use sqlx::QueryBuilder;
use std::collections::HashMap;
use std::sync::Arc;

/// A line to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The register's name.
    pub register: &'static str,
    /// The child.
    pub child_id: Arc<str>,
    /// The team it counts under.
    pub team: Option<Arc<str>>,
    /// The ids of its reasons with commas between; of the register of attention only.
    pub rules: Option<String>,
}

/// Keeps the registers of an extract in the place of those it had. `basis` is what they were counted by.
///
/// # Errors
/// When the database fails or a line is about a child that is not known.
pub async fn replace(
    tx: &mut Tx,
    extract: i64,
    basis: &str,
    lines: &[NewLine],
    people: &HashMap<Arc<str>, i64>,
) -> Result<(), DbError> {
    // Two that count the same extract wait for each other here.
    const COUNTED: &str = "insert into register_count (extract_id, basis) values ($1, $2)
         on conflict (extract_id) do update set basis = excluded.basis";
    on_tx!(&mut *tx, conn => sqlx::query(COUNTED).bind(extract).bind(basis).execute(conn).await?.rows_affected());
    const REMOVE: &str = "delete from register_line where extract_id = $1";
    on_tx!(&mut *tx, conn => sqlx::query(REMOVE).bind(extract).execute(conn).await?.rows_affected());
    for chunk in lines.chunks(rows_a_statement(5)) {
        let mut numbered = Vec::with_capacity(chunk.len());
        for line in chunk {
            let person = people
                .get(&line.child_id)
                .ok_or_else(|| DbError::Inconsistent("a register has a child that was not stored".to_owned()))?;
            numbered.push((*person, line));
        }
        on_tx!(&mut *tx, conn => {
            let mut insert =
                QueryBuilder::new("insert into register_line (extract_id, register, person_id, team, rules) ");
            insert.push_values(numbered, |mut row, (person, line)| {
                row.push_bind(extract)
                    .push_bind(line.register)
                    .push_bind(person)
                    .push_bind(line.team.as_deref().map(str::to_owned))
                    .push_bind(line.rules.clone());
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// What the registers of each extract were counted by; an extract whose registers are not kept is not in it.
///
/// # Errors
/// When the database fails.
pub async fn bases(db: &Db) -> Result<HashMap<i64, String>, DbError> {
    const SQL: &str = "select extract_id, basis from register_count";
    let rows: Vec<(i64, String)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    Ok(rows.into_iter().collect())
}

/// A line that is kept.
pub(crate) struct StoredLine {
    pub(crate) extract_id: i64,
    pub(crate) register: String,
    pub(crate) person_id: i64,
    pub(crate) source_id: String,
    pub(crate) team: Option<String>,
    pub(crate) rules: Option<String>,
}

from_row!(StoredLine { extract_id, register, person_id, source_id, team, rules });

/// The lines of every extract in force.
///
/// # Errors
/// When the database fails.
pub(crate) async fn lines(db: &Db) -> Result<Vec<StoredLine>, DbError> {
    const SQL: &str = "select l.extract_id, l.register, l.person_id, p.source_id, l.team, l.rules
         from register_line l join extract e on e.id = l.extract_id join person p on p.id = l.person_id
         where e.superseded_by is null";
    Ok(read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?))
}
