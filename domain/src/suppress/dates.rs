//! Which extracts are shown to who gets no small number.

use chrono::{Datelike as _, NaiveDate};

/// The last extract of each month that is over: of two figures a week apart the difference is often one child. Where no month
/// is over yet, the first extract, and no later one before that.
///
/// `dates` are the as-at dates of the extracts, oldest first.
#[must_use]
pub fn published_dates(dates: &[NaiveDate]) -> Vec<NaiveDate> {
    let month = |date: NaiveDate| (date.year(), date.month());
    let is_last_of_month = |place: usize, date: NaiveDate| match dates.get(place + 1) {
        Some(next) => month(*next) != month(date),
        None => date.succ_opt().is_none_or(|tomorrow| month(tomorrow) != month(date)),
    };
    let over: Vec<NaiveDate> = dates
        .iter()
        .enumerate()
        .filter(|(place, date)| is_last_of_month(*place, **date))
        .map(|(_, date)| *date)
        .collect();
    if over.is_empty() { dates.first().copied().into_iter().collect() } else { over }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(dates: &[&str]) -> Vec<String> {
        let dates: Vec<NaiveDate> = dates.iter().map(|date| date.parse().unwrap()).collect();
        published_dates(&dates).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_last_extract_of_each_month_that_is_over() {
        let weekly = ["2026-09-25", "2026-10-02", "2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13"];
        assert_eq!(published(&weekly), ["2026-09-25", "2026-10-30"]);
        // The last day of a month ends it.
        assert_eq!(published(&["2026-10-30", "2026-11-27", "2026-11-30"]), ["2026-10-30", "2026-11-30"]);
        // The same month of another year is another month.
        assert_eq!(published(&["2025-10-10", "2026-10-09"]), ["2025-10-10"]);
    }

    #[test]
    fn before_a_month_is_over_the_first_extract_alone() {
        assert_eq!(published(&["2026-10-09"]), ["2026-10-09"]);
        assert_eq!(published(&["2026-10-09", "2026-10-16", "2026-10-23"]), ["2026-10-09"]);
        assert_eq!(published(&[]), Vec::<String>::new());
    }
}
