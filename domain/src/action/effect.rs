//! What became of the measure that an action should move.

use super::event::Aim;
use crate::calendar::add_months;
use crate::measures::figure::Figure;
use crate::spc::{self, Settings, Signal, Variation};
use chrono::{Datelike as _, NaiveDate};

/// A figure on a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// The figure; `None` where the extract has none.
    pub figure: Option<Figure>,
}

impl Reading {
    fn value(&self) -> Option<f64> {
        self.figure.and_then(|figure| figure.value())
    }
}

/// What became of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Where it stood when the action was recorded, as frozen then.
    pub baseline: Option<Reading>,
    /// In the first extract one calendar month or more after the baseline; `None` as long as there is none.
    pub after_one_month: Option<Reading>,
    /// In the first extract three calendar months or more after the baseline.
    pub after_three_months: Option<Reading>,
    /// What the control chart says of the last value; `None` with too few values for a chart.
    pub variation: Option<Variation>,
    /// The first special point after the baseline; `None` where everything since is as chance would have it.
    pub first_signal: Option<(NaiveDate, Signal)>,
}

/// What became of an action's measure, from its course. `history` is the figure of the action's group extract by
/// extract, oldest first; of several extracts in one week the last counts, as on the charts. `settings` are those of the
/// chart, its cuts left out: they are given as dates, the first of each new segment.
#[must_use]
pub fn effect(aim: &Aim, recorded: NaiveDate, history: &[Reading], settings: &Settings, cuts: &[NaiveDate]) -> Effect {
    let baseline = aim.baseline.map(|baseline| Reading { as_at: baseline.as_at, figure: Some(baseline.figure) });
    let from = baseline.map_or(recorded, |baseline| baseline.as_at);
    let months_on = |months| {
        let day = add_months(from, months);
        history.iter().find(|reading| reading.as_at >= day).copied()
    };
    let (variation, first_signal) = judged(history, from, settings, cuts);
    Effect { baseline, after_one_month: months_on(1), after_three_months: months_on(3), variation, first_signal }
}

fn judged(
    history: &[Reading],
    from: NaiveDate,
    settings: &Settings,
    cuts: &[NaiveDate],
) -> (Option<Variation>, Option<(NaiveDate, Signal)>) {
    let weeks = one_a_week(history);
    let values: Vec<Option<f64>> = weeks.iter().map(Reading::value).collect();
    let places = cuts.iter().filter_map(|cut| weeks.iter().position(|week| week.as_at >= *cut));
    let rebase: Vec<usize> = places.filter(|place| *place > 0).collect();
    let last_segment = rebase.iter().copied().max().unwrap_or(0);
    if spc::points_missing(values.get(last_segment..).unwrap_or_default()) > 0 {
        return (None, None);
    }
    let chart = spc::chart(&values, &Settings { rebase, ..settings.clone() });
    let since = weeks.iter().zip(&chart.points).skip(last_segment).filter(|(week, _)| week.as_at > from);
    let first = since.filter_map(|(week, point)| Some((week.as_at, point.signal?))).next();
    (Some(chart.variation), first)
}

fn one_a_week(history: &[Reading]) -> Vec<Reading> {
    let mut weeks: Vec<Reading> = Vec::with_capacity(history.len());
    for reading in history {
        match weeks.last_mut().filter(|last| last.as_at.iso_week() == reading.as_at.iso_week()) {
            Some(last) => *last = *reading,
            None => weeks.push(*reading),
        }
    }
    weeks
}
