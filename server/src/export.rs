//! Files to take away: CSV and XLSX, in which no value is ever a formula.

use std::borrow::Cow;

/// A table to take away.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Headings.
    pub head: Vec<&'static str>,
    /// Rows of cells, as many as headings.
    pub rows: Vec<Vec<Cell>>,
    /// Lines under the table: what it is, as at when, who took it.
    pub notes: Vec<String>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text from the data or from us; never a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A date.
    Date(chrono::NaiveDate),
}

impl Cell {
    /// Text, or a blank.
    #[must_use]
    pub fn text(value: Option<&str>) -> Self {
        value.map_or(Self::Blank, |value| Self::Text(value.to_owned()))
    }

    /// A date, or a blank.
    #[must_use]
    pub fn date(value: Option<chrono::NaiveDate>) -> Self {
        value.map_or(Self::Blank, Self::Date)
    }
}

/// A value that begins like a formula gets an apostrophe before it, which spreadsheets take for "this is text".
/// (OWASP: CSV injection. `=`, `+`, `-`, `@`, tab and line breaks begin a formula in one program or another.)
#[must_use]
pub fn inert(value: &str) -> Cow<'_, str> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// A file that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// By the CSV writer.
    #[error("the CSV file cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// By the workbook writer.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// By memory.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// The table as CSV in UTF-8 with a byte order mark, which Excel needs to read names rightly.
///
/// # Errors
/// When it cannot be written.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(b"\xef\xbb\xbf".to_vec());
    out.write_record(&sheet.head)?;
    for row in &sheet.rows {
        out.write_record(row.iter().map(|cell| match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => inert(text).into_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Decimal(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
        }))?;
    }
    out.write_record([""])?;
    for note in &sheet.notes {
        out.write_record([inert(note).as_ref()])?;
    }
    Ok(out.into_inner().map_err(|error| error.into_error())?)
}

/// The table as a workbook of one sheet. Texts are written as texts, so that nothing in them is a formula.
///
/// # Errors
/// When it cannot be written.
pub fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    let date_format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let page = workbook.add_worksheet();
    for (column, head) in (0..).zip(&sheet.head) {
        page.write_string_with_format(0, column, *head, &bold)?;
        page.set_column_width(column, 18)?;
    }
    page.set_freeze_panes(1, 0)?;
    let mut row_number = 1;
    for row in &sheet.rows {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    page.write_string(row_number, column, text)?;
                }
                Cell::Number(number) => {
                    #[expect(clippy::cast_precision_loss, reason = "a workbook holds numbers as f64")]
                    page.write_number(row_number, column, *number as f64)?;
                }
                Cell::Decimal(number) => {
                    page.write_number(row_number, column, *number)?;
                }
                Cell::Date(date) => {
                    let serial = (*date - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days();
                    #[expect(clippy::cast_precision_loss, reason = "a workbook holds dates as f64")]
                    page.write_number_with_format(row_number, column, serial as f64, &date_format)?;
                }
            }
        }
        row_number += 1;
    }
    for note in &sheet.notes {
        row_number += 1;
        page.write_string(row_number, 0, note)?;
    }
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_begins_like_a_formula_is_inert_in_csv() {
        let hostile = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\rx"];
        let sheet = Sheet {
            head: vec!["team"],
            rows: hostile.iter().map(|text| vec![Cell::Text((*text).to_owned())]).collect(),
            notes: Vec::new(),
        };
        let bytes = csv(&sheet).unwrap();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&bytes[3..]);
        for (record, text) in reader.records().zip(hostile) {
            assert_eq!(record.unwrap().get(0).unwrap(), format!("'{text}"));
        }
    }

    #[test]
    fn an_ordinary_value_is_left_alone() {
        assert_eq!(inert("North Team 1"), "North Team 1");
        assert_eq!(inert("00123"), "00123");
    }
}
