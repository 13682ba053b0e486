//! Working days, months and ages.

use crate::common::day;
use chrono::{Datelike, NaiveDate, TimeDelta};
use domain::calendar::{WorkingDays, add_days, add_months, age_at, days_with_both_ends, minus_days, minus_months};
use proptest::prelude::*;
use rstest::rstest;
use std::sync::LazyLock;

static ENGLAND: LazyLock<WorkingDays> = LazyLock::new(WorkingDays::england);

#[rstest]
#[case::a_monday("2024-01-08", true)]
#[case::a_saturday("2024-01-06", false)]
#[case::a_sunday("2024-01-07", false)]
#[case::good_friday("2024-03-29", false)]
#[case::easter_monday("2024-04-01", false)]
#[case::boxing_day_on_a_saturday_moves_to_monday("2020-12-28", false)]
#[case::the_moved_may_day_of_2020("2020-05-08", false)]
#[case::the_monday_it_moved_from("2020-05-04", true)]
#[case::the_royal_wedding("2011-04-29", false)]
#[case::the_spring_holiday_of_2012_moved("2012-06-04", false)]
#[case::the_diamond_jubilee("2012-06-05", false)]
#[case::the_spring_holiday_of_2022_moved("2022-06-02", false)]
#[case::the_platinum_jubilee("2022-06-03", false)]
#[case::the_queens_funeral("2022-09-19", false)]
#[case::the_coronation("2023-05-08", false)]
fn bank_holidays_are_no_working_days(#[case] date: &str, #[case] expected: bool) {
    assert_eq!(ENGLAND.is_working_day(day(date)), expected);
}

#[test]
fn the_built_in_table_can_be_read_and_reaches_far_enough() {
    assert_eq!(ENGLAND.last_year(), Some(2035));
    for year in 2010..=2035 {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let weekdays_off = first
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| day.weekday().num_days_from_monday() < 5 && !ENGLAND.is_working_day(*day))
            .count();
        // Eight bank holidays a year; New Year's Day of 2011 on, none falls on a weekend unmoved.
        assert!((8..=10).contains(&weekdays_off), "{year}: {weekdays_off}");
    }
}

#[test]
fn a_council_may_load_a_table_of_its_own() {
    let own = WorkingDays::from_json(r#"{"holidays": [{"date": "2024-01-08", "name": "Founder's day"}]}"#).unwrap();
    assert!(!own.is_working_day(day("2024-01-08")));
    assert!(own.is_working_day(day("2024-12-25")));
    let error = WorkingDays::from_json("[]").unwrap_err();
    assert!(error.to_string().contains("\"holidays\""), "{error}");
}

#[rstest]
#[case::day_0_is_the_start("2024-01-08", 0, "2024-01-08")]
#[case::day_0_may_be_a_weekend("2024-01-06", 0, "2024-01-06")]
#[case::from_saturday_the_first_is_monday("2024-01-06", 1, "2024-01-08")]
#[case::from_friday_the_first_is_monday("2024-01-05", 1, "2024-01-08")]
#[case::over_christmas("2023-12-22", 5, "2024-01-03")]
#[case::over_easter("2024-03-28", 1, "2024-04-02")]
#[case::ten_over_easter("2024-03-15", 10, "2024-04-02")]
fn due_is_the_nth_working_day_after_the_start(#[case] start: &str, #[case] n: u32, #[case] due: &str) {
    assert_eq!(ENGLAND.due(day(start), n), day(due));
}

#[rstest]
#[case::add(add_months(day("2024-01-31"), 1), "2024-02-29")]
#[case::add_into_a_common_year(add_months(day("2024-02-29"), 12), "2025-02-28")]
#[case::minus(minus_months(day("2024-05-31"), 3), "2024-02-29")]
#[case::minus_a_year_from_29_february(minus_months(day("2024-02-29"), 12), "2023-02-28")]
#[case::days(add_days(day("2024-02-28"), 2), "2024-03-01")]
#[case::minus_days(minus_days(day("2024-03-01"), 1), "2024-02-29")]
#[case::days_after_the_end_of_time(add_days(NaiveDate::MAX, 1), "+262142-12-31")]
fn months_and_days_are_calendar(#[case] date: NaiveDate, #[case] expected: &str) {
    assert_eq!(date.to_string(), expected);
}

#[test]
fn nothing_overflows_at_the_ends_of_time() {
    assert_eq!(ENGLAND.due(NaiveDate::MAX, 10), NaiveDate::MAX);
    assert_eq!(ENGLAND.due(day("2024-01-01"), u32::MAX), NaiveDate::MAX);
    assert_eq!(add_months(NaiveDate::MAX, 1), NaiveDate::MAX);
    assert_eq!(minus_months(NaiveDate::MIN, 1), NaiveDate::MIN);
    assert_eq!(minus_days(NaiveDate::MIN, 1), NaiveDate::MIN);
    assert!(ENGLAND.elapsed(NaiveDate::MIN, NaiveDate::MAX) > 0);
}

#[rstest]
#[case::on_the_birthday("2020-01-31", "2024-01-31", Some(4))]
#[case::the_day_before("2020-02-01", "2024-01-31", Some(3))]
#[case::born_today("2024-01-31", "2024-01-31", Some(0))]
#[case::unborn("2024-02-01", "2024-01-31", None)]
#[case::leap_birthday_in_a_common_year("2004-02-29", "2023-02-28", Some(19))]
#[case::leap_birthday_the_day_before_in_a_common_year("2004-02-29", "2023-02-27", Some(18))]
#[case::leap_birthday_in_a_leap_year_the_day_before("2004-02-29", "2024-02-28", Some(19))]
#[case::leap_birthday_in_a_leap_year("2004-02-29", "2024-02-29", Some(20))]
fn age_is_in_completed_years(#[case] born: &str, #[case] on: &str, #[case] expected: Option<u32>) {
    assert_eq!(age_at(day(born), day(on)), expected);
}

/// The definition itself, day by day.
fn counted_one_by_one(start: NaiveDate, end: NaiveDate) -> i64 {
    start.iter_days().skip(1).take_while(|day| *day <= end).filter(|day| ENGLAND.is_working_day(*day)).count() as i64
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..365 * 28_i64).prop_map(|days| day("2009-01-01") + TimeDelta::days(days))
}

proptest! {
    #[test]
    fn elapsed_is_the_count_one_by_one(start in any_date(), days in 0..1500_i64) {
        let end = start + TimeDelta::days(days);
        prop_assert_eq!(ENGLAND.elapsed(start, end), counted_one_by_one(start, end));
        prop_assert_eq!(ENGLAND.elapsed(end, start), -counted_one_by_one(start, end));
    }

    #[test]
    fn due_is_the_working_day_after_which_n_have_elapsed(start in any_date(), n in 1..200_u32) {
        let due = ENGLAND.due(start, n);
        prop_assert!(ENGLAND.is_working_day(due));
        prop_assert_eq!(ENGLAND.elapsed(start, due), i64::from(n));
        prop_assert_eq!(ENGLAND.elapsed(start, due.pred_opt().unwrap()), i64::from(n) - 1);
    }

    #[test]
    fn both_ends_count(start in any_date(), days in 0..1500_i64) {
        prop_assert_eq!(days_with_both_ends(start, start + TimeDelta::days(days)), days + 1);
    }
}
