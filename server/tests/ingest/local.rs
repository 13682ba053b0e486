//! The council's own files.

use crate::support::*;
use server::ingest::{Format, Limits, Severity};

const ORGANISATION: &str = "team,team_type,service,Head of Service,head_of_service_email,valid_from,valid_to\n\
    North,Children and Families,Safeguarding,Pat Hill,pat@example.org,2023-04-01,\n\
    South\u{a0} Team,,Safeguarding,Pat Hill,,01/04/2023,31/03/2024\n";

#[test]
fn an_organisation_is_read() {
    let extract = extract("organisation.csv", ORGANISATION.as_bytes());
    let organisation = extract.organisation.unwrap();
    assert_eq!((organisation.rows_in, organisation.loaded, organisation.warnings), (2, 2, 0));
    let south = &organisation.places[1];
    assert_eq!(
        (south.team.as_str(), south.valid_from, south.valid_to),
        ("South Team", day(2023, 4, 1), day(2024, 3, 31))
    );
    assert_eq!(organisation.places[0].head_of_service, "Pat Hill");
}

#[test]
fn it_is_told_by_its_headers_too() {
    assert!(extract("teams.csv", ORGANISATION.as_bytes()).organisation.is_some());
}

#[test]
fn a_missing_required_column_refuses_the_file_by_its_name() {
    assert!(
        refusal("organisation.csv", b"team,service\nNorth,Safeguarding\n").contains("\"head_of_service\" is missing")
    );
    assert!(refusal("organisation.csv", b"").contains("\"team\" is missing"));
}

#[test]
fn rows_without_a_team_are_rejected_and_the_rest_reported() {
    let csv = "team,service,head_of_service,valid_from,colour\n,S,H,,\nNorth,S,H,31/02/2024,red\nNorth,S,H,31/02/2024,red\nEast,,H,,\n";
    let extract = extract("organisation.csv", csv.as_bytes());
    let organisation = extract.organisation.unwrap();
    assert_eq!(
        (organisation.rows_in, organisation.loaded, organisation.rejected, organisation.duplicate),
        (4, 1, 2, 1)
    );
    assert!(extract.problems.iter().any(|problem| problem.column.as_deref() == Some("colour")));
    assert!(extract.problems.iter().any(|problem| problem.message.starts_with("not a date")));
    assert_eq!(extract.problems.iter().filter(|problem| problem.severity == Severity::Error).count(), 2);
    assert!(extract.problems.iter().all(|problem| problem.list == "organisation"));
}

#[test]
fn annex_a_and_the_organisation_are_read_together() {
    let contacts = b"Child Unique ID,Gender,Date of Contact\n1,a,05/01/2024\n";
    let files: [(&str, &[u8]); 2] = [("organisation.csv", ORGANISATION.as_bytes()), ("list_1.csv", contacts)];
    let extract = read_with(&files, Format::Auto, &Limits::default()).unwrap();
    assert!(extract.organisation.is_some() && extract.lists.len() == 1);
}

#[test]
fn other_local_files_are_not_read_yet() {
    for name in ["workforce.csv", "Front Door.csv", "folder/targets.csv"] {
        let refused = refusal(name, b"worker,team\nAnn,North\n");
        assert!(refused.contains("not yet supported") && refused.contains(name), "{refused}");
    }
}
