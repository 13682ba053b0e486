//! Why something is not done, in a sentence for the reader.

use super::item::Note;
use super::state::Stage;
use crate::text::BadText;

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurgeryRefusal {
    /// The actor has no business with it.
    #[error("you may not do this with this surgery")]
    NotAllowed,
    /// The person named cannot lead it.
    #[error(
        "the person chosen cannot lead this surgery: a Director of the area leads one of a service, a Head of Service or a \
         Director one of teams"
    )]
    NotLeader,
    /// About nothing.
    #[error("a surgery is about a service or at least one team of the organisation: choose one")]
    NoRemit,
    /// Nothing changes.
    #[error("nothing was changed")]
    NothingChanged,
    /// Not at this stage.
    #[error("{}", words_of_stage(*.0))]
    NotNow(Stage),
    /// The item is gone.
    #[error("this item is no longer on the agenda: somebody has taken it off")]
    NoSuchItem,
    /// It has happened already.
    #[error("this action is on the surgery already")]
    LinkedAlready,
    /// A surgery of this day of the series stands already.
    #[error("this day of the series was opened already: it stands on the list")]
    DayTaken,
    /// A text is missing or too long.
    #[error(transparent)]
    Text(#[from] BadText),
    /// Somebody else wrote the note first.
    #[error("somebody else has written here since you began: compare both texts and save again")]
    Conflict {
        /// Theirs, with the version to write over.
        theirs: Box<Note>,
    },
}

const fn words_of_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned => "the surgery has no agenda yet: prepare it first",
        Stage::Prepared => "the surgery has not begun yet",
        Stage::InSession => "the surgery is being held: this is done before it begins",
        Stage::Closed => "the surgery is over, and its minutes stay as they are",
        Stage::Cancelled => "the surgery was cancelled",
    }
}
