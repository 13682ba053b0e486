//! The rules once more, point by point and as slowly as they are written, to hold the chart against.

use crate::common::*;
use domain::measures::Polarity;
use domain::spc::{FixAfter, Settings};
use proptest::collection::vec;
use proptest::prelude::*;

/// What each point of one segment shows.
fn literal(y: &[f64], fix_after: Option<usize>, screen: bool) -> Vec<String> {
    let n = y.len() as i64;
    let base = fix_after.unwrap_or(y.len()).min(y.len());
    let mean = y[..base].iter().sum::<f64>() / base as f64;
    let mut ranges: Vec<f64> = (1..base).map(|i| (y[i] - y[i - 1]).abs()).collect();
    let mut range = ranges.iter().sum::<f64>() / ranges.len() as f64;
    if screen {
        ranges.retain(|one| *one < 3.267 * range);
        range = ranges.iter().sum::<f64>() / ranges.len() as f64;
    }
    // Not a number where there is no range: nothing is then more or less than a limit.
    let (lower, upper) = (mean - 2.66 * range, mean + 2.66 * range);
    let (near_lower, near_upper) = (mean - 2.0 / 3.0 * 2.66 * range, mean + 2.0 / 3.0 * 2.66 * range);
    let at = |i: i64| y[usize::try_from(i).unwrap()];
    let side = |i: i64| f64::from(i8::from(at(i) > mean) - i8::from(at(i) < mean));
    let outside = |i: i64| at(i) > upper || at(i) < lower;
    let near = |i: i64| (at(i) > near_upper && at(i) <= upper) || (at(i) < near_lower && at(i) >= lower);
    let window = |i: i64, width: i64, holds: &dyn Fn(i64) -> bool| {
        (i - width + 1..=i).any(|start| start >= 0 && start + width <= n && holds(start))
    };
    let rises = |start: i64| (start..start + 6).all(|j| at(j + 1) > at(j));
    let falls = |start: i64| (start..start + 6).all(|j| at(j + 1) < at(j));
    let trend = |i: i64| window(i, 7, &|start| rises(start) || falls(start));
    let shift = |i: i64| window(i, 7, &|start| (start..start + 7).map(side).sum::<f64>().abs() > 6.5);
    let two_of_three = |i: i64| {
        near(i)
            && window(i, 3, &|start| {
                (start..start + 3).map(side).sum::<f64>().abs() > 2.5
                    && (start..start + 3).filter(|j| near(*j)).count() > 1
            })
    };
    let show = |i: i64| {
        let sign = if side(i) > 0.0 { '+' } else { '-' };
        if outside(i) {
            format!("outside{sign}")
        } else if trend(i) {
            let right = i + 1 < n && trend(i + 1);
            let up = if right { at(i + 1) > at(i) } else { at(i) > at(i - 1) };
            format!("trend{}", if up { '+' } else { '-' })
        } else if two_of_three(i) {
            format!("two_of_three{sign}")
        } else if shift(i) {
            format!("shift{sign}")
        } else {
            "common".to_owned()
        }
    };
    (0..n).map(show).collect()
}

/// Values that wander, rise, fall and stay, so that every rule is met often.
fn any_series() -> impl Strategy<Value = Vec<f64>> {
    let piece = prop_oneof![
        vec(-8..=8_i32, 1..8),
        (-8..=8_i32, 1..10_i32, prop_oneof![Just(1), Just(-1)])
            .prop_map(|(start, length, step)| (0..length).map(|i| start + i * step).collect()),
        (-8..=8_i32, 1..9_usize).prop_map(|(value, length)| vec![value; length]),
        vec(5..=9_i32, 2..9),
        vec(-9..=-5_i32, 2..9),
    ];
    vec(piece, 1..9).prop_map(|pieces| pieces.concat().into_iter().map(f64::from).collect())
}

/// A whole number that lies on a limit comes out on either side by the last digit: not what is asked here.
fn clear_of_limits(chart: &domain::spc::Chart) -> bool {
    chart.points.iter().all(|point| {
        let Some(limits) = point.limits else { return true };
        let flat = limits.upper == limits.lower;
        let lines = [limits.lower, limits.upper, limits.near_lower, limits.near_upper];
        flat || lines.iter().all(|line| !close(*line, point.value.unwrap()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_point_shows_what_the_rules_say(y in any_series(), fix in any::<bool>(), screen in any::<bool>()) {
        let fix_after = fix.then(|| FixAfter::new(12).unwrap());
        let chart = chart_of(&y, &Settings { fix_after, screen_outliers: screen, ..Settings::of(Polarity::Low) });
        prop_assume!(clear_of_limits(&chart));
        prop_assert_eq!(shown(&chart), literal(&y, fix.then_some(12), screen));
    }
}
