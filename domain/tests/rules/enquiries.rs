//! S47-01, S47-02, S47-04, S47-06, ICPC-01.

use crate::common::*;
use domain::record::{Held, ProtectionPlan, Record, Section47};
use rstest::rstest;

fn enquiry(strategy: &str, unnecessary: &str, conference: &str) -> Section47 {
    Section47 {
        strategy_discussion_date: on(strategy),
        icpc_unnecessary: text(unnecessary),
        icpc_date: on(conference),
        ..Section47::default()
    }
}

fn plan(start: &str, end: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    })
}

#[rstest]
#[case::fifteenth_working_day_over_christmas_is_in_time("2023-12-15", "2024-01-10", YES)]
#[case::sixteenth_is_late("2023-12-15", "2024-01-11", NO)]
#[case::same_day("2024-01-10", "2024-01-10", YES)]
#[case::blank_strategy_discussion_is_late("", "2024-01-10", NO)]
#[case::strategy_discussion_after_its_conference_is_late("2024-01-11", "2024-01-10", NO)]
#[case::conference_before_the_period_is_no_unit("2023-10-20", "2023-10-31", NONE)]
#[case::conference_after_as_at_is_no_unit("2024-01-20", "2024-02-01", NONE)]
#[case::no_conference_is_no_unit("2024-01-20", "", NONE)]
fn s47_01(#[case] strategy: &str, #[case] conference: &str, #[case] expected: Option<bool>) {
    let record = Record::Section47(enquiry(strategy, "No", conference));
    assert_eq!(Council::as_at("2024-01-31").verdict("S47-01", [record]), expected);
}

#[test]
fn s47_01_clock_runs_to_the_conference() {
    let record = || [Record::Section47(enquiry("2023-12-15", "No", "2024-01-11"))];
    let council = Council::as_at("2024-01-31");
    assert_eq!(council.clock("S47-01", record()), clock("2023-12-15", "2024-01-10", 16));
}

#[rstest]
#[case::fifteenth_working_day_is_not_yet_late("2024-01-10", "No", "", NO)]
#[case::sixteenth_is_late("2024-01-09", "No", "", YES)]
#[case::blank_strategy_discussion_is_late("", "No", "", YES)]
#[case::conference_after_as_at_is_not_held("2024-01-09", "No", "2024-02-01", YES)]
#[case::conference_on_as_at_is_held("2024-01-09", "No", "2024-01-31", NONE)]
#[case::deemed_unnecessary_is_no_unit("2024-01-09", "Yes", "", NONE)]
#[case::undecided_is_no_unit("2024-01-09", "", "", NONE)]
#[case::strategy_discussion_after_as_at_counts_as_written("2024-02-05", "No", "", NO)]
#[case::reversed_dates_are_late("2024-02-10", "No", "2024-02-05", YES)]
fn s47_02(#[case] strategy: &str, #[case] unnecessary: &str, #[case] conference: &str, #[case] expected: Option<bool>) {
    let record = Record::Section47(enquiry(strategy, unnecessary, conference));
    assert_eq!(Council::as_at("2024-01-31").verdict("S47-02", [record]), expected);
}

#[rstest]
#[case::an_open_plan_takes_the_child_out("2023-01-01", "", NONE)]
#[case::so_does_one_that_ends_after_as_at("2023-01-01", "2024-02-01", NONE)]
#[case::so_does_one_without_a_start("", "", NONE)]
#[case::one_that_ended_on_as_at_does_not("2023-01-01", "2024-01-31", YES)]
#[case::one_that_begins_after_as_at_does_not("2024-02-01", "", YES)]
fn s47_02_with_a_plan(#[case] start: &str, #[case] end: &str, #[case] expected: Option<bool>) {
    let records = [Record::Section47(enquiry("2024-01-02", "No", "")), plan(start, end)];
    assert_eq!(Council::as_at("2024-01-31").verdict("S47-02", records), expected);
}

#[test]
fn s47_02_clock_runs_to_as_at() {
    let council = Council::as_at("2024-01-31");
    let waiting = |strategy| [Record::Section47(enquiry(strategy, "No", ""))];
    assert_eq!(council.clock("S47-02", waiting("2024-01-09")), clock("2024-01-09", "2024-01-30", 16));
    assert_eq!(council.clock("S47-02", waiting("")), no_clock());
    assert_eq!(council.clock("S47-02", waiting("2024-02-05")), clock("2024-02-05", "2024-02-26", 0));
}

#[rstest]
#[case::yes("2024-01-10", "Yes", YES)]
#[case::no("2024-01-10", "No", NO)]
#[case::undecided_is_no_unit("2024-01-10", "", NONE)]
#[case::another_answer_is_no_unit("2024-01-10", "perhaps", NONE)]
#[case::outside_the_period_is_no_unit("2023-10-31", "Yes", NONE)]
#[case::after_as_at_is_no_unit("2024-02-01", "Yes", NONE)]
#[case::without_date_is_no_unit("", "Yes", NONE)]
fn s47_04(#[case] strategy: &str, #[case] unnecessary: &str, #[case] expected: Option<bool>) {
    let record = Record::Section47(enquiry(strategy, unnecessary, ""));
    assert_eq!(Council::as_at("2024-01-31").verdict("S47-04", [record]), expected);
}

fn counted(strategy: &str, earlier: Option<i64>, team: &str) -> Record {
    Record::Section47(Section47 {
        number_of_previous_section_47s: earlier,
        held: Held { team: text(team), worker: None },
        ..enquiry(strategy, "", "")
    })
}

#[rstest]
#[case::one_earlier("2024-01-10", Some(1), YES)]
#[case::none_earlier("2024-01-10", Some(0), NO)]
#[case::blank_number("2024-01-10", None, NO)]
#[case::outside_the_period_is_no_unit("2023-10-31", Some(1), NONE)]
fn s47_06(#[case] strategy: &str, #[case] earlier: Option<i64>, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("S47-06", [counted(strategy, earlier, "")]), expected);
}

#[rstest]
#[case::the_latest_row_answers(&[("2024-01-20", 0, "late"), ("2024-01-10", 1, "early")], false, "late")]
#[case::first_in_the_sheet_of_one_day(&[("2024-01-20", 1, "first"), ("2024-01-20", 0, "second")], true, "first")]
#[case::a_row_without_date_is_never_latest(&[("", 1, "blank"), ("2024-01-20", 0, "dated")], false, "dated")]
#[case::a_row_after_as_at_may_be_latest(&[("2024-01-20", 0, "now"), ("2024-02-20", 1, "later")], true, "later")]
fn s47_06_counts_a_child_once_by_the_latest_row(
    #[case] rows: &[(&str, i64, &str)],
    #[case] numerator: bool,
    #[case] team: &str,
) {
    let journey = child(rows.iter().map(|(strategy, earlier, team)| counted(strategy, Some(*earlier), team)));
    let fact = Council::as_at("2024-01-31").fact("S47-06", &journey).unwrap();
    assert_eq!((fact.numerator, fact.team.as_deref()), (numerator, Some(team)));
}

#[rstest]
#[case::plan("Yes", "2024-01-10", YES)]
#[case::no_plan("No", "2024-01-10", NO)]
#[case::blank_is_no_plan("", "2024-01-10", NO)]
#[case::outside_the_period_is_no_unit("Yes", "2023-10-31", NONE)]
fn icpc_01(#[case] outcome: &str, #[case] conference: &str, #[case] expected: Option<bool>) {
    let record = Section47 { icpc_outcome_cp_plan: text(outcome), ..enquiry("2024-01-01", "No", conference) };
    assert_eq!(Council::as_at("2024-01-31").verdict("ICPC-01", [Record::Section47(record)]), expected);
}
