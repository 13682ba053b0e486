//! Where the columns of one sheet stand, and where their values go.

use super::format::{Kind, ListFormat, normalised};
use super::headers::Matched;
use super::slots::{Slot, slots};
use super::values::CodeCache;
use crate::cells::Value;
use crate::dates::DateRead;
use crate::profile::{ColumnProfile, DateForms};
use domain::measures::CORE;
use domain::record::List;

/// Where a column's values go.
pub(super) enum Target {
    Id,
    Age,
    Slot(Slot, Option<CodeCache>),
}

/// A column of the list that is in the sheet.
pub(super) struct Column {
    pub(super) header: &'static str,
    /// Its header as typed.
    pub(super) typed: String,
    /// Its position in the sheet.
    pub(super) at: usize,
    pub(super) target: Target,
    /// Whether a measure reads it.
    pub(super) is_measured: bool,
    pub(super) tally: Tally,
}

/// What the cells of a column's loaded rows held.
#[derive(Default)]
pub(super) struct Tally {
    /// Cells that say something, readable or not.
    pub(super) filled: u64,
    /// Those of `filled` that could not be read.
    pub(super) unreadable: u64,
    /// Cells with a formula's error.
    pub(super) errors: u64,
    /// Formulas without a value.
    pub(super) uncalculated: u64,
    pub(super) dates: DateForms,
    pub(super) open_filled: u64,
    /// Dates that stand for none, and the first of them as typed.
    pub(super) no_dates: Option<(u64, String)>,
    /// Placeholders of the export that stand for a blank, and the first of them as typed.
    pub(super) placeholders: Option<(u64, String)>,
}

impl Tally {
    /// Counts a value that is told once for the whole column.
    pub(super) fn count(place: &mut Option<(u64, String)>, value: Value<'_>) {
        match place {
            Some((count, _)) => *count += 1,
            None => *place = Some((1, value.shown())),
        }
    }
}

impl Column {
    /// The column's profile, of a list with so many loaded and so many open rows.
    pub(super) fn profile(&self, rows: u64, open_rows: u64) -> ColumnProfile {
        let Tally { filled, unreadable, errors, uncalculated, dates, open_filled, .. } = self.tally;
        let spoiled = errors + uncalculated;
        ColumnProfile {
            column: self.header.to_owned(),
            header: self.typed.clone(),
            rows,
            filled: filled + spoiled,
            unreadable: unreadable + spoiled,
            uncalculated,
            dates,
            open_rows,
            open_filled,
        }
    }
}

/// Whether a measure of the core set reads a column.
fn is_measured(list: List, header: &str) -> bool {
    let needs = CORE.iter().flat_map(|measure| measure.needs);
    needs.filter(|needs| needs.list == list).any(|needs| needs.columns.contains(&header))
}

/// The header row and what it said.
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    /// Normalised header of each position, for header rows repeated among the data.
    names: Vec<String>,
    /// How many positions have a header.
    pub(super) width: usize,
    /// Where the council stands that a row is of, if the sheet says so.
    pub(super) council: Option<usize>,
}

/// Headers, normalised, under which a sheet names the council that its rows are of.
const COUNCIL: [&str; 14] = [
    "la",
    "lacode",
    "laname",
    "lanumber",
    "localauthority",
    "localauthoritycode",
    "localauthorityname",
    "authority",
    "authoritycode",
    "council",
    "councilname",
    "submittingla",
    "returningla",
    "laofchild",
];

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
            let at = (*position)?;
            Some(Column {
                header: &column.header,
                typed: matched.headers.get(at).cloned().unwrap_or_default(),
                at,
                target,
                is_measured: is_measured(format.list, &column.header),
                tally: Tally::default(),
            })
        });
        // Without its own column, "LA" on List 8 may be the council of the placement.
        let is_found = |header: &str| {
            let places = format.columns.iter().zip(&matched.positions);
            places.clone().all(|(column, _)| column.header != header)
                || places.clone().any(|(column, position)| column.header == header && position.is_some())
        };
        let names_councils = is_found("LA of Placement");
        let council = |at: &&usize| {
            names_councils
                && matched.headers.get(**at).is_some_and(|header| COUNCIL.contains(&normalised(header).as_str()))
        };
        Self {
            columns: columns.collect(),
            council: matched.unknown.iter().find(council).copied(),
            names: matched.headers.iter().map(|header| normalised(header)).collect(),
            width: matched.headers.iter().rposition(|header| !header.is_empty()).map_or(0, |last| last + 1),
        }
    }

    /// The tally of the id column.
    pub(super) fn id_tally(&mut self) -> Option<&mut Tally> {
        self.columns.iter_mut().find(|column| matches!(column.target, Target::Id)).map(|column| &mut column.tally)
    }

    fn id_column(&self) -> Option<&Column> {
        self.columns.iter().find(|column| matches!(column.target, Target::Id))
    }

    /// The id of a row.
    pub(super) fn id<'v>(&self, cells: &[Value<'v>]) -> Value<'v> {
        self.id_column().and_then(|column| cells.get(column.at)).map_or(Value::Empty, |cell| cell.cleaned())
    }

    /// How many cells of the other columns say something, and how many do not.
    pub(super) fn others(&self, cells: &[Value<'_>]) -> (usize, usize) {
        let others = self.columns.iter().filter(|column| !matches!(column.target, Target::Id));
        let says_something = |column: &&Column| cells.get(column.at).is_some_and(|cell| !cell.cleaned().is_empty());
        let filled = others.clone().filter(says_something).count();
        (filled, others.count() - filled)
    }

    /// Whether no date stands in any date column, but words do.
    pub(super) fn has_words_for_dates(&self, cells: &[Value<'_>]) -> bool {
        let dates = self.columns.iter().filter(|column| matches!(column.target, Target::Slot(Slot::Date(_), _)));
        let filled = dates.filter_map(|column| cells.get(column.at)).map(|cell| cell.cleaned());
        let mut words = 0;
        for cell in filled.filter(|cell| !cell.is_empty()) {
            match cell {
                Value::Text(text) if cell.date() == DateRead::Bad && text.contains(char::is_alphabetic) => words += 1,
                _ => return false,
            }
        }
        words > 0
    }

    /// The header of the id column.
    pub(super) fn id_header(&self) -> &'static str {
        self.id_column().map_or("", |column| column.header)
    }

    /// Whether the header of the id stands in its column again.
    pub(super) fn repeats_id_header(&self, cells: &[Value<'_>]) -> bool {
        self.id_column().is_some_and(|column| self.repeats(cells, column.at))
    }

    fn repeats(&self, cells: &[Value<'_>], at: usize) -> bool {
        match (cells.get(at), self.names.get(at)) {
            (Some(Value::Text(text)), Some(name)) if !name.is_empty() && text.len() >= name.len() => {
                normalised(text) == *name
            }
            _ => false,
        }
    }

    /// Whether a row is the header row again, as when two exports were pasted together.
    pub(super) fn repeats_headers(&self, cells: &[Value<'_>]) -> bool {
        self.repeats_id_header(cells) && (0..self.names.len()).filter(|at| self.repeats(cells, *at)).count() >= 3
    }
}
