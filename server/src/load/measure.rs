//! Journeys into facts, registers and tallies.

use crate::council::{MonthToCount, Registers, count_months, count_registers, sound};
use crate::db::DbError;
use crate::store::months::CountedMonth;
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::history::window::{Windows, WindowsOf};
use domain::journey::Journey;
use domain::measures::figure::{Tally, tallies_by_measure};
use domain::measures::{CORE, Context, Fact, Period, Supplied, evaluate};
use domain::names::Names;
use domain::registers::Managers;
use domain::standards::Standards;
use rayon::prelude::*;

/// The facts of every child, on all cores.
pub(crate) fn measure_all(
    journeys: Vec<Journey>,
    as_at: NaiveDate,
    supplied: &Supplied,
    names: &Names,
    standards: &Standards,
    calendar: &WorkingDays,
) -> Vec<Fact> {
    let context = Context { as_at, period: Period::up_to(as_at), standards, calendar, names, supplied };
    journeys.into_par_iter().flat_map_iter(|journey| evaluate(&journey.read_as_at(as_at), &context)).collect()
}

/// From when on the lists of an extract reach.
pub(super) fn windows(journeys: &[Journey], as_at: NaiveDate) -> Windows {
    let mut windows = WindowsOf::default();
    journeys.iter().for_each(|journey| windows.add(journey, as_at));
    windows.windows()
}

/// What is counted from an extract's journeys.
pub(super) struct Counts {
    pub(super) facts: Vec<Fact>,
    pub(super) registers: Registers,
    pub(super) months: Vec<CountedMonth>,
}

/// The facts of every child, the registers and the events of the months, from one reading of the journeys.
pub(super) fn measure_extract(
    journeys: Vec<Journey>,
    context: &Context<'_>,
    managers: &Managers,
    months: &[MonthToCount],
) -> Result<Counts, DbError> {
    let sound = sound(journeys, context.as_at);
    let facts = || sound.par_iter().flat_map_iter(|journey| evaluate(journey, context)).collect();
    let (facts, registers) = rayon::join(facts, || count_registers(&sound, context, managers));
    Ok(Counts { facts, registers, months: count_months(&sound, context, months)? })
}

pub(crate) fn tally_all(found: &[Fact]) -> Vec<(&'static str, Tally)> {
    let mut by_measure = tallies_by_measure(found);
    CORE.iter()
        .flat_map(|measure| {
            by_measure.remove(measure.id).unwrap_or_default().into_iter().map(|tally| (measure.id, tally))
        })
        .collect()
}
