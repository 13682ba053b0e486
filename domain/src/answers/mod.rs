//! What managers say of late children, and whether later extracts bear it out.
//!
//! An answer belongs to one unit of one measure, as one extract shows it, and to the lateness that it was given for: once a
//! visit is on record the unit's clock begins anew, and the answer is history. Answers are appended to; of one unit the
//! latest counts, whoever gave it.

mod acts;
mod check;
mod cohort;
mod outcome;

pub use acts::{Act, act};
pub use check::{BadAnswer, LONGEST_REASON, check};
pub use cohort::{Cohort, Cohorts, Rate, cohort};
pub use outcome::{Given, Outcome, Sighting, outcome, shows_an_act_by, sighting};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a manager says of a late unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "said")]
pub enum Said {
    /// It was done on a day, and is not on record yet.
    Done {
        /// The day of the visit, review or contact.
        on: NaiveDate,
    },
    /// It was not done.
    NotDone {
        /// Why.
        reason: String,
    },
    /// It is booked.
    Booked {
        /// For this day.
        on: NaiveDate,
    },
    /// The record is wrong.
    RecordWrong {
        /// What is wrong with it.
        reason: String,
    },
    /// The child is not this team's.
    NotOurs {
        /// Whose, or why not.
        reason: String,
    },
}

/// The kinds of answer, by their stable names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the kind of answer of its name")]
pub enum SaidKind {
    Done,
    NotDone,
    Booked,
    RecordWrong,
    NotOurs,
}

impl SaidKind {
    /// All kinds, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Done, Self::NotDone, Self::Booked, Self::RecordWrong, Self::NotOurs];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not-done",
            Self::Booked => "booked",
            Self::RecordWrong => "record-wrong",
            Self::NotOurs => "not-ours",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it goes with a day; the others go with a reason.
    #[must_use]
    pub const fn has_day(self) -> bool {
        matches!(self, Self::Done | Self::Booked)
    }
}

impl Said {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> SaidKind {
        match self {
            Self::Done { .. } => SaidKind::Done,
            Self::NotDone { .. } => SaidKind::NotDone,
            Self::Booked { .. } => SaidKind::Booked,
            Self::RecordWrong { .. } => SaidKind::RecordWrong,
            Self::NotOurs { .. } => SaidKind::NotOurs,
        }
    }

    /// Its day, of the kinds that go with one.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Done { on } | Self::Booked { on } => Some(*on),
            _ => None,
        }
    }

    /// Its reason, of the kinds that go with one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::NotDone { reason } | Self::RecordWrong { reason } | Self::NotOurs { reason } => Some(reason),
            _ => None,
        }
    }

    /// An answer from its parts; `None` where the day or the reason that its kind goes with is not there.
    #[must_use]
    pub fn from_parts(kind: SaidKind, day: Option<NaiveDate>, reason: Option<String>) -> Option<Self> {
        Some(match kind {
            SaidKind::Done => Self::Done { on: day? },
            SaidKind::Booked => Self::Booked { on: day? },
            SaidKind::NotDone => Self::NotDone { reason: reason? },
            SaidKind::RecordWrong => Self::RecordWrong { reason: reason? },
            SaidKind::NotOurs => Self::NotOurs { reason: reason? },
        })
    }
}
