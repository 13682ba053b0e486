//! A surgery as its events have made it.

use super::event::{Attendee, Planned, Presence, SurgeryEvent, SurgeryEventKind};
use super::item::{Item, ItemDraft, ItemId, Note};
use super::series::Remit;
use crate::ids::{ActionId, ExtractId, SeriesId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where a surgery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It has a date.
    Planned,
    /// It has an agenda and its evidence.
    Prepared,
    /// It is being held.
    InSession,
    /// It is over.
    Closed,
    /// It is not held.
    Cancelled,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Prepared, Self::InSession, Self::Closed, Self::Cancelled];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Prepared => "prepared",
            Self::InSession => "in-session",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Its title for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Prepared => "Prepared",
            Self::InSession => "In session",
            Self::Closed => "Closed",
            Self::Cancelled => "Cancelled",
        }
    }

    /// The stage of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether an event of this kind can happen to a surgery that stands so, whoever it is by.
    pub(super) fn takes(self, kind: &SurgeryEventKind) -> bool {
        use SurgeryEventKind as Kind;
        match kind {
            Kind::Planned(_) => false,
            Kind::DateMoved { .. } | Kind::LeaderChanged { .. } | Kind::Cancelled { .. } => {
                matches!(self, Self::Planned | Self::Prepared)
            }
            Kind::Prepared { .. } => self == Self::Planned,
            Kind::Started => self == Self::Prepared,
            Kind::ItemAdded { .. } | Kind::ItemRemoved { .. } | Kind::ItemMoved { .. } | Kind::NoteWritten { .. } => {
                matches!(self, Self::Prepared | Self::InSession)
            }
            Kind::AttendanceNoted { .. } => matches!(self, Self::Planned | Self::Prepared | Self::InSession),
            Kind::ItemShown { .. } | Kind::ActionLinked { .. } | Kind::Closed => self == Self::InSession,
        }
    }
}

/// Whether somebody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who.
    pub who: Attendee,
    /// Whether.
    pub presence: Presence,
}

/// An action that came out of a surgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// From which item; it may have been taken off since.
    pub item: Option<ItemId>,
    /// Which.
    pub action: ActionId,
}

/// A surgery as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surgery {
    /// The sequence of the last event.
    pub version: u32,
    /// Where it stands.
    pub stage: Stage,
    /// The series it belongs to, and the day of its rhythm.
    pub series: Option<(SeriesId, NaiveDate)>,
    /// What it is about.
    pub remit: Remit,
    /// Who leads it.
    pub leader: UserId,
    /// When it is held.
    pub date: NaiveDate,
    /// The extract that is its evidence, and its date.
    pub evidence: Option<(ExtractId, NaiveDate)>,
    /// The agenda, in its order.
    pub items: Vec<Item>,
    /// The number that the next item gets.
    pub next_item: u32,
    /// What the room looks at.
    pub shown: Option<ItemId>,
    /// Who came, in the order they were noted first.
    pub attendance: Vec<Attendance>,
    /// Actions, in the order they were recorded.
    pub actions: Vec<Linked>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Events that make no surgery.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {sequence} of a surgery ('{kind}') {why}")]
pub struct BadMeeting {
    /// Its sequence; 0 where there is no event at all.
    pub sequence: u32,
    /// Its kind.
    pub kind: &'static str,
    /// What is wrong.
    pub why: &'static str,
}

impl Surgery {
    /// Replays events. With only those up to a moment, the surgery as it stood then.
    ///
    /// # Errors
    /// When they make no surgery: none at all, a gap, or one that cannot follow.
    pub fn of(events: &[SurgeryEvent]) -> Result<Self, BadMeeting> {
        let none = BadMeeting { sequence: 0, kind: "none", why: "is missing: a surgery has at least one" };
        let (first, rest) = events.split_first().ok_or(none)?;
        let mut surgery = Self::begun_by(first)?;
        for event in rest {
            surgery.apply(event)?;
        }
        Ok(surgery)
    }

    /// The surgery that an event begins.
    ///
    /// # Errors
    /// When the event is not the first, or begins nothing.
    pub fn begun_by(event: &SurgeryEvent) -> Result<Self, BadMeeting> {
        let (SurgeryEventKind::Planned(planned), 1) = (&event.kind, event.sequence) else {
            return Err(bad(event, "does not begin a surgery"));
        };
        let Planned { series, remit, leader, date } = (**planned).clone();
        Ok(Self {
            version: 1,
            stage: Stage::Planned,
            series,
            remit,
            leader,
            date,
            evidence: None,
            items: Vec::new(),
            next_item: 1,
            shown: None,
            attendance: Vec::new(),
            actions: Vec::new(),
            started_at: None,
            closed_at: None,
        })
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// When it does not follow the last one, or cannot happen to a surgery that stands so; nothing is changed then.
    pub fn apply(&mut self, event: &SurgeryEvent) -> Result<(), BadMeeting> {
        if event.sequence != self.version + 1 {
            return Err(bad(event, "does not follow the event before it"));
        }
        if !self.stage.takes(&event.kind) {
            return Err(bad(event, "cannot happen to a surgery that stands so"));
        }
        self.change(event)?;
        self.version = event.sequence;
        Ok(())
    }

    fn change(&mut self, event: &SurgeryEvent) -> Result<(), BadMeeting> {
        use SurgeryEventKind as Kind;
        let no_item = || bad(event, "is about an item that is not on the agenda");
        match &event.kind {
            Kind::Planned(_) => return Err(bad(event, "begins a surgery a second time")),
            Kind::DateMoved { to, .. } => self.date = *to,
            Kind::LeaderChanged { to, .. } => self.leader = *to,
            Kind::Cancelled { .. } => self.stage = Stage::Cancelled,
            Kind::Prepared { extract, as_at, items } => {
                self.evidence = Some((*extract, *as_at));
                self.stage = Stage::Prepared;
                items.iter().cloned().for_each(|item| self.add(item));
            }
            Kind::ItemAdded { item } => self.add((**item).clone()),
            Kind::ItemRemoved { item } => {
                let place = self.place(*item).ok_or_else(no_item)?;
                self.items.remove(place);
                self.shown = self.shown.filter(|shown| shown != item);
            }
            Kind::ItemMoved { item, to } => {
                let place = self.place(*item).ok_or_else(no_item)?;
                let item = self.items.remove(place);
                let to = usize::try_from(*to).unwrap_or(usize::MAX).min(self.items.len());
                self.items.insert(to, item);
            }
            Kind::NoteWritten { item, note, text } => {
                let place = self.place(*item).ok_or_else(no_item)?;
                let written = Some((event.by, event.at));
                let item = self.items.get_mut(place).ok_or_else(no_item)?;
                *item.note_mut(*note) = Note { text: text.clone(), version: event.sequence, written };
            }
            Kind::Started => {
                self.stage = Stage::InSession;
                self.started_at = Some(event.at);
                self.shown = self.items.first().map(|item| item.id);
            }
            Kind::ItemShown { item } => {
                self.place(*item).ok_or_else(no_item)?;
                self.shown = Some(*item);
            }
            Kind::AttendanceNoted { who, presence } => self.note_attendance(who, *presence),
            Kind::ActionLinked { item, action } => {
                if let Some(item) = item {
                    self.place(*item).ok_or_else(no_item)?;
                }
                self.actions.push(Linked { item: *item, action: *action });
            }
            Kind::Closed => {
                self.stage = Stage::Closed;
                self.closed_at = Some(event.at);
                self.shown = None;
            }
        }
        Ok(())
    }

    /// The item of a number, if it is on the agenda.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    fn place(&self, id: ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    fn add(&mut self, draft: ItemDraft) {
        let id = ItemId(self.next_item);
        self.next_item += 1;
        self.items.push(Item { id, draft, narrative: Note::default(), discussion: Note::default() });
    }

    fn note_attendance(&mut self, who: &Attendee, presence: Presence) {
        match self.attendance.iter_mut().find(|known| known.who == *who) {
            Some(known) => known.presence = presence,
            None => self.attendance.push(Attendance { who: who.clone(), presence }),
        }
    }
}

fn bad(event: &SurgeryEvent, why: &'static str) -> BadMeeting {
    BadMeeting { sequence: event.sequence, kind: event.kind.name(), why }
}
