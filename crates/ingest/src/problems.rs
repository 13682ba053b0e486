//! What was wrong in a file that was read all the same.

use std::sync::Arc;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row was loaded, or left out as a duplicate; something in it needs a look.
    Warning,
    /// The row was rejected.
    Error,
}

/// One thing to put right, named so that it can be found in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// `L1` to `L11`, or `organisation`, `targets`, `workforce`.
    pub list: String,
    /// The row of the sheet, from 1; `None` for the sheet as a whole.
    pub row: Option<u32>,
    /// The column, by its official header, or as typed when it has none.
    pub column: Option<String>,
    /// The cell as typed, cut to 200 characters.
    pub value: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub message: String,
    /// The child (List 11: the adopter) whose row it is.
    pub child_id: Option<Arc<str>>,
    /// The team on the row, as written there.
    pub team: Option<String>,
    /// What kind of problem it is: problems of one kind, list and column are shown as one.
    pub kind: ProblemKind,
}

/// What kind of problem it is. Its name is kept with each extract, so a name once used is never given to another kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Anything that happens too seldom for a kind of its own.
    #[default]
    Other,
}

impl ProblemKind {
    /// Its name in files and in the database: `not-a-date`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
        }
    }
}

impl Problem {
    /// Where it is and what it is, on one line.
    #[must_use]
    pub fn in_words(&self) -> String {
        in_words(self.row, self.column.as_deref(), self.value.as_deref(), &self.message)
    }

    /// The problem's value as typed, cut to what fits a report.
    pub(super) fn shown(value: &str) -> String {
        value.chars().take(200).collect()
    }
}

/// `row 3, target, "95": a share is needed`. On one line, whatever the value holds.
#[must_use]
pub fn in_words(row: Option<u32>, column: Option<&str>, value: Option<&str>, message: &str) -> String {
    let row = row.map(|row| format!("row {row}"));
    let value = value.map(|value| format!("\"{}\"", value.replace(char::is_control, " ")));
    let place: Vec<String> = [row, column.map(str::to_owned), value].into_iter().flatten().collect();
    format!("{}: {message}", place.join(", "))
}

/// The problems of a read, in order: the first ones kept, all counted.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) kept: Vec<Problem>,
    pub(super) total: u64,
    pub(super) warnings: u64,
    limit: usize,
}

impl Log {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Counts a problem; builds and keeps it while there is room.
    pub(super) fn add(&mut self, severity: Severity, problem: impl FnOnce() -> Problem) {
        self.total += 1;
        if severity == Severity::Warning {
            self.warnings += 1;
        }
        if self.kept.len() < self.limit {
            self.kept.push(problem());
        }
    }

    /// Takes over the problems of one list.
    pub(super) fn append(&mut self, other: Self) {
        self.total += other.total;
        self.warnings += other.warnings;
        let room = self.limit.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
    }
}
