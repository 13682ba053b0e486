//! A council with a handful of children, and the people who meet about them.

use super::TestApp;
use super::extracts::{Files, NEEDS, ORGANISATION_HEAD, day, organisation};
use chrono::NaiveDate;
use domain::action::{ChildOfTeam, Command, Doer, Draft, Due, Person, Priority, Refusal, Subject};
use domain::calendar::WorkingDays;
use domain::ids::{ActionId, UserId};
use domain::organisation::Organisation;
use domain::scope::{Area, Grant, Role, Scope};
use domain::standards::Standards;
use server::store::actions::{self, Asked, Kept, NewAction};
use server::store::audit::{Decision, Entry};
use server::store::organisation as places;
use server::store::reader::{NotDone, Reader};
use server::store::users;

/// The first extract's date, a Friday; today is the Monday after it.
pub const AS_AT: &str = "2026-02-27";
pub const TODAY: &str = "2026-03-02";

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub user: UserId,
    pub grants: Vec<Grant>,
    pub scope: Scope,
}

impl Somebody {
    pub fn person(&self) -> Person<'_> {
        Person { user: self.user, grants: &self.grants }
    }

    pub fn reader(&self) -> Reader<'_> {
        Reader { user: self.user, scope: &self.scope }
    }
}

/// The council and its people.
pub struct Room {
    pub app: TestApp,
    pub organisation: Organisation,
    pub director: Somebody,
    /// Head of Service of North, accountable for most.
    pub head: Somebody,
    pub second_head: Somebody,
    /// The manager of North 1.
    pub manager: Somebody,
}

impl Room {
    /// Children 1 and 2 in North 1, 3 in North 2, 4 in South 1; child 1 was not seen in time.
    pub async fn of(app: TestApp) -> Self {
        load(
            &app,
            AS_AT,
            &[
                ("1", "2025-06-02", "North 1"),
                ("2", AS_AT, "North 1"),
                ("3", AS_AT, "North 2"),
                ("4", AS_AT, "South 1"),
            ],
        )
        .await;
        let organisation = Organisation::on(day(TODAY), places::lines(&app.state.db).await.unwrap());
        let north = || Area::Service("North".to_owned());
        let director = add(&app, &organisation, "director", Role::Director, Area::All).await;
        let head = add(&app, &organisation, "head", Role::HeadOfService, north()).await;
        let second_head = add(&app, &organisation, "second", Role::HeadOfService, north()).await;
        let manager = add(&app, &organisation, "manager", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        Self { app, organisation, director, head, second_head, manager }
    }

    pub async fn add(&self, name: &str, role: Role, area: Area) -> Somebody {
        add(&self.app, &self.organisation, name, role, area).await
    }

    pub fn today(&self) -> NaiveDate {
        self.app.state.clock.today()
    }

    pub fn new_action<'a>(
        &'a self,
        draft: Draft<'a>,
        calendar: &'a WorkingDays,
        standards: &'a Standards,
    ) -> NewAction<'a> {
        NewAction {
            draft,
            actor: self.director.person(),
            today: self.today(),
            organisation: &self.organisation,
            calendar,
            standards,
            at: self.app.state.clock.now_ms(),
        }
    }

    /// Records by the Director, with [`Room::head`] accountable.
    pub async fn record(&self, subject: Subject) -> ActionId {
        self.record_draft(self.draft(subject)).await.unwrap()
    }

    pub async fn record_draft(&self, draft: Draft<'_>) -> Result<ActionId, NotDone<Refusal>> {
        let (calendar, standards) = (WorkingDays::england(), Standards::default());
        actions::record(&self.app.state.db, self.new_action(draft, &calendar, &standards), entry("record action")).await
    }

    pub fn draft(&self, subject: Subject) -> Draft<'_> {
        Draft {
            subject,
            what: "See the child and record it",
            why: "Not seen in time",
            finding: None,
            accountable: Some(self.head.person()),
            doer: Doer::Named("the allocated worker".to_owned()),
            due: Due::Standard,
            priority: Priority::Normal,
            aim: None,
            recommendation: None,
            surgery: None,
        }
    }

    pub fn asked<'a>(&'a self, id: ActionId, seen: u32, command: Command<'a>, actor: &'a Somebody) -> Asked<'a> {
        Asked {
            id,
            seen,
            command,
            actor: actor.person(),
            today: self.today(),
            organisation: &self.organisation,
            at: self.app.state.clock.now_ms(),
        }
    }

    pub async fn change(
        &self,
        id: ActionId,
        seen: u32,
        command: Command<'_>,
        actor: &Somebody,
    ) -> Result<Kept, NotDone<Refusal>> {
        actions::change(&self.app.state.db, &self.asked(id, seen, command, actor), &entry("change action")).await
    }

    /// Reports by [`Room::head`] and confirms by the Director.
    pub async fn close(&self, id: ActionId, version: u32) {
        self.change(id, version, Command::Report { what_changed: "Seen" }, &self.head).await.unwrap();
        self.change(id, version + 1, Command::Confirm, &self.director).await.unwrap();
    }

    /// The action as the Director reads it.
    pub async fn kept(&self, id: ActionId) -> Kept {
        actions::load(&self.app.state.db, &self.director.reader(), id).await.unwrap().unwrap()
    }
}

/// Loads an extract of children in need: id, last seen, team.
pub async fn load(app: &TestApp, as_at: &str, children: &[(&str, &str, &str)]) {
    let rows: Vec<String> = children
        .iter()
        .map(|(id, seen, team)| format!("{id},2015-01-01,b) No,2023-01-02,{seen},,c) Child in need plan,{team},Amy"))
        .collect();
    let mut files = Files::new();
    files.list(6, NEEDS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

async fn add(app: &TestApp, organisation: &Organisation, name: &str, role: Role, area: Area) -> Somebody {
    let user = UserId(app.add_user(name, role, area).await);
    let grants = users::grants(&app.state.db, user.0).await.unwrap();
    let scope = Scope::of(&grants, organisation, app.state.clock.today());
    Somebody { user, grants, scope }
}

pub fn entry(action: &str) -> Entry {
    Entry {
        at: 0,
        actor: "a test".to_owned(),
        action: action.to_owned(),
        subject: None,
        detail: None,
        decision: Decision::Allow,
        request_id: "a test".to_owned(),
    }
}

pub fn children(of: &[(&str, &str)]) -> Vec<ChildOfTeam> {
    of.iter().map(|(id, team)| ChildOfTeam { child_id: (*id).into(), team: Some((*team).to_owned()) }).collect()
}

/// About child 1.
pub fn about_child_1() -> Subject {
    Subject::Child { children: children(&[("1", "North 1")]) }
}

pub fn about_team(team: &str) -> Subject {
    Subject::Team { teams: vec![team.to_owned()], children: Vec::new() }
}
