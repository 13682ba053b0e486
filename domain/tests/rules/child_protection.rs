//! CPP-01, CPP-02, CPP-05, CPP-13.

use crate::common::*;
use domain::record::{CarePeriod, Person, ProtectionPlan, Record};
use rstest::rstest;

fn plan(start: &str, visit: &str, review: &str) -> ProtectionPlan {
    ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        latest_review_date: on(review),
        ..ProtectionPlan::default()
    }
}

#[rstest]
#[case::tenth_working_day_over_easter_is_on_time("2024-04-02", "2024-03-15", YES)]
#[case::eleventh_is_late("2024-04-03", "2024-03-15", NO)]
#[case::due_on_friday_is_on_time_on_friday("2024-01-19", "2024-01-05", YES)]
#[case::and_late_on_saturday("2024-01-20", "2024-01-05", NO)]
#[case::a_visit_on_saturday_is_day_0("2024-01-26", "2024-01-13", YES)]
#[case::no_visit_is_late("2024-01-31", "", NO)]
#[case::a_visit_after_as_at_has_not_happened("2024-01-31", "2024-02-01", NO)]
fn cpp_01(#[case] as_at: &str, #[case] visit: &str, #[case] expected: Option<bool>) {
    let record = Record::ProtectionPlan(plan("2023-01-01", visit, ""));
    assert_eq!(Council::as_at(as_at).verdict("CPP-01", [record]), expected);
}

#[rstest]
#[case::a_young_plan_is_on_time_without_a_visit("2024-01-17", "", YES)]
#[case::and_late_a_day_later("2024-01-16", "", NO)]
#[case::a_young_plan_is_on_time_after_an_old_visit("2024-01-17", "2023-12-01", YES)]
#[case::a_plan_of_today_is_on_time("2024-01-31", "", YES)]
#[case::no_start_and_no_visit_is_late("", "", NO)]
#[case::no_start_and_a_visit_is_on_time("", "2024-01-17", YES)]
#[case::begins_after_as_at_is_no_unit("2024-02-01", "2024-01-30", NONE)]
fn cpp_01_from_the_start_of_the_plan(#[case] start: &str, #[case] visit: &str, #[case] expected: Option<bool>) {
    let record = Record::ProtectionPlan(plan(start, visit, ""));
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-01", [record]), expected);
}

#[rstest]
#[case::ended_on_as_at_is_no_unit("2024-01-31", NONE)]
#[case::ends_after_as_at_is_open("2024-02-01", YES)]
fn cpp_01_takes_open_plans_alone(#[case] end: &str, #[case] expected: Option<bool>) {
    let record = ProtectionPlan { cp_plan_end_date: on(end), ..plan("2023-01-01", "2024-01-30", "") };
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-01", [Record::ProtectionPlan(record)]), expected);
}

#[test]
fn cpp_01_clock_starts_at_the_later_of_visit_and_plan() {
    let council = Council::as_at("2024-01-31");
    let of = |start, visit| [Record::ProtectionPlan(plan(start, visit, ""))];
    assert_eq!(council.clock("CPP-01", of("2023-01-01", "2024-01-16")), clock("2024-01-16", "2024-01-30", 11));
    assert_eq!(council.clock("CPP-01", of("2024-01-17", "2024-01-16")), clock("2024-01-17", "2024-01-31", 10));
    assert_eq!(council.clock("CPP-01", of("", "2024-01-16")), clock("2024-01-16", "2024-01-30", 11));
    assert_eq!(council.clock("CPP-01", of("", "")), no_clock());
}

#[test]
fn two_open_plans_of_one_child_are_two_units() {
    let records = || ["2024-01-30", ""].map(|visit| Record::ProtectionPlan(plan("2023-01-01", visit, "")));
    assert_eq!(Council::as_at("2024-01-31").verdicts("CPP-01", records()), [true, false]);
    assert_eq!(Council::as_at("2024-01-31").verdicts("CPP-07", records()).len(), 2);
}

#[test]
fn another_visit_standard_moves_the_measure() {
    let record = || [Record::ProtectionPlan(plan("2023-01-01", "2024-01-10", ""))];
    let council = Council::as_at("2024-01-31");
    assert_eq!(council.verdict("CPP-01", record()), NO);
    assert_eq!(council.set("cp_visit_working_days", "15").verdict("CPP-01", record()), YES);
}

#[rstest]
#[case::four_today_seen_alone("2020-01-31", "Yes", YES)]
#[case::four_today_not_seen_alone("2020-01-31", "No", NO)]
#[case::unknown_is_not_seen_alone("2020-01-31", "Unknown", NO)]
#[case::blank_is_not_seen_alone("2020-01-31", "", NO)]
#[case::four_tomorrow_is_no_unit("2020-02-01", "Yes", NONE)]
#[case::unborn_is_no_unit("2024-02-01", "Yes", NONE)]
#[case::without_birth_date_is_no_unit("", "Yes", NONE)]
fn cpp_02(#[case] born: &str, #[case] alone: &str, #[case] expected: Option<bool>) {
    let record = ProtectionPlan {
        person: Person { date_of_birth: on(born), ..Person::default() },
        seen_alone: text(alone),
        ..plan("2023-01-01", "", "")
    };
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-02", [Record::ProtectionPlan(record)]), expected);
}

#[rstest]
#[case::born_29_february_is_four_on_29_february("2020-02-29", "2024-02-28", NONE)]
#[case::and_on_the_day_itself("2020-02-29", "2024-02-29", YES)]
#[case::in_a_common_year_on_28_february("2020-02-29", "2025-02-28", YES)]
fn cpp_02_on_leap_days(#[case] born: &str, #[case] as_at: &str, #[case] expected: Option<bool>) {
    let record = ProtectionPlan {
        person: Person { date_of_birth: on(born), ..Person::default() },
        seen_alone: text("Yes"),
        ..plan("2023-01-01", "", "")
    };
    let age = if as_at.starts_with("2025") { "5" } else { "4" };
    let council = Council::as_at(as_at).set("seen_alone_age", age);
    assert_eq!(council.verdict("CPP-02", [Record::ProtectionPlan(record)]), expected);
}

#[rstest]
#[case::not_yet_three_months_old_is_no_unit("2023-11-01", "", NONE)]
#[case::three_months_old_today_and_due_today("2023-10-31", "", YES)]
#[case::three_months_and_a_day_is_late("2023-10-30", "", NO)]
#[case::reviewed_six_months_ago_today("2023-01-01", "2023-07-31", YES)]
#[case::reviewed_six_months_and_a_day_ago_is_late("2023-01-01", "2023-07-30", NO)]
#[case::a_review_before_this_plan_is_none("2023-10-30", "2023-10-29", NO)]
#[case::a_review_on_the_day_of_the_plan_is_one("2023-08-01", "2023-08-01", YES)]
#[case::a_review_before_this_plan_while_the_first_is_due_today("2023-10-31", "2023-10-01", YES)]
#[case::a_review_after_as_at_has_not_happened("2023-08-01", "2024-02-01", NO)]
#[case::no_start_and_no_review_is_late("", "", NO)]
#[case::no_start_and_a_review_is_on_time("", "2023-07-31", YES)]
fn cpp_05(#[case] start: &str, #[case] review: &str, #[case] expected: Option<bool>) {
    let record = Record::ProtectionPlan(plan(start, "", review));
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-05", [record]), expected);
}

#[rstest]
#[case::six_months_after_31_august_is_29_february("2024-02-29", "2023-08-31", YES)]
#[case::and_late_on_1_march("2024-03-01", "2023-08-31", NO)]
#[case::in_a_common_year_28_february("2023-02-28", "2022-08-29", YES)]
#[case::and_late_on_1_march_too("2023-03-01", "2022-08-29", NO)]
fn cpp_05_at_month_ends(#[case] as_at: &str, #[case] review: &str, #[case] expected: Option<bool>) {
    let record = Record::ProtectionPlan(plan("2022-01-01", "", review));
    assert_eq!(Council::as_at(as_at).verdict("CPP-05", [record]), expected);
}

#[test]
fn cpp_05_clock_runs_in_calendar_days_from_the_latest_review_or_the_start() {
    let council = Council::as_at("2024-01-31");
    let of = |start, review| [Record::ProtectionPlan(plan(start, "", review))];
    assert_eq!(council.clock("CPP-05", of("2023-01-01", "2023-07-30")), clock("2023-07-30", "2024-01-30", 186));
    assert_eq!(council.clock("CPP-05", of("2023-10-30", "2023-10-29")), clock("2023-10-30", "2024-01-30", 94));
    assert_eq!(council.clock("CPP-05", of("", "2023-07-30")), clock("2023-07-30", "2024-01-30", 186));
    assert_eq!(council.clock("CPP-05", of("", "")), no_clock());
}

#[rstest]
#[case::in_care("2023-06-01", "", "C2", YES)]
#[case::in_care_without_a_start("", "", "C2", YES)]
#[case::short_breaks_are_on_list_8_too("2023-06-01", "", "V4", YES)]
#[case::left_care_on_as_at("2023-06-01", "2024-01-31", "C2", NO)]
#[case::enters_care_after_as_at("2024-02-01", "", "C2", NO)]
fn cpp_13(#[case] started: &str, #[case] ceased: &str, #[case] status: &str, #[case] expected: Option<bool>) {
    let care = Record::CarePeriod(CarePeriod {
        started_date: on(started),
        ceased_date: on(ceased),
        legal_status: text(status),
        ..CarePeriod::default()
    });
    let records = [Record::ProtectionPlan(plan("2023-01-01", "", "")), care];
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-13", records), expected);
}

#[test]
fn cpp_13_of_a_child_not_in_care_is_no() {
    let records = [Record::ProtectionPlan(plan("2023-01-01", "", ""))];
    assert_eq!(Council::as_at("2024-01-31").verdict("CPP-13", records), NO);
}
