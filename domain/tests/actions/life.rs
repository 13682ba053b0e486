//! From open to closed and back.

use crate::common::*;
use domain::action::{
    Amendment, Author, Command, Doer, Event, EventKind, History, Person, Priority, Refusal, Set, State, Subject,
};
use domain::ids::{EvidenceId, RecommendationId, UserId};
use domain::scope::Role;

#[test]
fn it_closes_by_the_report_of_the_head_of_service_and_a_second_person() {
    let mut history = recorded();
    assert_eq!(ask(&history, Command::Confirm, &director()), Err(Refusal::NotNow(State::Open)));
    act(&mut history, Command::Report { what_changed: "Seen on 4 March" }, &head());
    assert_eq!(history.action().state, State::Reported);
    act(&mut history, Command::Confirm, &director());
    let action = history.action();
    assert_eq!(action.state, State::Closed);
    assert_eq!(action.report.as_ref().unwrap().by, head().user);
    assert_eq!(action.closing.unwrap().by, director().user);
}

#[test]
fn a_report_says_what_changed() {
    let history = recorded();
    assert!(matches!(ask(&history, Command::Report { what_changed: "  " }, &head()), Err(Refusal::Text(_))));
}

#[test]
fn nobody_reports_but_the_accountable_head_of_service() {
    let history = recorded();
    let report = || Command::Report { what_changed: "Seen" };
    assert_eq!(ask(&history, report(), &director()), Err(Refusal::NotYourReport));
    assert_eq!(ask(&history, report(), &second_head()), Err(Refusal::NotYourReport));
    assert_eq!(ask(&history, report(), &manager()), Err(Refusal::NotAllowed));
}

#[test]
fn nobody_confirms_the_own_report_not_even_who_leads() {
    let history = reported();
    let leader = Some(head().user);
    assert_eq!(ask_led_by(&history, Command::Confirm, &head(), leader), Err(Refusal::OwnReport));
    let mut both = head();
    both.grants.extend(director().grants);
    assert_eq!(ask(&history, Command::Confirm, &both), Err(Refusal::OwnReport));
}

#[test]
fn who_becomes_accountable_after_the_report_does_not_confirm_it() {
    let mut history = reported();
    act(&mut history, Command::HandOver { to: second_head().person(), reason: "Leaves" }, &director());
    assert_eq!(history.action().state, State::Reported);
    let leader = Some(second_head().user);
    assert_eq!(ask_led_by(&history, Command::Confirm, &second_head(), leader), Err(Refusal::OwnReport));
}

#[test]
fn who_leads_the_surgery_confirms_and_another_head_of_service_does_not() {
    let history = reported();
    assert_eq!(ask(&history, Command::Confirm, &second_head()), Err(Refusal::NotAllowed));
    assert_eq!(
        ask_led_by(&history, Command::Confirm, &second_head(), Some(second_head().user)),
        Ok(EventKind::Confirmed)
    );
    let south = Somebody::new(3, Role::HeadOfService, south());
    assert_eq!(ask_led_by(&history, Command::Confirm, &south, Some(south.user)), Err(Refusal::NotAllowed));
}

#[test]
fn a_report_that_is_not_enough_goes_back_and_can_be_made_again() {
    let mut history = reported();
    act(&mut history, Command::SendBack { reason: "Which visit?" }, &director());
    assert_eq!((history.action().state, &history.action().report), (State::Open, &None));
    act(&mut history, Command::Report { what_changed: "Seen at home on 4 March" }, &head());
    assert_eq!(history.action().reports, 2);
}

#[test]
fn after_closing_nothing_happens_but_a_reopening_with_a_reason() {
    let mut history = closed();
    let amend = Command::Amend(Amendment { priority: Some(Priority::High), ..Amendment::default() });
    for command in [
        amend,
        Command::MoveDue { to: day("2026-05-01"), reason: "Later" },
        Command::Progress { text: "More", links: &[] },
        Command::AddEvidence { evidence: EvidenceId(1), name: "a.pdf" },
        Command::HandOver { to: second_head().person(), reason: "Leaves" },
        Command::SendBack { reason: "No" },
        Command::Confirm,
        Command::Withdraw { reason: "Error" },
    ] {
        let words = format!("{command:?}");
        assert_eq!(ask(&history, command, &director()), Err(Refusal::NotNow(State::Closed)), "{words}");
    }
    assert_eq!(ask(&history, Command::Report { what_changed: "x" }, &head()), Err(Refusal::NotNow(State::Closed)));
    assert!(matches!(ask(&history, Command::Reopen { reason: "" }, &director()), Err(Refusal::Text(_))));
    assert_eq!(ask(&history, Command::Reopen { reason: "Not so" }, &head()), Err(Refusal::NotAllowed));
    act(&mut history, Command::Reopen { reason: "The visit was to another child" }, &director());
    let action = history.action();
    assert_eq!((action.state, action.reopened, action.closing), (State::Open, 1, None));
}

#[test]
fn what_was_recorded_in_error_is_withdrawn_and_takes_nothing_more() {
    let mut history = recorded();
    assert_eq!(ask(&history, Command::Withdraw { reason: "Twice" }, &head()), Err(Refusal::NotAllowed));
    act(&mut history, Command::Withdraw { reason: "Recorded twice" }, &director());
    assert_eq!(
        ask(&history, Command::Progress { text: "x", links: &[] }, &director()),
        Err(Refusal::NotNow(State::Withdrawn))
    );
    assert_eq!(ask(&history, Command::Reopen { reason: "x" }, &director()), Err(Refusal::NotNow(State::Withdrawn)));
}

#[test]
fn a_due_date_moves_with_a_reason_and_the_first_is_kept() {
    let mut history = recorded();
    let first = history.action().due;
    assert_eq!(ask(&history, Command::MoveDue { to: first, reason: "x" }, &head()), Err(Refusal::SameDue));
    let past = Command::MoveDue { to: day("2026-03-01"), reason: "x" };
    assert_eq!(ask(&history, past, &head()), Err(Refusal::DueInThePast));
    act(&mut history, Command::MoveDue { to: day("2026-04-01"), reason: "The family is away" }, &head());
    act(&mut history, Command::MoveDue { to: day("2026-05-01"), reason: "Still away" }, &head());
    assert_eq!((history.action().first_due, history.action().due), (first, day("2026-05-01")));
}

#[test]
fn it_is_handed_over_to_a_head_of_service_and_nobody_else() {
    fn to(person: Person<'_>) -> Command<'_> {
        Command::HandOver { to: person, reason: "Leaves" }
    }
    let mut history = recorded();
    assert_eq!(ask(&history, to(director().person()), &director()), Err(Refusal::NotAccountable));
    assert_eq!(ask(&history, to(head().person()), &director()), Err(Refusal::SameAccountable));
    let far = Somebody::new(8, Role::HeadOfService, south());
    assert_eq!(ask(&history, to(far.person()), &director()), Err(Refusal::NotAccountable));
    act(&mut history, to(second_head().person()), &head());
    assert_eq!(history.action().accountable, second_head().user);
    assert_eq!(ask(&history, Command::Report { what_changed: "x" }, &head()), Err(Refusal::NotYourReport));
}

#[test]
fn an_amendment_keeps_only_what_differs() {
    let mut history = recorded();
    let same = Amendment { what: Some(" Visit and record it ".into()), ..Amendment::default() };
    assert_eq!(ask(&history, Command::Amend(same.clone()), &head()), Err(Refusal::NothingChanged));
    let amendment =
        Amendment { doer: Some(Doer::User(UserId(4))), recommendation: Some(Set::To(RecommendationId(7))), ..same };
    let kept = Amendment { what: None, ..amendment.clone() };
    assert_eq!(ask(&history, Command::Amend(amendment.clone()), &head()), Ok(EventKind::Amended(Box::new(kept))));
    act(&mut history, Command::Amend(amendment), &head());
    assert_eq!(history.action().doer, Doer::User(UserId(4)));
    let none = Amendment { recommendation: Some(Set::Nothing), ..Amendment::default() };
    act(&mut history, Command::Amend(none), &head());
    assert_eq!(history.action().recommendation, None);
}

#[test]
fn links_lead_somewhere_safe() {
    let history = recorded();
    let with = |link: &str| ask(&history, Command::Progress { text: "See", links: &[link.to_owned()] }, &head());
    assert!(with("https://intranet.example/visits?id=1").is_ok());
    for bad in ["javascript:alert(1)", "https://", "ftp://a.example", "https://a b", "https://a\"onclick=x"] {
        assert_eq!(with(bad), Err(Refusal::BadLink), "{bad}");
    }
    let many = vec!["https://a.example".to_owned(); 11];
    assert_eq!(ask(&history, Command::Progress { text: "See", links: &many }, &head()), Err(Refusal::BadLink));
}

#[test]
fn who_did_not_see_the_last_change_gets_it_instead() {
    let mut history = recorded();
    act(&mut history, Command::Progress { text: "Booked for Tuesday", links: &[] }, &manager());
    let organisation = organisation();
    let teams = ["A".to_owned()];
    let circumstances =
        domain::action::Circumstances { today: day(TODAY), organisation: &organisation, teams: &teams, leader: None };
    let mine = Command::Progress { text: "No answer at the door", links: &[] };
    let answer = history.decide(1, mine.clone(), &head().person(), &circumstances);
    let Err(Refusal::Conflict { theirs }) = answer else { panic!("{answer:?}") };
    assert_eq!(theirs, history.since(1));
    assert!(matches!(&theirs[0].kind, EventKind::Progress { text, .. } if text == "Booked for Tuesday"));
    assert!(history.decide(2, mine.clone(), &head().person(), &circumstances).is_ok());
    // Who may not read it does not learn of it by a conflict.
    let stranger = Somebody::new(9, Role::TeamManager, team("C"));
    assert_eq!(history.decide(1, mine, &stranger.person(), &circumstances), Err(Refusal::NotAllowed));
}

#[test]
fn events_that_cannot_follow_make_no_action() {
    let first = recorded().events()[0].clone();
    let second = |sequence, kind| Event { sequence, at: moment(), by: Author::Person(UserId(1)), kind };
    assert!(History::of(Vec::new()).is_err());
    assert!(History::of(vec![second(1, EventKind::Confirmed)]).is_err());
    assert!(History::of(vec![first.clone(), second(3, EventKind::Withdrawn { reason: "x".into() })]).is_err());
    assert!(History::of(vec![first.clone(), second(2, EventKind::Confirmed)]).is_err());
    assert!(History::of(vec![first.clone(), second(2, first.kind.clone())]).is_err());
    let by_nobody = Event { by: Author::Data, ..second(2, EventKind::Reported { what_changed: "x".into() }) };
    assert!(History::of(vec![first, by_nobody]).is_err());
}

#[test]
fn of_its_children_each_reader_sees_those_within_reach() {
    let both = Subject::Team { teams: vec!["A".into()], children: vec![child("1", Some("A")), child("2", Some("B"))] };
    let (seen, hidden) = both.within(|child| child.team.as_deref() == Some("A"));
    assert_eq!((seen.children().len(), hidden), (1, 1));
}
