//! What must hold for any series at all.

use crate::common::*;
use domain::measures::Polarity;
use domain::spc::{Chart, FixAfter, Point, Rule, Settings, Variation, chart};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn any_values() -> impl Strategy<Value = Vec<f64>> {
    vec((-30..=30_i32).prop_map(f64::from), 0..50)
}

/// Long runs, so that trends and shifts are met.
fn any_walk() -> impl Strategy<Value = Vec<f64>> {
    (vec((-30..=30_i32, 1..12_usize, -2..=2_i32), 1..7)).prop_map(|pieces| {
        let piece = |(start, length, step): (i32, usize, i32)| {
            std::iter::successors(Some(start), move |value| Some(value + step)).take(length).map(f64::from)
        };
        pieces.into_iter().flat_map(piece).collect()
    })
}

fn any_series() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![any_values(), any_walk()]
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let polarity = select(vec![Polarity::High, Polarity::Low, Polarity::Neutral]);
    let target = proptest::option::of((-40..=40_i32).prop_map(f64::from));
    (polarity, target, any::<bool>(), proptest::option::of(12..20_usize), vec(0..50_usize, 0..3)).prop_map(
        |(polarity, target, screen_outliers, fix_after, rebase)| Settings {
            polarity,
            target,
            screen_outliers,
            fix_after: fix_after.map(|points| FixAfter::new(points).unwrap()),
            rebase,
        },
    )
}

/// Whether no value and no target lies on a limit, where the last digit would decide.
fn clear_of_limits(chart: &Chart, target: Option<f64>) -> bool {
    chart.points.iter().all(|point| {
        let Some(limits) = point.limits.filter(|limits| limits.upper > limits.lower) else { return true };
        let lines = [limits.lower, limits.upper, limits.near_lower, limits.near_upper];
        lines.iter().all(|line| [point.value, target].iter().flatten().all(|value| !close(*line, *value)))
    })
}

/// Whether a trend is followed at once by another on the same level, which counts as down either way round.
fn has_level_trends(chart: &Chart) -> bool {
    let trends = |point: &Point| point.signal.is_some_and(|signal| signal.rule == Rule::Trend);
    chart.points.windows(2).any(|pair| pair[0].value == pair[1].value && trends(&pair[0]))
}

fn mirrored(variation: Variation) -> Variation {
    match variation {
        Variation::ChangedUp => Variation::ChangedDown,
        Variation::ChangedDown => Variation::ChangedUp,
        other => other,
    }
}

proptest! {
    #[test]
    fn a_constant_added_to_all_values_and_the_target_changes_no_label(
        values in any_series(), settings in any_settings(), constant in -1000..=1000_i32,
    ) {
        let constant = f64::from(constant);
        let before = chart_of(&values, &settings);
        prop_assume!(clear_of_limits(&before, settings.target));
        let moved: Vec<f64> = values.iter().map(|value| value + constant).collect();
        let settings = Settings { target: settings.target.map(|target| target + constant), ..settings };
        let after = chart_of(&moved, &settings);
        prop_assert_eq!(shown(&before), shown(&after));
        prop_assert_eq!((before.variation, before.assurance), (after.variation, after.assurance));
    }

    #[test]
    fn values_turned_upside_down_with_the_polarity_mirror_the_chart(
        values in any_series(), settings in any_settings(),
    ) {
        let before = chart_of(&values, &settings);
        prop_assume!(!has_level_trends(&before));
        let polarity = match settings.polarity {
            Polarity::High => Polarity::Low,
            Polarity::Low => Polarity::High,
            Polarity::Neutral => Polarity::Neutral,
        };
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        let settings = Settings { polarity, target: settings.target.map(|target| -target), ..settings };
        let after = chart_of(&turned, &settings);
        let flip = |text: &String| text.replace('+', "±").replace('-', "+").replace('±', "-");
        prop_assert_eq!(shown(&before).iter().map(flip).collect::<Vec<_>>(), shown(&after));
        prop_assert_eq!((mirrored(before.variation), before.assurance), (after.variation, after.assurance));
    }

    #[test]
    fn values_after_those_the_limits_are_fixed_after_do_not_move_them(
        first in vec((-30..=30_i32).prop_map(f64::from), 12..13), after in any_values(), screen in any::<bool>(),
    ) {
        let settings = Settings { screen_outliers: screen, ..fixed() };
        let short = chart_of(&first, &settings);
        let long = chart_of(&[first, after].concat(), &settings);
        prop_assert!(long.points.iter().all(|point| point.mean == short.points[0].mean));
        prop_assert!(long.points.iter().all(|point| point.limits == short.points[0].limits));
    }

    #[test]
    fn a_rebased_chart_is_the_charts_of_its_segments_side_by_side(
        one in any_series(), two in any_series(), settings in any_settings(),
    ) {
        prop_assume!(!one.is_empty() && !two.is_empty());
        let whole = Settings { rebase: vec![one.len()], ..settings.clone() };
        let alone = Settings { rebase: Vec::new(), ..settings };
        let (first, second) = (chart_of(&one, &alone), chart_of(&two, &alone));
        let both = chart_of(&[one, two].concat(), &whole);
        prop_assert_eq!((both.variation, both.assurance), (second.variation, second.assurance));
        prop_assert_eq!(both.points, [first.points, second.points].concat());
    }

    #[test]
    fn a_chart_with_gaps_is_the_chart_without_them(
        values in vec(proptest::option::weighted(0.8, (-30..=30_i32).prop_map(f64::from)), 0..50),
        fix in any::<bool>(), screen in any::<bool>(),
    ) {
        let settings = Settings { screen_outliers: screen, ..if fix { fixed() } else { plain() } };
        let with = chart(&values, &settings);
        let without = chart_of(&values.iter().copied().flatten().collect::<Vec<_>>(), &settings);
        prop_assert_eq!(with.points.len(), values.len());
        let there: Vec<Point> = with.points.iter().copied().filter(|point| point.value.is_some()).collect();
        prop_assert_eq!((there, with.variation), (without.points, without.variation));
    }

    #[test]
    fn screening_never_widens_the_limits(values in any_series()) {
        let screened = chart_of(&values, &Settings { screen_outliers: true, ..plain() });
        let all = chart_of(&values, &plain());
        for (screened, all) in screened.points.iter().zip(&all.points) {
            prop_assert_eq!(screened.mean, all.mean);
            if let (Some(screened), Some(all)) = (screened.limits, all.limits) {
                prop_assert!(screened.upper <= all.upper && screened.lower >= all.lower);
            }
        }
    }

    #[test]
    fn any_numbers_at_all_make_a_chart_with_a_point_for_each(
        values in vec(proptest::option::of(any::<f64>()), 0..40), settings in any_settings(),
    ) {
        let chart = chart(&values, &settings);
        prop_assert_eq!(chart.points.len(), values.len());
        for point in chart.points {
            if let Some(limits) = point.limits {
                prop_assert!(limits.lower <= limits.near_lower && limits.near_lower <= limits.near_upper);
                prop_assert!(limits.near_upper <= limits.upper);
            }
        }
    }
}
