//! A funnel as a drawing.

use super::text::outlier;
use super::{Funnel, Mark, Point, first_upper, written};
use crate::charts::canvas::{Canvas, Drawn, Pixel, Words};
use crate::charts::ink::Ink;
use crate::charts::scale::Scale;
use crate::charts::svg::Width;
use crate::charts::words::{fitted, text_width, thousands};
use domain::funnel::{INNER, OUTER, SMALLEST_JUDGED};

/// A line of text with its space.
const LINE: i32 = 22;
/// How far apart the places are, in pixels, at which the limits are computed.
const STEP: i32 = 3;
/// How many rings of places round a mark are tried for its number.
const RINGS: i32 = 4;
/// Half the side of the square round a mark that no number may enter.
const ROUND_A_MARK: i32 = 9;

/// Where everything stands.
pub(super) struct Layout {
    pub(super) size: Pixel,
    width: Width,
    font: i32,
    sizes: Scale,
    shares: Scale,
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    notes: Vec<String>,
    keys: Vec<(Key, String)>,
    /// The teams that differ, and in how many columns they stand.
    outliers: Vec<String>,
    columns: i32,
}

/// A line of the legend.
#[derive(Clone, Copy)]
enum Key {
    Rate,
    Limits,
    FarLimits,
    Mark(Mark),
}

impl Layout {
    pub(super) fn new(funnel: &Funnel, width: Width) -> Self {
        let (total, font, plot) = match width {
            Width::Wide => (900, 16, 320),
            Width::Narrow => (320, 15, 240),
        };
        let sizes = Scale::numbers(funnel.points.iter().map(|point| point.figure.denominator as f64).chain([0.0]));
        let shares = shares(funnel);
        let side = shares.ticks().map(|tick| text_width(&tick_text(tick), font)).max().unwrap_or_default();
        let left = side + 14;
        let right = total - 24;
        let notes = notes(funnel, &shares, total, font);
        let top = 14 + LINE * notes.len() as i32;
        let bottom = top + plot;
        let keys = keys(funnel);
        let outliers: Vec<String> = funnel
            .outside()
            .zip(1..)
            .map(|(point, number)| match width {
                Width::Wide => format!("{number}  {}", outlier(point)),
                // The sentence below says the rest.
                Width::Narrow => format!("{number}  {}", point.name),
            })
            .collect();
        let widest = outliers.iter().map(|text| text_width(text, font)).max().unwrap_or_default();
        let columns = if outliers.len() > 1 && widest < (total - left) / 2 - 12 { 2 } else { 1 };
        let lines = keys.len() as i32 + rows(outliers.len(), columns);
        let gap = if outliers.is_empty() { 0 } else { LINE / 2 };
        Self {
            size: (total, bottom + 56 + LINE * lines + gap),
            width,
            font,
            sizes,
            shares,
            left,
            right,
            top,
            bottom,
            notes,
            keys,
            outliers,
            columns,
        }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, funnel: &Funnel) -> Drawn {
        for (line, note) in (0..).zip(&self.notes) {
            canvas.text(Words::start(self.font), (4, 12 + LINE * line), note)?;
        }
        self.shares_axis(canvas)?;
        self.sizes_axis(canvas, funnel)?;
        if funnel.points.is_empty() {
            let middle = (i32::midpoint(self.left, self.right), i32::midpoint(self.top, self.bottom) - 8);
            return canvas.text(Words::start(self.font).middle(), middle, "No team has a figure");
        }
        self.limits(canvas, funnel)?;
        if let Some(rate) = funnel.rate {
            let y = self.height(rate);
            canvas.path(Ink::Mean, 2, [(self.left, y), (self.right, y)])?;
        }
        // Those that differ are drawn last, so that none is hidden.
        for point in funnel.points.iter().rev() {
            mark(canvas, point.mark, self.at(point), point.far())?;
        }
        self.numbers(canvas, funnel)?;
        self.legend(canvas)
    }

    fn at(&self, point: &Point) -> Pixel {
        (self.place(point.figure.denominator as f64), self.height(point.value))
    }

    fn place(&self, size: f64) -> i32 {
        let share = (size - self.sizes.low) / (self.sizes.high - self.sizes.low);
        self.left + (share * f64::from(self.right - self.left)).round() as i32
    }

    fn height(&self, value: f64) -> i32 {
        let share =
            (value.clamp(self.shares.low, self.shares.high) - self.shares.low) / (self.shares.high - self.shares.low);
        self.bottom - (share * f64::from(self.bottom - self.top)).round() as i32
    }

    fn shares_axis(&self, canvas: &Canvas<'_>) -> Drawn {
        for tick in self.shares.ticks() {
            let y = self.height(tick);
            canvas.path(Ink::Grid, 1, [(self.left, y), (self.right, y)])?;
        }
        for tick in self.shares.ticks() {
            canvas.text(Words::start(self.font).end(), (self.left - 8, self.height(tick)), &tick_text(tick))?;
        }
        canvas.path(Ink::Axis, 1, [(self.left, self.bottom), (self.right, self.bottom)])
    }

    /// Sizes of teams, as close as reading allows, and what they count.
    fn sizes_axis(&self, canvas: &Canvas<'_>, funnel: &Funnel) -> Drawn {
        let mut taken = i32::MIN / 2;
        let mut ticks: Vec<(i32, String)> = Vec::new();
        for tick in self.sizes.ticks().filter(|tick| tick.fract() == 0.0) {
            let (x, text) = (self.place(tick), thousands(tick as u64));
            let half = text_width(&text, self.font) / 2;
            if x - half > taken + 8 && x + half <= self.size.0 {
                taken = x + half;
                ticks.push((x, text));
            }
        }
        for (x, _) in &ticks {
            canvas.path(Ink::Axis, 1, [(*x, self.bottom), (*x, self.bottom + 6)])?;
        }
        for (x, text) in &ticks {
            canvas.text(Words::start(self.font).middle(), (*x, self.bottom + 18), text)?;
        }
        let what = if self.width == Width::Wide { "Size of the team" } else { "Size" };
        let name = fitted(&format!("{what}: {}", funnel.counts), self.font, self.right - 4);
        canvas.text(Words::start(self.font).end(), (self.right, self.bottom + 40), &name)
    }

    /// Four lines from the smallest size that is judged; none where chance reaches to the end of the scale.
    fn limits(&self, canvas: &Canvas<'_>, funnel: &Funnel) -> Drawn {
        for (ink, width, deviations) in [(Ink::Limit, 1, INNER), (Ink::Outer, 2, OUTER)] {
            for upper in [false, true] {
                let on = |x: i32| {
                    let share = f64::from(x - self.left) / f64::from(self.right - self.left);
                    let size = self.sizes.low + share * (self.sizes.high - self.sizes.low);
                    self.limit(funnel, size, deviations, upper).map(|value| (x, self.height(value)))
                };
                let from = self.place(SMALLEST_JUDGED as f64);
                let places: Vec<Option<Pixel>> =
                    (from..=self.right).step_by(STEP.unsigned_abs() as usize).map(on).collect();
                for run in places.split(Option::is_none).filter(|run| run.len() > 1) {
                    canvas.path(ink, width, run.iter().flatten().copied())?;
                }
            }
        }
        Ok(())
    }

    /// A limit at a size that need not be whole, where it lies on the drawing and a team could lie beyond it.
    fn limit(&self, funnel: &Funnel, size: f64, deviations: f64, upper: bool) -> Option<f64> {
        // Between two sizes the line is drawn from one to the other.
        let (below, above) = (size.floor().max(SMALLEST_JUDGED as f64), size.ceil().max(SMALLEST_JUDGED as f64));
        let of = |n: f64| funnel.limits(n as u64, deviations).map(|(low, high)| if upper { high } else { low });
        let value = of(below)? + (of(above)? - of(below)?) * (size - below).clamp(0.0, 1.0);
        let shown = self.shares.low <= value && value <= self.shares.high;
        (shown && value > 0.0 && value < 1.0).then_some(value)
    }

    /// The number of each team that differs, beside its mark where fewest things are.
    fn numbers(&self, canvas: &Canvas<'_>, funnel: &Funnel) -> Drawn {
        let marks: Vec<Pixel> = funnel.points.iter().map(|point| self.at(point)).collect();
        let mut placed: Vec<(Pixel, i32)> = Vec::new();
        for (point, number) in funnel.outside().zip(1..) {
            let text = number.to_string();
            let half = text_width(&text, self.font) / 2 + 1;
            let (x, y) = self.at(point);
            let side = half + 11;
            let crowded = |(x, y): Pixel| {
                let outside = x - half < self.left || x + half > self.size.0 || y < self.top - 6 || y > self.bottom - 6;
                let on_marks = marks.iter().filter(|mark| {
                    (mark.0 - x).abs() < half + ROUND_A_MARK - 2 && (mark.1 - y).abs() < 8 + ROUND_A_MARK - 4
                });
                let on_numbers = placed
                    .iter()
                    .filter(|(other, reach)| (other.0 - x).abs() < half + reach + 2 && (other.1 - y).abs() < self.font);
                let on_lines = self.lines_at(funnel, x).filter(|line| (line - y).abs() < 9);
                usize::from(outside) * 1_000 + on_numbers.count() * 50 + on_marks.count() * 5 + on_lines.count() * 2
            };
            let at = (0..RINGS).flat_map(|ring| round(side, ring)).map(|(right, down)| (x + right, y + down));
            let at = at.min_by_key(|at| crowded(*at)).unwrap_or((x, y));
            placed.push((at, half));
            canvas.text(Words::start(self.font).middle().bold(), at, &text)?;
        }
        Ok(())
    }

    /// How high the rate and the limits are at a place.
    fn lines_at(&self, funnel: &Funnel, x: i32) -> impl Iterator<Item = i32> {
        let share = f64::from(x - self.left) / f64::from(self.right - self.left);
        let size = self.sizes.low + share * (self.sizes.high - self.sizes.low);
        let limit = |deviations, upper| self.limit(funnel, size, deviations, upper);
        let limits = [(INNER, false), (INNER, true), (OUTER, false), (OUTER, true)].map(|(z, upper)| limit(z, upper));
        let heights: Vec<i32> =
            limits.into_iter().flatten().chain(funnel.rate).map(|value| self.height(value)).collect();
        heights.into_iter()
    }

    /// Below the drawing: what its lines and marks mean, and the teams that have a number.
    fn legend(&self, canvas: &Canvas<'_>) -> Drawn {
        let mut y = self.bottom + 66;
        let from = if self.width == Width::Wide { self.left } else { 4 };
        for (key, text) in &self.keys {
            match key {
                Key::Rate => canvas.path(Ink::Mean, 2, [(from, y), (from + 36, y)])?,
                Key::Limits => canvas.path(Ink::Limit, 1, [(from, y), (from + 36, y)])?,
                Key::FarLimits => canvas.path(Ink::Outer, 2, [(from, y), (from + 36, y)])?,
                Key::Mark(kind) => mark(canvas, *kind, (from + 18, y), false)?,
            }
            let text = fitted(text, self.font, self.size.0 - from - 46);
            canvas.text(Words::start(self.font), (from + 46, y), &text)?;
            y += LINE;
        }
        y += LINE / 2;
        let rows = rows(self.outliers.len(), self.columns);
        let column = (self.size.0 - from) / self.columns;
        for (index, text) in (0..).zip(&self.outliers) {
            let at = (from + index / rows.max(1) * column, y + LINE * (index % rows.max(1)));
            canvas.text(Words::start(self.font), at, &fitted(text, self.font, column - 12))?;
        }
        Ok(())
    }
}

/// The eight places round a mark, in a ring near to it or farther out.
fn round(side: i32, ring: i32) -> [Pixel; 8] {
    let (right, down, aslant) = (side + 15 * ring, 18 + 16 * ring, 14 + 16 * ring);
    [
        (right, 0),
        (-right, 0),
        (0, -down),
        (0, down),
        (right, -aslant),
        (-right, -aslant),
        (right, aslant),
        (-right, aslant),
    ]
}

/// Lines that the teams that differ take below the drawing.
fn rows(outliers: usize, columns: i32) -> i32 {
    (outliers as i32 + columns - 1) / columns
}

/// What a reader must know of the axis, in as few lines as fit.
fn notes(funnel: &Funnel, shares: &Scale, total: i32, font: i32) -> Vec<String> {
    let better = match funnel.higher_is_better {
        Some(true) => "Higher is better.",
        Some(false) => "Lower is better.",
        None => "Neither higher nor lower is better.",
    };
    let low = shares.ticks().next().filter(|low| *low > 0.0);
    let cut = low.map(|low| format!("The scale starts at {}, not at 0.", tick_text(low)));
    let notes: Vec<String> = std::iter::once(better.to_owned()).chain(cut).collect();
    let joined = notes.join(" ");
    if text_width(&joined, font) > total { notes } else { vec![joined] }
}

fn keys(funnel: &Funnel) -> Vec<(Key, String)> {
    let mut keys = Vec::new();
    if funnel.points.is_empty() {
        return keys;
    }
    if let Some(rate) = funnel.rate {
        keys.push((Key::Rate, format!("{} {}", first_upper(&funnel.whole_name), written(rate))));
        // At 0% and at 100% chance has no room, and no limits are drawn.
        let drawn = rate > 0.0 && rate < 1.0;
        let limits =
            [(Key::Limits, "Limits at 2 standard deviations"), (Key::FarLimits, "Limits at 3 standard deviations")];
        keys.extend(limits.into_iter().filter(|_| drawn).map(|(key, text)| (key, text.to_owned())));
    }
    let kinds = [
        (Mark::Worse, "Worse than chance explains".to_owned()),
        (Mark::Better, "Better than chance explains".to_owned()),
        (Mark::Different, "Different by more than chance explains".to_owned()),
        (Mark::Within, "Within what chance explains".to_owned()),
        (Mark::TooSmall, format!("Fewer than {SMALLEST_JUDGED}: not judged")),
    ];
    let there = |kind| funnel.points.iter().any(|point| point.mark == kind);
    keys.extend(kinds.into_iter().filter(|(kind, _)| there(*kind)).map(|(kind, text)| (Key::Mark(kind), text)));
    keys
}

/// A mark by its shape; larger beyond the outer limits.
fn mark(canvas: &Canvas<'_>, mark: Mark, (x, y): Pixel, far: bool) -> Drawn {
    let reach = if far { 9 } else { 7 };
    match mark {
        Mark::Better => {
            canvas.shape(Ink::Better, [(x - reach, y + reach - 2), (x + reach, y + reach - 2), (x, y - reach)])
        }
        Mark::Worse => canvas.bar(Ink::Worse, (x - reach + 1, y - reach + 1), (x + reach - 1, y + reach - 1)),
        Mark::Different => canvas.shape(Ink::Changed, [(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)]),
        Mark::Within => canvas.dot(Ink::Value, (x, y), 5),
        Mark::TooSmall => {
            canvas.path(Ink::Axis, 2, [(x - 4, y - 4), (x + 4, y + 4)])?;
            canvas.path(Ink::Axis, 2, [(x - 4, y + 4), (x + 4, y - 4)])
        }
    }
}

/// Room for every team, the rate, and the limits of every team that is judged.
fn shares(funnel: &Funnel) -> Scale {
    let values = funnel.points.iter().map(|point| point.value).chain(funnel.rate);
    let limits = funnel.points.iter().filter_map(|point| funnel.limits(point.figure.denominator, OUTER));
    Scale::shares(values.chain(limits.flat_map(|(lower, upper)| [lower, upper])))
}

fn tick_text(tick: f64) -> String {
    format!("{:.1}%", tick * 100.0).replace(".0%", "%")
}
