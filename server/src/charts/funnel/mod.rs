//! Teams side by side as a funnel: each by its size and its figure, with the rate of the whole and the limits within
//! which chance alone would keep a team of that size.

mod draw;
mod text;

#[cfg(test)]
mod tests;

use super::svg::{Frame, Width};
use super::words::{self, one_line};
use app::data::Chart;
use domain::funnel::{Place, SMALLEST_JUDGED, limits, place};
use domain::measures::figure::Figure;

/// One team.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelTeam {
    /// Its name.
    pub name: String,
    /// Its figure; a team without a unit is left out.
    pub figure: Figure,
    /// What a place outside the limits is called: "Clearly worse".
    pub remark: Option<String>,
}

/// What a funnel is drawn from. Never made for a reader who gets small numbers only as "c".
#[derive(Debug, Clone)]
pub struct FunnelInput<'a> {
    /// Begins every id of the drawing; unique on its page.
    pub id: &'a str,
    /// Measure and place: "CP visits on time, team by team in Children and Families".
    pub title: &'a str,
    /// What a team's size counts: "child protection plans open".
    pub counts: &'a str,
    /// The teams, in any order.
    pub teams: &'a [FunnelTeam],
    /// The figure of all of them together.
    pub whole: Option<Figure>,
    /// What they are together, in a sentence: "the whole council".
    pub whole_name: &'a str,
    /// Whether higher is better, lower is, or (`None`) neither.
    pub higher_is_better: Option<bool>,
}

/// What a team's mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Outside the limits for the better: a triangle.
    Better,
    /// Outside for the worse: a square.
    Worse,
    /// Outside where neither way is better: a diamond.
    Different,
    /// What chance explains: a dot.
    Within,
    /// Too small to judge: a cross.
    TooSmall,
}

/// A team made ready.
struct Point {
    name: String,
    figure: Figure,
    value: f64,
    place: Place,
    mark: Mark,
    /// "clearly worse"; empty within the limits.
    remark: String,
}

impl Point {
    /// Whether it lies outside the outer limits.
    const fn far(&self) -> bool {
        matches!(self.place, Place::VeryHigh | Place::VeryLow)
    }

    const fn outside(&self) -> bool {
        !matches!(self.place, Place::Within)
    }

    /// "13 of 24".
    fn parts(&self) -> String {
        format!("{} of {}", words::thousands(self.figure.numerator), words::thousands(self.figure.denominator))
    }
}

/// A funnel made ready.
struct Funnel {
    /// Those outside the limits first, the worst before the best; the rest by name.
    points: Vec<Point>,
    rate: Option<f64>,
    /// "the whole council".
    whole_name: String,
    counts: String,
    higher_is_better: Option<bool>,
}

impl Funnel {
    fn new(input: &FunnelInput<'_>) -> Self {
        let rate = input.whole.and_then(|whole| whole.value());
        let mut points: Vec<Point> = input.teams.iter().filter_map(|team| point(team, input)).collect();
        points.sort_by(|one, other| (order(one), &one.name).cmp(&(order(other), &other.name)));
        Self {
            points,
            rate,
            whole_name: one_line(input.whole_name),
            counts: one_line(input.counts),
            higher_is_better: input.higher_is_better,
        }
    }

    /// The teams outside the limits, numbered from 1 in this order.
    fn outside(&self) -> impl Iterator<Item = &Point> + '_ {
        self.points.iter().filter(|point| point.outside())
    }

    fn too_small(&self) -> usize {
        self.points.iter().filter(|point| point.mark == Mark::TooSmall).count()
    }

    /// The limits for a team of `n` units; `None` without a rate, and below the size that is judged.
    fn limits(&self, n: u64, deviations: f64) -> Option<(f64, f64)> {
        self.rate.filter(|_| n >= SMALLEST_JUDGED).map(|rate| limits(rate, n, deviations))
    }
}

/// The worse and the farther out, the earlier.
fn order(point: &Point) -> (u8, bool) {
    let group = match point.mark {
        Mark::Worse => 0,
        Mark::Different => 1,
        Mark::Better => 2,
        Mark::Within | Mark::TooSmall => 3,
    };
    (group, !point.far())
}

fn point(team: &FunnelTeam, input: &FunnelInput<'_>) -> Option<Point> {
    let value = team.figure.value()?;
    let place = input.whole.map_or(Place::Within, |whole| place(team.figure, whole));
    let high = matches!(place, Place::High | Place::VeryHigh);
    let mark = match (place, input.higher_is_better) {
        (Place::Within, _) if team.figure.denominator < SMALLEST_JUDGED => Mark::TooSmall,
        (Place::Within, _) => Mark::Within,
        (_, None) => Mark::Different,
        (_, Some(higher_is_better)) if high == higher_is_better => Mark::Better,
        _ => Mark::Worse,
    };
    let remark = team.remark.as_deref().filter(|_| place != Place::Within).unwrap_or_default();
    Some(Point {
        name: one_line(&team.name),
        figure: team.figure,
        value,
        place,
        mark,
        remark: one_line(&remark.to_lowercase()),
    })
}

fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "87.4%".
fn written(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// Teams by size and figure beside the rate of all, in words and as a table too.
#[must_use]
pub fn funnel(input: &FunnelInput<'_>) -> Chart {
    let funnel = Funnel::new(input);
    let sentence = text::sentence(&funnel);
    let svg = [Width::Wide, Width::Narrow]
        .map(|width| {
            let layout = draw::Layout::new(&funnel, width);
            let frame = Frame { id: input.id, width, size: layout.size, title: input.title, description: &sentence };
            frame.picture(|canvas| layout.draw(canvas, &funnel))
        })
        .concat();
    Chart { svg, text: format!("{}: {sentence}", input.title), table: text::table(&funnel, input.title) }
}
