//! The council's own files.

use crate::support::*;
use domain::scope::Area;
use domain::workforce::Post;
use ingest::{Format, Limits, Severity};

const ORGANISATION: &str = "team,team_type,service,Head of Service,head_of_service_email,valid_from,valid_to\n\
    North,Children and Families,Safeguarding,Pat Hill,pat@example.org,2023-04-01,\n\
    South\u{a0} Team,,Safeguarding,Pat Hill,,01/04/2023,31/03/2024\n";

#[test]
fn an_organisation_is_read() {
    let extract = extract("organisation.csv", ORGANISATION.as_bytes());
    let organisation = extract.organisation.unwrap();
    assert_eq!((organisation.rows_in, organisation.loaded, organisation.warnings), (2, 2, 0));
    let south = &organisation.lines[1];
    assert_eq!(
        (south.team.as_str(), south.valid_from, south.valid_to),
        ("South Team", day(2023, 4, 1), day(2024, 3, 31))
    );
    assert_eq!(organisation.lines[0].head_of_service, "Pat Hill");
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
    for name in ["visits.csv", "Front Door.csv", "folder/court.csv"] {
        let refused = refusal(name, b"worker,team\nAnn,North\n");
        assert!(refused.contains("not yet supported") && refused.contains(name), "{refused}");
    }
}

const TARGETS: &str = "indicator,team,service,target,tolerance,valid_from,colour\n\
    cpp-01,,,95%,2.5%,2026-01-01,red\n\
    CPP-01,North\u{a0} 1,,0.9,,01/02/2026,\n\
    WF-01,,North,15.5,,2026-01-01,\n";

#[test]
fn targets_are_read_to_the_last_digit() {
    let extract = extract("Targets 2026.csv", TARGETS.as_bytes());
    let targets = extract.targets.unwrap();
    assert_eq!((targets.rows_in, targets.loaded, targets.warnings), (3, 3, 1));
    let shown: Vec<_> = targets
        .lines
        .iter()
        .map(|line| {
            let aim = line.aim.unwrap();
            (line.measure.as_str(), line.area.clone(), aim.value.to_string(), aim.tolerance.to_string())
        })
        .collect();
    let some = |value: &str| value.to_owned();
    assert_eq!(
        shown,
        [
            ("CPP-01", Area::All, some("0.95"), some("0.025")),
            ("CPP-01", Area::Team(some("North 1")), some("0.9"), some("0")),
            ("WF-01", Area::Service(some("North")), some("15.5"), some("0")),
        ]
    );
    assert_eq!(Some(targets.lines[1].applies_from), day(2026, 2, 1));
    assert!(extract.problems.iter().any(|problem| problem.column.as_deref() == Some("colour")));
}

#[test]
fn every_row_of_targets_that_cannot_be_is_named_and_the_file_refused() {
    let csv = "indicator,team,service,target,tolerance,valid_from\n\
        CPP-99,,,95%,,2026-01-01\n\
        CPP-01,,,95,,2026-01-01\n\
        CPP-01,,,95%,lots,2026-01-01\n\
        CPP-01,,,95%,,31/02/2026\n\
        CPP-01,A,B,95%,,2026-01-01\n\
        CPP-13,,,5%,,2026-01-01\n\
        ,,,95%,,\n\
        ASM-01,,,80%,,2026-01-01\n\
        asm-01,,,85%,,2026-01-01\n\
        ASM-01,,,80%,,2026-01-01\n";
    let refused = refusal("targets.csv", csv.as_bytes());
    for words in [
        "none of it was taken, for 9 things stand in the way",
        "row 2, indicator, \"CPP-99\": no such indicator",
        "row 3, target, \"95\": a share is needed from 0% to 100%: write 95% or 0.95",
        "row 4, tolerance, \"lots\": a share",
        "row 5, valid_from, \"31/02/2026\": not a date",
        "row 6, service, \"B\": a team and a service",
        "row 7, indicator, \"CPP-13\": CPP-13 has no good side",
        "row 8, indicator: blank",
        "row 8, valid_from: blank",
        "row 10: another target of the same indicator",
    ] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert!(!refused.contains("row 9") && !refused.contains("row 11"), "{refused}");
    assert!(refusal("targets.csv", b"indicator,valid_from\n").contains("\"target\" is missing"));
}

const WORKFORCE: &str = "Worker,team,role,fte,agency,newly_qualified,permanent,started,left\n\
    Ada  Ash,North 1,Social Worker,0.6,No,yes,,2025-09-01,\n\
    Ben Bow,North 1,Team Manager,1,N,,Y,,\n\
    Cas Cole,,Navigator,,Y,,,01/02/2020,31/12/2025\n";

#[test]
fn a_workforce_is_read_and_what_is_blank_is_not_known() {
    let extract = extract("workforce_2026.csv", WORKFORCE.as_bytes());
    let workforce = extract.workforce.unwrap();
    assert_eq!((workforce.rows_in, workforce.loaded, workforce.warnings), (3, 3, 1));
    let [ada, ben, cas] = &workforce.lines[..] else { panic!("three lines") };
    assert_eq!((ada.worker.as_str(), ada.fte.unwrap().to_string().as_str()), ("Ada Ash", "0.6"));
    assert_eq!((ada.agency, ada.newly_qualified, ada.permanent), (Some(false), Some(true), None));
    assert_eq!((ben.role.clone(), ben.started), (Some(Post::Manager), None));
    assert_eq!((cas.role.clone(), cas.left), (Some(Post::Other("Navigator".to_owned())), day(2025, 12, 31)));
    assert!(extract.problems.iter().any(|problem| problem.value.as_deref() == Some("Navigator")));
}

#[test]
fn every_row_of_a_workforce_that_cannot_be_is_named_and_the_file_refused() {
    let csv = "worker,team,fte,agency,started,left\n\
        ,North,1,,,\n\
        Ada,North,37,,,\n\
        Ben,North,1,perhaps,,\n\
        Cas,North,1,,2026-02-01,2026-01-31\n\
        Dee,North,1,,,2025-12-31\n\
        DEE,north,0.5,,2026-01-01,\n\
        dee,North,0.4,,2026-02-01,\n\
        Eve,North,1,,soon,\n";
    let refused = refusal("workforce.csv", csv.as_bytes());
    for words in [
        "6 things stand in the way",
        "row 2, worker: blank",
        "row 3, fte, \"37\": full-time equivalents from 0 to 2",
        "row 4, agency, \"perhaps\": neither yes nor no",
        "row 5, left, \"2026-01-31\": lies before the start",
        "row 8: the same worker stands in the same team above",
        "row 9, started, \"soon\": not a date",
    ] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert!(refusal("workforce.csv", b"name,team\nAda,North\n").contains("\"worker\" is missing"));
    let twice: [(&str, &[u8]); 2] = [("workforce.csv", b"worker\nAda\n"), ("workforce2.csv", b"worker\nAda\n")];
    let refused = read_with(&twice, Format::Auto, &Limits::default()).expect_err("must be refused").to_string();
    assert!(refused.contains("workforce is given twice"), "{refused}");
}
