use chrono::NaiveDate;
use domain::measures::figure::Figure;
use domain::measures::{Polarity, Timing};
use domain::signal::{Judgement, Point, Question, Span, Step, judge};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Months up to October 2026, of so many thousandths; `None` is a gap.
pub fn months(values: &[Option<u64>]) -> Vec<Point> {
    let mut span = Span::month(day("2026-10-31"));
    let mut points: Vec<Point> = Vec::new();
    for value in values.iter().rev() {
        points.push(Point {
            span,
            as_at: value.map(|_| span.to()),
            figure: value.map(|numerator| Figure { numerator, denominator: 1000 }),
            finished: true,
        });
        span = span.previous();
    }
    points.reverse();
    points
}

pub fn some(values: &[u64]) -> Vec<Option<u64>> {
    values.iter().copied().map(Some).collect()
}

/// So many values, first the one, then the other, and so on.
pub fn between(one: u64, other: u64, times: usize) -> Vec<u64> {
    [one, other].into_iter().cycle().take(times).collect()
}

pub fn then(mut values: Vec<u64>, more: &[u64]) -> Vec<u64> {
    values.extend(more);
    values
}

pub fn question(polarity: Polarity) -> Question<'static> {
    Question { timing: Timing::InPeriod, step: Step::Month, carries_over: false, polarity, target: None, cuts: &[] }
}

pub fn judged(values: &[u64]) -> Judgement {
    judge(&months(&some(values)), &question(Polarity::High)).unwrap()
}

/// The verdict with its month: "improvement 2026-04", "common", "none".
pub fn said(judgement: &Judgement) -> String {
    let variation = judgement.verdict.variation().map_or("none", |variation| variation.name());
    judgement.verdict.since().map_or_else(|| variation.to_owned(), |since| format!("{variation} {since}"))
}
