//! Files to take away: CSV and XLSX, in which no value is ever a formula.

pub use domain::formula::inert;

/// A table to take away.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What its rows are, as one word: the name of the workbook's first sheet and of the Excel table on it.
    pub name: &'static str,
    /// Headings, no two alike.
    pub head: Vec<&'static str>,
    /// Rows of cells, as many as headings.
    pub rows: Vec<Vec<Cell>>,
    /// What it is, as at when, by which standard, who took it: the workbook's second sheet. A CSV file has none.
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

/// The table as CSV in UTF-8 with a byte order mark, which Excel needs to read names rightly: the headings and the rows,
/// nothing else, so that a program can take it as it is.
///
/// # Errors
/// When it cannot be written.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let mut out = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
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
    Ok(out.into_inner().map_err(|error| error.into_error())?)
}

/// Widths of columns, in characters.
const DATA_WIDTH: u16 = 18;
const NOTES_WIDTH: u16 = 100;

/// The table as a workbook: the data alone on the first sheet as an Excel table, which Power Query finds by its name, and the
/// notes on a second. Texts are written as texts, so that nothing in them is a formula.
///
/// # Errors
/// When it cannot be written.
pub fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet.name)?;
    let date_format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let mut row_number = 0;
    for row in &sheet.rows {
        row_number += 1;
        for (column, cell) in (0..).zip(row) {
            write(page, (row_number, column), cell, &date_format)?;
        }
    }
    add_table(page, sheet, row_number)?;
    let notes = workbook.add_worksheet();
    notes.set_name("Notes")?;
    notes.set_column_width(0, NOTES_WIDTH)?;
    for (row_number, note) in (0..).zip(&sheet.notes) {
        notes.write_string(row_number, 0, note)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(
    page: &mut rust_xlsxwriter::Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    date_format: &rust_xlsxwriter::Format,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            page.write_string(row, column, text)?;
        }
        Cell::Number(number) => {
            #[expect(clippy::cast_precision_loss, reason = "a workbook holds numbers as f64")]
            page.write_number(row, column, *number as f64)?;
        }
        Cell::Decimal(number) => {
            page.write_number(row, column, *number)?;
        }
        Cell::Date(date) => {
            let serial = (*date - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days();
            #[expect(clippy::cast_precision_loss, reason = "a workbook holds dates as f64")]
            page.write_number_with_format(row, column, serial as f64, date_format)?;
        }
    }
    Ok(())
}

/// Makes the rows a table of the sheet's name, under its headings. Excel knows no table without a row: one without has a
/// blank one.
fn add_table(
    page: &mut rust_xlsxwriter::Worksheet,
    sheet: &Sheet,
    last_row: u32,
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let columns: Vec<_> = sheet.head.iter().map(|head| rust_xlsxwriter::TableColumn::new().set_header(*head)).collect();
    let Some(last_column) = columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok()) else {
        return Ok(());
    };
    let table = rust_xlsxwriter::Table::new().set_name(sheet.name).set_columns(&columns);
    page.add_table(0, 0, last_row.max(1), last_column, &table)?;
    for column in 0..=last_column {
        page.set_column_width(column, DATA_WIDTH)?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
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
            ..Sheet::default()
        };
        let bytes = csv(&sheet).unwrap();
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        for (record, text) in reader.records().zip(hostile) {
            assert_eq!(record.unwrap().get(0).unwrap(), format!("'{text}"));
        }
    }

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet { name: "Children", head: vec!["Child", "Due"], rows, notes: vec!["As at 3 March 2024".to_owned()] }
    }

    fn two() -> Sheet {
        let due = chrono::NaiveDate::from_ymd_opt(2024, 3, 3);
        sheet(vec![
            vec![Cell::Text("=1+1".to_owned()), Cell::date(due)],
            vec![Cell::Text("007".to_owned()), Cell::Blank],
        ])
    }

    /// A file of a workbook's archive.
    fn part(book: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    }

    #[test]
    fn a_csv_file_is_its_headings_and_rows_and_nothing_below() {
        assert_eq!(csv(&two()).unwrap(), b"\xef\xbb\xbfChild,Due\n'=1+1,2024-03-03\n007,\n");
        assert_eq!(csv(&sheet(Vec::new())).unwrap(), b"\xef\xbb\xbfChild,Due\n");
    }

    #[test]
    fn a_workbook_has_its_data_as_a_table_and_its_notes_on_another_sheet() {
        let book = xlsx(&two()).unwrap();
        let table = part(&book, "xl/tables/table1.xml");
        assert!(table.contains("displayName=\"Children\"") && table.contains("ref=\"A1:B3\""), "{table}");
        let (data, notes) = (part(&book, "xl/worksheets/sheet1.xml"), part(&book, "xl/worksheets/sheet2.xml"));
        assert!(data.contains("r=\"A3\"") && !data.contains("r=\"A4\"") && !data.contains("<f>"), "{data}");
        assert!(notes.contains("r=\"A1\""), "{notes}");
        let sheets = part(&book, "xl/workbook.xml");
        assert!(sheets.contains("name=\"Children\"") && sheets.contains("name=\"Notes\""), "{sheets}");
    }

    #[test]
    fn a_workbook_without_a_row_opens_all_the_same() {
        let table = part(&xlsx(&sheet(Vec::new())).unwrap(), "xl/tables/table1.xml");
        assert!(table.contains("ref=\"A1:B2\""), "{table}");
    }
}
