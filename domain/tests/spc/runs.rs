//! Rules 6 and 7: shifts and trends, and which of several rules names a point.

use crate::common::*;

#[test]
fn six_on_one_side_are_no_shift_and_seven_are_all_flagged() {
    // The baseline's last value, 11, is above the mean and counts: five more make six.
    assert_eq!(after_baseline(&[12.0, 11.0, 12.0, 11.0, 12.0]), ["common"; 5]);
    let values = baseline_then(&[12.0, 11.0, 12.0, 11.0, 12.0, 11.0]);
    let shown = shown(&chart_of(&values, &fixed()));
    assert_eq!(shown[10], "common");
    assert_eq!(shown[11..], ["shift+"; 7]);
}

#[test]
fn a_longer_shift_is_flagged_to_its_end() {
    assert_eq!(after_baseline(&[9.0, 8.0, 9.0, 8.0, 9.0, 8.0, 9.0, 8.0]), ["shift-"; 8]);
}

#[test]
fn a_point_on_the_mean_breaks_a_shift() {
    assert_eq!(after_baseline(&[12.0, 11.0, 12.0, 10.0, 12.0, 11.0, 12.0]), ["common"; 7]);
    let broken = after_baseline(&[10.0, 12.0, 11.0, 12.0, 11.0, 12.0, 11.0]);
    assert_eq!(broken, ["common"; 7], "six after it");
    let whole = after_baseline(&[10.0, 12.0, 11.0, 12.0, 11.0, 12.0, 11.0, 12.0]);
    assert_eq!((whole[0].as_str(), &whole[1..]), ("common", &["shift+"; 7].map(String::from)[..]));
}

#[test]
fn a_decimal_that_is_the_mean_is_on_the_mean() {
    // 0.1, 0.2, 0.3 four times over: the mean is 0.2, which a plain sum misses. Seven values of 0.2 are no shift.
    let values = [[0.1, 0.2, 0.3].repeat(4), vec![0.2; 7]].concat();
    let chart = chart_of(&values, &fixed());
    assert_eq!(chart.points[0].mean, Some(0.2));
    assert!(chart.points.iter().all(|point| point.signal.is_none()));
}

#[test]
fn five_moves_are_no_trend_and_six_flag_all_seven() {
    // From 9 on, moves of 1 up; the mean is crossed, so there is no shift.
    assert_eq!(after_baseline(&[8.0, 9.0, 10.0, 11.0, 12.0, 13.0]), ["common"; 6]);
    assert_eq!(after_baseline(&[7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0]), ["trend+"; 7]);
    // The last value of the baseline, 11, is part of a fall.
    let values = baseline_then(&[10.5, 10.0, 9.5, 9.0, 8.5, 8.0]);
    assert_eq!(shown(&chart_of(&values, &fixed()))[11..], ["trend-"; 7]);
}

#[test]
fn a_tie_breaks_a_trend() {
    assert_eq!(after_baseline(&[7.0, 8.0, 9.0, 10.0, 10.0, 11.0, 12.0, 13.0]), ["common"; 8]);
    let (first, tie) = (after_baseline(&[7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 13.0]), "common");
    assert_eq!((&first[..7], first[7].as_str()), (&["trend+"; 7].map(String::from)[..], tie));
}

#[test]
fn a_point_that_ends_one_trend_and_begins_another_takes_the_direction_on_its_right() {
    let shown = after_baseline(&[7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0]);
    assert_eq!(shown[..6], ["trend+"; 6]);
    assert_eq!(shown[6..], ["trend-"; 7], "13 is the seventh of the rise and the first of the fall");
}

#[test]
fn a_point_before_another_trend_takes_the_direction_of_the_move_between_them() {
    // A rise of seven to 12, a drop to 7, and a rise of seven from there. 12 to 7 is no part of either.
    let shown = after_baseline(&[6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0]);
    assert_eq!(shown[..6], ["trend+"; 6]);
    assert_eq!(shown[6], "trend-");
    assert_eq!(shown[7..], ["trend+"; 7]);
}

#[test]
fn a_level_move_between_two_trends_counts_as_down() {
    let shown = after_baseline(&[6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.0, 12.0, 12.1, 12.2, 12.3, 12.4, 12.5, 12.6]);
    assert_eq!(shown[..6], ["trend+"; 6]);
    assert_eq!(shown[6], "trend-");
    assert_eq!(shown[7..], ["trend+"; 7]);
}

#[test]
fn outside_names_a_point_before_trend() {
    // The rise of seven ends at 16, which is above 15.32.
    let shown = after_baseline(&[7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 16.0]);
    assert_eq!((&shown[..6], shown[6].as_str()), (&["trend+"; 6].map(String::from)[..], "outside+"));
}

#[test]
fn trend_names_a_point_before_two_of_three() {
    // 13.6 and 14 lie between 13.5467 and 15.32, and end a rise of seven.
    assert_eq!(after_baseline(&[8.0, 9.0, 10.0, 11.0, 12.0, 13.6, 14.0]), ["trend+"; 7]);
}

#[test]
fn trend_names_a_point_before_shift_even_against_it() {
    // Seven above the mean that fall: the shift is up, the trend down.
    let shown = after_baseline(&[9.0, 13.4, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 11.0]);
    assert_eq!(shown[1..8], ["trend-"; 7]);
    assert_eq!(shown[8], "shift+");
}

#[test]
fn two_of_three_names_a_point_before_shift() {
    let shown = after_baseline(&[9.0, 11.0, 14.0, 12.0, 14.0, 11.0, 12.0, 11.0]);
    assert_eq!(shown, ["common", "shift+", "two_of_three+", "shift+", "two_of_three+", "shift+", "shift+", "shift+"]);
}
