//! Facts of the newest extract, and tallies of every extract.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::measures::figure::Tally;
use domain::measures::{Fact, Measure};
use domain::names::Names;
use sqlx::QueryBuilder;
use std::collections::HashMap;
use std::sync::Arc;

/// Replaces the stored facts by these. `person` gives our number of a child.
///
/// # Errors
/// When the database fails or a fact is about a child that is not known.
pub async fn replace(tx: &mut Tx, facts: &[Fact], people: &HashMap<Arc<str>, i64>) -> Result<(), DbError> {
    on_tx!(&mut *tx, conn => sqlx::query("delete from fact").execute(conn).await?.rows_affected());
    for chunk in facts.chunks(rows_a_statement(11)) {
        let mut numbered = Vec::with_capacity(chunk.len());
        for fact in chunk {
            let person = people
                .get(&fact.child_id)
                .ok_or_else(|| DbError::Inconsistent("a fact is about a child that was not stored".to_owned()))?;
            numbered.push((*person, fact));
        }
        on_tx!(&mut *tx, conn => {
            let mut insert = QueryBuilder::new(
                "insert into fact
                 (measure, person_id, list, position, team, worker, numerator, start, due, days, event) ",
            );
            insert.push_values(numbered, |mut row, (person, fact)| {
                row.push_bind(fact.measure)
                    .push_bind(person)
                    .push_bind(i64::from(fact.list))
                    .push_bind(i64::from(fact.position))
                    .push_bind(fact.team.as_deref().map(str::to_owned))
                    .push_bind(fact.worker.as_deref().map(str::to_owned))
                    .push_bind(fact.numerator)
                    .push_bind(fact.start)
                    .push_bind(fact.due)
                    .push_bind(fact.days)
                    .push_bind(fact.event);
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

/// Takes out the tallies of an extract that is superseded.
///
/// # Errors
/// When the database fails.
pub async fn remove_tallies(tx: &mut Tx, extract: i64) -> Result<(), DbError> {
    const SQL: &str = "delete from tally where extract_id = $1";
    on_tx!(tx, conn => sqlx::query(SQL).bind(extract).execute(conn).await?.rows_affected());
    Ok(())
}

/// Keeps the tallies of an extract.
///
/// # Errors
/// When the database fails.
pub async fn add_tallies(tx: &mut Tx, extract: i64, tallies: &[(&'static str, Tally)]) -> Result<(), DbError> {
    for chunk in tallies.chunks(rows_a_statement(6)) {
        on_tx!(&mut *tx, conn => {
            let mut insert =
                QueryBuilder::new("insert into tally (extract_id, measure, team, worker, numerator, denominator) ");
            insert.push_values(chunk, |mut row, (measure, tally)| {
                row.push_bind(extract)
                    .push_bind(*measure)
                    .push_bind(tally.team.as_deref().map(str::to_owned))
                    .push_bind(tally.worker.as_deref().map(str::to_owned))
                    .push_bind(i64::try_from(tally.numerator).unwrap_or(i64::MAX))
                    .push_bind(i64::try_from(tally.denominator).unwrap_or(i64::MAX));
            });
            insert.build().execute(conn).await?.rows_affected()
        });
    }
    Ok(())
}

struct FactRow {
    source_id: String,
    list: i64,
    position: i64,
    team: Option<String>,
    worker: Option<String>,
    numerator: bool,
    start: Option<NaiveDate>,
    due: Option<NaiveDate>,
    days: Option<i64>,
    event: Option<NaiveDate>,
}

from_row!(FactRow { source_id, list, position, team, worker, numerator, start, due, days, event });

fn fact(row: FactRow, measure: &'static str, names: &Names) -> Fact {
    Fact {
        measure,
        child_id: row.source_id.into(),
        list: u8::try_from(row.list).unwrap_or_default(),
        position: u16::try_from(row.position).unwrap_or(u16::MAX),
        team: row.team.map(|name| names.team(&name)),
        worker: row.worker.map(|name| names.worker(&name)),
        numerator: row.numerator,
        start: row.start,
        due: row.due,
        days: row.days,
        event: row.event,
    }
}

/// Every stored fact of one measure.
///
/// # Errors
/// When the database fails.
pub async fn of_measure(db: &Db, measure: &'static Measure, names: &Names) -> Result<Vec<Fact>, DbError> {
    const SQL: &str =
        "select p.source_id, f.list, f.position, f.team, f.worker, f.numerator, f.start, f.due, f.days, f.event
         from fact f join person p on p.id = f.person_id where f.measure = $1";
    let rows: Vec<FactRow> = read!(db, pool => sqlx::query_as(SQL).bind(measure.id).fetch_all(pool).await?);
    Ok(rows.into_iter().map(|row| fact(row, measure.id, names)).collect())
}

/// Whether the stored fact of a unit says within a transaction what this one says.
///
/// # Errors
/// When the database fails.
pub async fn still_says(tx: &mut Tx, person: i64, fact: &Fact) -> Result<bool, DbError> {
    const SQL: &str =
        "select p.source_id, f.list, f.position, f.team, f.worker, f.numerator, f.start, f.due, f.days, f.event
         from fact f join person p on p.id = f.person_id
         where f.measure = $1 and f.person_id = $2 and f.list = $3 and f.position = $4";
    let stored: Option<FactRow> = on_tx!(tx, conn => sqlx::query_as(SQL)
        .bind(fact.measure).bind(person).bind(i64::from(fact.list)).bind(i64::from(fact.position))
        .fetch_optional(conn).await?);
    Ok(stored.is_some_and(|stored| {
        (stored.numerator, stored.start, stored.due) == (fact.numerator, fact.start, fact.due)
            && stored.team.as_deref() == fact.team.as_deref()
    }))
}

/// The teams of one child's stored facts, each once; `None` is no team. A child that is not known has none, and asking
/// costs the same as for one that is.
///
/// # Errors
/// When the database fails.
pub async fn teams_of_child(db: &Db, reference: &str) -> Result<Vec<Option<String>>, DbError> {
    const SQL: &str = "select distinct f.team from person p join fact f on f.person_id = p.id
         where p.reference = $1 and p.kind = 'child'";
    Ok(read!(db, pool => sqlx::query_scalar(SQL).bind(reference).fetch_all(pool).await?))
}

/// Every child with each team under which a stored fact of it stands.
///
/// # Errors
/// When the database fails.
pub async fn teams_of_children(db: &Db, names: &Names) -> Result<Vec<(Arc<str>, Option<Arc<str>>)>, DbError> {
    const SQL: &str = "select distinct p.source_id, f.team from fact f join person p on p.id = f.person_id";
    let rows: Vec<(String, Option<String>)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    Ok(rows.into_iter().map(|(child, team)| (child.into(), team.map(|team| names.team(&team)))).collect())
}

struct TallyRow {
    extract_id: i64,
    measure: String,
    team: Option<String>,
    worker: Option<String>,
    numerator: i64,
    denominator: i64,
}

from_row!(TallyRow { extract_id, measure, team, worker, numerator, denominator });

/// Tallies by extract, then measure.
pub type Tallies = HashMap<i64, HashMap<&'static str, Vec<Tally>>>;

/// The tallies of every extract, or of one.
///
/// # Errors
/// When the database fails.
pub async fn tallies(db: &Db, extract: Option<i64>) -> Result<Tallies, DbError> {
    const ALL: &str = "select extract_id, measure, team, worker, numerator, denominator from tally";
    const ONE: &str =
        "select extract_id, measure, team, worker, numerator, denominator from tally where extract_id = $1";
    let rows: Vec<TallyRow> = match extract {
        None => read!(db, pool => sqlx::query_as(ALL).fetch_all(pool).await?),
        Some(id) => read!(db, pool => sqlx::query_as(ONE).bind(id).fetch_all(pool).await?),
    };
    let mut names = Names::default();
    let mut tallies = Tallies::new();
    for row in rows {
        let Some(measure) = domain::measures::measure(&row.measure) else { continue };
        if let Some(team) = &row.team {
            names.meet_team(team);
        }
        if let Some(worker) = &row.worker {
            names.meet_worker(worker);
        }
        tallies.entry(row.extract_id).or_default().entry(measure.id).or_default().push(Tally {
            team: row.team.map(|name| names.team(&name)),
            worker: row.worker.map(|name| names.worker(&name)),
            numerator: u64::try_from(row.numerator).unwrap_or_default(),
            denominator: u64::try_from(row.denominator).unwrap_or_default(),
        });
    }
    Ok(tallies)
}
