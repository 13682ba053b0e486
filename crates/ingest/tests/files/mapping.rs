//! The council's own mapping: what headers, codes, teams and workers are meant to be.

use crate::support::*;
use domain::mapping::{MappingKind, MappingLine, Written};
use domain::record::{List, Record};
use ingest::{Extract, Format, IngestError, InputFile, Limits, Silent};

fn line(kind: MappingKind, list: Option<u8>, column: Option<&str>, text: &str, meant: &str) -> MappingLine {
    let written = Written { kind, list, column: column.map(str::to_owned), text: text.to_owned() };
    MappingLine { written, meant: Some(meant.to_owned()), applies_from: day(2024, 1, 1).unwrap() }
}

fn read_by(files: &[(&str, &str)], set: &[MappingLine]) -> Result<Extract, IngestError> {
    let folder = tempfile::tempdir().unwrap();
    let inputs: Vec<InputFile> = files
        .iter()
        .map(|(name, content)| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            InputFile { name: (*name).to_owned(), path }
        })
        .collect();
    ingest::read(&inputs, Format::Auto, as_at(), set, &Limits::default(), &Silent)
}

const NEEDS: &str = "Client No,Case status,CIN Start Date,CIN Closure Date,Allocated Team,Allocated Worker\n\
     1,CIN,01/12/2023,,N1,\"Alder, Ada\"\n\
     2,CIN,02/12/2023,,N1,Ada Alder\n\
     3,c) Child in need plan,03/12/2023,,North 1,Ada Alder\n";

fn mapping() -> Vec<MappingLine> {
    vec![
        line(MappingKind::Header, Some(6), None, "CLIENT NO.", "Child Unique ID"),
        line(MappingKind::Code, Some(6), Some("Case status"), "cin", "Child in need plan"),
        line(MappingKind::Team, None, None, "N1", "North 1"),
        line(MappingKind::Worker, None, None, "Alder, Ada", "Ada Alder"),
    ]
}

fn needs(extract: &Extract) -> Vec<(String, String, String, String)> {
    let list = extract.lists.iter().find(|list| list.list == List::ChildrenInNeed).unwrap();
    let row = |row: &ingest::ReadRow| match &row.record {
        Record::Need(need) => (
            row.child_id.to_string(),
            need.case_status.clone().unwrap_or_default(),
            need.held.team.clone().unwrap_or_default(),
            need.held.worker.clone().unwrap_or_default(),
        ),
        _ => panic!("a row of another list"),
    };
    list.rows.iter().map(row).collect()
}

#[test]
fn without_a_mapping_the_file_has_no_id() {
    assert!(matches!(read_by(&[("list_6.csv", NEEDS)], &[]), Err(IngestError::MissingColumn { .. })));
}

#[test]
fn a_file_is_read_as_the_mapping_means_it_and_the_uses_are_counted() {
    let extract = read_by(&[("list_6.csv", NEEDS)], &mapping()).unwrap();
    let plan =
        |id: &str| (id.to_owned(), "Child in need plan".to_owned(), "North 1".to_owned(), "Ada Alder".to_owned());
    assert_eq!(needs(&extract), [plan("1"), plan("2"), plan("3")]);
    let uses: Vec<_> = extract.uses.iter().map(|used| (used.written.text.as_str(), used.times)).collect();
    assert_eq!(uses, [("CLIENT NO.", 1), ("cin", 2), ("N1", 2), ("Alder, Ada", 1)]);
    assert!(!extract.problems.iter().any(|problem| problem.column.as_deref() == Some("Case status")));
}

#[test]
fn a_line_of_another_list_or_of_a_later_date_changes_nothing() {
    let mut set = mapping();
    set[1].written.list = Some(7);
    set[2].applies_from = day(2024, 2, 1).unwrap();
    let extract = read_by(&[("list_6.csv", NEEDS)], &set).unwrap();
    let first = needs(&extract).remove(0);
    assert_eq!((first.1.as_str(), first.2.as_str()), ("CIN", "N1"));
}

#[test]
fn a_mapping_given_with_the_files_counts_for_these_very_files() {
    let given = "kind,list,column,written,meant,valid_from\n\
         header,6,,Client No,Child Unique ID,\n\
         code,L6,Case status,CIN,c) Child in need plan,2024-01-01\n\
         team,,,N1,North 1,01/01/2024\n";
    let extract = read_by(&[("list_6.csv", NEEDS), ("mapping.csv", given)], &[]).unwrap();
    let first = needs(&extract).remove(0);
    assert_eq!((first.1.as_str(), first.2.as_str()), ("Child in need plan", "North 1"));
    assert_eq!(extract.mapping.map(|read| read.lines.len()), Some(3));
}

#[test]
fn one_bad_line_refuses_the_mapping_and_names_row_and_column() {
    for (bad, said) in [
        ("code,6,,CIN,c),", "a code belongs to a column"),
        ("code,6,Case status,CIN,not a code,", "none of the codes"),
        ("header,6,,Client No,Shoe size,", "no list has a column"),
        ("colour,,,a,b,", "not a kind of mapping"),
        ("team,,,North 1,north  1,", "read as itself"),
        ("team,7,,N1,North 1,", "leave list and column blank"),
        ("team,,,N1,North 1,soon", "not a date"),
        ("header,12,,Client No,Child Unique ID,", "there is no list"),
    ] {
        let given = format!("kind,list,column,written,meant,valid_from\n{bad}\n");
        let refused = read_by(&[("mapping.csv", &given)], &[]).unwrap_err().to_string();
        assert!(refused.contains("row 2") && refused.contains(said), "{bad}: {refused}");
    }
}
