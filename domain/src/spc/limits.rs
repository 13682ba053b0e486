//! The mean and the limits of a segment.

use super::mean::mean;

/// The limits lie this many mean moving ranges from the mean: 3 over 1.128, the moving range's share of a sigma.
const LIMIT: f64 = 2.66;

/// The near limits, two thirds of the way.
const NEAR_LIMIT: f64 = 2.0 * (LIMIT / 3.0);

/// A moving range of this many times their mean is an outlier: the upper limit of a chart of moving ranges.
pub(super) const OUTLIER: f64 = 3.267;

/// What chance explains lies between the limits. They are not cut off at 0 or at 100%: only a drawing is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower limit: the mean less 2.66 mean moving ranges.
    pub lower: f64,
    /// The upper limit: the mean and 2.66 mean moving ranges.
    pub upper: f64,
    /// Two thirds of the way from the mean to the lower limit.
    pub near_lower: f64,
    /// Two thirds of the way from the mean to the upper limit.
    pub near_upper: f64,
}

impl Limits {
    /// Whether a value is strictly beyond a limit.
    pub(super) fn leave_out(self, value: f64) -> bool {
        value < self.lower || value > self.upper
    }

    /// Whether a value is strictly beyond a near limit, and not beyond the limit.
    pub(super) fn are_near(self, value: f64) -> bool {
        !self.leave_out(value) && (value < self.near_lower || value > self.near_upper)
    }
}

/// The lines through a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub(super) mean: f64,
    /// The mean of the moving ranges.
    pub(super) range: Option<f64>,
    pub(super) limits: Option<Limits>,
}

impl Line {
    /// The lines from a segment's baseline; none without a value. It is given in runs, over whose ends no moving range
    /// reaches.
    pub(super) fn of(baseline: &[Vec<f64>], screen_outliers: bool) -> Option<Self> {
        let mean = mean(&baseline.concat())?;
        let range = mean_moving_range(baseline, screen_outliers);
        let limits = range.map(|range| Limits {
            lower: mean - LIMIT * range,
            upper: mean + LIMIT * range,
            near_lower: mean - NEAR_LIMIT * range,
            near_upper: mean + NEAR_LIMIT * range,
        });
        Some(Self { mean, range, limits })
    }
}

/// The mean of the moving ranges; none when there are none. Screening looks once: what is an outlier only to the
/// mean without the first outliers stays. A flat line's ranges are all 0, none of which is less than 3.267 times 0.
fn mean_moving_range(baseline: &[Vec<f64>], screen_outliers: bool) -> Option<f64> {
    let pairs = baseline.iter().flat_map(|run| run.windows(2));
    let mut ranges: Vec<f64> = pairs.map(|pair| (pair[1] - pair[0]).abs()).collect();
    if screen_outliers {
        let threshold = OUTLIER * mean(&ranges)?;
        ranges.retain(|range| *range < threshold);
    }
    mean(&ranges)
}
