//! What the log tells of a period, as it stood at its end.

use crate::common::*;
use chrono::{DateTime, Utc};
use domain::action::{Author, Event, EventKind, Subject};
use domain::calendar::WorkingDays;
use domain::evidence::{ActionTold, Service, Word, tell, whole_quarters};
use domain::measures::Period;

fn at(date: &str) -> DateTime<Utc> {
    format!("{date}T10:00:00Z").parse().unwrap()
}

/// The action of child 100 that is recorded on 2 March 2026 and due on `due`, with more events after it.
fn log(due: &str, more: &[(&str, EventKind)]) -> Vec<Event> {
    let mut events = recorded().events().to_vec();
    if let EventKind::Recorded(first) = &mut events[0].kind {
        first.due = day(due);
    }
    for (number, (date, kind)) in (2..).zip(more) {
        let data = matches!(kind, EventKind::DataConfirmed { .. } | EventKind::DataContradicted { .. });
        let by = if data { Author::Data } else { Author::Person(head().user) };
        events.push(Event { sequence: number, at: at(date), by, kind: kind.clone() });
    }
    events
}

fn report() -> EventKind {
    EventKind::Reported { what_changed: "Seen".into() }
}

fn said(confirmed: bool, as_at: &str) -> EventKind {
    let (child_id, as_at) = ("100".into(), day(as_at));
    if confirmed {
        EventKind::DataConfirmed { child_id, as_at }
    } else {
        EventKind::DataContradicted { child_id, as_at }
    }
}

fn told(events: &[Event], from: &str, to: &str) -> Option<ActionTold> {
    tell(events, Period { from: day(from), to: day(to) }, &WorkingDays::england(), |moment| moment.date_naive())
        .unwrap()
}

#[test]
fn an_action_is_opened_and_closed_in_the_period_of_each() {
    let events = log("2026-03-20", &[("2026-03-20", report()), ("2026-04-07", EventKind::Confirmed)]);
    let march = told(&events, "2026-03-01", "2026-03-31").unwrap();
    assert!(march.opened && march.closed.is_empty() && !march.late, "a report ends the lateness: {march:?}");
    let april = told(&events, "2026-04-01", "2026-04-30").unwrap();
    assert!(!april.opened && april.closed[0].on_time, "reported on the day it was due");
    assert_eq!(april.closed[0].days, 36);
    assert_eq!(told(&events, "2026-02-01", "2026-02-28"), None, "it was not there yet");
}

#[test]
fn a_report_after_the_day_is_late_and_a_due_day_that_moved_counts_as_it_stood() {
    let late = [("2026-03-23", report()), ("2026-03-24", EventKind::Confirmed)];
    assert!(!told(&log("2026-03-20", &late), "2026-03-01", "2026-03-31").unwrap().closed[0].on_time);
    let moved = EventKind::DueMoved { to: day("2026-03-23"), reason: "The family is away".into() };
    let events: Vec<_> = [("2026-03-10", moved)].into_iter().chain(late).collect();
    assert!(told(&log("2026-03-20", &events), "2026-03-01", "2026-03-31").unwrap().closed[0].on_time);
}

#[test]
fn late_is_what_was_open_past_its_day_at_the_end_of_the_period() {
    let events = log("2026-03-20", &[("2026-04-15", report())]);
    for (to, late) in [
        ("2026-03-20", false),
        // A Saturday: no working day has passed since it was due.
        ("2026-03-21", false),
        ("2026-03-23", true),
        ("2026-04-14", true),
        ("2026-04-15", false),
    ] {
        assert_eq!(told(&events, "2026-03-01", to).unwrap().late, late, "{to}");
    }
}

#[test]
fn the_data_says_of_each_closing_what_was_known_at_the_end_of_the_period() {
    let closing = [("2026-03-10", report()), ("2026-03-11", EventKind::Confirmed)];
    let and = |more: &[(&'static str, EventKind)]| log("2026-03-20", &[&closing[..], more].concat());
    let word = |events: &[Event], to: &str| told(events, "2026-03-01", to).unwrap().closed[0].word;
    assert_eq!(word(&and(&[]), "2026-03-31"), Some(Word::Untold));
    let confirmed = and(&[("2026-03-16", said(true, "2026-03-13"))]);
    assert_eq!(word(&confirmed, "2026-03-15"), Some(Word::Untold), "not known yet");
    assert_eq!(word(&confirmed, "2026-03-31"), Some(Word::Confirmed));
    let back = and(&[
        ("2026-03-16", said(false, "2026-03-13")),
        ("2026-03-20", report()),
        ("2026-03-21", EventKind::Confirmed),
        ("2026-03-30", said(true, "2026-03-27")),
    ]);
    let told = told(&back, "2026-03-01", "2026-03-31").unwrap();
    assert_eq!(
        told.closed.iter().map(|closed| closed.word).collect::<Vec<_>>(),
        [Some(Word::Contradicted), Some(Word::Confirmed)]
    );
    assert_eq!(told.came_back, 1);
}

#[test]
fn quarters_that_lie_in_the_period_and_are_over_are_whole() {
    let quarters = |from: &str, to: &str, today: &str| {
        let found = whole_quarters(day(from), day(to), day(today));
        found.iter().map(|quarter| format!("{} {}", quarter.from, quarter.to)).collect::<Vec<_>>()
    };
    assert_eq!(quarters("2026-01-01", "2026-06-30", "2026-07-01"), ["2026-01-01 2026-03-31", "2026-04-01 2026-06-30"]);
    assert_eq!(quarters("2026-01-02", "2026-06-30", "2026-06-30"), Vec::<String>::new(), "neither is whole and over");
    assert_eq!(quarters("2025-11-15", "2026-04-15", "2026-04-15"), ["2026-01-01 2026-03-31"]);
    assert_eq!(quarters("2026-06-30", "2026-01-01", "2026-07-01"), Vec::<String>::new());
}

#[test]
fn an_action_counts_under_one_service() {
    let organisation = organisation();
    let of = |subject: &Subject| Service::of_subject(subject, &organisation);
    let north = Service::Named("North".into());
    assert_eq!(of(&about_a_child()), north);
    assert_eq!(of(&Subject::Pathway { from: "A".into(), to: "B".into() }), north);
    assert_eq!(of(&Subject::Pathway { from: "A".into(), to: "C".into() }), Service::Several);
    assert_eq!(of(&Subject::Child { children: vec![child("1", None)] }), Service::None);
    assert_eq!(of(&Subject::Service { service: "South".into(), teams: Vec::new() }), Service::Named("South".into()));
}
