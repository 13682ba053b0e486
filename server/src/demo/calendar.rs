//! Days as whole numbers, and the working days among them, quick enough for millions of questions.

use chrono::{Datelike, NaiveDate};
use domain::calendar::WorkingDays;

/// A day, counted from 1 January of the year 1.
pub(super) type Day = i32;

/// A day that never comes: the end of what is still open.
pub(super) const NEVER: Day = Day::MAX / 2;

/// The number of a date.
pub(super) fn day_of(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

/// The date of a number.
pub(super) fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or(NaiveDate::MAX)
}

/// The number by which a workbook knows a day.
pub(super) fn serial_of(day: Day) -> f64 {
    f64::from(day - 693_594)
}

/// `months` calendar months after a day, clamped to the month's end.
pub(super) fn months_after(day: Day, months: u32) -> Day {
    day_of(domain::calendar::add_months(date_of(day), months))
}

/// `months` calendar months before a day, clamped to the month's end.
pub(super) fn months_before(day: Day, months: u32) -> Day {
    day_of(domain::calendar::minus_months(date_of(day), months))
}

/// Completed years at a day; -1 for a child not yet born.
pub(super) fn age_at(birth: Day, on: Day) -> i64 {
    domain::calendar::age_at(date_of(birth), date_of(on)).map_or(-1, i64::from)
}

/// The working days of a span, laid out once.
pub(super) struct Calendar {
    first: Day,
    /// Working days from `first` up to and including each day.
    up_to: Vec<u32>,
    working: Vec<Day>,
}

impl Calendar {
    /// The calendar from `first` to `last`. Outside it, every week counts five working days.
    pub(super) fn new(first: Day, last: Day) -> Self {
        let england = WorkingDays::england();
        let mut up_to = Vec::new();
        let mut working = Vec::new();
        for day in first..=last {
            if england.is_working_day(date_of(day)) {
                working.push(day);
            }
            up_to.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
        }
        Self { first, up_to, working }
    }

    fn count(&self, day: Day) -> Option<usize> {
        let offset = usize::try_from(day - self.first).ok()?;
        self.up_to.get(offset).map(|count| *count as usize)
    }

    /// The `n`th working day after `start`, which is day 0 whether working or not.
    pub(super) fn due(&self, start: Day, n: u32) -> Day {
        if n == 0 {
            return start;
        }
        self.count(start)
            .and_then(|count| self.working.get(count + n as usize - 1).copied())
            .unwrap_or_else(|| start + i32::try_from(n * 7 / 5).unwrap_or(0))
    }

    /// The day itself if people work on it, else the next on which they do.
    pub(super) fn working_from(&self, day: Day) -> Day {
        self.due(day - 1, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_agrees_with_the_domain_calendar() {
        let start = day_of(NaiveDate::from_ymd_opt(2025, 12, 1).unwrap());
        let calendar = Calendar::new(start - 30, start + 200);
        let england = WorkingDays::england();
        for offset in 0..60 {
            for n in [0, 1, 10, 15, 45] {
                let expected = england.due(date_of(start + offset), n);
                assert_eq!(date_of(calendar.due(start + offset, n)), expected);
            }
        }
    }

    #[test]
    fn a_serial_is_the_workbooks_own() {
        assert!((serial_of(day_of(NaiveDate::from_ymd_opt(2024, 1, 31).unwrap())) - 45322.0).abs() < f64::EPSILON);
    }
}
