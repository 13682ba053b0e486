//! Workbooks: which sheet is which list, and where its headers stand.

use crate::support::*;
use domain::record::{List, Record};

const CONTACTS: [&str; 2] = ["Child Unique ID|Gender|Date of Contact", "1|a) Male|05/01/2024"];

#[test]
fn sheets_are_found_by_every_name_they_go_by() {
    for name in ["List_1", "List 1", "list1", "Contacts", "LIST 01", "List 1 - Contacts"] {
        let (list, _) = list("a.xlsx", &workbook(&[("Front_Sheet", texts(&["Annex A"])), (name, texts(&CONTACTS))]));
        assert_eq!((list.list, list.sheet.as_str()), (List::Contacts, name));
    }
}

#[test]
fn list_1_is_not_list_10_or_11() {
    let adoptions = texts(&["Child Unique ID|Gender|Date of Placement Order", "5|a|05/01/2024"]);
    let adopters = texts(&["Individual adopter identifier|Gender|Date enquiry received", "A|a|05/01/2024"]);
    let extract =
        extract("a.xlsx", &workbook(&[("List_11", adopters), ("List_10", adoptions), ("List_1", texts(&CONTACTS))]));
    assert_eq!(extract.lists.iter().map(|list| list.list.number()).collect::<Vec<_>>(), [1, 10, 11]);
}

#[test]
fn headers_may_stand_under_a_title_and_columns_in_any_order() {
    let rows = texts(&[
        "List 1: Contacts",
        "",
        "Contact Source|Date of Contact|Child Unique ID|Gender",
        "q) 6: Police|05/01/2024|1|b",
    ]);
    let (list, _) = list("a.xlsx", &workbook(&[("List_1", rows)]));
    let Record::Contact(contact) = &list.rows[0].record else { panic!("a contact") };
    assert_eq!(
        (list.rows[0].row, contact.contact_source.as_deref(), contact.person.gender.as_deref()),
        (4, Some("6"), Some("Female"))
    );
}

#[test]
fn two_sheets_of_one_list_are_refused_by_name_unless_one_is_empty() {
    let empty = || texts(&CONTACTS[..1]);
    let (list, problems) = list("a.xlsx", &workbook(&[("List_1", empty()), ("Contacts", texts(&CONTACTS))]));
    assert_eq!((list.sheet.as_str(), list.loaded), ("Contacts", 1));
    assert!(problems.iter().any(|problem| problem.message.contains("\"List_1\" holds no rows")));
    let other = texts(&[CONTACTS[0], "2|a) Male|05/01/2024"]);
    let refused = refusal("a.xlsx", &workbook(&[("List_1", texts(&CONTACTS)), ("List 1 (2)", other)]));
    assert!(refused.contains("\"List_1\"") && refused.contains("\"List 1 (2)\""), "{refused}");
}

#[test]
fn a_sheet_of_notes_on_a_list_is_left_out_with_a_word() {
    let extract = extract(
        "a.xlsx",
        &workbook(&[("List_1", texts(&CONTACTS)), ("List 1 notes", texts(&["Checked by Ann", "on Monday"]))]),
    );
    assert_eq!(extract.lists.len(), 1);
    assert!(extract.problems.iter().any(|problem| problem.message.contains("\"List 1 notes\"")));
}

#[test]
fn a_sheet_with_the_headers_of_a_list_but_not_its_name_is_left_out_with_a_word() {
    let plans = texts(&[
        "Child Unique ID|Gender|Child Protection Plan Start Date|Latest Category of Abuse",
        "1|a|05/01/2024|a)",
    ]);
    let extract = extract("a.xlsx", &workbook(&[("List_1", texts(&CONTACTS)), ("Register", plans)]));
    assert_eq!(extract.lists.len(), 1);
    assert!(extract.problems.iter().any(|problem| problem.list == "L7" && problem.message.contains("\"Register\"")));
}

#[test]
fn files_without_any_headers_are_refused() {
    assert!(refusal("a.xlsx", &workbook(&[("List_1", Vec::new())])).contains("nothing to load"));
    assert!(refusal("list_1.csv", b"").contains("nothing to load"));
}

#[test]
fn a_blank_sheet_is_not_supplied() {
    let extract = extract("a.xlsx", &workbook(&[("List_1", texts(&CONTACTS)), ("List_2", Vec::new())]));
    assert!(!extract.supplied.lists.contains_key(&2));
    assert!(extract.problems.iter().any(|problem| problem.list == "L2"));
}

#[test]
fn a_list_without_headers_is_refused() {
    let refused = refusal("a.xlsx", &workbook(&[("List_1", texts(&["1|a|05/01/2024"]))]));
    assert!(refused.contains("no header row of L1"), "{refused}");
}

#[test]
fn care_leavers_in_the_layout_of_2019_and_the_newer_one() {
    let old = "Child Unique ID|Gender|Ethnicity|Date of Birth|Age of Child (Years)|Does the Child have a Disability|Allocated Team|Allocated Worker|Eligibility Category|LA In Touch |Type of Accommodation|Suitability of Accommodation|Activity Status";
    let row = "1|a|WBRI|01/02/2005|19|b|Leavers|Ann|b)|a) Yes|U: Independent living|a)|F2";
    let (list, problems) = list("a.xlsx", &workbook(&[("List_9", texts(&[old, row]))]));
    assert_eq!(list.loaded, 1);
    assert_eq!(problems.iter().filter(|problem| problem.message.starts_with("column missing")).count(), 4);
    let extract = extract(
        "a.xlsx",
        &workbook(&[(
            "List_9",
            texts(&[
                "Child Unique ID|Gender|Allocated Personal Adviser|Latest Date of Contact|LA in Touch",
                "1|a|Bo|05/01/2024|a",
            ]),
        )]),
    );
    let Record::CareLeaver(leaver) = &extract.lists[0].rows[0].record else { panic!("a care leaver") };
    assert_eq!((leaver.personal_adviser.as_deref(), leaver.latest_contact_date), (Some("Bo"), day(2024, 1, 5)));
}

#[test]
fn numbers_without_a_date_format_are_dates_in_date_columns() {
    let row = |value| vec![N(1.0), T("a"), value];
    let header = vec![T("Child Unique ID"), T("Gender"), T("Date of Contact")];
    let (list, problems) = list(
        "a.xlsx",
        &workbook(&[(
            "List_1",
            vec![header, row(N(45296.0)), row(T("45297")), row(N(2024.0)), row(N(1e9)), row(B(true))],
        )]),
    );
    let dates: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Contact(contact) => contact.contact_date,
            _ => panic!("a contact"),
        })
        .collect();
    assert_eq!(dates, [day(2024, 1, 5), day(2024, 1, 6), None, None, None]);
    assert_eq!(on(&problems, "Date of Contact").len(), 3);
}

#[test]
fn the_name_of_the_file_does_not_decide_what_it_is() {
    let bytes = workbook(&[("List_1", texts(&CONTACTS))]);
    assert_eq!(list("list_1.csv", &bytes).0.loaded, 1);
    assert_eq!(list("a.xls", &bytes).0.loaded, 1);
    assert_eq!(list("contacts.xlsx", b"Child Unique ID,Gender,Date of Contact\n1,a,05/01/2024\n").0.loaded, 1);
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    let (list, problems) = list("old.xls", include_bytes!("../fixtures/old_workbook.xls"));
    assert_eq!((list.rows_in, list.loaded, list.rejected, list.duplicate), (5, 3, 1, 1));
    let contacts: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Contact(contact) => {
                (row.row, &*row.child_id, contact.contact_date, contact.contact_source.as_deref())
            }
            _ => panic!("a contact"),
        })
        .collect();
    assert_eq!(contacts[0], (3, "101", day(2024, 1, 8), Some("6")));
    assert_eq!(contacts[1], (4, "00102", day(2024, 1, 9), Some("2A")));
    assert_eq!((contacts[2].0, contacts[2].1), (7, "103"));
    assert!(problems.iter().any(|problem| problem.row == Some(5) && problem.message.starts_with("no child id")));
}

#[test]
fn error_cells_and_unknown_sheets_do_no_harm() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Child Unique ID</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Gender</t></is></c>\
                 <c r=\"C1\" t=\"inlineStr\"><is><t>Date of Contact</t></is></c></row>\
                 <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c r=\"C2\" t=\"e\"><v>#REF!</v></c></row>\
                 <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c><c r=\"B3\"><v>1</v></c></row>";
    let (list, problems) = list("a.xlsx", &archive(&raw_parts(">", sheet)));
    assert_eq!((list.loaded, list.rejected), (1, 1));
    assert_eq!(on(&problems, "Date of Contact")[0].value.as_deref(), Some("#REF!"));
    assert!(on(&problems, "Gender").is_empty());
}
