//! Old Excel workbooks (`.xls`, BIFF5 and BIFF8).
//!
//! The reading library trusts such files: it makes room for as many cells as they claim and follows their
//! chains of sectors wherever they lead. So the workbook's stream is taken out by a library that checks the
//! container, its records are vetted here, and only then is it handed over, in a new container.

use super::cells::Value;
use super::xlsx::error_text;
use super::{IngestError, Limits, RowSink, SheetRow, dates};
use calamine::{Data, Reader, SheetVisible, Xls};
use std::io::{Cursor, Read, Write};

pub(super) type Book = Xls<Cursor<Vec<u8>>>;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const DEFINED_NAME: u16 = 0x0018;
const EXTERN_SHEET: u16 = 0x0017;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const MULTIPLE_NUMBERS: u16 = 0x00BD;
const CONTINUE: u16 = 0x003C;
/// LABEL, RSTRING, BOOLERR, RK, LABELSST: row and column come first.
const CELLS: [u16; 5] = [0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];
/// A record type that means nothing: how a record is taken out.
const IGNORED: u16 = 0xFFFE;
/// An honest file of the largest size allowed has fewer continuations than this.
const MOST_CONTINUATIONS: usize = 20_000;

/// Opens a workbook.
///
/// # Errors
/// When it is encrypted, damaged, no workbook, or claims more cells than allowed.
pub(super) fn open(bytes: &[u8], file: &str, limits: &Limits) -> Result<Book, IngestError> {
    let damaged =
        || IngestError::Damaged { file: file.to_owned(), detail: "it is not written as a workbook".to_owned() };
    if bytes.len() as u64 > limits.xls_bytes {
        return Err(IngestError::TooLarge {
            file: file.to_owned(),
            bytes: bytes.len() as u64,
            limit: limits.xls_bytes,
        });
    }
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    if container.is_stream("/EncryptedPackage") {
        return Err(IngestError::Encrypted { file: file.to_owned() });
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name)) else {
        return Err(IngestError::WrongKind { file: file.to_owned(), what: "an Office file that is no workbook" });
    };
    let mut stream = Vec::new();
    let part = container.open_stream(name).map_err(|_| damaged())?;
    part.take(limits.xls_bytes).read_to_end(&mut stream).map_err(|_| damaged())?;

    vet(&mut stream, limits).map_err(|found| match found {
        Found::Encrypted => IngestError::Encrypted { file: file.to_owned() },
        Found::Damaged => damaged(),
        Found::Hostile(detail) => IngestError::Hostile { file: file.to_owned(), detail: detail.to_owned() },
    })?;
    let wrapped = wrap(&stream).map_err(|_| damaged())?;
    drop(stream);
    Xls::new(Cursor::new(wrapped)).map_err(|error| match error {
        calamine::XlsError::Password => IngestError::Encrypted { file: file.to_owned() },
        _ => damaged(),
    })
}

/// The names of the sheets that are hidden.
pub(super) fn hidden_sheets(book: &Book) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible != SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

fn wrap(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    container.create_stream("/Workbook")?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

enum Found {
    Encrypted,
    Damaged,
    Hostile(&'static str),
}

/// One record: where its data lies and of what type it is.
struct Record {
    typ: u16,
    at: usize,
    len: usize,
}

fn u16_at(stream: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(stream.get(at..at + 2)?.try_into().ok()?))
}

fn record(stream: &[u8], at: usize) -> Option<Record> {
    let (typ, len) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
    (at + 4 + len <= stream.len()).then_some(Record { typ, at: at + 4, len })
}

fn retype(stream: &mut [u8], record: &Record, typ: u16) {
    if let Some(place) = stream.get_mut(record.at - 4..record.at - 2) {
        place.copy_from_slice(&typ.to_le_bytes());
    }
}

/// Checks what the reading library would trust, and takes out what is not needed.
fn vet(stream: &mut [u8], limits: &Limits) -> Result<(), Found> {
    let mut sheets = Vec::new();
    let mut continuations = 0;
    let mut at = 0;
    while let Some(next) = record(stream, at) {
        at = next.at + next.len;
        match next.typ {
            FILE_PASS if u16_at(stream, next.at) != Some(0) => return Err(Found::Encrypted),
            BOUND_SHEET => {
                let place =
                    stream.get(next.at..next.at + 4).and_then(|place| place.try_into().ok()).map(u32::from_le_bytes);
                sheets.push(
                    place
                        .and_then(|place| usize::try_from(place).ok())
                        .filter(|place| *place < stream.len())
                        .ok_or(Found::Damaged)?,
                );
            }
            DEFINED_NAME | EXTERN_SHEET => retype(stream, &next, IGNORED),
            CONTINUE => continuations += 1,
            EOF => break,
            _ => {}
        }
        if continuations > MOST_CONTINUATIONS || sheets.len() > limits.parts {
            return Err(Found::Hostile("it has more parts than a workbook has"));
        }
    }
    let mut cells = 0u64;
    for sheet in sheets {
        cells = cells.saturating_add(vet_sheet(stream, sheet));
        if cells > limits.xls_cells {
            return Err(Found::Hostile("its sheets span more cells than can be read"));
        }
    }
    Ok(())
}

/// How many cells the sheet's box of used cells spans.
fn vet_sheet(stream: &mut [u8], sheet: usize) -> u64 {
    let (mut rows, mut columns) = ((u16::MAX, 0), (u16::MAX, 0));
    let mut depth = 0;
    let mut at = sheet;
    while let Some(next) = record(stream, at) {
        at = next.at + next.len;
        let row = u16_at(stream, next.at);
        let column = u16_at(stream, next.at + 2);
        let last = match next.typ {
            BOF => {
                depth += 1;
                continue;
            }
            EOF if depth > 1 => {
                depth -= 1;
                continue;
            }
            EOF => break,
            DIMENSIONS => {
                if let Some(data) = stream.get_mut(next.at..at) {
                    data.fill(0);
                }
                continue;
            }
            MULTIPLE_NUMBERS => u16_at(stream, at.saturating_sub(2)),
            FORMULA => {
                // A formula's number is kept as a number, without the formula: the two begin alike.
                if next.len >= 20 && u16_at(stream, next.at + 12) != Some(u16::MAX) {
                    retype(stream, &next, NUMBER);
                } else if let Some(length) = stream.get_mut(next.at + 20..at).and_then(|rest| rest.get_mut(..2)) {
                    length.fill(0);
                }
                column
            }
            NUMBER => column,
            typ if CELLS.contains(&typ) => column,
            _ => continue,
        };
        if let (Some(row), Some(column), Some(last)) = (row, column, last) {
            rows = (rows.0.min(row), rows.1.max(row));
            columns = (columns.0.min(column), columns.1.max(column).max(last));
        }
    }
    let span = |(first, last): (u16, u16)| u64::from(last.saturating_sub(first)) + 1;
    span(rows) * span(columns)
}

/// Gives every row of a sheet to `sink`, top to bottom.
///
/// # Errors
/// When the sheet is missing, or the sink refuses a row.
pub(super) fn read_sheet(
    book: &mut Book,
    file: &str,
    sheet: &str,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<(), IngestError> {
    let range = book.worksheet_range(sheet).map_err(|_| IngestError::Damaged {
        file: file.to_owned(),
        detail: format!("sheet \"{sheet}\" cannot be opened"),
    })?;
    let is_1904 = book.has_1904_epoch();
    let Some((first_row, first_column)) = range.start() else { return Ok(()) };
    let skipped = usize::try_from(first_column).unwrap_or(usize::MAX).min(limits.columns);
    for (number, cells) in (first_row + 1..).zip(range.rows()) {
        let mut values = vec![Value::Empty; skipped];
        values.extend(cells.iter().map(|cell| value(cell, is_1904)));
        let beyond = values.iter().skip(limits.columns).any(|value| !value.cleaned().is_empty());
        values.truncate(limits.columns);
        sink.row(&SheetRow { number, cells: &values, beyond, nul: false })?;
    }
    Ok(())
}

fn value(data: &Data, is_1904: bool) -> Value<'_> {
    match data {
        Data::Empty => Value::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(text),
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets hold no larger whole numbers")]
        Data::Int(number) => Value::Number(*number as f64, is_1904),
        Data::Float(number) => Value::Number(*number, is_1904),
        Data::DateTime(date) if date.is_datetime() => Value::Date(dates::serial_1900(date.as_f64(), is_1904)),
        Data::DateTime(duration) => Value::Number(duration.as_f64(), is_1904),
        Data::Bool(value) => Value::Bool(*value),
        Data::Error(error) => Value::Error(error_text(error)),
    }
}
