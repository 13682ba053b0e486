//! Extracts: what was loaded, what each load did, what is wrong in the data.

use super::{Form, Link};
use serde::{Deserialize, Serialize};

/// `/data`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DataPage {
    /// Extracts, newest first.
    pub extracts: Vec<ExtractRow>,
    /// Loads that run or wait for an answer.
    pub loads: Vec<LoadRow>,
    /// Whether the viewer may load.
    pub can_load: bool,
    /// What extracts tell when they are set beside each other.
    pub more: Vec<Link>,
    /// Problems of the newest extract, by kind.
    pub problems: Vec<ProblemGroup>,
}

/// One extract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtractRow {
    /// "30 October 2026", leading to its report.
    pub as_at: Link,
    /// When it was loaded and by whom.
    pub loaded: String,
    /// Rows in, loaded, rejected, duplicate.
    pub rows: [u64; 4],
    /// Problems.
    pub problems: u64,
    /// Whether it is the newest.
    pub current: bool,
}

/// Problems of one kind in one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemGroup {
    /// List.
    pub list: String,
    /// "412 dates in Date of Last Visit could not be read", leading to them row by row.
    pub text: Link,
    /// How many.
    pub count: u64,
    /// What is wrong and what to do.
    pub message: String,
}

/// Problems of one kind, of a load that is not loaded yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemKind {
    /// List.
    pub list: String,
    /// Column.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// How many.
    pub count: u64,
}

/// A team's problems in short, without a value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordQuality {
    /// "12 problems in the records of this team as at 30 October 2026."
    pub text: String,
    /// The largest kinds, each leading to its rows.
    pub kinds: Vec<Link>,
    /// All of them, row by row.
    pub all: Option<Link>,
}

/// `/data/extracts/:id`: what this load did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtractPage {
    /// "30 October 2026".
    pub as_at: String,
    /// When, by whom, from which files.
    pub loaded: String,
    /// What was done to it since, and what became of it.
    pub changes: Vec<String>,
    /// Moving and removing it, for who loads data.
    pub forms: Vec<Form>,
    /// List by list.
    pub lists: Vec<ListReport>,
    /// Problems by kind, most first.
    pub problems: Vec<ProblemGroup>,
    /// All problems.
    pub problems_total: u64,
    /// That not all of them are kept, where it is so.
    pub cut: Option<String>,
    /// The problems row by row.
    pub rows: Link,
}

/// One list of a load; `rows_in = loaded + rejected + duplicate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListReport {
    /// "L7".
    pub list: String,
    /// "Child protection".
    pub name: String,
    /// The sheet or file.
    pub sheet: String,
    /// Rows in, loaded, rejected, duplicate, warnings.
    pub counts: [u64; 5],
}

/// A load that runs, waits or ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadRow {
    /// Its page.
    pub link: Link,
    /// "reading", "held for confirmation".
    pub state: String,
}

/// `/data/loads/:id`: one load on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadPage {
    /// Its number.
    pub id: String,
    /// The files.
    pub files: String,
    /// The as-at date.
    pub as_at: String,
    /// Where it stands.
    pub state: LoadState,
}

/// Where a load stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadState {
    /// At work: what it does and the rows so far.
    Running {
        /// "Reading List_7".
        step: String,
        /// Rows so far.
        rows: u64,
    },
    /// Held, or only checked: why, and what would change.
    Held(LoadForecast),
    /// Done, with the report.
    Done {
        /// In a sentence.
        text: String,
        /// The extract's report.
        report: Option<Link>,
    },
    /// Refused: what was wrong, what was kept, what to do.
    Failed {
        /// In a sentence.
        text: String,
    },
}

/// What a load would do; nothing was changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LoadForecast {
    /// Whether it was only to be checked.
    pub checked: bool,
    /// Why it is held; none where it would load.
    pub holds: Vec<HoldRow>,
    /// What would happen to the records, in a sentence.
    pub records: String,
    /// Every measure as a whole.
    pub figures: Vec<FigureRow>,
    /// Problems by kind.
    pub problems: Vec<ProblemKind>,
    /// List by list.
    pub lists: Vec<ListReport>,
}

/// One reason why a load is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HoldRow {
    /// "date", as the form sends it.
    pub kind: String,
    /// "The as-at date does not fit the data".
    pub title: String,
    /// "List 7: Child protection", or empty for the set as a whole.
    pub list: String,
    /// What is unusual, with its numbers, and what to do.
    pub message: String,
    /// What it was before, or empty.
    pub before: String,
    /// What it is now, or empty.
    pub now: String,
}

/// A figure as a whole, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// "CPP-01".
    pub id: String,
    /// "Child protection visits on time".
    pub name: String,
    /// "28 of 40", or "not supplied".
    pub before: String,
    /// The same after the load.
    pub after: String,
    /// Whether it would change.
    pub changes: bool,
}
