//! CLA-03, CLA-05, CLA-06, CLA-07, CLA-09, CLA-13, MIS-01, MIS-02.

use crate::common::*;
use domain::record::{CarePeriod, Person, Record};
use rstest::rstest;

fn care(started: &str) -> CarePeriod {
    CarePeriod { started_date: on(started), ..CarePeriod::default() }
}

fn born(date: &str) -> Person {
    Person { date_of_birth: on(date), ..Person::default() }
}

#[track_caller]
fn assert_verdict(id: &str, period: CarePeriod, expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict(id, [Record::CarePeriod(period)]), expected);
}

#[rstest]
#[case::episodes_of_short_breaks("V3")]
#[case::agreements_of_short_breaks("V4")]
fn short_breaks_are_outside_every_measure_of_care(#[case] status: &str) {
    let period =
        CarePeriod { legal_status: text(status), missing_episodes: Some(1), person: born("2015-01-01"), ..care("") };
    for id in ["CLA-01", "CLA-03", "CLA-05", "CLA-06", "CLA-07", "CLA-09", "CLA-13", "MIS-01", "MIS-02"] {
        assert_verdict(id, period.clone(), NONE);
        let single_period = CarePeriod { legal_status: text("V2"), ..period.clone() };
        let council = Council::as_at("2024-01-31");
        assert!(council.verdict(id, [Record::CarePeriod(single_period)]).is_some(), "{id}");
    }
}

#[rstest]
#[case::left_on_as_at("2023-01-01", "2024-01-31", NONE)]
#[case::leaves_after_as_at("2023-01-01", "2024-02-01", NO)]
#[case::enters_after_as_at("2024-02-01", "", NONE)]
#[case::reversed_dates_leave_an_ended_period("2023-06-01", "2023-05-01", NONE)]
fn only_children_in_care_on_the_day_count(#[case] started: &str, #[case] ceased: &str, #[case] expected: Option<bool>) {
    assert_verdict("CLA-05", CarePeriod { ceased_date: on(ceased), ..care(started) }, expected);
}

#[test]
fn two_open_periods_of_one_child_are_two_units() {
    let records = [Record::CarePeriod(care("2023-01-01")), Record::CarePeriod(care("2023-06-01"))];
    assert_eq!(Council::as_at("2024-01-31").verdicts("CLA-05", records), [false, false]);
}

#[rstest]
#[case::reviewed_six_months_ago_today("2023-01-01", "2023-07-31", YES)]
#[case::six_months_and_a_day_is_late("2023-01-01", "2023-07-30", NO)]
#[case::no_review_and_twentieth_working_day_today("2024-01-03", "", YES)]
#[case::no_review_and_twenty_first_is_late("2024-01-02", "", NO)]
#[case::no_review_and_no_start_is_late("", "", NO)]
#[case::a_review_and_no_start_is_on_time("", "2023-07-31", YES)]
#[case::a_late_review_is_late_though_the_child_has_just_come("2024-01-30", "2023-07-30", NO)]
#[case::a_review_after_as_at_has_not_happened("2023-01-01", "2024-02-01", NO)]
fn cla_03(#[case] started: &str, #[case] review: &str, #[case] expected: Option<bool>) {
    assert_verdict("CLA-03", CarePeriod { latest_review_date: on(review), ..care(started) }, expected);
}

#[test]
fn cla_03_clock_runs_in_calendar_days_from_a_review_and_in_working_days_from_the_start() {
    let council = Council::as_at("2024-01-31");
    let of = |started, review| [Record::CarePeriod(CarePeriod { latest_review_date: on(review), ..care(started) })];
    assert_eq!(council.clock("CLA-03", of("2023-01-01", "2023-07-30")), clock("2023-07-30", "2024-01-30", 186));
    assert_eq!(council.clock("CLA-03", of("2024-01-02", "")), clock("2024-01-02", "2024-01-30", 21));
    assert_eq!(council.clock("CLA-03", of("", "")), no_clock());
}

#[rstest]
#[case::three(Some(3), YES)]
#[case::two(Some(2), NO)]
#[case::blank(None, NO)]
fn cla_05(#[case] placements: Option<i64>, #[case] expected: Option<bool>) {
    assert_verdict("CLA-05", CarePeriod { number_of_placements: placements, ..care("2023-01-01") }, expected);
}

#[rstest]
#[case::two_years_today("2008-02-01", "2021-07-31", "2022-01-31", YES)]
#[case::two_years_tomorrow("2008-02-01", "2021-07-31", "2022-02-01", NO)]
#[case::no_placement_start_is_not_stable("2008-02-01", "2021-07-31", "", NO)]
#[case::placement_start_after_as_at_has_not_happened("2008-02-01", "2021-07-31", "2024-02-01", NO)]
#[case::sixteen_today_is_no_unit("2008-01-31", "2021-07-31", "2022-01-31", NONE)]
#[case::thirty_months_tomorrow_is_no_unit("2008-02-01", "2021-08-01", "2022-01-31", NONE)]
#[case::no_start_is_long("2008-02-01", "", "2022-01-31", YES)]
#[case::no_birth_date_is_no_unit("", "2021-07-31", "2022-01-31", NONE)]
#[case::unborn_is_no_unit("2024-02-01", "2021-07-31", "2022-01-31", NONE)]
fn cla_06(#[case] birth: &str, #[case] started: &str, #[case] placed: &str, #[case] expected: Option<bool>) {
    let period = CarePeriod { person: born(birth), placement_start_date: on(placed), ..care(started) };
    assert_verdict("CLA-06", period, expected);
}

#[test]
fn cla_06_clock_starts_with_the_placement() {
    let council = Council::as_at("2024-01-31");
    let of = |placed| {
        let placement_start_date = on(placed);
        [Record::CarePeriod(CarePeriod { person: born("2015-01-01"), placement_start_date, ..care("2020-01-01") })]
    };
    assert_eq!(council.clock("CLA-06", of("2022-02-01")), clock("2022-02-01", "2024-01-31", 730));
    assert_eq!(council.clock("CLA-06", of("")), no_clock());
}

#[rstest]
#[case::under_five_six_months_ago_today("2019-02-01", "2023-07-31", YES)]
#[case::under_five_a_day_more_is_late("2019-02-01", "2023-07-30", NO)]
#[case::five_today_twelve_months_ago_today("2019-01-31", "2023-01-31", YES)]
#[case::five_today_a_day_more_is_late("2019-01-31", "2023-01-30", NO)]
#[case::no_age_has_twelve_months("", "2023-01-31", YES)]
#[case::no_age_a_day_more_is_late("", "2023-01-30", NO)]
#[case::never_assessed("2015-01-01", "", NO)]
#[case::after_as_at_has_not_happened("2015-01-01", "2024-02-01", NO)]
fn cla_07(#[case] birth: &str, #[case] assessed: &str, #[case] expected: Option<bool>) {
    let period = CarePeriod { person: born(birth), last_health_assessment_date: on(assessed), ..care("2022-01-01") };
    assert_verdict("CLA-07", period, expected);
}

#[rstest]
#[case::a_year_today("2023-01-31", NO)]
#[case::a_year_tomorrow("2023-02-01", NONE)]
#[case::no_start_is_long("", NO)]
fn cla_07_and_09_take_children_looked_after_for_a_year(#[case] started: &str, #[case] expected: Option<bool>) {
    assert_verdict("CLA-07", care(started), expected);
    assert_verdict("CLA-09", care(started), expected);
}

#[rstest]
#[case::twelve_months_ago_today("2024-01-31", "2023-01-31", YES)]
#[case::a_day_more_is_late("2024-01-31", "2023-01-30", NO)]
#[case::from_29_february_due_on_28_february("2025-02-28", "2024-02-29", YES)]
#[case::and_late_on_1_march("2025-03-01", "2024-02-29", NO)]
#[case::never_checked("2024-01-31", "", NO)]
fn cla_09(#[case] as_at: &str, #[case] checked: &str, #[case] expected: Option<bool>) {
    let period = CarePeriod { last_dental_check_date: on(checked), ..care("2020-01-01") };
    assert_eq!(Council::as_at(as_at).verdict("CLA-09", [Record::CarePeriod(period)]), expected);
}

#[test]
fn cla_07_and_09_clocks_start_at_the_last_date() {
    let council = Council::as_at("2024-01-31");
    let done = || {
        let date = on("2023-01-30");
        [Record::CarePeriod(CarePeriod { last_health_assessment_date: date, last_dental_check_date: date, ..care("") })]
    };
    for id in ["CLA-07", "CLA-09"] {
        assert_eq!(council.clock(id, done()), clock("2023-01-30", "2024-01-30", 367));
        assert_eq!(council.clock(id, [Record::CarePeriod(care(""))]), no_clock());
    }
}

#[rstest]
#[case::four_months_and_a_plan("2023-09-30", "Adoption", YES)]
#[case::four_months_and_none("2023-09-30", "", NO)]
#[case::four_months_after_31_october_are_29_february("2023-10-31", "", NONE)]
#[case::less_than_four_months_is_no_unit("2023-10-01", "Adoption", NONE)]
#[case::no_start_is_long("", "", NO)]
fn cla_13(#[case] started: &str, #[case] plan: &str, #[case] expected: Option<bool>) {
    assert_verdict("CLA-13", CarePeriod { permanence_plan: text(plan), ..care(started) }, expected);
}

#[rstest]
#[case::missing_once_and_offered(Some(1), "Yes", YES, YES)]
#[case::missing_and_not_offered(Some(2), "No", YES, NO)]
#[case::missing_and_unknown_is_not_offered(Some(2), "Unknown", YES, NO)]
#[case::missing_and_blank_is_not_offered(Some(2), "", YES, NO)]
#[case::never_missing(Some(0), "Yes", NO, NONE)]
#[case::blank_is_not_known_to_be_missing(None, "Yes", NO, NONE)]
fn mis_01_and_02(
    #[case] episodes: Option<i64>,
    #[case] offered: &str,
    #[case] missing: Option<bool>,
    #[case] interview: Option<bool>,
) {
    let period =
        CarePeriod { missing_episodes: episodes, return_interview_offered: text(offered), ..care("2023-01-01") };
    assert_verdict("MIS-01", period.clone(), missing);
    assert_verdict("MIS-02", period, interview);
}
