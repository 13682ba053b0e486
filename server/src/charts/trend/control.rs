//! A control chart over a trend: mean and limits, special points, and where a person cut it.

use super::draw::{LINE, Layout, references};
use super::{Series, TrendPoint, Unit};
use crate::charts::canvas::{Canvas, Drawn, Pixel, Words};
use crate::charts::ink::Ink;
use crate::charts::words::{long_date, one_line, short_date};
use chrono::NaiveDate;

/// The judgement of a trend's points, and what it comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Control {
    /// The points that were judged; those that were not have none.
    pub points: Vec<ControlPoint>,
    /// The verdict in sentences.
    pub verdict: String,
    /// Why no limits are drawn, where there are none however many points there are.
    pub why_no_limits: Option<&'static str>,
}

/// What is known of one point.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// The date of the point.
    pub date: NaiveDate,
    /// The mean of its segment; none where the segment is too short to be judged.
    pub mean: Option<f64>,
    /// The lower and the upper limit, as computed.
    pub limits: Option<(f64, f64)>,
    /// What makes it special.
    pub special: Option<Special>,
    /// Whether a person began a new segment here.
    pub step: Option<Step>,
}

/// A point that chance does not explain.
#[derive(Debug, Clone, PartialEq)]
pub struct Special {
    /// Whether that is good.
    pub kind: SpecialKind,
    /// Whether it is a rise.
    pub up: bool,
    /// The rule: "beyond the upper limit".
    pub words: String,
}

/// Whether a change is a good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialKind {
    /// It is.
    Better,
    /// It is not.
    Worse,
    /// Neither way is better.
    Changed,
}

/// A cut, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// From which date.
    pub from: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Step {
    /// The same as far as a drawing has room: "Begins anew 4 Sep 26: visits are recorded on the day".
    fn short(&self) -> String {
        format!("Begins anew {}: {}", short_date(self.from), one_line(&self.reason))
    }

    /// "Begins anew from 4 September 2026: visits are recorded on the day".
    fn words(&self) -> String {
        format!("Begins anew from {}: {}", long_date(self.from), one_line(&self.reason))
    }
}

impl SpecialKind {
    const ALL: [Self; 3] = [Self::Better, Self::Worse, Self::Changed];

    /// In words, as the legend and the table have it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Better => "Better by more than chance",
            Self::Worse => "Worse by more than chance",
            Self::Changed => "Changed by more than chance",
        }
    }

    const fn ink(self) -> Ink {
        match self {
            Self::Better => Ink::Better,
            Self::Worse => Ink::Worse,
            Self::Changed => Ink::Changed,
        }
    }

    /// A triangle the way it moved is good, a square is bad, a diamond is neither.
    fn mark(self, canvas: &Canvas<'_>, (x, y): Pixel, up: bool) -> Drawn {
        let ink = self.ink();
        match self {
            Self::Better if up => canvas.shape(ink, [(x - 8, y + 6), (x + 8, y + 6), (x, y - 8)]),
            Self::Better => canvas.shape(ink, [(x - 8, y - 6), (x + 8, y - 6), (x, y + 8)]),
            Self::Worse => canvas.bar(ink, (x - 6, y - 6), (x + 6, y + 6)),
            Self::Changed => canvas.shape(ink, [(x - 8, y), (x, y - 8), (x + 8, y), (x, y + 8)]),
        }
    }
}

impl Control {
    /// What of it can be drawn over these points, in order of date.
    pub(super) fn over(&self, points: &[TrendPoint]) -> Self {
        let known = |date: NaiveDate| points.iter().any(|point| point.date == date);
        let mut kept: Vec<ControlPoint> = self.points.iter().filter(|point| known(point.date)).cloned().collect();
        kept.sort_by_key(|point| point.date);
        for point in &mut kept {
            point.mean = point.mean.filter(|mean| mean.is_finite());
            let finite = |(lower, upper): &(f64, f64)| lower.is_finite() && upper.is_finite();
            point.limits = point.limits.filter(finite).filter(|_| point.mean.is_some());
            point.special = point.special.take().filter(|_| point.mean.is_some());
        }
        Self { points: kept, verdict: one_line(&self.verdict), why_no_limits: self.why_no_limits }
    }

    /// The verdict, why there are no limits, and where the chart was cut.
    pub(super) fn sentences(&self) -> String {
        let mut text = self.verdict.clone();
        // Too few points have no limits for a reason that the verdict says.
        if let Some(why) = self.why_no_limits.filter(|_| self.has_lines()) {
            text.push_str(&format!(" {why}"));
        }
        for (_, step) in self.steps() {
            text.push_str(&format!(" {}.", step.words().trim_end_matches('.')));
        }
        text
    }

    /// Whether anything is drawn of it.
    pub(super) fn has_lines(&self) -> bool {
        self.points.iter().any(|point| point.mean.is_some())
    }

    /// Whether limits are drawn.
    pub(super) fn has_limits(&self) -> bool {
        self.points.iter().any(|point| point.limits.is_some())
    }

    /// What is known of a date.
    pub(super) fn on(&self, date: NaiveDate) -> Option<&ControlPoint> {
        self.points.iter().find(|point| point.date == date)
    }

    /// How many lines the legend has for it.
    pub(super) fn keys(&self) -> usize {
        self.kinds().count() + self.steps().count()
    }

    /// The kinds of special points there are.
    fn kinds(&self) -> impl Iterator<Item = SpecialKind> + '_ {
        let there = |kind| self.specials().any(|(_, special)| special.kind == kind);
        SpecialKind::ALL.into_iter().filter(move |kind| there(*kind))
    }

    fn specials(&self) -> impl Iterator<Item = (NaiveDate, &Special)> + '_ {
        self.points.iter().filter_map(|point| Some((point.date, point.special.as_ref()?)))
    }

    fn steps(&self) -> impl Iterator<Item = (NaiveDate, &Step)> + '_ {
        self.points.iter().filter_map(|point| Some((point.date, point.step.as_ref()?)))
    }

    /// Points between two cuts, which have the same lines.
    fn segments(&self) -> impl DoubleEndedIterator<Item = &[ControlPoint]> + '_ {
        self.points.chunk_by(|_, next| next.step.is_none()).filter(|points| has_mean(points))
    }
}

fn has_mean(points: &[ControlPoint]) -> bool {
    points.first().is_some_and(|point| point.mean.is_some())
}

impl Series {
    /// What the scale must have room for.
    pub(super) fn control_values(&self) -> impl Iterator<Item = f64> + '_ {
        let values = self.control.points.iter().flat_map(|point| {
            let (lower, upper) = point.limits.unzip();
            [point.mean, lower, upper]
        });
        values.flatten().map(|value| self.within_unit(value))
    }

    /// Every line across with its name: target, England, and mean and limits as they are now.
    pub(super) fn lines_by_name(&self) -> Vec<(Ink, f64, String)> {
        let mut lines = references(self);
        let now = self.control.segments().next_back().and_then(<[ControlPoint]>::last);
        if let Some((mean, limits)) = now.and_then(|point| Some((point.mean?, point.limits))) {
            if let Some((_, upper)) = limits {
                lines.push((Ink::Limit, self.within_unit(upper), self.limit_in_words("Upper limit", upper)));
            }
            lines.push((Ink::Mean, self.within_unit(mean), format!("Mean {}", self.written(mean))));
            if let Some((lower, _)) = limits {
                lines.push((Ink::Limit, self.within_unit(lower), self.limit_in_words("Lower limit", lower)));
            }
        }
        lines
    }

    /// "Upper limit 92.1%"; where it is drawn elsewhere than it lies, "Upper limit above 100%".
    fn limit_in_words(&self, name: &str, value: f64) -> String {
        match self.unit {
            Unit::Share if value > 1.0 => format!("{name} above 100%"),
            Unit::Share if value < 0.0 => format!("{name} below 0%"),
            Unit::Ratio if value < 0.0 => format!("{name} below 0"),
            _ => format!("{name} {}", self.written(value)),
        }
    }
}

impl Layout {
    /// Mean and limits, stepped at each cut, and the cuts.
    pub(super) fn control(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        for segment in series.control.segments() {
            let Some((first, last)) = segment.first().zip(segment.last()) else { continue };
            let (lower, upper) = first.limits.unzip();
            let lines = [(Ink::Limit, lower), (Ink::Mean, first.mean), (Ink::Limit, upper)];
            for (ink, value) in lines {
                let Some(value) = value.map(|value| series.within_unit(value)) else { continue };
                canvas.path(ink, 1, [self.at(first.date, value), self.at(last.date, value)])?;
            }
        }
        for (number, (date, _)) in series.control.steps().enumerate() {
            let x = self.at(date, 0.0).0;
            canvas.path(Ink::Axis, 1, [(x, self.top), (x, self.bottom)])?;
            canvas.text(Words::start(self.font).end(), (x - 4, self.top + 8), &step_name(number))?;
        }
        Ok(())
    }

    /// The marks of special points.
    pub(super) fn special(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        for (date, special) in series.control.specials() {
            let value = series.points.iter().find(|point| point.date == date).and_then(|point| point.value);
            if let Some(value) = value {
                special.kind.mark(canvas, self.at(date, value), special.up)?;
            }
        }
        Ok(())
    }

    /// What the marks and the cuts mean.
    pub(super) fn keys(&self, canvas: &Canvas<'_>, series: &Series, mut below: i32) -> Drawn {
        for kind in series.control.kinds() {
            let way = series.control.specials().find(|(_, special)| special.kind == kind);
            kind.mark(canvas, (self.left + 18, below), way.is_none_or(|(_, special)| special.up))?;
            self.explain(canvas, below, kind.words())?;
            below += LINE;
        }
        for (number, (_, step)) in series.control.steps().enumerate() {
            canvas.text(Words::start(self.font).middle(), (self.left + 18, below), &step_name(number))?;
            self.explain(canvas, below, &step.short())?;
            below += LINE;
        }
        Ok(())
    }
}

/// A, B, C: what a cut is called on the drawing.
fn step_name(number: usize) -> String {
    u8::try_from(number)
        .ok()
        .filter(|number| *number < 26)
        .map_or_else(|| (number + 1).to_string(), |number| char::from(b'A' + number).to_string())
}
