//! Journeys into facts, registers and tallies.

use crate::council::{Registers, count_registers, sound};
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

/// The facts of every child, and the registers, from one reading of the journeys.
pub(super) fn measure_with_registers(
    journeys: Vec<Journey>,
    context: &Context<'_>,
    managers: &Managers,
) -> (Vec<Fact>, Registers) {
    let sound = sound(journeys, context.as_at);
    let facts = || sound.par_iter().flat_map_iter(|journey| evaluate(journey, context)).collect();
    rayon::join(facts, || count_registers(&sound, context, managers))
}

pub(crate) fn tally_all(found: &[Fact]) -> Vec<(&'static str, Tally)> {
    let mut by_measure = tallies_by_measure(found);
    CORE.iter()
        .flat_map(|measure| {
            by_measure.remove(measure.id).unwrap_or_default().into_iter().map(|tally| (measure.id, tally))
        })
        .collect()
}
