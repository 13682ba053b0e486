//! A sheet as the council's mapping means it: headers, codes, teams and workers are replaced on their way to whoever reads
//! the rows. Rows are compared with each other as they were meant, too.

use super::format::ListFormat;
use super::headers::match_row;
use super::slots::{Slot, slots};
use crate::cells::Value;
use crate::mapping::Uses;
use crate::{IngestError, RowSink, SheetRow};
use domain::mapping::{Mapping, MappingKind, MappingLine};

/// What a mapped column holds.
enum Mapped {
    Code(&'static str),
    Team,
    Worker,
}

/// Stands between a file and its reader.
pub(super) struct MappedRows<'a> {
    mapping: &'a Mapping,
    format: &'static ListFormat,
    inner: &'a mut dyn RowSink,
    /// Positions of mapped columns, once the headers are found.
    columns: Option<Vec<(usize, Mapped)>>,
    pub(super) uses: Uses,
}

impl<'a> MappedRows<'a> {
    pub(super) fn new(mapping: &'a Mapping, format: &'static ListFormat, inner: &'a mut dyn RowSink) -> Self {
        Self { mapping, format, inner, columns: None, uses: Uses::default() }
    }

    /// A row above the data: headers are replaced in the row that then has the list's headers, and nowhere else.
    fn head(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let lines: Vec<Option<&MappingLine>> = row
            .cells
            .iter()
            .map(|cell| match cell.cleaned() {
                Value::Text(text) => self.mapping.header(self.format.list, text),
                _ => None,
            })
            .collect();
        let cells: Vec<Value<'_>> = row
            .cells
            .iter()
            .zip(&lines)
            .map(|(cell, line)| line.and_then(|line| line.meant.as_deref()).map_or(*cell, Value::Text))
            .collect();
        let matched = match_row(self.format, &cells);
        if !matched.is_header(self.format) {
            return self.inner.row(row);
        }
        for line in lines.into_iter().flatten() {
            self.uses.note(line);
        }
        let kinds: Vec<MappingKind> = self.mapping.lines().map(|line| line.written.kind).collect();
        let slots = slots(self.format.list);
        let columns = self.format.columns.iter().zip(&matched.positions).filter_map(|(column, position)| {
            let (header, slot) = slots.iter().find(|(header, _)| *header == column.header)?;
            let (kind, mapped) = match slot {
                Slot::Code(_) => (MappingKind::Code, Mapped::Code(header)),
                Slot::Team(_) => (MappingKind::Team, Mapped::Team),
                Slot::Worker(_) => (MappingKind::Worker, Mapped::Worker),
                _ => return None,
            };
            kinds.contains(&kind).then_some(((*position)?, mapped))
        });
        self.columns = Some(columns.collect());
        self.inner.row(&SheetRow { cells: &cells, ..*row })
    }
}

impl RowSink for MappedRows<'_> {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let Some(columns) = &self.columns else { return self.head(row) };
        if columns.is_empty() {
            return self.inner.row(row);
        }
        let mut cells = row.cells.to_vec();
        let mut typed = String::new();
        for (at, mapped) in columns {
            let Some(cell) = cells.get_mut(*at) else { continue };
            let value = cell.cleaned();
            if value.is_empty() {
                continue;
            }
            typed.clear();
            value.write(&mut typed);
            let line = match mapped {
                Mapped::Code(header) => self.mapping.code(self.format.list, header, &typed),
                Mapped::Team => self.mapping.team(&typed),
                Mapped::Worker => self.mapping.worker(&typed),
            };
            if let Some(meant) = line.and_then(|line| self.uses.note(line)) {
                *cell = Value::Text(meant);
            }
        }
        self.inner.row(&SheetRow { cells: &cells, ..*row })
    }
}
