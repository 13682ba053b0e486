//! Files that nobody honest sends. Each must be refused or read, fast, in little memory, and never end the process.

use crate::support::*;
use ingest::{Format, Limits};
use proptest::prelude::*;
use rstest::rstest;
use std::time::{Duration, Instant};

const CELL: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>";

fn replaced(name: &str, content: Vec<u8>) -> Vec<u8> {
    let mut parts = raw_parts(">", CELL);
    parts.retain(|(other, _)| *other != name);
    let mut all: Vec<(&str, Vec<u8>)> = parts;
    all.push((name, content));
    archive(&all)
}

#[test]
fn two_cells_in_opposite_corners_take_no_room() {
    let sheet = format!("{CELL}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    let started = Instant::now();
    let refused = refusal("a.xlsx", &archive(&raw_parts(">", &sheet)));
    assert!(refused.contains("no header row"), "{refused}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn cells_far_to_the_right_are_reported_and_cells_far_below_refused() {
    let headers = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Child Unique ID</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Gender</t></is></c>\
                   <c r=\"C1\" t=\"inlineStr\"><is><t>Date of Contact</t></is></c></row>";
    let right = format!(
        "{headers}<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>"
    );
    let (list, problems) = list("a.xlsx", &archive(&raw_parts(">", &right)));
    assert_eq!((list.loaded, list.duplicate), (2, 0), "rows with cells that are not read are never duplicates");
    assert!(problems.iter().any(|problem| problem.message.contains("far to the right")));
    let below = format!("{headers}<row r=\"4000000\"><c r=\"A4000000\"><v>1</v></c></row>");
    assert!(refusal("a.xlsx", &archive(&raw_parts(">", &below))).contains("row 4000000"));
}

#[test]
fn a_table_of_texts_that_inflates_a_thousandfold_is_refused() {
    let mut bomb = b"<sst><si><t>".to_vec();
    bomb.resize(60_000_000, b'A');
    let bytes = replaced("xl/sharedStrings.xml", bomb);
    assert!(bytes.len() < 200_000);
    let started = Instant::now();
    assert!(refusal("a.xlsx", &bytes).contains("100 times its size"));
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn the_real_bytes_count_whatever_the_headers_say() {
    let mut bomb = b"<sst><si><t>".to_vec();
    bomb.resize(40_000_000, b'A');
    let mut bytes = replaced("xl/sharedStrings.xml", bomb);
    let honest = 40_000_000u32.to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == honest {
            bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
        }
    }
    refusal("a.xlsx", &bytes);
}

#[test]
fn many_parts_and_many_bytes_are_refused() {
    let small = Limits { parts: 20, inflated_bytes: 100_000, file_bytes: 1_000_000, ..Limits::default() };
    let read = |bytes: &[u8]| read_with(&[("a.xlsx", bytes)], Format::Auto, &small).unwrap_err().to_string();
    let names: Vec<String> = (0..40).map(|number| format!("xl/media/{number}.bin")).collect();
    let mut parts: Vec<(&str, Vec<u8>)> = raw_parts(">", CELL);
    parts.extend(names.iter().map(|name| (name.as_str(), Vec::new())));
    assert!(read(&archive(&parts)).contains("more than 20 parts"));
    let noise: Vec<u8> = (0..200_000u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(read(&replaced("xl/media/1.bin", noise)).contains("more than 100000 bytes"));
    assert!(read(&vec![b'x'; 1_000_001]).contains("more than the 1000000 allowed"));
}

#[rstest]
#[case::document_type("xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a \"b\">]><workbook/>".as_slice(), "document type")]
#[case::announced("xl/sharedStrings.xml", b"<sst uniqueCount=\"99999999999999\"/>", "announces more texts")]
#[case::announced_with_spaces("xl/sharedStrings.xml", b"<sst uniqueCount   =   '9999999999'/>", "announces more texts")]
#[case::wide("xl/sharedStrings.xml", b"\xFF\xFE<\0s\0s\0t\0", "UTF-8")]
#[case::declared_wide("xl/sharedStrings.xml", b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><sst/>", "UTF-8")]
fn markup_that_no_spreadsheet_writes_is_refused(#[case] part: &str, #[case] content: &[u8], #[case] expected: &str) {
    let refused = refusal("a.xlsx", &replaced(part, content.to_vec()));
    assert!(refused.contains(expected), "{refused}");
}

#[test]
fn an_announcement_hidden_behind_white_space_is_refused() {
    let hidden = format!("<sst uniqueCount{}=\"99999999999\"/>", " ".repeat(100_000));
    refusal("a.xlsx", &replaced("xl/sharedStrings.xml", hidden.into_bytes()));
}

#[test]
fn an_announcement_across_two_blocks_is_seen() {
    for padding in 65_600..65_660 {
        let part = format!("<!--{}--><sst uniqueCount=\"99999999999\"/>", "x".repeat(padding));
        assert!(
            refusal("a.xlsx", &replaced("xl/sharedStrings.xml", part.into_bytes())).contains("announces"),
            "{padding}"
        );
    }
}

#[test]
fn macros_other_archives_and_odd_names_are_no_danger() {
    let inner = archive(&[("x", vec![b'A'; 1000])]);
    let mut parts = raw_parts(">", CELL);
    parts.extend([
        ("xl/vbaProject.bin", b"macro".to_vec()),
        ("xl/embeddings/inner.zip", inner),
        ("../../evil.xml", b"<x/>".to_vec()),
    ]);
    assert!(refusal("a.xlsm", &archive(&parts)).contains("no header row"));
}

#[rstest]
#[case(&[("word/document.xml", b"<x/>".as_slice())], "a Word document")]
#[case(&[("xl/workbook.bin", b"x".as_slice())], "binary workbook")]
#[case(&[("mimetype", b"x".as_slice()), ("content.xml", b"<x/>")], "OpenDocument")]
#[case(&[("readme.txt", b"x".as_slice())], "no workbook")]
fn other_archives_are_refused_by_what_they_are(#[case] parts: &[(&str, &[u8])], #[case] expected: &str) {
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.to_vec())).collect();
    assert!(refusal("a.xlsx", &archive(&parts)).contains(expected));
}

fn container(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut container = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        container.create_stream(name).unwrap().write_all(content).unwrap();
    }
    container.flush().unwrap();
    container.into_inner().into_inner()
}

fn record(typ: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = typ.to_le_bytes().to_vec();
    bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn an_encrypted_workbook_is_refused_with_what_to_do() {
    let bytes = container(&[("/EncryptedPackage", vec![1; 5000]), ("/EncryptionInfo", vec![2; 100])]);
    assert!(refusal("a.xlsx", &bytes).contains("password"));
    let old = [record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]), record(0x002F, &[1, 0, 0, 0])].concat();
    assert!(refusal("a.xls", &container(&[("/Workbook", old)])).contains("password"));
    assert!(refusal("a.doc", &container(&[("/WordDocument", vec![1; 5000])])).contains("no workbook"));
}

#[test]
fn an_old_workbook_with_cells_in_opposite_corners_is_refused() {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let at = u32::try_from(begin.len() + 4 + 4 + 2 + 8 + end.len()).unwrap();
    let sheet_name = [&at.to_le_bytes()[..], &[0, 0], &[6, 0], b"List_1"].concat();
    let bound = record(0x0085, &sheet_name);
    let number =
        |row: u16, column: u16| record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat());
    let sheet =
        [begin.clone(), record(0x0200, &[0xFF; 14]), number(0, 0), number(65_535, 65_535), end.clone()].concat();
    let stream = [begin, bound, end, sheet].concat();
    let refused = refusal("a.xls", &container(&[("/Workbook", stream)]));
    assert!(refused.contains("span more cells"), "{refused}");
}

#[test]
fn a_damaged_workbook_is_refused_at_every_byte() {
    let whole = include_bytes!("../fixtures/old_workbook.xls");
    for at in (0..whole.len()).step_by(37) {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 0xFF;
        if let Ok(extract) = read("old.xls", &bytes) {
            assert_adds_up(&extract);
        }
        if let Ok(extract) = read("old.xls", &whole[..at]) {
            assert_adds_up(&extract);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "(list_[0-9]{1,2}|a|organisation)\\.(csv|xlsx|xls)") {
        if let Ok(extract) = read(&name, &bytes) {
            assert_adds_up(&extract);
        }
    }

    #[test]
    fn any_rows_under_headers_add_up(rows in prop::collection::vec("[0-9a-z ,;\"/-]{0,30}", 0..30)) {
        let csv = format!("Child Unique ID,Gender,Date of Contact,Contact Source\n{}\n", rows.join("\n"));
        match read("list_1.csv", csv.as_bytes()) {
            Ok(extract) => assert_adds_up(&extract),
            Err(refused) => prop_assert!(refused.to_string().contains("never closed"), "{}", refused),
        }
    }

    #[test]
    fn any_sparse_rows_notes_and_totals_add_up_in_the_order_of_the_sheet(
        rows in prop::collection::vec(
            "410[0-9]{3}(,{6}|,a,WBRI,01/02/2015,8,05/01/2024,6|,,,,,05/01/2024,)|(Total|End of report)(,{6}|,7,7,7,7,7,7)|(note [a-z]{2}|12)(,{6}|,,,,,05/01/2024,)|", 0..40)) {
        let header = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source";
        let extract = read("list_1.csv", format!("{header}\n{}\n", rows.join("\n")).as_bytes()).unwrap();
        assert_adds_up(&extract);
        let list = &extract.lists[0];
        prop_assert!(list.rows.windows(2).all(|pair| pair[0].row < pair[1].row));
        prop_assert!(list.rows.iter().all(|row| !row.child_id.contains(char::is_alphabetic)));
        let children = rows.iter().filter(|row| row.starts_with("410")).count() as u64;
        prop_assert!(list.loaded + list.duplicate >= children, "no child is left out");
        for column in &list.columns {
            prop_assert!(column.unreadable <= column.filled && column.rows == list.loaded);
        }
    }

    #[test]
    fn any_sheet_is_read_or_refused(pieces in prop::collection::vec(
        "<(row|c|v|is|t|/row|/c|/v|f)( r=\"[A-Z]{0,4}[0-9]{0,8}\")?( t=\"[sbned]\")?>|[0-9a-z]{1,3}|&[a-z]{1,3};", 0..30)) {
        let sheet = pieces.concat();
        let headers = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Child Unique ID</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Gender</t></is></c>\
                       <c r=\"C1\" t=\"inlineStr\"><is><t>Date of Contact</t></is></c></row>";
        if let Ok(extract) = read("a.xlsx", &archive(&raw_parts(">", &format!("{headers}{sheet}")))) {
            assert_adds_up(&extract);
        }
    }

    #[test]
    fn any_damage_to_a_workbook_is_survived(at in 0usize..4000, byte in any::<u8>()) {
        static BOOK: std::sync::LazyLock<Vec<u8>> =
            std::sync::LazyLock::new(|| workbook(&[("List_1", texts(&["Child Unique ID|Gender|Date of Contact", "1|a|05/01/2024"]))]));
        let mut bytes = BOOK.clone();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(extract) = read("a.xlsx", &bytes) {
            assert_adds_up(&extract);
        }
    }
}
