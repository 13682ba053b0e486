//! Whether the counts that are kept of each extract are those of its records: each is measured again and compared.

use super::LoadError;
use super::recount::{ToCount, count};
use crate::db::{Db, DbError};
use crate::store::generation::Generation;
use crate::store::{extracts, facts, months, standards};
use domain::measures::figure::Tally;
use std::collections::BTreeMap;

/// Numbers of the extracts whose counts, or those of their months, are not those of their records.
///
/// # Errors
/// When the database fails.
pub async fn counted_otherwise(db: &Db) -> Result<Vec<i64>, LoadError> {
    loop {
        let generation = Generation::now(db).await?;
        let found = compare_all(db).await?;
        // Where a load came in between, what was compared may be of two states.
        if found.is_empty() || Generation::now(db).await? == generation {
            return Ok(found);
        }
    }
}

async fn compare_all(db: &Db) -> Result<Vec<i64>, LoadError> {
    let changes = standards::changes(db).await?;
    let mut otherwise = Vec::new();
    for extract in &extracts::all(db).await? {
        let standards = standards::in_force(&changes, extract.as_at)?;
        let to_count = ToCount { extract, as_at: extract.as_at, standards, changes: &changes, is_newest: false };
        let counted = count(db, to_count).await?;
        let kept = facts::tallies(db, Some(extract.id)).await?.remove(&extract.id).unwrap_or_default();
        let mut same = by_place(counted.tallies.iter().map(|(id, tally)| (*id, tally))) == by_measure(&kept);
        let bases = months::bases(db).await?;
        for month in &counted.months {
            // One counted by other standards is counted anew on first need.
            if bases.get(&(extract.id, month.month)) == Some(&month.basis) {
                let kept = months::tallies(db, extract.id, month.month).await?;
                same &= by_place(month.tallies.iter().map(|(id, tally)| (*id, tally))) == by_measure(&kept);
            }
        }
        if !same {
            otherwise.push(extract.id);
        }
    }
    Ok(otherwise)
}

/// Measure, team and worker.
type Place<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

fn by_place<'a>(tallies: impl Iterator<Item = (&'a str, &'a Tally)>) -> BTreeMap<Place<'a>, (u64, u64)> {
    let mut places = BTreeMap::new();
    for (measure, tally) in tallies {
        let sum: &mut (u64, u64) = places.entry((measure, tally.team.as_deref(), tally.worker.as_deref())).or_default();
        sum.0 += tally.numerator;
        sum.1 += tally.denominator;
    }
    places
}

fn by_measure<'a, S>(
    kept: &'a std::collections::HashMap<&'static str, Vec<Tally>, S>,
) -> BTreeMap<Place<'a>, (u64, u64)> {
    by_place(kept.iter().flat_map(|(measure, tallies)| tallies.iter().map(move |tally| (*measure, tally))))
}

/// Whether the kept counts are of this version's reading of the measures: those of another are no damage.
///
/// # Errors
/// When the database fails.
pub async fn is_of_this_reading(db: &Db) -> Result<bool, DbError> {
    let reading = crate::store::settings::get(db, super::recount_all::SETTING).await?;
    Ok(reading.is_none_or(|reading| reading == domain::measures::READING.to_string()))
}
