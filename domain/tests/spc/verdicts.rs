//! Rules 10 and 11: variation and assurance.

use crate::common::*;
use domain::measures::Polarity;
use domain::spc::{Assurance, Settings};
use rstest::rstest;

#[rstest]
#[case(Polarity::High, 16.0, "improvement")]
#[case(Polarity::High, 4.0, "concern")]
#[case(Polarity::Low, 16.0, "concern")]
#[case(Polarity::Low, 4.0, "improvement")]
#[case(Polarity::Neutral, 16.0, "changed_up")]
#[case(Polarity::Neutral, 4.0, "changed_down")]
#[case(Polarity::High, 10.0, "common")]
#[case(Polarity::Neutral, 10.0, "common")]
fn variation_is_the_last_points_signal_by_polarity(
    #[case] polarity: Polarity,
    #[case] last: f64,
    #[case] variation: &str,
) {
    let settings = Settings { polarity, ..fixed() };
    assert_eq!(chart_of(&baseline_then(&[last]), &settings).variation.name(), variation);
}

#[test]
fn a_signal_before_the_last_point_is_not_the_variation() {
    assert_eq!(chart_of(&baseline_then(&[16.0, 9.0]), &fixed()).variation.name(), "common");
}

#[test]
fn a_falling_trend_above_the_mean_is_a_concern_where_high_is_good() {
    let values = baseline_then(&[9.0, 13.4, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5]);
    assert_eq!(chart_of(&values, &fixed()).variation.name(), "concern");
}

fn assurance(polarity: Polarity, target: f64) -> Option<Assurance> {
    let settings = Settings { polarity, target: Some(target), ..fixed() };
    chart_of(&baseline_then(&[]), &settings).assurance
}

#[rstest]
#[case::above(15.4, Assurance::Fail, Assurance::Pass)]
#[case::between(10.0, Assurance::HitOrMiss, Assurance::HitOrMiss)]
#[case::near_the_upper_limit(15.2, Assurance::HitOrMiss, Assurance::HitOrMiss)]
#[case::near_the_lower_limit(4.7, Assurance::HitOrMiss, Assurance::HitOrMiss)]
#[case::below(4.6, Assurance::Pass, Assurance::Fail)]
fn assurance_is_where_the_target_lies_to_the_limits(
    #[case] target: f64,
    #[case] high: Assurance,
    #[case] low: Assurance,
) {
    assert_eq!(assurance(Polarity::High, target), Some(high));
    assert_eq!(assurance(Polarity::Low, target), Some(low));
    assert_eq!(assurance(Polarity::Neutral, target), None);
}

#[test]
fn a_target_on_a_limit_is_hit_or_miss_and_one_beyond_it_is_not() {
    let limits = last_limits(&chart_of(&baseline_then(&[]), &fixed()));
    for target in [limits.upper, limits.lower] {
        assert_eq!(assurance(Polarity::High, target), Some(Assurance::HitOrMiss));
        assert_eq!(assurance(Polarity::Low, target), Some(Assurance::HitOrMiss));
    }
    assert_eq!(assurance(Polarity::High, limits.upper.next_up()), Some(Assurance::Fail));
    assert_eq!(assurance(Polarity::High, limits.lower.next_down()), Some(Assurance::Pass));
}

#[test]
fn without_a_target_there_is_no_assurance() {
    assert_eq!(chart_of(&baseline_then(&[]), &fixed()).assurance, None);
}

#[test]
fn assurance_is_that_of_the_last_segment() {
    // First 9 and 11 (4.68 to 15.32), then 109 and 111 (104.68 to 115.32): a target of 50.
    let second: Vec<f64> = baseline_then(&[]).iter().map(|value| value + 100.0).collect();
    let values = [baseline_then(&[]), second].concat();
    let settings = Settings { target: Some(50.0), ..plain() };
    let rebased = Settings { rebase: vec![12], ..settings };
    assert_eq!(chart_of(&values, &rebased).assurance, Some(Assurance::Pass));
    assert_eq!(chart_of(&values[..12], &rebased).assurance, Some(Assurance::Fail));
}

#[test]
fn without_limits_a_target_is_hit_or_miss() {
    let settings = Settings { target: Some(50.0), ..plain() };
    assert_eq!(chart_of(&[9.0], &settings).assurance, Some(Assurance::HitOrMiss));
}
