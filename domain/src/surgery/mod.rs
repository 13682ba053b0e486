//! Surgeries: standing meetings in which the data is talked through, service by service and team by team, and every
//! concern leaves the room as an action.
//!
//! A [`Series`] says when; a [`Surgery`] is one meeting, made of its events as an action is of its own:
//!
//! ```text
//! planned -> prepared (its evidence is one extract, frozen) -> in session -> closed
//!    '-----------'---- cancelled
//! ```
//!
//! [`agenda`] makes the items from what the data shows. Two people may write at once: each note has a version, and who
//! writes over a version that is no longer the last gets the other's text instead ([`SurgeryRefusal::Conflict`]).

pub mod agenda;
mod command;
mod decide;
mod event;
mod item;
mod redaction;
mod refusal;
mod rights;
mod series;
mod state;

pub use command::{Plan, SurgeryCommand};
pub use event::{Attendee, Planned, Presence, SurgeryEvent, SurgeryEventKind};
pub use item::{Frozen, Item, ItemDraft, ItemId, ItemKind, Link, Note, NoteKind, RegisterName};
pub use refusal::SurgeryRefusal;
pub use rights::Meeting;
pub use series::{Change, Remit, Rhythm, Series, Sitting, sittings};
pub use state::{Attendance, BadMeeting, Linked, Stage, Surgery};
