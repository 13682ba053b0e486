//! What a manager needs beside a measure's definition: why it matters for a child, what usually moves it, and which
//! question to ask in the surgery. Our own words; data beside the measures, one entry a measure.

mod care;
mod front_door;
mod leavers;
mod protection;

use super::Measure;

/// A measure explained to who has to act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guidance {
    /// Why it matters for a child.
    pub matters: &'static str,
    /// What usually moves it, up and down, recording among it.
    pub moves: &'static str,
    /// The question to ask in the surgery.
    pub question: &'static str,
}

/// Guidance under the id of its measure; measures for two age groups share that of the whole.
type Entry = (&'static str, Guidance);

impl Measure {
    /// What a manager needs to know of it; every core measure has it.
    #[must_use]
    pub fn guidance(&self) -> Option<&'static Guidance> {
        let whole = self.id.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        [front_door::ALL, protection::ALL, care::ALL, leavers::ALL]
            .into_iter()
            .flatten()
            .find(|(id, _)| *id == whole)
            .map(|(_, guidance)| guidance)
    }
}
