//! What was wrong in a file that was read all the same.

pub use super::problem_kinds::ProblemKind;
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

/// Problems of one kind, list and column: counted to the last, whether or not each was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemGroup {
    /// `L1` to `L11`, or `organisation`, `targets`, `workforce`.
    pub list: String,
    /// The kind.
    pub kind: ProblemKind,
    /// The column, where the problems are in one.
    pub column: Option<String>,
    /// How many cells, rows or sheets it is about.
    pub count: u64,
    /// Up to three different values as typed.
    pub examples: Vec<String>,
    /// How bad the worst of them is.
    pub severity: Severity,
    /// What the first of them says: what is wrong and what to do.
    pub message: String,
}

/// Values shown of a group.
const MOST_EXAMPLES: usize = 3;

impl ProblemGroup {
    /// The group in one sentence: `412 dates in Date of Last Visit could not be read: 30-OCT-26 …`.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.kind.sentence(self.count, self.column.as_deref(), &self.examples)
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
    if place.is_empty() {
        return message.to_owned();
    }
    format!("{}: {message}", place.join(", "))
}

/// What a problem is and where, before it is put into words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding<'a> {
    pub(super) file: &'a str,
    pub(super) list: &'a str,
    pub(super) severity: Severity,
    pub(super) kind: ProblemKind,
    pub(super) row: Option<u32>,
    pub(super) column: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    /// How many cells it is about: more than one where a whole column is told at once.
    pub(super) cells: u64,
}

impl Finding<'_> {
    /// The finding as a problem; its child and team are filled in when its row ends.
    pub(super) fn problem(&self, message: String) -> Problem {
        Problem {
            file: self.file.to_owned(),
            list: self.list.to_owned(),
            row: self.row,
            column: self.column.map(Problem::shown),
            value: self.value.map(Problem::shown),
            severity: self.severity,
            message,
            child_id: None,
            team: None,
            kind: self.kind,
        }
    }
}

/// The problems of a read, in order: the first ones kept, all counted.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) kept: Vec<Problem>,
    pub(super) total: u64,
    pub(super) warnings: u64,
    pub(super) groups: Vec<ProblemGroup>,
    limit: usize,
}

impl Log {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Counts a problem, and puts it into words and keeps it while there is room.
    pub(super) fn add(&mut self, finding: Finding<'_>, message: impl FnOnce() -> String) {
        self.total += 1;
        if finding.severity == Severity::Warning {
            self.warnings += 1;
        }
        let known = self.groups.iter().position(|group| {
            group.kind == finding.kind && group.list == finding.list && group.column.as_deref() == finding.column
        });
        if let Some(group) = known.and_then(|at| self.groups.get_mut(at)) {
            group.count += finding.cells;
            group.severity = group.severity.max(finding.severity);
            if let Some(value) = finding.value.filter(|_| group.examples.len() < MOST_EXAMPLES) {
                let value = Problem::shown(value);
                if !group.examples.contains(&value) {
                    group.examples.push(value);
                }
            }
        }
        if known.is_some() && self.kept.len() >= self.limit {
            return;
        }
        let message = message();
        if known.is_none() {
            self.groups.push(ProblemGroup {
                list: finding.list.to_owned(),
                kind: finding.kind,
                column: finding.column.map(Problem::shown),
                count: finding.cells,
                examples: finding.value.map(Problem::shown).into_iter().collect(),
                severity: finding.severity,
                message: message.clone(),
            });
        }
        if self.kept.len() < self.limit {
            self.kept.push(finding.problem(message));
        }
    }

    /// Adds a problem on a child's row.
    pub(super) fn add_of_child(
        &mut self,
        finding: Finding<'_>,
        child_id: &Arc<str>,
        team: Option<&String>,
        message: impl FnOnce() -> String,
    ) {
        let kept = self.kept.len();
        self.add(finding, message);
        for problem in self.kept.iter_mut().skip(kept) {
            problem.child_id = Some(Arc::clone(child_id));
            problem.team = team.cloned();
        }
    }

    /// Takes over the problems of one list.
    pub(super) fn append(&mut self, other: Self) {
        self.total += other.total;
        self.warnings += other.warnings;
        let room = self.limit.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
        for group in other.groups {
            let same = |known: &&mut ProblemGroup| {
                known.kind == group.kind && known.list == group.list && known.column == group.column
            };
            match self.groups.iter_mut().find(same) {
                Some(known) => {
                    known.count += group.count;
                    known.severity = known.severity.max(group.severity);
                    for example in group.examples {
                        if known.examples.len() < MOST_EXAMPLES && !known.examples.contains(&example) {
                            known.examples.push(example);
                        }
                    }
                }
                None => self.groups.push(group),
            }
        }
    }
}
