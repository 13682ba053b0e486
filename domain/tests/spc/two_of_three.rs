//! Rule 8: two of three near a limit. On the baseline: between 13.5467 and 15.32, or between 4.68 and 6.4533.

use crate::common::*;
use rstest::rstest;

#[rstest]
#[case::both_ends(&[14.0, 11.0, 14.0], &["two_of_three+", "common", "two_of_three+"])]
#[case::the_first_two(&[14.0, 15.0, 11.0], &["two_of_three+", "two_of_three+", "common"])]
#[case::all_three(&[14.0, 15.0, 14.0], &["two_of_three+"; 3])]
#[case::below(&[6.0, 5.0, 9.0], &["two_of_three-", "two_of_three-", "common"])]
#[case::one_alone(&[14.0, 11.0, 11.0], &["common"; 3])]
#[case::four_apart(&[14.0, 11.0, 11.0, 14.0], &["common"; 4])]
fn two_of_three_near_a_limit_are_flagged_and_the_third_is_not(#[case] after: &[f64], #[case] expected: &[&str]) {
    // A 9 before them keeps the baseline's last value, 11, out.
    let after = [&[9.0], after].concat();
    assert_eq!(after_baseline(&after)[1..], *expected);
}

#[test]
fn the_baselines_last_value_can_be_the_third() {
    assert_eq!(after_baseline(&[14.0, 14.0]), ["two_of_three+"; 2]);
    assert_eq!(after_baseline(&[6.0, 6.0]), ["common"; 2], "11 is on the other side");
}

#[test]
fn all_three_must_be_on_the_same_side() {
    assert_eq!(after_baseline(&[9.0, 14.0, 9.0, 14.0]), ["common"; 4]);
    assert_eq!(after_baseline(&[9.0, 14.0, 6.0, 9.0]), ["common"; 4], "near, but near different limits");
}

#[test]
fn a_third_on_the_mean_breaks_it() {
    assert_eq!(after_baseline(&[9.0, 14.0, 10.0, 14.0]), ["common"; 4]);
}

#[test]
fn two_points_alone_are_not_two_of_three() {
    // 9, 14, 14 and nothing after: the window holds 9, on the other side.
    assert_eq!(after_baseline(&[9.0, 14.0, 14.0]), ["common"; 3]);
}

#[test]
fn a_point_on_a_near_limit_is_not_near_and_one_on_a_limit_is() {
    let limits = last_limits(&chart_of(&baseline_then(&[]), &fixed()));
    assert!(close(limits.near_upper, 10.0 + 2.0 / 3.0 * 5.32), "{limits:?}");
    assert_eq!(after_baseline(&[9.0, limits.near_upper, 14.0, 11.0]), ["common"; 4]);
    let beyond = after_baseline(&[9.0, limits.near_upper.next_up(), 14.0, 11.0]);
    assert_eq!(beyond, ["common", "two_of_three+", "two_of_three+", "common"]);
    let on_limit = after_baseline(&[9.0, limits.upper, 14.0, 11.0]);
    assert_eq!(on_limit, ["common", "two_of_three+", "two_of_three+", "common"]);
    let below = after_baseline(&[limits.lower, limits.near_lower.next_down(), 9.0]);
    assert_eq!(below, ["two_of_three-", "two_of_three-", "common"]);
    assert_eq!(after_baseline(&[limits.lower, limits.near_lower, 9.0]), ["common"; 3]);
}

#[test]
fn a_point_outside_is_not_one_of_the_two_but_can_be_the_third() {
    assert_eq!(after_baseline(&[9.0, 16.0, 14.0, 11.0]), ["common", "outside+", "common", "common"]);
    let third = after_baseline(&[9.0, 14.0, 16.0, 14.0]);
    assert_eq!(third, ["common", "two_of_three+", "outside+", "two_of_three+"]);
}
