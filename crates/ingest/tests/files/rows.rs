//! Rows into records: ids, blanks, dates, codes, duplicates, rejections.

use crate::support::*;
use domain::record::{List, Record};
use ingest::Severity;
use rstest::rstest;

fn contacts(rows: &str) -> Vec<u8> {
    format!(
        "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n{rows}"
    )
    .into_bytes()
}

#[test]
fn every_row_ends_as_loaded_rejected_or_duplicate() {
    let (list, problems) = list(
        "list_1.csv",
        &contacts(
            "1,a) Male,WBRI,01/02/2010,13,05/01/2024,6\n,a) Male,WBRI,,,05/01/2024,6\n1 ,a) Male, WBRI,01/02/2010,13,05/01/2024,6\n,,N/A,NULL,-,,#N/A\n2,b,WBRI,,,05/01/2024,6\n",
        ),
    );
    assert_eq!((list.rows_in, list.loaded, list.rejected, list.duplicate), (4, 2, 1, 1));
    let rejected: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].row, rejected[0].child_id.clone()), (Some(3), None));
    assert!(problems.iter().any(|problem| problem.row == Some(4) && problem.message.starts_with("the same as row 2")));
}

#[test]
fn rows_that_differ_in_an_unknown_column_are_no_duplicates() {
    let csv = b"Child Unique ID,Gender,Date of Contact,Note\n1,a,05/01/2024,first\n1,a,05/01/2024,second\n";
    let (list, problems) = list("contacts.csv", csv);
    assert_eq!((list.loaded, list.duplicate), (2, 0));
    assert_eq!(problems.iter().filter(|problem| problem.message.starts_with("unknown column")).count(), 1);
}

#[test]
fn rows_that_mark_a_blank_in_different_ways_are_no_duplicates() {
    let csv = b"Child Unique ID,Gender,Date of Contact\n1,N/A,05/01/2024\n1,,05/01/2024\n1, N/A ,05/01/2024\n";
    let (list, _) = list("contacts.csv", csv);
    assert_eq!((list.loaded, list.duplicate), (2, 1));
}

#[test]
fn a_number_and_a_text_are_one_id_and_leading_zeros_are_kept() {
    let sheet = vec![
        vec![T("Child Unique ID"), T("Gender"), T("Date of Contact")],
        vec![N(123.0), T("a) Male"), D(45296.0)],
        vec![T(" 123\u{a0}"), T("a) Male"), D(45297.0)],
        vec![T("0123"), T("a) Male"), D(45297.0)],
        vec![T("aB9"), T("a) Male"), D(45297.5)],
    ];
    let (list, _) = list("a.xlsx", &workbook(&[("List_1", sheet)]));
    let ids: Vec<_> = list.rows.iter().map(|row| (row.row, &*row.child_id)).collect();
    assert_eq!(ids, [(2, "123"), (3, "123"), (4, "0123"), (5, "aB9")]);
    let Record::Contact(last) = &list.rows[3].record else { panic!("a contact") };
    assert_eq!(last.contact_date, day(2024, 1, 6));
}

#[test]
fn a_bad_date_is_a_warning_and_reads_as_blank() {
    let (list, problems) = list("list_1.csv", &contacts("1,a,WBRI,31/02/2010,13,05/01/24,6\n"));
    assert_eq!((list.loaded, list.rejected), (1, 0));
    let Record::Contact(contact) = &list.rows[0].record else { panic!("a contact") };
    assert_eq!((contact.contact_date, contact.person.date_of_birth), (None, None));
    let problem = on(&problems, "Date of Birth")[0];
    assert_eq!(
        (problem.value.as_deref(), problem.severity, problem.row),
        (Some("31/02/2010"), Severity::Warning, Some(2))
    );
    assert!(problem.message.starts_with("not a date"));
    assert_eq!(problem.child_id.as_deref(), Some("1"));
    assert_eq!(on(&problems, "Date of Contact").len(), 1);
}

#[test]
fn a_sentence_of_any_length_in_a_date_column_is_a_bad_date() {
    for length in 0..200 {
        let (list, problems) =
            list("list_1.csv", &contacts(&format!("1,a,WBRI,x{},,05/01/2024,6\n", "x".repeat(length))));
        assert_eq!((list.loaded, on(&problems, "Date of Birth").len()), (1, 1));
    }
}

#[test]
fn a_visit_after_the_as_at_date_is_reported_and_kept_as_supplied() {
    let csv = "Child Unique ID,Gender,Child Protection Plan Start Date,Date of the Last Statutory Visit,Child Protection Plan End Date,Allocated Team\n\
               7,a,01/06/2023,01/02/2024,,North\n8,b,01/09/2023,,01/08/2023,North\n";
    let (list, problems) = list("list_7.csv", csv.as_bytes());
    let Record::ProtectionPlan(plan) = &list.rows[0].record else { panic!("a plan") };
    assert_eq!(plan.last_visit_date, day(2024, 2, 1), "the record keeps what was supplied");
    let visit = on(&problems, "Date of the Last Statutory Visit");
    assert!(visit[0].message.starts_with("after the as-at date, read as blank"));
    assert_eq!(
        (visit[0].value.as_deref(), visit[0].child_id.as_deref(), visit[0].team.as_deref()),
        (Some("01/02/2024"), Some("7"), Some("North"))
    );
    let start = on(&problems, "Child Protection Plan Start Date");
    assert!(start[0].message.starts_with("start after its end, read as blank"));
    let Record::ProtectionPlan(plan) = &list.rows[1].record else { panic!("a plan") };
    assert_eq!(plan.cp_plan_start_date, day(2023, 9, 1));
}

#[test]
fn spells_that_cannot_be_are_reported() {
    let csv = "Child Unique ID,Gender,CIN Start Date,CIN Closure Date,Case status,Allocated Team\n\
               1,a,01/06/2023,,e) Closed episode,North\n1,a,01/07/2023,,c) Child in need plan,North\n\
               2,a,01/06/2023,01/09/2023,e) Closed episode,North\n2,a,01/10/2023,,c,North\n";
    let (_, problems) = list("list_6.csv", csv.as_bytes());
    assert_eq!(on(&problems, "Case status").len(), 1);
    let twice = on(&problems, "CIN Closure Date");
    assert_eq!(twice.len(), 1, "a closed row and an open row are no problem");
    assert!(twice[0].message.contains("row 2"));
    assert_eq!(twice[0].row, Some(3));
}

#[rstest]
#[case("b) No", "No")]
#[case("b)", "No")]
#[case("B", "No")]
#[case("no", "No")]
#[case("N", "No")]
#[case("0", "No")]
#[case("FALSE", "No")]
#[case(" a)  yes ", "Yes")]
#[case("1", "Yes")]
#[case("1.0", "1.0")]
#[case("perhaps", "perhaps")]
fn yes_and_no_however_typed(#[case] typed: &str, #[case] stored: &str) {
    let csv = format!("Child Unique ID,Gender,Date of referral,Referral NFA?\n1,a,05/01/2024,{typed}\n");
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    let Record::Referral(referral) = &list.rows[0].record else { panic!("a referral") };
    assert_eq!(referral.referral_nfa.as_deref(), Some(stored));
    assert_eq!(on(&problems, "Referral NFA?").len(), usize::from(!matches!(stored, "Yes" | "No")));
}

#[test]
fn yes_and_no_as_number_and_boolean_cells() {
    let header = vec![T("Child Unique ID"), T("Gender"), T("Date of referral"), T("Referral NFA?")];
    let row = |id, value| vec![N(id), T("a"), D(45296.0), value];
    let (list, _) = list(
        "a.xlsx",
        &workbook(&[("List 3", vec![header, row(1.0, N(1.0)), row(2.0, B(false)), row(3.0, F("b) No"))])]),
    );
    let stored: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Referral(referral) => referral.referral_nfa.clone().unwrap(),
            _ => panic!("a referral"),
        })
        .collect();
    assert_eq!(stored, ["Yes", "No", "No"]);
}

#[rstest]
#[case("Child's Legal Status", "C2: FCO", "C2")]
#[case("Child's Legal Status", "c2 - Full care order", "C2")]
#[case("Child's Legal Status", "V3", "V3")]
#[case("Child's Legal Status", "Full care order", "C2")]
#[case("Placement Type", "a) U1", "U1")]
#[case("Placement Type", "d) U4: Foster placement – long term", "U4")]
#[case("Placement Type", "zz)", "T4")]
#[case("Placement Provider", "e) PR4 - Private provision", "PR4")]
#[case("What is the permanence plan for this child?", "f) long-term FOSTERING", "Long-term fostering")]
#[case("What is the permanence plan for this child?", "e)", "Long-term residential placement")]
#[case("Reason Ceased to be Looked After", "E4A", "E4A")]
#[case("Reason Ceased to be Looked After", "u) X1:CodeError", "X1")]
#[case("Child's Category of Need", "N1 – Abuse or Neglect", "N1")]
#[case("Child's Category of Need", "N1: anything", "N1")]
#[case("LA of Placement", "Home Town", "Home Town")]
#[case("LA of Placement", "WAL - Child placed in Wales", "WAL")]
#[case("Placement Location", "a) In", "In")]
fn codes_of_list_8(#[case] header: &str, #[case] typed: &str, #[case] stored: &str) {
    let csv =
        format!("Child Unique ID,Gender,Date Started to be Looked After,\"{header}\"\n1,a,05/01/2024,\"{typed}\"\n");
    let (list, problems) = list("list_8.csv", csv.as_bytes());
    let json = list.rows[0].record.to_json().unwrap();
    assert!(json.contains(&format!("\":\"{stored}\"")), "{typed} in {json}");
    assert!(on(&problems, header).is_empty(), "{problems:?}");
}

#[rstest]
#[case("s) NOBT", "NOBT")]
#[case("t) NOBT", "NOBT")]
#[case("s) REFU", "REFU")]
#[case("u) UNKNOWN", "UNKNOWN")]
#[case("wbri", "WBRI")]
#[case("WBRI - White British", "WBRI")]
#[case("White British", "WBRI")]
#[case("n)", "BCRB")]
fn ethnicity_goes_by_its_code(#[case] typed: &str, #[case] stored: &str) {
    let (list, problems) = list("list_1.csv", &contacts(&format!("1,a,{typed},,,05/01/2024,p1) 5D\n")));
    let Record::Contact(contact) = &list.rows[0].record else { panic!("a contact") };
    assert_eq!(contact.person.ethnicity.as_deref(), Some(stored));
    assert_eq!(contact.contact_source.as_deref(), Some("5D"));
    assert!(on(&problems, "Ethnicity").is_empty());
}

#[test]
fn adopters_have_letters_of_their_own_for_gender() {
    let csv = "Individual adopter identifier,Gender,Date enquiry received\nX1,c) Neither,05/01/2024\nX2,d,05/01/2024\n,d,05/01/2024\n";
    let (list, problems) = list("list_11.csv", csv.as_bytes());
    let genders: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Adopter(adopter) => adopter.gender.clone().unwrap(),
            _ => panic!("an adopter"),
        })
        .collect();
    assert_eq!(genders, ["Neither", "Not stated/recorded"]);
    assert_eq!((list.list, list.rejected), (List::Adopters, 1));
    assert!(problems.iter().any(|problem| problem.message.starts_with("no adopter id")));
}

#[test]
fn care_leavers_in_touch_accommodation_and_retired_activity_codes() {
    let csv = "Child Unique ID,Gender,LA In Touch,Type of Accommodation,Activity Status,Suitability of Accommodation,Eligibility Category\n\
               1,a,f) Rhom,G,F3: Full time in training or employment,a) Suitable,b)\n2,a,RHOM,r: residence not known,p3,b,Relevant child\n3,a,DIED,Z,G5,,d) Eligible child\n";
    let (list, problems) = list("list_9.csv", csv.as_bytes());
    let stored: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::CareLeaver(leaver) => (
                leaver.in_touch.clone().unwrap(),
                leaver.accommodation.clone().unwrap(),
                leaver.activity.clone().unwrap(),
            ),
            _ => panic!("a care leaver"),
        })
        .collect();
    let expected = [("Rhom", "G", "F3"), ("Rhom", "R", "P3"), ("Died", "Z", "G5")];
    assert_eq!(stored, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    assert!(problems.iter().all(|problem| problem.row == Some(1)), "{problems:?}");
}

#[test]
fn letter_before_text_and_the_contradiction_reported() {
    let (list, problems) = list("list_1.csv", &contacts("1,a) Female,WBRI,,,05/01/2024,6\n"));
    let Record::Contact(contact) = &list.rows[0].record else { panic!("a contact") };
    assert_eq!(contact.person.gender.as_deref(), Some("Male"));
    assert_eq!(on(&problems, "Gender").len(), 1);
}

#[test]
fn names_are_met_in_the_order_of_lists_and_rows() {
    let referrals = texts(&[
        "Child Unique ID|Date of referral|Gender|Allocated Team|Allocated Worker",
        "1|05/01/2024|a|North\u{a0} Team|Ann  Lee",
        "2|05/01/2024|a|N/A|DUTY",
    ]);
    let assessments = texts(&[
        "Child Unique ID|Gender|Continuous Assessment Start Date|Allocated Team|Allocated Worker",
        "1|a|05/01/2024|NORTH TEAM|ann lee",
    ]);
    let extract = extract("a.xlsx", &workbook(&[("List 4", assessments), ("List 3", referrals)]));
    assert_eq!(extract.lists.iter().map(|list| list.list).collect::<Vec<_>>(), [List::Referrals, List::Assessments]);
    assert_eq!(&*extract.names.team("north team"), "North Team");
    assert_eq!(&*extract.names.worker("ANN LEE"), "Ann Lee");
    assert_eq!(extract.names.teams().len(), 1);
    let Record::Assessment(assessment) = &extract.lists[1].rows[0].record else { panic!("an assessment") };
    assert_eq!(assessment.held.team.as_deref(), Some("NORTH TEAM"), "as written on its row");
}

#[test]
fn supplied_counts_the_cells_that_are_not_blank_and_knows_missing_columns() {
    let extract = extract("list_1.csv", b"Child Unique ID,Gender,Date of Contact\n1,a,05/01/2024\n2,N/A,\n");
    let columns = &extract.supplied.lists[&1];
    assert_eq!((columns["Child Unique ID"], columns["Gender"], columns["Date of Contact"]), (2, 1, 1));
    assert!(!columns.contains_key("Contact Source"));
    let missing = extract.problems.iter().filter(|problem| problem.message.starts_with("column missing")).count();
    assert_eq!(missing, 3, "ethnicity, date of birth and source; the age is not needed");
}

#[test]
fn an_id_a_spreadsheet_may_have_rounded_is_reported() {
    let (list, problems) = list("list_1.csv", &contacts("1.23457E+11,a,WBRI,,,05/01/2024,6\n"));
    assert_eq!(list.loaded, 1);
    assert!(on(&problems, "Child Unique ID")[0].message.contains("rounded"));
}

#[test]
fn numbers_and_ages() {
    let header =
        vec![T("Child Unique ID"), T("Age"), T("Date of referral"), T("Number of Referrals in Last 12 Months")];
    let row = |number| vec![T("1"), N(6.138), D(45296.0), number];
    let (list, problems) =
        list("a.xlsx", &workbook(&[("List_3", vec![header, row(N(2.0)), row(T("2.0")), row(T("two")), row(N(1.5))])]));
    let numbers: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            Record::Referral(referral) => referral.number_of_previous_referrals,
            _ => panic!("a referral"),
        })
        .collect();
    assert_eq!(numbers, [Some(2), Some(2), None, None]);
    assert_eq!(on(&problems, "Number of Referrals in Last 12 Months").len(), 2);
    assert!(on(&problems, "Age of Child (Years)").is_empty());
}

#[test]
fn problems_are_capped_but_counted() {
    let rows: String = (0..50).map(|id| format!("{id},a,WBRI,nonsense,,05/01/2024,6\n")).collect();
    let limits = ingest::Limits { problems: 10, ..Default::default() };
    let extract = read_with(&[("list_1.csv", &contacts(&rows))], ingest::Format::Auto, &limits).unwrap();
    assert_eq!((extract.problems.len(), extract.problems_total, extract.lists[0].warnings), (10, 50, 50));
}
