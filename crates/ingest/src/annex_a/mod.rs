//! Ofsted's Annex A: eleven lists, one sheet or CSV file each.

mod aside;
mod checks;
mod fill;
mod format;
mod headers;
mod layout;
mod leftovers;
mod likeness;
mod mapped;
mod mapping;
mod report;
mod rows;
mod setting;
mod sheets;
mod slots;
mod values;

pub(super) use format::normalised;
pub use format::{choices, coded_headers, label, official_headers};
pub use mapping::{NotInFormat, check as check_mapping};
pub(super) use rows::{Finished, HEADER_ROWS};

use super::cells::Value;
use super::workbook::SheetFacts;
use super::{IngestError, Limits, Progress, RowSink};
use crate::mapping::Uses;
use chrono::NaiveDate;
use domain::mapping::Mapping;
use domain::record::List;
use std::sync::atomic::AtomicU64;

/// A sheet or file that holds a list, judged by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) list: List,
    /// Whether the name is the list's and nothing else; otherwise a sheet without headers is no list.
    pub(super) surely: bool,
}

/// The list of a workbook's sheet, by its name.
pub(super) fn list_of_sheet(name: &str) -> Option<Candidate> {
    sheets::list_of_sheet(name).map(|named| Candidate { list: named.list, surely: named.surely })
}

/// The list of a CSV file, by its name.
pub(super) fn list_of_file(name: &str) -> Option<List> {
    sheets::list_of_file(name)
}

/// The list whose headers a row holds, when they are those of exactly one.
pub(super) fn list_of_headers(cells: &[Value<'_>]) -> Option<List> {
    headers::list_of_headers(cells)
}

/// What all sheets of a read share.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) as_at: NaiveDate,
    pub(super) mapping: &'a Mapping,
    pub(super) limits: &'a Limits,
    pub(super) progress: &'a dyn Progress,
    /// Rows loaded so far, of all lists.
    pub(super) loaded: &'a AtomicU64,
    /// Bytes of text in the rows that are kept, of all lists together.
    pub(super) text: &'a AtomicU64,
}

/// Reads one sheet as a list. `None` when it is blank, or only looked like a list by its name.
///
/// # Errors
/// When the sheet has no header row, or `source` fails.
pub(super) fn read_list(
    reading: Reading<'_>,
    file: &str,
    (sheet, facts): (&str, &SheetFacts),
    candidate: Candidate,
    ragged: bool,
    source: impl FnOnce(&mut dyn RowSink) -> Result<(), IngestError>,
) -> Result<Option<Finished>, IngestError> {
    let Some(format) = format::list_format(candidate.list) else { return Ok(None) };
    let Reading { as_at, mapping, limits, progress, loaded, text } = reading;
    let setting = setting::Setting { file, sheet, facts, format, as_at, limits, progress, loaded, text, ragged };
    let mut reader = rows::ListReader::new(setting);
    let mut uses = Uses::default();
    let result = if mapping.is_empty() {
        source(&mut reader)
    } else {
        let mut mapped = mapped::MappedRows::new(mapping, format, &mut reader);
        let result = source(&mut mapped);
        uses = mapped.uses;
        result
    };
    if !candidate.surely && reader.has_no_headers() {
        return Ok(None);
    }
    // Nor is one with a list's short name and the headers of another list.
    if !candidate.surely && matches!(result, Err(IngestError::OtherList { .. })) {
        return Ok(None);
    }
    result?;
    let mut finished = reader.finish()?;
    if let Some(finished) = &mut finished {
        finished.uses = uses;
        progress.rows(sheet, finished.rows_in);
    }
    Ok(finished)
}
