//! Dates of a series.

use crate::common::*;
use domain::calendar::WorkingDays;
use domain::surgery::{Change, Remit, Rhythm, Series, Sitting, sittings};
use proptest::prelude::*;

fn series(remit: Remit, first: &str) -> Series {
    Series { rhythm: remit.usual_rhythm(), remit, first: day(first), last: None }
}

fn days(series: &Series, from: &str, to: &str, changes: &[Change]) -> Vec<String> {
    let sittings = sittings(series, (day(from), day(to)), changes, &WorkingDays::england());
    sittings.iter().map(|sitting| sitting.on.to_string()).collect()
}

#[test]
fn a_team_meets_every_second_week_and_a_service_on_the_same_weekday_of_the_month() {
    let teams = series(of_a(), "2026-01-06");
    assert_eq!(days(&teams, "2026-01-01", "2026-02-28", &[]), ["2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17"]);
    // The second Tuesday.
    let service = series(of_north(), "2026-01-13");
    assert_eq!(
        days(&service, "2026-01-01", "2026-04-30", &[]),
        ["2026-01-13", "2026-02-10", "2026-03-10", "2026-04-14"]
    );
}

#[test]
fn a_month_without_a_fifth_has_its_last() {
    // The fifth Friday of January 2026.
    let service = series(of_north(), "2026-01-30");
    assert_eq!(
        days(&service, "2026-01-01", "2026-05-31", &[]),
        ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24", "2026-05-29"]
    );
}

#[test]
fn a_bank_holiday_moves_it_to_the_next_working_day() {
    // 20 April 2026 minus a fortnight is Easter Monday; 4 May is a bank holiday.
    let teams = series(of_a(), "2026-03-23");
    assert_eq!(days(&teams, "2026-03-23", "2026-05-10", &[]), ["2026-03-23", "2026-04-07", "2026-04-20", "2026-05-05"]);
    // Good Friday goes over the weekend and Easter Monday.
    assert_eq!(days(&series(of_a(), "2026-04-03"), "2026-04-01", "2026-04-10", &[]), ["2026-04-07"]);
}

#[test]
fn a_person_moves_or_cancels_a_date_and_the_rhythm_goes_on() {
    let teams = series(of_a(), "2026-01-06");
    let changes = [
        Change { original: day("2026-01-20"), to: Some(day("2026-01-23")) },
        Change { original: day("2026-02-03"), to: None },
    ];
    assert_eq!(days(&teams, "2026-01-01", "2026-02-28", &changes), ["2026-01-06", "2026-01-23", "2026-02-17"]);
    let all = sittings(&teams, (day("2026-01-21"), day("2026-01-31")), &changes, &WorkingDays::england());
    assert_eq!(all, [Sitting { original: day("2026-01-20"), on: day("2026-01-23"), moved: true }]);
}

#[test]
fn one_moved_into_the_window_from_outside_is_in_it_and_the_last_change_counts() {
    let teams = series(of_a(), "2026-01-06");
    let forward = Change { original: day("2026-03-03"), to: Some(day("2026-02-27")) };
    assert_eq!(days(&teams, "2026-02-20", "2026-02-28", &[forward]), ["2026-02-27"]);
    let back = Change { original: day("2026-03-03"), to: Some(day("2026-03-03")) };
    assert!(days(&teams, "2026-02-20", "2026-02-28", &[forward, back]).is_empty());
}

#[test]
fn a_series_begins_and_ends() {
    let ended = Series { last: Some(day("2026-01-31")), ..series(of_a(), "2026-01-06") };
    assert_eq!(days(&ended, "2025-01-01", "2027-01-01", &[]), ["2026-01-06", "2026-01-20"]);
}

proptest! {
    #[test]
    fn no_sitting_is_on_a_weekend_or_a_bank_holiday_by_itself(offset in 0u64..2_000, monthly: bool, span in 0u64..800) {
        let calendar = WorkingDays::england();
        let first = day("2020-01-01") + chrono::Days::new(offset);
        let rhythm = if monthly { Rhythm::Monthly } else { Rhythm::Fortnightly };
        let series = Series { remit: of_a(), rhythm, first, last: None };
        let to = first + chrono::Days::new(span);
        let all = sittings(&series, (first, to), &[], &calendar);
        for sitting in &all {
            prop_assert!(calendar.is_working_day(sitting.on));
            prop_assert!(sitting.on >= sitting.original && (sitting.on - sitting.original).num_days() < 7);
        }
        for pair in all.windows(2) {
            prop_assert!(pair[0].on < pair[1].on);
        }
    }
}
