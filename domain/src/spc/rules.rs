//! What makes a point special.

use super::limits::{Line, OUTLIER};
use std::cmp::Ordering;

/// Which way a point differs from what was to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Higher.
    Up,
    /// Lower.
    Down,
}

impl Direction {
    /// Its stable name: `up` or `down`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// Why a point is special. A point that is so by several is named by the first of this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Strictly beyond a limit.
    Outside,
    /// One of seven points with six strict moves the same way. Its direction is that of the move to it; where the next
    /// point is part of a trend too, that of the move from it. So a point that ends one trend and begins another takes
    /// the direction on its right, and so does the last point of a trend when the next one begins another trend, a
    /// level move counting as down.
    Trend,
    /// Between a near limit and its limit, among three points in a row strictly on the same side of the mean at least
    /// two of which are.
    TwoOfThree,
    /// One of seven points in a row strictly on the same side of the mean.
    Shift,
}

impl Rule {
    /// Its stable name: `outside`, `trend`, `two_of_three` or `shift`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Trend => "trend",
            Self::TwoOfThree => "two_of_three",
            Self::Shift => "shift",
        }
    }
}

/// What makes a point special, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// The rule that names it.
    pub rule: Rule,
    /// Above or below the mean; for a trend, whether it rises or falls.
    pub direction: Direction,
}

/// How many points in a row make a trend or a shift.
const RUN: usize = 7;

/// What makes a value special, and what its moves say whatever makes it so.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) signal: Option<Signal>,
    pub(super) trend: Option<Direction>,
    pub(super) moved: Option<Direction>,
}

/// What there is of each value of a run.
pub(super) fn found(values: &[f64], line: Line) -> Vec<Found> {
    let trends = trends(values);
    let signals = signals(values, line, &trends);
    let moves = moves(values, line.range);
    signals
        .into_iter()
        .zip(moves)
        .enumerate()
        .map(|(place, (signal, moved))| {
            let in_trend = trends.get(place).copied().unwrap_or_default();
            Found { signal, trend: in_trend.then(|| trend_direction(values, &trends, place)), moved }
        })
        .collect()
}

/// Whether the move to each value is strictly beyond the upper limit of a chart of moving ranges.
fn moves(values: &[f64], range: Option<f64>) -> Vec<Option<Direction>> {
    let beyond = |pair: &[f64]| {
        let limit = OUTLIER * range?;
        heading(pair[0], pair[1]).filter(|_| (pair[1] - pair[0]).abs() > limit)
    };
    // Nothing moves to the first.
    values.first().map(|_| None).into_iter().chain(values.windows(2).map(beyond)).collect()
}

/// The signal of each of a run's values.
fn signals(values: &[f64], line: Line, trends: &[bool]) -> Vec<Option<Signal>> {
    let sides: Vec<Option<Direction>> = values.iter().map(|value| heading(line.mean, *value)).collect();
    let near: Vec<bool> =
        values.iter().map(|value| line.limits.is_some_and(|limits| limits.are_near(*value))).collect();
    let twos_of_three = twos_of_three(&sides, &near);
    let shifts = shifts(&sides);
    values
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let holds = |flags: &[bool]| flags.get(place).copied().unwrap_or_default();
            let side = sides.get(place).copied().flatten();
            let signal = |rule, direction: Option<Direction>| direction.map(|direction| Signal { rule, direction });
            if line.limits.is_some_and(|limits| limits.leave_out(*value)) {
                signal(Rule::Outside, side)
            } else if holds(trends) {
                signal(Rule::Trend, Some(trend_direction(values, trends, place)))
            } else if holds(&twos_of_three) {
                signal(Rule::TwoOfThree, side)
            } else if holds(&shifts) {
                signal(Rule::Shift, side)
            } else {
                None
            }
        })
        .collect()
}

/// Up when `to` is more than `from`, down when it is less.
fn heading(from: f64, to: f64) -> Option<Direction> {
    match to.partial_cmp(&from)? {
        Ordering::Greater => Some(Direction::Up),
        Ordering::Less => Some(Direction::Down),
        Ordering::Equal => None,
    }
}

/// Flags every place of every window of `width` for which `holds`.
fn flag_windows<T>(items: &[T], width: usize, holds: impl Fn(&[T]) -> bool) -> Vec<bool> {
    let mut flags = vec![false; items.len()];
    for (start, window) in items.windows(width).enumerate() {
        if holds(window) {
            flags.iter_mut().skip(start).take(width).for_each(|flag| *flag = true);
        }
    }
    flags
}

fn trends(values: &[f64]) -> Vec<bool> {
    flag_windows(values, RUN, |window| {
        let all = |way| window.windows(2).all(|pair| heading(pair[0], pair[1]) == Some(way));
        all(Direction::Up) || all(Direction::Down)
    })
}

fn trend_direction(values: &[f64], trends: &[bool], place: usize) -> Direction {
    let next_too = trends.get(place + 1).copied().unwrap_or_default();
    let from = if next_too { place } else { place.saturating_sub(1) };
    match values.get(from..from + 2) {
        Some(&[from, to]) => heading(from, to).unwrap_or(Direction::Down),
        _ => Direction::Down,
    }
}

fn shifts(sides: &[Option<Direction>]) -> Vec<bool> {
    flag_windows(sides, RUN, |window| one_side(window.iter().copied()))
}

fn one_side(mut sides: impl Iterator<Item = Option<Direction>>) -> bool {
    sides.next().flatten().is_some_and(|first| sides.all(|side| side == Some(first)))
}

fn twos_of_three(sides: &[Option<Direction>], near: &[bool]) -> Vec<bool> {
    let places: Vec<(Option<Direction>, bool)> = sides.iter().copied().zip(near.iter().copied()).collect();
    let windows = flag_windows(&places, 3, |window| {
        one_side(window.iter().map(|(side, _)| *side)) && window.iter().filter(|(_, near)| *near).count() >= 2
    });
    windows.into_iter().zip(near).map(|(window, near)| window && *near).collect()
}
