//! Extracts into files: workbooks in the official layout, or a CSV file for each list.

use super::calendar::{Day, date_of, day_of, serial_of};
use super::county::COUNTY;
use super::lists::{Cell, LAYOUTS, Layout, Row, View};
use super::options::{DemoError, DemoFormat, DemoOptions, DemoWeek};
use super::own_tables::write_own_tables;
use super::world::World;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// Writes every extract's folder and answers what was written, earliest first. `progress` is told after each extract
/// how many are done, and of how many.
///
/// # Errors
/// When the options make no authority, or a folder or file cannot be written.
pub fn write(options: &DemoOptions, progress: &dyn Fn(usize, usize)) -> Result<Vec<DemoWeek>, DemoError> {
    let dates = options.as_at_dates();
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return Err(DemoError::Options("a demo authority needs at least one extract: --weeks 1"));
    };
    if !(1..=140_000).contains(&options.children) || options.weeks > 520 || options.months > 120 {
        return Err(DemoError::Options(
            "a demo authority has 1 to 140,000 children, and at most 120 months and 520 weeks",
        ));
    }
    let world = World::new(options.children, options.seed, day_of(*first), day_of(*last));
    let total = dates.len();
    let (done, weeks_done) = mpsc::channel();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            dates
                .into_par_iter()
                .map_with(done, |done, as_at| {
                    let week = write_week(options, &View::new(&world, day_of(as_at)));
                    // The receiver outlives every sender; a lost tick would only be a lost tick.
                    let _ = done.send(());
                    week
                })
                .collect()
        });
        for (count, ()) in (1..).zip(weeks_done) {
            progress(count, total);
        }
        writing.join().unwrap_or(Err(DemoError::Options("a week could not be written: its thread came to an end")))
    })
}

fn write_week(options: &DemoOptions, view: &View) -> Result<DemoWeek, DemoError> {
    let as_at = date_of(view.as_at);
    let folder = options.out.join(as_at.to_string());
    fs::create_dir_all(&folder).map_err(|source| DemoError::File { path: folder.clone(), source })?;
    let mut files = write_own_tables(&folder, view)?;
    match options.format {
        DemoFormat::Xlsx => files.push(write_workbook(&folder, view)?),
        DemoFormat::Csv => {
            for (number, layout) in (1..).zip(&LAYOUTS) {
                files.push(write_csv(&folder, number, layout, view)?);
            }
        }
    }
    Ok(DemoWeek { as_at, files, unrecorded: view.unrecorded().collect() })
}

pub(super) fn csv_writer(path: &Path) -> Result<csv::Writer<fs::File>, DemoError> {
    csv::Writer::from_path(path).map_err(|error| csv_error(path, error))
}

pub(super) fn csv_error(path: &Path, error: csv::Error) -> DemoError {
    DemoError::File { path: path.to_owned(), source: error.into() }
}

fn write_csv(folder: &Path, number: usize, layout: &Layout, view: &View) -> Result<PathBuf, DemoError> {
    let path = folder.join(format!("list_{number}.csv"));
    let mut writer = csv_writer(&path)?;
    let mut write = || {
        writer.write_record(layout.headers)?;
        view.rows(number, &mut |row| writer.write_record(row.iter().map(text_of)))?;
        Ok(writer.flush()?)
    };
    write().map_err(|error| csv_error(&path, error))?;
    Ok(path)
}

/// A cell as the official guidance writes it in text.
pub(super) fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Date(day) => date_of(*day).format("%d/%m/%Y").to_string(),
        Cell::Count(count) => count.to_string(),
    }
}

fn write_workbook(folder: &Path, view: &View) -> Result<PathBuf, DemoError> {
    let path = folder.join("annex_a.xlsx");
    save_workbook(&path, view).map_err(|source| DemoError::Workbook { path: path.clone(), source })?;
    Ok(path)
}

fn save_workbook(path: &Path, view: &View) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed time of making, so that the same options give the same file.
    let made = ExcelDateTime::parse_from_str(&date_of(view.as_at).to_string())?;
    let marked = DocProperties::new().set_title("DEMONSTRATION DATA - fictional").set_creation_datetime(&made);
    workbook.set_properties(&marked);
    front_sheet(workbook.add_worksheet(), view.as_at)?;
    let sheets =
        LAYOUTS.iter().map(|_| workbook.new_worksheet_with_constant_memory()).collect::<Result<Vec<_>, _>>()?;
    let filled: Vec<Worksheet> = sheets
        .into_par_iter()
        .enumerate()
        .map(|(index, sheet)| fill(sheet, index + 1, &LAYOUTS[index], view))
        .collect::<Result<_, _>>()?;
    for sheet in filled {
        workbook.push_worksheet(sheet);
    }
    workbook.save(path)
}

fn front_sheet(sheet: &mut Worksheet, as_at: Day) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("Front_Sheet")?.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, "Annex A - Child level data", &bold)?;
    sheet.write_string(1, 0, "Lists 1 - 11")?;
    sheet.write_string_with_format(3, 0, "DEMONSTRATION DATA - fictional", &bold)?;
    let county = format!("{COUNTY} is on no map. Every child, worker and team in this workbook is invented.");
    sheet.write_string(4, 0, county)?;
    sheet.write_string(5, 0, format!("As at {}", date_of(as_at).format("%d/%m/%Y")))?;
    Ok(())
}

fn fill(mut sheet: Worksheet, number: usize, layout: &Layout, view: &View) -> Result<Worksheet, XlsxError> {
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.set_name(format!("List_{number}"))?;
    sheet.write_string_with_format(0, 0, layout.title, &bold)?;
    for (column, header) in (0u16..).zip(layout.headers) {
        sheet.set_column_width(column, 16)?;
        sheet.write_string_with_format(1, column, *header, &bold)?;
    }
    let mut line = 2;
    view.rows(number, &mut |row| {
        write_row(&mut sheet, line, row, &date)?;
        line += 1;
        Ok::<(), XlsxError>(())
    })?;
    Ok(sheet)
}

fn write_row(sheet: &mut Worksheet, line: u32, row: Row, date: &Format) -> Result<(), XlsxError> {
    for (column, cell) in (0u16..).zip(row) {
        match cell {
            Cell::Blank => continue,
            Cell::Text(text) => sheet.write_string(line, column, text)?,
            Cell::Date(day) => sheet.write_number_with_format(line, column, serial_of(day), date)?,
            Cell::Count(count) => sheet.write_number(line, column, count as f64)?,
        };
    }
    Ok(())
}
