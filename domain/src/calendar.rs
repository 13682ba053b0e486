//! Working days, calendar months and completed years.
//!
//! Source: "Rules for all", 2 and 3, of the measures' reading: working days are Monday to Friday less the
//! bank holidays of England and Wales; months and years are calendar, clamped to the month's last day.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Deserialize;

/// The bank holidays built in; a council may load a longer table.
const ENGLAND: &str = include_str!("../data/bank_holidays_england.json");

/// The working-day calendar: which days the clocks of children's services count.
#[derive(Debug, Clone)]
pub struct WorkingDays {
    /// Every bank holiday, in order.
    holidays: Vec<NaiveDate>,
    /// Those that fall on Monday to Friday, in order: the ones that stop a clock.
    on_weekdays: Vec<NaiveDate>,
}

#[derive(Deserialize)]
struct HolidayTable {
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    date: NaiveDate,
}

/// A bank-holiday table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "the bank-holiday table cannot be read: {0}. It needs {{\"holidays\": [{{\"date\": \"2027-01-01\", \"name\": \"New Year's Day\"}}]}}"
)]
pub struct BadHolidayTable(#[from] serde_json::Error);

impl WorkingDays {
    /// The table for England and Wales, 2010 to 2035, that comes with the product.
    #[must_use]
    pub fn england() -> Self {
        // The table is part of the binary and a test reads it; an empty calendar is the harmless fallback.
        Self::from_json(ENGLAND).unwrap_or_else(|_| Self::with_holidays(Vec::new()))
    }

    /// A calendar from a JSON table of `{"holidays": [{"date", "name"}]}`.
    ///
    /// # Errors
    /// When the text is not such a table.
    pub fn from_json(table: &str) -> Result<Self, BadHolidayTable> {
        let table: HolidayTable = serde_json::from_str(table)?;
        Ok(Self::with_holidays(table.holidays.into_iter().map(|holiday| holiday.date).collect()))
    }

    fn with_holidays(mut holidays: Vec<NaiveDate>) -> Self {
        holidays.sort_unstable();
        holidays.dedup();
        let on_weekdays = holidays.iter().copied().filter(|day| !is_weekend(*day)).collect();
        Self { holidays, on_weekdays }
    }

    /// Monday to Friday and no bank holiday.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !is_weekend(day) && self.on_weekdays.binary_search(&day).is_err()
    }

    /// The `n`th working day after `start`, which is day 0 whether it is a working day or not.
    /// A date is "within `n` working days of `start`" when it is on or before this day.
    #[must_use]
    pub fn due(&self, start: NaiveDate, n: u32) -> NaiveDate {
        let mut day = start;
        let mut left = n;
        while left > 0 {
            // So many weekdays on; each bank holiday among them is one working day still to go.
            let Some(next) = weekday_after(day, left) else { return NaiveDate::MAX };
            left = u32::try_from(self.holidays_after(day, next)).unwrap_or(u32::MAX);
            day = next;
        }
        day
    }

    /// Working days after `start`, up to and including `end`; negative when `end` comes first.
    #[must_use]
    pub fn elapsed(&self, start: NaiveDate, end: NaiveDate) -> i64 {
        if end < start {
            return -self.elapsed(end, start);
        }
        weekdays_since_monday_one(end) - weekdays_since_monday_one(start) - self.holidays_after(start, end) as i64
    }

    /// Bank holidays on weekdays after `start`, up to and including `end`.
    fn holidays_after(&self, start: NaiveDate, end: NaiveDate) -> usize {
        let up_to = |day: NaiveDate| self.on_weekdays.partition_point(|holiday| *holiday <= day);
        up_to(end).saturating_sub(up_to(start))
    }

    /// The last year that the table knows holidays of.
    #[must_use]
    pub fn last_year(&self) -> Option<i32> {
        self.holidays.last().map(Datelike::year)
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The `n`th Monday-to-Friday day after `day`; `None` past the end of time.
fn weekday_after(day: NaiveDate, n: u32) -> Option<NaiveDate> {
    // Counting from a weekend is counting from the Friday before it.
    let weekday = day.weekday().num_days_from_monday();
    let friday = weekday.min(4);
    let (weeks, rest) = (u64::from(n / 5), u64::from(n % 5));
    let over_the_weekend = if u64::from(friday) + rest > 4 { 2 } else { 0 };
    let days = weeks * 7 + rest + over_the_weekend;
    day.checked_sub_days(Days::new(u64::from(weekday - friday)))?.checked_add_days(Days::new(days))
}

/// Monday-to-Friday days from a fixed Monday up to and including `day`.
fn weekdays_since_monday_one(day: NaiveDate) -> i64 {
    // Day 1 of the common era is a Monday.
    let days = i64::from(day.num_days_from_ce()) - 1;
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}

/// `months` calendar months after `date`, clamped to the last day of the month.
#[must_use]
pub fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// `months` calendar months before `date`, clamped to the last day of the month.
#[must_use]
pub fn minus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// `days` calendar days after `date`.
#[must_use]
pub fn add_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

/// `days` calendar days before `date`.
#[must_use]
pub fn minus_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}

/// Calendar days from `start` to `end` with both ends counted.
#[must_use]
pub fn days_with_both_ends(start: NaiveDate, end: NaiveDate) -> i64 {
    (end - start).num_days() + 1
}

/// Completed years at `on`. `None` for a child not yet born.
/// A child born on 29 February is a year older on 28 February of a common year.
#[must_use]
pub fn age_at(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    if birth > on {
        return None;
    }
    let years = u32::try_from(on.year() - birth.year()).ok()?;
    if add_months(birth, years * 12) <= on { Some(years) } else { years.checked_sub(1) }
}
