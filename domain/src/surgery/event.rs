//! What happens to a surgery.

use super::item::{ItemDraft, ItemId, NoteKind};
use super::series::Remit;
use crate::ids::{ActionId, ExtractId, SeriesId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One thing that happened to a surgery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurgeryEvent {
    /// From 1, without a gap.
    pub sequence: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: UserId,
    /// What.
    pub kind: SurgeryEventKind,
}

/// What a surgery is at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The series it belongs to, and the day of its rhythm; `None` for a single meeting.
    pub series: Option<(SeriesId, NaiveDate)>,
    /// What it is about.
    pub remit: Remit,
    /// Who leads it.
    pub leader: UserId,
    /// When it is held.
    pub date: NaiveDate,
}

/// Who is asked to a surgery.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attendee {
    /// Somebody with an account.
    User(UserId),
    /// Somebody without, by name and office.
    Named(String),
}

/// Whether somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Presence {
    Present,
    Apologies,
    Absent,
}

impl Presence {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Present, Self::Apologies, Self::Absent];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Apologies => "apologies",
            Self::Absent => "absent",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.name() == name)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SurgeryEventKind {
    /// It was planned.
    Planned(Box<Planned>),
    /// It is held on another day.
    DateMoved {
        /// The new day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Somebody else leads it.
    LeaderChanged {
        /// Who.
        to: UserId,
        /// Why.
        reason: String,
    },
    /// It is not held.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Its agenda was made from an extract, which is its evidence for good.
    Prepared {
        /// The extract.
        extract: ExtractId,
        /// The extract's date.
        as_at: NaiveDate,
        /// The items, in their order; numbered on from the last.
        items: Vec<ItemDraft>,
    },
    /// An item was put at the end of the agenda.
    ItemAdded {
        /// What.
        item: Box<ItemDraft>,
    },
    /// An item was taken off.
    ItemRemoved {
        /// Which.
        item: ItemId,
    },
    /// An item has another place.
    ItemMoved {
        /// Which.
        item: ItemId,
        /// Its place, from 0; past the end is the end.
        to: u32,
    },
    /// A note was written anew.
    NoteWritten {
        /// On which item.
        item: ItemId,
        /// Which note.
        note: NoteKind,
        /// What it says now.
        text: String,
    },
    /// The meeting began.
    Started,
    /// The room looks at an item.
    ItemShown {
        /// Which.
        item: ItemId,
    },
    /// Whether somebody came.
    AttendanceNoted {
        /// Who.
        who: Attendee,
        /// Whether.
        presence: Presence,
    },
    /// An action came out of it.
    ActionLinked {
        /// From which item; `None` for the meeting as a whole.
        item: Option<ItemId>,
        /// Which.
        action: ActionId,
    },
    /// The meeting is over.
    Closed,
}

impl SurgeryEventKind {
    /// Its stable name, as it stands in the stored event.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Planned(_) => "planned",
            Self::DateMoved { .. } => "date-moved",
            Self::LeaderChanged { .. } => "leader-changed",
            Self::Cancelled { .. } => "cancelled",
            Self::Prepared { .. } => "prepared",
            Self::ItemAdded { .. } => "item-added",
            Self::ItemRemoved { .. } => "item-removed",
            Self::ItemMoved { .. } => "item-moved",
            Self::NoteWritten { .. } => "note-written",
            Self::Started => "started",
            Self::ItemShown { .. } => "item-shown",
            Self::AttendanceNoted { .. } => "attendance-noted",
            Self::ActionLinked { .. } => "action-linked",
            Self::Closed => "closed",
        }
    }
}
