//! Scales: where an axis begins and ends, and what stands at its ticks.

/// Beyond this a number is not drawn true to scale; no measure comes near it.
const LIMIT: f64 = 1e12;

/// A vertical axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
}

impl Scale {
    /// The axis for shares from 0 to 1: it shows 20 points or more, so that chance does not look like change, and
    /// begins above 0 only where all values lie close together.
    pub(super) fn shares(values: impl Iterator<Item = f64>) -> Self {
        Self::new(values, 1.0, |_| 0.2)
    }

    /// The axis for numbers: it shows at least two fifths of the highest, for the same reason.
    pub(super) fn numbers(values: impl Iterator<Item = f64>) -> Self {
        Self::new(values, LIMIT * 10.0, |high| (0.4 * high).max(1.0))
    }

    /// The axis for things counted one by one: from 0, in whole steps.
    pub(super) fn counts(values: impl Iterator<Item = f64>) -> Self {
        Self::new(values.chain([0.0]), LIMIT * 10.0, |high| high.max(5.0))
    }

    fn new(values: impl Iterator<Item = f64>, ceiling: f64, least: impl Fn(f64) -> f64) -> Self {
        let range = values.filter(|value| value.is_finite()).map(|value| value.clamp(-LIMIT, LIMIT));
        let Some((min, max)) = range.map(|value| (value, value)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
            return Self { low: 0.0, high: 1.0, step: 0.2 };
        };
        let span = (max - min).max(least(max)) * 1.1;
        let ceiling = ceiling.max(max);
        let mut high = (f64::midpoint(min, max) + span / 2.0).max(max).min(ceiling);
        let mut low = high - span;
        if min >= 0.0 && (low < 0.25 * high || max - min >= 0.5 * max) {
            low = 0.0;
            high = (max * 1.05).max(span).min(ceiling);
        }
        let step = nice_step((high - low) / 5.0);
        let low = (low / step + 1e-6).floor() * step;
        Self { low, high: (high / step - 1e-6).ceil() * step, step }
    }

    /// Where its ticks stand.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let Self { low, high, step } = *self;
        let count = ((high - low) / step).round().clamp(1.0, 12.0) as u32;
        (0..=count).map(move |index| {
            let tick = low + f64::from(index) * step;
            // 0.30000000000000004 reads 0.3, and -0 reads 0.
            if tick.abs() < step / 1e3 { 0.0 } else { tick }
        })
    }
}

/// The next of 1, 2, 5 times a power of ten.
fn nice_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= least * 0.999).unwrap_or(10.0 * power)
}

/// Moves labels apart until each has `gap` pixels to the next, none further than needed, all within the bounds
/// if there is room. The order of `heights` is kept.
pub(super) fn moved_apart(heights: &[i32], gap: i32, top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by_key(|index| heights.get(*index).copied());
    let mut sorted: Vec<f64> = order.iter().filter_map(|index| heights.get(*index)).map(|y| f64::from(*y)).collect();
    let gap = f64::from(gap);
    for _ in 0..32 {
        for index in 1..sorted.len() {
            let missing = gap - (sorted[index] - sorted[index - 1]);
            if missing > 0.0 {
                sorted[index - 1] -= missing / 2.0;
                sorted[index] += missing / 2.0;
            }
        }
        for y in &mut sorted {
            *y = y.min(f64::from(bottom)).max(f64::from(top));
        }
    }
    let mut moved = heights.to_vec();
    for (index, y) in order.into_iter().zip(sorted) {
        if let Some(place) = moved.get_mut(index) {
            *place = y.round() as i32;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share_ticks(values: &[f64]) -> Vec<f64> {
        Scale::shares(values.iter().copied()).ticks().map(|tick| (tick * 1000.0).round() / 10.0).collect()
    }

    #[test]
    fn shares_close_together_are_zoomed_and_others_begin_at_nought() {
        assert_eq!(share_ticks(&[0.69, 0.971, 0.95]), [60.0, 70.0, 80.0, 90.0, 100.0]);
        assert_eq!(share_ticks(&[0.4, 0.6, 0.95]), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(share_ticks(&[0.06, 0.08]), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]);
        assert_eq!(share_ticks(&[0.0, 0.0]), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]);
        assert_eq!(share_ticks(&[1.0]), [75.0, 80.0, 85.0, 90.0, 95.0, 100.0]);
        assert_eq!(share_ticks(&[]), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    }

    #[test]
    fn counts_begin_at_nought_and_have_whole_ticks() {
        let ticks = |values: &[f64]| Scale::counts(values.iter().copied()).ticks().collect::<Vec<_>>();
        assert_eq!(ticks(&[15.0, 17.0]), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(&[1.0]), [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(ticks(&[0.0]), [0.0, 2.0, 4.0, 6.0]);
    }

    #[test]
    fn numbers_have_round_ticks() {
        let ticks = |values: &[f64]| Scale::numbers(values.iter().copied()).ticks().collect::<Vec<_>>();
        assert_eq!(ticks(&[15.0, 17.0]), [12.0, 14.0, 16.0, 18.0, 20.0]);
        assert_eq!(ticks(&[3.0, 17.0]), [0.0, 5.0, 10.0, 15.0, 20.0]);
    }

    #[test]
    fn labels_keep_their_distance_and_their_bounds() {
        assert_eq!(moved_apart(&[100, 104, 40], 20, 0, 300), [92, 112, 40]);
        assert_eq!(moved_apart(&[298, 299], 20, 0, 300), [280, 300]);
        assert_eq!(moved_apart(&[], 20, 0, 300), [0; 0]);
    }
}
