//! What a column held as a whole, and the ages beside the dates of birth.

use crate::support::*;
use ingest::{ColumnProfile, DateForms, GivenAge, ProblemKind, ReadList};

fn column<'l>(list: &'l ReadList, header: &str) -> &'l ColumnProfile {
    list.columns.iter().find(|column| column.column == header).unwrap()
}

const PLANS: &str = "Child ID,Gender,Date of Birth,Age,Child Protection Plan Start Date,Date of the Last Statutory Visit,\
                     Was the Child Seen Alone?,Child Protection Plan End Date,Allocated Team\n";

fn plans(rows: &str) -> ReadList {
    list("list_7.csv", format!("{PLANS}{rows}").as_bytes()).0
}

#[test]
fn every_found_column_is_counted_with_its_header_as_typed() {
    let list = plans("1,a,01/02/2015,8,05/01/2024,06/01/2024,a,,North\n2,a,01/02/2015,,05/01/2024,,,,\n");
    let headers: Vec<_> = list.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers.len(), 9);
    assert_eq!(column(&list, "Child Unique ID").header, "Child ID");
    let visit = column(&list, "Date of the Last Statutory Visit");
    assert_eq!((visit.rows, visit.filled, visit.unreadable), (2, 1, 0));
    assert_eq!((column(&list, "Allocated Team").filled, column(&list, "Age of Child (Years)").filled), (1, 1));
}

#[test]
fn cells_that_cannot_be_read_are_counted_and_blanks_are_not() {
    let list = plans(
        "1,a,,,05/01/2024,30/10/24,a,,N\n2,a,,,05/01/2024,#REF!,Perhaps,,N\n3,z,,,05/01/2024,N/A,a,,#NAME?\n4,a,,,05/01/2024,01/01/1900,a,,N\n",
    );
    let visit = column(&list, "Date of the Last Statutory Visit");
    assert_eq!((visit.rows, visit.filled, visit.unreadable, visit.uncalculated), (4, 2, 2, 0));
    let seen = column(&list, "Was the Child Seen Alone?");
    assert_eq!((seen.filled, seen.unreadable), (4, 1), "a measure reads it");
    let gender = column(&list, "Gender");
    assert_eq!(
        (gender.filled, gender.unreadable),
        (4, 0),
        "no measure reads it: words of the council's own mislead none"
    );
    assert_eq!((column(&list, "Allocated Team").filled, column(&list, "Allocated Team").unreadable), (4, 1));
}

#[test]
fn open_rows_are_those_open_at_the_as_at_date_once_bad_dates_are_blank() {
    let list = plans(
        "1,a,,,05/01/2024,06/01/2024,a,,N\n\
         2,a,,,05/01/2024,,a,31/01/2024,N\n\
         3,a,,,05/01/2024,,a,01/02/2024,\n\
         4,a,,,01/02/2024,06/01/2024,a,,N\n\
         5,a,,,,07/02/2024,a,,N\n",
    );
    let visit = column(&list, "Date of the Last Statutory Visit");
    assert_eq!((visit.open_rows, visit.open_filled), (3, 2), "rows 1, 3 and 5 are open");
    assert_eq!(column(&list, "Allocated Team").open_filled, 2);
    let referrals = list_of("list_3.csv", "Child Unique ID,Gender,Date of referral\n1,a,05/01/2024\n");
    assert_eq!(column(&referrals, "Gender").open_rows, 0);
}

fn list_of(name: &str, csv: &str) -> ReadList {
    list(name, csv.as_bytes()).0
}

#[test]
fn the_forms_of_dates_are_told_apart() {
    let list = plans(
        "1,a,,,30/12/2023,06/01/2024,a,,N\n2,a,,,12/30/2023,2024-01-06,a,,N\n3,a,,,05/01/2024,06-JAN-24,a,,N\n4,a,,,05.01.2024,30/12/23,a,,N\n",
    );
    let forms = column(&list, "Child Protection Plan Start Date").dates;
    assert_eq!(forms, DateForms { day_first: 1, month_first: 1, either: 2, ..DateForms::default() });
    let forms = column(&list, "Date of the Last Statutory Visit").dates;
    assert_eq!(forms, DateForms { either: 1, ..DateForms::default() });

    let header = vec![T("Child Unique ID"), T("Gender"), T("Date of Contact")];
    let row = |value| vec![N(1.0), T("a"), value];
    let rows = vec![header, row(D(45296.0)), row(D(45310.0)), row(N(45297.0)), row(T("30/12/2023")), row(D(1.0))];
    let list = extract("a.xlsx", &workbook(&[("List_1", rows)])).lists.remove(0);
    let forms = column(&list, "Date of Contact").dates;
    assert_eq!(forms, DateForms { cells_to_12: 2, cells_after_12: 1, day_first: 1, ..DateForms::default() });
}

#[test]
fn ages_are_completed_years_beside_their_births() {
    let extract = extract(
        "list_7.csv",
        format!("{PLANS}1,a,01/02/2015,8,05/01/2024,,a,,N\n2,a,01/02/2015,8.9,05/01/2024,,a,,N\n3,a,,8,05/01/2024,,a,,N\n4,a,01/02/2015,unborn,05/01/2024,,a,,N\n5,a,01/02/2015,8 years,05/01/2024,,a,,N\n").as_bytes(),
    );
    let born = day(2015, 2, 1).unwrap();
    assert_eq!(extract.ages, [8, 8, 8].map(|age| GivenAge { age, born }));
}

#[test]
fn adopters_ages_are_no_childs() {
    let csv =
        b"Individual adopter identifier,Gender,Date enquiry received,Age,Date of Birth\nX,a,05/01/2024,40,01/01/1984\n";
    assert!(extract("list_11.csv", csv).ages.is_empty());
}

#[test]
fn formulas_that_were_never_calculated_are_counted_and_an_empty_text_is_a_blank() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<row r=\"1\">{}{}{}</row>\
         <row r=\"2\"><c r=\"A2\"><v>1</v></c>{}<c r=\"C2\"><f>DATE(2024,1,5)</f></c></row>\
         <row r=\"3\"><c r=\"A3\"><v>2</v></c>{}<c r=\"C3\"><f>DATE(2024,1,5)</f><v/></c></row>\
         <row r=\"4\"><c r=\"A4\"><v>3</v></c>{}<c r=\"C4\" t=\"str\"><f>IF(1,\"\")</f><v></v></c></row>\
         <row r=\"5\"><c r=\"A5\"><v>4</v></c>{}<c r=\"C5\"><f>DATE(2024,1,5)</f><v>45296</v></c></row>\
         <row r=\"6\"><c r=\"B6\"><f>A9</f></c><c r=\"C6\"><f>DATE(2024,1,5)</f></c></row>\
         <row r=\"7\"><c r=\"A7\"><f>B1</f></c>{}</row>",
        cell("A1", "Child Unique ID"),
        cell("B1", "Gender"),
        cell("C1", "Date of Contact"),
        cell("B2", "a"),
        cell("B3", "a"),
        cell("B4", "a"),
        cell("B5", "a"),
        cell("B7", "a"),
    );
    let extract = extract("a.xlsx", &archive(&raw_parts(">", &sheet)));
    let list = &extract.lists[0];
    assert_eq!((list.rows_in, list.loaded, list.rejected), (5, 4, 1), "row 6 holds nothing, row 7 has no id");
    let contact = column(list, "Date of Contact");
    assert_eq!((contact.filled, contact.unreadable, contact.uncalculated), (3, 2, 2));
    let id = column(list, "Child Unique ID");
    assert_eq!((id.filled, id.uncalculated), (5, 1));
    let group = extract.problem_groups.iter().find(|group| {
        group.kind == ProblemKind::FormulaWithoutValue && group.column.as_deref() == Some("Date of Contact")
    });
    assert!(group.unwrap().in_words().starts_with("2 formulas in Date of Contact were never calculated"));
    assert_eq!(extract.supplied.lists[&1]["Date of Contact"], 1);
}

#[test]
fn groups_count_every_problem_though_few_are_kept() {
    let rows: String = (0..50).map(|id| format!("{id},a,WBRI,{:02}/10/24,,05/01/2024,6\n", id % 28 + 1)).collect();
    let csv = format!("Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source\n{rows}");
    let limits = ingest::Limits { problems: 10, ..Default::default() };
    let extract = read_with(&[("list_1.csv", csv.as_bytes())], ingest::Format::Auto, &limits).unwrap();
    assert_eq!(extract.problems.len(), 10);
    let [group] = &extract.problem_groups[..] else { panic!("one group: {:?}", extract.problem_groups) };
    assert_eq!(group.in_words(), "50 dates in Date of Birth could not be read: 01/10/24, 02/10/24, 03/10/24 …");
    assert!(group.message.contains("DD/MM/YYYY"));
}

#[test]
fn dates_that_stand_for_none_are_told_once_a_column() {
    let extract = extract(
        "list_7.csv",
        format!("{PLANS}1,a,01/01/1900,,05/01/2024,01/01/1900,a,31/12/9999,N\n2,a,01/02/2015,,05/01/2024,1900-01-01,a,SSD_PH,N\n").as_bytes(),
    );
    let told: Vec<_> = extract
        .problems
        .iter()
        .filter(|problem| matches!(problem.kind, ProblemKind::NoDatePlaceholder | ProblemKind::BlankPlaceholder))
        .map(|problem| (problem.column.as_deref().unwrap(), problem.row))
        .collect();
    assert_eq!(
        told,
        [
            ("Date of the Last Statutory Visit", None),
            ("Child Protection Plan End Date", None),
            ("Child Protection Plan End Date", None)
        ]
    );
    let list = &extract.lists[0];
    assert_eq!(column(list, "Child Protection Plan Start Date").open_rows, 2, "no end, so open");
    assert_eq!(column(list, "Date of Birth").filled, 2);
}
