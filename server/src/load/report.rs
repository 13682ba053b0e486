//! What a load did, row by row accounted for: the JSON that scripts rely on.

use crate::db::DbError;
use crate::load::past::Past;
use crate::store::extracts::Extract;
use chrono::NaiveDate;
use domain::holds::Changes;
use ingest::{Extract as Read, MappingUse, Problem, ProblemGroup, ProblemKind, ReadTable, Severity};
use serde::{Deserialize, Serialize};

/// One list; `rows_in = loaded + rejected + duplicate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListCounts {
    /// `L7`, or `organisation`, `targets`, `workforce`.
    pub list: String,
    /// The sheet or file it was read from.
    pub sheet: String,
    /// Rows that are not blank.
    pub rows_in: u64,
    /// Rows taken.
    pub loaded: u64,
    /// Rows without an id.
    pub rejected: u64,
    /// Rows equal to an earlier one in every cell.
    pub duplicate: u64,
    /// Problems that reject nothing.
    pub warnings: u64,
}

impl ListCounts {
    /// The counts of a stored report.
    ///
    /// # Errors
    /// When the text is no report.
    pub fn read_all(report: &str) -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(report)
    }
}

/// One problem of a load.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemReport {
    /// `L7`, or `organisation`, `targets`, `workforce`.
    pub list: String,
    /// Row of the sheet, from 1; none when the whole list is meant.
    pub row: Option<u32>,
    /// Column.
    pub column: Option<String>,
    /// Value as supplied.
    pub value: Option<String>,
    /// `warning` or `error`.
    pub severity: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// The file.
    pub file: String,
    /// What kind it is: `not-a-date`.
    pub kind: &'static str,
}

/// Problems of one kind, list and column: every one is counted.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemGroupReport {
    /// `L7`, or `organisation`, `targets`, `workforce`.
    pub list: String,
    /// Column.
    pub column: Option<String>,
    /// What kind: `not-a-date`.
    pub kind: &'static str,
    /// How many.
    pub count: u64,
    /// Up to three values as supplied.
    pub examples: Vec<String>,
    /// In a sentence, with the examples.
    pub text: String,
    /// What to do.
    pub message: String,
}

/// The report of a load.
#[derive(Debug, Clone, Serialize)]
pub struct LoadReport {
    /// The extract's number; none when only local files were loaded.
    pub extract: Option<i64>,
    /// The as-at date.
    pub as_at: NaiveDate,
    /// `annex-a` or `local`.
    pub format: String,
    /// List by list.
    pub lists: Vec<ListCounts>,
    /// Problems, the first ten thousand.
    pub problems: Vec<ProblemReport>,
    /// All problems.
    pub problems_total: u64,
    /// All problems by kind, list and column, the most first.
    pub problem_groups: Vec<ProblemGroupReport>,
    /// Whether the very same files were loaded before, so that nothing was changed.
    pub unchanged: bool,
    /// Records new or changed since the extract before.
    pub records_new: u64,
    /// Records of the extract before that are not in this one.
    pub records_ended: u64,
    /// Records that did not change.
    pub records_same: u64,
    /// By which lines of the council's mapping it was read, and how often.
    pub mapping: Vec<MappingUse>,
    /// In a sentence.
    pub message: String,
}

/// Problems said in the message of a load of the council's own tables alone.
const MOST_SAID: usize = 50;

/// The counts of everything read.
pub(crate) fn counts(read: &Read) -> Vec<ListCounts> {
    let lists = read.lists.iter().map(|list| ListCounts {
        list: list.list.label().to_owned(),
        sheet: list.sheet.clone(),
        rows_in: list.rows_in,
        loaded: list.loaded,
        rejected: list.rejected,
        duplicate: list.duplicate,
        warnings: list.warnings,
    });
    let own = [
        read.organisation.as_ref().map(|table| of_table("organisation", table)),
        read.targets.as_ref().map(|table| of_table("targets", table)),
        read.workforce.as_ref().map(|table| of_table("workforce", table)),
        read.mapping.as_ref().map(|table| of_table("mapping", table)),
    ];
    lists.chain(own.into_iter().flatten()).collect()
}

fn of_table<Line>(list: &str, table: &ReadTable<Line>) -> ListCounts {
    ListCounts {
        list: list.to_owned(),
        sheet: table.file.clone(),
        rows_in: table.rows_in,
        loaded: table.loaded,
        rejected: table.rejected,
        duplicate: table.duplicate,
        warnings: table.warnings,
    }
}

pub(super) fn problem(problem: &Problem) -> ProblemReport {
    ProblemReport {
        list: problem.list.clone(),
        row: problem.row,
        column: problem.column.clone(),
        value: problem.value.clone(),
        severity: match problem.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message: problem.message.clone(),
        file: problem.file.clone(),
        kind: problem.kind.name(),
    }
}

fn groups(read: &Read) -> Vec<ProblemGroupReport> {
    let group = |group: &ProblemGroup| ProblemGroupReport {
        list: group.list.clone(),
        column: group.column.clone(),
        kind: group.kind.name(),
        count: group.count,
        examples: group.examples.clone(),
        text: match group.kind {
            // What has no kind of its own says more than its number.
            ProblemKind::Other => ingest::in_words(
                None,
                group.column.as_deref(),
                group.examples.first().map(String::as_str),
                &group.message,
            ),
            _ => group.in_words(),
        },
        message: group.message.clone(),
    };
    let mut groups: Vec<ProblemGroupReport> = read.problem_groups.iter().map(group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}

impl LoadReport {
    /// The report of what was just read and kept.
    pub(crate) fn of_read(read: &Read, extract: Option<i64>, as_at: NaiveDate, changes: Changes) -> Self {
        let lists = counts(read);
        let rows: u64 = lists.iter().map(|list| list.rows_in).sum();
        let loaded: u64 = lists.iter().map(|list| list.loaded).sum();
        let message = if rows == 0 && !read.lists.is_empty() {
            format!(
                "Loaded as at {as_at}: every list is empty. The lists were found with their headers, but no rows stand under them."
            )
        } else {
            format!(
                "Loaded as at {as_at}: {loaded} of {rows} rows, {} rejected, {} duplicate; {} problems to look at.",
                lists.iter().map(|list| list.rejected).sum::<u64>(),
                lists.iter().map(|list| list.duplicate).sum::<u64>(),
                read.problems_total,
            )
        };
        let message = message + &mapped(&read.uses);
        Self {
            extract,
            as_at,
            format: if read.lists.is_empty() { "local" } else { "annex-a" }.to_owned(),
            lists,
            problems: read.problems.iter().map(problem).collect(),
            problems_total: read.problems_total,
            problem_groups: groups(read),
            unchanged: false,
            records_new: changes.new + changes.changed,
            records_ended: changes.ended + changes.changed,
            records_same: changes.same,
            mapping: read.uses.clone(),
            message,
        }
    }

    /// The report of own tables that came with lists which are loaded as at this date already.
    pub(crate) fn of_own_tables_beside(read: &Read, extract: &Extract) -> Self {
        let mut report = Self::of_read(read, Some(extract.id), extract.as_at, Changes::default());
        report.records_same = read.lists.iter().map(|list| list.loaded).sum();
        report.message = own_tables_words(read, true);
        report
    }

    /// The sentence, and below it the problems that no extract keeps: those of a load of the council's own tables alone.
    #[must_use]
    pub(crate) fn in_full(&self) -> String {
        let mut text = self.message.clone();
        if self.extract.is_none() {
            for ProblemReport { row, column, value, message, .. } in self.problems.iter().take(MOST_SAID) {
                text.push_str("\n- ");
                text.push_str(&ingest::in_words(*row, column.as_deref(), value.as_deref(), message));
            }
        }
        text
    }

    /// The report of an extract that was loaded before from the very same files.
    pub(crate) fn of_stored(extract: &Extract) -> Result<Self, DbError> {
        let lists = ListCounts::read_all(&extract.report)?;
        Ok(Self {
            extract: Some(extract.id),
            as_at: extract.as_at,
            format: extract.format.clone(),
            records_new: 0,
            records_ended: 0,
            records_same: lists.iter().map(|list| list.loaded).sum(),
            lists,
            problems: Vec::new(),
            problem_groups: Vec::new(),
            problems_total: u64::try_from(extract.problems).unwrap_or_default(),
            unchanged: true,
            mapping: Vec::new(),
            message: format!(
                "Nothing new: this set is loaded as at {} already (extract {}), and nothing was changed.",
                extract.as_at, extract.id
            ),
        })
    }
}

/// What a load would do to the records, in words.
pub(super) fn forecast_words(as_at: NaiveDate, past: &Past, changes: Changes) -> String {
    let Changes { new, changed, ended, same } = changes;
    let place = place_words(past, as_at);
    format!(
        "Loading it would make {new} records new, change {changed}, end {ended} and leave {same} as they are.{place}"
    )
}

/// Where an extract that is older than the newest has its place; empty for the newest.
pub(super) fn place_words(past: &Past, as_at: NaiveDate) -> String {
    match past.dates.last() {
        Some((_, newest)) if as_at < *newest => format!(
            " It has its place in the past: the newest extract is as at {newest}, and its figures stay as they are."
        ),
        _ => String::new(),
    }
}

/// What a load of the council's own tables does. `beside`: lists came with them that are loaded already.
pub(super) fn own_tables_words(read: &Read, beside: bool) -> String {
    let tables = [
        read.organisation.as_ref().map(|_| "organisation"),
        read.targets.as_ref().map(|_| "targets"),
        read.workforce.as_ref().map(|_| "workforce"),
        read.mapping.as_ref().map(|_| "mapping"),
    ];
    let tables: Vec<&str> = tables.into_iter().flatten().collect();
    match (&tables[..], beside) {
        ([], _) => "Nothing new: this set is loaded as at this date already.".to_owned(),
        (tables, true) => {
            format!("The lists are loaded as at this date already; new with them: {}.", tables.join(", "))
        }
        (tables, false) => format!("The council's own tables: {}.", tables.join(", ")),
    }
}

/// " 412 cells were read by the council's mapping: \"CIN\" as \"Child in need plan\" (400), ..."; nothing where none was.
pub(super) fn mapped(uses: &[MappingUse]) -> String {
    const NAMED: usize = 10;
    if uses.is_empty() {
        return String::new();
    }
    let total: u64 = uses.iter().map(|used| used.times).sum();
    let one = |used: &MappingUse| format!("\"{}\" as \"{}\" ({})", used.written.text, used.meant, used.times);
    let mut named: Vec<String> = uses.iter().take(NAMED).map(one).collect();
    if uses.len() > NAMED {
        named.push(format!("and {} more lines", uses.len() - NAMED));
    }
    format!(" {total} cells were read by the council's mapping: {}.", named.join(", "))
}
