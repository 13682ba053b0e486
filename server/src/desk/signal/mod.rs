//! Whether a measure truly changed: the judgement of [`domain::signal`] where it meets the pages. The card, the sentence,
//! the drawing, the agenda, actions and evidence all ask here, so that they never disagree.
//!
//! A person may cut a chart at a date (see [`crate::store::rebases`]).

mod words;

#[cfg(test)]
mod tests;

use crate::charts::{Control, ControlPoint, Special, SpecialKind, Step, TrendPoint};
use crate::council::Council;
use crate::reading::{self, Selection};
use crate::store::rebases::Rebase;
use app::data::Signal;
use chrono::NaiveDate;
use domain::measures::figure::Figure;
use domain::measures::{Measure, Polarity};
use domain::scope::{Area, Scope};
use domain::signal::{self, JudgedPoint, Judgement, Point, Question, Span};
use domain::spc::Direction;

/// A measure's figure extract by extract, oldest first.
pub(crate) type History = [(NaiveDate, Option<Figure>)];

/// The chart's area; none where nobody can cut it: a worker's, and that of a viewer's own teams together.
pub(crate) fn area(selection: &Selection, scope: &Scope) -> Option<Area> {
    match selection {
        Selection { worker: Some(_), .. } => None,
        Selection { team: Some(team), .. } => Some(Area::Team(team.clone())),
        Selection { service: Some(service), .. } => Some(Area::Service(service.clone())),
        _ => scope.reaches_everything().then_some(Area::All),
    }
}

/// A chart with its judgement.
#[derive(Debug)]
pub(crate) struct Judged<'a> {
    measure: &'a Measure,
    judgement: Judgement,
    cuts: Vec<&'a Rebase>,
}

/// Judges a measure's course up to a council's extract, beside the target in force; none where it has no value at all.
/// `rebases` are those of this chart, in the order they were made.
pub(crate) fn judge<'a>(
    council: &Council,
    scope: &Scope,
    measure: &'a Measure,
    selection: &Selection,
    rebases: impl IntoIterator<Item = &'a Rebase>,
) -> Option<Judged<'a>> {
    let points = reading::course(council, scope, measure, selection);
    let target = council.target(measure, selection).map(|target| target.aim.value.value());
    judge_points(measure, signal::step(measure, &council.standards), target, &points, rebases)
}

fn judge_points<'a>(
    measure: &'a Measure,
    step: signal::Step,
    target: Option<f64>,
    points: &[Point],
    rebases: impl IntoIterator<Item = &'a Rebase>,
) -> Option<Judged<'a>> {
    let cuts: Vec<&Rebase> = rebases.into_iter().collect();
    let dates: Vec<NaiveDate> = cuts.iter().map(|rebase| rebase.cut.applies_from).collect();
    let Measure { timing, carries_over, polarity, .. } = *measure;
    let asked = Question { timing, step, carries_over, polarity, target, cuts: &dates };
    Some(Judged { measure, judgement: signal::judge(points, &asked)?, cuts })
}

impl Judged<'_> {
    /// The judgement itself.
    pub(crate) const fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// The verdict in words and signs.
    pub(crate) fn signal(&self) -> Signal {
        words::signal(self)
    }

    /// The verdict as a sentence: "Getting better since April 2026: 7 or more months in a row above the mean up to October
    /// 2026."
    pub(crate) fn sentence(&self) -> String {
        words::sentence(&self.signal())
    }

    /// The last judged month with its value, which is not the figure of a card: "October: 85.9%".
    pub(crate) fn latest(&self) -> Option<String> {
        let point = self.judgement.last()?.point;
        let value = point.judged_value()?;
        Some(format!("{}: {}", point.span.short_name(), crate::desk::words::value(self.measure, value)))
    }

    /// The judged values of the last months, oldest first, gaps among them, each with its month.
    pub(crate) fn values(&self) -> Vec<(Span, Option<f64>)> {
        let finished = self.judgement.points.iter().map(|judged| judged.point).filter(|point| point.finished);
        finished.map(|point| (point.span, point.judged_value())).collect()
    }

    /// What the chart draws: its points, which months they are, and which of them are not finished.
    pub(crate) fn drawn(&self) -> (Vec<TrendPoint>, Vec<(NaiveDate, Span)>, Vec<NaiveDate>) {
        let points = self.judgement.points.iter().map(|judged| &judged.point);
        let drawn = points.clone().map(|point| TrendPoint {
            date: date(point),
            value: point.figure.and_then(|figure| figure.value()),
            numerator: point.figure.map(|figure| figure.numerator),
            denominator: point.figure.map(|figure| figure.denominator),
        });
        let months = points.clone().map(|point| (date(point), point.span));
        let unfinished = points.clone().filter(|point| !point.finished && point.figure.is_some()).map(date);
        (drawn.collect(), months.collect(), unfinished.collect())
    }

    /// The lines of the chart, and the verdict.
    pub(crate) fn control(&self) -> Control {
        let points = self.judgement.points.iter().enumerate();
        Control {
            points: points.filter_map(|(place, judged)| self.control_point(place, judged)).collect(),
            verdict: self.sentence(),
            why_no_limits: self.measure.carries_over.then_some(signal::words::WHY_NO_LIMITS),
        }
    }

    /// Limits are drawn only where the verdict goes by them.
    fn control_point(&self, place: usize, judged: &JudgedPoint) -> Option<ControlPoint> {
        let segment = self.judgement.segment_of(place)?;
        let cut = segment.cut.filter(|_| place == segment.places.start).and_then(|cut| self.cuts.get(cut));
        let limits = judged.limits.filter(|_| !self.measure.carries_over);
        Some(ControlPoint {
            date: date(&judged.point),
            mean: judged.mean,
            limits: limits.map(|limits| (limits.lower, limits.upper)),
            special: judged.mark.map(|mark| Special {
                kind: kind(self.measure.polarity, mark.direction),
                up: mark.direction == Direction::Up,
                words: signal::words::mark(mark, self.judgement.step).to_owned(),
            }),
            step: cut.map(|cut| Step { from: cut.cut.applies_from, reason: cut.reason.clone() }),
        })
    }
}

/// Where a point stands: events at the last day counted, a figure at a date on its date.
fn date(point: &Point) -> NaiveDate {
    point.as_at.map_or(point.span.to(), |as_at| as_at.min(point.span.to()))
}

/// Whether a change this way is one for the better.
const fn kind(polarity: Polarity, direction: Direction) -> SpecialKind {
    match (polarity, direction) {
        (Polarity::Neutral, _) => SpecialKind::Changed,
        (Polarity::High, Direction::Up) | (Polarity::Low, Direction::Down) => SpecialKind::Better,
        (Polarity::High, Direction::Down) | (Polarity::Low, Direction::Up) => SpecialKind::Worse,
    }
}
