//! What would reach the target: how many units have to be put right, and which.

use super::{Moves, is_wrong, remedy};
use crate::measures::figure::Figure;
use crate::measures::{Counting, Fact, Measure, Polarity};
use std::cmp::Reverse;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// A target, exact to the last digit written: 0.95 of 20 is 19.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    parts: u64,
    of: u64,
}

/// A target that is no decimal number.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("'{0}' is no target: it needs a number such as 0.95, of no more than nine decimal places and no sign")]
pub struct BadShare(String);

/// Nine decimal places.
const MOST_PARTS: u64 = 1_000_000_000;

impl Display for Share {
    /// With no needless digit: `0.95`, `1`. It reads back as the same share.
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&written(u128::from(self.parts), self.of))
    }
}

/// A decimal number; `of` is a power of ten.
fn written(parts: u128, of: u64) -> String {
    let (whole, mut rest, mut of) = (parts / u128::from(of), parts % u128::from(of), u128::from(of));
    while rest > 0 && rest.is_multiple_of(10) {
        (rest, of) = (rest / 10, of / 10);
    }
    let places = of.ilog10() as usize;
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:0places$}") }
}

impl FromStr for Share {
    type Err = BadShare;

    /// Reads `0.95`, `1` or `.5`.
    fn from_str(text: &str) -> Result<Self, BadShare> {
        let bad = || BadShare(text.to_owned());
        let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = format!("{whole}{decimals}");
        if digits.is_empty() || decimals.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad());
        }
        let places = u32::try_from(decimals.len()).map_err(|_| bad())?;
        Ok(Self { parts: digits.parse().map_err(|_| bad())?, of: 10_u64.pow(places) })
    }
}

impl Share {
    /// 0.
    pub const NOTHING: Self = Self { parts: 0, of: 1 };

    /// As near as a float comes to it: for drawing, never for judging.
    #[must_use]
    pub fn value(self) -> f64 {
        self.parts as f64 / self.of as f64
    }

    /// A hundredth of it: 95 is 0.95. `None` beyond nine decimal places.
    #[must_use]
    pub fn hundredth(self) -> Option<Self> {
        let Self { mut parts, mut of } = Self { parts: self.parts, of: self.of.checked_mul(100)? };
        while of > 1 && parts.is_multiple_of(10) {
            (parts, of) = (parts / 10, of / 10);
        }
        (of <= MOST_PARTS).then_some(Self { parts, of })
    }

    /// The sum, as far as it can be written.
    #[must_use]
    pub fn plus(self, more: Self) -> Self {
        let (one, other, of) = self.alike(more);
        Self { parts: u64::try_from(one + other).unwrap_or(u64::MAX), of }
    }

    /// The difference; nothing where it would be less.
    #[must_use]
    pub fn less(self, less: Self) -> Self {
        let (one, other, of) = self.alike(less);
        Self { parts: u64::try_from(one.saturating_sub(other)).unwrap_or(u64::MAX), of }
    }

    /// Both in the same parts: these are powers of ten.
    fn alike(self, other: Self) -> (u128, u128, u64) {
        let of = self.of.max(other.of);
        let parts = |share: Self| u128::from(share.parts) * u128::from(of / share.of);
        (parts(self), parts(other), of)
    }

    /// In per cent, with no needless digit: "95%", "92.25%".
    #[must_use]
    pub fn in_per_cent(self) -> String {
        format!("{}%", written(u128::from(self.parts) * 100, self.of))
    }

    /// The decimal number that a person wrote and the machine keeps as the float nearest to it.
    ///
    /// # Errors
    /// When it is negative, infinite, no number, or longer than nine decimal places.
    pub fn from_float(value: f64) -> Result<Self, BadShare> {
        // A float is printed as the shortest decimal that reads back as the same float.
        value.to_string().parse()
    }
}

/// Whether a figure meets its target: at least it where higher is better, at most it where lower is. `None` where there
/// is no figure or neither direction is good.
#[must_use]
pub fn is_on_target(figure: Figure, target: Share, polarity: Polarity) -> Option<bool> {
    if figure.denominator == 0 {
        return None;
    }
    let reached = u128::from(figure.numerator) * u128::from(target.of);
    let wanted = u128::from(target.parts) * u128::from(figure.denominator);
    match polarity {
        Polarity::High => Some(reached >= wanted),
        Polarity::Low => Some(reached <= wanted),
        Polarity::Neutral => None,
    }
}

/// The shortest way to a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The units to put right; none where the figure is on target. Their number is the least that will do.
    pub units: Vec<Fact>,
    /// The figure once they are put right and nothing else has changed.
    pub after: Figure,
}

/// The shortest list of units that brings a measure to its target, from all its facts.
///
/// Any units on the wrong side would do, as each moves the figure as much as another. Those that have waited longest
/// come first: units of which no due day is known (never seen, never begun on record), then the earliest due day, then
/// the most days run, then by child, list and row.
///
/// `None` where there is no way: no unit at all, a measure without a good side, one that is about the past or about
/// workers, or a target beyond what every unit put right would make. Where the units leave the denominator and the last
/// of them goes, nothing is wrong any more, and the target is reached.
#[must_use]
pub fn reach(measure: &Measure, facts: &[Fact], target: Share) -> Option<Reach> {
    if measure.counting != Counting::Units {
        return None;
    }
    let moves = remedy(measure)?.moves;
    let now = Figure {
        numerator: facts.iter().filter(|fact| fact.numerator).count() as u64,
        denominator: facts.len() as u64,
    };
    if is_on_target(now, target, measure.polarity)? {
        return Some(Reach { units: Vec::new(), after: now });
    }
    let mut wrong: Vec<&Fact> = facts.iter().filter(|fact| is_wrong(measure, fact)).collect();
    wrong.sort_by_key(|fact| (fact.due, Reverse(fact.days), &fact.child_id, fact.list, fact.position));
    let needed = (1..=wrong.len()).find(|count| {
        after(now, *count as u64, moves, measure.polarity).is_some_and(|figure| {
            // With the last unit gone nothing is left that could be wrong.
            is_on_target(figure, target, measure.polarity).unwrap_or(true)
        })
    })?;
    let after = after(now, needed as u64, moves, measure.polarity)?;
    Some(Reach { units: wrong.into_iter().take(needed).cloned().collect(), after })
}

/// The figure once so many units on the wrong side are put right.
fn after(now: Figure, count: u64, moves: Moves, polarity: Polarity) -> Option<Figure> {
    let Figure { numerator, denominator } = now;
    match (moves, polarity) {
        (Moves::Rights, Polarity::High) => Some(Figure { numerator: numerator + count, denominator }),
        (Moves::Rights, Polarity::Low) => Some(Figure { numerator: numerator - count, denominator }),
        (Moves::Leaves, Polarity::High) => Some(Figure { numerator, denominator: denominator - count }),
        (Moves::Leaves, Polarity::Low) => {
            Some(Figure { numerator: numerator - count, denominator: denominator - count })
        }
        (Moves::CannotBeUndone | Moves::Shared, _) | (_, Polarity::Neutral) => None,
    }
}
