//! What happens to an action, each kind with what it needs to be read for good.

use super::subject::Subject;
use crate::ids::{ChildId, EvidenceId, RecommendationId, SurgeryId, UserId};
use crate::measures::figure::Figure;
use crate::scope::Area;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The most links one progress note carries.
pub const MOST_LINKS: usize = 10;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// A person.
    Person(UserId),
    /// A later extract.
    Data,
}

impl Author {
    /// The person, where it is one.
    #[must_use]
    pub const fn person(self) -> Option<UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Data => None,
        }
    }
}

/// One thing that happened to an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// From 1, without a gap: an action's version is the sequence of its last event.
    pub sequence: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Author,
    /// What.
    pub kind: EventKind,
}

/// How urgent an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    High,
    #[default]
    Normal,
    Low,
}

impl Priority {
    /// Every priority, the most urgent first.
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// The priority of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.name() == name)
    }
}

/// Who does it. Accountable stays the Head of Service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doer {
    /// Somebody with an account.
    User(UserId),
    /// Somebody without, in words: "the duty worker".
    Named(String),
}

/// What the data showed when the action was recorded, frozen: later extracts do not change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// The measure's id; `None` where it is a register's finding, which counts children.
    pub measure: Option<String>,
    /// Whose figure it is.
    pub group: Area,
    /// Units in the numerator.
    pub numerator: u64,
    /// Units.
    pub denominator: u64,
    /// The children behind it, by the council's ids.
    pub children: Vec<ChildId>,
}

/// Why there is an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// In words.
    pub text: String,
    /// What the data showed; `None` where it came from elsewhere.
    pub finding: Option<Finding>,
}

/// A measure's figure when the action was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// The figure.
    pub figure: Figure,
}

/// The measure that an action should move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// The measure's id.
    pub measure: String,
    /// Whose figure.
    pub group: Area,
    /// Where it stood, frozen; `None` where it had no value.
    pub baseline: Option<Baseline>,
}

/// What an action is at its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// About whom or what.
    pub subject: Subject,
    /// What is to be done.
    pub what: String,
    /// Why.
    pub why: Why,
    /// The one Head of Service who answers for it.
    pub accountable: UserId,
    /// Who does it.
    pub doer: Doer,
    /// By when.
    pub due: NaiveDate,
    /// How urgent.
    pub priority: Priority,
    /// The measure it should move.
    pub aim: Option<Aim>,
    /// The recommendation it answers.
    pub recommendation: Option<RecommendationId>,
    /// The surgery it was recorded in; `None` where it was recorded between surgeries.
    pub surgery: Option<SurgeryId>,
}

/// A field that may be empty, put to something or to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Set<T> {
    /// To this.
    To(T),
    /// To nothing.
    Nothing,
}

impl<T> Set<T> {
    /// What the field holds afterwards.
    pub fn value(self) -> Option<T> {
        match self {
            Self::To(value) => Some(value),
            Self::Nothing => None,
        }
    }
}

/// The fields that change; the others stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the field of its name")]
pub struct Amendment {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doer: Option<Doer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<Set<Aim>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<Set<RecommendationId>>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EventKind {
    /// It was recorded.
    Recorded(Box<Recorded>),
    /// Some of its fields were changed.
    Amended(Box<Amendment>),
    /// It is due on another day. The day it was due at first is kept.
    DueMoved {
        /// The new day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Somebody said how it goes.
    Progress {
        /// In words.
        text: String,
        /// Addresses of more.
        links: Vec<String>,
    },
    /// A file was added.
    EvidenceAdded {
        /// The stored file.
        evidence: EvidenceId,
        /// Its name.
        name: String,
    },
    /// Another Head of Service answers for it.
    HandedOver {
        /// Who.
        to: UserId,
        /// Why.
        reason: String,
    },
    /// The Head of Service reported its resolution.
    Reported {
        /// What changed.
        what_changed: String,
    },
    /// The report was not enough.
    SentBack {
        /// What is lacking.
        reason: String,
    },
    /// A second person confirmed the report, which closes the action.
    Confirmed,
    /// It was opened again by a person.
    Reopened {
        /// Why.
        reason: String,
    },
    /// A later extract shows that it was done for this child.
    DataConfirmed {
        /// The child.
        child_id: ChildId,
        /// The extract's date.
        as_at: NaiveDate,
    },
    /// A later extract shows that it was not; a closed action comes back.
    DataContradicted {
        /// The child.
        child_id: ChildId,
        /// The extract's date.
        as_at: NaiveDate,
    },
    /// The extract that had said something of this child was taken out or moved: its word no longer counts.
    DataRetracted {
        /// The child.
        child_id: ChildId,
        /// The date the extract was as at.
        as_at: NaiveDate,
        /// Why it was taken out or moved.
        reason: String,
    },
    /// It was recorded in error.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl EventKind {
    /// Its stable name, as it stands in the stored event.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Recorded(_) => "recorded",
            Self::Amended(_) => "amended",
            Self::DueMoved { .. } => "due-moved",
            Self::Progress { .. } => "progress",
            Self::EvidenceAdded { .. } => "evidence-added",
            Self::HandedOver { .. } => "handed-over",
            Self::Reported { .. } => "reported",
            Self::SentBack { .. } => "sent-back",
            Self::Confirmed => "confirmed",
            Self::Reopened { .. } => "reopened",
            Self::DataConfirmed { .. } => "data-confirmed",
            Self::DataContradicted { .. } => "data-contradicted",
            Self::DataRetracted { .. } => "data-retracted",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}
