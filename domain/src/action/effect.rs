//! What became of the measure that an action should move.

use super::event::Aim;
use crate::calendar::add_months;
use crate::measures::Timing;
use crate::measures::figure::Figure;
use crate::signal::{Judgement, Mark, Span};
use crate::spc::Variation;
use chrono::NaiveDate;

/// A figure on a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// The figure; `None` where the extract has none.
    pub figure: Option<Figure>,
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
    /// The one verdict on the measure; `None` where it cannot be told.
    pub variation: Option<Variation>,
    /// The first marked month after the baseline; `None` where everything since is as chance would have it.
    pub first_mark: Option<(Span, Mark)>,
}

/// What became of an action's measure, from its course. `history` is the figure of the action's group extract by
/// extract, oldest first, and `judgement` that of its chart.
#[must_use]
pub fn effect(
    aim: &Aim,
    recorded: NaiveDate,
    history: &[Reading],
    timing: Timing,
    judgement: Option<&Judgement>,
) -> Effect {
    let baseline = aim.baseline.map(|baseline| Reading { as_at: baseline.as_at, figure: Some(baseline.figure) });
    let from = baseline.map_or(recorded, |baseline| baseline.as_at);
    let months_on = |months| {
        let day = add_months(from, months);
        history.iter().find(|reading| reading.as_at >= day).copied()
    };
    Effect {
        baseline,
        after_one_month: months_on(1),
        after_three_months: months_on(3),
        variation: judgement.and_then(|judgement| judgement.verdict.variation()),
        first_mark: judgement.and_then(|judgement| first_mark(judgement, timing, from)),
    }
}

/// A month of events counts from the first that begins after the baseline, a figure at a date from the first after it.
fn first_mark(judgement: &Judgement, timing: Timing, from: NaiveDate) -> Option<(Span, Mark)> {
    judgement.verdict.variation()?;
    let now = judgement.segments.last()?;
    let points = judgement.points.get(now.places.clone()).unwrap_or_default();
    points.iter().find_map(|judged| {
        let after = match timing {
            Timing::InPeriod => judged.point.span.from() > from,
            Timing::AtDate => judged.point.as_at.is_some_and(|as_at| as_at > from),
        };
        judged.mark.filter(|_| after).map(|mark| (judged.point.span, mark))
    })
}
