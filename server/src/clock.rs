//! The one place where the real clock is read. Everything else is given the time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use std::sync::Arc;

/// Tells the time; tests set it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one module that reads the clock")]
    pub fn real() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    /// A clock read from a function, for tests that move it.
    #[must_use]
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Milliseconds since 1970 UTC: how times are stored.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.0)().timestamp_millis()
    }

    /// Today in England.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        in_england((self.0)()).date()
    }
}

/// A stored time as the clocks in England showed it.
#[must_use]
pub fn england_time(ms: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(ms).map(in_england)
}

/// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
/// (Summer Time Act 1972, as amended by the Summer Time Order 2002).
fn in_england(utc: DateTime<Utc>) -> NaiveDateTime {
    let naive = utc.naive_utc();
    let change = |month| last_sunday(naive.year(), month).and_then(|day| day.and_hms_opt(1, 0, 0));
    match (change(3), change(10)) {
        (Some(begins), Some(ends)) if begins <= naive && naive < ends => naive + TimeDelta::hours(1),
        _ => naive,
    }
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    (25..=31)
        .rev()
        .filter_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .find(|day| day.weekday() == Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_in_summer_is_an_hour_before_midnight_utc() {
        let clock = |text: &str| Clock::fixed(text.parse().unwrap());
        assert_eq!(clock("2026-07-01T22:59:59Z").today().to_string(), "2026-07-01");
        assert_eq!(clock("2026-07-01T23:00:00Z").today().to_string(), "2026-07-02");
        assert_eq!(clock("2026-12-01T23:59:59Z").today().to_string(), "2026-12-01");
    }

    #[test]
    fn the_clocks_change_at_one_in_the_morning_utc_on_the_last_sunday() {
        for (utc, hour) in [
            ("2026-03-29T00:59:59Z", "00:59:59"),
            ("2026-03-29T01:00:00Z", "02:00:00"),
            ("2026-10-25T00:59:59Z", "01:59:59"),
            ("2026-10-25T01:00:00Z", "01:00:00"),
        ] {
            let time: DateTime<Utc> = utc.parse().unwrap();
            assert_eq!(in_england(time).time().to_string(), hour, "{utc}");
        }
    }
}
