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

/// A child's id as the council writes it, where it was kept with something that happened: an event, an agenda. Whose child
/// it is may have changed since, so it is not shown as it stands: it has no `Display` and tells nothing when it is printed
/// for a programmer. The server names a child for a viewer in one place, by today's facts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChildId(String);

impl ChildId {
    /// An id to be kept.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Whether it is this child's.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        self.0 == id
    }

    /// The id as it is kept. Only for the store, for measures, and for the one place that names a child to a viewer; a test
    /// of the server looks who asks.
    #[must_use]
    pub fn as_kept(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ChildId {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl fmt::Debug for ChildId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ChildId")
    }
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
    fn a_childs_id_is_kept_as_plain_text_and_tells_nothing_when_printed() {
        let id = ChildId::new("00123");
        assert_eq!(format!("{:?} {:#?}", id, Some(&id)).matches("00123").count(), 0);
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"00123\"");
        assert_eq!(serde_json::from_str::<ChildId>("\"00123\"").unwrap(), id);
        assert!(id.is("00123") && !id.is("123"));
    }

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
