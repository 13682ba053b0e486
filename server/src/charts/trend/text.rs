//! A trend in a sentence and as a table.

use super::{ControlPoint, Series, TrendPoint, Unit};
use crate::charts::words::{count, thousands};
use app::data::Table;

/// "70.2% on 7 November 2025, 96.8% on 30 October 2026; lowest 69.0%, highest 97.1%; target 95%."
pub(super) fn sentence(series: &Series) -> String {
    let mut clauses = vec![values(series)];
    if let Some((_, target)) = series.target_in_words() {
        clauses.push(lower_first(&target));
    }
    clauses.extend(series.earlier_target());
    if let Some((_, england)) = series.england_in_words() {
        clauses.push(england);
    }
    clauses.extend(gaps(series));
    clauses.extend(series.path.as_ref().map(|(_, words)| lower_first(words)));
    format!("{}.", clauses.join("; "))
}

fn values(series: &Series) -> String {
    let mut valued = series.valued();
    let on = |(date, value)| {
        let preposition = if series.month(date).is_some() { "in" } else { "on" };
        format!("{} {preposition} {}", series.written(value), series.name(date))
    };
    let (first, last) = match (valued.next(), valued.next_back()) {
        (None, _) => return if series.points.is_empty() { "no extracts" } else { "no values" }.to_owned(),
        (Some(only), None) => return on(only),
        (Some(first), Some(last)) => (first, last),
    };
    let (low, high) =
        series.valued().fold((first.1, first.1), |(low, high), (_, value)| (low.min(value), high.max(value)));
    format!("{}, {}; lowest {}, highest {}", on(first), on(last), series.written(low), series.written(high))
}

/// What is missing, and the latest date by name if it is.
fn gaps(series: &Series) -> Option<String> {
    let missing = series.points.iter().filter(|point| point.value.is_none()).count();
    let latest = series.points.last().filter(|_| missing > 0 && missing < series.points.len())?;
    let kind = if series.suppressed { "no value shown" } else { "no value" };
    let of = |one, many| count(series.points.len(), one, many);
    let mut clause = if series.months.is_empty() {
        format!("{kind} on {missing} of {}", of("date", "dates"))
    } else {
        format!("{kind} in {missing} of {}", of("month", "months"))
    };
    if latest.value.is_none() {
        clause.push_str(&format!(", the latest, {}, among them", series.name(latest.date)));
    }
    Some(clause)
}

pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The newest first; with mean, limits and signal where the points are judged.
pub(super) fn table(series: &Series, title: &str) -> Table {
    let when = if series.months.is_empty() { "Date" } else { "Month" };
    let mut head = match series.unit {
        Unit::Count => vec![when, "Number"],
        Unit::Share | Unit::Ratio => vec![when, "Value", "Numerator", "Denominator"],
    };
    if series.control.has_lines() {
        head.push("Mean");
        head.extend(series.control.has_limits().then_some(["Lower limit", "Upper limit"]).into_iter().flatten());
        head.push("Signal");
    }
    Table {
        caption: title.to_owned(),
        head: head.into_iter().map(str::to_owned).collect(),
        rows: series.points.iter().rev().map(|point| row(series, point)).collect(),
    }
}

fn row(series: &Series, point: &TrendPoint) -> Vec<String> {
    let value = match (point.value, point.denominator) {
        (Some(value), _) => series.written(value),
        (None, Some(_)) => "No value".to_owned(),
        (None, None) if series.suppressed => "Not shown".to_owned(),
        (None, None) => "Not supplied".to_owned(),
    };
    let mut name = series.name(point.date);
    if series.unfinished.contains(&point.date) {
        name.push_str(", not finished");
    }
    if series.unit == Unit::Count {
        return vec![name, value];
    }
    let counted = |number: Option<u64>| number.map_or_else(|| "–".to_owned(), thousands);
    let mut row = vec![name, value, counted(point.numerator), counted(point.denominator)];
    if series.control.has_lines() {
        row.extend(judgement(series, point));
    }
    row
}

/// The numbers as computed, beyond 0% and 100% too, so that they can be checked.
fn judgement(series: &Series, point: &TrendPoint) -> Vec<String> {
    let judged = series.control.on(point.date);
    let written = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| series.written(value));
    let limits = judged.and_then(|judged| judged.limits);
    let signal = match judged {
        Some(ControlPoint { special: Some(special), .. }) => {
            format!("{}, {}", special.kind.words(), special.words)
        }
        Some(ControlPoint { mean: Some(_), .. }) if point.value.is_some() => "No real change".to_owned(),
        _ => "–".to_owned(),
    };
    let mut cells = vec![written(judged.and_then(|judged| judged.mean))];
    if series.control.has_limits() {
        cells.extend([limits.map(|(lower, _)| lower), limits.map(|(_, upper)| upper)].map(written));
    }
    cells.push(signal);
    cells
}
