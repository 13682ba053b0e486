//! `organisation.csv`: which team belongs where, and who answers for it.

use super::annex_a::normalised;
use super::cells::Value;
use super::problems::{Log, Problem, Severity};
use super::{IngestError, Limits, RowSink, SheetRow};
use chrono::NaiveDate;
use domain::organisation::TeamPlace;
use std::collections::HashSet;

/// The organisation as read from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOrganisation {
    /// The file.
    pub file: String,
    /// Rows that were not blank: `loaded + rejected + duplicate`.
    pub rows_in: u64,
    /// Rows that became lines of the organisation.
    pub loaded: u64,
    /// Rows without a team, a service or a head of service.
    pub rejected: u64,
    /// Rows equal to an earlier one.
    pub duplicate: u64,
    /// Warnings given.
    pub warnings: u64,
    /// The lines, in the order of the file.
    pub places: Vec<TeamPlace>,
}

/// Columns in the order of the record; the first of each pair says whether it is required.
const COLUMNS: [(bool, &str); 11] = [
    (true, "team"),
    (false, "team_type"),
    (false, "locality"),
    (true, "service"),
    (true, "head_of_service"),
    (false, "head_of_service_email"),
    (false, "director"),
    (false, "team_manager"),
    (false, "team_manager_email"),
    (false, "valid_from"),
    (false, "valid_to"),
];

/// Whether a header row is that of an organisation file.
pub(super) fn has_headers(cells: &[Value<'_>]) -> bool {
    let positions = positions(cells);
    COLUMNS.iter().zip(positions).all(|((required, _), at)| !required || at.is_some())
}

fn positions(cells: &[Value<'_>]) -> [Option<usize>; 11] {
    let names: Vec<String> = cells.iter().map(|cell| normalised(&cell.cleaned().shown())).collect();
    COLUMNS.map(|(_, column)| names.iter().position(|name| *name == normalised(column)))
}

/// Reads the file row by row.
pub(super) struct OrganisationReader {
    read: ReadOrganisation,
    pub(super) log: Log,
    positions: Option<[Option<usize>; 11]>,
    /// How many columns have a header.
    width: usize,
    seen: HashSet<Vec<String>>,
}

impl OrganisationReader {
    pub(super) fn new(file: &str, limits: &Limits) -> Self {
        let read = ReadOrganisation {
            file: file.to_owned(),
            rows_in: 0,
            loaded: 0,
            rejected: 0,
            duplicate: 0,
            warnings: 0,
            places: Vec::new(),
        };
        Self { read, log: Log::new(limits.problems), positions: None, width: 0, seen: HashSet::new() }
    }

    /// The organisation as read.
    pub(super) fn finish(mut self) -> Result<(ReadOrganisation, Log), IngestError> {
        if self.positions.is_none() {
            return Err(self.missing("team"));
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

    fn report(&mut self, severity: Severity, row: u32, column: &str, value: &str, message: &str) {
        let file = self.read.file.clone();
        self.log.add(severity, || Problem {
            file,
            list: "organisation".to_owned(),
            row: Some(row),
            column: Some(Problem::shown(column)).filter(|column| !column.is_empty()),
            value: Some(Problem::shown(value)).filter(|value| !value.is_empty()),
            severity,
            message: message.to_owned(),
            child_id: None,
            team: None,
        });
    }

    fn headers(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let found = positions(row.cells);
        if let Some(((_, column), _)) = COLUMNS.iter().zip(found).find(|((required, _), at)| *required && at.is_none())
        {
            return Err(self.missing(column));
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let header = cell.cleaned().shown();
            if !header.is_empty() && !found.contains(&Some(at)) {
                let message = if COLUMNS.iter().any(|(_, column)| normalised(column) == normalised(&header)) {
                    "column given twice: only the first is read. Delete one of them"
                } else {
                    "unknown column, left out: correct its header if it should be read"
                };
                self.report(Severity::Warning, row.number, &header, "", message);
            }
        }
        self.width = row.cells.iter().rposition(|cell| !cell.cleaned().is_empty()).map_or(0, |last| last + 1);
        self.positions = Some(found);
        Ok(())
    }

    fn date(&mut self, row: u32, column: &str, value: Value<'_>) -> Option<NaiveDate> {
        value.date().unwrap_or_else(|()| {
            self.report(
                Severity::Warning,
                row,
                column,
                &value.shown(),
                "not a date, read as blank: give it as 2024-03-01 or 01/03/2024",
            );
            None
        })
    }
}

impl RowSink for OrganisationReader {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        if row.cells.iter().all(|cell| cell.cleaned().is_empty()) {
            return Ok(());
        }
        let Some(positions) = self.positions else { return self.headers(row) };
        self.read.rows_in += 1;
        let cell = |column: usize| {
            positions[column].and_then(|at| row.cells.get(at)).map_or(Value::Empty, |cell| cell.cleaned())
        };
        let text = |column: usize| Some(domain::names::collapse(&cell(column).shown())).filter(|text| !text.is_empty());
        let (Some(team), Some(service), Some(head_of_service)) = (text(0), text(3), text(4)) else {
            self.read.rejected += 1;
            let blank = [0, 3, 4].into_iter().find(|column| text(*column).is_none()).unwrap_or(0);
            self.report(
                Severity::Error,
                row.number,
                COLUMNS[blank].1,
                "",
                "blank, row rejected: fill it in and load again",
            );
            return Ok(());
        };
        let mut key: Vec<String> = row.cells.iter().map(|cell| cell.cleaned().shown()).collect();
        key.truncate(key.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        if !self.seen.insert(key) {
            self.read.duplicate += 1;
            self.report(
                Severity::Warning,
                row.number,
                "",
                "",
                "the same as an earlier row in every cell, counted once: delete it",
            );
            return Ok(());
        }
        if row.nul {
            self.report(
                Severity::Warning,
                row.number,
                "",
                "",
                "holds NUL bytes, removed: export the file again as UTF-8",
            );
        }
        if row.cells.iter().skip(self.width).any(|cell| !cell.cleaned().is_empty()) {
            self.report(
                Severity::Warning,
                row.number,
                "",
                "",
                "more cells than headers: look for a comma in a text that is not in quotation marks",
            );
        }
        let valid_from = self.date(row.number, "valid_from", cell(9));
        let valid_to = self.date(row.number, "valid_to", cell(10));
        self.read.loaded += 1;
        self.read.places.push(TeamPlace {
            team,
            team_type: text(1),
            locality: text(2),
            service,
            head_of_service,
            head_of_service_email: text(5),
            director: text(6),
            team_manager: text(7),
            team_manager_email: text(8),
            valid_from,
            valid_to,
        });
        Ok(())
    }
}
