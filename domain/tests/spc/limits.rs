//! Rules 1 to 5: the mean, the limits, screening, fixing, outside.

use crate::common::*;
use domain::spc::{FEWEST_DRAWN, FixAfter, Settings, TooFewToFix, points_missing};
use rstest::rstest;

fn screened() -> Settings {
    Settings { screen_outliers: true, ..plain() }
}

#[test]
fn limits_are_2_66_mean_moving_ranges_from_the_mean() {
    // Mean 30 / 5 = 6. Moving ranges 4, 2, 4, 8: their mean is 4.5, times 2.66 is 11.97, and two thirds of that 7.98.
    let chart = chart_of(&[4.0, 8.0, 6.0, 2.0, 10.0], &plain());
    let limits = last_limits(&chart);
    assert_eq!(chart.points[0].mean, Some(6.0));
    assert!(close(limits.lower, 6.0 - 11.97) && close(limits.upper, 6.0 + 11.97), "{limits:?}");
    assert!(close(limits.near_lower, 6.0 - 7.98) && close(limits.near_upper, 6.0 + 7.98), "{limits:?}");
}

#[test]
fn limits_agree_with_those_the_package_publishes() {
    // The example in NHSRplotthedots' own tests: twenty random numbers, then the fifteenth replaced by 10.
    let mut values = [
        -0.56047565,
        -0.23017749,
        1.55870831,
        0.07050839,
        0.12928774,
        1.71506499,
        0.46091621,
        -1.26506123,
        -0.68685285,
        -0.44566197,
        1.22408180,
        0.35981383,
        0.40077145,
        0.11068272,
        -0.55584113,
        1.78691314,
        0.49785048,
        -1.96661716,
        0.70135590,
        -0.47279141,
    ];
    let lines = |values: &[f64], settings: &Settings| {
        let chart = chart_of(values, settings);
        let limits = last_limits(&chart);
        [chart.points[0].mean.unwrap(), limits.lower, limits.upper]
    };
    let agree = |lines: [f64; 3], published: [f64; 3]| lines.iter().zip(published).all(|(a, b)| (a - b).abs() < 1e-6);
    assert!(agree(lines(&values, &screened()), [0.1416238, -3.01138, 3.294627]));
    values[14] = 10.0;
    assert!(agree(lines(&values, &screened()), [0.6694159, -2.383666, 3.722497]));
    assert!(agree(lines(&values, &plain()), [0.6694159, -4.596625, 5.935457]));
}

#[test]
fn limits_are_not_cut_off_at_zero_or_a_hundred() {
    let limits = last_limits(&chart_of(&[0.0, 100.0, 0.0, 100.0], &plain()));
    assert!(close(limits.lower, 50.0 - 266.0) && close(limits.upper, 50.0 + 266.0));
}

#[test]
fn one_value_has_a_mean_and_no_limits_and_two_have_limits() {
    let one = chart_of(&[5.0], &plain()).points[0];
    assert_eq!((one.mean, one.limits, one.signal), (Some(5.0), None, None));
    // Mean 6, one moving range of 2: 6 -+ 5.32.
    let limits = last_limits(&chart_of(&[5.0, 7.0], &plain()));
    assert!(close(limits.lower, 0.68) && close(limits.upper, 11.32));
}

#[test]
fn no_values_make_an_empty_chart() {
    let chart = chart_of(&[], &plain());
    assert!(chart.points.is_empty());
    assert_eq!((chart.variation.name(), chart.assurance), ("common", None));
}

#[rstest]
#[case(0.1)]
#[case(96.6)]
#[case(-1.0 / 3.0)]
fn equal_values_lie_on_the_mean_and_on_both_limits_and_none_is_special(#[case] value: f64) {
    for count in 2..40 {
        let chart = chart_of(&vec![value; count], &plain());
        let limits = last_limits(&chart);
        assert_eq!((chart.points[0].mean, limits.lower, limits.upper), (Some(value), value, value));
        assert!(chart.points.iter().all(|point| point.signal.is_none()), "{count}");
    }
}

#[test]
fn after_a_flat_baseline_any_other_value_is_outside() {
    let values = [vec![5.0; 12], vec![5.0, 5.1, 4.9]].concat();
    assert_eq!(shown(&chart_of(&values, &fixed()))[12..], ["common", "outside+", "outside-"]);
}

#[test]
fn a_point_on_a_limit_is_not_outside_and_one_beyond_it_is() {
    let limits = last_limits(&chart_of(&baseline_then(&[]), &fixed()));
    assert!(close(limits.lower, 4.68) && close(limits.upper, 15.32), "{limits:?}");
    assert_eq!(after_baseline(&[limits.upper, limits.lower]), ["common", "common"]);
    assert_eq!(after_baseline(&[limits.upper.next_up(), limits.lower.next_down()]), ["outside+", "outside-"]);
}

#[test]
fn screening_drops_large_moving_ranges_and_keeps_their_values_in_the_mean() {
    // Nine moving ranges: 1 seven times, and 11 up to 21 and 11 back. Their mean is 29 / 9 = 3.22, times 3.267 is 10.53:
    // both 11s go, and the mean of the rest is 1. The mean of the values, 109 / 10, keeps the 21.
    let values = [10.0, 9.0, 10.0, 9.0, 10.0, 21.0, 10.0, 9.0, 10.0, 11.0];
    let screened = last_limits(&chart_of(&values, &screened()));
    assert!(close(screened.upper, 10.9 + 2.66) && close(screened.lower, 10.9 - 2.66), "{screened:?}");
    let unscreened = last_limits(&chart_of(&values, &plain()));
    assert!(close(unscreened.upper, 10.9 + 2.66 * 29.0 / 9.0), "{unscreened:?}");
}

#[test]
fn a_moving_range_of_exactly_3_267_mean_ranges_is_dropped_and_one_below_it_stays() {
    // Ranges 3.267, 0.733, 0, 0 add up to 4: their mean is 1. Without the first the mean is 0.733 / 3.
    let half_width = |second: f64| {
        let limits = last_limits(&chart_of(&[0.0, second, 4.0, 4.0, 4.0], &screened()));
        (limits.upper - limits.lower) / 2.0
    };
    assert!(close(half_width(3.267), 2.66 * 0.733 / 3.0));
    assert!(close(half_width(3.267_f64.next_down()), 2.66));
}

#[test]
fn screening_does_not_look_twice() {
    // Twenty moving ranges: 1 seventeen times, then 5, 40 and 45. Their mean is 107 / 20 = 5.35, times 3.267 is 17.48: 40
    // and 45 go. The mean is now 22 / 18, times 3.267 is 3.99: 5 would go too, but stays.
    let mut values: Vec<f64> = [0.0, 1.0].into_iter().cycle().take(18).collect();
    values.extend([6.0, 46.0, 1.0]);
    let screened = last_limits(&chart_of(&values, &screened()));
    assert!(close((screened.upper - screened.lower) / 2.0, 2.66 * 22.0 / 18.0), "{screened:?}");
}

#[test]
fn a_flat_line_screened_has_a_mean_and_no_limits() {
    let chart = chart_of(&[5.0; 20], &screened());
    assert!(chart.points.iter().all(|point| point.mean == Some(5.0) && point.limits.is_none()));
    assert!(chart.points.iter().all(|point| point.signal.is_none()));
}

#[test]
fn without_limits_runs_still_show() {
    // Twelve times 5, screened and fixed: no limits; then seven rising values, all above the mean of 5.
    let after = [6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 11.0];
    let values = [vec![5.0; 12], after.to_vec()].concat();
    let chart = chart_of(&values, &Settings { screen_outliers: true, ..fixed() });
    // The last of the twelve begins the trend: 5, 6, 7, 8, 9, 10, 11 are seven.
    let expected = ["trend+", "trend+", "trend+", "trend+", "trend+", "trend+", "trend+", "shift+"];
    assert_eq!(shown(&chart)[11..], expected);
}

#[test]
fn fixed_limits_come_from_the_first_values_and_run_on() {
    let chart = chart_of(&baseline_then(&[100.0, -100.0, 3.0]), &fixed());
    for point in &chart.points {
        assert_eq!(point.mean, Some(10.0));
        assert!(close(point.limits.unwrap().upper, 15.32));
    }
}

#[test]
fn limits_fixed_after_more_values_than_there_are_come_from_all_of_them() {
    let values = [1.0, 4.0, 2.0, 6.0];
    assert_eq!(chart_of(&values, &fixed()), chart_of(&values, &plain()));
}

#[test]
fn limits_are_fixed_after_twelve_values_or_more() {
    assert_eq!(FixAfter::new(12).unwrap().points(), 12);
    let refused = FixAfter::new(11).unwrap_err();
    assert_eq!(refused, TooFewToFix(11));
    assert_eq!(refused.to_string(), "limits can be fixed after 12 points or more, not after 11");
}

#[rstest]
#[case(0, 13)]
#[case(12, 1)]
#[case(13, 0)]
#[case(40, 0)]
fn limits_are_drawn_from_thirteen_values_on(#[case] values: usize, #[case] missing: usize) {
    assert_eq!(FEWEST_DRAWN, 13);
    assert_eq!(points_missing(&vec![Some(1.0); values]), missing);
    let with_gaps = [vec![Some(1.0); values], vec![None, Some(f64::NAN)]].concat();
    assert_eq!(points_missing(&with_gaps), missing, "a place without a value is no point");
}
