//! The events of calendar months as each extract has them. Which extract answers for a month is decided on reading.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::rows_a_statement;
use chrono::NaiveDate;
use domain::measures::figure::Tally;
use domain::names::Names;
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// A month counted from an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// By which standards, as one word.
    pub basis: String,
    /// The events of each measure over a period.
    pub tallies: Vec<(&'static str, Tally)>,
}

/// Keeps the months counted from an extract in the place of those it had.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, extract: i64, months: &[CountedMonth]) -> Result<(), DbError> {
    remove(tx, extract).await?;
    for counted in months {
        const COUNTED: &str = "insert into month_count (extract_id, month, basis) values ($1, $2, $3)
             on conflict (extract_id, month) do update set basis = excluded.basis";
        on_tx!(&mut *tx, conn => sqlx::query(COUNTED)
            .bind(extract).bind(counted.month).bind(&counted.basis).execute(conn).await?.rows_affected());
        // Where two count the same extract, the one that waited at the line above takes out what the other kept.
        const AGAIN: &str = "delete from month_tally where extract_id = $1 and month = $2";
        on_tx!(&mut *tx, conn => sqlx::query(AGAIN)
            .bind(extract).bind(counted.month).execute(conn).await?.rows_affected());
        for chunk in counted.tallies.chunks(rows_a_statement(7)) {
            on_tx!(&mut *tx, conn => {
                let mut insert = QueryBuilder::new(
                    "insert into month_tally (extract_id, month, measure, team, worker, numerator, denominator) ",
                );
                insert.push_values(chunk, |mut row, (measure, tally)| {
                    row.push_bind(extract)
                        .push_bind(counted.month)
                        .push_bind(*measure)
                        .push_bind(tally.team.as_deref().map(str::to_owned))
                        .push_bind(tally.worker.as_deref().map(str::to_owned))
                        .push_bind(i64::try_from(tally.numerator).unwrap_or(i64::MAX))
                        .push_bind(i64::try_from(tally.denominator).unwrap_or(i64::MAX));
                });
                insert.build().execute(conn).await?.rows_affected()
            });
        }
    }
    Ok(())
}

/// Takes out the months of an extract.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, extract: i64) -> Result<(), DbError> {
    const TALLIES: &str = "delete from month_tally where extract_id = $1";
    on_tx!(&mut *tx, conn => sqlx::query(TALLIES).bind(extract).execute(conn).await?.rows_affected());
    const COUNTS: &str = "delete from month_count where extract_id = $1";
    on_tx!(tx, conn => sqlx::query(COUNTS).bind(extract).execute(conn).await?.rows_affected());
    Ok(())
}

/// By which standards each month of each extract was counted; a month that is not kept is not in it.
///
/// # Errors
/// When the database fails.
pub async fn bases(db: &Db) -> Result<HashMap<(i64, NaiveDate), String>, DbError> {
    const SQL: &str = "select extract_id, month, basis from month_count";
    let rows: Vec<(i64, NaiveDate, String)> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    Ok(rows.into_iter().map(|(extract, month, basis)| ((extract, month), basis)).collect())
}

struct TallyRow {
    measure: String,
    team: Option<String>,
    worker: Option<String>,
    numerator: i64,
    denominator: i64,
}

from_row!(TallyRow { measure, team, worker, numerator, denominator });

/// The events of a month as an extract has them, by measure.
///
/// # Errors
/// When the database fails.
pub async fn tallies(db: &Db, extract: i64, month: NaiveDate) -> Result<HashMap<&'static str, Vec<Tally>>, DbError> {
    const SQL: &str = "select measure, team, worker, numerator, denominator from month_tally
         where extract_id = $1 and month = $2";
    let rows: Vec<TallyRow> = read!(db, pool => sqlx::query_as(SQL).bind(extract).bind(month).fetch_all(pool).await?);
    let mut names = Names::default();
    let mut tallies: HashMap<&'static str, Vec<Tally>> = HashMap::new();
    for row in rows {
        let Some(measure) = domain::measures::measure(&row.measure) else { continue };
        if let Some(team) = &row.team {
            names.meet_team(team);
        }
        if let Some(worker) = &row.worker {
            names.meet_worker(worker);
        }
        tallies.entry(measure.id).or_default().push(Tally {
            team: row.team.map(|name| names.team(&name)),
            worker: row.worker.map(|name| names.worker(&name)),
            numerator: u64::try_from(row.numerator).unwrap_or_default(),
            denominator: u64::try_from(row.denominator).unwrap_or_default(),
        });
    }
    Ok(tallies)
}
