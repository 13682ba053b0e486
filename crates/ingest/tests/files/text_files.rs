//! CSV as councils' systems write it.

use crate::support::*;
use domain::record::{List, Record};
use ingest::{Format, Limits};
use rstest::rstest;

const HEADERS: &str = "Child Unique ID,Gender,Date of referral,Allocated Team,Allocated Worker";

fn workers(csv: &[u8]) -> Vec<Option<String>> {
    let (list, _) = list("list_3.csv", csv);
    let worker = |record: &Record| record.held().and_then(|held| held.worker.clone());
    list.rows.iter().map(|row| worker(&row.record)).collect()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = format!("{HEADERS}\n1,a,05/01/2024,North,Zoë O’Néill\n");
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(text.as_bytes());
    let windows = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    for bytes in [
        text.clone().into_bytes(),
        marked,
        windows,
        utf16(&text, true, true),
        utf16(&text, false, true),
        utf16(&text, true, false),
        utf16(&text, false, false),
    ] {
        assert_eq!(workers(&bytes), [Some("Zoë O’Néill".to_owned())]);
    }
}

#[rstest]
#[case(",", "")]
#[case(";", "")]
#[case("\t", "")]
#[case(";", "sep=;\n")]
#[case("|", "\"sep=|\"\r\n")]
fn separators(#[case] separator: &str, #[case] first: &str) {
    let csv = format!("{first}{HEADERS}\r\n1,a,05/01/2024,North,Ann\r\n").replace(',', separator);
    assert_eq!(workers(csv.as_bytes()), [Some("Ann".to_owned())]);
}

#[test]
fn semicolons_in_the_data_do_not_make_them_the_separator() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,Ann; Bo; Cy; Di; Ed; Flo; Gus\n");
    assert_eq!(workers(csv.as_bytes()).len(), 1);
}

#[test]
fn quotes_run_across_lines_and_rows_keep_the_numbers_a_spreadsheet_shows() {
    let csv = format!(
        "List 3: Referral\r\n{HEADERS}\r\n1,a,05/01/2024,North,\"Ann\r\nLee\"\r\n\r\n2,a,05/01/2024,\"North, \"\"first\"\"\",Bo\r\n"
    );
    let (list, _) = list("list_3.csv", csv.as_bytes());
    assert_eq!(list.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [3, 5]);
    let held = |at: usize| list.rows[at].record.held().unwrap();
    assert_eq!(held(0).worker.as_deref(), Some("Ann Lee"));
    assert_eq!(held(1).team.as_deref(), Some("North, \"first\""));
}

#[test]
fn a_quotation_mark_never_closed_refuses_the_file() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,\"Ann\n2,a,05/01/2024,North,Bo\n3,a,05/01/2024,North,Cy\n");
    let refused = refusal("list_3.csv", csv.as_bytes());
    assert!(refused.contains("never closed") && refused.contains("row 2"), "{refused}");
}

#[test]
fn a_quotation_mark_within_a_word_is_a_mark() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,Ann 5\" Lee\n2,a,05/01/2024,North,Bo\n");
    assert_eq!(workers(csv.as_bytes()).len(), 2);
}

#[test]
fn short_rows_are_blank_at_the_end_and_long_rows_a_problem() {
    let csv = format!("{HEADERS}\n1,a\n2,a,05/01/2024,North,Lee, Ann\n");
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    assert_eq!(list.loaded, 2);
    let long: Vec<_> =
        problems.iter().filter(|problem| problem.message.starts_with("more cells than headers")).collect();
    assert_eq!(long.len(), 1);
    assert_eq!(long[0].row, Some(3));
}

#[test]
fn nul_bytes_are_removed_and_reported() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,No\0rth,Ann\n");
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    assert_eq!(list.rows[0].record.held().unwrap().team.as_deref(), Some("North"));
    assert!(problems.iter().any(|problem| problem.message.contains("NUL")));
}

#[test]
fn a_field_of_a_megabyte_is_cut_and_reported() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,{}\n", "x".repeat(1_000_000));
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    assert_eq!(list.rows[0].record.held().unwrap().worker.as_ref().map(String::len), Some(32_767));
    let problem = on(&problems, "Allocated Worker")[0];
    assert!(problem.message.contains("cut") && problem.value.as_ref().unwrap().len() == 200);
}

#[test]
fn of_two_headers_alike_the_first_is_read() {
    let (list, problems) = list(
        "list_3.csv",
        b"Child Unique ID,Date of referral,Gender,Allocated Worker,Allocated Worker\n1,05/01/2024,a,Ann,Bo\n",
    );
    assert_eq!(list.rows[0].record.held().unwrap().worker.as_deref(), Some("Ann"));
    assert!(problems.iter().any(|problem| problem.message.starts_with("column given twice")));
}

#[test]
fn headers_repeated_among_the_data_are_no_row() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,Ann\n{HEADERS}\n2,a,05/01/2024,North,Bo\n");
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    assert_eq!((list.rows_in, list.loaded), (2, 2));
    assert!(problems.iter().any(|problem| problem.row == Some(3) && problem.message.starts_with("the headers again")));
}

#[test]
fn the_list_is_told_by_the_name_else_by_the_headers() {
    let csv = format!("{HEADERS}\n1,a,05/01/2024,North,Ann\n");
    assert_eq!(list("Referrals March.csv", csv.as_bytes()).0.list, List::Referrals);
    let full = "Child Unique ID,Gender,Date of referral,Referral Source,Referral NFA?,Number of Referrals in Last 12 Months\n1,a,05/01/2024,6,b,0\n";
    assert_eq!(list("extract.csv", full.as_bytes()).0.list, List::Referrals);
    assert!(refusal("extract.csv", b"a,b,c\n1,2,3\n").contains("cannot tell which list"));
}

#[test]
fn an_id_column_missing_refuses_the_file_by_the_columns_name() {
    let csv = b"Gender,Date of referral,Referral Source,Referral NFA?,Allocated Team\na,05/01/2024,6,b,North\n";
    assert!(refusal("list_3.csv", csv).contains("\"Child Unique ID\" is missing"));
}

#[test]
fn headers_of_another_list_are_refused() {
    let csv = b"Child Unique ID,Gender,Ethnicity,Legal,Placement Type,Placement Provider,Child's Legal Status\n1,a,WBRI,x,U4,PR1,C2\n";
    let refused = refusal("list_7.csv", csv);
    assert!(refused.contains("L7") && refused.contains("L8"), "{refused}");
}

#[test]
fn an_empty_list_with_headers_is_supplied_and_a_list_without_a_file_is_not() {
    let extract = extract("list_3.csv", format!("{HEADERS}\n").as_bytes());
    assert_eq!((extract.lists[0].rows_in, extract.supplied.lists.len()), (0, 1));
    assert_eq!(extract.supplied.lists[&3]["Allocated Team"], 0);
}

#[rstest]
#[case("list_3.xls", b"<html><table><tr><td>Child Unique ID</td></tr></table></html>".as_slice(), "web page")]
#[case("list_3.csv", b"%PDF-1.7", "PDF")]
#[case("list_3.csv", b"{\\rtf1}", "RTF")]
#[case("list_3.csv", b"hello", "no header row")]
fn other_files_are_refused_by_what_they_are(#[case] name: &str, #[case] content: &[u8], #[case] expected: &str) {
    let refused = refusal(name, content);
    assert!(refused.contains(expected), "{refused}");
}

#[test]
fn a_list_given_in_two_files_is_refused_unless_one_is_empty() {
    let full = format!("{HEADERS}\n1,a,05/01/2024,North,Ann\n");
    let empty = format!("{HEADERS}\n");
    let read = |second: &str| {
        read_with(
            &[("list_3.csv", empty.as_bytes()), ("referrals.csv", second.as_bytes())],
            Format::Auto,
            &Limits::default(),
        )
    };
    assert_eq!(read(&full).unwrap().lists[0].file, "referrals.csv");
    let both = read_with(
        &[("list_3.csv", full.as_bytes()), ("referrals.csv", full.as_bytes())],
        Format::Auto,
        &Limits::default(),
    );
    let refused = both.unwrap_err().to_string();
    assert!(refused.contains("list_3.csv") && refused.contains("referrals.csv"), "{refused}");
}

#[test]
fn the_safeguarding_dataset_is_refused_in_words() {
    let refused = read_with(&[("a.csv", b"")], Format::Ssd, &Limits::default()).unwrap_err();
    assert!(refused.to_string().contains("not yet supported"));
}
