//! Repeatable chance: a stream of its own for every child, and a hash for what is looked at again each week.

use super::calendar::Day;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One child's stream of chance.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of number `index` in a cohort. Streams do not depend on each other, so that lives can be
    /// made on any core in any order.
    pub(super) fn new(seed: u64, cohort: u64, index: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(mix([seed, cohort, index])))
    }

    /// A number in [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Whether something of this probability happens.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        if high <= low { low } else { self.0.random_range(low..=high) }
    }

    /// Days until something that comes on average after `mean` days, whenever one looks.
    pub(super) fn waiting(&mut self, mean: f64) -> Day {
        (-mean * (1.0 - self.unit()).ln()).min(20_000.0) as Day
    }

    /// One of weighted choices.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let total: u32 = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.0.random_range(0..total.max(1));
        for (choice, weight) in choices {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        choices[0].0
    }
}

/// A well-stirred number from three (the finaliser of `splitmix64`): the same every week for the same thing.
pub(super) fn mix(parts: [u64; 3]) -> u64 {
    parts.into_iter().fold(0x9E37_79B9_7F4A_7C15, |state: u64, part| {
        let mut z = (state ^ part).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}
