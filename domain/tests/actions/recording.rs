//! Recording: who is accountable, by when, about whom.

use crate::common::*;
use domain::action::{Aim, Due, EventKind, Recorded, Refusal, Subject, may_be_accountable};
use domain::ids::UserId;
use domain::scope::{Area, Grant, Role};
use domain::text::BadText;

fn kept(kind: EventKind) -> Recorded {
    match kind {
        EventKind::Recorded(recorded) => *recorded,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_action_without_an_accountable_head_of_service() {
    assert_eq!(record(draft(about_a_child(), None), &director()), Err(Refusal::NoAccountable));
}

#[test]
fn only_who_is_head_of_service_for_the_teams_on_the_date_is_accountable() {
    for (role, area, may) in [
        (Role::HeadOfService, north(), true),
        (Role::HeadOfService, team("A"), true),
        (Role::HeadOfService, Area::All, true),
        (Role::HeadOfService, south(), false),
        (Role::HeadOfService, team("B"), false),
        (Role::Director, Area::All, false),
        (Role::TeamManager, team("A"), false),
        (Role::Analyst, Area::All, false),
    ] {
        let somebody = Somebody::new(9, role, area.clone());
        let answer = record(draft(about_a_child(), Some(somebody.person())), &director());
        assert_eq!(answer.is_ok(), may, "{role:?} {area:?}: {answer:?}");
    }
    let mut past = head();
    past.grants[0].valid_to = Some(day("2026-03-01"));
    assert_eq!(record(draft(about_a_child(), Some(past.person())), &director()), Err(Refusal::NotAccountable));
    past.grants[0].valid_to = Some(day(TODAY));
    assert!(record(draft(about_a_child(), Some(past.person())), &director()).is_ok());
}

#[test]
fn for_children_and_teams_every_team_counts_and_for_a_hand_off_or_a_service_one() {
    let organisation = organisation();
    let may = |area, subject: Subject| {
        let grant = Grant { role: Role::HeadOfService, area, valid_from: None, valid_to: None };
        may_be_accountable(&[grant], &subject, &organisation, day(TODAY))
    };
    let both = Subject::Child { children: vec![child("1", Some("A")), child("2", Some("C"))] };
    assert!(!may(north(), both.clone()) && !may(south(), both.clone()) && may(Area::All, both));
    let cohort = Subject::Team { teams: vec!["A".into()], children: vec![child("2", Some("C"))] };
    assert!(!may(north(), cohort));
    let hand_off = Subject::Pathway { from: "A".into(), to: "C".into() };
    assert!(may(north(), hand_off.clone()) && may(team("c"), hand_off.clone()) && !may(team("B"), hand_off));
    let service = Subject::Service { service: "North".into(), teams: vec!["A".into(), "B".into()] };
    assert!(may(north(), service.clone()) && may(team("B"), service.clone()) && !may(south(), service));
    let nobodys = Subject::Child { children: vec![child("3", None)] };
    assert!(may(south(), nobodys));
}

#[test]
fn it_is_due_in_working_days_and_never_in_the_past() {
    let head = head();
    let due = |due| {
        let draft = domain::action::Draft { due, ..draft(about_a_child(), Some(head.person())) };
        record(draft, &director()).map(|kind| kept(kind).due)
    };
    assert_eq!(due(Due::Standard), Ok(day("2026-03-16")));
    // 14 working days from Monday 2 March.
    assert_eq!(due(Due::InWorkingDays(14)), Ok(day("2026-03-20")));
    // Over Easter: 3 and 6 April are bank holidays.
    assert_eq!(due(Due::InWorkingDays(24)), Ok(day("2026-04-07")));
    assert_eq!(due(Due::On(day(TODAY))), Ok(day(TODAY)));
    assert_eq!(due(Due::On(day("2026-03-01"))), Err(Refusal::DueInThePast));
}

#[test]
fn it_is_about_somebody_and_a_service_brings_its_teams() {
    let (head, director) = (head(), director());
    let about = |subject| record(draft(subject, Some(head.person())), &director);
    assert_eq!(about(Subject::Child { children: Vec::new() }), Err(Refusal::NoSubject));
    assert_eq!(about(Subject::Team { teams: vec![" ".into()], children: Vec::new() }), Err(Refusal::NoSubject));
    assert_eq!(about(Subject::Pathway { from: "A".into(), to: " a ".into() }), Err(Refusal::SameTeam));
    assert_eq!(
        about(Subject::Service { service: "East".into(), teams: vec!["A".into()] }),
        Err(Refusal::UnknownService)
    );
    let service = kept(about(Subject::Service { service: "north".into(), teams: vec!["C".into()] }).unwrap());
    assert_eq!(service.subject.teams(), ["A", "B"], "a form does not say which teams belong to a service");
    let twice = Subject::Child { children: vec![child("1", Some("A")), child("1", Some("A"))] };
    assert_eq!(kept(about(twice).unwrap()).subject.children().len(), 1);
}

#[test]
fn who_records_reaches_all_of_it() {
    let (head, other) = (head(), Somebody::new(7, Role::HeadOfService, south()));
    let by = |actor: &Somebody, subject| record(draft(subject, Some(head.person())), actor);
    assert!(by(&head, about_a_child()).is_ok());
    assert_eq!(by(&other, about_a_child()), Err(Refusal::NotAllowed));
    let both = Subject::Team { teams: vec!["A".into(), "C".into()], children: Vec::new() };
    assert_eq!(by(&head, both), Err(Refusal::NotAllowed));
    let nobodys = Subject::Child { children: vec![child("3", None)] };
    assert_eq!(by(&head, nobodys.clone()), Err(Refusal::NotAllowed));
    assert!(by(&director(), nobodys).is_ok());
    let local = Somebody::new(8, Role::Director, north());
    assert!(by(&local, about_a_child()).is_ok());
    assert!(by(&local, Subject::Pathway { from: "C".into(), to: "B".into() }).is_ok());
}

#[test]
fn texts_and_measures_are_checked() {
    let head = head();
    let good = || draft(about_a_child(), Some(head.person()));
    let what = |what| record(domain::action::Draft { what, ..good() }, &director());
    assert_eq!(what(" \n"), Err(Refusal::Text(BadText::Missing("What is to be done"))));
    assert!(matches!(what(&"x".repeat(4_001)), Err(Refusal::Text(BadText::TooLong { .. }))));
    let aim = |measure: &str| Some(Aim { measure: measure.into(), group: north(), baseline: None });
    let with = |aim| record(domain::action::Draft { aim, ..good() }, &director());
    assert_eq!(with(aim("XYZ-01")), Err(Refusal::UnknownMeasure));
    assert_eq!(kept(with(aim("cpp-01")).unwrap()).aim.unwrap().measure, "CPP-01");
}

#[test]
fn the_recorder_need_not_be_accountable() {
    let history = recorded();
    assert_eq!((history.action().recorded_by, history.action().accountable), (UserId(1), UserId(2)));
    assert_eq!(history.action().first_due, history.action().due);
}
