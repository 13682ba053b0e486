//! CPP-06, CPP-07, CPP-08, CPP-09, CPP-12.

use crate::common::*;
use domain::record::{ProtectionPlan, Record};
use rstest::rstest;

fn plan(start: &str, end: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    })
}

#[rstest]
#[case::eighteen_months_today("2022-07-31", "", YES)]
#[case::eighteen_months_tomorrow("2022-08-01", "", NO)]
#[case::no_start_is_long("", "", YES)]
#[case::ended_is_no_unit("2022-01-01", "2024-01-31", NONE)]
fn cpp_06(#[case] start: &str, #[case] end: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-06", [plan(start, end)]), expected);
}

#[test]
fn cpp_06_clock_is_due_the_day_before_the_months_are_complete() {
    let council = Council::as_at("2024-01-31");
    assert_eq!(council.clock("CPP-06", [plan("2022-08-01", "")]), clock("2022-08-01", "2024-01-31", 549));
    assert_eq!(council.clock("CPP-06", [plan("", "")]), no_clock());
    // 18 months after 31 August 2022 is 29 February 2024.
    assert_eq!(Council::as_at("2024-02-28").verdict("CPP-06", [plan("2022-08-31", "")]), NO);
    assert_eq!(Council::as_at("2024-02-29").verdict("CPP-06", [plan("2022-08-31", "")]), YES);
}

#[rstest]
#[case::day_729_is_not_yet_two_years("2022-02-02", NO)]
#[case::day_730_is("2022-02-01", YES)]
#[case::no_start_is_long("", YES)]
#[case::begins_after_as_at_is_no_unit("2024-02-01", NONE)]
fn cpp_07(#[case] start: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-07", [plan(start, "")]), expected);
}

#[test]
fn cpp_07_clock_is_due_728_days_after_the_start() {
    let council = Council::as_at("2024-01-31");
    assert_eq!(council.clock("CPP-07", [plan("2021-05-01", "")]), clock("2021-05-01", "2023-04-29", 1006));
    assert_eq!(council.clock("CPP-07", [plan("2022-02-02", "")]), clock("2022-02-02", "2024-01-31", 729));
}

#[rstest]
#[case::lasted_729_days("2022-02-02", "2024-01-31", NO)]
#[case::lasted_730_days("2022-02-01", "2024-01-31", YES)]
#[case::no_start_lasted_long("", "2024-01-31", YES)]
#[case::reversed_dates_lasted_long("2024-01-31", "2024-01-30", YES)]
#[case::ended_before_the_period_is_no_unit("2020-01-01", "2023-10-31", NONE)]
#[case::ends_after_as_at_is_no_unit("2020-01-01", "2024-02-01", NONE)]
#[case::open_is_no_unit("2020-01-01", "", NONE)]
fn cpp_08(#[case] start: &str, #[case] end: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-08", [plan(start, end)]), expected);
}

#[rstest]
#[case::second_plan("2024-01-10", Some(1), YES)]
#[case::third_plan("2024-01-10", Some(2), YES)]
#[case::first_plan("2024-01-10", Some(0), NO)]
#[case::blank_number("2024-01-10", None, NO)]
#[case::first_day_of_the_period("2023-11-01", Some(1), YES)]
#[case::begun_before_the_period_is_no_unit("2023-10-31", Some(1), NONE)]
#[case::no_start_is_no_unit("", Some(1), NONE)]
fn cpp_09(#[case] start: &str, #[case] earlier: Option<i64>, #[case] expected: Option<bool>) {
    let record = Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        number_of_previous_plans: earlier,
        ..ProtectionPlan::default()
    });
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-09", [record]), expected);
}

#[rstest]
#[case::three_months_to_the_day("2023-10-10", "2024-01-10", YES)]
#[case::three_months_and_a_day("2023-10-09", "2024-01-10", NO)]
#[case::no_start_is_not_shown_to_be_short("", "2024-01-10", NO)]
#[case::reversed_dates_are_not_shown_to_be_short("2024-01-11", "2024-01-10", NO)]
#[case::begun_and_ended_in_a_day("2024-01-10", "2024-01-10", YES)]
fn cpp_12(#[case] start: &str, #[case] end: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-12", [plan(start, end)]), expected);
}

#[test]
fn cpp_12_clock_runs_from_start_to_end() {
    let council = Council::as_at("2024-02-29");
    assert_eq!(council.clock("CPP-12", [plan("2023-11-30", "2024-02-29")]), clock("2023-11-30", "2024-02-29", 92));
    assert_eq!(council.clock("CPP-12", [plan("", "2024-02-29")]), no_clock());
}
