//! Which way a measure goes.

use crate::common::*;
use domain::measures::Polarity;
use domain::signal::judge;
use rstest::rstest;

#[rstest]
#[case(Polarity::High, 700, "improvement 2026-10")]
#[case(Polarity::High, 320, "concern 2026-10")]
#[case(Polarity::Low, 700, "concern 2026-10")]
#[case(Polarity::Low, 320, "improvement 2026-10")]
#[case(Polarity::Neutral, 700, "changed_up 2026-10")]
#[case(Polarity::Neutral, 320, "changed_down 2026-10")]
#[case(Polarity::High, 510, "common")]
fn a_change_is_named_by_what_it_means(#[case] polarity: Polarity, #[case] last: u64, #[case] expected: &str) {
    let points = months(&some(&then(between(500, 520, 18), &[last])));
    assert_eq!(said(&judge(&points, &question(polarity)).unwrap()), expected);
}

#[rstest]
#[case::reaches_the_last(&[700], "improvement 2026-10")]
#[case::one_month_before(&[700, 510], "improvement 2026-09")]
#[case::three_months_before(&[700, 510, 500, 520], "improvement 2026-07")]
#[case::four_months_before(&[700, 510, 500, 520, 505], "common")]
fn a_run_that_ended_within_three_months_still_says_which_way(#[case] end: &[u64], #[case] expected: &str) {
    assert_eq!(said(&judged(&then(between(500, 520, 18), end))), expected);
}

#[test]
fn a_figure_that_was_low_for_a_year_and_has_been_rising_is_getting_better() {
    let low = between(400, 404, 12);
    let judgement = judged(&then(then(between(600, 604, 7), &low), &[410, 420, 430, 440, 450, 460]));
    // Its first months are still beyond the lower limit, which outranks the trend that they are part of.
    assert_eq!(said(&judgement), "improvement 2026-07", "{judgement:?}");
}

#[test]
fn the_months_since_when_are_those_of_the_whole_run() {
    let values = then(between(500, 520, 12), &[560, 580, 560, 580, 560, 580, 560, 580]);
    assert_eq!(said(&judged(&values)), "improvement 2026-03");
}

#[test]
fn a_run_the_other_way_ends_it() {
    let judgement = judged(&then(between(500, 520, 17), &[330, 700]));
    assert_eq!(said(&judgement), "improvement 2026-10");
}

#[test]
fn a_run_goes_on_over_one_missing_month_and_not_over_two() {
    // The last of the twelve before lies on the same side, so it is part of the run.
    let run = [545, 550, 545, 550, 545, 550, 545];
    let with_gap = |months_missing: usize| {
        let mut values = some(&between(500, 540, 12));
        values.extend(some(&run[..3]));
        values.extend(vec![None; months_missing]);
        values.extend(some(&run[3..]));
        judge(&months(&values), &question(Polarity::High)).unwrap()
    };
    assert_eq!(said(&with_gap(0)), "improvement 2026-03");
    assert_eq!(said(&with_gap(1)), "improvement 2026-02");
    assert_eq!(said(&with_gap(2)), "common");
}

#[test]
fn no_moving_range_reaches_over_two_missing_months() {
    let with_gap = |months_missing: usize| {
        let mut values = some(&between(500, 510, 8));
        values.extend(vec![None; months_missing]);
        values.extend(some(&between(530, 540, 8)));
        let judgement = judge(&months(&values), &question(Polarity::High)).unwrap();
        let limits = judgement.points[0].limits.unwrap();
        (limits.upper - judgement.points[0].mean.unwrap()) / 2.66
    };
    // Fourteen moving ranges of 0.01; over one missing month that of 0.02 counts, over two it does not.
    assert!((with_gap(1) - (14.0 * 0.01 + 0.02) / 15.0).abs() < 1e-9);
    assert!((with_gap(2) - 0.01).abs() < 1e-9);
}

#[test]
fn an_unfinished_month_is_shown_and_not_judged() {
    let mut points = months(&some(&then(between(500, 520, 18), &[990])));
    points[18].finished = false;
    let judgement = judge(&points, &question(Polarity::High)).unwrap();
    assert_eq!(said(&judgement), "common");
    let last = judgement.points[18];
    assert_eq!((last.mean, last.limits, last.signal), (None, None, None));
    assert_eq!(judgement.last().unwrap().point.span.to_string(), "2026-09");
    assert!(judgement.points[17].mean.is_some_and(|mean| (mean - 0.51).abs() < 1e-9), "it moves no line");
}

#[test]
fn without_any_value_there_is_nothing_to_judge() {
    assert_eq!(judge(&months(&[None, None]), &question(Polarity::High)), None);
    assert_eq!(judge(&[], &question(Polarity::High)), None);
}
