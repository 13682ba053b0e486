//! Whether a team truly differs from its service, or only as chance would have it.
//!
//! Judged by Wilson's score interval at 2 and 3 standard deviations; a team with a denominator below 10 is drawn and not
//! judged.
//! That the service's rate lies outside the team's interval is the same as the team lying outside the limits round that
//! rate. So the limits are what is drawn and what is judged by.

use crate::measures::figure::Figure;

/// Teams smaller than this are not judged.
pub const SMALLEST_JUDGED: u64 = 10;

/// Standard deviations of the inner limits: about 95% of teams would lie within them by chance if all were alike.
pub const INNER: f64 = 2.0;

/// Standard deviations of the outer limits: 99.8%.
pub const OUTER: f64 = 3.0;

/// A team nearer to a limit than this lies on it, and on it is within: rounding does not judge.
const ROUNDING: f64 = 1e-12;

/// Where a team stands to its service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Within what chance explains, or too small to judge.
    Within,
    /// Above the upper limit at 2 standard deviations.
    High,
    /// Above the upper limit at 3 standard deviations.
    VeryHigh,
    /// Below the lower limit at 2 standard deviations.
    Low,
    /// Below the lower limit at 3 standard deviations.
    VeryLow,
}

/// Wilson's score interval of a share of `n` units at `z` standard deviations: lower and upper, within 0 and 1.
#[must_use]
pub fn wilson(share: f64, n: u64, z: f64) -> (f64, f64) {
    let n = n as f64;
    let z2 = z * z;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The limits for a team of `n` units round the rate of its service, `z` standard deviations away, within 0 and 1: the
/// inverse of [`wilson`], whose interval of a team's share holds the rate exactly where these hold the share.
#[must_use]
pub fn limits(rate: f64, n: u64, z: f64) -> (f64, f64) {
    let half = z * (rate * (1.0 - rate) / n as f64).max(0.0).sqrt();
    ((rate - half).max(0.0), (rate + half).min(1.0))
}

/// Where a team's figure stands to the rate of the service it belongs to.
#[must_use]
pub fn place(team: Figure, service: Figure) -> Place {
    let (Some(value), Some(rate)) = (team.value(), service.value()) else { return Place::Within };
    if team.denominator < SMALLEST_JUDGED {
        return Place::Within;
    }
    let beyond = |z| {
        let (lower, upper) = limits(rate, team.denominator, z);
        (value < lower - ROUNDING, value > upper + ROUNDING)
    };
    match (beyond(OUTER), beyond(INNER)) {
        ((_, true), _) => Place::VeryHigh,
        ((true, _), _) => Place::VeryLow,
        (_, (_, true)) => Place::High,
        (_, (true, _)) => Place::Low,
        _ => Place::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(numerator: u64, denominator: u64) -> Figure {
        Figure { numerator, denominator }
    }

    #[test]
    fn wilsons_interval_agrees_with_a_worked_example() {
        // Wilson's interval for 15 of 50 at z = 2: (0.3 + 0.04) / 1.08 -+ 2 / 1.08 * sqrt(0.0042 + 0.0004).
        let (low, high) = wilson(0.3, 50, 2.0);
        assert!((low - 0.189_216).abs() < 1e-5, "{low}");
        assert!((high - 0.440_413).abs() < 1e-5, "{high}");
    }

    #[test]
    fn a_team_of_nine_is_not_judged_and_one_of_ten_is() {
        assert_eq!(place(figure(0, 9), figure(990, 1000)), Place::Within);
        assert_eq!(place(figure(0, 10), figure(990, 1000)), Place::VeryLow);
    }

    #[test]
    fn a_team_at_the_rate_of_its_service_is_within() {
        assert_eq!(place(figure(30, 100), figure(300, 1000)), Place::Within);
        assert_eq!(place(figure(60, 100), figure(300, 1000)), Place::VeryHigh);
    }

    #[test]
    fn a_team_with_none_late_is_not_better_than_a_service_with_hardly_any() {
        assert_eq!(place(figure(30, 30), figure(275, 276)), Place::Within);
        assert_eq!(place(figure(30, 30), figure(150, 276)), Place::VeryHigh);
    }

    #[test]
    fn a_team_on_a_limit_is_within_it() {
        // 2 standard deviations of a share of one half are a quarter for 16 units, and 3 of them for 36.
        assert_eq!(place(figure(12, 16), figure(50, 100)), Place::Within);
        assert_eq!(place(figure(4, 16), figure(50, 100)), Place::Within);
        assert_eq!(place(figure(13, 16), figure(50, 100)), Place::High);
        assert_eq!(place(figure(27, 36), figure(50, 100)), Place::High);
        assert_eq!(place(figure(28, 36), figure(50, 100)), Place::VeryHigh);
    }

    proptest! {
        /// The drawn limits and Wilson's interval are one judgement.
        #[test]
        fn a_team_is_outside_the_limits_exactly_when_the_rate_is_outside_its_interval(
            (n, k) in (1_u64..400).prop_flat_map(|n| (Just(n), 0..=n)),
            (of, part) in (1_u64..5_000).prop_flat_map(|of| (Just(of), 0..=of)),
        ) {
            let (team, service) = (figure(k, n), figure(part, of));
            let (value, rate) = (k as f64 / n as f64, part as f64 / of as f64);
            let sides = |z| {
                let ((low, high), (lower, upper)) = (wilson(value, n, z), limits(rate, n, z));
                let on_a_limit = (value - lower).abs() < 1e-9 || (value - upper).abs() < 1e-9;
                let side = i32::from(value > upper + ROUNDING) - i32::from(value < lower - ROUNDING);
                if !on_a_limit {
                    assert_eq!(side, i32::from(rate < low) - i32::from(rate > high), "{k} of {n} beside {rate} at {z}");
                }
                side
            };
            let expected = match (sides(OUTER), sides(INNER)) {
                _ if n < SMALLEST_JUDGED => Place::Within,
                (1, _) => Place::VeryHigh,
                (-1, _) => Place::VeryLow,
                (_, 1) => Place::High,
                (_, -1) => Place::Low,
                _ => Place::Within,
            };
            prop_assert_eq!(place(team, service), expected);
        }
    }

    #[test]
    fn without_a_rate_nothing_is_judged() {
        assert_eq!(place(figure(0, 0), figure(1, 2)), Place::Within);
        assert_eq!(place(figure(5, 5), figure(0, 0)), Place::Within);
    }
}
