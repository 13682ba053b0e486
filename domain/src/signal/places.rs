//! Which extract answers for which month.

use super::span::{Span, Step};
use crate::calendar::add_days;
use crate::measures::Timing;
use chrono::NaiveDate;

/// A month of events is counted from an extract as at up to so many calendar days after the month's end.
pub const DAYS_TO_FINISH: u32 = 14;

/// A month (or week) of a chart, and the extract that answers for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The month or week.
    pub span: Span,
    /// The as-at date of the extract; `None` where none answers: a gap.
    pub as_at: Option<NaiveDate>,
    /// Whether all of the span is in that extract. What is not finished is not judged.
    pub finished: bool,
}

/// The place of every month (or week) from the first to the last that an extract answers for, oldest first, gaps among
/// them. `dates` are the as-at dates of the extracts, oldest first.
///
/// Events are always a month's: those of a week are too few, and recorded too late. The first extract as at the month's end
/// or later, within 14 days, answers for them; else the last within the month, which is not finished. A figure at a date is
/// that of the last extract of its span.
#[must_use]
pub fn places(dates: &[NaiveDate], timing: Timing, step: Step) -> Vec<Place> {
    let step = match timing {
        Timing::InPeriod => Step::Month,
        Timing::AtDate => step,
    };
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return Vec::new() };
    let (mut span, end) = (Span::of(step, *first), Span::of(step, *last));
    let before = span.previous();
    if timing == Timing::InPeriod && finishes(*first, before) {
        span = before;
    }
    let mut places = Vec::new();
    while span <= end {
        places.push(match timing {
            Timing::InPeriod => of_events(dates, span),
            Timing::AtDate => Place { span, as_at: last_within(dates, span), finished: true },
        });
        span = span.next();
    }
    places
}

fn of_events(dates: &[NaiveDate], month: Span) -> Place {
    let finishing = dates.iter().copied().find(|date| *date >= month.to()).filter(|date| finishes(*date, month));
    match finishing {
        Some(date) => Place { span: month, as_at: Some(date), finished: true },
        None => Place { span: month, as_at: last_within(dates, month), finished: false },
    }
}

/// Whether an extract as at a date holds all of a month's events and is not too late to be the first of it.
#[must_use]
pub fn finishes(as_at: NaiveDate, month: Span) -> bool {
    month.to() <= as_at && as_at <= add_days(month.to(), DAYS_TO_FINISH)
}

fn last_within(dates: &[NaiveDate], span: Span) -> Option<NaiveDate> {
    dates.iter().rev().copied().find(|date| span.has(*date))
}

/// The months whose events are counted from an extract as at this date: its own, and the one before when the extract
/// finishes it.
pub fn months_of_extract(as_at: NaiveDate) -> impl Iterator<Item = Span> {
    let own = Span::month(as_at);
    let before = Some(own.previous()).filter(|before| finishes(as_at, *before));
    before.into_iter().chain([own])
}
