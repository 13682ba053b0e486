//! The rows of one list: each becomes a record, a duplicate or a rejection.

use super::checks::Checks;
use super::fill::Filling;
use super::headers::{Matched, list_of_headers, match_row};
use super::layout::Layout;
use super::leftovers::{IdShapes, SetAside, numbers_the_columns, words_of_no_child};
use super::report::Report;
use super::setting::Setting;
use super::slots::empty;
use super::values::Names;
use crate::cells::{Value, may_be_rounded};
use crate::mapping::Uses;
use crate::other_files::{self, Other};
use crate::problems::{Log, ProblemKind};
use crate::profile::{ColumnProfile, GivenAge};
use crate::{IngestError, ReadRow, RowSink, SheetRow};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many rows may stand above the headers.
pub(crate) const HEADER_ROWS: u32 = 20;

/// Rows above the headers, or cells in one of them, from which they are said to be passed over.
const MANY_TITLES: u32 = 3;

/// A row with no more cells filled beside its id is a note, or a child of whom hardly anything was exported.
pub(super) const SPARSE: usize = 2;

/// Rows kept aside at most: where so many have hardly a cell filled, they are the list.
const MOST_ASIDE: usize = 1000;

/// The last rows that spreadsheet programs can hold: a sheet that ends there may have been cut.
const LAST_ROWS: [u32; 2] = [65_536, 1_048_576];

/// Reads one sheet row by row.
pub(super) struct ListReader<'a> {
    setting: Setting<'a>,
    pub(super) report: Report<'a>,
    pub(super) layout: Option<Layout>,
    rows_before_headers: u32,
    /// A row that would be the header row but for the id.
    without_id: Option<Matched>,
    /// Another return that the rows above the headers seem to be of.
    other: Option<Other>,
    /// The most cells filled in a row above the headers.
    widest_before_headers: u32,
    /// The council that the rows are of, as first named.
    council: Option<String>,
    digest: DefaultHasher,
    pub(super) rows_in: u64,
    pub(super) rejected: u64,
    pub(super) duplicate: u64,
    pub(super) rows: Vec<ReadRow>,
    pub(super) teams: Names,
    pub(super) workers: Names,
    pub(super) ids: HashSet<Arc<str>>,
    pub(super) shapes: IdShapes,
    /// Rows that are children only if their ids are like the others.
    pub(super) aside: Vec<SetAside>,
    seen: HashMap<(u64, u64), u32>,
    hashers: (RandomState, RandomState),
    checks: Checks,
    last_row: u32,
    open_rows: u64,
    rounded_ids: u64,
    ages: Vec<GivenAge>,
    /// The row now being read, as written after trimming.
    pub(super) key: String,
    pub(super) scratch: String,
}

/// A sheet read to its end.
pub(crate) struct Finished {
    /// By which lines of the council's mapping it was read.
    pub(crate) uses: Uses,
    pub(crate) rows_in: u64,
    pub(crate) rejected: u64,
    pub(crate) duplicate: u64,
    pub(crate) rows: Vec<ReadRow>,
    pub(crate) log: Log,
    pub(crate) teams: Vec<String>,
    pub(crate) workers: Vec<String>,
    /// Readable or not, but not blank: the cells of each column that is there.
    pub(crate) filled: Vec<(&'static str, u64)>,
    pub(crate) columns: Vec<ColumnProfile>,
    pub(crate) ages: Vec<GivenAge>,
    /// Ids that a spreadsheet may have rounded.
    pub(crate) rounded_ids: u64,
    /// The council that the rows are of, as the sheet names it.
    pub(crate) council: Option<String>,
    /// What the rows hold, so that copies are known.
    pub(crate) digest: u64,
}

impl<'a> ListReader<'a> {
    pub(super) fn new(setting: Setting<'a>) -> Self {
        Self {
            report: Report::new(setting.file, setting.format.list, setting.limits),
            setting,
            layout: None,
            rows_before_headers: 0,
            without_id: None,
            other: None,
            widest_before_headers: 0,
            council: None,
            digest: DefaultHasher::new(),
            rows_in: 0,
            rejected: 0,
            duplicate: 0,
            rows: Vec::new(),
            teams: Names::default(),
            workers: Names::default(),
            ids: HashSet::new(),
            shapes: IdShapes::default(),
            aside: Vec::new(),
            seen: HashMap::new(),
            hashers: (RandomState::new(), RandomState::new()),
            checks: Checks::new(setting.as_at),
            last_row: 0,
            open_rows: 0,
            rounded_ids: 0,
            ages: Vec::new(),
            key: String::new(),
            scratch: String::new(),
        }
    }

    /// Whether rows stood in the sheet but none with headers.
    pub(super) fn has_no_headers(&self) -> bool {
        self.layout.is_none() && self.rows_before_headers > 0
    }

    /// The sheet as read; `None` when it holds no cell at all.
    pub(super) fn finish(mut self) -> Result<Option<Finished>, IngestError> {
        let Some(mut layout) = self.layout.take() else {
            return if self.rows_before_headers == 0 {
                Ok(None)
            } else if let Some((what, next)) = self.other {
                Err(IngestError::OtherFile { file: self.setting.file.to_owned(), what, next })
            } else {
                Err(self.setting.no_headers(self.without_id.as_ref()))
            };
        };
        self.take_set_aside(&mut layout)?;
        self.report.sheet_as_a_whole(self.setting.sheet, self.setting.facts);
        if LAST_ROWS.contains(&self.last_row) {
            self.report.ends_at_the_limit(self.setting.sheet, self.last_row);
        }
        for column in &layout.columns {
            self.report.column_as_a_whole(column);
        }
        let filled = layout.columns.iter().map(|column| (column.header, column.tally.filled)).collect();
        let loaded = self.rows.len() as u64;
        let columns = layout.columns.iter().map(|column| column.profile(loaded, self.open_rows)).collect();
        Ok(Some(Finished {
            uses: Uses::default(),
            rows_in: self.rows_in,
            rejected: self.rejected,
            duplicate: self.duplicate,
            rows: self.rows,
            log: self.report.log,
            teams: self.teams.met,
            workers: self.workers.met,
            filled,
            columns,
            ages: self.ages,
            rounded_ids: self.rounded_ids,
            council: self.council,
            digest: self.digest.finish(),
        }))
    }

    /// Looks for the headers in a row above the data.
    fn look_for_headers(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let format = self.setting.format;
        let matched = match_row(format, row.cells);
        if matched.is_header(format) {
            if matched.distinctive(format) == 0
                && let Some(other) = list_of_headers(row.cells).filter(|other| *other != format.list)
            {
                return Err(self.setting.other_list(other));
            }
            self.digest.write(self.key.as_bytes());
            self.report.headers(row.number, format, &matched);
            if self.rows_before_headers >= MANY_TITLES || self.widest_before_headers >= MANY_TITLES {
                self.report.titles_above(self.setting.sheet, row.number);
            }
            self.layout = Some(Layout::new(format, &matched));
            return Ok(());
        }
        if self.without_id.is_none() && matched.lacks_only_the_id(format) {
            self.without_id = Some(matched);
        }
        self.other = self.other.or_else(|| other_files::of_row(row.cells));
        let filled = row.cells.iter().filter(|cell| !cell.cleaned().is_empty()).count();
        self.rows_before_headers += u32::from(filled > 0);
        self.widest_before_headers = self.widest_before_headers.max(u32::try_from(filled).unwrap_or(u32::MAX));
        if let (Some((what, next)), HEADER_ROWS..) = (self.other, self.rows_before_headers) {
            Err(IngestError::OtherFile { file: self.setting.file.to_owned(), what, next })
        } else if self.rows_before_headers >= HEADER_ROWS {
            Err(self.setting.no_headers(self.without_id.as_ref()))
        } else {
            Ok(())
        }
    }
}

impl RowSink for ListReader<'_> {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        self.write_key(row.cells);
        let Some(mut layout) = self.layout.take() else { return self.look_for_headers(row) };
        if !self.key.is_empty() || row.beyond {
            self.digest.write(self.key.as_bytes());
            self.digest.write_u8(u8::from(row.beyond));
        }
        let result = self.data_row(&mut layout, row);
        self.layout = Some(layout);
        result
    }
}

impl ListReader<'_> {
    /// Writes a row as it is, after trimming.
    pub(super) fn write_key(&mut self, cells: &[Value<'_>]) {
        self.key.clear();
        for cell in cells {
            cell.trimmed().write(&mut self.key);
            self.key.push('\u{1f}');
        }
        self.key.truncate(self.key.trim_end_matches('\u{1f}').len());
    }

    fn data_row(&mut self, layout: &mut Layout, row: &SheetRow<'_>) -> Result<(), IngestError> {
        // Formulas filled down below the data leave rows that hold nothing until they are calculated.
        let says_nothing = |cell: &Value<'_>| matches!(cell.cleaned(), Value::Empty | Value::Uncalculated);
        if !row.beyond && layout.id(row.cells).is_empty() && row.cells.iter().all(says_nothing) {
            return Ok(());
        }
        self.last_row = row.number;
        if layout.repeats_id_header(row.cells)
            && let Some(other) = list_of_headers(row.cells).filter(|other| *other != self.setting.format.list)
        {
            return Err(self.setting.several_lists(row.number, other));
        }
        if layout.repeats_headers(row.cells) {
            self.report.repeated_headers(row.number);
            return Ok(());
        }

        self.rows_in += 1;
        if self.rows_in.is_multiple_of(1000) {
            self.setting.progress.rows(self.setting.sheet, self.rows_in);
        }
        self.report.start_row(row.number);
        if self.setting.facts.totals_rows.contains(&row.number) {
            let message = "the totals row of an Excel table, not a child: row left out";
            self.leave_out(layout, row, ProblemKind::TableTotalsRow, message);
            return Ok(());
        }
        let id_cell = layout.id(row.cells);
        if !id_cell.is_usable() {
            self.without_id(layout, row, id_cell);
            return Ok(());
        }
        if let Some((kind, message)) = words_of_no_child(id_cell.text(&mut self.scratch)) {
            self.leave_out(layout, row, kind, message);
            return Ok(());
        }
        if self.rows.is_empty() && numbers_the_columns(row.cells) {
            let message = "numbers the columns, not a child: row left out. Delete it";
            self.leave_out(layout, row, ProblemKind::ColumnDescriptionRow, message);
            return Ok(());
        }
        let (filled, blank) = layout.others(row.cells);
        let is_sparse = !row.beyond && filled <= SPARSE && filled < blank;
        let describes = self.rows.is_empty() && !is_sparse && layout.has_words_for_dates(row.cells);
        if is_sparse || describes {
            let is_like_the_others = id_cell.id(&mut self.scratch).is_some_and(|id| self.shapes.fits(id));
            if !is_like_the_others {
                let otherwise = if describes { ProblemKind::ColumnDescriptionRow } else { ProblemKind::StrayRow };
                self.aside.push(SetAside::new(row.number, row.cells, row.nul, otherwise));
                return if self.aside.len() < MOST_ASIDE { Ok(()) } else { self.take_set_aside(layout) };
            }
        }
        self.take(layout, row, is_sparse)
    }

    /// Refuses rows of a second council: its children's ids may be those of others here.
    fn check_council(&mut self, layout: &Layout, row: &SheetRow<'_>) -> Result<(), IngestError> {
        let Some(cell) = layout.council.and_then(|at| row.cells.get(at)).map(|cell| cell.cleaned()) else {
            return Ok(());
        };
        if !cell.is_usable() {
            return Ok(());
        }
        let council = cell.text(&mut self.scratch);
        match &self.council {
            None => self.council = Some(council.to_owned()),
            Some(first) if first == council || domain::names::name_key(first) == domain::names::name_key(council) => {}
            Some(first) => {
                let (first, second) = (first.clone(), council.to_owned());
                return Err(self.setting.two_councils(row.number, first, second));
            }
        }
        Ok(())
    }

    /// Takes a row as a record, or as a duplicate of an earlier one.
    pub(super) fn take(&mut self, layout: &mut Layout, row: &SheetRow<'_>, is_sparse: bool) -> Result<(), IngestError> {
        let id_cell = layout.id(row.cells);
        let Some(id) = id_cell.id(&mut self.scratch) else {
            self.without_id(layout, row, id_cell);
            return Ok(());
        };
        let id = match self.ids.get(id) {
            Some(known) => Arc::clone(known),
            None => {
                self.shapes.meet(id);
                let id: Arc<str> = id.into();
                self.ids.insert(Arc::clone(&id));
                id
            }
        };
        // What a formula would say is not known, so that a row with one equals no other.
        if !row.beyond && !row.cells.contains(&Value::Uncalculated) {
            // As it is written, after trimming: rows that differ in how a blank is marked are two rows ("Rules for
            // all", 13), so that nothing is left out that someone told apart.
            let hash = (self.hashers.0.hash_one(&self.key), self.hashers.1.hash_one(&self.key));
            match self.seen.entry(hash) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    self.duplicate += 1;
                    self.report.duplicate(*first.get());
                    self.report.end_row(&id, None);
                    return Ok(());
                }
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(row.number);
                }
            }
        }
        if self.setting.loaded.fetch_add(1, Ordering::Relaxed) >= self.setting.limits.rows {
            return Err(self.setting.too_many_rows(row.number));
        }
        let limits = self.setting.limits;
        let text = text_bytes(row.cells, limits.cell_chars);
        if self.setting.text.fetch_add(text, Ordering::Relaxed) + text > limits.kept_text_bytes {
            return Err(self.setting.too_much_text(row.number));
        }

        self.check_council(layout, row)?;
        let mut record = empty(self.setting.format.list);
        if may_be_rounded(id_cell) {
            self.rounded_ids += 1;
            self.report.rounded_id(layout.id_header(), id_cell);
        }
        let mut age = None;
        // A bit for each column of the layout, in its order; no list has as many as the bits.
        let mut filled = 0u64;
        let mut filling = Filling {
            record: &mut record,
            report: &mut self.report,
            teams: &mut self.teams,
            workers: &mut self.workers,
            scratch: &mut self.scratch,
            age: &mut age,
            as_at: self.setting.as_at,
            cell_chars: self.setting.limits.cell_chars,
        };
        for (place, column) in layout.columns.iter_mut().enumerate() {
            let raw = row.cells.get(column.at).copied().unwrap_or(Value::Empty);
            filled |= u64::from(filling.cell(column, raw)) << place;
        }
        if is_sparse {
            let message = "holds little more than an id: loaded, but check whether the export left its cells out";
            self.report.warn_row(ProblemKind::AlmostEmpty, message);
        }
        self.report.row_shape(row, layout.width, self.setting.ragged);
        let shown = |header: &str| {
            let column = layout.columns.iter().find(|column| column.header == header)?;
            row.cells.get(column.at).map(|cell| cell.cleaned().shown())
        };
        if self.checks.check(&mut record, &id, row.number, &mut self.report, shown) {
            self.open_rows += 1;
            for (place, column) in layout.columns.iter_mut().enumerate() {
                column.tally.open_filled += filled >> place & 1;
            }
        }
        if let (Some(age), Some(born)) = (age, record.date_of_birth()) {
            self.ages.push(GivenAge { age, born });
        }
        self.report.end_row(&id, record.held());
        self.rows.push(ReadRow { row: row.number, child_id: id, record });
        Ok(())
    }
}

/// What the texts of a row take at most where each is cut at `cell_chars`.
fn text_bytes(cells: &[Value<'_>], cell_chars: usize) -> u64 {
    let longest = cell_chars.saturating_mul(char::MAX.len_utf8());
    let texts = cells.iter().map(|cell| match cell {
        Value::Text(text) => text.len().min(longest),
        _ => 0,
    });
    texts.sum::<usize>() as u64
}
