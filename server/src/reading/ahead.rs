//! What comes if nobody acts: the same tallies, facts and sieve as of every other figure, on a later day.

use crate::council::Council;
use crate::db::Db;
use crate::reading::figures::figure_within;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, ReadError, Selection, is_supplied};
use chrono::NaiveDate;
use domain::look_ahead::{DueUnit, Reach, Share, reach};
use domain::measures::figure::Figure;
use domain::measures::{Fact, Measure};
use domain::scope::Scope;

/// A measure's figure in a coming week if nobody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComingFigure {
    /// The day it will be so.
    pub day: NaiveDate,
    /// The figure on that day.
    pub figure: Figure,
    /// Units that go over to the wrong side in the week before that day.
    pub due: u64,
}

/// The figure of a selection within a scope in each of the coming weeks, the next first; `None` when the extract does
/// not hold what the measure needs.
///
/// # Errors
/// When the database fails.
pub async fn coming(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    asked: &Asked,
    selection: &Selection,
) -> Result<Option<Vec<ComingFigure>>, ReadError> {
    if !is_supplied(council, measure, asked) {
        return Ok(None);
    }
    let ahead = council.ahead(db).await?;
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, selection);
    let days: Vec<NaiveDate> = ahead
        .due
        .iter()
        .filter(|unit| unit.fact.measure == measure.id)
        .filter(|unit| sieve.lets(unit.fact.team.as_deref(), unit.fact.worker.as_deref()))
        .map(|unit| unit.last_day)
        .collect();
    let mut from = council.as_at();
    let weeks = ahead.weeks.iter().map(|week| {
        // Due on the day before is late on the day itself.
        let due = days.iter().filter(|day| from <= **day && **day < week.day).count() as u64;
        from = week.day;
        let figure = figure_within(council, scope, measure, asked, selection, week.tallies(measure));
        ComingFigure { day: week.day, figure, due }
    });
    Ok(Some(weeks.collect()))
}

/// Units of children whom the viewer may read that fall due in the coming weeks, by day.
///
/// # Errors
/// When the database fails.
pub async fn due<'a>(
    db: &Db,
    council: &'a Council,
    scope: &Scope,
    selection: &Selection,
) -> Result<Vec<&'a DueUnit>, ReadError> {
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let units = council.ahead(db).await?.due.iter();
    Ok(units.filter(|unit| sieve.lets(unit.fact.team.as_deref(), unit.fact.worker.as_deref())).collect())
}

/// The shortest way of a selection within a scope to a target; `None` where there is none. It names children: who may
/// only count takes their number from it.
///
/// # Errors
/// When the database fails.
pub async fn way_to_target(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
    target: Share,
) -> Result<Option<Reach>, ReadError> {
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, selection);
    let facts = council.facts(db, measure).await?;
    let selected: Vec<Fact> = facts
        .iter()
        .filter(|fact| sieve.lets(fact.team.as_deref(), fact.worker.as_deref()))
        .map(|fact| Fact::clone(fact))
        .collect();
    Ok(reach(measure, &selected, target))
}
