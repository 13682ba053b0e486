//! What a chart says in one word: how the measure varies, and whether it can be relied on to meet its target.

use super::limits::Limits;
use super::rules::Direction;
use crate::measures::Polarity;

/// How a measure varies, by its last value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variation {
    /// As chance would have it.
    Common,
    /// It changed for the better.
    Improvement,
    /// It changed for the worse.
    Concern,
    /// It rose, which is neither good nor bad.
    ChangedUp,
    /// It fell, which is neither good nor bad.
    ChangedDown,
}

impl Variation {
    /// What a change this way means for a measure of this polarity; none is no change.
    pub(crate) fn of(direction: Option<Direction>, polarity: Polarity) -> Self {
        use Direction::{Down, Up};
        let Some(direction) = direction else { return Self::Common };
        match (polarity, direction) {
            (Polarity::Neutral, Up) => Self::ChangedUp,
            (Polarity::Neutral, Down) => Self::ChangedDown,
            (Polarity::High, Up) | (Polarity::Low, Down) => Self::Improvement,
            (Polarity::High, Down) | (Polarity::Low, Up) => Self::Concern,
        }
    }

    /// Its stable name: `common`, `improvement`, `concern`, `changed_up` or `changed_down`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Improvement => "improvement",
            Self::Concern => "concern",
            Self::ChangedUp => "changed_up",
            Self::ChangedDown => "changed_down",
        }
    }
}

/// Whether a target will be met if nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// It will.
    Pass,
    /// It will not.
    Fail,
    /// Chance decides. A target that lies on a limit is one of these.
    HitOrMiss,
}

impl Assurance {
    /// Where a target lies to the last segment's limits; none without a target or where neither direction is better.
    pub(super) fn of(limits: Option<Limits>, target: Option<f64>, polarity: Polarity) -> Option<Self> {
        let target = target?;
        let (above, below) = match polarity {
            Polarity::High => (Self::Fail, Self::Pass),
            Polarity::Low => (Self::Pass, Self::Fail),
            Polarity::Neutral => return None,
        };
        Some(match limits {
            Some(limits) if target > limits.upper => above,
            Some(limits) if target < limits.lower => below,
            _ => Self::HitOrMiss,
        })
    }

    /// Its stable name: `pass`, `fail` or `hit_or_miss`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::HitOrMiss => "hit_or_miss",
        }
    }
}
