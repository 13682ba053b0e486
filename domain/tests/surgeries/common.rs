//! A council of two services, people in it, and a meeting.

use chrono::{DateTime, NaiveDate, Utc};
use domain::action::{ChildOfTeam, Person};
use domain::ids::{ExtractId, UserId};
use domain::organisation::{Organisation, TeamPlace};
use domain::scope::{Area, Grant, Role};
use domain::surgery::{
    ItemDraft, Meeting, Plan, Remit, Surgery, SurgeryCommand, SurgeryEvent, SurgeryEventKind, SurgeryRefusal,
};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

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

pub fn service(name: &str) -> Area {
    Area::Service(name.into())
}

pub fn team(name: &str) -> Area {
    Area::Team(name.into())
}

pub fn director() -> Somebody {
    Somebody::new(1, Role::Director, service("North"))
}

pub fn head() -> Somebody {
    Somebody::new(2, Role::HeadOfService, service("North"))
}

pub fn manager() -> Somebody {
    Somebody::new(3, Role::TeamManager, team("A"))
}

pub fn analyst() -> Somebody {
    Somebody::new(4, Role::Analyst, Area::All)
}

pub fn of_north() -> Remit {
    Remit::Service { service: "North".into() }
}

pub fn of_a() -> Remit {
    Remit::Teams { teams: vec!["A".into()] }
}

pub fn plan(remit: Remit, leader: &Somebody, actor: &Somebody) -> Result<SurgeryEventKind, SurgeryRefusal> {
    let organisation = organisation();
    let plan = Plan { series: None, remit, leader: leader.person(), date: day("2026-03-10") };
    plan.record(&actor.person(), &Meeting { today: day(TODAY), organisation: &organisation })
}

/// A meeting and its events.
#[derive(Debug, Clone)]
pub struct Held {
    pub surgery: Surgery,
    pub events: Vec<SurgeryEvent>,
}

impl Held {
    /// The surgery of North, planned by its Director.
    pub fn planned() -> Self {
        let kind = plan(of_north(), &director(), &director()).unwrap();
        let event = SurgeryEvent { sequence: 1, at: moment(), by: director().user, kind };
        Self { surgery: Surgery::begun_by(&event).unwrap(), events: vec![event] }
    }

    /// With two items on the agenda.
    pub fn prepared() -> Self {
        let mut held = Self::planned();
        let items = vec![ItemDraft::own("Visits".into()), ItemDraft::own("Assessments".into())];
        held.act(SurgeryCommand::Prepare { extract: ExtractId(7), as_at: day("2026-02-27"), items }, &analyst());
        held
    }

    pub fn in_session() -> Self {
        let mut held = Self::prepared();
        held.act(SurgeryCommand::Start, &director());
        held
    }

    pub fn closed() -> Self {
        let mut held = Self::in_session();
        held.act(SurgeryCommand::Close, &director());
        held
    }

    pub fn ask(&self, command: SurgeryCommand<'_>, actor: &Somebody) -> Result<SurgeryEventKind, SurgeryRefusal> {
        let organisation = organisation();
        let meeting = Meeting { today: day(TODAY), organisation: &organisation };
        self.surgery.decide(command, &actor.person(), &meeting)
    }

    pub fn push(&mut self, kind: SurgeryEventKind, by: UserId) {
        let event = SurgeryEvent { sequence: self.surgery.version + 1, at: moment(), by, kind };
        self.surgery.apply(&event).unwrap();
        self.events.push(event);
    }

    pub fn act(&mut self, command: SurgeryCommand<'_>, actor: &Somebody) {
        let kind = self.ask(command, actor).unwrap();
        self.push(kind, actor.user);
    }
}

pub fn child(id: &str) -> ChildOfTeam {
    ChildOfTeam { child_id: id.into(), team: Some("A".into()) }
}
