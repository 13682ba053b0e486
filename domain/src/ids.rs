//! Numbers that name things: a number of one kind never stands where another belongs.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
    )*};
}

ids! {
    /// An account.
    UserId,
    /// An action.
    ActionId,
    /// A surgery.
    SurgeryId,
    /// A series of surgeries.
    SeriesId,
    /// A stored piece of evidence.
    EvidenceId,
    /// A recommendation of an improvement plan or an inspection.
    RecommendationId,
    /// An extract.
    ExtractId,
}

impl fmt::Display for ActionId {
    /// The number that people quote: `A-000123`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "A-{:06}", self.0)
    }
}

impl ActionId {
    /// The action of a number as people write it: `A-000123`, `a-123` or `123`; `None` for what is no such number.
    #[must_use]
    pub fn from_number(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix("A-").or_else(|| text.strip_prefix("a-")).unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok().map(Self)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actions_number_reads_back() {
        for id in [1, 123, 999_999, 1_000_000] {
            assert_eq!(ActionId::from_number(&ActionId(id).to_string()), Some(ActionId(id)));
        }
        assert_eq!(ActionId(123).to_string(), "A-000123");
        assert_eq!(ActionId::from_number(" a-7 "), Some(ActionId(7)));
        for text in ["", "A-", "A-1x", "-1", "+1", "99999999999999999999"] {
            assert_eq!(ActionId::from_number(text), None, "{text}");
        }
    }
}
