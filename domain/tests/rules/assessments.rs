//! ASM-01, ASM-02, ASM-03.

use crate::common::*;
use domain::measures::Supplied;
use domain::record::{Assessment, Record, Referral};
use rstest::rstest;

fn assessment(start: &str, authorised: &str) -> Record {
    Record::Assessment(Assessment {
        assessment_start_date: on(start),
        assessment_auth_date: on(authorised),
        ..Assessment::default()
    })
}

fn referral(date: &str) -> Record {
    Record::Referral(Referral { referral_date: on(date), ..Referral::default() })
}

#[rstest]
#[case::forty_fifth_working_day_over_christmas_is_in_time("2023-11-20", "2024-01-25", YES)]
#[case::forty_sixth_is_late("2023-11-20", "2024-01-26", NO)]
#[case::a_start_on_saturday_is_day_0("2023-11-18", "2024-01-24", YES)]
#[case::authorised_the_day_it_began("2024-01-10", "2024-01-10", YES)]
#[case::blank_start_is_late("", "2024-01-25", NO)]
#[case::reversed_dates_are_late("2024-01-26", "2024-01-25", NO)]
#[case::authorised_on_the_periods_first_day("2023-10-20", "2023-11-01", YES)]
#[case::authorised_before_the_period_is_no_unit("2023-10-20", "2023-10-31", NONE)]
#[case::authorised_after_as_at_is_no_unit("2024-01-20", "2024-02-01", NONE)]
#[case::not_authorised_is_no_unit("2024-01-20", "", NONE)]
fn asm_01(#[case] start: &str, #[case] authorised: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("ASM-01", [assessment(start, authorised)]), expected);
}

#[test]
fn asm_01_clock_runs_to_authorisation() {
    let council = Council::as_at("2024-01-31");
    assert_eq!(
        council.clock("ASM-01", [assessment("2023-11-20", "2024-01-26")]),
        clock("2023-11-20", "2024-01-25", 46)
    );
    assert_eq!(council.clock("ASM-01", [assessment("", "2024-01-26")]), no_clock());
}

#[rstest]
#[case::the_referral_starts_the_clock(&["2023-11-20"], "2023-11-27", "2024-01-26", NO)]
#[case::a_referral_of_the_same_day_does(&["2023-11-20"], "2023-11-20", "2024-01-25", YES)]
#[case::the_latest_before_the_start_does(&["2023-06-01", "2023-11-24", "2023-11-28"], "2023-11-27", "2024-01-31", YES)]
#[case::without_a_referral_the_start_does(&[], "2023-11-27", "2024-01-31", YES)]
#[case::a_later_referral_does_not(&["2023-11-28"], "2023-11-27", "2024-01-31", YES)]
#[case::a_referral_without_date_does_not(&[""], "2023-11-27", "2024-01-31", YES)]
#[case::a_blank_start_is_late_whatever_the_referral(&["2024-01-20"], "", "2024-01-25", NO)]
fn asm_01_from_referral(
    #[case] referrals: &[&str],
    #[case] start: &str,
    #[case] authorised: &str,
    #[case] expected: Option<bool>,
) {
    let council = Council::as_at("2024-01-31").set("assessment_clock", "referral");
    let records = std::iter::once(assessment(start, authorised)).chain(referrals.iter().map(|date| referral(date)));
    assert_eq!(council.verdict("ASM-01", records), expected);
}

#[test]
fn asm_01_needs_referrals_only_when_its_clock_runs_from_them() {
    let mut council = Council::as_at("2024-01-31");
    let Supplied { lists } = &mut council.supplied;
    lists.remove(&3);
    let done = || [assessment("2024-01-10", "2024-01-20")];
    assert_eq!(council.verdict("ASM-01", done()), YES);
    let council = council.set("assessment_clock", "referral");
    assert_eq!(council.verdict("ASM-01", done()), NONE);
    assert!(!council.supplied.satisfies(the("ASM-01").needs_under(&council.standards)));
    assert!(council.supplied.satisfies(the("ASM-02").needs_under(&council.standards)));
}

#[rstest]
#[case::forty_fifth_working_day_is_not_yet_late("2023-11-24", "", NO)]
#[case::forty_sixth_is_late("2023-11-23", "", YES)]
#[case::blank_start_is_late("", "", YES)]
#[case::authorised_after_as_at_is_still_open("2023-11-23", "2024-02-01", YES)]
#[case::authorised_on_as_at_is_no_unit("2023-11-23", "2024-01-31", NONE)]
#[case::begins_on_as_at("2024-01-31", "", NO)]
#[case::begins_after_as_at_is_no_unit("2024-02-01", "", NONE)]
fn asm_02(#[case] start: &str, #[case] authorised: &str, #[case] expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict("ASM-02", [assessment(start, authorised)]), expected);
}

#[test]
fn asm_02_with_a_due_date_on_friday_is_late_on_saturday() {
    // 45 working days after 24 November 2023 is Wednesday 31 January; after 28 November, Friday 2 February.
    let open = || [assessment("2023-11-28", "")];
    assert_eq!(Council::as_at("2024-02-02").verdict("ASM-02", open()), NO);
    assert_eq!(Council::as_at("2024-02-03").verdict("ASM-02", open()), YES);
    assert_eq!(Council::as_at("2024-02-03").clock("ASM-02", open()), clock("2023-11-28", "2024-02-02", 45));
}

#[rstest]
#[case::seen("Yes", YES)]
#[case::not_seen("No", NO)]
#[case::unknown_is_not_seen("Unknown", NO)]
#[case::blank_is_not_seen("", NO)]
fn asm_03(#[case] seen: &str, #[case] expected: Option<bool>) {
    let record = Record::Assessment(Assessment {
        assessment_auth_date: on("2024-01-20"),
        child_seen: text(seen),
        ..Assessment::default()
    });
    assert_eq!(Council::as_at("2024-01-31").verdict("ASM-03", [record]), expected);
}
