//! Who may do what: a table of roles and commands.

use crate::common::*;
use domain::action::{Amendment, Author, Command, Doer, EventKind, History, Priority, Refusal, Subject};
use domain::ids::{EvidenceId, UserId};
use domain::scope::{Area, Role};
use std::sync::LazyLock;

static SECOND: LazyLock<Somebody> = LazyLock::new(second_head);

/// Each command with a history in which it can happen.
fn commands() -> Vec<(&'static str, History, Command<'static>)> {
    let amend = Amendment { priority: Some(Priority::High), ..Amendment::default() };
    vec![
        ("amend", recorded(), Command::Amend(amend)),
        ("move due", recorded(), Command::MoveDue { to: day("2026-04-01"), reason: "Away" }),
        ("progress", recorded(), Command::Progress { text: "Booked", links: &[] }),
        ("evidence", recorded(), Command::AddEvidence { evidence: EvidenceId(1), name: "letter.pdf" }),
        ("hand over", recorded(), Command::HandOver { to: SECOND.person(), reason: "Leaves" }),
        ("report", recorded(), Command::Report { what_changed: "Seen" }),
        ("send back", reported(), Command::SendBack { reason: "Which visit?" }),
        ("confirm", reported(), Command::Confirm),
        ("reopen", closed(), Command::Reopen { reason: "Not so" }),
        ("withdraw", recorded(), Command::Withdraw { reason: "Error" }),
    ]
}

fn allowed(somebody: &Somebody) -> Vec<&'static str> {
    let may = |(name, history, command): (&'static str, History, Command<'_>)| {
        ask(&history, command, somebody).is_ok().then_some(name)
    };
    commands().into_iter().filter_map(may).collect()
}

#[test]
fn a_director_does_everything_in_the_area_but_report() {
    let all = ["amend", "move due", "progress", "evidence", "hand over", "send back", "confirm", "reopen", "withdraw"];
    assert_eq!(allowed(&director()), all);
    assert_eq!(allowed(&Somebody::new(10, Role::Director, north())), all);
    assert_eq!(allowed(&Somebody::new(10, Role::Director, south())), [""; 0]);
}

#[test]
fn a_head_of_service_manages_the_actions_of_the_own_services_and_teams() {
    assert_eq!(allowed(&head()), ["amend", "move due", "progress", "evidence", "hand over", "report"]);
    let other = Somebody::new(10, Role::HeadOfService, team("A"));
    assert_eq!(allowed(&other), ["amend", "move due", "progress", "evidence", "hand over"]);
    assert_eq!(allowed(&Somebody::new(10, Role::HeadOfService, team("B"))), [""; 0]);
    assert_eq!(allowed(&Somebody::new(10, Role::HeadOfService, south())), [""; 0]);
}

#[test]
fn a_head_of_service_who_has_left_does_nothing_more() {
    let mut gone = head();
    gone.grants[0].valid_to = Some(day("2026-03-01"));
    assert_eq!(allowed(&gone), [""; 0]);
}

#[test]
fn a_team_manager_adds_progress_and_evidence_for_the_own_teams() {
    assert_eq!(allowed(&manager()), ["progress", "evidence"]);
    assert_eq!(allowed(&Somebody::new(10, Role::TeamManager, team("B"))), [""; 0]);
}

#[test]
fn a_team_manager_adds_progress_to_what_was_given_whosever_team_it_is() {
    let outside = Somebody::new(10, Role::TeamManager, team("C"));
    let mut history = recorded();
    let give = Amendment { doer: Some(Doer::User(outside.user)), ..Amendment::default() };
    act(&mut history, Command::Amend(give), &director());
    let progress = || Command::Progress { text: "Booked", links: &[] };
    assert!(ask(&history, progress(), &outside).is_ok());
    let moved = Command::MoveDue { to: day("2026-04-01"), reason: "Away" };
    assert_eq!(ask(&history, moved, &outside), Err(Refusal::NotAllowed));
    let member = Somebody::new(10, Role::Member, Area::All);
    assert_eq!(ask(&history, progress(), &member), Err(Refusal::NotAllowed));
}

#[test]
fn a_child_that_moves_takes_the_rights_with_it() {
    let history = recorded();
    let organisation = organisation();
    let teams = ["B".to_owned()];
    let now =
        domain::action::Circumstances { today: day(TODAY), organisation: &organisation, teams: &teams, leader: None };
    let progress = || Command::Progress { text: "Booked", links: &[] };
    assert_eq!(history.decide(1, progress(), &manager().person(), &now), Err(Refusal::NotAllowed));
    let next = Somebody::new(10, Role::TeamManager, team("B"));
    assert!(history.decide(1, progress(), &next.person(), &now).is_ok());
}

#[test]
fn analysts_and_quality_leads_read_members_and_administrators_do_not() {
    let history = recorded();
    let organisation = organisation();
    let teams = ["A".to_owned()];
    let now =
        domain::action::Circumstances { today: day(TODAY), organisation: &organisation, teams: &teams, leader: None };
    for (role, area, reads) in [
        (Role::Analyst, Area::All, true),
        (Role::QualityLead, Area::All, true),
        (Role::QualityLead, south(), false),
        (Role::TeamManager, team("A"), true),
        (Role::TeamManager, team("B"), false),
        (Role::Member, Area::All, false),
        (Role::Administrator, Area::All, false),
    ] {
        let somebody = Somebody::new(10, role, area.clone());
        assert_eq!(history.action().may_be_read_by(&somebody.person(), &now), reads, "{role:?} {area:?}");
        if role != Role::TeamManager {
            assert_eq!(allowed(&somebody), [""; 0], "{role:?}");
        }
    }
}

#[test]
fn roles_other_than_director_and_head_of_service_record_nothing() {
    for role in [Role::TeamManager, Role::Analyst, Role::QualityLead, Role::Member, Role::Administrator] {
        let head = head();
        let answer = record(draft(about_a_child(), Some(head.person())), &Somebody::new(10, role, Area::All));
        assert_eq!(answer, Err(Refusal::NotAllowed), "{role:?}");
    }
}

#[test]
fn roles_of_one_person_do_not_lend_each_other_their_area() {
    // Head of Service of South and team manager of A: no Head of Service of A.
    let mut both = Somebody::new(10, Role::HeadOfService, south());
    both.grants.extend(manager().grants);
    assert_eq!(allowed(&both), ["progress", "evidence"]);
    assert_eq!(record(draft(about_a_child(), Some(both.person())), &director()), Err(Refusal::NotAccountable));
}

#[test]
fn a_service_is_its_directors_as_a_whole() {
    let mut history = recorded_about(Subject::Service { service: "North".into(), teams: Vec::new() });
    act(&mut history, Command::Report { what_changed: "Done" }, &head());
    let director = Somebody::new(10, Role::Director, north());
    assert_eq!(ask(&history, Command::Confirm, &director), Ok(EventKind::Confirmed));
    let event = history.next(moment(), Author::Person(UserId(10)), EventKind::Confirmed);
    assert!(history.push(event).is_ok());
}
