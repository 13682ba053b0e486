//! Rule 4: a new segment has lines of its own, and no rule looks across the cut.

use crate::common::*;
use domain::spc::{Settings, chart};

fn rebased(places: &[usize]) -> Settings {
    Settings { rebase: places.to_vec(), ..plain() }
}

#[test]
fn each_segment_has_its_own_mean_and_limits() {
    let chart = chart_of(&[1.0, 3.0, 1.0, 3.0, 20.0, 30.0], &rebased(&[4]));
    let means: Vec<_> = chart.points.iter().map(|point| point.mean.unwrap()).collect();
    assert_eq!(means, [2.0, 2.0, 2.0, 2.0, 25.0, 25.0]);
    // Ranges of 2, and one of 10; the range of 17 between the segments is nobody's.
    assert!(close(chart.points[3].limits.unwrap().upper, 2.0 + 5.32));
    assert!(close(chart.points[4].limits.unwrap().upper, 25.0 + 26.6));
}

#[test]
fn no_trend_runs_across_a_cut() {
    let rising: Vec<f64> = (1..=9).map(f64::from).collect();
    assert!(shown(&chart_of(&rising, &plain())).iter().all(|shown| shown == "trend+" || shown.starts_with("outside")));
    assert_eq!(shown(&chart_of(&rising, &rebased(&[4])))[..], ["common"; 9]);
}

#[test]
fn no_shift_runs_across_a_cut() {
    // The first segment ends with 11, 12, 11, 12 above its mean of 10, the second begins with 11, 12, 11 above its own
    // mean of 120 / 12 = 10: seven in a row.
    let second = [11.0, 12.0, 11.0, 8.0, 9.0, 8.0, 11.0, 9.0, 11.0, 9.0, 11.0, 10.0];
    let values = [baseline_then(&[12.0, 11.0, 12.0]), second.to_vec()].concat();
    assert_eq!(shown(&chart_of(&values, &fixed()))[11..18], ["shift+"; 7]);
    let rebased = Settings { rebase: vec![15], ..fixed() };
    assert_eq!(shown(&chart_of(&values, &rebased))[..], ["common"; 27]);
}

#[test]
fn a_segment_of_one_value_has_no_limits() {
    let chart = chart_of(&[1.0, 3.0, 1.0, 9.0], &rebased(&[3]));
    assert_eq!((chart.points[3].mean, chart.points[3].limits), (Some(9.0), None));
    assert!(chart.points[2].limits.is_some());
}

#[test]
fn places_may_come_in_any_order_twice_first_or_beyond_the_end() {
    let values = [1.0, 3.0, 1.0, 3.0, 20.0, 30.0, 7.0, 8.0];
    assert_eq!(chart_of(&values, &rebased(&[6, 0, 4, 6, 8, 99])), chart_of(&values, &rebased(&[4, 6])));
    assert_eq!(chart_of(&values, &rebased(&[0])), chart_of(&values, &plain()));
}

#[test]
fn limits_are_fixed_in_each_segment_after_its_own_first_values() {
    let settings = Settings { rebase: vec![14], ..fixed() };
    let second: Vec<f64> = baseline_then(&[500.0]).iter().map(|value| value + 100.0).collect();
    let values = [baseline_then(&[0.0, 50.0]), second].concat();
    let chart = chart_of(&values, &settings);
    assert_eq!((chart.points[0].mean, chart.points[26].mean), (Some(10.0), Some(110.0)));
    assert!(close(chart.points[26].limits.unwrap().upper, 115.32));
}

#[test]
fn a_cut_at_a_place_without_a_value_begins_the_segment_there() {
    let values = [Some(1.0), Some(3.0), None, Some(20.0), Some(30.0)];
    let chart = chart(&values, &rebased(&[2]));
    assert_eq!(chart.points[2].mean, Some(25.0));
    assert_eq!(chart.points[1].mean, Some(2.0));
}
