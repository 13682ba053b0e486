//! Children Requiring Attention: what has not been done, at each boundary. As at Wednesday 31 January 2024; 25 and 26
//! December and 1 January before it are bank holidays.

use crate::attention::{finding, found};
use crate::common::*;
use domain::record::{Assessment, CarePeriod, Held, Need, ProtectionPlan, Record, Section47};
use rstest::rstest;

fn plan(start: &str, visit: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        ..ProtectionPlan::default()
    })
}

fn need(start: &str, seen: &str) -> Record {
    Record::Need(Need {
        cin_start_date: on(start),
        last_seen_date: on(seen),
        case_status: text("Child in need plan"),
        ..Need::default()
    })
}

fn care(placed: &str, visit: &str) -> Record {
    Record::CarePeriod(CarePeriod {
        started_date: on(placed),
        placement_start_date: on(placed),
        last_visit_date: on(visit),
        ..CarePeriod::default()
    })
}

#[rstest]
#[case::ten_working_days_old_today(plan("2024-01-17", ""), None)]
#[case::eleven(plan("2024-01-16", ""), found("no child protection visit recorded since the plan began", "2024-01-31"))]
#[case::a_visit_to_come_is_none(
    plan("2024-01-16", "2024-02-01"),
    found("no child protection visit recorded since the plan began", "2024-01-31")
)]
#[case::a_late_visit_is_one(plan("2023-01-16", "2023-02-01"), None)]
#[case::no_start(plan("", ""), found("no child protection visit recorded, nor when the plan began", ""))]
#[case::twenty_working_days_in_need(need("2024-01-03", ""), None)]
#[case::twenty_one(need("2024-01-02", ""), found("no child in need visit recorded since the need began", "2024-01-31"))]
#[case::seven_calendar_days_in_a_placement(care("2024-01-24", ""), None)]
#[case::eight(
    care("2024-01-23", ""),
    found("no visit to the child in care recorded since the care began", "2024-01-31")
)]
fn no_visit(#[case] record: Record, #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "no-visit", [record]), expected);
}

#[test]
fn of_several_the_one_without_a_visit_for_longest_is_named() {
    let council = Council::as_at("2024-01-31");
    let words = found("no child in need visit recorded since the need began", "2024-01-04");
    assert_eq!(finding(&council, "no-visit", [plan("2024-01-02", ""), need("2023-12-01", "")]), words);
}

#[rstest]
#[case::twice_ten_working_days(plan("2023-01-01", "2024-01-03"), None)]
#[case::a_day_more(
    plan("2023-01-01", "2024-01-02"),
    found("no child protection visit for 21 working days, against a standard of 10", "2024-01-31")
)]
#[case::from_the_start_of_a_plan_after_the_visit(
    plan("2024-01-02", "2023-12-01"),
    found("no child protection visit for 21 working days, against a standard of 10", "2024-01-31")
)]
#[case::no_visit_at_all_is_another_rule(plan("2023-01-01", ""), None)]
#[case::twice_twenty_working_days(need("2023-01-01", "2023-12-01"), None)]
#[case::one_more(
    need("2023-01-01", "2023-11-30"),
    found("no child in need visit for 41 working days, against a standard of 20", "2024-01-31")
)]
#[case::twice_forty_two_days(care("2023-02-01", "2023-11-08"), None)]
#[case::eighty_five(
    care("2023-02-01", "2023-11-07"),
    found("no visit to the child in care for 85 days, against a standard of 42", "2024-01-31")
)]
#[case::twice_the_first_week(care("2024-01-17", "2024-01-01"), None)]
#[case::and_a_day(
    care("2024-01-16", "2024-01-01"),
    found("no visit to the child in care for 15 days, against a standard of 7", "2024-01-31")
)]
fn visits_twice_their_standard_ago(#[case] record: Record, #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "visit-overdue", [record]), expected);
}

#[rstest]
#[case::due_today("2024-01-17", None)]
#[case::late_by_a_day(
    "2024-01-16",
    found("no child protection visit for 11 working days, against a standard of 10", "2024-01-31")
)]
fn one_time_over_is_any_late_visit(#[case] visit: &str, #[case] expected: Option<(String, String)>) {
    let council = Council::as_at("2024-01-31").set("attention_visit_times", "1");
    assert_eq!(finding(&council, "visit-overdue", [plan("2023-01-01", visit)]), expected);
}

#[test]
fn a_visit_in_a_placement_without_a_start_cannot_be_told() {
    let record = CarePeriod { last_visit_date: on("2020-01-01"), ..CarePeriod::default() };
    assert_eq!(finding(&Council::as_at("2024-01-31"), "visit-overdue", [Record::CarePeriod(record)]), None);
}

#[rstest]
#[case::nobody("", found("open without an allocated worker", ""))]
#[case::duty("Duty", found("open without an allocated worker", ""))]
#[case::somebody("Ada", None)]
fn unallocated(#[case] worker: &str, #[case] expected: Option<(String, String)>) {
    let held = Held { team: None, worker: text(worker) };
    let record = Record::Need(Need { cin_start_date: on("2024-01-01"), held, ..Need::default() });
    assert_eq!(finding(&Council::as_at("2024-01-31"), "unallocated", [record]), expected);
}

#[rstest]
#[case::forty_one_days("2023-01-01", "2023-12-21", None)]
#[case::forty_two_days("2023-01-01", "2023-12-20", None)]
#[case::forty_three("2023-01-01", "2023-12-19", found("in need and not seen for 43 days", "2024-01-31"))]
#[case::opened_this_week("2024-01-29", "", None)]
#[case::opened_this_week_and_seen_long_before("2024-01-29", "2020-01-01", None)]
#[case::opened_forty_two_days_ago("2023-12-20", "", None)]
#[case::opened_forty_three_days_ago(
    "2023-12-19",
    "",
    found("in need and not seen since the need began 43 days ago", "2024-01-31")
)]
#[case::a_sight_before_the_need_began_is_none(
    "2023-12-19",
    "2023-12-01",
    found("in need and not seen since the need began 43 days ago", "2024-01-31")
)]
#[case::no_start("", "2023-12-19", found("in need and not seen for 43 days", "2024-01-31"))]
#[case::neither("", "", found("in need and not recorded as seen, nor when the need began", ""))]
fn dormant(#[case] began: &str, #[case] seen: &str, #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "dormant", [need(began, seen)]), expected);
}

/// Care that began on a day, in a placement whose start is not recorded.
fn unplaced(began: &str) -> Record {
    Record::CarePeriod(CarePeriod { started_date: on(began), ..CarePeriod::default() })
}

#[rstest]
#[case::opened_today("2024-01-31", None)]
#[case::opened_seven_days_ago("2024-01-24", None)]
#[case::opened_eight_days_ago("2024-01-23", found("no visit to the child in care recorded since the care began", ""))]
#[case::opened_nobody_knows_when("", found("no visit to the child in care recorded, nor when the care began", ""))]
fn care_in_its_first_week_is_no_reason(#[case] began: &str, #[case] expected: Option<(String, String)>) {
    assert_eq!(finding(&Council::as_at("2024-01-31"), "no-visit", [unplaced(began)]), expected);
}

#[test]
fn nobody_is_on_the_register_as_not_seen_for_having_been_opened_this_week() {
    let council = Council::as_at("2024-01-31");
    for began in ["2024-01-25", "2024-01-31"] {
        let records = [plan(began, ""), need(began, ""), care(began, ""), unplaced(began)];
        for rule in ["dormant", "no-visit", "visit-overdue", "assessment-overdue", "conference-overdue"] {
            assert_eq!(finding(&council, rule, records.clone()), None, "{rule}");
        }
    }
}

#[rstest]
#[case::forty_five_working_days("2023-11-24", "", None)]
#[case::forty_six(
    "2023-11-23",
    "",
    found("assessment open for 46 working days, against a standard of 45", "2024-01-31")
)]
#[case::authorised_today("2023-11-23", "2024-01-31", None)]
#[case::authorised_tomorrow(
    "2023-11-23",
    "2024-02-01",
    found("assessment open for 46 working days, against a standard of 45", "2024-01-31")
)]
#[case::no_start("", "", found("assessment open whose start is not recorded", ""))]
fn assessment_overdue(#[case] start: &str, #[case] authorised: &str, #[case] expected: Option<(String, String)>) {
    let record = Record::Assessment(Assessment {
        assessment_start_date: on(start),
        assessment_auth_date: on(authorised),
        ..Assessment::default()
    });
    assert_eq!(finding(&Council::as_at("2024-01-31"), "assessment-overdue", [record]), expected);
}

#[rstest]
#[case::fifteen_working_days("2024-01-10", "", None)]
#[case::sixteen(
    "2024-01-09",
    "",
    found("initial conference awaited for 16 working days, against a standard of 15", "2024-01-31")
)]
#[case::held_today("2024-01-09", "2024-01-31", None)]
#[case::no_strategy_discussion("", "", found("initial conference awaited since a day that is not recorded", ""))]
fn conference_overdue(#[case] strategy: &str, #[case] held: &str, #[case] expected: Option<(String, String)>) {
    let record = Record::Section47(Section47 {
        strategy_discussion_date: on(strategy),
        icpc_unnecessary: text("No"),
        icpc_date: on(held),
        ..Section47::default()
    });
    assert_eq!(finding(&Council::as_at("2024-01-31"), "conference-overdue", [record]), expected);
}
