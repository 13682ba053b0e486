//! How long a council's extract takes to read: 100,000 rows over a workbook of eleven lists, and as CSV.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark stops where it fails")]

use criterion::{Criterion, criterion_group, criterion_main};
use domain::record::List;
use ingest::{InputFile, Limits, Silent, annex_a};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

/// Rows of each list, 100,000 in all.
const ROWS: [u32; 11] = [25_000, 5_000, 15_000, 15_000, 8_000, 15_000, 5_000, 6_000, 4_000, 1_000, 1_000];

/// What a cell of a made-up extract holds.
enum Cell {
    Number(f64),
    Date(f64),
    Text(String),
}

fn cell(list: List, header: &str, choices: &[String], row: u32) -> Cell {
    let child = 100_000 + row * 7 % 40_000;
    if header == "Child Unique ID" || header.ends_with("identifier") {
        Cell::Number(f64::from(child))
    } else if !choices.is_empty() {
        Cell::Text(choices[row as usize % choices.len()].clone())
    } else if header.to_lowercase().contains("date") {
        Cell::Date(f64::from(44_500 + (row * 13 + u32::from(list.number()) * 31) % 700))
    } else if header.starts_with("No") || header.starts_with("Num") || header.starts_with("Age") {
        Cell::Number(f64::from(row % 4))
    } else {
        Cell::Text(format!("{} {}", header.split(' ').next_back().unwrap_or(header), row % 60))
    }
}

fn workbook(path: &Path) {
    let mut book = Workbook::new();
    let format = Format::new().set_num_format("dd/mm/yyyy");
    for (list, rows) in List::ALL.into_iter().zip(ROWS) {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("List_{}", list.number())).unwrap();
        for (column, header) in (0u16..).zip(annex_a::official_headers(list)) {
            sheet.write(0, column, header).unwrap();
            let choices = annex_a::choices(list, header);
            for row in 1..=rows {
                match cell(list, header, &choices, row) {
                    Cell::Number(number) => sheet.write(row, column, number).unwrap(),
                    Cell::Date(serial) => sheet
                        .write_with_format(row, column, ExcelDateTime::from_serial_datetime(serial).unwrap(), &format)
                        .unwrap(),
                    Cell::Text(text) => sheet.write(row, column, text).unwrap(),
                };
            }
        }
    }
    book.save(path).unwrap();
}

fn csv(path: &Path, list: List, rows: u32) {
    let headers = annex_a::official_headers(list);
    let choices: Vec<_> = headers.iter().map(|header| annex_a::choices(list, header)).collect();
    let mut text = String::new();
    for header in &headers {
        write!(text, "\"{header}\",").unwrap();
    }
    text.push('\n');
    for row in 1..=rows {
        for (header, choices) in headers.iter().zip(&choices) {
            match cell(list, header, choices, row) {
                Cell::Number(number) => write!(text, "{number},").unwrap(),
                Cell::Date(_) => write!(text, "{:02}/{:02}/2023,", row % 28 + 1, row % 12 + 1).unwrap(),
                Cell::Text(value) => write!(text, "\"{value}\",").unwrap(),
            }
        }
        text.push('\n');
    }
    std::fs::write(path, text).unwrap();
}

fn benches(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let as_at = chrono::NaiveDate::from_ymd_opt(2024, 1, 31).unwrap();
    let limits = Limits::default();
    let mut group = criterion.benchmark_group("ingest");
    group.sample_size(10);

    let path = folder.path().join("annex_a.xlsx");
    workbook(&path);
    let files = [InputFile { name: "annex_a.xlsx".into(), path }];
    group.bench_function("workbook of 100,000 rows", |bencher| {
        bencher.iter(|| black_box(ingest::read(&files, ingest::Format::Auto, as_at, &[], &limits, &Silent).unwrap()));
    });

    let files: Vec<_> = List::ALL
        .into_iter()
        .zip(ROWS)
        .map(|(list, rows)| {
            let name = format!("list_{}.csv", list.number());
            let path = folder.path().join(&name);
            csv(&path, list, rows);
            InputFile { name, path }
        })
        .collect();
    group.bench_function("CSV files of 100,000 rows", |bencher| {
        bencher.iter(|| black_box(ingest::read(&files, ingest::Format::Auto, as_at, &[], &limits, &Silent).unwrap()));
    });
    group.finish();
}

criterion_group!(ingest_benches, benches);
criterion_main!(ingest_benches);
