//! A council of two services, and people in it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::action::{
    Author, ChildOfTeam, Circumstances, Command, Doer, Draft, Due, Event, EventKind, History, Person, Priority,
    Refusal, Subject,
};
use domain::calendar::WorkingDays;
use domain::ids::UserId;
use domain::organisation::{Organisation, TeamPlace};
use domain::scope::{Area, Grant, Role};
use domain::standards::Standards;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Monday.
pub const TODAY: &str = "2026-03-02";

pub fn moment() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

/// North has the teams A and B, South has C.
pub fn organisation() -> Organisation {
    let place = |team: &str, service: &str| TeamPlace {
        team: team.into(),
        service: service.into(),
        head_of_service: "H".into(),
        ..TeamPlace::default()
    };
    Organisation::on(day(TODAY), [place("A", "North"), place("B", "North"), place("C", "South")])
}

/// Somebody with one grant.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub user: UserId,
    pub grants: Vec<Grant>,
}

impl Somebody {
    pub fn new(user: i64, role: Role, area: Area) -> Self {
        Self { user: UserId(user), grants: vec![Grant { role, area, valid_from: None, valid_to: None }] }
    }

    pub fn person(&self) -> Person<'_> {
        Person { user: self.user, grants: &self.grants }
    }
}

pub fn north() -> Area {
    Area::Service("North".into())
}

pub fn south() -> Area {
    Area::Service("South".into())
}

pub fn team(name: &str) -> Area {
    Area::Team(name.into())
}

/// The Director of everything.
pub fn director() -> Somebody {
    Somebody::new(1, Role::Director, Area::All)
}

/// The Head of Service of North.
pub fn head() -> Somebody {
    Somebody::new(2, Role::HeadOfService, north())
}

/// Another Head of Service of North.
pub fn second_head() -> Somebody {
    Somebody::new(3, Role::HeadOfService, north())
}

/// The manager of team A.
pub fn manager() -> Somebody {
    Somebody::new(4, Role::TeamManager, team("A"))
}

pub fn child(id: &str, team: Option<&str>) -> ChildOfTeam {
    ChildOfTeam { child_id: id.into(), team: team.map(str::to_owned) }
}

/// One child of team A.
pub fn about_a_child() -> Subject {
    Subject::Child { children: vec![child("100", Some("A"))] }
}

pub fn draft(subject: Subject, accountable: Option<Person<'_>>) -> Draft<'_> {
    Draft {
        subject,
        what: "Visit and record it",
        why: "Not seen for 30 working days",
        finding: None,
        accountable,
        doer: Doer::Named("the allocated worker".into()),
        due: Due::Standard,
        priority: Priority::Normal,
        aim: None,
        recommendation: None,
        surgery: None,
    }
}

pub fn record(draft: Draft<'_>, actor: &Somebody) -> Result<EventKind, Refusal> {
    let organisation = organisation();
    let circumstances = Circumstances { today: day(TODAY), organisation: &organisation, teams: &[], leader: None };
    draft.record(&actor.person(), &circumstances, &WorkingDays::england(), &Standards::default())
}

/// An action about one child of team A, for which [`head`] is accountable.
pub fn recorded() -> History {
    recorded_about(about_a_child())
}

pub fn recorded_about(subject: Subject) -> History {
    let head = head();
    let kind = record(draft(subject, Some(head.person())), &director()).unwrap();
    let event = Event { sequence: 1, at: moment(), by: Author::Person(director().user), kind };
    History::of(vec![event]).unwrap()
}

/// Asks as somebody who has seen all of it; the teams concerned are those of the recording.
pub fn ask(history: &History, command: Command<'_>, actor: &Somebody) -> Result<EventKind, Refusal> {
    ask_led_by(history, command, actor, None)
}

pub fn ask_led_by(
    history: &History,
    command: Command<'_>,
    actor: &Somebody,
    leader: Option<UserId>,
) -> Result<EventKind, Refusal> {
    let teams: Vec<String> = history.action().subject.teams().into_iter().map(str::to_owned).collect();
    let organisation = organisation();
    let circumstances = Circumstances { today: day(TODAY), organisation: &organisation, teams: &teams, leader };
    history.decide(history.action().version, command, &actor.person(), &circumstances)
}

/// Does what is asked for.
pub fn act(history: &mut History, command: Command<'_>, actor: &Somebody) {
    let kind = ask(history, command, actor).unwrap();
    let event = history.next(moment(), Author::Person(actor.user), kind);
    history.push(event).unwrap();
}

/// Reported by [`head`].
pub fn reported() -> History {
    let mut history = recorded();
    act(&mut history, Command::Report { what_changed: "Seen on 4 March" }, &head());
    history
}

/// Confirmed by [`director`].
pub fn closed() -> History {
    let mut history = reported();
    act(&mut history, Command::Confirm, &director());
    history
}
