//! Taking the children of another council out of what was frozen when an action was recorded.

use super::event::EventKind;
use chrono::NaiveDate;

impl EventKind {
    /// The event without the children that its finding as at a date names; `said`, who took them out and why, is added to
    /// the words. `None` where it names none.
    #[must_use]
    pub fn redacted(&self, as_at: NaiveDate, said: &str) -> Option<Self> {
        let Self::Recorded(recorded) = self else { return None };
        let names = |finding: &super::Finding| finding.as_at == as_at && !finding.children.is_empty();
        recorded.why.finding.as_ref().filter(|finding| names(finding))?;
        let mut recorded = recorded.clone();
        if let Some(finding) = &mut recorded.why.finding {
            finding.children.clear();
        }
        recorded.why.text = format!("{} [{said}]", recorded.why.text);
        Some(Self::Recorded(recorded))
    }
}
