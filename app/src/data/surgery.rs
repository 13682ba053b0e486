//! Surgeries: the list of them, and one of them at the stage it is in.

use super::{Chart, Choice, FigureText, Link};
use serde::{Deserialize, Serialize};

/// What the list of surgeries is asked for, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SurgeriesQuery {
    /// One service.
    pub service: Option<String>,
    /// One team.
    pub team: Option<String>,
}

/// `/surgeries`: what is coming, what was held?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SurgeriesPage {
    /// What was refused last, with what to do.
    pub notice: Option<String>,
    /// Services to choose from.
    pub services: Vec<Choice>,
    /// Teams to choose from.
    pub teams: Vec<Choice>,
    /// Today's and later ones, the next first.
    pub coming: Vec<SurgeryRow>,
    /// Those of the last year, the last first.
    pub held: Vec<SurgeryRow>,
    /// The standing meetings.
    pub series: Vec<SeriesRow>,
    /// The form that plans one; `None` for who may not.
    pub plan: Option<PlanForm>,
}

/// A line of the list of surgeries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SurgeryRow {
    /// "Tuesday 3 November 2026".
    pub day: String,
    /// What it is about: "Children in Care", "North 1 and North 2".
    pub remit: String,
    /// "Service" or "Teams".
    pub kind: String,
    /// Who leads it.
    pub leader: String,
    /// "Planned", "In session" …
    pub stage: String,
    /// Its page; `None` for a day of a series that nobody has opened yet.
    pub href: Option<String>,
    /// Of such a day, what opens it; `None` for who may not.
    pub open: Option<SittingForm>,
}

/// Opens a day of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SittingForm {
    /// The series.
    pub series: String,
    /// The day of its rhythm, `2026-11-03`.
    pub day: String,
}

/// A standing meeting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SeriesRow {
    /// Its number.
    pub id: String,
    /// What it is about.
    pub remit: String,
    /// "Every two weeks from 3 March 2026".
    pub rhythm: String,
    /// Who leads it.
    pub leader: String,
    /// Whether the viewer may end it.
    pub may_end: bool,
}

/// What may be planned.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanForm {
    /// What it can be about: value and words.
    pub remits: Vec<(String, String)>,
    /// Teams that can be talked about together with another.
    pub teams: Vec<String>,
    /// Who can lead: value and name.
    pub leaders: Vec<(String, String)>,
    /// The first day offered, `2026-11-03`.
    pub day: String,
}

/// `/surgeries/:id`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SurgeryPage {
    /// Its address.
    pub path: String,
    /// What it is about.
    pub title: String,
    /// The stage's stable name: `planned`, `prepared`, `in-session`, `closed`, `cancelled`.
    pub stage: String,
    /// The stage in words.
    pub stage_words: String,
    /// Name and value: when, who leads, by which extract.
    pub facts: Vec<(String, String)>,
    /// What was refused last, with what to do.
    pub notice: Option<String>,
    /// Two texts for one note.
    pub conflict: Option<NoteConflict>,
    /// The agenda.
    pub items: Vec<ItemRow>,
    /// The item that is open.
    pub open: Option<ItemView>,
    /// Of a closed one, every item in full.
    pub minutes: Vec<ItemView>,
    /// Who came.
    pub attendance: Vec<AttendeeRow>,
    /// Who can be noted as attending: value and name.
    pub people: Vec<(String, String)>,
    /// Actions of the meeting as a whole.
    pub actions: Vec<ActionOfSurgery>,
    /// Who can lead: value and name.
    pub leaders: Vec<(String, String)>,
    /// The day, `2026-11-03`.
    pub day: String,
    /// Records an action of the meeting as a whole.
    pub new_action: Option<String>,
    /// The minutes as a file; once it is closed.
    pub file: Option<String>,
    /// The stream that says when something changed; while it can change.
    pub live: Option<String>,
    /// What the viewer may do.
    pub may: MayDo,
}

/// What a viewer may do with a surgery as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, missing_docs, reason = "each is a right of its own, and the names say it")]
pub struct MayDo {
    pub move_date: bool,
    pub change_leader: bool,
    pub cancel: bool,
    pub prepare: bool,
    pub add_item: bool,
    pub order_items: bool,
    pub write_narrative: bool,
    pub write_discussion: bool,
    pub start: bool,
    pub show: bool,
    pub note_attendance: bool,
    pub close: bool,
}

/// A line of the agenda.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Its number within the surgery.
    pub id: String,
    /// Its place, from 1.
    pub place: u64,
    /// Why it is there: "Measure", "Action from before".
    pub kind: String,
    /// Whether a person put it there.
    pub own: bool,
    /// In words.
    pub title: String,
    /// The page with this item open.
    pub href: String,
    /// Whether it is open on this page.
    pub open: bool,
    /// Whether the room looks at it.
    pub shown: bool,
}

/// An item in full.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemView {
    /// The line of the agenda.
    pub row: ItemRow,
    /// The figure as it was frozen.
    pub figure: Option<FigureText>,
    /// "As at 30 October 2026".
    pub as_at: String,
    /// What it was before: "On 2 October 2026: 61.2%, 30 of 49 …".
    pub before: Option<String>,
    /// Its course up to then.
    pub chart: Option<Chart>,
    /// The list as at the extract.
    pub list: Option<Link>,
    /// The children behind it, of those that are the viewer's to read.
    pub children: Vec<ChildRow>,
    /// How many there are: "12 children, 3 of them yours to see".
    pub children_words: Option<String>,
    /// What the data tells.
    pub narrative: NoteText,
    /// What was said of it.
    pub discussion: NoteText,
    /// Actions that came out of it.
    pub actions: Vec<ActionOfSurgery>,
    /// Records one; `None` for who may not, and outside of the meeting.
    pub record: Option<RecordHere>,
    /// The items before and after it, by number.
    pub previous: Option<String>,
    /// The next one.
    pub next: Option<String>,
}

/// A note as it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NoteText {
    /// What it says.
    pub text: String,
    /// The version that a writer has seen.
    pub version: u32,
    /// "Written by A Person, 3 March 2026, 14:05".
    pub written: Option<String>,
}

/// Two people wrote the same note.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NoteConflict {
    /// The item's number.
    pub item: String,
    /// The item's title.
    pub title: String,
    /// `narrative` or `discussion`.
    pub note: String,
    /// What stands there now.
    pub theirs: NoteText,
    /// What the viewer sent.
    pub mine: String,
}

/// A child of an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChildRow {
    /// The council's id.
    pub who: String,
    /// The child's page as at the extract.
    pub href: String,
    /// The team that held it.
    pub team: String,
    /// How an action about the child is begun.
    pub reference: String,
}

/// How an action is recorded from an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordHere {
    /// About the group whose figure it is.
    pub group: String,
    /// About something else, to be chosen; `None` where the first leads to a choice already.
    pub other: Option<String>,
    /// What an action about ticked children begins with.
    pub along: Vec<(String, String)>,
}

/// Somebody asked to the meeting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AttendeeRow {
    /// The value of the form: `user:7` or `name:A Guest`.
    pub value: String,
    /// The name.
    pub name: String,
    /// `present`, `apologies`, `absent`.
    pub presence: String,
}

/// An action that came out of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionOfSurgery {
    /// `A-000123`.
    pub number: String,
    /// Its page.
    pub href: String,
    /// What is to be done.
    pub what: String,
    /// The Head of Service who answers for it.
    pub accountable: String,
    /// "3 March 2026".
    pub due: String,
    /// "Open", "Closed" …
    pub state: String,
}
