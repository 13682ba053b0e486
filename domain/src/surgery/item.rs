//! What is talked about: the items of an agenda, and the notes on them.

use crate::action::ChildOfTeam;
use crate::ids::{ActionId, UserId};
use crate::measures::figure::Figure;
use crate::measures::{Proposal, measure};
use crate::scope::Area;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An item of one surgery: numbered from 1 in the order they came on the agenda, and never given out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub u32);

/// Why an item is on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// An action from before, due or late.
    Action,
    /// A measure that truly changed, or is off its target.
    Measure,
    /// A team that truly differs from its service.
    Team,
    /// Children new on the register of attention.
    Attention,
    /// Children without a worker.
    Unallocated,
    /// Children held by managers.
    Managers,
    /// Dormant cases.
    Dormant,
    /// Answers about late children that did not come true.
    Answers,
    /// What falls due before the next surgery.
    FallingDue,
    /// Put there by a person.
    Own,
}

impl ItemKind {
    /// Every kind, in the order of an agenda.
    pub const ALL: [Self; 10] = [
        Self::Action,
        Self::Measure,
        Self::Team,
        Self::Attention,
        Self::Unallocated,
        Self::Managers,
        Self::Dormant,
        Self::Answers,
        Self::FallingDue,
        Self::Own,
    ];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Measure => "measure",
            Self::Team => "team",
            Self::Attention => "attention",
            Self::Unallocated => "unallocated",
            Self::Managers => "managers",
            Self::Dormant => "dormant",
            Self::Answers => "answers",
            Self::FallingDue => "falling-due",
            Self::Own => "own",
        }
    }
}

/// A register, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RegisterName {
    Attention,
    Unallocated,
    Managers,
    Dormant,
    Closing,
}

const ATTENTION: Proposal = Proposal::new(
    ("Read the reasons in supervision, and record what is done about each", 5),
    ("Read the reasons of every child new on the register in supervision, and record what is done about each", 10),
);
const MANAGERS: Proposal = Proposal::new(
    ("Pass the case from the manager to a social worker within {days}", 5),
    ("Pass every case that a manager holds to a social worker within {days}", 10),
);
const CLOSING: Proposal = Proposal::new(
    ("Decide whether the case stays open, and record the reason", 10),
    ("Review every case that may be ready to close, and decide which stay open", 20),
);

impl RegisterName {
    /// What is proposed to be done about those on it; where a measure speaks for the register, what that proposes.
    #[must_use]
    pub fn proposal(self) -> Option<&'static Proposal> {
        match self {
            Self::Attention => Some(&ATTENTION),
            Self::Unallocated => measure("ALL-01")?.proposal(),
            Self::Managers => Some(&MANAGERS),
            Self::Dormant => measure("DOR-01")?.proposal(),
            Self::Closing => Some(&CLOSING),
        }
    }
}

/// Where an item leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Link {
    /// The list behind a measure's figure.
    Measure {
        /// The measure's id.
        measure: String,
        /// Whose figure.
        group: Area,
        /// Only those in the numerator, or out of it; `None` for all.
        numerator: Option<bool>,
    },
    /// A register.
    Register {
        /// Which.
        register: RegisterName,
        /// Of which team; `None` for all that the surgery is about.
        team: Option<String>,
    },
    /// An action.
    Action {
        /// Which.
        action: ActionId,
    },
}

/// A figure as it stood, with the date of its extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// The figure.
    pub figure: Figure,
}

/// An item to be put on an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDraft {
    /// Why.
    pub kind: ItemKind,
    /// In words, without a child's name.
    pub title: String,
    /// The figure; `None` where there is none. Of a register, its children of the children open.
    pub figure: Option<Frozen>,
    /// What the figure was before: of an action, its measure's baseline.
    pub before: Option<Frozen>,
    /// The children behind it.
    pub children: Vec<ChildOfTeam>,
    /// Where it leads.
    pub link: Option<Link>,
}

impl ItemDraft {
    /// An item of a person's own, in words.
    #[must_use]
    pub const fn own(title: String) -> Self {
        Self { kind: ItemKind::Own, title, figure: None, before: None, children: Vec::new(), link: None }
    }
}

/// A note, with the version by which two writers tell whether they saw the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says; empty at first.
    pub text: String,
    /// The sequence of the event that wrote it; 0 where nobody did.
    pub version: u32,
    /// Who wrote it last, and when.
    pub written: Option<(UserId, DateTime<Utc>)>,
}

/// Which note of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// What the data tells: written before the meeting.
    Narrative,
    /// What was said of it: written in the meeting.
    Discussion,
}

/// An item on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its number within the surgery.
    pub id: ItemId,
    /// What it is.
    pub draft: ItemDraft,
    /// What the data tells.
    pub narrative: Note,
    /// What was said.
    pub discussion: Note,
}

impl Item {
    /// One of its notes.
    #[must_use]
    pub const fn note(&self, kind: NoteKind) -> &Note {
        match kind {
            NoteKind::Narrative => &self.narrative,
            NoteKind::Discussion => &self.discussion,
        }
    }

    pub(super) const fn note_mut(&mut self, kind: NoteKind) -> &mut Note {
        match kind {
            NoteKind::Narrative => &mut self.narrative,
            NoteKind::Discussion => &mut self.discussion,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::Standards;

    #[test]
    fn every_register_that_an_agenda_can_hold_proposes_an_act_and_a_time() {
        use RegisterName::{Attention, Closing, Dormant, Managers, Unallocated};
        for register in [Attention, Unallocated, Managers, Dormant, Closing] {
            for about_children in [true, false] {
                let act = register.proposal().unwrap().act(about_children);
                let text = act.text(&Standards::default());
                assert!(!text.contains(['{', '}']) && (1..=20).contains(&act.working_days), "{register:?}: {text}");
            }
        }
        let text = Unallocated.proposal().unwrap().act(true).text(&Standards::default());
        assert_eq!(text, "Allocate a named worker within 1 working day");
    }
}
