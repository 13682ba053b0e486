//! `same-file`: the set is that of another date, or says nothing that the extract before did not say.

use super::{Hold, HoldKind, Situation, day};
use chrono::NaiveDate;

/// Days after which something has to have changed.
const QUIET_DAYS: i64 = 3;

/// Another extract in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherExtract {
    /// Its date.
    pub as_at: NaiveDate,
    /// Hash of its Annex A files' content; none of one that was loaded before this was kept.
    pub content: Option<String>,
}

/// What a load would change among the records of the extract before, or of the one it replaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records that were not there.
    pub new: u64,
    /// Records that say something else.
    pub changed: u64,
    /// Records that are no longer there.
    pub ended: u64,
    /// Records as they were.
    pub same: u64,
}

impl Changes {
    /// Whether nothing is new, changed or ended.
    #[must_use]
    pub const fn are_none(self) -> bool {
        self.new + self.changed + self.ended == 0
    }
}

pub(super) fn holds(situation: &Situation<'_>) -> Option<Hold> {
    let Situation { as_at, content, others, changes, before, .. } = *situation;
    let same = |other: &&OtherExtract| other.as_at != as_at && other.content.as_deref() == Some(content);
    if let Some(other) = others.iter().find(same) {
        let message = format!(
            "These are the very files of the extract as at {}. Check that the right files were chosen, and the as-at date.",
            day(other.as_at)
        );
        return Some(Hold::new(HoldKind::SameFile, message).numbers(other.as_at, as_at));
    }
    let before = before.filter(|_| situation.replaced.is_none() && changes.are_none() && changes.same > 0)?;
    let days = (as_at - before.as_at).num_days();
    (days > QUIET_DAYS).then(|| {
        let message = format!(
            "Nothing is new, changed or ended since the extract as at {}, {days} days before. Check that this is the newest file.",
            day(before.as_at)
        );
        Hold::new(HoldKind::SameFile, message).numbers(before.as_at, as_at)
    })
}
