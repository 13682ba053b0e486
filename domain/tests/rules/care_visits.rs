//! CLA-01 and the intervals of table F1.

use crate::common::*;
use domain::record::{CarePeriod, Record};
use rstest::rstest;

fn placed(on_day: &str, visit: &str) -> CarePeriod {
    CarePeriod {
        started_date: on("2020-01-01"),
        placement_start_date: on(on_day),
        last_visit_date: on(visit),
        ..CarePeriod::default()
    }
}

#[rstest]
#[case::forty_two_days_ago("2023-01-10", "2023-12-20", YES)]
#[case::forty_three_days_ago_is_late("2023-01-10", "2023-12-19", NO)]
#[case::never_visited("2023-01-10", "", NO)]
#[case::a_visit_after_as_at_has_not_happened("2023-01-10", "2024-02-01", NO)]
#[case::placed_seven_days_ago("2024-01-24", "", YES)]
#[case::placed_eight_days_ago_is_late("2024-01-23", "", NO)]
#[case::a_visit_before_the_placement_does_not_count("2024-01-20", "2024-01-19", NO)]
#[case::a_visit_on_the_day_of_the_placement_does("2024-01-20", "2024-01-20", YES)]
#[case::no_placement_start_is_late("", "2024-01-30", NO)]
#[case::a_placement_start_after_as_at_has_not_happened("2024-02-01", "2024-01-30", NO)]
fn cla_01(#[case] placement: &str, #[case] visit: &str, #[case] expected: Option<bool>) {
    let record = Record::CarePeriod(placed(placement, visit));
    assert_eq!(Council::as_at("2024-01-31").verdict("CLA-01", [record]), expected);
}

const A_YEAR_TODAY: &str = "2023-01-31";
const A_YEAR_TOMORROW: &str = "2023-02-01";

#[rstest]
#[case::long_term_fostering_has_three_months(A_YEAR_TODAY, "C2", "U4", "", "2023-10-31", YES)]
#[case::and_is_late_a_day_later(A_YEAR_TODAY, "C2", "U4", "", "2023-10-30", NO)]
#[case::with_relatives_too(A_YEAR_TODAY, "C2", "U1", "", "2023-10-31", YES)]
#[case::a_plan_of_long_term_fostering_too(A_YEAR_TODAY, "C2", "K2", "Long-term fostering", "2023-10-31", YES)]
#[case::a_plan_of_residence_too(A_YEAR_TODAY, "C2", "K2", "Long-term residential placement", "2023-10-31", YES)]
#[case::another_placement_and_plan_do_not(A_YEAR_TODAY, "C2", "U6", "Adoption", "2023-12-19", NO)]
#[case::not_before_a_year(A_YEAR_TOMORROW, "C2", "U4", "", "2023-12-19", NO)]
#[case::before_a_year_forty_two_days(A_YEAR_TOMORROW, "C2", "U4", "", "2023-12-20", YES)]
#[case::interim_order_with_parents_has_28_days(A_YEAR_TODAY, "C1", "P1", "", "2024-01-03", YES)]
#[case::and_is_late_a_day_later_too(A_YEAR_TODAY, "C1", "P1", "", "2024-01-02", NO)]
#[case::full_order_with_parents_has_42(A_YEAR_TODAY, "C2", "P1", "", "2023-12-20", YES)]
#[case::interim_order_in_fostering_has_42(A_YEAR_TODAY, "C1", "U6", "", "2023-12-20", YES)]
#[case::meant_to_last_comes_before_interim_order(A_YEAR_TODAY, "C1", "P1", "Long-term fostering", "2023-10-31", YES)]
#[case::but_not_before_a_year(A_YEAR_TOMORROW, "C1", "P1", "Long-term fostering", "2024-01-02", NO)]
fn cla_01_intervals(
    #[case] placement: &str,
    #[case] status: &str,
    #[case] kind: &str,
    #[case] plan: &str,
    #[case] visit: &str,
    #[case] expected: Option<bool>,
) {
    let period = CarePeriod {
        legal_status: text(status),
        placement_type: text(kind),
        permanence_plan: text(plan),
        ..placed(placement, visit)
    };
    assert_eq!(Council::as_at("2024-01-31").verdict("CLA-01", [Record::CarePeriod(period)]), expected);
}

#[rstest]
#[case::after_29_february_until_31_may("2024-02-29", "2024-05-31", YES)]
#[case::late_on_1_june("2024-02-29", "2024-06-01", NO)]
#[case::after_28_february_of_a_leap_year_until_28_may("2024-02-28", "2024-05-28", YES)]
#[case::late_on_29_may("2024-02-28", "2024-05-29", NO)]
#[case::after_31_january_until_30_april("2024-01-31", "2024-04-30", YES)]
#[case::late_on_1_may("2024-01-31", "2024-05-01", NO)]
#[case::after_30_november_until_29_february("2023-11-30", "2024-02-29", YES)]
fn cla_01_three_months_back_from_as_at_clamp(#[case] visit: &str, #[case] as_at: &str, #[case] expected: Option<bool>) {
    let period = CarePeriod { placement_type: text("U4"), ..placed("2020-01-01", visit) };
    assert_eq!(Council::as_at(as_at).verdict("CLA-01", [Record::CarePeriod(period)]), expected);
}

#[rstest]
#[case::from_the_last_visit("2023-01-10", "2023-12-19", "", clock("2023-12-19", "2024-01-30", 44))]
#[case::from_the_placement_without_a_visit("2024-01-20", "", "", clock("2024-01-20", "2024-01-27", 12))]
#[case::from_the_placement_after_an_earlier_visit(
    "2024-01-20",
    "2024-01-19",
    "",
    clock("2024-01-20", "2024-01-27", 12)
)]
#[case::an_early_visit_moves_the_due_day("2024-01-24", "2024-01-24", "", clock("2024-01-24", "2024-03-06", 8))]
#[case::months_clamp_to_the_last_day_that_still_reaches_the_visit(
    "2020-01-01",
    "2023-11-30",
    "U4",
    clock("2023-11-30", "2024-02-29", 63)
)]
#[case::nothing_without_a_placement_start("", "2024-01-30", "", no_clock())]
fn cla_01_clock(
    #[case] placement: &str,
    #[case] visit: &str,
    #[case] kind: &str,
    #[case] expected: (String, String, Option<i64>),
) {
    let period = CarePeriod { placement_type: text(kind), ..placed(placement, visit) };
    assert_eq!(Council::as_at("2024-01-31").clock("CLA-01", [Record::CarePeriod(period)]), expected);
}

#[test]
fn cla_01_is_never_due_before_the_first_week_of_a_placement_is_over() {
    let council = Council::as_at("2024-01-31").set("cla_first_visit_days", "60");
    let visited = [Record::CarePeriod(placed("2024-01-01", "2024-01-02"))];
    assert_eq!(council.clock("CLA-01", visited), clock("2024-01-02", "2024-03-01", 30));
}
