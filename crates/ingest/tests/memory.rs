//! What a hostile file may take of memory: little more than the file itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use ingest::{Format, IngestError, InputFile, Limits, Silent, read};
use peak_alloc::PeakAlloc;
use std::fmt::Write as _;
use std::path::Path;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MIB: usize = 1024 * 1024;
const PLANS: &str = "Child Unique ID,Date of Birth,Child Protection Plan Start Date,Allocated Team,Allocated Worker";

/// Reads a file as list 7; what it came to, and how many bytes were held at most.
fn reading(path: &Path, limits: &Limits) -> (Result<ingest::Extract, IngestError>, usize) {
    let files = [InputFile { name: path.file_name().unwrap().to_string_lossy().into(), path: path.to_owned() }];
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let as_at = "2026-02-27".parse().unwrap();
    let read = read(&files, Format::AnnexA, as_at, &[], limits, &Silent);
    (read, MEMORY.peak_usage().saturating_sub(before))
}

/// One test, since all share one memory.
#[test]
fn hostile_files_take_little_more_than_themselves() {
    let default = Limits::default();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };

    let commas =
        write("list_7.csv", &format!("{PLANS}\n1,2015-01-01,2025-06-02,North 1,Amy{}\n", ",".repeat(12 * MIB)));
    let (read, peak) = reading(&commas, &default);
    assert_eq!(read.unwrap().lists[0].rows.len(), 1);
    assert!(peak < 40 * MIB, "12 MB of commas: {} MB", peak / MIB);

    let field = write("list_7.csv", &format!("{PLANS}\n1,2015-01-01,2025-06-02,{},Amy\n", "x".repeat(12 * MIB)));
    let (read, peak) = reading(&field, &default);
    assert_eq!(read.unwrap().lists[0].rows.len(), 1);
    assert!(peak < 40 * MIB, "a cell of 12 MB: {} MB", peak / MIB);

    let mut quoted = format!("{PLANS}\n1,2015-01-01,2025-06-02,\"North 1,Amy\n");
    for child in 0..200_000 {
        let _ = writeln!(quoted, "{child},2015-01-01,2025-06-02,North 1,Amy with a name of her own");
    }
    let (read, peak) = reading(&write("list_7.csv", &quoted), &default);
    assert!(matches!(read, Err(IngestError::OpenQuote { .. })), "{read:?}");
    assert!(peak < 40 * MIB, "a quotation mark that is never closed: {} MB", peak / MIB);

    // A workbook writes a text once, and every cell may show it.
    let path = folder.path().join("annex_a.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("List_7").unwrap();
    for (column, header) in (0..).zip(PLANS.split(',')) {
        sheet.write(0, column, header).unwrap();
    }
    let long = "x".repeat(32_000);
    for row in 1..=4_000 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 3, &long).unwrap();
        sheet.write(row, 4, &long).unwrap();
    }
    book.save(&path).unwrap();
    drop(book);
    let (read, peak) = reading(&path, &Limits { kept_text_bytes: 64 * MIB as u64, ..Limits::default() });
    assert!(matches!(read, Err(IngestError::TooMuchText { .. })), "{:?}", read.map(|read| read.lists.len()));
    assert!(peak < 160 * MIB, "one text in 8,000 cells: {} MB", peak / MIB);
}
