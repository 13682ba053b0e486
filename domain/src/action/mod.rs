//! Actions: what a surgery decides, for which one Head of Service is accountable until what changed is reported and a
//! second person confirms it.
//!
//! An action is its [`Event`]s and nothing else: [`History::of`] replays them, [`History::decide`] answers a person's
//! [`Command`] with the event to append or a [`Refusal`] in words, and [`Action::hear`] does the same for what a later
//! extract shows. Time, grants and the organisation are passed in.
//!
//! ```text
//! open --reported--> reported --confirmed--> closed
//!   ^---sent back------'                        |
//!   '---reopened, or contradicted by the data---'
//! ```
//!
//! An open or reported action that was recorded in error is withdrawn; it stays on the log and takes nothing more.

mod command;
mod decide;
mod effect;
mod event;
mod evidence;
mod history;
mod lateness;
mod redaction;
mod refusal;
mod retraction;
mod rights;
mod state;
mod subject;
mod texts;
mod verdict;

pub use command::{Command, Draft, Due};
pub use effect::{Effect, Reading, effect};
pub use event::{
    Aim, Amendment, Author, Baseline, Doer, Event, EventKind, Finding, MOST_LINKS, Priority, Recorded, Set, Why,
};
pub use evidence::{BadEvidence, EvidenceKind, LARGEST_EVIDENCE};
pub use history::{BadHistory, History};
pub use lateness::{Escalation, due_when_late, escalation, late_when_due_before, working_days_late};
pub use refusal::Refusal;
pub use rights::{Circumstances, Person, may_be_accountable};
pub use state::{Action, Closing, Evidence, Report, State, Word};
pub use subject::{ChildOfTeam, Level, Subject};
pub use verdict::{DataWord, verdict};
