//! Sheets by their short names, copies, councils, and headers that only resemble those of a list.

use crate::support::*;
use domain::record::List;
use ingest::{Format, Limits, ProblemKind};
use rstest::rstest;

const PLANS: [&str; 3] = [
    "Child Unique ID|Gender|Child Protection Plan Start Date|Latest Category of Abuse",
    "1|a|05/01/2024|a)",
    "2|b|06/01/2024|a)",
];

#[rstest]
#[case("CP")]
#[case("CPP")]
#[case("cp")]
fn a_sheet_with_a_short_name_is_its_list_if_its_headers_are(#[case] name: &str) {
    let (list, _) = list("a.xlsx", &workbook(&[(name, texts(&PLANS))]));
    assert_eq!((list.list, list.loaded), (List::ProtectionPlans, 2));
}

#[rstest]
#[case(&["Conference|Chair", "1|Ann"])]
#[case(&["Child Unique ID|Gender|Ethnicity|Child's Legal Status|Placement Type", "1|a|WBRI|C2|U4"])]
fn a_sheet_with_a_short_name_and_other_headers_is_left_out_with_a_word(#[case] rows: &[&'static str]) {
    let contacts = texts(&["Child Unique ID|Gender|Date of Contact", "1|a|05/01/2024"]);
    let extract = extract("a.xlsx", &workbook(&[("List_1", contacts), ("CP", texts(rows))]));
    assert_eq!(extract.lists.len(), 1);
    assert!(extract.problems.iter().any(|problem| problem.kind == ProblemKind::SheetWithoutHeaders));
}

#[test]
fn an_exact_copy_of_a_sheet_is_left_out_and_said() {
    let book = workbook(&[("List_7", texts(&PLANS)), ("List_7 (2)", texts(&PLANS))]);
    let extract = extract("a.xlsx", &book);
    assert_eq!((extract.lists.len(), extract.lists[0].sheet.as_str(), extract.lists[0].loaded), (1, "List_7", 2));
    let said = extract.problems.iter().find(|problem| problem.kind == ProblemKind::SheetCopy).unwrap();
    assert!(said.message.contains("\"List_7 (2)\" is an exact copy"), "{}", said.message);
}

#[rstest]
#[case::another_cell(&["Child Unique ID|Gender|Child Protection Plan Start Date|Latest Category of Abuse", "1|a|05/01/2024|a)", "2|b|07/01/2024|a)"])]
#[case::another_row(&["Child Unique ID|Gender|Child Protection Plan Start Date|Latest Category of Abuse", "1|a|05/01/2024|a)", "2|b|06/01/2024|a)", "3|b|06/01/2024|a)"])]
#[case::another_header(&["Child Unique ID|Gender|Child Protection Plan Start Date|Initial Category of Abuse", "1|a|05/01/2024|a)", "2|b|06/01/2024|a)"])]
fn a_copy_that_differs_is_refused(#[case] rows: &[&'static str]) {
    let refused = refusal("a.xlsx", &workbook(&[("List_7", texts(&PLANS)), ("List_7 (2)", texts(rows))]));
    assert!(refused.contains("L7 is given twice"), "{refused}");
}

#[test]
fn three_sheets_of_which_one_differs_are_refused() {
    let other = texts(&["Child Unique ID|Gender|Child Protection Plan Start Date", "9|a|05/01/2024"]);
    let book = workbook(&[("List_7", texts(&PLANS)), ("List_7 (2)", texts(&PLANS)), ("List_7 (3)", other)]);
    assert!(refusal("a.xlsx", &book).contains("List_7 (3)"));
}

#[test]
fn two_councils_in_one_sheet_are_refused() {
    let csv = "LA,Child Unique ID,Gender,Date of Contact\nAshfield,1,a,05/01/2024\nashfield ,2,a,05/01/2024\n,3,a,05/01/2024\n";
    assert_eq!(list("list_1.csv", csv.as_bytes()).0.loaded, 3);
    let refused = refusal("list_1.csv", format!("{csv}Brookshire,1,a,06/01/2024\n").as_bytes());
    assert!(refused.contains("two councils") && refused.contains("row 5"), "{refused}");
}

#[test]
fn two_councils_in_two_lists_are_refused_but_a_code_is_no_name() {
    let first = b"Local Authority,Child Unique ID,Gender,Date of Contact\nAshfield,1,a,05/01/2024\n".as_slice();
    let read = |second: &str| {
        let second = format!("LA Code,Child Unique ID,Gender,Date of referral\n{second},1,a,05/01/2024\n");
        read_with(&[("list_1.csv", first), ("list_3.csv", second.as_bytes())], Format::Auto, &Limits::default())
    };
    assert!(read("301").is_ok());
    assert!(read("ASHFIELD").is_ok());
    assert!(read("Brookshire").unwrap_err().to_string().contains("Brookshire"));
}

#[test]
fn the_placements_council_is_no_second_council() {
    let csv = "Child Unique ID,Gender,Date Started to be Looked After,LA of Placement\n1,a,05/01/2024,Ashfield\n2,a,05/01/2024,Netherby\n";
    assert_eq!(list("list_8.csv", csv.as_bytes()).0.loaded, 2);
    let without = csv.replace("LA of Placement", "LA");
    assert_eq!(list("list_8.csv", without.as_bytes()).0.loaded, 2, "it may be the placement's");
}

#[test]
fn several_lists_below_each_other_are_refused() {
    let csv = "List 1: Contacts\nChild Unique ID,Gender,Ethnicity,Date of Birth,Date of Contact,Contact Source\n1,a,WBRI,01/02/2015,05/01/2024,6\n\n\
               List 3: Referrals\nChild Unique ID,Gender,Ethnicity,Date of Birth,Date of referral,Referral Source,Referral NFA?\n1,a,WBRI,01/02/2015,05/01/2024,6,b\n";
    for name in ["annex_a.csv", "list_1.csv"] {
        let refused = refusal(name, csv.as_bytes());
        assert!(refused.contains("several lists stand below each other") && refused.contains("L3"), "{refused}");
    }
}

#[test]
fn titles_are_looked_through_for_twenty_rows_and_said() {
    let header = "Child Unique ID,Gender,Date of Contact\n1,a,05/01/2024\n";
    let titles = |rows: usize| "Annex A of Ashfield\n".repeat(rows) + header;
    let (list, problems) = list("list_1.csv", titles(19).as_bytes());
    assert_eq!(list.loaded, 1);
    let said = problems.iter().find(|problem| problem.kind == ProblemKind::TitlesAbove).unwrap();
    assert!(said.message.contains("its headers in row 20"), "{}", said.message);
    assert!(refusal("list_1.csv", titles(20).as_bytes()).contains("first 20 filled rows"));
    let official = extract("list_1.csv", titles(1).as_bytes());
    assert!(official.problems.iter().all(|problem| problem.kind != ProblemKind::TitlesAbove));
}

#[test]
fn a_header_taken_by_resemblance_is_said() {
    let csv = "Child Unique ID,Gender,Date of previous referral,Referral Source\n1,a,05/01/2024,6\n";
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    let said = problems.iter().find(|problem| problem.kind == ProblemKind::HeaderByResemblance).unwrap();
    assert!(said.message.starts_with("read \"Date of previous referral\" as \"Date of referral\""), "{}", said.message);
    let column = list.columns.iter().find(|column| column.column == "Date of referral").unwrap();
    assert_eq!(column.header, "Date of previous referral");
}

#[test]
fn of_two_headers_equally_alike_none_is_read() {
    let csv = "Child Unique ID,Gender,Date of previous referral,Date of first referral,Referral Source,Referral NFA?\n1,a,05/01/2024,06/01/2024,6,b\n";
    let (list, problems) = list("list_3.csv", csv.as_bytes());
    assert!(list.columns.iter().all(|column| column.column != "Date of referral"));
    let said = problems.iter().find(|problem| problem.kind == ProblemKind::HeaderAmbiguous).unwrap();
    assert!(said.message.contains("\"Date of previous referral\""), "{}", said.message);
}

#[test]
fn an_id_that_could_be_another_is_refused_and_named() {
    let csv = "Case ID,Sibling group ID (child),Gender,Ethnicity,Date of Birth,Date of Contact,Contact Source\n1,9,a,WBRI,01/02/2015,05/01/2024,6\n";
    let refused = refusal("list_1.csv", csv.as_bytes());
    for words in ["\"Child Unique ID\" is missing", "\"Case ID\", \"Sibling group ID (child)\"", "never guessed"] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
}

#[rstest]
#[case("cin.xml", b"<Message><Header><CollectionDetails><Collection>CIN</Collection>".as_slice(), "children in need census")]
#[case(
    "cin_census.csv",
    b"LAchildID,UPN,PersonBirthDate,GenderCurrent,CINreferralDate\n1,,2015-02-01,1,2024-01-05\n",
    "children in need census"
)]
#[case("reviews.csv", b"CHILD,DOB,REVIEW,REVIEW_CODE\n1,01/02/2015,05/01/2024,PN1\n", "SSDA903")]
#[case("episodes.csv", b"CHILD,DECOM,RNE,LS,CIN,PLACE\n1,05/01/2024,S,C2,N1,U4\n", "SSDA903")]
#[case("list_1.csv", b"SEND Annex A\nUPN,EHCP status\n1,Yes\n", "special educational needs")]
#[case("a.csv.gz", b"\x1F\x8B\x08\x00", "gzip")]
#[case("alb.csv", b"ASGLB quarterly return\nA,B\n1,2\n", "adoption and special guardianship")]
fn other_returns_are_named_as_what_they_are(#[case] name: &str, #[case] content: &[u8], #[case] expected: &str) {
    let refused = refusal(name, content);
    assert!(refused.contains(expected) && refused.contains("instead") || refused.contains("Unpack"), "{refused}");
}

#[test]
fn other_workbooks_are_named_by_their_sheets_or_their_cells() {
    let other = |name: &'static str, rows: &[&'static str]| refusal("a.xlsx", &workbook(&[(name, texts(rows))]));
    assert!(other("SSDA903 episodes", &["a|b"]).contains("SSDA903"));
    assert!(other("Sheet1", &["UPN|EHC plan issued|SEN need"]).contains("special educational needs"));
    assert!(other("List_1", &["LAchildID|PersonBirthDate|GenderCurrent", "1|2|3"]).contains("children in need census"));
    assert!(other("Sheet1", &["a|b"]).contains("no Annex A sheets"));
}

#[test]
fn a_zip_of_files_says_to_unpack_it() {
    let refused = refusal("a.zip", &archive(&[("list_1.csv", b"x".to_vec())]));
    assert!(refused.contains("no workbook") && refused.contains("Unpack it"), "{refused}");
}

#[test]
fn a_child_with_two_dates_of_birth_is_named() {
    let needs = "Child Unique ID,Gender,Date of Birth,CIN Start Date,Allocated Team\n1,a,01/02/2015,05/01/2024,North\n2,a,01/09/2024,05/01/2024,North\n3,a,,05/01/2024,\n";
    let plans = "Child Unique ID,Gender,Date of Birth,Child Protection Plan Start Date,Allocated Team\n1,a,02/01/2015,05/01/2024,South\n1,a,02/01/2015,06/01/2024,South\n2,a,05/09/2024,05/01/2024,\n3,a,01/02/2015,05/01/2024,\n";
    let files = [("list_6.csv", needs.as_bytes()), ("list_7.csv", plans.as_bytes())];
    let extract = read_with(&files, Format::Auto, &Limits::default()).unwrap();
    let named: Vec<_> =
        extract.problems.iter().filter(|problem| problem.kind == ProblemKind::ConflictingBirthDates).collect();
    let [problem] = &named[..] else { panic!("one child: {named:?}") };
    assert_eq!(
        (problem.list.as_str(), problem.row, problem.child_id.as_deref(), problem.team.as_deref()),
        ("L7", Some(2), Some("1"), Some("South"))
    );
    assert!(problem.message.contains("L6, row 2 (01/02/2015)"), "{}", problem.message);
}

#[test]
fn ids_that_differ_in_zeros_case_or_spaces_are_named() {
    let contacts =
        b"Child Unique ID,Gender,Date of Contact\n00410001,a,05/01/2024\nab12,a,05/01/2024\n7,a,05/01/2024\n"
            .as_slice();
    let referrals = b"Child Unique ID,Gender,Date of referral\n410001,a,05/01/2024\nAB12,a,05/01/2024\n7,a,05/01/2024\n70,a,05/01/2024\n".as_slice();
    let files = [("list_1.csv", contacts), ("list_3.csv", referrals)];
    let extract = read_with(&files, Format::Auto, &Limits::default()).unwrap();
    let named: Vec<_> = extract
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::IdsAlike)
        .map(|problem| problem.value.as_deref().unwrap())
        .collect();
    assert_eq!(named, ["410001", "AB12"]);
}

#[test]
fn names_that_may_be_one_person_are_offered_and_kept_apart() {
    let csv = "Child Unique ID,Gender,Date of referral,Allocated Team,Allocated Worker\n\
               1,a,05/01/2024,North,\"Alder, Ada\"\n2,a,05/01/2024,North,Ada Alder\n3,a,05/01/2024,None,Ada Alder (SW1234)\n4,a,05/01/2024,O\u{2019}Neill,Bo Ash\n5,a,05/01/2024,O'Neill,BO  ASH\n";
    let extract = extract("list_3.csv", csv.as_bytes());
    let alike: Vec<_> = extract.problems.iter().filter(|problem| problem.kind == ProblemKind::NamesAlike).collect();
    let [problem] = &alike[..] else { panic!("one person: {alike:?}") };
    assert_eq!(problem.value.as_deref(), Some("\"Ada Alder\", \"Ada Alder (SW1234)\", \"Alder, Ada\""));
    assert_eq!((extract.names.workers().len(), extract.names.teams().len()), (4, 3));
    assert!(
        extract.problems.iter().any(|problem| {
            problem.kind == ProblemKind::TeamPlaceholder && problem.child_id.as_deref() == Some("3")
        })
    );
}

#[test]
fn case_status_in_the_case_systems_words_where_they_can_mean_one_thing() {
    let csv = "Child Unique ID,Gender,CIN Start Date,Case status\n1,a,05/01/2024,CP\n2,a,05/01/2024,LAC\n3,a,05/01/2024,Assessment\n4,a,05/01/2024,closed\n5,a,05/01/2024,CIN plan\n6,a,05/01/2024,CIN\n";
    let (list, problems) = list("list_6.csv", csv.as_bytes());
    let stored: Vec<_> = list
        .rows
        .iter()
        .map(|row| match &row.record {
            domain::record::Record::Need(need) => need.case_status.clone().unwrap(),
            _ => panic!("a need"),
        })
        .collect();
    let expected = [
        "Child Protection plan",
        "Looked after child",
        "Open assessment",
        "Closed episode",
        "Child in need plan",
        "CIN",
    ];
    assert_eq!(stored, expected);
    let unknown: Vec<_> = problems.iter().filter(|problem| problem.kind == ProblemKind::UnknownCode).collect();
    assert_eq!(unknown.len(), 1, "a child in need may be on a plan or in assessment");
    let column = list.columns.iter().find(|column| column.column == "Case status").unwrap();
    assert_eq!(column.unreadable, 1);
}

#[rstest]
#[case("05/01/1899", ProblemKind::ImpossibleYear)]
#[case("05/01/2062", ProblemKind::ImpossibleYear)]
#[case("05/01/2027", ProblemKind::ImpossibleYear)]
#[case("04/05/2014", ProblemKind::StartBeforeBirth)]
fn contacts_on_days_that_cannot_be(#[case] date: &str, #[case] kind: ProblemKind) {
    let csv = format!("Child Unique ID,Gender,Date of Birth,Date of Contact\n1,a,05/02/2015,{date}\n");
    let (list, problems) = list("list_1.csv", csv.as_bytes());
    let found: Vec<_> = on(&problems, "Date of Contact").iter().map(|problem| problem.kind).collect();
    assert_eq!((list.loaded, found), (1, vec![kind]));
}

#[rstest]
#[case("list_1.csv", "Date of Contact", "05/01/2026", "05/05/2014")]
#[case("list_1.csv", "Date of Contact", "05/01/2024", "05/05/2014")]
fn contacts_on_days_that_can_be(#[case] name: &str, #[case] header: &str, #[case] date: &str, #[case] birth: &str) {
    let csv = format!("Child Unique ID,Gender,Date of Birth,{header}\n1,a,{birth},{date}\n");
    assert!(on(&list(name, csv.as_bytes()).1, header).is_empty());
}

#[rstest]
#[case::child_of_exactly_25("list_1.csv", "Date of Contact", "31/01/1999", None)]
#[case::child_over_25("list_1.csv", "Date of Contact", "30/01/1999", Some(ProblemKind::TooOldForAChild))]
#[case::leaver_within_the_26th_year("list_9.csv", "Latest Date of Contact", "01/02/1998", None)]
#[case::leaver_of_26("list_9.csv", "Latest Date of Contact", "31/01/1998", Some(ProblemKind::TooOldForAChild))]
#[case::child_of_a_century("list_1.csv", "Date of Contact", "01/01/1900", Some(ProblemKind::TooOldForAChild))]
#[case::before_the_century("list_1.csv", "Date of Contact", "01/01/1026", Some(ProblemKind::ImpossibleYear))]
#[case::far_ahead("list_1.csv", "Date of Contact", "01/01/2062", Some(ProblemKind::ImpossibleYear))]
#[case::unborn("list_1.csv", "Date of Contact", "01/06/2024", None)]
#[case::no_birth_so_late("list_1.csv", "Date of Contact", "01/06/2025", Some(ProblemKind::BirthTooLate))]
fn births(#[case] name: &str, #[case] header: &str, #[case] birth: &str, #[case] kind: Option<ProblemKind>) {
    let csv = format!("Child Unique ID,Gender,Date of Birth,{header}\n1,a,{birth},05/01/2024\n");
    let found: Vec<_> = on(&list(name, csv.as_bytes()).1, "Date of Birth").iter().map(|problem| problem.kind).collect();
    assert_eq!(found, kind.into_iter().collect::<Vec<_>>());
}
