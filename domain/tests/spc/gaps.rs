//! Places without a value keep their place and count for nothing.

use crate::common::*;
use domain::spc::{Settings, chart};

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
