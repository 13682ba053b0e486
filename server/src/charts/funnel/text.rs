//! A funnel in a sentence and as a table.

use super::{Funnel, Point, first_upper, written};
use crate::charts::words::{count, thousands};
use app::data::Table;
use domain::funnel::{INNER, OUTER, SMALLEST_JUDGED};

/// Teams named in the sentence; the table has them all.
const NAMED: usize = 6;

/// "24 teams beside 87.4% for the whole council. 2 differ by more than chance explains: Assessment North: 54.2% (13 of 24),
/// clearly worse; …. 1 team has fewer than 5 and is not judged."
pub(super) fn sentence(funnel: &Funnel) -> String {
    if funnel.points.is_empty() {
        return "No team has a figure.".to_owned();
    }
    let teams = count(funnel.points.len(), "team", "teams");
    let mut sentences = vec![match funnel.rate {
        None => format!("{teams}, and no figure to set them beside"),
        Some(rate) => format!("{teams} beside {} for {}", written(rate), funnel.whole_name),
    }];
    let outside: Vec<String> = funnel.outside().map(outlier).collect();
    match outside.len() {
        0 if funnel.rate.is_none() => {}
        0 => sentences.push("None differs by more than chance explains".to_owned()),
        many => {
            let rest = many.saturating_sub(NAMED);
            let mut named = outside[..many - rest].join("; ");
            if rest > 0 {
                named.push_str(&format!("; and {rest} more in the table"));
            }
            let differ = if many == 1 { "1 differs".to_owned() } else { format!("{many} differ") };
            sentences.push(format!("{differ} by more than chance explains: {named}"));
        }
    }
    match funnel.too_small() {
        0 => {}
        small => sentences.push(format!(
            "{} fewer than {SMALLEST_JUDGED} and {} not judged",
            if small == 1 { "1 team has".to_owned() } else { format!("{small} teams have") },
            if small == 1 { "is" } else { "are" },
        )),
    }
    format!("{}.", sentences.join(". "))
}

/// "Assessment North: 54.2% (13 of 24), clearly worse".
pub(super) fn outlier(point: &Point) -> String {
    let remark = if point.remark.is_empty() { String::new() } else { format!(", {}", point.remark) };
    format!("{}: {} ({}){remark}", point.name, written(point.value), point.parts())
}

/// Those that differ first, as in the drawing.
pub(super) fn table(funnel: &Funnel, title: &str) -> Table {
    let head = ["Team", "Figure", "Numerator", "Denominator", "Limits at 2", "Limits at 3", "Against the whole"];
    Table {
        caption: format!("{title}; limits in standard deviations"),
        head: head.map(str::to_owned).to_vec(),
        rows: funnel.points.iter().map(|point| row(funnel, point)).collect(),
    }
}

fn row(funnel: &Funnel, point: &Point) -> Vec<String> {
    let size = point.figure.denominator;
    let between = |deviations| {
        funnel
            .limits(size, deviations)
            .map_or_else(|| "–".to_owned(), |(lower, upper)| format!("{} to {}", written(lower), written(upper)))
    };
    let against = if size < SMALLEST_JUDGED {
        format!("Not judged: fewer than {SMALLEST_JUDGED}")
    } else if funnel.rate.is_none() {
        "–".to_owned()
    } else if point.outside() {
        first_upper(&point.remark)
    } else {
        "Within what chance explains".to_owned()
    };
    vec![
        point.name.clone(),
        written(point.value),
        thousands(point.figure.numerator),
        thousands(size),
        between(INNER),
        between(OUTER),
        against,
    ]
}
