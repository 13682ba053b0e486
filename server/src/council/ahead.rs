//! The coming weeks of an extract if nobody acts, counted once from its records. Nobody's scope is applied yet: see
//! [`crate::reading`].

use crate::council::Council;
use crate::db::{Db, DbError};
use chrono::NaiveDate;
use domain::journey::Journey;
use domain::look_ahead::{ComingWeek, DueUnit, WEEKS, coming_weeks, falling_due, horizon};
use domain::measures::figure::{Tally, tallies_by_measure};
use domain::measures::{Context, Measure};
use rayon::prelude::*;
use std::collections::HashMap;

/// What the coming weeks hold.
#[derive(Debug)]
pub(crate) struct Ahead {
    /// The weeks, the next first.
    pub(crate) weeks: Vec<Week>,
    /// What falls due before the last of them ends, by day, then child, then in the order of the core set.
    pub(crate) due: Vec<DueUnit>,
}

/// A coming week, as its last day will stand.
#[derive(Debug)]
pub(crate) struct Week {
    /// The day it is judged on.
    pub(crate) day: NaiveDate,
    tallies: HashMap<&'static str, Vec<Tally>>,
}

impl Week {
    /// The tallies of a measure.
    pub(crate) fn tallies(&self, measure: &Measure) -> &[Tally] {
        self.tallies.get(measure.id).map_or(&[], Vec::as_slice)
    }
}

impl Council {
    /// The coming weeks, counted on first need.
    pub(crate) async fn ahead(&self, db: &Db) -> Result<&Ahead, DbError> {
        self.ahead.get_or_try_init(|| self.over_journeys(db, look_ahead)).await
    }
}

fn look_ahead(journeys: Vec<Journey>, context: &Context<'_>) -> Ahead {
    let as_at = context.as_at;
    // A unit due on the last day of the last week is late only after it.
    let days = WEEKS * 7 - 1;
    let children: Vec<(Vec<ComingWeek>, Vec<DueUnit>)> = journeys
        .into_par_iter()
        .map(|journey| {
            let sound = journey.read_as_at(as_at);
            (coming_weeks(sound.clone(), context), falling_due(sound, context, days))
        })
        .collect();
    let weeks = (1..=WEEKS)
        .map(|week| {
            let of_week = children.iter().flat_map(|(weeks, _)| weeks).filter(|coming| coming.week == week);
            Week { day: horizon(as_at, week), tallies: tallies_by_measure(of_week.flat_map(|coming| &coming.facts)) }
        })
        .collect();
    let mut due: Vec<DueUnit> = children.into_iter().flat_map(|(_, due)| due).collect();
    due.sort_by_key(|unit| unit.last_day);
    Ahead { weeks, due }
}
