//! Files made for one test, and short ways to read them.

use chrono::NaiveDate;
use ingest::{Extract, Format, IngestError, InputFile, Limits, Problem, ReadList, ReadTable, Silent};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};
use std::io::{Cursor, Write};

/// A cell of a workbook.
#[derive(Clone, Copy)]
pub enum Cell {
    /// Text.
    T(&'static str),
    /// A number.
    N(f64),
    /// A date cell, by its serial number.
    D(f64),
    /// TRUE or FALSE.
    B(bool),
    /// A formula with the value the workbook was saved with.
    F(&'static str),
}
pub use Cell::{B, D, F, N, T};

pub fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

pub fn as_at() -> NaiveDate {
    day(2024, 1, 31).unwrap()
}

/// A workbook of sheets and rows.
pub fn workbook(sheets: &[(&str, Vec<Vec<Cell>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = CellFormat::new().set_num_format("dd/mm/yyyy");
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    T(text) => sheet.write(row, column, *text).map(|_| ()),
                    N(number) => sheet.write(row, column, *number).map(|_| ()),
                    D(serial) => {
                        let serial = ExcelDateTime::from_serial_datetime(*serial).unwrap();
                        sheet.write_with_format(row, column, serial, &date).map(|_| ())
                    }
                    B(value) => sheet.write(row, column, *value).map(|_| ()),
                    F(result) => sheet.write(row, column, Formula::new("=A1").set_result(*result)).map(|_| ()),
                }
                .unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Rows of text, one string a row, cells apart by `|`.
pub fn texts(rows: &[&'static str]) -> Vec<Vec<Cell>> {
    rows.iter().map(|row| row.split('|').map(T).collect()).collect()
}

/// A zip archive of these parts.
pub fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a workbook with one sheet, `List_1`, as raw XML.
pub fn raw_parts(shared: &str, sheet: &str) -> Vec<(&'static str, Vec<u8>)> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    vec![
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_vec()),
        ("_rels/.rels", format!("{PACKAGE}<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").into_bytes()),
        ("xl/workbook.xml", format!("<workbook {MAIN} xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"List_1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>").into_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("{PACKAGE}<Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>").into_bytes()),
        ("xl/sharedStrings.xml", format!("<sst {MAIN}{shared}</sst>").into_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>").into_bytes()),
    ]
}

/// Reads files given by name and content.
pub fn read_with(files: &[(&str, &[u8])], format: Format, limits: &Limits) -> Result<Extract, IngestError> {
    let folder = tempfile::tempdir().unwrap();
    let inputs: Vec<InputFile> = files
        .iter()
        .enumerate()
        .map(|(number, (name, content))| {
            let path = folder.path().join(number.to_string());
            std::fs::write(&path, content).unwrap();
            InputFile { name: (*name).to_owned(), path }
        })
        .collect();
    ingest::read(&inputs, format, as_at(), &[], limits, &Silent)
}

pub fn read(name: &str, content: &[u8]) -> Result<Extract, IngestError> {
    read_with(&[(name, content)], Format::Auto, &Limits::default())
}

/// Reads a file that must be readable, and checks that every row of it is accounted for.
pub fn extract(name: &str, content: &[u8]) -> Extract {
    let extract = read(name, content).unwrap();
    assert_adds_up(&extract);
    extract
}

pub fn list(name: &str, content: &[u8]) -> (ReadList, Vec<Problem>) {
    let mut extract = extract(name, content);
    assert_eq!(extract.lists.len(), 1, "one list expected");
    (extract.lists.remove(0), extract.problems)
}

pub fn refusal(name: &str, content: &[u8]) -> String {
    read(name, content).expect_err("must be refused").to_string()
}

pub fn assert_adds_up(extract: &Extract) {
    for list in &extract.lists {
        assert_eq!(list.rows_in, list.loaded + list.rejected + list.duplicate, "{}", list.list.label());
        assert_eq!(list.loaded, list.rows.len() as u64);
    }
    extract.organisation.as_ref().inspect(|table| table_adds_up(table));
    extract.targets.as_ref().inspect(|table| table_adds_up(table));
    extract.workforce.as_ref().inspect(|table| table_adds_up(table));
    assert!(extract.problems_total >= extract.problems.len() as u64);
}

fn table_adds_up<Line>(table: &ReadTable<Line>) {
    assert_eq!(table.rows_in, table.loaded + table.rejected + table.duplicate, "{}", table.file);
    assert_eq!(table.loaded, table.lines.len() as u64);
}

/// The problems of one column.
pub fn on<'a>(problems: &'a [Problem], column: &str) -> Vec<&'a Problem> {
    problems
        .iter()
        .filter(|problem| problem.column.as_deref() == Some(column) && problem.row.is_some_and(|row| row > 1))
        .collect()
}
