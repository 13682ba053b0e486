//! Why something is not done, in a sentence for the reader.

use super::event::Event;
use super::evidence::BadEvidence;
use super::state::State;
use crate::text::BadText;

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The actor has no business with it.
    #[error("you may not do this with this action")]
    NotAllowed,
    /// No Head of Service is named.
    #[error("an action needs one Head of Service who is accountable for it: choose one")]
    NoAccountable,
    /// The person named does not hold the role.
    #[error("the person chosen is not Head of Service for the teams concerned on this date: choose one who is")]
    NotAccountable,
    /// The person named already answers for it.
    #[error("this Head of Service is accountable for the action already")]
    SameAccountable,
    /// About nobody.
    #[error("an action is about at least one child, team or service: choose one")]
    NoSubject,
    /// The service is not in the organisation.
    #[error("no team of the organisation belongs to this service: choose one of its services")]
    UnknownService,
    /// A hand-off from a team to itself.
    #[error("a hand-off lies between two different teams: choose another")]
    SameTeam,
    /// A due date in the past.
    #[error("the due date lies in the past: choose today or later")]
    DueInThePast,
    /// The due date is the one it has.
    #[error("the action is due on that day already")]
    SameDue,
    /// Nothing changes.
    #[error("nothing was changed")]
    NothingChanged,
    /// Not in this state.
    #[error("{}", words_of_state(*.0))]
    NotNow(State),
    /// The accountable Head of Service reports, nobody else.
    #[error("only the accountable Head of Service reports on the resolution")]
    NotYourReport,
    /// The reporter, or the Head of Service accountable, confirms nothing.
    #[error("a second person confirms a report: neither who made it nor who is accountable for the action")]
    OwnReport,
    /// A measure that is not known.
    #[error("there is no measure with this number")]
    UnknownMeasure,
    /// A link that leads nowhere.
    #[error("a link begins with https:// or http://, is one word of at most 500 letters, and there are at most 10")]
    BadLink,
    /// A text is missing or too long.
    #[error(transparent)]
    Text(#[from] BadText),
    /// A file that cannot be kept.
    #[error(transparent)]
    Evidence(#[from] BadEvidence),
    /// Somebody else was faster.
    #[error("somebody else has changed this action since you opened it: compare both and save again")]
    Conflict {
        /// What happened since.
        theirs: Vec<Event>,
    },
}

const fn words_of_state(state: State) -> &'static str {
    match state {
        State::Open => "the action is open, and its resolution is not reported yet",
        State::Reported => "the action waits for its report to be confirmed; send it back to change it",
        State::Closed => "the action is closed; reopen it to change it",
        State::Withdrawn => "the action was withdrawn, and nothing more is added to it",
    }
}
