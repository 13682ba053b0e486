//! Where the columns of one sheet stand, and where their values go.

use super::format::{Kind, ListFormat, normalised};
use super::headers::Matched;
use super::slots::{Slot, slots};
use super::values::CodeCache;
use crate::cells::Value;

/// Where a column's values go.
pub(super) enum Target {
    Id,
    Age,
    Slot(Slot, Option<CodeCache>),
}

/// A column of the list that is in the sheet.
pub(super) struct Column {
    pub(super) header: &'static str,
    /// Its position in the sheet.
    pub(super) at: usize,
    pub(super) target: Target,
    /// Cells of loaded rows that are not blank.
    pub(super) filled: u64,
}

/// The header row and what it said.
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    /// Normalised header of each position, for header rows repeated among the data.
    names: Vec<String>,
    /// How many positions have a header.
    pub(super) width: usize,
}

impl Layout {
    pub(super) fn new(format: &'static ListFormat, matched: &Matched) -> Self {
        let slots = slots(format.list);
        let columns = format.columns.iter().zip(&matched.positions).filter_map(|(column, position)| {
            let target = match column.kind {
                Kind::Id => Target::Id,
                Kind::Age => Target::Age,
                _ => {
                    let (_, slot) = slots.iter().find(|(header, _)| *header == column.header)?;
                    Target::Slot(*slot, column.codes.as_ref().map(|codes| CodeCache::new(codes, column.open)))
                }
            };
            Some(Column { header: &column.header, at: (*position)?, target, filled: 0 })
        });
        Self {
            columns: columns.collect(),
            names: matched.headers.iter().map(|header| normalised(header)).collect(),
            width: matched.headers.iter().rposition(|header| !header.is_empty()).map_or(0, |last| last + 1),
        }
    }

    fn id_column(&self) -> Option<&Column> {
        self.columns.iter().find(|column| matches!(column.target, Target::Id))
    }

    /// The id of a row.
    pub(super) fn id<'v>(&self, cells: &[Value<'v>]) -> Value<'v> {
        self.id_column().and_then(|column| cells.get(column.at)).map_or(Value::Empty, |cell| cell.cleaned())
    }

    /// The header of the id column.
    pub(super) fn id_header(&self) -> &'static str {
        self.id_column().map_or("", |column| column.header)
    }

    /// Whether a row is the header row again, as when two exports were pasted together.
    pub(super) fn repeats_headers(&self, cells: &[Value<'_>]) -> bool {
        let same = |at: usize| match (cells.get(at), self.names.get(at)) {
            (Some(Value::Text(text)), Some(name)) if !name.is_empty() && text.len() >= name.len() => {
                normalised(text) == *name
            }
            _ => false,
        };
        self.id_column().is_some_and(|column| same(column.at))
            && (0..self.names.len()).filter(|at| same(*at)).count() >= 3
    }
}
