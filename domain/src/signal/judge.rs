//! The judgement of a chart: which points are flagged, and what the whole comes to.
//!
//! A figure that carries over ([`crate::measures::Measure::carries_over`]) shares nearly all its children with the month
//! before, so its level moves slowly by itself and the rules on levels take that for a change. Its moves from month to month
//! share none: the children who came and who left. So its moves are judged: a trend, or one move that is beyond the upper
//! limit of a chart of moving ranges. Its points keep their lines and labels for other programs.

use super::span::{Span, Step};
use crate::calendar::minus_months;
use crate::measures::figure::Figure;
use crate::measures::{Polarity, Timing};
use crate::spc::{self, Assurance, Direction, Limits, Rule, Settings, Signal, Variation};
use chrono::NaiveDate;
use std::ops::Range;

/// A chart whose median month has fewer units is not judged.
pub const FEWEST_UNITS: u64 = 10;

/// A run that ended in one of so many calendar months before the last judged point still says which way it goes.
const MONTHS_SINCE_RUN: u32 = 3;

/// So many places without a judged value end a run; fewer are bridged.
const LONGEST_GAP: usize = 1;

/// A month (or week) with its figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The month or week.
    pub span: Span,
    /// The as-at date of the extract it was counted from; `None` in a gap.
    pub as_at: Option<NaiveDate>,
    /// The figure; `None` in a gap, and where the extract does not hold what the measure needs.
    pub figure: Option<Figure>,
    /// Whether all of it is counted.
    pub finished: bool,
}

impl Point {
    /// The value that is judged; none where there is none or it is not finished.
    #[must_use]
    pub fn judged_value(&self) -> Option<f64> {
        self.figure.filter(|_| self.finished).and_then(|figure| figure.value())
    }
}

/// How a chart is to be judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question<'a> {
    /// Whether the points are events of a month or a figure at a date.
    pub timing: Timing,
    /// What a point stands for.
    pub step: Step,
    /// Whether its points share their children, so that its moves are judged and not its level.
    pub carries_over: bool,
    /// Which direction is better.
    pub polarity: Polarity,
    /// The value to reach.
    pub target: Option<f64>,
    /// Dates from which a person began the chart anew, in the order they were set.
    pub cuts: &'a [NaiveDate],
}

/// A point with its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JudgedPoint {
    /// The point.
    pub point: Point,
    /// The mean of its segment; none where that has fewer than 13 judged points, and for a point that is not judged.
    pub mean: Option<f64>,
    /// The limits of its segment; none where the mean is.
    pub limits: Option<Limits>,
    /// What labels it; none where the mean is.
    pub signal: Option<Signal>,
    /// What the verdict sees in it; none where the mean is, and where there may be no verdict.
    pub mark: Option<Mark>,
}

/// What a verdict is made of: a point that chance does not explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Why.
    pub reason: Reason,
    /// Which way.
    pub direction: Direction,
}

/// Why a point is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A rule on levels, or a trend.
    Rule(Rule),
    /// The move to it from the month before is beyond the upper limit of a chart of moving ranges.
    Move,
}

impl Mark {
    /// What a verdict sees in a place of a chart.
    fn of(line: &spc::Point, carries_over: bool) -> Option<Self> {
        if !carries_over {
            return line.signal.map(|Signal { rule, direction }| Self { reason: Reason::Rule(rule), direction });
        }
        let trend = line.trend.map(|direction| Self { reason: Reason::Rule(Rule::Trend), direction });
        trend.or_else(|| line.moved.map(|direction| Self { reason: Reason::Move, direction }))
    }
}

/// Points between two cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its places.
    pub places: Range<usize>,
    /// The number of the cut that begins it among those asked with; none for the first.
    pub cut: Option<usize>,
    /// What keeps it from being judged.
    pub too_few: Option<TooFew>,
}

/// Why a chart is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooFew {
    /// So many judged points are missing.
    Points(usize),
    /// The median denominator is below 10.
    Units,
}

/// What a chart comes to: the one verdict on a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// It changed by more than chance.
    Changed {
        /// For better or worse, or up or down where neither is.
        variation: Variation,
        /// Which way.
        direction: Direction,
        /// The first month of the run.
        since: Span,
        /// Its last month.
        until: Span,
        /// What marks that last month.
        mark: Mark,
    },
    /// As chance would have it.
    NoRealChange,
    /// It cannot be told.
    TooFew(TooFew),
}

impl Verdict {
    /// Its variation; none where it cannot be told.
    #[must_use]
    pub const fn variation(&self) -> Option<Variation> {
        match self {
            Self::Changed { variation, .. } => Some(*variation),
            Self::NoRealChange => Some(Variation::Common),
            Self::TooFew(_) => None,
        }
    }

    /// The first month of a change.
    #[must_use]
    pub const fn since(&self) -> Option<Span> {
        match self {
            Self::Changed { since, .. } => Some(*since),
            Self::NoRealChange | Self::TooFew(_) => None,
        }
    }
}

/// A chart, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What a point stands for.
    pub step: Step,
    /// One for each point, in order.
    pub points: Vec<JudgedPoint>,
    /// The segments, oldest first.
    pub segments: Vec<Segment>,
    /// What it comes to.
    pub verdict: Verdict,
    /// What the limits that hold now say of the target; none where the verdict is too few, and for a figure that carries
    /// over: its limits are too narrow to say so.
    pub assurance: Option<Assurance>,
}

impl Judgement {
    /// The last judged point.
    #[must_use]
    pub fn last(&self) -> Option<&JudgedPoint> {
        self.points.iter().rev().find(|judged| judged.point.judged_value().is_some())
    }

    /// The segment that a place lies in.
    #[must_use]
    pub fn segment_of(&self, place: usize) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.places.contains(&place))
    }
}

/// Judges a chart; none where it has no value at all. Points are in order of time, one for each month or week.
#[must_use]
pub fn judge(points: &[Point], question: &Question<'_>) -> Option<Judgement> {
    points.iter().find_map(|point| point.figure?.value())?;
    let values: Vec<Option<f64>> = points.iter().map(Point::judged_value).collect();
    let segments = segments(points, &values, question);
    let rebase = segments.iter().map(|segment| segment.places.start).filter(|start| *start > 0).collect();
    let settings = Settings { target: question.target, rebase, ..Settings::of(question.polarity) };
    let chart = spc::chart_with_breaks(&values, &settings, &breaks(&values));
    let segment_of = |place: usize| segments.iter().find(|segment| segment.places.contains(&place));
    let judged: Vec<JudgedPoint> = points
        .iter()
        .zip(&chart.points)
        .enumerate()
        .map(|(place, (point, line))| {
            let segment = segment_of(place).filter(|_| line.value.is_some());
            let lined = segment.is_some_and(|segment| !matches!(segment.too_few, Some(TooFew::Points(_))));
            let told = segment.is_some_and(|segment| segment.too_few.is_none());
            JudgedPoint {
                point: *point,
                mean: line.mean.filter(|_| lined),
                limits: line.limits.filter(|_| lined),
                signal: line.signal.filter(|_| lined),
                mark: Mark::of(line, question.carries_over).filter(|_| told),
            }
        })
        .collect();
    let last = segments.last()?;
    let verdict = match last.too_few {
        Some(few) => Verdict::TooFew(few),
        None => verdict(judged.get(last.places.clone()).unwrap_or_default(), question.polarity),
    };
    let assurance = chart.assurance.filter(|_| last.too_few.is_none() && !question.carries_over);
    Some(Judgement { step: question.step, points: judged, segments, verdict, assurance })
}

fn segments(points: &[Point], values: &[Option<f64>], question: &Question<'_>) -> Vec<Segment> {
    let mut starts: Vec<(usize, Option<usize>)> = vec![(0, None)];
    for (number, cut) in question.cuts.iter().enumerate() {
        match place_of_cut(points, *cut, question.timing).filter(|place| *place > 0) {
            None => {}
            // Of several at one place the one set last counts.
            Some(place) => match starts.iter_mut().find(|(known, _)| *known == place) {
                Some(known) => known.1 = Some(number),
                None => starts.push((place, Some(number))),
            },
        }
    }
    starts.sort_unstable_by_key(|(place, _)| *place);
    let ends = starts.iter().skip(1).map(|(place, _)| *place).chain([points.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|((start, cut), end)| Segment {
            places: *start..end,
            cut: *cut,
            too_few: too_few(points.get(*start..end).unwrap_or_default(), values.get(*start..end).unwrap_or_default()),
        })
        .collect()
}

/// Where a cut begins a segment: a figure at a date with the first extract as at the date of the cut or later, events with
/// the first month that has none from before it. A cut after all of them begins none.
fn place_of_cut(points: &[Point], cut: NaiveDate, timing: Timing) -> Option<usize> {
    points.iter().position(|point| match timing {
        Timing::AtDate => point.as_at.is_some_and(|as_at| as_at >= cut),
        Timing::InPeriod => point.span.from() >= cut,
    })
}

fn too_few(points: &[Point], values: &[Option<f64>]) -> Option<TooFew> {
    let missing = spc::points_missing(values);
    if missing > 0 {
        return Some(TooFew::Points(missing));
    }
    let judged = points.iter().filter(|point| point.judged_value().is_some());
    let mut units: Vec<u64> = judged.filter_map(|point| Some(point.figure?.denominator)).collect();
    units.sort_unstable();
    let middle = |place: usize| units.get(place).copied().unwrap_or_default();
    let twice_median = middle(units.len().saturating_sub(1) / 2).saturating_add(middle(units.len() / 2));
    (twice_median < 2 * FEWEST_UNITS).then_some(TooFew::Units)
}

/// Places at which a value follows a gap that nothing reaches over.
fn breaks(values: &[Option<f64>]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut gap = 0;
    for (place, value) in values.iter().enumerate() {
        if value.is_none() {
            gap += 1;
            continue;
        }
        if gap > LONGEST_GAP {
            breaks.push(place);
        }
        gap = 0;
    }
    breaks
}

/// The last run of points marked the same way that reaches the last judged point, or ended in one of the three months
/// before it.
fn verdict(points: &[JudgedPoint], polarity: Polarity) -> Verdict {
    let mut judged: Vec<(usize, &JudgedPoint)> =
        points.iter().enumerate().filter(|(_, judged)| judged.point.judged_value().is_some()).collect();
    let Some((_, newest)) = judged.last().copied() else { return Verdict::NoRealChange };
    while judged.last().is_some_and(|(_, point)| point.mark.is_none()) {
        judged.pop();
    }
    let Some((mut place, last)) = judged.pop() else { return Verdict::NoRealChange };
    let Some(mark) = last.mark else { return Verdict::NoRealChange };
    if last.point.span < Span::of(last.point.span.step(), minus_months(newest.point.span.from(), MONTHS_SINCE_RUN)) {
        return Verdict::NoRealChange;
    }
    let mut first = last;
    while let Some((before, point)) = judged.pop() {
        let same_way = point.mark.is_some_and(|before| before.direction == mark.direction);
        if !same_way || place - before - 1 > LONGEST_GAP {
            break;
        }
        (place, first) = (before, point);
    }
    Verdict::Changed {
        variation: Variation::of(Some(mark.direction), polarity),
        direction: mark.direction,
        since: first.point.span,
        until: last.point.span,
        mark,
    }
}
