//! A trend as a drawing.

use super::text::lower_first;
use super::{Series, Unit};
use crate::charts::canvas::{Canvas, Drawn, Pixel, Words};
use crate::charts::ink::Ink;
use crate::charts::scale::{Scale, moved_apart};
use crate::charts::svg::Width;
use crate::charts::words::{fitted, one_line, short_date, text_width};
use chrono::{Datelike, NaiveDate};
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;

/// A line of text with its space.
pub(super) const LINE: i32 = 22;

/// Where everything stands.
pub(super) struct Layout {
    pub(super) size: Pixel,
    width: Width,
    pub(super) font: i32,
    plane: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    scale: Scale,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    notes: Vec<String>,
}

impl Layout {
    pub(super) fn new(series: &Series, width: Width) -> Self {
        let (total, font, plot) = match width {
            Width::Wide => (900, 16, 234),
            Width::Narrow => (320, 15, 190),
        };
        let scale = scale(series);
        let notes = notes(series, &scale, total, font);
        let side =
            scale.ticks().map(|tick| text_width(&tick_text(series, &scale, tick), font)).max().unwrap_or_default();
        let left = (side + 14).clamp(40, total / 4);
        let beside = match width {
            Width::Wide => widest(series.lines_by_name().into_iter().map(|(_, _, text)| text), font).min(270),
            Width::Narrow => 0,
        };
        let last = series.valued().next_back().map(|(date, value)| series.last_in_words(date, value));
        let last = widest(last, font) * 11 / 10;
        let right = total - (beside.max(last) + 18).clamp(44, total / 3);
        let top = 14 + LINE * notes.len() as i32;
        let bottom = top + plot;
        let names = if width == Width::Narrow { series.lines_by_name().len() } else { 0 };
        let legend = LINE * (names + series.control.keys()) as i32;
        let days = series.points.iter().map(|point| f64::from(point.date.num_days_from_ce()));
        let days = days.chain(series.behind.iter().map(|(day, _)| f64::from(day.num_days_from_ce())));
        let days = days.chain(series.path.iter().map(|(day, _)| f64::from(day.num_days_from_ce())));
        let (from, to) = days.fold((f64::MAX, f64::MIN), |(from, to), day| (from.min(day), to.max(day)));
        let (from, to) = if from > to { (0.0, 1.0) } else { (from, to) };
        // The first and the last point stand a little off the edge; a single one stands in the middle.
        let off = ((to - from) * 0.015).max(if to > from { 0.1 } else { 1.0 });
        let plane = Cartesian2d::new((from - off)..(to + off), scale.low..scale.high, (left..right, bottom..top));
        let size = (total, bottom + 40 + legend);
        Self { size, width, font, plane, scale, left, right, top, bottom, notes }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        for (line, note) in self.notes.iter().enumerate() {
            canvas.text(Words::start(self.font), (4, 12 + LINE * line as i32), note)?;
        }
        self.values_axis(canvas, series)?;
        self.dates_axis(canvas, series)?;
        self.references(canvas, series)?;
        self.control(canvas, series)?;
        self.path(canvas, series)?;
        self.behind(canvas, series)?;
        self.line(canvas, series)?;
        self.special(canvas, series)?;
        self.labels(canvas, series)?;
        self.legend(canvas, series)?;
        if series.valued().next().is_none() {
            let middle = (i32::midpoint(self.left, self.right), i32::midpoint(self.top, self.bottom) - 8);
            canvas.text(Words::start(self.font).middle(), middle, "No values to show")?;
        }
        Ok(())
    }

    pub(super) fn at(&self, date: NaiveDate, value: f64) -> Pixel {
        self.plane.translate(&(f64::from(date.num_days_from_ce()), value.clamp(self.scale.low, self.scale.high)))
    }

    pub(super) fn height(&self, value: f64) -> i32 {
        self.plane.translate(&(0.0, value.clamp(self.scale.low, self.scale.high))).1
    }

    fn values_axis(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        for tick in self.scale.ticks() {
            let y = self.height(tick);
            canvas.path(Ink::Grid, 1, [(self.left, y), (self.right, y)])?;
        }
        for tick in self.scale.ticks() {
            let text = fitted(&tick_text(series, &self.scale, tick), self.font, self.left - 8);
            canvas.text(Words::start(self.font).end(), (self.left - 8, self.height(tick)), &text)?;
        }
        canvas.path(Ink::Axis, 1, [(self.left, self.bottom), (self.right, self.bottom)])
    }

    /// Dates of extracts, the first and the latest before those between, as far apart as reading needs.
    fn dates_axis(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let steps = if self.width == Width::Wide { 6 } else { 2 };
        let wanted =
            [0, steps].into_iter().chain(1..steps).map(|step| self.left + (self.right - self.left) * step / steps);
        let mut ticks: Vec<(i32, String)> = Vec::new();
        for wanted in wanted {
            let days = series.points.iter().map(|point| point.date).chain(series.path.iter().map(|(day, _)| *day));
            let places = days.map(|day| (self.at(day, self.scale.low).0, day));
            let Some((x, date)) = places.min_by_key(|(x, _)| (x - wanted).abs()) else { break };
            let text = short_date(date);
            let room = text_width(&text, self.font);
            if ticks.iter().all(|(other, _)| (other - x).abs() >= room + 6) {
                ticks.push((x.clamp(room / 2, (self.size.0 - room / 2).max(room / 2)), text));
            }
        }
        for (x, _) in &ticks {
            canvas.path(Ink::Axis, 1, [(*x, self.bottom), (*x, self.bottom + 6)])?;
        }
        for (x, text) in &ticks {
            canvas.text(Words::start(self.font).middle(), (*x, self.bottom + 20), text)?;
        }
        Ok(())
    }

    /// Target and England: lines across; a target that changed has its step.
    fn references(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let mut from = self.left;
        for (at, (_, target)) in series.targets.iter().enumerate() {
            let to = series.targets.get(at + 1).map_or(self.right, |(next, _)| self.at(*next, 0.0).0);
            if let Some(y) = target.map(|target| self.height(target)) {
                canvas.path(Ink::Target, 2, [(from, y), (to, y)])?;
            }
            from = to;
        }
        for (ink, value, _) in references(series) {
            if ink == Ink::Target && !series.targets.is_empty() {
                continue;
            }
            let y = self.height(value);
            canvas.path(ink, 2, [(self.left, y), (self.right, y)])?;
        }
        Ok(())
    }

    /// From the last value to nought.
    fn path(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        match (series.valued().next_back(), &series.path) {
            (Some((from, value)), Some((to, _))) => {
                canvas.path(Ink::Path, 2, [self.at(from, value), self.at(*to, 0.0)])
            }
            _ => Ok(()),
        }
    }

    /// Below the drawing: on the narrow one the names of its lines, on both what its marks mean.
    fn legend(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let mut below = self.bottom + 44;
        if self.width == Width::Narrow {
            for (ink, _, text) in series.lines_by_name() {
                canvas.path(ink, 2, [(self.left, below), (self.left + 36, below)])?;
                self.explain(canvas, below, &text)?;
                below += LINE;
            }
        }
        self.keys(canvas, series, below)
    }

    /// Words of the legend.
    pub(super) fn explain(&self, canvas: &Canvas<'_>, y: i32, text: &str) -> Drawn {
        let text = fitted(text, self.font, self.size.0 - self.left - 48);
        canvas.text(Words::start(self.font), (self.left + 44, y), &text)
    }

    /// Extract by extract, thin.
    fn behind(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        for run in series.behind.split(|(_, value)| value.is_none()).filter(|run| run.len() > 1) {
            let pixels = run.iter().filter_map(|(date, value)| Some(self.at(*date, (*value)?)));
            canvas.path(Ink::Behind, 1, pixels)?;
        }
        Ok(())
    }

    fn line(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let runs = self.runs(series);
        for run in runs.iter().filter(|run| run.len() > 1) {
            canvas.path(Ink::Value, 3, run.iter().copied())?;
        }
        // Markers where they do not run into each other; a point without neighbours always has one.
        let spacing = (self.right - self.left) / series.points.len().max(1) as i32;
        let radius = if spacing >= 14 { 5 } else { 4 };
        for run in &runs {
            let ends = [run.first(), run.last()];
            for pixel in run {
                if spacing >= 10 || run.len() == 1 || ends.contains(&Some(pixel)) {
                    canvas.dot(Ink::Value, *pixel, radius)?;
                }
            }
        }
        match series.valued().next_back() {
            Some((date, value)) => canvas.dot(Ink::Value, self.at(date, value), 6),
            None => Ok(()),
        }
    }

    /// Points that follow each other without a gap.
    fn runs(&self, series: &Series) -> Vec<Vec<Pixel>> {
        let runs = series.points.split(|point| series.drawn(point).is_none());
        runs.map(|run| run.iter().filter_map(|point| Some(self.at(point.date, point.value?))).collect::<Vec<_>>())
            .filter(|run| !run.is_empty())
            .collect()
    }

    /// The first and the last value, and on the wide drawing the names of the lines across.
    fn labels(&self, canvas: &Canvas<'_>, series: &Series) -> Drawn {
        let mut valued = series.valued();
        let first = valued.next();
        let last = valued.next_back().or(first);
        let mut beside: Vec<(i32, Words, String)> = Vec::new();
        if let Some((date, value)) = last {
            let (x, y) = self.at(date, value);
            let text = series.last_in_words(date, value);
            // A value that is not of the latest date stands at its point, not at the edge.
            if series.points.last().is_some_and(|point| point.date == date && x > self.right - 40) {
                beside.push((y, Words::start(self.font).bold(), text));
            } else {
                self.label_at(canvas, series, (x, y), &text, Words::start(self.font).bold())?;
            }
        }
        if let Some((date, value)) = first.filter(|_| first != last) {
            self.label_at(canvas, series, self.at(date, value), &series.written(value), Words::start(self.font))?;
        }
        if self.width == Width::Wide {
            let names = series.lines_by_name().into_iter();
            beside.extend(names.map(|(_, value, text)| (self.height(value), Words::start(self.font), text)));
        }
        let heights: Vec<i32> = beside.iter().map(|(y, ..)| *y).collect();
        let heights = moved_apart(&heights, 20, self.top, self.bottom);
        for ((_, words, text), y) in beside.iter().zip(heights) {
            let text = fitted(text, self.font, self.size.0 - self.right - 10);
            canvas.text(*words, (self.right + 8, y), &text)?;
        }
        Ok(())
    }

    /// A value at its point: above or below, near or a little further, where fewest lines cross it.
    fn label_at(&self, canvas: &Canvas<'_>, series: &Series, point: Pixel, text: &str, words: Words) -> Drawn {
        let room = text_width(text, self.font);
        let x = (point.0 - 6).min(self.right - room).max(self.left + 4);
        let mut lines: Vec<i32> = series.lines_by_name().iter().map(|(_, value, _)| self.height(*value)).collect();
        for run in self.runs(series) {
            lines.extend(run.iter().filter(|(at, _)| (x..=x + room).contains(at)).map(|(_, y)| *y));
            lines.extend((0..=4).filter_map(|quarter| height_of_line(&run, x + room * quarter / 4)));
        }
        let crossed = |y: i32| {
            let outside = y < self.top || y > self.bottom - 8;
            lines.iter().filter(|line| (*line - y).abs() < 12).count() + if outside { 100 } else { 0 }
        };
        let places = [-18, 18, 34, -34].map(|off| point.1 + off);
        let y = places.into_iter().min_by_key(|y| crossed(*y)).unwrap_or(point.1);
        canvas.text(words, (x, y), text)
    }
}

/// How high the line through these points is at `x`.
fn height_of_line(run: &[Pixel], x: i32) -> Option<i32> {
    run.windows(2).find_map(|pair| match pair {
        [from, to] if (from.0..=to.0).contains(&x) && from.0 < to.0 => {
            Some(from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0))
        }
        _ => None,
    })
}

fn scale(series: &Series) -> Scale {
    let values = series.valued().map(|(_, value)| value);
    let values = values.chain(series.targets.iter().filter_map(|(_, target)| *target));
    let values = values.chain(series.target).chain(series.england.as_ref().map(|(value, _)| *value));
    let values = values.chain(series.control_values()).chain(series.behind.iter().filter_map(|(_, value)| *value));
    match series.unit {
        Unit::Share => Scale::shares(values),
        Unit::Ratio => Scale::numbers(values),
        Unit::Count => Scale::counts(values),
    }
}

/// Target and England, with what they are called.
pub(super) fn references(series: &Series) -> Vec<(Ink, f64, String)> {
    let england = series.england_in_words().map(|(value, text)| (Ink::England, value, one_line(&text)));
    let target = series.target_in_words().map(|(value, text)| (Ink::Target, value, text));
    target.into_iter().chain(england).collect()
}

fn widest(texts: impl IntoIterator<Item = String>, font: i32) -> i32 {
    texts.into_iter().map(|text| text_width(&text, font)).max().unwrap_or_default()
}

fn tick_text(series: &Series, scale: &Scale, tick: f64) -> String {
    let step = if series.unit == Unit::Share { scale.step * 100.0 } else { scale.step };
    if step >= 1.0 { series.rounded(tick) } else { series.written(tick) }
}

/// What a reader must know of the axis, in as few lines as fit.
fn notes(series: &Series, scale: &Scale, total: i32, font: i32) -> Vec<String> {
    let better = series.higher_is_better.map(|higher| if higher { "Higher is better." } else { "Lower is better." });
    let start = scale.ticks().next().filter(|low| *low > 0.0);
    let cut = start.map(|low| format!("The scale starts at {}, not at 0.", tick_text(series, scale, low)));
    let path = series.path.as_ref().map(|(_, words)| format!("Dotted: {}.", lower_first(words)));
    let behind = series.behind_is.filter(|_| !series.behind.is_empty());
    let behind = behind.map(|words| format!("Points: months. Thin line: {words}, not judged."));
    let notes = better.map(str::to_owned).into_iter().chain(cut).chain(path).chain(behind);
    let notes: Vec<String> = notes.flat_map(|note| wrapped(&note, font, total)).collect();
    let joined = notes.join(" ");
    if joined.is_empty() || text_width(&joined, font) > total { notes } else { vec![joined] }
}

/// A sentence in lines that fit.
fn wrapped(text: &str, font: i32, width: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), font) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
