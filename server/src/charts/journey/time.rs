//! The time axis of a journey.

use super::{Moment, Spell};
use chrono::{Datelike, NaiveDate};

/// Calendar days in a year, near enough for choosing ticks.
const YEAR: i32 = 365;
/// A care leaver is at most 25: what is dated longer ago is drawn at the left edge.
const YEARS_BACK: i32 = 26;
/// What is dated later is drawn at the right edge.
const YEARS_AHEAD: i32 = 2;
/// Even one event gets four weeks around it.
const LEAST_DAYS: i32 = 28;

/// From the first day drawn to the last, and where they lie in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    from: i32,
    to: i32,
    left: i32,
    right: i32,
}

impl Time {
    pub(super) fn new(spells: &[Spell], moments: &[Moment], as_at: NaiveDate, left: i32, right: i32) -> Self {
        let now = as_at.num_days_from_ce();
        let (earliest, latest) = (now.saturating_sub(YEARS_BACK * YEAR), now.saturating_add(YEARS_AHEAD * YEAR));
        let dates = spells.iter().flat_map(|spell| [spell.start, spell.end]).flatten();
        let days = dates.chain(moments.iter().map(|moment| moment.date)).map(|date| date.num_days_from_ce());
        let days = days.map(|day| day.clamp(earliest, latest));
        let (from, to) = days.fold((now, now), |(from, to), day| (from.min(day), to.max(day)));
        Self { from: from.min(to.saturating_sub(LEAST_DAYS)), to, left, right }
    }

    /// Whether a date lies before what is drawn.
    pub(super) fn is_before(&self, date: NaiveDate) -> bool {
        date.num_days_from_ce() < self.from
    }

    /// Whether a date lies after what is drawn.
    pub(super) fn is_after(&self, date: NaiveDate) -> bool {
        date.num_days_from_ce() > self.to
    }

    /// Where a date lies; one that is not drawn, at the edge.
    pub(super) fn at(&self, date: NaiveDate) -> i32 {
        let day = date.num_days_from_ce().clamp(self.from, self.to);
        let (days, all) = (i64::from(day - self.from), i64::from((self.to - self.from).max(1)));
        self.left + (days * i64::from(self.right - self.left) / all) as i32
    }

    /// Firsts of months or years, or Mondays, at most about `most` of them.
    pub(super) fn ticks(&self, most: i32) -> Vec<(i32, String)> {
        let days = self.to - self.from;
        let months =
            [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|months| days / (months * 30) <= most).unwrap_or(120);
        if days <= 7 * most && months == 1 {
            return self.mondays();
        }
        let format = if months < 12 { "%b %y" } else { "%Y" };
        let Some(first) = NaiveDate::from_num_days_from_ce_opt(self.from) else { return Vec::new() };
        let first = (first.year() * 12 + first.month0() as i32).div_euclid(months) * months;
        (0..=most + 2)
            .filter_map(|index| {
                let month = first + index * months;
                NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).unsigned_abs() + 1, 1)
            })
            .filter(|date| !self.is_before(*date) && !self.is_after(*date))
            .map(|date| (self.at(date), date.format(format).to_string()))
            .collect()
    }

    fn mondays(&self) -> Vec<(i32, String)> {
        (self.from..=self.to)
            .filter_map(NaiveDate::from_num_days_from_ce_opt)
            .filter(|date| date.weekday() == chrono::Weekday::Mon)
            .map(|date| (self.at(date), date.format("%-d %b").to_string()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Lane;

    fn ticks(from: &str, as_at: &str) -> Vec<String> {
        let moment = Moment { lane: Lane::EarlyHelp, date: from.parse().unwrap(), label: String::new() };
        let time = Time::new(&[], &[moment], as_at.parse().unwrap(), 0, 700);
        time.ticks(8).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_follow_the_span() {
        assert_eq!(ticks("2026-10-30", "2026-10-30"), ["5 Oct", "12 Oct", "19 Oct", "26 Oct"]);
        assert_eq!(ticks("2026-06-15", "2026-10-30"), ["Jul 26", "Aug 26", "Sep 26", "Oct 26"]);
        assert_eq!(
            ticks("2023-03-15", "2026-10-30"),
            ["Jul 23", "Jan 24", "Jul 24", "Jan 25", "Jul 25", "Jan 26", "Jul 26"]
        );
        assert_eq!(ticks("2008-03-15", "2026-10-30"), ["2010", "2015", "2020", "2025"]);
    }

    #[test]
    fn a_date_far_off_does_not_squash_the_rest() {
        assert_eq!(ticks("1900-01-01", "2026-10-30"), ["2005", "2010", "2015", "2020", "2025"]);
    }
}
