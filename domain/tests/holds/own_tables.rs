//! `own-tables`.

use crate::common::{Case, Made, day};
use domain::holds::{HoldKind, WorkforceChange};
use domain::organisation::TeamPlace;

fn place(team: &str, service: &str, head: &str) -> TeamPlace {
    TeamPlace {
        team: team.to_owned(),
        service: service.to_owned(),
        head_of_service: head.to_owned(),
        ..TeamPlace::default()
    }
}

fn from(place: TeamPlace, date: &str) -> TeamPlace {
    TeamPlace { valid_from: Some(day(date)), ..place }
}

fn to(place: TeamPlace, date: &str) -> TeamPlace {
    TeamPlace { valid_to: Some(day(date)), ..place }
}

/// Six teams of two heads.
fn six() -> Vec<TeamPlace> {
    (0..6)
        .map(|n| {
            if n < 3 {
                place(&format!("North {n}"), "North", "Ann Able")
            } else {
                place(&format!("South {n}"), "South", "Ben Bold")
            }
        })
        .collect()
}

fn case(before: Vec<TeamPlace>, now: Vec<TeamPlace>) -> Case {
    let mut case = Case::of(&Made::default());
    case.teams_with_children = before.iter().map(|line| line.team.to_lowercase()).collect();
    (case.organisation_before, case.organisation) = (before, Some(now));
    case
}

fn held(case: &Case) -> bool {
    case.kinds() == [HoldKind::OwnTables]
}

#[test]
fn the_same_organisation_again_and_none_at_all_hold_nothing() {
    assert!(case(six(), six()).kinds().is_empty());
    assert!(case(Vec::new(), six()).kinds().is_empty(), "the first one");
    let mut none = case(six(), Vec::new());
    none.organisation = None;
    assert!(none.kinds().is_empty(), "one that is not given stays as it was");
}

#[test]
fn a_team_with_open_children_that_disappears_is_held() {
    let mut lost = case(six(), six()[..5].to_vec());
    let holds = lost.holds();
    assert_eq!(
        (holds[0].kind, holds[0].list.as_deref(), holds[0].before.as_deref(), holds[0].now.as_deref()),
        (HoldKind::OwnTables, Some("organisation"), Some("6"), Some("5"))
    );
    assert!(holds[0].message.contains("South 5"), "{}", holds[0].message);
    lost.teams_with_children.remove("south 5");
    assert!(lost.kinds().is_empty(), "nobody is left in it");

    let mut ended = six();
    ended[5] = to(ended[5].clone(), "2026-09-30");
    assert!(case(six(), ended).kinds().is_empty(), "a team with an end is not lost");
}

#[test]
fn one_team_under_two_services_on_the_same_dates_is_held() {
    let moved = |end: &str, begin: &str| {
        let mut lines = six();
        lines[5] = to(place("South 5", "South", "Ben Bold"), end);
        lines.push(from(place("south  5", "North", "Ann Able"), begin));
        case(six(), lines)
    };
    assert!(held(&moved("2026-10-01", "2026-10-01")), "both on 1 October");
    assert!(moved("2026-09-30", "2026-10-01").kinds().is_empty());
    let mut twice = six();
    twice.push(place("South 5", "South", "Cas Cole"));
    assert!(case(six(), twice).kinds().is_empty(), "one service twice is no such clash");
}

#[test]
fn a_person_who_loses_more_than_half_of_a_scope_without_a_date_is_held() {
    // Of Ann's four teams so many become Cas's.
    let four = || (0..4).map(|n| place(&format!("North {n}"), "North", "Ann Able")).collect::<Vec<_>>();
    for (taken, is_held) in [(2, false), (3, true), (4, true)] {
        let mut now = four();
        for line in &mut now[..taken] {
            line.head_of_service = "Cas Cole".to_owned();
        }
        assert_eq!(held(&case(four(), now)), is_held, "{taken} of 4");
    }
}

#[test]
fn a_person_who_gains_more_than_half_of_a_scope_without_a_date_is_held() {
    // Ben has two teams and gets so many of Ann's ten.
    let before: Vec<TeamPlace> = (0..12)
        .map(|n| {
            if n < 10 {
                place(&format!("North {n}"), "North", "Ann Able")
            } else {
                place(&format!("South {n}"), "South", "Ben Bold")
            }
        })
        .collect();
    for (given, is_held) in [(1, false), (2, true)] {
        let mut now = before.clone();
        for line in &mut now[..given] {
            line.head_of_service = "Ben Bold".to_owned();
        }
        assert_eq!(held(&case(before.clone(), now)), is_held, "{given} to 2");
    }
}

#[test]
fn a_handover_and_a_reorganisation_with_their_dates_hold_nothing() {
    let mut handed_over: Vec<TeamPlace> = six();
    for line in &mut handed_over[..3] {
        *line = to(line.clone(), "2026-09-30");
    }
    handed_over.extend((0..3).map(|n| from(place(&format!("North {n}"), "North", "Ben Bold"), "2026-10-01")));
    assert!(case(six(), handed_over).kinds().is_empty());

    let mut reorganised: Vec<TeamPlace> = six().into_iter().map(|line| to(line, "2026-10-25")).collect();
    reorganised.extend((0..8).map(|n| from(place(&format!("Locality {n}"), "Localities", "Ann Able"), "2026-10-26")));
    assert!(case(six(), reorganised).kinds().is_empty());
}

#[test]
fn a_workforce_may_not_halve_from_twenty_on() {
    for (before, now, is_held) in [(20, 10, true), (20, 11, false), (19, 1, false), (300, 150, true), (300, 290, false)]
    {
        let mut case = case(six(), six());
        case.workforce = Some(WorkforceChange { before, now });
        assert_eq!(held(&case), is_held, "{before} to {now}");
    }
}
