//! Charts as other programs read them. Keys and names are stable.

use super::cases::Case;
use super::{Chart, Direction, Point, Rule, chart};
use serde::Serialize;

/// The answer: a case for each case asked of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// In the order asked.
    pub cases: Vec<JudgedCase>,
}

/// A case, judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedCase {
    /// Its name.
    pub case: String,
    /// `improvement`, `concern`, `changed_up`, `changed_down` or `common`.
    pub variation: &'static str,
    /// `pass`, `fail`, `hit_or_miss` or null.
    pub assurance: Option<&'static str>,
    /// One for each value asked of.
    pub points: Vec<JudgedPoint>,
}

/// A point, judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedPoint {
    /// The value; null where there is none.
    pub y: Option<f64>,
    /// The mean of its segment; null when the segment has no value.
    pub mean: Option<f64>,
    /// The lower limit; null when there is none.
    pub lower: Option<f64>,
    /// The upper limit; null when there is none.
    pub upper: Option<f64>,
    /// `outside`, `trend`, `two_of_three`, `shift` or `common`; null where there is no value.
    pub label: Option<&'static str>,
    /// `up`, `down` or null.
    pub direction: Option<&'static str>,
}

impl Answer {
    /// Judges every case.
    #[must_use]
    pub fn of(cases: Vec<Case>) -> Self {
        let judged = cases.into_iter().map(|case| {
            let chart = chart(&case.values, &case.settings);
            JudgedCase::of(case.name, &chart)
        });
        Self { cases: judged.collect() }
    }
}

impl JudgedCase {
    fn of(case: String, chart: &Chart) -> Self {
        Self {
            case,
            variation: chart.variation.name(),
            assurance: chart.assurance.map(super::Assurance::name),
            points: chart.points.iter().map(JudgedPoint::of).collect(),
        }
    }
}

impl JudgedPoint {
    fn of(point: &Point) -> Self {
        Self {
            y: point.value,
            mean: point.mean,
            lower: point.limits.map(|limits| limits.lower),
            upper: point.limits.map(|limits| limits.upper),
            label: point.value.map(|_| point.signal.map_or("common", |signal| Rule::name(signal.rule))),
            direction: point.signal.map(|signal| Direction::name(signal.direction)),
        }
    }
}
