//! Rows that are not taken as they come: those without an id, those that are no child, and those that are kept aside until
//! the ids of the others are known.

use super::layout::Layout;
use super::leftovers::{may_be_an_id, words_of_no_child};
use super::rows::{ListReader, SPARSE};
use crate::cells::Value;
use crate::problems::ProblemKind;
use crate::{IngestError, SheetRow};

impl ListReader<'_> {
    /// A row without an id: a total or footer that stands in another column, or a row that lacks its id.
    pub(super) fn without_id(&mut self, layout: &mut Layout, row: &SheetRow<'_>, id_cell: Value<'_>) {
        let (filled, _) = layout.others(row.cells);
        let mut texts = row.cells.iter().map(|cell| cell.cleaned()).filter(|cell| !cell.is_empty());
        if filled <= SPARSE
            && let Some(Value::Text(text)) = texts.next()
            && let Some((kind, message)) = words_of_no_child(text)
        {
            self.leave_out(layout, row, kind, message);
            return;
        }
        self.rejected += 1;
        if let Some(tally) = layout.id_tally() {
            tally.errors += u64::from(matches!(id_cell, Value::Error(_)));
            tally.uncalculated += u64::from(id_cell == Value::Uncalculated);
        }
        self.report.no_id(layout.id_header(), id_cell);
    }

    /// Rejects a row that is no child.
    pub(super) fn leave_out(&mut self, layout: &Layout, row: &SheetRow<'_>, kind: ProblemKind, message: &str) {
        self.rejected += 1;
        let first = row.cells.iter().map(|cell| cell.cleaned()).find(|cell| !cell.is_empty());
        self.report.left_out(kind, layout.id_header(), &first.map_or_else(String::new, Value::shown), message);
    }

    /// Decides what the rows set aside are, now that the other ids are known.
    pub(super) fn take_set_aside(&mut self, layout: &mut Layout) -> Result<(), IngestError> {
        let aside = std::mem::take(&mut self.aside);
        if aside.is_empty() {
            return Ok(());
        }
        let ids: Vec<Option<String>> =
            aside.iter().map(|kept| layout.id(&kept.cells()).id(&mut self.scratch).map(str::to_owned)).collect();
        if self.shapes.is_empty() {
            // No other row tells how an id looks here.
            ids.iter().flatten().filter(|id| may_be_an_id(id)).for_each(|id| self.shapes.meet(id));
        }
        let loaded = self.rows.len();
        for (kept, id) in aside.iter().zip(&ids) {
            let cells = kept.cells();
            let row = SheetRow { number: kept.row, cells: &cells, beyond: false, nul: kept.nul };
            self.report.start_row(row.number);
            self.write_key(&cells);
            let is_sparse = kept.otherwise == ProblemKind::StrayRow;
            if id.as_ref().is_some_and(|id| self.shapes.fits(id)) {
                self.take(layout, &row, is_sparse)?;
            } else if is_sparse {
                let message = "its id is unlike the others and hardly anything else stands beside it, so it is taken for a note: row left out. If it is a child, fill in the row";
                self.leave_out(layout, &row, kept.otherwise, message);
            } else {
                let message = "describes the columns, not a child: row left out. Delete it";
                self.leave_out(layout, &row, kept.otherwise, message);
            }
        }
        if self.rows.len() > loaded {
            self.rows.sort_by_key(|row| row.row);
        }
        Ok(())
    }
}
