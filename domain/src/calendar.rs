//! Working days, calendar months and completed years.
//!
//! Source: "Rules for all", 2 and 3, of the measures' reading: working days are Monday to Friday less the
//! bank holidays of England and Wales; months and years are calendar, clamped to the month's last day.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The bank holidays built in; a council may load a longer table.
const ENGLAND: &str = include_str!("../data/bank_holidays_england.json");

/// The working-day calendar: which days the clocks of children's services count.
#[derive(Debug, Clone)]
pub struct WorkingDays {
    holidays: BTreeMap<NaiveDate, String>,
}

#[derive(Deserialize)]
struct HolidayTable {
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    date: NaiveDate,
    name: String,
}

/// A bank-holiday table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the bank-holiday table cannot be read: {0}. It needs {{\"holidays\": [{{\"date\": \"2027-01-01\", \"name\": \"New Year's Day\"}}]}}")]
pub struct BadHolidayTable(#[from] serde_json::Error);

impl WorkingDays {
    /// The table for England and Wales, 2010 to 2035, that comes with the product.
    #[must_use]
    pub fn england() -> Self {
        // The table is part of the binary and a test reads it; an empty calendar is the harmless fallback.
        Self::from_json(ENGLAND).unwrap_or_else(|_| Self { holidays: BTreeMap::new() })
    }

    /// A calendar from a JSON table of `{"holidays": [{"date", "name"}]}`.
    ///
    /// # Errors
    /// When the text is not such a table.
    pub fn from_json(table: &str) -> Result<Self, BadHolidayTable> {
        let table: HolidayTable = serde_json::from_str(table)?;
        Ok(Self { holidays: table.holidays.into_iter().map(|h| (h.date, h.name)).collect() })
    }

    /// Monday to Friday and no bank holiday.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains_key(&day)
    }

    /// The `n`th working day after `start`, which is day 0 whether it is a working day or not.
    /// A date is "within `n` working days of `start`" when it is on or before this day.
    #[must_use]
    pub fn due(&self, start: NaiveDate, n: u32) -> NaiveDate {
        let mut day = start;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.succ_opt() else { return day };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `start`, up to and including `end`; negative when `end` comes first.
    #[must_use]
    pub fn elapsed(&self, start: NaiveDate, end: NaiveDate) -> i64 {
        if end < start {
            return -self.elapsed(end, start);
        }
        let days = (end - start).num_days();
        let (whole_weeks, rest) = (days / 7, days % 7);
        let week_days = (1..=rest)
            .filter(|offset| {
                let day = start + chrono::TimeDelta::days(whole_weeks * 7 + offset);
                !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            })
            .count() as i64;
        let holidays = match start.succ_opt() {
            Some(first) if first <= end => self
                .holidays
                .range(first..=end)
                .filter(|(day, _)| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
                .count() as i64,
            _ => 0,
        };
        whole_weeks * 5 + week_days - holidays
    }

    /// The last year that the table knows holidays of.
    #[must_use]
    pub fn last_year(&self) -> Option<i32> {
        self.holidays.keys().next_back().map(Datelike::year)
    }
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
