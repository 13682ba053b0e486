//! What people ask for.

use super::event::{Attendee, Presence};
use super::item::{ItemDraft, ItemId, NoteKind};
use super::series::Remit;
use crate::action::Person;
use crate::ids::{ActionId, ExtractId, SeriesId};
use chrono::NaiveDate;

/// A surgery to be planned.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The series it belongs to, and the day of its rhythm.
    pub series: Option<(SeriesId, NaiveDate)>,
    /// What it is about.
    pub remit: Remit,
    /// Who leads it.
    pub leader: Person<'a>,
    /// When it is held.
    pub date: NaiveDate,
}

/// A change that somebody asks for.
#[derive(Debug, Clone)]
pub enum SurgeryCommand<'a> {
    /// Hold it on another day.
    MoveDate {
        /// The day.
        to: NaiveDate,
        /// Why.
        reason: &'a str,
    },
    /// Let somebody else lead it.
    ChangeLeader {
        /// Who.
        to: Person<'a>,
        /// Why.
        reason: &'a str,
    },
    /// Do not hold it.
    Cancel {
        /// Why.
        reason: &'a str,
    },
    /// Make its agenda from an extract.
    Prepare {
        /// The extract.
        extract: ExtractId,
        /// The extract's date.
        as_at: NaiveDate,
        /// The items, as [`super::agenda::agenda`] makes them.
        items: Vec<ItemDraft>,
    },
    /// Put an item at the end.
    AddItem(ItemDraft),
    /// Take an item off.
    RemoveItem(ItemId),
    /// Give an item another place, from 0.
    MoveItem {
        /// Which.
        item: ItemId,
        /// Where to.
        to: u32,
    },
    /// Write a note anew; an empty text clears it.
    Write {
        /// On which item.
        item: ItemId,
        /// Which note.
        note: NoteKind,
        /// What it says.
        text: &'a str,
        /// The version that the writer saw.
        over: u32,
    },
    /// Begin.
    Start,
    /// Show an item in the room.
    Show(ItemId),
    /// Note whether somebody came.
    NoteAttendance {
        /// Who.
        who: Attendee,
        /// Whether.
        presence: Presence,
    },
    /// Link an action that came out of it.
    Link {
        /// From which item.
        item: Option<ItemId>,
        /// Which.
        action: ActionId,
    },
    /// End.
    Close,
}
