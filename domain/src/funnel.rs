//! Whether a team truly differs from its service, or only as chance would have it.
//!
//! Judged by Wilson's score interval at 2 and 3 standard deviations; a team with a denominator below 5 is not judged.

use crate::measures::figure::Figure;

/// Teams smaller than this are not judged.
pub const SMALLEST_JUDGED: u64 = 5;

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

/// Where a team's figure stands to the rate of the service it belongs to: it differs when the service's rate lies
/// outside the team's own interval, which is the same as the team lying outside binomial limits around that rate.
#[must_use]
pub fn place(team: Figure, service: Figure) -> Place {
    let (Some(value), Some(rate)) = (team.value(), service.value()) else { return Place::Within };
    if team.denominator < SMALLEST_JUDGED {
        return Place::Within;
    }
    let (low3, high3) = wilson(value, team.denominator, 3.0);
    let (low2, high2) = wilson(value, team.denominator, 2.0);
    if rate < low3 {
        Place::VeryHigh
    } else if rate > high3 {
        Place::VeryLow
    } else if rate < low2 {
        Place::High
    } else if rate > high2 {
        Place::Low
    } else {
        Place::Within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_team_of_four_is_not_judged_and_one_of_five_is() {
        assert_eq!(place(figure(0, 4), figure(990, 1000)), Place::Within);
        assert_eq!(place(figure(0, 5), figure(990, 1000)), Place::VeryLow);
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
    fn without_a_rate_nothing_is_judged() {
        assert_eq!(place(figure(0, 0), figure(1, 2)), Place::Within);
        assert_eq!(place(figure(5, 5), figure(0, 0)), Place::Within);
    }
}
