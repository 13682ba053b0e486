//! Rows that are no child, and children of whom hardly anything was exported.

use crate::support::*;
use ingest::{Problem, ProblemKind, ReadList, Severity};
use rstest::rstest;
use rust_xlsxwriter::{Table, TableColumn, TableFunction, Workbook};

const HEADERS: &str =
    "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source";

fn read_contacts(rows: &str) -> (ReadList, Vec<Problem>) {
    list("list_1.csv", format!("{HEADERS}\n{rows}\n").as_bytes())
}

fn kind_of(problems: &[Problem], row: u32) -> ProblemKind {
    problems.iter().find(|problem| problem.row == Some(row)).map(|problem| problem.kind).unwrap()
}

const CHILDREN: &str = "410001,a,WBRI,01/02/2015,8,05/01/2024,6\n410002,b,WBRI,01/02/2016,7,06/01/2024,6\n";

#[rstest]
#[case("Total,,,,,,", ProblemKind::TotalRow)]
#[case("Total,2,2,2,15,2,2", ProblemKind::TotalRow)]
#[case("Grand Total,,,,,,2", ProblemKind::TotalRow)]
#[case("2 Count,,,,,,", ProblemKind::TotalRow)]
#[case("410002 Count,1,,,,,", ProblemKind::TotalRow)]
#[case("(14 rows affected),,,,,,", ProblemKind::TotalRow)]
#[case(",Total,,,,2,", ProblemKind::TotalRow)]
#[case("Completion time: 2026-10-30T06:00:01.1+00:00,,,,,,", ProblemKind::FooterRow)]
#[case("Report run 30/10/2026 06:00 by Mosaic,,,,,,", ProblemKind::FooterRow)]
#[case("End of report,,,,,,", ProblemKind::FooterRow)]
#[case(",,Run by A Nalyst,,,,", ProblemKind::FooterRow)]
#[case("Ask Ann about these,,,,,,", ProblemKind::StrayRow)]
#[case("Checked,Bo,,,,,", ProblemKind::StrayRow)]
#[case("2,,,,,,", ProblemKind::StrayRow)]
fn a_row_that_is_no_child_is_rejected_with_its_reason(#[case] row: &str, #[case] kind: ProblemKind) {
    let (list, problems) = read_contacts(&format!("{CHILDREN}{row}"));
    assert_eq!((list.rows_in, list.loaded, list.rejected), (3, 2, 1), "{problems:?}");
    let problem = problems.iter().find(|problem| problem.row == Some(4)).unwrap();
    assert_eq!((problem.kind, problem.severity), (kind, Severity::Error), "{problem:?}");
    assert!(problem.message.contains("row left out"), "{}", problem.message);
}

#[rstest]
#[case("1,2,3,4,5,6,7", ProblemKind::ColumnDescriptionRow)]
#[case("A,B,C,D,E,F,G", ProblemKind::ColumnDescriptionRow)]
#[case("The child's own id,a to d,Census code,DD/MM/YYYY,Years,DD/MM/YYYY,Code", ProblemKind::ColumnDescriptionRow)]
#[case("Text,Text,Text,Date,Number,Date,Text", ProblemKind::ColumnDescriptionRow)]
#[case("e.g. 123456,a) Male,WBRI,01/02/2015,8,05/01/2024,6", ProblemKind::ColumnDescriptionRow)]
fn a_row_that_numbers_or_describes_the_columns_is_rejected(#[case] row: &str, #[case] kind: ProblemKind) {
    let (list, problems) = read_contacts(&format!("{row}\n{CHILDREN}"));
    assert_eq!((list.rows_in, list.loaded, list.rejected), (3, 2, 1), "{problems:?}");
    assert_eq!(kind_of(&problems, 2), kind);
}

#[test]
fn a_child_with_an_id_like_the_others_and_little_else_is_loaded_and_named() {
    for (before, after) in [(CHILDREN, ""), ("", CHILDREN)] {
        let (list, problems) = read_contacts(&format!("{before}410003,,,,,07/01/2024,\n{after}"));
        assert_eq!((list.loaded, list.rejected), (3, 0), "{problems:?}");
        let named: Vec<_> = problems.iter().filter(|problem| problem.kind == ProblemKind::AlmostEmpty).collect();
        assert_eq!(named.len(), 1);
        assert_eq!((named[0].severity, named[0].child_id.as_deref()), (Severity::Warning, Some("410003")));
        let rows: Vec<_> = list.rows.iter().map(|row| row.row).collect();
        assert_eq!(rows, [2, 3, 4], "in the order of the sheet");
    }
}

#[test]
fn a_full_row_is_a_child_whatever_its_id_looks_like() {
    let (list, _) = read_contacts(&format!("{CHILDREN}TEMP UNBORN,a,WBRI,01/02/2015,8,05/01/2024,6"));
    assert_eq!((list.loaded, list.rejected), (3, 0));
}

#[test]
fn where_every_row_has_hardly_a_cell_the_rows_are_the_list() {
    let (list, problems) = read_contacts("1,,,,,05/01/2024,\n22,,,,,06/01/2024,\nEnd of list,,,,,,\nsee Ann,,,,,,");
    assert_eq!((list.loaded, list.rejected), (2, 2), "{problems:?}");
    let many: String = (0..3000).map(|id| format!("{id},,,,,05/01/2024,\n")).collect();
    assert_eq!(read_contacts(&many).0.loaded, 3000);
}

#[test]
fn no_records_found_is_an_empty_list() {
    let (list, problems) = read_contacts("No records found,,,,,,");
    assert_eq!((list.loaded, list.rejected), (0, 1));
    assert_eq!(kind_of(&problems, 2), ProblemKind::FooterRow);
}

fn table_with_totals() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("List_1").unwrap();
    let headers = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Date of Contact", "Contact Source"];
    for row in 1..=3u32 {
        sheet.write(row, 0, 410_000 + row).unwrap();
        for (column, text) in (1u16..).zip(["a", "WBRI", "01/02/2015", "05/01/2024", "6"]) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let mut columns: Vec<TableColumn> = headers.iter().map(|header| TableColumn::new().set_header(*header)).collect();
    columns[0] = TableColumn::new().set_header(headers[0]).set_total_function(TableFunction::Count);
    columns[1] = TableColumn::new().set_header(headers[1]).set_total_function(TableFunction::Count);
    let table = Table::new().set_columns(&columns).set_total_row(true);
    sheet.add_table(0, 0, 4, 5, &table).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn the_totals_row_of_an_excel_table_is_rejected_because_the_file_says_so() {
    let (list, problems) = list("a.xlsx", &table_with_totals());
    assert_eq!((list.rows_in, list.loaded, list.rejected), (4, 3, 1), "{problems:?}");
    assert_eq!(kind_of(&problems, 5), ProblemKind::TableTotalsRow);
}

#[test]
fn hidden_sheets_and_filtered_rows_are_loaded_and_said() {
    let mut book = Workbook::new();
    for (name, hidden) in [("List_1", false), ("List_3", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let date = if name == "List_1" { "Date of Contact" } else { "Date of referral" };
        for (row, cells) in
            (0u32..).zip([["Child Unique ID", "Gender", date], ["1", "a", "05/01/2024"], ["2", "b", "05/01/2024"]])
        {
            for (column, text) in (0u16..).zip(cells) {
                sheet.write(row, column, text).unwrap();
            }
        }
        if hidden {
            sheet.set_hidden(true);
        } else {
            sheet.autofilter(0, 0, 2, 2).unwrap();
            sheet.set_row_hidden(2).unwrap();
        }
    }
    let extract = extract("a.xlsx", &book.save_to_buffer().unwrap());
    assert!(extract.lists.iter().all(|list| list.loaded == 2));
    let said: Vec<_> = extract
        .problems
        .iter()
        .filter(|problem| problem.kind != ProblemKind::MissingColumn)
        .map(|problem| (problem.list.as_str(), problem.kind))
        .collect();
    assert_eq!(said, [("L1", ProblemKind::FilteredRows), ("L3", ProblemKind::HiddenSheet)]);
}

#[test]
fn a_sheet_that_ends_at_the_last_row_of_its_program_is_loaded_and_said() {
    let rows: String = (2..=65_536).map(|id| format!("{id},a,05/01/2024\n")).collect();
    let csv = |rows: &str| format!("Child Unique ID,Gender,Date of Contact\n{rows}");
    let (read, problems) = list("list_1.csv", csv(&rows).as_bytes());
    assert_eq!(read.loaded, 65_535);
    let said = |problems: &[Problem]| problems.iter().any(|problem| problem.kind == ProblemKind::SheetLimit);
    assert!(said(&problems));
    let (_, problems) = list("list_1.csv", csv(&format!("{rows}65537,a,05/01/2024\n")).as_bytes());
    assert!(!said(&problems));
}

#[test]
fn error_cells_are_blank_and_said_in_names_ids_and_codes_too() {
    let csv = "Child Unique ID,Gender,Date of referral,Referral NFA?,Allocated Team,Allocated Worker\n\
               1,a,#REF!,#VALUE!,#NAME?,#DIV/0!\n#REF!,a,05/01/2024,b,North,Ann\n2,a,05/01/2024,b,#N/A,#NULL!\n";
    let extract = extract("list_3.csv", csv.as_bytes());
    let held = extract.lists[0].rows[0].record.held().unwrap();
    assert_eq!((held.team.as_deref(), held.worker.as_deref()), (None, None));
    assert_eq!(extract.names.teams().len() + extract.names.workers().len(), 0, "the rejected row brings no names");
    let errors = extract.problems.iter().filter(|problem| problem.kind == ProblemKind::ErrorCell);
    assert_eq!(errors.count(), 5, "#N/A is a blank");
    assert_eq!(extract.lists[0].rejected, 1);
}
