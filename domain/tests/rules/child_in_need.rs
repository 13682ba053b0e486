//! CIN-01, CIN-03.

use crate::common::*;
use domain::record::{Need, Person, Record};
use rstest::rstest;

fn need(start: &str, seen: &str, closed: &str, status: &str) -> Need {
    Need {
        cin_start_date: on(start),
        last_seen_date: on(seen),
        cin_closure_date: on(closed),
        case_status: text(status),
        ..Need::default()
    }
}

const PLAN: &str = "Child in need plan";

#[rstest]
#[case::twentieth_working_day_is_on_time("2023-01-01", "2024-01-03", PLAN, YES)]
#[case::twenty_first_is_late("2023-01-01", "2024-01-02", PLAN, NO)]
#[case::a_young_plan_is_on_time_without_a_visit("2024-01-03", "", PLAN, YES)]
#[case::no_start_and_no_visit_is_late("", "", PLAN, NO)]
#[case::seen_after_as_at_has_not_happened("2023-01-01", "2024-02-01", PLAN, NO)]
#[case::another_status_is_no_unit("2023-01-01", "2024-01-30", "Open assessment", NONE)]
#[case::no_status_is_no_unit("2023-01-01", "2024-01-30", "", NONE)]
#[case::begins_after_as_at_is_no_unit("2024-02-01", "2024-01-30", PLAN, NONE)]
fn cin_01(#[case] start: &str, #[case] seen: &str, #[case] status: &str, #[case] expected: Option<bool>) {
    let record = Record::Need(need(start, seen, "", status));
    assert_eq!(Council::as_at("2024-01-31").verdict("CIN-01", [record]), expected);
}

#[test]
fn cin_01_over_christmas() {
    let seen = || [Record::Need(need("2023-01-01", "2023-12-15", "", PLAN))];
    assert_eq!(Council::as_at("2024-01-17").verdict("CIN-01", seen()), YES);
    assert_eq!(Council::as_at("2024-01-18").verdict("CIN-01", seen()), NO);
    assert_eq!(Council::as_at("2024-01-18").clock("CIN-01", seen()), clock("2023-12-15", "2024-01-17", 21));
}

#[rstest]
#[case::twelve_months_today("2023-01-31", "No", YES)]
#[case::twelve_months_tomorrow("2023-02-01", "No", NO)]
#[case::no_start_is_long("", "No", YES)]
#[case::disabled_is_no_unit("2023-01-31", "Yes", NONE)]
#[case::disability_unknown_is_a_unit("2023-01-31", "Unknown", YES)]
#[case::disability_blank_is_a_unit("2023-01-31", "", YES)]
fn cin_03(#[case] start: &str, #[case] disability: &str, #[case] expected: Option<bool>) {
    let record =
        Need { person: Person { disability: text(disability), ..Person::default() }, ..need(start, "", "", PLAN) };
    assert_eq!(Council::as_at("2024-01-31").verdict("CIN-03", [Record::Need(record)]), expected);
}

#[rstest]
#[case::closed_on_as_at("2024-01-31", NONE)]
#[case::closes_after_as_at("2024-02-01", YES)]
fn cin_03_takes_open_rows_alone(#[case] closed: &str, #[case] expected: Option<bool>) {
    let record = Record::Need(need("2022-01-01", "", closed, PLAN));
    assert_eq!(Council::as_at("2024-01-31").verdict("CIN-03", [record]), expected);
}

#[test]
fn cin_03_from_29_february_is_complete_on_28_february() {
    let record = || [Record::Need(need("2024-02-29", "", "", PLAN))];
    assert_eq!(Council::as_at("2025-02-27").verdict("CIN-03", record()), NO);
    assert_eq!(Council::as_at("2025-02-28").verdict("CIN-03", record()), YES);
    assert_eq!(Council::as_at("2025-02-27").clock("CIN-03", record()), clock("2024-02-29", "2025-02-27", 365));
}
