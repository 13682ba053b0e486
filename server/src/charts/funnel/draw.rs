//! A funnel as a drawing.

use super::text::outlier;
use super::{Funnel, Mark, Point};
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
    note: String,
    keys: Vec<(Key, String)>,
    outliers: Vec<String>,
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
        let note = match funnel.higher_is_better {
            Some(true) => "Higher is better.",
            Some(false) => "Lower is better.",
            None => "Neither higher nor lower is better.",
        };
        let top = 14 + LINE;
        let bottom = top + plot;
        let keys = keys(funnel);
        let outliers: Vec<String> =
            funnel.outside().zip(1..).map(|(point, number)| format!("{number}  {}", outlier(point))).collect();
        let lines = keys.len() as i32 + rows(outliers.len(), width);
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
            note: note.to_owned(),
            keys,
            outliers,
        }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, funnel: &Funnel) -> Drawn {
        canvas.text(Words::start(self.font), (4, 12), &self.note)?;
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
        let share = (value.clamp(self.shares.low, self.shares.high) - self.shares.low)
            / (self.shares.high - self.shares.low);
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
        let name = fitted(&format!("Size of the team: {}", funnel.counts), self.font, self.right - self.left);
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
            let near = [(side, 0), (-side, 0), (0, -18), (0, 18), (side, -14), (-side, -14), (side, 14), (-side, 14)];
            let far = [(side + 14, 0), (-side - 14, 0), (0, -32), (0, 32), (side + 12, -24), (-side - 12, 24)];
            let crowded = |(x, y): Pixel| {
                let outside = x - half < self.left || x + half > self.size.0 || y < self.top - 6 || y > self.bottom - 6;
                let on_marks = marks.iter().filter(|mark| {
                    (mark.0 - x).abs() < half + ROUND_A_MARK - 2 && (mark.1 - y).abs() < 8 + ROUND_A_MARK - 4
                });
                let on_numbers = placed.iter().filter(|(other, reach)| {
                    (other.0 - x).abs() < half + reach + 2 && (other.1 - y).abs() < self.font
                });
                usize::from(outside) * 1_000 + on_numbers.count() * 50 + on_marks.count() * 5
            };
            let at = near.into_iter().chain(far).map(|(right, down)| (x + right, y + down)).min_by_key(|at| crowded(*at));
            let at = at.unwrap_or((x, y));
            placed.push((at, half));
            canvas.text(Words::start(self.font).middle().bold(), at, &text)?;
        }
        Ok(())
    }

    /// Below the drawing: what its lines and marks mean, and the teams that have a number.
    fn legend(&self, canvas: &Canvas<'_>) -> Drawn {
        let mut y = self.bottom + 66;
        for (key, text) in &self.keys {
            let middle = self.left + 18;
            match key {
                Key::Rate => canvas.path(Ink::Mean, 2, [(self.left, y), (self.left + 36, y)])?,
                Key::Limits => canvas.path(Ink::Limit, 1, [(self.left, y), (self.left + 36, y)])?,
                Key::FarLimits => canvas.path(Ink::Outer, 2, [(self.left, y), (self.left + 36, y)])?,
                Key::Mark(kind) => mark(canvas, *kind, (middle, y), false)?,
            }
            let text = fitted(text, self.font, self.size.0 - self.left - 48);
            canvas.text(Words::start(self.font), (self.left + 46, y), &text)?;
            y += LINE;
        }
        y += LINE / 2;
        let rows = rows(self.outliers.len(), self.width);
        let columns = if self.width == Width::Wide && self.outliers.len() > 1 { 2 } else { 1 };
        let from = if self.width == Width::Wide { self.left } else { 4 };
        let column = (self.size.0 - from) / columns;
        for (index, text) in (0..).zip(&self.outliers) {
            let at = (from + index / rows.max(1) * column, y + LINE * (index % rows.max(1)));
            canvas.text(Words::start(self.font), at, &fitted(text, self.font, column - 12))?;
        }
        Ok(())
    }
}

/// Lines that the teams that differ take below the drawing: two columns where there is room.
fn rows(outliers: usize, width: Width) -> i32 {
    match width {
        Width::Wide => outliers.div_ceil(2) as i32,
        Width::Narrow => outliers as i32,
    }
}

fn keys(funnel: &Funnel) -> Vec<(Key, String)> {
    let mut keys = Vec::new();
    if funnel.points.is_empty() {
        return keys;
    }
    if funnel.rate.is_some() {
        keys.push((Key::Rate, funnel.rate_in_words.clone()));
        keys.push((Key::Limits, "Limits at 2 standard deviations".to_owned()));
        keys.push((Key::FarLimits, "Limits at 3 standard deviations".to_owned()));
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
