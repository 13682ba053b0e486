//! ALL-01, DOR-01, and who holds a child.

use crate::common::*;
use domain::record::{CarePeriod, Held, Need, ProtectionPlan, Record};
use rstest::rstest;

fn held(team: &str, worker: &str) -> Held {
    Held { team: text(team), worker: text(worker) }
}

fn need(start: &str, team: &str, worker: &str) -> Record {
    Record::Need(Need { cin_start_date: on(start), held: held(team, worker), ..Need::default() })
}

fn plan(start: &str, team: &str, worker: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        held: held(team, worker),
        ..ProtectionPlan::default()
    })
}

fn care(start: &str, team: &str, worker: &str) -> Record {
    Record::CarePeriod(CarePeriod { started_date: on(start), held: held(team, worker), ..CarePeriod::default() })
}

#[rstest]
#[case::a_named_worker_is_real("Ada Byron", YES)]
#[case::blank_is_nobody("", NO)]
#[case::unallocated_is_nobody("Unallocated", NO)]
#[case::not_allocated_is_nobody(" NOT  allocated ", NO)]
#[case::none_is_nobody("None", NO)]
#[case::duty_is_nobody("DUTY", NO)]
#[case::duty_worker_is_nobody("Duty\u{a0}Worker", NO)]
#[case::a_tray_is_nobody("tray", NO)]
#[case::pending_is_nobody("Pending", NO)]
#[case::to_be_confirmed_is_nobody("TBC", NO)]
#[case::to_be_announced_is_nobody("tba", NO)]
#[case::vacant_is_nobody("Vacant", NO)]
#[case::a_vacancy_is_nobody("VACANCY", NO)]
#[case::unassigned_is_nobody("Unassigned", NO)]
#[case::no_worker_allocated_is_nobody("No worker allocated", NO)]
#[case::not_known_is_nobody("n/k", NO)]
#[case::unknown_is_nobody("Unknown", NO)]
#[case::a_question_mark_is_nobody("?", NO)]
#[case::nan_is_nobody("NaN", NO)]
#[case::the_word_blank_is_nobody("(blank)", NO)]
#[case::agency_is_nobody("Agency", NO)]
#[case::an_agency_worker_is_real("Agency Smith", YES)]
#[case::a_team_is_nobody("north  TEAM", NO)]
#[case::a_placeholder_is_the_whole_value("Duty Smith", YES)]
fn all_01(#[case] worker: &str, #[case] expected: Option<bool>) {
    let council = Council::as_at("2024-01-31").team("North Team");
    assert_eq!(council.verdict("ALL-01", [need("2023-01-01", "A", worker)]), expected);
}

#[rstest]
#[case::each_child_counts_once(&[need("2023-01-01", "A", "W"), plan("2023-01-01", "A", "W")], YES)]
#[case::a_real_worker_on_a_lower_list_is_enough(&[care("2023-01-01", "A", "Duty"), need("2023-01-01", "B", "W")], YES)]
#[case::a_child_that_is_not_open_is_no_unit(&[need("2024-02-01", "A", "W")], NONE)]
#[case::short_breaks_are_open_too(&[Record::CarePeriod(CarePeriod { legal_status: text("V4"), ..CarePeriod::default() })], NO)]
fn all_01_looks_at_every_open_row(#[case] records: &[Record], #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("ALL-01", records.iter().cloned()), expected);
}

#[rstest]
#[case::list_8_before_7_before_6(
    &[need("2024-01-03", "six", "W6"), plan("2024-01-02", "seven", "W7"), care("2024-01-01", "eight", "W8")],
    "eight", "W8"
)]
#[case::list_7_before_6(&[need("2024-01-03", "six", "W6"), plan("2024-01-02", "seven", "W7")], "seven", "W7")]
#[case::latest_start_first(&[need("2023-01-01", "old", "O"), need("2024-01-01", "new", "N")], "new", "N")]
#[case::first_in_the_sheet_of_one_day(&[need("2024-01-01", "one", "1"), need("2024-01-01", "two", "2")], "one", "1")]
#[case::a_blank_start_comes_last(&[need("", "blank", "B"), need("2020-01-01", "dated", "D")], "dated", "D")]
#[case::team_and_worker_are_looked_for_apart(
    &[care("2024-01-01", "", "W8"), plan("2024-01-01", "seven", "")], "seven", "W8"
)]
#[case::a_placeholder_is_passed_over_for_the_worker_alone(
    &[care("2024-01-01", "eight", "Duty"), need("2024-01-01", "six", "W6")], "eight", "W6"
)]
#[case::rows_that_are_not_open_are_passed_over(
    &[care("2024-02-01", "later", "L"), need("2024-01-01", "now", "N")], "now", "N"
)]
fn who_holds_a_child_now(#[case] records: &[Record], #[case] team: &str, #[case] worker: &str) {
    let fact = Council::as_at("2024-01-31").fact("ALL-01", &child(records.iter().cloned())).unwrap();
    assert_eq!((fact.team.as_deref(), fact.worker.as_deref()), (Some(team), Some(worker)));
    assert_eq!(fact.list, 0, "the unit is the child");
}

#[test]
fn another_list_of_placeholders_moves_the_measure() {
    let council = Council::as_at("2024-01-31").set("worker_placeholders", "Nobody, Agency Pool");
    assert_eq!(council.verdict("ALL-01", [need("2023-01-01", "A", "agency  pool")]), NO);
    assert_eq!(council.verdict("ALL-01", [need("2023-01-01", "A", "Duty")]), YES);
}

// As at 31 January 2024: 21, 20 and 19 December are 41, 42 and 43 days before it.
#[rstest]
#[case::seen_41_days_ago("2023-01-01", "2023-12-21", NO)]
#[case::seen_42_days_ago("2023-01-01", "2023-12-20", NO)]
#[case::seen_43_days_ago("2023-01-01", "2023-12-19", YES)]
#[case::in_need_for_41_days_and_never_seen("2023-12-21", "", NO)]
#[case::in_need_for_42_days_and_never_seen("2023-12-20", "", NO)]
#[case::in_need_for_43_days_and_never_seen("2023-12-19", "", YES)]
#[case::opened_today_and_never_seen("2024-01-31", "", NO)]
#[case::opened_lately_and_last_seen_long_before("2023-12-20", "2020-01-01", NO)]
#[case::opened_43_days_ago_and_last_seen_long_before("2023-12-19", "2020-01-01", YES)]
#[case::seen_lately_and_no_start("", "2023-12-20", NO)]
#[case::seen_long_ago_and_no_start("", "2023-12-19", YES)]
#[case::neither_date("", "", YES)]
#[case::seen_after_as_at_has_not_happened("2023-12-19", "2024-02-01", YES)]
#[case::nor_does_it_make_a_new_case_dormant("2023-12-20", "2024-02-01", NO)]
#[case::not_begun_is_no_unit("2024-02-01", "", NONE)]
fn dor_01(#[case] began: &str, #[case] seen: &str, #[case] expected: Option<bool>) {
    let record = Record::Need(Need { cin_start_date: on(began), last_seen_date: on(seen), ..Need::default() });
    assert_eq!(Council::as_at("2024-01-31").verdict("DOR-01", [record]), expected);
}

#[rstest]
#[case::any_status_counts("Closed episode", "", YES)]
#[case::closed_is_no_unit("", "2024-01-31", NONE)]
fn dor_01_counts_open_rows(#[case] status: &str, #[case] closed: &str, #[case] expected: Option<bool>) {
    let record = Record::Need(Need {
        cin_start_date: on("2023-01-01"),
        last_seen_date: on("2023-12-19"),
        case_status: text(status),
        cin_closure_date: on(closed),
        ..Need::default()
    });
    assert_eq!(Council::as_at("2024-01-31").verdict("DOR-01", [record]), expected);
}

#[rstest]
#[case::when_the_child_was_last_seen("2023-01-01", "2023-12-19", clock("2023-12-19", "2024-01-30", 44))]
#[case::when_the_need_began("2023-12-20", "", clock("2023-12-20", "2024-01-31", 43))]
#[case::when_the_need_began_after_that("2023-12-20", "2023-11-01", clock("2023-12-20", "2024-01-31", 43))]
#[case::nobody_knows_when("", "", no_clock())]
fn dor_01_clock_starts(#[case] began: &str, #[case] seen: &str, #[case] expected: (String, String, Option<i64>)) {
    let record = Record::Need(Need { cin_start_date: on(began), last_seen_date: on(seen), ..Need::default() });
    assert_eq!(Council::as_at("2024-01-31").clock("DOR-01", [record]), expected);
}

#[test]
fn another_standard_moves_the_day_on_which_a_case_is_dormant() {
    let council = Council::as_at("2024-01-31").set("dormant_days", "30");
    let began = |date| [Record::Need(Need { cin_start_date: on(date), ..Need::default() })];
    assert_eq!(council.verdict("DOR-01", began("2024-01-01")), NO);
    assert_eq!(council.verdict("DOR-01", began("2023-12-31")), YES);
}
