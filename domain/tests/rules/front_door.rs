//! CON-01, REF-02, REF-03.

use crate::common::*;
use domain::record::{Contact, Record, Referral};
use rstest::rstest;

fn contact(date: &str) -> Record {
    Record::Contact(Contact { contact_date: on(date), ..Contact::default() })
}

fn referral(date: &str, earlier: i64) -> Record {
    Record::Referral(Referral {
        referral_date: on(date),
        number_of_previous_referrals: Some(earlier),
        ..Referral::default()
    })
}

#[rstest]
#[case::referral_of_the_same_day_follows("2024-01-10", &["2024-01-10"], YES)]
#[case::third_working_day_over_a_weekend_is_in_time("2024-01-05", &["2024-01-10"], YES)]
#[case::fourth_working_day_is_late("2024-01-05", &["2024-01-11"], NO)]
#[case::third_working_day_over_christmas_is_in_time("2023-12-22", &["2023-12-29"], YES)]
#[case::saturday_after_a_due_friday_is_late("2023-12-22", &["2023-12-30"], NO)]
#[case::referral_of_the_day_before_does_not_follow("2024-01-10", &["2024-01-09"], NO)]
#[case::an_earlier_referral_does_not_hide_a_later_one("2024-01-10", &["2024-01-09", "2024-01-11"], YES)]
#[case::no_referral_is_none("2024-01-10", &[], NO)]
#[case::no_referral_yet_is_none_even_before_the_time_is_up("2024-01-30", &[], NO)]
#[case::referral_without_date_is_none("2024-01-10", &[""], NO)]
#[case::referral_after_as_at_counts_as_written("2024-01-31", &["2024-02-01"], YES)]
#[case::first_day_of_the_period_counts("2023-11-01", &[], NO)]
#[case::day_before_the_period_is_no_unit("2023-10-31", &[], NONE)]
#[case::contact_after_as_at_is_in_no_period("2024-02-01", &["2024-02-01"], NONE)]
#[case::contact_without_date_is_in_no_period("", &["2024-01-10"], NONE)]
fn con_01(#[case] received: &str, #[case] referrals: &[&str], #[case] expected: Option<bool>) {
    let records = std::iter::once(contact(received)).chain(referrals.iter().map(|date| referral(date, 0)));
    assert_eq!(Council::as_at("2024-01-31").verdict("CON-01", records), expected);
}

#[test]
fn con_01_clock_runs_in_working_days_to_the_first_referral_or_to_as_at() {
    let council = Council::as_at("2024-01-31");
    let followed =
        [contact("2024-01-05"), referral("2024-01-18", 0), referral("2024-01-11", 0), referral("2024-01-04", 0)];
    assert_eq!(council.clock("CON-01", followed), clock("2024-01-05", "2024-01-10", 4));
    assert_eq!(council.clock("CON-01", [contact("2024-01-05")]), clock("2024-01-05", "2024-01-10", 18));
}

#[test]
fn con_01_counts_each_contact_of_a_child() {
    let council = Council::as_at("2024-01-31");
    let records = [contact("2024-01-02"), contact("2024-01-10"), contact("2024-01-10"), referral("2024-01-10", 0)];
    assert_eq!(council.verdicts("CON-01", records), [false, true, true]);
}

#[rstest]
#[case::twelve_months_to_the_day_are_within("2024-01-15", "2023-01-15", YES)]
#[case::a_day_more_is_not("2024-01-15", "2023-01-14", NO)]
#[case::the_day_before_is_within("2024-01-15", "2024-01-14", YES)]
#[case::the_same_day_is_not_earlier("2024-01-15", "2024-01-15", NO)]
fn ref_02_by_dates(#[case] date: &str, #[case] other: &str, #[case] expected: Option<bool>) {
    // The period holds the referral in question alone, unless both are of one day.
    let council = Council::as_at("2024-01-31").period("2024-01-15", "2024-01-31");
    let verdicts = council.verdicts("REF-02", [referral(date, 0), referral(other, 0)]);
    assert_eq!(verdicts.first().copied(), expected);
}

#[rstest]
#[case::the_28th_a_year_before_is_within("2023-02-28", true)]
#[case::the_27th_is_not("2023-02-27", false)]
fn ref_02_a_year_before_29_february_is_28_february(#[case] earlier: &str, #[case] expected: bool) {
    let council = Council::as_at("2024-03-31");
    assert_eq!(council.verdicts("REF-02", [referral("2024-02-29", 0), referral(earlier, 0)]), [expected]);
}

#[rstest]
#[case::the_number_speaks_of_the_latest_alone(&[("2023-11-10", 1), ("2024-01-15", 1)], &[false, true])]
#[case::the_number_alone_is_enough(&[("2024-01-15", 1)], &[true])]
#[case::number_0_is_no_re_referral(&[("2024-01-15", 0)], &[false])]
#[case::of_two_on_one_day_the_first_in_the_sheet_is_latest(&[("2024-01-15", 1), ("2024-01-15", 1)], &[true, false])]
#[case::a_referral_without_date_is_never_the_latest(&[("", 1), ("2024-01-15", 1)], &[true])]
#[case::the_latest_may_lie_after_as_at(&[("2024-01-15", 1), ("2024-02-10", 1)], &[false])]
#[case::the_latest_may_lie_before_the_period(&[("2023-10-31", 1)], &[])]
fn ref_02_by_number(#[case] referrals: &[(&str, i64)], #[case] expected: &[bool]) {
    let records = referrals.iter().map(|(date, number)| referral(date, *number));
    assert_eq!(Council::as_at("2024-01-31").verdicts("REF-02", records), expected);
}

#[rstest]
#[case::yes("Yes", "2024-01-15", YES)]
#[case::no("No", "2024-01-15", NO)]
#[case::blank_is_not_yes("", "2024-01-15", NO)]
#[case::outside_the_period_is_no_unit("Yes", "2023-10-31", NONE)]
#[case::without_date_is_no_unit("Yes", "", NONE)]
fn ref_03(#[case] nfa: &str, #[case] date: &str, #[case] expected: Option<bool>) {
    let record = Record::Referral(Referral { referral_date: on(date), referral_nfa: text(nfa), ..Referral::default() });
    assert_eq!(Council::as_at("2024-01-31").verdict("REF-03", [record]), expected);
}
