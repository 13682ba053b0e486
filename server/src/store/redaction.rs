//! Children of another council are taken out of what was frozen on its file: by whom, when and why stays in their place.

use crate::clock::england_time;

/// A redaction.
#[derive(Debug, Clone, Copy)]
pub struct Redaction<'a> {
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who: the account's user name, or `command line`.
    pub by: &'a str,
    /// Why.
    pub why: &'a str,
}

impl Redaction<'_> {
    /// What stands in the place of the children.
    pub(crate) fn said(&self) -> String {
        let day = england_time(self.at).map(|at| at.format("%-d %B %Y").to_string()).unwrap_or_default();
        format!("The children named here were taken out on {day} by {}: {}", self.by, self.why)
    }
}
