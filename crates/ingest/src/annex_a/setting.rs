//! What reading a sheet needs to know, and how it is refused.

use super::format::{Kind, ListFormat};
use super::headers::Matched;
use super::rows::HEADER_ROWS;
use crate::workbook::SheetFacts;
use crate::{IngestError, Limits, Progress};
use chrono::NaiveDate;
use domain::record::List;
use std::sync::atomic::AtomicU64;

/// What reading a sheet needs to know.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
    pub(super) facts: &'a SheetFacts,
    pub(super) format: &'static ListFormat,
    pub(super) as_at: NaiveDate,
    pub(super) limits: &'a Limits,
    pub(super) progress: &'a dyn Progress,
    /// Rows loaded of all lists so far.
    pub(super) loaded: &'a AtomicU64,
    /// Bytes of text in the rows that are kept, of all lists together.
    pub(super) text: &'a AtomicU64,
    /// Whether rows of different lengths mean shifted cells, as in a CSV file.
    pub(super) ragged: bool,
}

impl Setting<'_> {
    pub(super) fn no_headers(&self, without_id: Option<&Matched>) -> IngestError {
        let id = self.format.columns.iter().find(|column| column.kind == Kind::Id);
        let (Some(id), Some(matched)) = (id, without_id) else {
            return IngestError::NoHeader {
                file: self.file.to_owned(),
                sheet: self.sheet.to_owned(),
                list: self.format.list.label(),
                rows: HEADER_ROWS,
            };
        };
        let place = format!("sheet \"{}\"", self.sheet);
        let alike: Vec<String> = matched.like_an_id().iter().map(|header| format!("\"{header}\"")).collect();
        if alike.is_empty() {
            IngestError::MissingColumn { file: self.file.to_owned(), place, column: id.header.clone() }
        } else {
            IngestError::WhichId {
                file: self.file.to_owned(),
                place,
                column: id.header.clone(),
                found: alike.join(", "),
            }
        }
    }

    pub(super) fn several_lists(&self, row: u32, other: List) -> IngestError {
        IngestError::SeveralLists {
            file: self.file.to_owned(),
            sheet: self.sheet.to_owned(),
            list: self.format.list.label(),
            row,
            other: other.label(),
        }
    }

    pub(super) fn two_councils(&self, row: u32, first: String, second: String) -> IngestError {
        IngestError::TwoCouncils { file: self.file.to_owned(), sheet: self.sheet.to_owned(), row, first, second }
    }

    pub(super) fn other_list(&self, other: List) -> IngestError {
        IngestError::OtherList {
            file: self.file.to_owned(),
            sheet: self.sheet.to_owned(),
            list: self.format.list.label(),
            other: other.label(),
        }
    }

    pub(super) fn too_much_text(&self, row: u32) -> IngestError {
        IngestError::TooMuchText {
            file: self.file.to_owned(),
            sheet: self.sheet.to_owned(),
            row,
            limit: self.limits.kept_text_bytes,
        }
    }

    pub(super) fn too_many_rows(&self, row: u32) -> IngestError {
        IngestError::TooManyRows {
            file: self.file.to_owned(),
            sheet: self.sheet.to_owned(),
            row: u64::from(row),
            limit: self.limits.rows,
        }
    }
}
