//! A measure over time, month by month or extract by extract, beside its target and England, with its control chart where
//! it has one.

mod control;
mod draw;
mod text;

#[cfg(test)]
mod tests;

pub use control::{Control, ControlPoint, Special, SpecialKind, Step};

use super::svg::{Frame, Width};
use super::words;
use app::data::Chart;
use chrono::NaiveDate;
use domain::signal::Span;

/// What the values count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A share from 0 to 1, written in per cent.
    Share,
    /// A number, like children per worker.
    Ratio,
    /// Children counted one by one: a chart that begins at 0.
    Count,
}

/// One extract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendPoint {
    /// Its as-at date.
    pub date: NaiveDate,
    /// Numerator / denominator; `None` where the denominator is 0 or nothing was supplied: a gap, never zero.
    pub value: Option<f64>,
    /// Units in the numerator.
    pub numerator: Option<u64>,
    /// Units.
    pub denominator: Option<u64>,
}

/// A line behind the points: dates with their values, and what it is.
pub type Behind<'a> = (&'a [(NaiveDate, Option<f64>)], &'static str);

/// What a trend is drawn from.
#[derive(Debug, Clone)]
pub struct TrendInput<'a> {
    /// Begins every id of the drawing; unique on its page.
    pub id: &'a str,
    /// Measure and place: "CP visits on time, whole council".
    pub title: &'a str,
    /// The points, in any order: the extracts, or the months that `months` names.
    pub points: &'a [TrendPoint],
    /// The month (or week) that the point of a date stands for; none where points are extracts.
    pub months: &'a [(NaiveDate, Span)],
    /// Dates of points that are not finished: in the table, and not drawn.
    pub unfinished: &'a [NaiveDate],
    /// Extracts drawn thin behind the months, never judged, and what that line is: "the last three months as at each
    /// extract".
    pub behind: Option<Behind<'a>>,
    /// What the values count in.
    pub unit: Unit,
    /// What the council wants to reach, in the unit of the values.
    pub target: Option<f64>,
    /// The same as it was on the date of each extract, in any order; empty where it was always as it is.
    pub targets_then: &'a [(NaiveDate, Option<f64>)],
    /// England's value and its year.
    pub england: Option<(f64, String)>,
    /// Whether higher is better, lower is, or (`None`) neither.
    pub higher_is_better: Option<bool>,
    /// Whether the reader gets small numbers only as "c". Points with a small number must come blank already;
    /// should one not, it is blanked here.
    pub suppressed: bool,
    /// The judgement of the points; never shown to a reader who gets small numbers only as "c".
    pub control: Option<&'a Control>,
    /// The day on which a count reaches 0 if it goes on as it went, and how that was found: "At the pace of the last four
    /// weeks, none by 27 November 2026". Drawn from the last value on.
    pub path: Option<(NaiveDate, String)>,
}

/// A trend made ready: in order of date, nothing in it that may not be drawn.
struct Series {
    points: Vec<TrendPoint>,
    months: Vec<(NaiveDate, Span)>,
    unfinished: Vec<NaiveDate>,
    behind: Vec<(NaiveDate, Option<f64>)>,
    behind_is: Option<&'static str>,
    unit: Unit,
    target: Option<f64>,
    /// Targets over time, each from a date on; empty where it never changed.
    targets: Vec<(NaiveDate, Option<f64>)>,
    england: Option<(f64, String)>,
    higher_is_better: Option<bool>,
    suppressed: bool,
    /// Empty where nothing is judged.
    control: Control,
    path: Option<(NaiveDate, String)>,
}

impl Series {
    fn new(input: &TrendInput<'_>) -> Self {
        let mut points: Vec<TrendPoint> = input.points.iter().map(|point| shown(*point, input)).collect();
        points.sort_by_key(|point| point.date);
        let control = input.control.filter(|_| !input.suppressed);
        Self {
            control: control.map(|control| control.over(&points)).unwrap_or_default(),
            points,
            months: input.months.to_vec(),
            unfinished: input.unfinished.to_vec(),
            behind: behind(input),
            behind_is: input.behind.map(|(_, words)| words),
            unit: input.unit,
            target: input.target.filter(|value| value.is_finite()),
            targets: steps(input.targets_then),
            england: input.england.clone().filter(|(value, _)| value.is_finite()),
            higher_is_better: input.higher_is_better,
            suppressed: input.suppressed,
            path: input.path.clone().filter(|(day, _)| input.points.iter().all(|point| point.date < *day)),
        }
    }

    /// The points that are drawn, oldest first.
    fn valued(&self) -> impl DoubleEndedIterator<Item = (NaiveDate, f64)> + '_ {
        self.points.iter().filter_map(|point| Some((point.date, self.drawn(point)?)))
    }

    /// The value of a point that is finished.
    fn drawn(&self, point: &TrendPoint) -> Option<f64> {
        point.value.filter(|_| !self.unfinished.contains(&point.date))
    }

    /// The month that a point stands for.
    fn month(&self, date: NaiveDate) -> Option<Span> {
        self.months.iter().find(|(known, _)| *known == date).map(|(_, month)| *month)
    }

    /// "October 2026", "30 October 2026".
    fn name(&self, date: NaiveDate) -> String {
        self.month(date).map_or_else(|| words::long_date(date), Span::name)
    }

    /// The last value beside its point. A month says its name, as the figure beside the chart is not of that month alone:
    /// "October: 85.9%".
    fn last_in_words(&self, date: NaiveDate, value: f64) -> String {
        match self.month(date) {
            Some(month) => format!("{}: {}", month.short_name(), self.written(value)),
            None => self.written(value),
        }
    }

    /// "87.5%", "15.2" or "12".
    fn written(&self, value: f64) -> String {
        let (value, unit) = match self.unit {
            Unit::Share => (value * 100.0, "%"),
            Unit::Ratio => (value, ""),
            Unit::Count => return words::thousands(value.max(0.0).round() as u64),
        };
        // No measure comes near these; the room on the drawing does.
        if value.abs() >= 1e9 { format!("{value:.1e}{unit}") } else { format!("{value:.1}{unit}") }
    }

    /// A value that people set, without needless digits: "95%".
    fn rounded(&self, value: f64) -> String {
        let written = self.written(value);
        match self.unit {
            Unit::Share => written.replace(".0%", "%"),
            Unit::Ratio => written.strip_suffix(".0").map_or(written.clone(), str::to_owned),
            Unit::Count => written,
        }
    }

    /// A value where the unit has room for it: a drawing ends at 0% and 100%, whatever was computed.
    fn within_unit(&self, value: f64) -> f64 {
        match self.unit {
            Unit::Share => value.clamp(0.0, 1.0),
            Unit::Ratio | Unit::Count => value.max(0.0),
        }
    }

    /// "Target 95%".
    fn target_in_words(&self) -> Option<(f64, String)> {
        self.target.map(|target| (target, format!("Target {}", self.set(target))))
    }

    /// A target to the third decimal place, without needless digits: "92.25%".
    fn set(&self, target: f64) -> String {
        let (value, unit) = match self.unit {
            Unit::Share => (target * 100.0, "%"),
            Unit::Ratio | Unit::Count => (target, ""),
        };
        if value.abs() >= 1e9 {
            return self.written(target);
        }
        format!("{}{unit}", format!("{value:.3}").trim_end_matches('0').trim_end_matches('.'))
    }

    /// "the target was 90% before 4 September 2026"; nothing where it never changed.
    fn earlier_target(&self) -> Option<String> {
        let [.., (_, before), (since, _)] = self.targets[..] else { return None };
        let day = words::long_date(since);
        Some(match before {
            Some(before) => format!("the target was {} before {day}", self.set(before)),
            None => format!("there was no target before {day}"),
        })
    }

    /// "England 81.4% (2025)".
    fn england_in_words(&self) -> Option<(f64, String)> {
        self.england.as_ref().map(|(value, year)| (*value, format!("England {} ({year})", self.written(*value))))
    }
}

/// What is drawn behind, in order of date; nothing for who gets small numbers only as "c".
fn behind(input: &TrendInput<'_>) -> Vec<(NaiveDate, Option<f64>)> {
    let (line, _) = input.behind.filter(|_| !input.suppressed).unwrap_or_default();
    let mut line: Vec<_> = line.iter().map(|(date, value)| (*date, value.filter(|value| value.is_finite()))).collect();
    line.sort_by_key(|(date, _)| *date);
    line
}

/// Where the target changed, oldest first, with what it was at first; empty where it never changed.
fn steps(targets: &[(NaiveDate, Option<f64>)]) -> Vec<(NaiveDate, Option<f64>)> {
    let mut steps: Vec<_> =
        targets.iter().map(|(date, target)| (*date, target.filter(|target| target.is_finite()))).collect();
    steps.sort_by_key(|(date, _)| *date);
    steps.dedup_by(|later, earlier| later.1 == earlier.1);
    if steps.len() > 1 { steps } else { Vec::new() }
}

/// DfE's rule for published figures: a number from 1 to 5 is not shown, nor the one that would give it away.
fn shown(point: TrendPoint, input: &TrendInput<'_>) -> TrendPoint {
    let small = |count: Option<u64>| count.is_some_and(|count| (1..=5).contains(&count));
    let rest = match (input.unit, point.numerator, point.denominator) {
        (Unit::Share, Some(numerator), Some(denominator)) => denominator.checked_sub(numerator),
        _ => None,
    };
    if input.suppressed && (small(point.numerator) || small(point.denominator) || small(rest)) {
        return TrendPoint { value: None, numerator: None, denominator: None, ..point };
    }
    TrendPoint { value: point.value.filter(|value| value.is_finite()), ..point }
}

/// A line of values over time with its target and England, in words and as a table too.
#[must_use]
pub fn trend(input: &TrendInput<'_>) -> Chart {
    let series = Series::new(input);
    let sentence = format!("{} {}", text::sentence(&series), series.control.sentences()).trim_end().to_owned();
    let svg = [Width::Wide, Width::Narrow]
        .map(|width| {
            let layout = draw::Layout::new(&series, width);
            let frame = Frame {
                id: input.id,
                width,
                size: layout.size,
                title: input.title,
                description: &capitalised(&sentence),
            };
            frame.picture(|canvas| layout.draw(canvas, &series))
        })
        .concat();
    Chart { svg, text: format!("{}: {sentence}", input.title), table: text::table(&series, input.title) }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
