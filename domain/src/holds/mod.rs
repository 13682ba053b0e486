//! What a load must hold: the file reads, but something says that its figures would mislead.
//!
//! Each kind is a pure function over facts of this extract and of the ones before it; the caller gathers the facts, one
//! pass over the rows ([`Gathered`]), and reads what was kept of the earlier extracts ([`Before`]).
//!
//! Source: "Held" in the rules for loads. Small lists, holidays and honest late keying never hold.

mod blank_column;
mod columns;
mod date;
mod day_month;
mod events;
mod gathered;
mod ids;
mod missing_list;
mod own_tables;
mod replaces;
mod same_file;
mod swapped;
mod unreadable;

pub use columns::{ColumnFacts, DateForms, ListFacts};
pub use date::GivenAge;
pub use gathered::Gathered;
pub use ids::NamedId;
pub use missing_list::OpenRow;
pub use own_tables::{OwnTables, WorkforceChange};
pub use replaces::Replaced;
pub use same_file::{Changes, OtherExtract};

use crate::calendar::WorkingDays;
use crate::record::List;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A kind of hold. Its name is kept on the audit and given on the command line, so it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is described in the module of its name")]
pub enum HoldKind {
    SameFile,
    Date,
    Unreadable,
    DayMonth,
    BlankColumn,
    MissingList,
    Ids,
    Swapped,
    OwnTables,
    Replaces,
}

impl HoldKind {
    /// Every kind, in the order of the rules.
    pub const ALL: [Self; 10] = [
        Self::SameFile,
        Self::Date,
        Self::Unreadable,
        Self::DayMonth,
        Self::BlankColumn,
        Self::MissingList,
        Self::Ids,
        Self::Swapped,
        Self::OwnTables,
        Self::Replaces,
    ];

    /// Its name: `same-file`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameFile => "same-file",
            Self::Date => "date",
            Self::Unreadable => "unreadable",
            Self::DayMonth => "day-month",
            Self::BlankColumn => "blank-column",
            Self::MissingList => "missing-list",
            Self::Ids => "ids",
            Self::Swapped => "swapped",
            Self::OwnTables => "own-tables",
            Self::Replaces => "replaces",
        }
    }

    /// What it says, as a heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::SameFile => "The same file as before",
            Self::Date => "The as-at date does not fit the data",
            Self::Unreadable => "Cells that cannot be read",
            Self::DayMonth => "Day and month are mixed up",
            Self::BlankColumn => "A column is blank",
            Self::MissingList => "A list or rows are missing",
            Self::Ids => "Ids do not match",
            Self::Swapped => "Columns are swapped",
            Self::OwnTables => "The council's own tables lose something",
            Self::Replaces => "It replaces an extract",
        }
    }
}

impl fmt::Display for HoldKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// What is no kind of hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind of hold of this name. The kinds are: {}", HoldKind::ALL.map(HoldKind::name).join(", "))]
pub struct UnknownKind;

impl FromStr for HoldKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(UnknownKind)
    }
}

/// One reason to hold a load. It holds no child's id and no value of a child's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its kind.
    pub kind: HoldKind,
    /// `L7`, `organisation` or `workforce`; none where the set as a whole is meant.
    pub list: Option<String>,
    /// What is unusual, with its numbers, and what to do.
    pub message: String,
    /// What it was before, as a number or a date.
    pub before: Option<String>,
    /// What it is now.
    pub now: Option<String>,
}

impl Hold {
    fn new(kind: HoldKind, message: String) -> Self {
        Self { kind, list: None, message, before: None, now: None }
    }

    fn on(mut self, list: List) -> Self {
        self.list = Some(list.label().to_owned());
        self
    }

    fn numbers(mut self, before: impl ToString, now: impl ToString) -> Self {
        self.before = Some(before.to_string());
        self.now = Some(now.to_string());
        self
    }

    fn now(mut self, now: impl ToString) -> Self {
        self.now = Some(now.to_string());
        self
    }
}

/// Which kinds of hold a person has looked at and confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// These kinds; none of them is the usual case.
    Kinds(BTreeSet<HoldKind>),
    /// Whatever is held.
    All,
}

impl Default for Confirmed {
    fn default() -> Self {
        Self::Kinds(BTreeSet::new())
    }
}

impl Confirmed {
    /// Whether every hold is of a confirmed kind: only then a load that is held goes on.
    #[must_use]
    pub fn covers(&self, holds: &[Hold]) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => holds.iter().all(|hold| kinds.contains(&hold.kind)),
        }
    }
}

/// What was kept of one list of an earlier extract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EarlierList {
    /// The date of that extract.
    pub as_at: NaiveDate,
    /// Rows loaded.
    pub rows: u64,
    /// What its columns held; none of an extract that was loaded before this was kept.
    pub facts: Option<ListFacts>,
}

/// What is known of the extracts before this one in time.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// The date of the extract directly before.
    pub as_at: NaiveDate,
    /// Each list as in the last extract that held it.
    pub lists: BTreeMap<u8, EarlierList>,
    /// Ids of the children of those extracts.
    pub ids: HashSet<Arc<str>>,
    /// Keys of the team names of the extract directly before.
    pub teams: HashSet<String>,
    /// Keys of its workers' names.
    pub workers: HashSet<String>,
    /// Rows of lists 6 to 8 that were open then.
    pub open: Vec<OpenRow>,
}

/// Names that are known for certain, as keys: from the organisation and the workforce.
#[derive(Debug, Clone, Default)]
pub struct KnownNames {
    /// Teams.
    pub teams: HashSet<String>,
    /// Workers.
    pub workers: HashSet<String>,
}

/// Everything that a load is judged by.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is what its type says")]
pub struct Situation<'a> {
    pub as_at: NaiveDate,
    /// The day the load is asked for on.
    pub today: NaiveDate,
    pub calendar: &'a WorkingDays,
    pub now: &'a Gathered,
    /// None for the first extract in time that has any of the lists.
    pub before: Option<&'a Before>,
    pub known: &'a KnownNames,
    /// Hash of the Annex A files' content.
    pub content: &'a str,
    /// The other extracts in force, of any date.
    pub others: &'a [OtherExtract],
    pub changes: Changes,
    /// The extract of the same date that this one would replace.
    pub replaced: Option<&'a Replaced>,
    pub own: &'a OwnTables<'a>,
}

/// Every reason to hold a load, in the order of the kinds.
#[must_use]
pub fn judge(situation: &Situation<'_>) -> Vec<Hold> {
    let Situation { as_at, today, calendar, now, before, known, .. } = *situation;
    let mut holds = Vec::new();
    if !now.lists.is_empty() {
        holds.extend(same_file::holds(situation));
        holds.extend(date::holds(as_at, today, calendar, now, before));
        holds.extend(unreadable::holds(now, before));
        holds.extend(day_month::holds(now));
        holds.extend(blank_column::holds(now, before));
        holds.extend(missing_list::holds(now, before));
        holds.extend(ids::holds(as_at, now, before));
        holds.extend(swapped::holds(now, before, known));
    } else if today < as_at {
        holds.extend(date::after_today(as_at, today));
    }
    holds.extend(own_tables::holds(situation.own));
    holds.extend(
        situation
            .replaced
            .filter(|_| !now.lists.is_empty())
            .map(|replaced| replaces::hold(as_at, replaced, now, situation.changes)),
    );
    holds
}

/// What is unusual and does not hold: it is said among the problems of the load.
#[must_use]
pub fn said(as_at: NaiveDate, calendar: &WorkingDays, now: &Gathered) -> Vec<String> {
    date::said(as_at, calendar, now).into_iter().collect()
}

/// Ids that the extract before writes otherwise: named as problems where they are too few to hold.
#[must_use]
pub fn named_ids(now: &Gathered, before: Option<&Before>) -> Vec<NamedId> {
    ids::named(now, before)
}

/// `30 October 2026`.
fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `List 7 (Child protection)`.
fn title(list: List) -> String {
    format!("List {} ({})", list.number(), list.name())
}

/// `1 row`, `12 rows`.
fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
