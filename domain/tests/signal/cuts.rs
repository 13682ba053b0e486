//! Where a person begins a chart anew.

use crate::common::*;
use chrono::NaiveDate;
use domain::measures::{Polarity, Timing};
use domain::signal::{Judgement, Question, TooFew, Verdict, judge};
use rstest::rstest;

fn cut(timing: Timing, cuts: &[NaiveDate]) -> Judgement {
    let asked = Question { timing, cuts, ..question(Polarity::High) };
    judge(&months(&some(&then(between(500, 520, 14), &between(700, 720, 14)))), &asked).unwrap()
}

#[rstest]
#[case::first_day_of_a_month(Timing::InPeriod, "2025-09-01", "2025-09")]
#[case::within_a_month(Timing::InPeriod, "2025-09-02", "2025-10")]
#[case::at_a_date(Timing::AtDate, "2025-09-30", "2025-09")]
#[case::after_the_months_extract(Timing::AtDate, "2025-10-01", "2025-10")]
fn a_segment_begins_with_the_first_point_that_has_nothing_from_before(
    #[case] timing: Timing,
    #[case] date: &str,
    #[case] first: &str,
) {
    let judgement = cut(timing, &[day(date)]);
    let [_, segment] = &judgement.segments[..] else { panic!("{:?}", judgement.segments) };
    assert_eq!(judgement.points[segment.places.start].point.span.to_string(), first);
    assert_eq!(segment.cut, Some(0));
}

#[test]
fn no_rule_looks_over_a_cut_and_each_segment_is_judged_by_itself() {
    assert_eq!(said(&cut(Timing::InPeriod, &[])), "improvement 2025-09");
    let judgement = cut(Timing::InPeriod, &[day("2025-09-01")]);
    assert_eq!(said(&judgement), "common");
    assert!(judgement.points[13].mean.is_some_and(|mean| mean < 0.6));
    assert!(judgement.points[14].mean.is_some_and(|mean| mean > 0.6));
    // Four months later the segment lacks three.
    let judgement = cut(Timing::InPeriod, &[day("2026-01-01")]);
    assert_eq!(judgement.verdict, Verdict::TooFew(TooFew::Points(3)));
    assert!(judgement.points[27].mean.is_none() && judgement.points[0].mean.is_some());
}

#[test]
fn a_cut_with_nothing_before_or_after_cuts_nothing_and_of_two_the_later_made_counts() {
    let judgement = cut(Timing::InPeriod, &[day("2020-01-01"), day("2027-01-01")]);
    assert_eq!(judgement.segments.len(), 1);
    let judgement = cut(Timing::InPeriod, &[day("2025-08-20"), day("2025-09-01")]);
    assert_eq!(judgement.segments.iter().map(|segment| segment.cut).collect::<Vec<_>>(), [None, Some(1)]);
}
