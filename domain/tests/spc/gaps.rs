//! Places without a value keep their place and count for nothing.

use crate::common::*;
use domain::spc::{Settings, chart, chart_with_breaks};

#[test]
fn a_place_without_a_value_has_the_lines_and_no_signal() {
    // 4 and 8 around the gap: mean 6, one moving range of 4.
    let chart = chart(&[Some(4.0), None, Some(8.0)], &plain());
    let gap = chart.points[1];
    assert_eq!((gap.value, gap.mean, gap.signal), (None, Some(6.0), None));
    assert!(close(gap.limits.unwrap().upper, 6.0 + 2.66 * 4.0));
}

#[test]
fn a_trend_goes_on_after_a_gap() {
    let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(Some);
    let with_gap = [&values[..3], &[None], &values[3..]].concat();
    let shown = shown(&chart(&with_gap, &plain()));
    assert_eq!((shown[2].as_str(), shown[3].as_str(), shown[4].as_str()), ("trend+", "common", "trend+"));
}

#[test]
fn the_variation_is_that_of_the_last_value() {
    let mut values: Vec<Option<f64>> = baseline_then(&[16.0]).into_iter().map(Some).collect();
    values.push(None);
    assert_eq!(chart(&values, &fixed()).variation.name(), "improvement");
}

#[test]
fn limits_are_fixed_after_twelve_values_not_twelve_places() {
    let mut values: Vec<Option<f64>> = baseline_then(&[100.0, -50.0]).into_iter().map(Some).collect();
    values.insert(5, None);
    assert_eq!(chart(&values, &fixed()).points[0].mean, Some(10.0));
}

#[test]
fn a_value_that_is_no_number_is_a_place_without_one() {
    let odd = [Some(4.0), Some(f64::NAN), Some(f64::INFINITY), Some(8.0)];
    assert_eq!(chart(&odd, &plain()), chart(&[Some(4.0), None, None, Some(8.0)], &plain()));
}

#[test]
fn nothing_but_gaps_has_no_lines() {
    let chart = chart(&[None, None], &Settings { target: Some(1.0), ..plain() });
    assert!(chart.points.iter().all(|point| point.mean.is_none() && point.limits.is_none()));
    assert_eq!(chart.variation.name(), "common");
}

#[test]
fn no_moving_range_reaches_over_a_break_and_the_mean_does() {
    // 4, 6 | 16, 18: mean 11, moving ranges 2 and 2 and not the 10 between.
    let values = [4.0, 6.0, 16.0, 18.0].map(Some);
    let chart = chart_with_breaks(&values, &plain(), &[2]);
    assert_eq!(chart.points[3].mean, Some(11.0));
    assert!(close(chart.points[0].limits.unwrap().upper, 11.0 + 2.66 * 2.0));
}

#[test]
fn a_run_ends_at_a_break() {
    let rising = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(Some);
    let whole = shown(&chart_with_breaks(&rising, &plain(), &[0, 7, 9]));
    // The ends of so short a line lie beyond its limits, which counts before the trend.
    assert!(whole[1..6].iter().all(|label| label.starts_with("trend")), "{whole:?}");
    let broken = shown(&chart_with_breaks(&rising, &plain(), &[3]));
    assert!(broken.iter().all(|label| !label.starts_with("trend")), "{broken:?}");
}

#[test]
fn limits_fixed_after_twelve_values_count_them_over_a_break() {
    let values: Vec<Option<f64>> = baseline_then(&[100.0, -50.0]).into_iter().map(Some).collect();
    let chart = chart_with_breaks(&values, &fixed(), &[6]);
    assert_eq!(chart.points[0].mean, Some(10.0));
}

#[test]
fn breaks_are_places_of_the_whole_series_whatever_segment_they_lie_in() {
    let values = [1.0, 2.0, 1.0, 10.0, 12.0, 30.0, 32.0].map(Some);
    let settings = Settings { rebase: vec![3], ..plain() };
    let chart = chart_with_breaks(&values, &settings, &[5]);
    assert!(close(chart.points[6].limits.unwrap().upper, 21.0 + 2.66 * 2.0));
}
