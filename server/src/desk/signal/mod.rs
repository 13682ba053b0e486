//! Whether a measure truly changed, and whether its target can be relied on: one judgement of a measure's course, from
//! which the card, the sentence and the drawing are made, so that they never disagree.
//!
//! A point is an extract, the last of its week where a week has several. A person may cut the course at a date (see
//! [`crate::store::rebases`]); a segment with fewer than 13 values is not judged yet, and says how many it lacks.

mod words;

#[cfg(test)]
mod tests;

use crate::charts::{Control, ControlPoint, Special, SpecialKind, Step};
use crate::reading::Selection;
use crate::store::rebases::Rebase;
use app::data::Signal;
use chrono::{Datelike as _, NaiveDate};
use domain::measures::figure::Figure;
use domain::measures::{Measure, Polarity};
use domain::scope::{Area, Scope};
use domain::spc::{self, Direction, Point, Settings};
use domain::targets::Aim;
use std::collections::BTreeMap;
use std::ops::Range;

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

/// A course with the judgement of each of its points.
#[derive(Debug)]
pub(crate) struct Judged<'a> {
    polarity: Polarity,
    target: Option<f64>,
    dates: Vec<NaiveDate>,
    chart: spc::Chart,
    segments: Vec<Segment<'a>>,
}

/// A stretch between cuts.
#[derive(Debug)]
struct Segment<'a> {
    places: Range<usize>,
    /// Values it lacks before it can be judged.
    missing: usize,
    /// What began it; none for the first.
    cut: Option<&'a Rebase>,
}

/// Judges a measure's course beside the target in force; none where it has no value at all.
pub(crate) fn judge<'a>(
    measure: &Measure,
    target: Option<Aim>,
    history: &History,
    rebases: impl IntoIterator<Item = &'a Rebase>,
) -> Option<Judged<'a>> {
    judge_by(settings(measure, target), history, rebases)
}

fn judge_by<'a>(
    settings: Settings,
    history: &History,
    rebases: impl IntoIterator<Item = &'a Rebase>,
) -> Option<Judged<'a>> {
    let (dates, values): (Vec<NaiveDate>, Vec<Option<f64>>) = series(history).into_iter().unzip();
    values.iter().flatten().next()?;
    let cuts = cuts(&dates, rebases);
    let settings = Settings { rebase: cuts.keys().copied().collect(), ..settings };
    let chart = spc::chart(&values, &settings);
    let starts = std::iter::once((0, None)).chain(cuts.iter().map(|(place, cut)| (*place, Some(*cut))));
    let ends = cuts.keys().copied().chain([values.len()]);
    let segments = starts
        .zip(ends)
        .map(|((start, cut), end)| Segment {
            missing: spc::points_missing(values.get(start..end).unwrap_or_default()),
            places: start..end,
            cut,
        })
        .collect();
    Some(Judged { polarity: settings.polarity, target: settings.target, dates, chart, segments })
}

/// One value a week: that of the week's last extract.
fn series(history: &History) -> Vec<(NaiveDate, Option<f64>)> {
    let mut series: Vec<(NaiveDate, Option<f64>)> = Vec::with_capacity(history.len());
    for (date, figure) in history {
        let point = (*date, figure.and_then(|figure| figure.value()));
        match series.last_mut().filter(|(last, _)| last.iso_week() == date.iso_week()) {
            Some(last) => *last = point,
            None => series.push(point),
        }
    }
    series
}

/// Where new segments begin. A cut before the second point or after the last cuts nothing; of several at one point the
/// last made counts.
fn cuts<'a>(dates: &[NaiveDate], rebases: impl IntoIterator<Item = &'a Rebase>) -> BTreeMap<usize, &'a Rebase> {
    let place = |rebase: &Rebase| dates.iter().position(|date| *date >= rebase.cut.applies_from);
    rebases.into_iter().filter_map(|rebase| Some((place(rebase)?, rebase))).filter(|(place, _)| *place > 0).collect()
}

/// As the measure has them; nothing is screened and no limits are fixed.
pub(crate) fn settings(measure: &Measure, target: Option<Aim>) -> Settings {
    Settings { target: target.map(|aim| aim.value.value()), ..Settings::of(measure.polarity) }
}

impl Judged<'_> {
    /// The verdict in words and signs.
    pub(crate) fn signal(&self) -> Signal {
        words::signal(self)
    }

    /// How the measure varies; none where the segment that holds now has too few values.
    pub(crate) fn variation(&self) -> Option<spc::Variation> {
        self.last_segment().filter(|segment| segment.missing == 0).map(|_| self.chart.variation)
    }

    /// What the chart draws. Nothing but the sentence where no segment can be judged yet.
    pub(crate) fn control(&self) -> Control {
        let points = self
            .segments
            .iter()
            .flat_map(|segment| segment.places.clone().filter_map(move |place| self.control_point(segment, place)));
        Control { points: points.collect(), verdict: words::sentence(&self.signal()) }
    }

    fn control_point(&self, segment: &Segment<'_>, place: usize) -> Option<ControlPoint> {
        let (date, point) = (*self.dates.get(place)?, self.chart.points.get(place)?);
        let judged = segment.missing == 0;
        let step = segment.cut.filter(|_| place == segment.places.start);
        Some(ControlPoint {
            date,
            mean: point.mean.filter(|_| judged),
            limits: point.limits.filter(|_| judged).map(|limits| (limits.lower, limits.upper)),
            special: point.signal.filter(|_| judged).map(|signal| Special {
                kind: kind(self.polarity, signal.direction),
                up: signal.direction == Direction::Up,
                words: words::rule_of_point(signal).to_owned(),
            }),
            step: step.map(|cut| Step { from: cut.cut.applies_from, reason: cut.reason.clone() }),
        })
    }

    /// Whether the last value of the segment that holds now reaches the target; none without a target or a good side.
    fn reached(&self) -> Option<bool> {
        let (_, value, _) = self.values(self.last_segment()?).pop()?;
        let target = self.target?;
        match self.polarity {
            Polarity::High => Some(value >= target),
            Polarity::Low => Some(value <= target),
            Polarity::Neutral => None,
        }
    }

    /// The segment that holds now.
    fn last_segment(&self) -> Option<&Segment<'_>> {
        self.segments.last()
    }

    /// The values of a segment, oldest first; places without one are passed over.
    fn values(&self, segment: &Segment<'_>) -> Vec<(NaiveDate, f64, Point)> {
        let points = self.dates.iter().zip(&self.chart.points);
        let points = points.skip(segment.places.start).take(segment.places.len());
        points.filter_map(|(date, point)| Some((*date, point.value?, *point))).collect()
    }
}

/// Whether a change this way is one for the better.
fn kind(polarity: Polarity, direction: Direction) -> SpecialKind {
    match (polarity, direction) {
        (Polarity::Neutral, _) => SpecialKind::Changed,
        (Polarity::High, Direction::Up) | (Polarity::Low, Direction::Down) => SpecialKind::Better,
        (Polarity::High, Direction::Down) | (Polarity::Low, Direction::Up) => SpecialKind::Worse,
    }
}
