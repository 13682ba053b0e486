//! A chart as other programs read it. Keys and names are stable.

use super::judge::{JudgedPoint, Judgement};
use super::span::Step;
use super::words;
use crate::measures::{Measure, Timing};
use crate::spc::{Assurance, Direction, Rule, Variation};
use chrono::NaiveDate;
use serde::Serialize;

/// The answer of `surgery trend`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The measure's id.
    pub id: &'static str,
    /// The team's or service's name; null for the whole.
    pub by: Option<String>,
    /// `month` or `week`.
    pub step: &'static str,
    /// Oldest first, gaps among them.
    pub points: Vec<TrendPoint>,
    /// What it comes to.
    pub verdict: TrendVerdict,
}

/// A month; of a chart by week, a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendPoint {
    /// `2026-10`; of a week its Monday.
    pub month: String,
    /// The first day counted.
    pub from: NaiveDate,
    /// The last day counted: of a month of events that is not finished, the as-at date.
    pub to: NaiveDate,
    /// The extract it is counted from; null in a gap.
    pub as_at: Option<NaiveDate>,
    /// Units in the numerator; null where nothing was counted.
    pub numerator: Option<u64>,
    /// Units.
    pub denominator: Option<u64>,
    /// Numerator / denominator.
    pub value: Option<f64>,
    /// Whether it is finished and has a value.
    pub judged: bool,
    /// `outside`, `trend`, `two_of_three`, `shift` or `common`; null without limits. The rules on levels label the points of a
    /// measure that carries over too, whose verdict they do not make.
    pub label: Option<&'static str>,
    /// `up`, `down` or null.
    pub direction: Option<&'static str>,
    /// Null in a segment of fewer than 13 judged points.
    pub mean: Option<f64>,
    /// As the mean.
    pub lower: Option<f64>,
    /// As the mean.
    pub upper: Option<f64>,
}

/// The one verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrendVerdict {
    /// `improvement`, `concern`, `changed_up`, `changed_down` or `common`; null where it cannot be told.
    pub variation: Option<&'static str>,
    /// The first month of a change.
    pub since: Option<String>,
    /// `pass`, `fail`, `hit_or_miss`; null without a target and where it cannot be told.
    pub assurance: Option<&'static str>,
    /// "Getting better".
    pub words: String,
}

impl Trend {
    /// The answer where nothing has a value yet.
    #[must_use]
    pub fn nothing(id: &'static str, by: Option<String>) -> Self {
        let step = Step::Month;
        let words = words::too_few_points(crate::spc::FEWEST_DRAWN, step);
        let verdict = TrendVerdict { variation: None, since: None, assurance: None, words };
        Self { id, by, step: step.name(), points: Vec::new(), verdict }
    }

    /// A judgement in these keys.
    #[must_use]
    pub fn new(measure: &Measure, by: Option<String>, judgement: &Judgement) -> Self {
        let verdict = &judgement.verdict;
        Self {
            id: measure.id,
            by,
            step: judgement.step.name(),
            points: judgement.points.iter().map(|judged| TrendPoint::new(judged, measure.timing)).collect(),
            verdict: TrendVerdict {
                variation: verdict.variation().map(Variation::name),
                since: verdict.since().map(|since| since.to_string()),
                assurance: judgement.assurance.map(Assurance::name),
                words: words::verdict(verdict, measure, judgement.step),
            },
        }
    }
}

impl TrendPoint {
    fn new(judged: &JudgedPoint, timing: Timing) -> Self {
        let JudgedPoint { point, mean, limits, signal, mark: _ } = judged;
        let counted_to = point.as_at.filter(|as_at| timing == Timing::InPeriod && *as_at < point.span.to());
        Self {
            month: point.span.to_string(),
            from: point.span.from(),
            to: counted_to.unwrap_or(point.span.to()),
            as_at: point.as_at,
            numerator: point.figure.map(|figure| figure.numerator),
            denominator: point.figure.map(|figure| figure.denominator),
            value: point.figure.and_then(|figure| figure.value()),
            judged: point.judged_value().is_some(),
            label: mean.map(|_| signal.map_or("common", |signal| Rule::name(signal.rule))),
            direction: signal.map(|signal| Direction::name(signal.direction)),
            mean: *mean,
            lower: limits.map(|limits| limits.lower),
            upper: limits.map(|limits| limits.upper),
        }
    }
}
