//! Clocks: one computation behind "in time", the due date that is shown and the days that have run, so that the
//! three never disagree.

use super::Clock;
use crate::calendar::{WorkingDays, add_days, add_months, days_with_both_ends, minus_days};
use chrono::NaiveDate;

/// What a clock counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Working days after the start.
    WorkingDays,
    /// Calendar days, both ends counted.
    CalendarDays,
}

/// A start and the last day that is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    start: NaiveDate,
    due: NaiveDate,
    unit: Unit,
}

impl Limit {
    /// In time up to the `n`th working day after `start`.
    pub(super) fn working_days(start: NaiveDate, n: u32, calendar: &WorkingDays) -> Self {
        Self { start, due: calendar.due(start, n), unit: Unit::WorkingDays }
    }

    /// In time up to `n` calendar days after `start`.
    pub(super) fn days(start: NaiveDate, n: u32) -> Self {
        Self::until(start, add_days(start, n))
    }

    /// In time while a spell that began on `start` has lasted no more than `n` calendar days, both ends counted.
    pub(super) fn lasting_days(start: NaiveDate, n: u32) -> Self {
        Self::until(start, minus_days(add_days(start, n), 1))
    }

    /// In time up to the day `n` calendar months after `start`.
    pub(super) fn months(start: NaiveDate, n: u32) -> Self {
        Self::until(start, add_months(start, n))
    }

    /// In time until `n` calendar months are complete: up to the day before `start` plus `n` months.
    pub(super) fn short_of_months(start: NaiveDate, n: u32) -> Self {
        Self::until(start, minus_days(add_months(start, n), 1))
    }

    /// In time up to `due`, counted in calendar days.
    pub(super) fn until(start: NaiveDate, due: NaiveDate) -> Self {
        Self { start, due, unit: Unit::CalendarDays }
    }

    /// Whether a day is in time.
    pub(super) fn allows(&self, day: NaiveDate) -> bool {
        day <= self.due
    }

    /// What the list shows once the clock has run to `end`.
    pub(super) fn clock(&self, end: NaiveDate, calendar: &WorkingDays) -> Clock {
        let days = match self.unit {
            Unit::WorkingDays => calendar.elapsed(self.start, end),
            Unit::CalendarDays => days_with_both_ends(self.start, end),
        };
        // A clock that begins only after the as-at date has not run.
        Clock { start: Some(self.start), due: Some(self.due), days: Some(days.max(0)) }
    }
}

/// Whether a clock stopped in time, and what the list shows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// On or before the due day. A clock whose start is not known is never in time.
    pub(super) in_time: bool,
    /// What the list shows; nothing where the start is not known.
    pub(super) clock: Clock,
}

/// Judges a clock that has run to `end`; `None` is a clock whose start is not known.
pub(super) fn judge(limit: Option<Limit>, end: NaiveDate, calendar: &WorkingDays) -> Verdict {
    match limit {
        Some(limit) => Verdict { in_time: limit.allows(end), clock: limit.clock(end, calendar) },
        None => Verdict { in_time: false, clock: Clock::default() },
    }
}

/// Whether `n` calendar months are complete at `day`. A spell whose start is not known began long ago.
pub(super) fn has_lasted_months(start: Option<NaiveDate>, n: u32, day: NaiveDate) -> bool {
    start.is_none_or(|start| !Limit::short_of_months(start, n).allows(day))
}
