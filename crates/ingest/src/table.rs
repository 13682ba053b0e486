//! The council's own tables: CSV files with a header in row 1, a line a row.
//!
//! What a table holds is a [`Table`]: its columns and how one row becomes a line. Everything else is the same for all:
//! a missing required column refuses the file, an unknown one is reported and left out, a row equal to an earlier one
//! counts once.

use super::annex_a::normalised;
use super::cells::Value;
use super::dates::DateRead;
use super::problems::{Finding, Log, Problem, ProblemKind, Severity};
use super::{IngestError, Limits, RowSink, SheetRow};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// A table as read from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTable<Line> {
    /// The file.
    pub file: String,
    /// Rows that were not blank: `loaded + rejected + duplicate`.
    pub rows_in: u64,
    /// Rows that became lines.
    pub loaded: u64,
    /// Rows that could not become one.
    pub rejected: u64,
    /// Rows equal to an earlier one.
    pub duplicate: u64,
    /// Warnings given.
    pub warnings: u64,
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
}

/// A kind of table, by the line that a row becomes.
pub(super) trait Table: Sized {
    /// Its name in reports.
    const LIST: &'static str;
    /// Its columns; the first of each pair says whether it is required.
    const COLUMNS: &'static [(bool, &'static str)];
    /// Whether a row that cannot become a line refuses the whole file.
    const STRICT: bool;

    /// The line of a row. `None` where it cannot be one; an error was then noted on the row.
    fn read(row: &mut TableRow<'_>) -> Option<Self>;

    /// What lines that may clash have in common.
    fn group(&self) -> Option<String> {
        None
    }

    /// Why two lines of one group cannot stand beside each other, and what to do.
    fn clash(&self, _: &Self) -> Option<&'static str> {
        None
    }
}

/// Whether a header row is that of a table.
pub(super) fn has_headers<Line: Table>(cells: &[Value<'_>]) -> bool {
    Line::COLUMNS.iter().zip(positions::<Line>(cells)).all(|((required, _), at)| !required || at.is_some())
}

fn positions<Line: Table>(cells: &[Value<'_>]) -> Vec<Option<usize>> {
    let names: Vec<String> = cells.iter().map(|cell| normalised(&cell.cleaned().shown())).collect();
    Line::COLUMNS.iter().map(|(_, column)| names.iter().position(|name| *name == normalised(column))).collect()
}

/// A row on its way to becoming a line.
pub(super) struct TableRow<'a> {
    /// Cells in the order of the table's columns.
    cells: Vec<Value<'a>>,
    columns: &'static [(bool, &'static str)],
    notes: Vec<Note>,
}

/// Something to put right in a row.
struct Note {
    severity: Severity,
    kind: ProblemKind,
    column: String,
    value: String,
    message: String,
}

impl TableRow<'_> {
    /// Makes cells with a formula's error blank, and says so.
    fn blank_errors(&mut self) {
        for (at, (_, column)) in self.columns.iter().enumerate() {
            if matches!(self.cells.get(at), Some(Value::Error(_) | Value::Uncalculated)) {
                self.warning(ProblemKind::ErrorCell, column, "a formula's error, read as blank: put the formula right");
                self.cells[at] = Value::Empty;
            }
        }
    }

    /// The text of a column, white space collapsed; `None` where it is blank.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        Some(domain::names::collapse(&self.cell(column).shown())).filter(|text| !text.is_empty())
    }

    /// The text of a required column; a blank is an error.
    pub(super) fn required(&mut self, column: &str) -> Option<String> {
        let text = self.text(column);
        if text.is_none() {
            self.error(ProblemKind::BlankCell, column, "blank, row rejected: fill it in and load again");
        }
        text
    }

    /// The date of a column; what is none is noted and reads as blank.
    pub(super) fn date(&mut self, column: &str, severity: Severity) -> Option<NaiveDate> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        match cell.date() {
            DateRead::Date(date) => return Some(date),
            // "Until for ever", as databases write it.
            DateRead::Placeholder(date) => return Some(date).filter(|_| !matches!(column, "valid_to" | "left")),
            DateRead::Zero if severity == Severity::Warning => return None,
            DateRead::Zero | DateRead::Bad => {}
        }
        let message = match severity {
            Severity::Warning => "not a date, read as blank: give it as 2024-03-01 or 01/03/2024",
            Severity::Error => "not a date: give it as 2024-03-01 or 01/03/2024",
        };
        self.note(severity, ProblemKind::NotADate, column, message.to_owned());
        None
    }

    /// The yes or no of a column; anything else is an error.
    pub(super) fn yes_or_no(&mut self, column: &str) -> Option<bool> {
        let text = self.text(column)?.to_lowercase();
        match text.as_str() {
            "yes" | "y" | "1" | "true" => Some(true),
            "no" | "n" | "0" | "false" => Some(false),
            _ => {
                self.error(
                    ProblemKind::NotYesOrNo,
                    column,
                    "neither yes nor no: write one of them, or leave it blank where it is not known",
                );
                None
            }
        }
    }

    /// Notes what keeps the row from becoming a line.
    pub(super) fn error(&mut self, kind: ProblemKind, column: &str, message: impl Into<String>) {
        self.note(Severity::Error, kind, column, message.into());
    }

    /// Notes what needs a look.
    pub(super) fn warning(&mut self, kind: ProblemKind, column: &str, message: impl Into<String>) {
        self.note(Severity::Warning, kind, column, message.into());
    }

    fn note(&mut self, severity: Severity, kind: ProblemKind, column: &str, message: String) {
        let column = self.columns.iter().map(|(_, name)| *name).find(|name| *name == column).unwrap_or_default();
        let value = if column.is_empty() { String::new() } else { self.cell(column).shown() };
        self.notes.push(Note { severity, kind, column: column.to_owned(), value, message });
    }

    fn cell(&self, column: &str) -> Value<'_> {
        let at = self.columns.iter().position(|(_, name)| *name == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or(Value::Empty)
    }

    fn is_bad(&self) -> bool {
        self.notes.iter().any(|note| note.severity == Severity::Error)
    }
}

/// Reads a table row by row.
pub(super) struct TableReader<Line> {
    read: ReadTable<Line>,
    log: Log,
    /// What keeps the file from being taken, of a strict table.
    errors: Vec<Problem>,
    positions: Option<Vec<Option<usize>>>,
    /// How many columns have a header.
    width: usize,
    seen: HashSet<Vec<String>>,
    /// Where the lines of each group stand.
    groups: HashMap<String, Vec<usize>>,
}

impl<Line: Table> TableReader<Line> {
    pub(super) fn new(file: &str, limits: &Limits) -> Self {
        let read = ReadTable {
            file: file.to_owned(),
            rows_in: 0,
            loaded: 0,
            rejected: 0,
            duplicate: 0,
            warnings: 0,
            lines: Vec::new(),
        };
        Self {
            read,
            log: Log::new(limits.problems),
            errors: Vec::new(),
            positions: None,
            width: 0,
            seen: HashSet::new(),
            groups: HashMap::new(),
        }
    }

    /// The table as read.
    pub(super) fn finish(mut self) -> Result<(ReadTable<Line>, Log), IngestError> {
        if self.positions.is_none() {
            let first = Line::COLUMNS.iter().find(|(required, _)| *required).map_or("", |(_, name)| name);
            return Err(self.missing(first));
        }
        if !self.errors.is_empty() {
            return Err(IngestError::Rows { file: self.read.file, problems: self.errors });
        }
        self.read.warnings = self.log.warnings;
        Ok((self.read, self.log))
    }

    fn missing(&self, column: &str) -> IngestError {
        IngestError::MissingColumn {
            file: self.read.file.clone(),
            place: "row 1".to_owned(),
            column: column.to_owned(),
        }
    }

    fn report(&mut self, row: u32, note: &Note) {
        let finding = Finding {
            file: &self.read.file,
            list: Line::LIST,
            severity: note.severity,
            kind: note.kind,
            row: Some(row),
            column: Some(note.column.as_str()).filter(|column| !column.is_empty()),
            value: Some(note.value.as_str()).filter(|value| !value.is_empty()),
            cells: 1,
        };
        if Line::STRICT && note.severity == Severity::Error {
            self.errors.push(finding.problem(note.message.clone()));
        } else {
            self.log.add(finding, || note.message.clone());
        }
    }

    fn warn(&mut self, row: u32, kind: ProblemKind, column: &str, message: &str) {
        let note = Note {
            severity: Severity::Warning,
            kind,
            column: column.to_owned(),
            value: String::new(),
            message: message.to_owned(),
        };
        self.report(row, &note);
    }

    fn headers(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let found = positions::<Line>(row.cells);
        let missing = Line::COLUMNS.iter().zip(&found).find(|((required, _), at)| *required && at.is_none());
        if let Some(((_, column), _)) = missing {
            return Err(self.missing(column));
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let header = cell.cleaned().shown();
            if !header.is_empty() && !found.contains(&Some(at)) {
                let is_known = Line::COLUMNS.iter().any(|(_, column)| normalised(column) == normalised(&header));
                let (kind, message) = if is_known {
                    (ProblemKind::RepeatedColumn, "column given twice: only the first is read. Delete one of them")
                } else {
                    (ProblemKind::UnknownColumn, "unknown column, left out: correct its header if it should be read")
                };
                self.warn(row.number, kind, &header, message);
            }
        }
        self.width = row.cells.iter().rposition(|cell| !cell.cleaned().is_empty()).map_or(0, |last| last + 1);
        self.positions = Some(found);
        Ok(())
    }

    /// Takes a line, unless it clashes with an earlier one.
    fn take(&mut self, row: u32, line: Line) {
        if let Some(group) = line.group() {
            let others = self.groups.entry(group).or_default();
            let clash = others.iter().find_map(|at| self.read.lines.get(*at)?.clash(&line));
            others.push(self.read.lines.len());
            if let Some(message) = clash {
                self.read.rejected += 1;
                let note = Note {
                    severity: Severity::Error,
                    kind: ProblemKind::ClashingRow,
                    column: String::new(),
                    value: String::new(),
                    message: message.to_owned(),
                };
                return self.report(row, &note);
            }
        }
        self.read.loaded += 1;
        self.read.lines.push(line);
    }
}

impl<Line: Table> RowSink for TableReader<Line> {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        if row.cells.iter().all(|cell| cell.cleaned().is_empty()) {
            return Ok(());
        }
        let Some(positions) = &self.positions else { return self.headers(row) };
        self.read.rows_in += 1;
        let cell = |at: &Option<usize>| at.and_then(|at| row.cells.get(at)).map_or(Value::Empty, |cell| cell.cleaned());
        let mut of_row =
            TableRow { cells: positions.iter().map(cell).collect(), columns: Line::COLUMNS, notes: Vec::new() };
        of_row.blank_errors();
        let line = Line::read(&mut of_row).filter(|_| !of_row.is_bad());
        let notes = std::mem::take(&mut of_row.notes);
        let mut key: Vec<String> = row.cells.iter().map(|cell| cell.cleaned().shown()).collect();
        key.truncate(key.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        let is_new = line.is_none() || self.seen.insert(key);
        if !is_new {
            self.read.duplicate += 1;
            self.warn(
                row.number,
                ProblemKind::DuplicateRow,
                "",
                "the same as an earlier row in every cell, counted once: delete it",
            );
            return Ok(());
        }
        for note in &notes {
            self.report(row.number, note);
        }
        let Some(line) = line else {
            self.read.rejected += 1;
            return Ok(());
        };
        if row.nul {
            self.warn(
                row.number,
                ProblemKind::NulBytes,
                "",
                "holds NUL bytes, removed: export the file again as UTF-8",
            );
        }
        if row.cells.iter().skip(self.width).any(|cell| !cell.cleaned().is_empty()) {
            let message = "more cells than headers: look for a comma in a text that is not in quotation marks";
            self.warn(row.number, ProblemKind::MoreCellsThanHeaders, "", message);
        }
        self.take(row.number, line);
        Ok(())
    }
}
