//! Problems of one list, each with its place.

use super::format::{Kind, ListFormat};
use super::headers::Matched;
use super::layout::Column;
use crate::cells::Value;
use crate::problems::{Finding, Log, ProblemKind, Severity};
use crate::workbook::SheetFacts;
use crate::{Limits, SheetRow};
use domain::record::{Held, List};
use std::sync::Arc;

/// Collects the problems of one list; those of a row get its child and team when the row ends.
pub(super) struct Report<'a> {
    pub(super) log: Log,
    /// The column now being read.
    pub(super) column: &'static str,
    file: &'a str,
    list: List,
    row: u32,
    /// Where the problems of the current row begin.
    row_start: usize,
    said_beyond: bool,
    said_unheaded: bool,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a str, list: List, limits: &Limits) -> Self {
        Self {
            log: Log::new(limits.problems),
            column: "",
            file,
            list,
            row: 0,
            row_start: 0,
            said_beyond: false,
            said_unheaded: false,
        }
    }

    fn add(
        &mut self,
        (severity, kind): (Severity, ProblemKind),
        row: Option<u32>,
        column: Option<&str>,
        value: Option<&str>,
        message: impl FnOnce() -> String,
    ) {
        let list = self.list.label();
        self.log.add(Finding { file: self.file, list, severity, kind, row, column, value, cells: 1 }, message);
    }

    /// What the header row says of the columns: missing, repeated, unknown.
    pub(super) fn headers(&mut self, row: u32, format: &ListFormat, matched: &Matched) {
        for (column, position) in format.columns.iter().zip(&matched.positions) {
            if position.is_none() && column.kind != Kind::Age {
                self.add(warning(ProblemKind::MissingColumn), Some(row), Some(&column.header), None, || {
                    "column missing: measures that need it read \"not supplied\". Add it to the export if you record it"
                        .to_owned()
                });
            }
        }
        for index in &matched.resembling {
            let header = matched.positions.get(*index).copied().flatten().and_then(|at| matched.headers.get(at));
            if let (Some(column), Some(header)) = (format.columns.get(*index), header) {
                let kind = ProblemKind::HeaderByResemblance;
                self.add(warning(kind), Some(row), Some(&column.header), Some(header), || {
                    format!(
                        "read \"{header}\" as \"{}\", which it resembles: give it that header if it is meant, else another",
                        column.header
                    )
                });
            }
        }
        for (index, alike) in &matched.ambiguous {
            let Some(column) = format.columns.get(*index) else { continue };
            let named: Vec<String> =
                alike.iter().filter_map(|at| matched.headers.get(*at)).map(|header| format!("\"{header}\"")).collect();
            let named = named.join(", ");
            self.add(warning(ProblemKind::HeaderAmbiguous), Some(row), Some(&column.header), Some(&named), || {
                format!("none of {named} was read as \"{}\": give the right one that header", column.header)
            });
        }
        for at in &matched.repeated {
            self.add(warning(ProblemKind::RepeatedColumn), Some(row), Some(&matched.headers[*at]), None, || {
                format!(
                    "column given twice: only the first is read, column {} is left out. Delete one of them",
                    column_letters(*at)
                )
            });
        }
        for at in &matched.unknown {
            self.add(warning(ProblemKind::UnknownColumn), Some(row), Some(&matched.headers[*at]), None, || {
                "unknown column, left out: correct its header if it should be read".to_owned()
            });
        }
    }

    /// A warning on the sheet as a whole.
    fn warn_sheet(&mut self, kind: ProblemKind, sheet: &str, message: &str) {
        self.add(warning(kind), None, None, Some(sheet), || format!("the sheet \"{sheet}\" {message}"));
    }

    /// What is unusual about the sheet, though it was loaded.
    pub(super) fn sheet_as_a_whole(&mut self, sheet: &str, facts: &SheetFacts) {
        if facts.is_hidden {
            let message =
                "is hidden, and was loaded all the same: delete it if it is not meant to be part of the extract";
            self.warn_sheet(ProblemKind::HiddenSheet, sheet, message);
        }
        if facts.has_hidden_rows {
            let message = "has hidden or filtered rows, and was loaded whole: delete the rows that are not meant";
            self.warn_sheet(ProblemKind::FilteredRows, sheet, message);
        }
    }

    pub(super) fn titles_above(&mut self, sheet: &str, row: u32) {
        let message = format!(
            "has its headers in row {row}: what stands above was taken for titles. Check that no child stands there"
        );
        self.warn_sheet(ProblemKind::TitlesAbove, sheet, &message);
    }

    pub(super) fn ends_at_the_limit(&mut self, sheet: &str, row: u32) {
        let message =
            format!("ends at row {row}, the last that a spreadsheet program can hold: check that no rows were cut off");
        self.warn_sheet(ProblemKind::SheetLimit, sheet, &message);
    }

    /// What is told once for a whole column.
    pub(super) fn column_as_a_whole(&mut self, column: &Column) {
        if let Some((cells, example)) = &column.tally.no_dates {
            let message = format!("{cells} cells hold {example} or the like, which stands for no date: read as blank");
            self.warn_of_column(ProblemKind::NoDatePlaceholder, column.header, *cells, example, message);
        }
        if let Some((cells, example)) = &column.tally.placeholders {
            let message = format!("{cells} cells hold {example}, a placeholder of the export: read as blank");
            self.warn_of_column(ProblemKind::BlankPlaceholder, column.header, *cells, example, message);
        }
    }

    pub(super) fn start_row(&mut self, row: u32) {
        self.row = row;
        self.row_start = self.log.kept.len();
    }

    /// Gives the row's problems their child and team.
    pub(super) fn end_row(&mut self, id: &Arc<str>, held: Option<&Held>) {
        for problem in self.log.kept.iter_mut().skip(self.row_start) {
            problem.child_id = Some(Arc::clone(id));
            problem.team = held.and_then(|held| held.team.clone());
        }
    }

    /// A warning on the current column.
    pub(super) fn warn(&mut self, kind: ProblemKind, value: Value<'_>, message: &str) {
        self.warn_with(kind, value, || message.to_owned());
    }

    /// A warning on the current column, its message made only when kept.
    pub(super) fn warn_with(&mut self, kind: ProblemKind, value: Value<'_>, message: impl FnOnce() -> String) {
        let shown = value.shown();
        self.add(warning(kind), Some(self.row), Some(self.column), Some(&shown), message);
    }

    /// A warning on a named column.
    pub(super) fn warn_on(&mut self, kind: ProblemKind, column: &str, value: Option<String>, message: &str) {
        let value = value.filter(|value| !value.is_empty());
        self.add(warning(kind), Some(self.row), Some(column), value.as_deref(), || message.to_owned());
    }

    /// A warning on a column as a whole: how many of its cells, and one of them as typed.
    pub(super) fn warn_of_column(&mut self, kind: ProblemKind, column: &str, cells: u64, value: &str, message: String) {
        let finding = Finding {
            file: self.file,
            list: self.list.label(),
            severity: Severity::Warning,
            kind,
            row: None,
            column: Some(column),
            value: Some(value),
            cells,
        };
        self.log.add(finding, || message);
    }

    pub(super) fn no_id(&mut self, column: &str, value: Value<'_>) {
        let what = if self.list == List::Adopters { "adopter" } else { "child" };
        let shown = Some(value.shown()).filter(|value| !value.is_empty());
        let (kind, why) = match value {
            Value::Uncalculated => (
                ProblemKind::FormulaWithoutValue,
                ", for its formula was never calculated: open the workbook in Excel, save it and load again",
            ),
            _ => (ProblemKind::NoId, ": enter the id and load again"),
        };
        self.add((Severity::Error, kind), Some(self.row), Some(column), shown.as_deref(), || {
            format!("no {what} id, row rejected{why}")
        });
    }

    /// A row that is no child, and why.
    pub(super) fn left_out(&mut self, kind: ProblemKind, column: &str, value: &str, message: &str) {
        let value = Some(value).filter(|value| !value.is_empty());
        self.add((Severity::Error, kind), Some(self.row), Some(column), value, || message.to_owned());
    }

    pub(super) fn rounded_id(&mut self, column: &'static str, value: Value<'_>) {
        self.column = column;
        self.warn(ProblemKind::RoundedId, value, "a spreadsheet may have rounded this id: format the column as text before exporting, so that no two children share an id");
    }

    pub(super) fn duplicate(&mut self, first: u32) {
        self.add(warning(ProblemKind::DuplicateRow), Some(self.row), None, None, || {
            format!(
                "the same as row {first} in every cell, counted once: delete it, or correct the cell that should differ"
            )
        });
    }

    pub(super) fn repeated_headers(&mut self, row: u32) {
        self.add(warning(ProblemKind::RepeatedHeaders), Some(row), None, None, || {
            "the headers again, left out: delete the row".to_owned()
        });
    }

    /// Cuts a text that is longer than a cell can be.
    pub(super) fn cut<'v>(&mut self, column: &'static str, value: Value<'v>, limit: usize) -> Value<'v> {
        let Value::Text(text) = value else { return value };
        if text.len() <= limit {
            return value;
        }
        let Some((end, _)) = text.char_indices().nth(limit) else { return value };
        self.column = column;
        self.warn_with(ProblemKind::CutText, value, || format!("longer than {limit} characters, cut: shorten it"));
        Value::Text(&text[..end])
    }

    /// Cells where none should be: right of the headers, beyond the columns that are read, and bytes that are no text.
    pub(super) fn row_shape(&mut self, row: &SheetRow<'_>, width: usize, ragged: bool) {
        if row.nul {
            self.warn_row(ProblemKind::NulBytes, "holds NUL bytes, removed: export the file again as UTF-8");
        }
        let unheaded = row.cells.iter().skip(width).position(|cell| !cell.cleaned().is_empty());
        if let Some(at) = unheaded.map(|at| at + width) {
            if ragged {
                self.warn_row(
                    ProblemKind::MoreCellsThanHeaders,
                    "more cells than headers: look for a comma in a text that is not in quotation marks",
                );
            } else if !self.said_unheaded {
                self.said_unheaded = true;
                self.warn_row(
                    ProblemKind::CellsWithoutHeader,
                    &format!(
                        "cells without a header in column {} are left out: give the column a header",
                        column_letters(at)
                    ),
                );
            }
        }
        if row.beyond && !self.said_beyond {
            self.said_beyond = true;
            self.warn_row(ProblemKind::CellsFarRight, "cells far to the right of the list are left out: delete them");
        }
    }

    /// A warning on the row as a whole.
    pub(super) fn warn_row(&mut self, kind: ProblemKind, message: &str) {
        self.add(warning(kind), Some(self.row), None, None, || message.to_owned());
    }
}

const fn warning(kind: ProblemKind) -> (Severity, ProblemKind) {
    (Severity::Warning, kind)
}

/// The letters of a column as spreadsheets show them: 0 is A, 26 is AA.
fn column_letters(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 199].map(column_letters), ["A", "Z", "AA", "GR"]);
    }
}
