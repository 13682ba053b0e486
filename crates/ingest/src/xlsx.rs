//! Excel workbooks (`.xlsx`, `.xlsm`), streamed cell by cell. Macros and formulas are never run: a formula's
//! cell has the value the workbook was saved with.

use super::cells::Value;
use super::{IngestError, Limits, RowSink, SheetRow, dates};
use calamine::{CellErrorType, DataRef, Reader, Xlsx};
use std::io::Cursor;

pub(super) type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Opens a workbook that has been checked.
///
/// # Errors
/// When it is not written as a workbook.
pub(super) fn open<'a>(bytes: &'a [u8], file: &str) -> Result<Book<'a>, IngestError> {
    Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => IngestError::Encrypted { file: file.to_owned() },
        _ => IngestError::Damaged { file: file.to_owned(), detail: "it is not written as a workbook".to_owned() },
    })
}

/// Gives every row of a sheet to `sink`, top to bottom.
///
/// # Errors
/// When the sheet is damaged or too long, or the sink refuses a row.
pub(super) fn read_sheet(
    book: &mut Book<'_>,
    file: &str,
    sheet: &str,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<(), IngestError> {
    let damaged =
        |what: &str| IngestError::Damaged { file: file.to_owned(), detail: format!("sheet \"{sheet}\" {what}") };
    let is_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| damaged("cannot be opened"))?;
    let mut row = Row::default();
    let unreadable = |_| damaged("holds a cell that cannot be read");
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(unreadable)? {
        let is_empty = matches!(record.value, DataRef::Empty);
        if is_empty && record.formula.is_none() {
            continue;
        }
        let (number, column) = record.pos;
        if number >= limits.sheet_rows {
            let (row, limit) = (u64::from(number) + 1, u64::from(limits.sheet_rows));
            return Err(IngestError::TooManyRows { file: file.to_owned(), sheet: sheet.to_owned(), row, limit });
        }
        if row.number != Some(number) {
            if row.number.is_some_and(|before| before > number) {
                return Err(damaged("has its rows out of order"));
            }
            row.give(is_1904, sink)?;
            row.number = Some(number);
        }
        if usize::try_from(column).is_ok_and(|column| column < limits.columns) {
            // A formula whose value is an empty text is a blank; one without any value was never calculated.
            row.cells.push((column, Some(record.value).filter(|_| !is_empty)));
        } else {
            row.beyond |= value(&record.value, is_1904).cleaned().is_usable();
        }
    }
    row.give(is_1904, sink)
}

/// The cells of the row now being read.
#[derive(Default)]
struct Row<'a> {
    number: Option<u32>,
    /// By their columns; `None` where a formula has no value.
    cells: Vec<(u32, Option<DataRef<'a>>)>,
    beyond: bool,
}

impl Row<'_> {
    fn give(&mut self, is_1904: bool, sink: &mut dyn RowSink) -> Result<(), IngestError> {
        let Some(number) = self.number else { return Ok(()) };
        let width = self.cells.iter().map(|(column, _)| *column as usize + 1).max().unwrap_or(0);
        let mut values = vec![Value::Empty; width];
        for (column, cell) in &self.cells {
            values[*column as usize] = cell.as_ref().map_or(Value::Uncalculated, |cell| value(cell, is_1904));
        }
        sink.row(&SheetRow { number: number + 1, cells: &values, beyond: self.beyond, nul: false })?;
        self.cells.clear();
        self.beyond = false;
        Ok(())
    }
}

fn value<'v>(data: &'v DataRef<'_>, is_1904: bool) -> Value<'v> {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(text),
        DataRef::SharedString(text) => Value::Text(text),
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets hold no larger whole numbers")]
        DataRef::Int(number) => Value::Number(*number as f64, is_1904),
        DataRef::Float(number) => Value::Number(*number, is_1904),
        DataRef::DateTime(date) if date.is_datetime() => Value::Date(dates::serial_1900(date.as_f64(), is_1904)),
        DataRef::DateTime(duration) => Value::Number(duration.as_f64(), is_1904),
        DataRef::Bool(value) => Value::Bool(*value),
        DataRef::Error(error) => Value::Error(error_text(error)),
    }
}

/// A cell error as spreadsheets show it.
pub(super) fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
