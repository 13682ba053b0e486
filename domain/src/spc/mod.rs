//! Control charts: whether a measure truly changed over time, or only as chance would have it.
//!
//! XmR charts (individuals and moving range). Source: NHS England, Making Data Count; the exact rules and the order
//! of the arithmetic are those of the R package NHSRplotthedots 0.2.2, so that results can be compared.
//!
//! A series is cut into segments where a person rebased it; each segment has a mean and limits of its own, and no rule
//! looks across a cut. A point can be special by four rules ([`Rule`]); the last point's says how the measure varies
//! ([`Variation`]), and the last segment's limits say whether it can be relied on to meet its target ([`Assurance`]).
//!
//! Where a choice had to be made:
//! - Screening of outlying moving ranges is off unless asked for, as in NHS England's spreadsheet; the package has it on.
//! - A place without a value (a month without a unit) keeps its place and counts for nothing: the chart is that of the
//!   values there are, so a moving range reaches over the gap and a run goes on after it. The package expects no gaps.
//! - A value that is no finite number is a place without a value.
//! - Limits fixed after n points are fixed in every segment after its own first n values.
//! - A trend that is followed at once by another: see [`Rule::Trend`].
//! - Where a segment has no limits (one value, or nothing left after screening a flat line) nothing is outside or near
//!   them, and a target is hit or miss: no limit stands between it and the values. A neutral measure has no assurance.
//! - [`chart`] computes limits from two values on. Whether they may be drawn is another question: [`points_missing`].

pub mod answer;
pub mod cases;
mod limits;
mod mean;
mod rules;
mod verdict;

pub use limits::Limits;
pub use rules::{Direction, Rule, Signal};
pub use verdict::{Assurance, Variation};

use crate::measures::Polarity;
use limits::Line;
use rules::{Found, found};

/// A chart with fewer values than this is drawn without limits.
pub const FEWEST_DRAWN: usize = 13;

/// How many values a series lacks before its limits may be drawn; 0 when there are enough.
#[must_use]
pub fn points_missing(values: &[Option<f64>]) -> usize {
    FEWEST_DRAWN.saturating_sub(values.iter().copied().filter_map(finite).count())
}

/// How a series is to be judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which direction is better.
    pub polarity: Polarity,
    /// The value to reach, in the unit of the series.
    pub target: Option<f64>,
    /// Whether moving ranges of 3.267 times their mean or more are left out of it, once.
    pub screen_outliers: bool,
    /// Whether the limits come from the first values only.
    pub fix_after: Option<FixAfter>,
    /// Places (counted from 0) at which a new segment begins, in any order; the first place begins one anyway.
    pub rebase: Vec<usize>,
}

impl Settings {
    /// No target, no screening, nothing fixed or rebased.
    #[must_use]
    pub const fn of(polarity: Polarity) -> Self {
        Self { polarity, target: None, screen_outliers: false, fix_after: None, rebase: Vec::new() }
    }
}

/// How many values make the limits, which are then extended over those after them: 12 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixAfter(usize);

impl FixAfter {
    /// The fewest values limits may be fixed after.
    pub const FEWEST: usize = 12;

    /// Limits from the first `points` values.
    ///
    /// # Errors
    /// When they are fewer than 12.
    pub const fn new(points: usize) -> Result<Self, TooFewToFix> {
        if points < Self::FEWEST { Err(TooFewToFix(points)) } else { Ok(Self(points)) }
    }

    /// How many values.
    #[must_use]
    pub const fn points(self) -> usize {
        self.0
    }
}

/// Limits cannot be fixed after so few values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("limits can be fixed after {fewest} points or more, not after {0}", fewest = FixAfter::FEWEST)]
pub struct TooFewToFix(pub usize);

/// A series, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// One for each place of the series, in order.
    pub points: Vec<Point>,
    /// What the last value says.
    pub variation: Variation,
    /// What the last segment's limits say of the target; none without a target or where neither direction is better.
    pub assurance: Option<Assurance>,
}

/// A place of a series with the lines drawn through it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The value; none where the place has none.
    pub value: Option<f64>,
    /// The mean of its segment's values, or of the first of them when limits are fixed.
    pub mean: Option<f64>,
    /// The limits of its segment; none where they cannot be computed.
    pub limits: Option<Limits>,
    /// What makes the value special; none for common cause variation.
    pub signal: Option<Signal>,
    /// Which way a trend goes that the value is part of, whatever rule names it.
    pub trend: Option<Direction>,
    /// Which way the move to the value went, where it is strictly more than 3.267 mean moving ranges: beyond the upper limit
    /// of a chart of moving ranges.
    pub moved: Option<Direction>,
}

/// Judges a series. Values are in order of time.
#[must_use]
pub fn chart(values: &[Option<f64>], settings: &Settings) -> Chart {
    chart_with_breaks(values, settings, &[])
}

/// The same, where no moving range and no run reaches from before a place of `breaks` to it: what lies between was not
/// measured for too long. A segment goes on over a break, with one mean and one pair of limits.
#[must_use]
pub fn chart_with_breaks(values: &[Option<f64>], settings: &Settings, breaks: &[usize]) -> Chart {
    let mut points: Vec<Point> = Vec::with_capacity(values.len());
    for segment in segments(values, &settings.rebase) {
        let first = points.len();
        let breaks: Vec<usize> = breaks.iter().filter_map(|place| place.checked_sub(first)).collect();
        points.extend(judge(segment, settings, &breaks));
    }
    let last = points.iter().rev().find(|point| point.value.is_some()).and_then(|point| point.signal);
    let assurance = points.last().and_then(|point| Assurance::of(point.limits, settings.target, settings.polarity));
    Chart { points, variation: Variation::of(last.map(|signal| signal.direction), settings.polarity), assurance }
}

/// The series cut before every place of `rebase`.
fn segments<'a>(values: &'a [Option<f64>], rebase: &[usize]) -> Vec<&'a [Option<f64>]> {
    let mut cuts: Vec<usize> = rebase.iter().copied().filter(|cut| *cut < values.len()).collect();
    cuts.extend([0, values.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).filter_map(|pair| values.get(pair[0]..pair[1])).collect()
}

/// `breaks` are places within the segment.
fn judge(segment: &[Option<f64>], settings: &Settings, breaks: &[usize]) -> Vec<Point> {
    let runs = runs(segment, breaks);
    let baseline = settings.fix_after.map_or(usize::MAX, FixAfter::points);
    let line = Line::of(&first_values(&runs, baseline), settings.screen_outliers);
    let none = |run: &Vec<f64>| vec![Found::default(); run.len()];
    let mut all = runs.iter().flat_map(|run| line.map_or_else(|| none(run), |line| found(run, line)));
    segment
        .iter()
        .map(|value| {
            let value = finite(*value);
            let Found { signal, trend, moved } = value.and_then(|_| all.next()).unwrap_or_default();
            Point {
                value,
                mean: line.map(|line| line.mean),
                limits: line.and_then(|line| line.limits),
                signal,
                trend,
                moved,
            }
        })
        .collect()
}

/// The values of a segment, cut before every break.
fn runs(segment: &[Option<f64>], breaks: &[usize]) -> Vec<Vec<f64>> {
    segments(segment, breaks).into_iter().map(|run| run.iter().copied().filter_map(finite).collect()).collect()
}

/// The first values that make the limits; all of them where there are not so many.
fn first_values(runs: &[Vec<f64>], count: usize) -> Vec<Vec<f64>> {
    let count = if runs.iter().map(Vec::len).sum::<usize>() < count { usize::MAX } else { count };
    let mut left = count;
    let mut first = Vec::with_capacity(runs.len());
    for run in runs {
        let taken = run.len().min(left);
        first.push(run.get(..taken).unwrap_or(run).to_vec());
        left -= taken;
    }
    first
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}
