//! The demo's surgeries and actions: every stage and every state is there the moment the demo opens, and all of it went the way of
//! people's own requests.

use crate::common::{Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use domain::action::{ChildOfTeam, DataWord, EventKind, Level, State, Subject, working_days_late};
use domain::calendar::{WorkingDays, add_days, minus_days};
use domain::ids::UserId;
use domain::names::name_key;
use domain::surgery::{ItemKind, Remit, Stage, Surgery};
use server::council::Council;
use server::db::Db;
use server::demo::{DemoFormat, DemoOptions, DemoWeek};
use server::reading::{Selection, late_units};
use server::store::actions::{self, Filter, Kept, Order};
use server::store::audit;
use server::store::reader::Reader;
use server::store::surgeries::{self, Window};
use server::store::users;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Eight weeks of a small county; today is the second Wednesday after the last.
fn weeks(folder: &std::path::Path) -> Vec<DemoWeek> {
    let options = DemoOptions {
        children: 220,
        months: 0,
        weeks: 8,
        seed: 1,
        out: folder.join("demo"),
        last_as_at: "2026-02-27".parse().unwrap(),
        format: DemoFormat::Csv,
    };
    server::demo::write(&options, &|_, _| {}).unwrap()
}

/// Everything that was held and is to come, and every action with its events.
async fn all(app: &TestApp) -> (Vec<Surgery>, Vec<Kept>) {
    let (db, scope) = (&app.state.db, operator());
    let reader = Reader { user: UserId(0), scope: &scope };
    let today = app.state.clock.today();
    let window = Window { from: minus_days(today, 400), to: add_days(today, 400) };
    let mut held = Vec::new();
    for line in surgeries::list(db, &reader, window).await.unwrap() {
        held.push(surgeries::load(db, &reader, line.id).await.unwrap().unwrap().surgery);
    }
    let mut recorded = Vec::new();
    for line in actions::page(db, &reader, &Filter::default(), Order::Due, None, 500).await.unwrap() {
        recorded.push(actions::load(db, &reader, line.id).await.unwrap().unwrap());
    }
    (held, recorded)
}

/// What is the same whenever the demo is loaded: neither numbers of accounts nor keys.
fn story(held: &[Surgery], recorded: &[Kept]) -> Vec<String> {
    let titles = held.iter().flat_map(|surgery| surgery.items.iter().map(|item| item.draft.title.clone()));
    let events = recorded.iter().flat_map(|kept| kept.history.events());
    titles.chain(events.map(|event| format!("{} {} {:?}", event.sequence, event.at, event.kind.name()))).collect()
}

fn has(recorded: &[Kept], what: &str, is: impl Fn(&Kept) -> bool) {
    assert!(recorded.iter().any(is), "no action {what}: {:#?}", recorded.iter().map(told).collect::<Vec<_>>());
}

fn told(kept: &Kept) -> String {
    let action = kept.history.action();
    let events: Vec<&str> = kept.history.events().iter().map(|event| event.kind.name()).collect();
    format!("{} {:?} due {} {:?}", kept.id, action.state, action.due, events)
}

fn happened(kept: &Kept, is: impl Fn(&EventKind) -> bool) -> bool {
    kept.history.events().iter().any(|event| is(&event.kind))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_opens_with_surgeries_at_every_stage_and_actions_in_every_state() {
    let folder = tempfile::tempdir().unwrap();
    let weeks = Arc::new(weeks(folder.path()));
    let stories = Arc::new(std::sync::Mutex::new(Vec::new()));
    on_both(Start { demo: true, ..Start::default() }, |app| {
        let (weeks, stories) = (Arc::clone(&weeks), Arc::clone(&stories));
        async move {
            app.wait(TimeDelta::days(9));
            let (db, clock) = (&app.state.db, &app.state.clock);
            server::demo::load_weeks(db, clock, weeks.to_vec(), &|| {}).await.unwrap();
            let (held, recorded) = all(&app).await;
            stages(&held, &app);
            states(&recorded, clock.today());
            every_service_meets_under_a_director(&held, db).await;
            accountable_is_who_the_organisation_says(&recorded, db).await;
            nobody_is_late_for_long_unanswered(&recorded, db).await;
            assert!(matches!(audit::verify(db).await.unwrap(), audit::Verdict::Whole(rows) if rows > 0));
            pages(&app).await;
            stories.lock().unwrap().push(story(&held, &recorded));
        }
    })
    .await;
    let stories = stories.lock().unwrap();
    assert!(stories.iter().all(|story| *story == stories[0]), "the same seed tells the same story");
}

fn stages(held: &[Surgery], app: &TestApp) {
    for stage in [Stage::Planned, Stage::Prepared, Stage::Closed] {
        assert!(held.iter().any(|surgery| surgery.stage == stage), "{stage:?}");
    }
    let today = app.state.clock.today();
    for surgery in held {
        let is_over = surgery.stage == Stage::Closed;
        assert_eq!(
            is_over,
            surgery.date < today,
            "what lies before today was held: {} {:?}",
            surgery.date,
            surgery.stage
        );
        if let Some((_, as_at)) = surgery.evidence {
            assert!(as_at < surgery.date && surgery.series.is_some());
        }
        if is_over {
            assert!(surgery.attendance.len() > 1 && !surgery.actions.is_empty(), "{}", surgery.date);
            let minuted =
                |item: &&domain::surgery::Item| !item.narrative.text.is_empty() && !item.discussion.text.is_empty();
            // A small service may have less to talk about than an hour holds; what the room brings has no narrative.
            let prepared = surgery.items.iter().filter(|item| item.draft.kind != ItemKind::Own).count();
            assert!(surgery.items.iter().filter(minuted).count() >= prepared.min(3), "{}", surgery.date);
            assert!(surgery.actions.iter().all(|linked| linked.item.is_some()), "each action comes from an item");
        }
    }
    for is_service in [true, false] {
        let of = |surgery: &&Surgery| matches!(surgery.remit, Remit::Service { .. }) == is_service;
        assert!(held.iter().filter(of).filter(|surgery| surgery.stage == Stage::Closed).count() >= 2);
    }
}

fn states(recorded: &[Kept], today: NaiveDate) {
    let calendar = WorkingDays::england();
    for state in [State::Open, State::Reported, State::Closed] {
        has(recorded, state.name(), |kept| kept.history.action().state == state);
    }
    for level in Level::ALL {
        has(recorded, level.name(), |kept| kept.history.action().subject.level() == level);
    }
    let late = |kept: &Kept| {
        let action = kept.history.action();
        if action.state == State::Open { working_days_late(action.due, today, &calendar) } else { 0 }
    };
    has(recorded, "open and on time", |kept| kept.history.action().state == State::Open && late(kept) == 0);
    has(recorded, "late for the Head of Service", |kept| (1..5).contains(&late(kept)));
    has(recorded, "late for the Director", |kept| (5..10).contains(&late(kept)));
    has(recorded, "late for the agenda", |kept| late(kept) >= 10);
    has(recorded, "moved", |kept| happened(kept, |kind| matches!(kind, EventKind::DueMoved { .. })));
    has(recorded, "handed over", |kept| happened(kept, |kind| matches!(kind, EventKind::HandedOver { .. })));
    has(recorded, "with progress", |kept| happened(kept, |kind| matches!(kind, EventKind::Progress { .. })));
    has(recorded, "that answers a recommendation", |kept| kept.history.action().recommendation.is_some());
    let word = |kept: &Kept, word| kept.history.action().data.values().any(|last| last.word == word);
    has(recorded, "confirmed by the data", |kept| word(kept, DataWord::Confirmed));
    has(recorded, "contradicted by the data", |kept| {
        happened(kept, |kind| matches!(kind, EventKind::DataContradicted { .. }))
    });
    for kept in recorded.iter().filter(|kept| kept.history.action().state == State::Closed) {
        let action = kept.history.action();
        let (report, closing) = (action.report.as_ref().unwrap(), action.closing.unwrap());
        assert_ne!(report.by, closing.by, "{}", told(kept));
    }
    assert!(recorded.iter().all(|kept| kept.history.events().is_sorted_by_key(|event| event.at)), "times go on");
}

/// Six services, each with surgeries of its own that a Director leads; every Head of Service leads one of a team.
async fn every_service_meets_under_a_director(held: &[Surgery], db: &Db) {
    let users = users::all(db).await.unwrap();
    let role = |id: UserId| {
        let persona = users.iter().find(|user| user.id == id.0).and_then(|user| user.persona.clone()).unwrap();
        persona.trim_end_matches(|end: char| end.is_ascii_digit() || end == '-').to_owned()
    };
    let (mut services, mut heads) = (BTreeSet::new(), BTreeSet::new());
    for surgery in held.iter().filter(|surgery| surgery.stage == Stage::Closed) {
        match &surgery.remit {
            Remit::Service { service } => {
                assert_eq!(role(surgery.leader), "director", "{service}");
                services.insert(service.clone());
            }
            Remit::Teams { teams } => {
                assert_eq!(role(surgery.leader), "head-of-service", "{teams:?}");
                heads.insert(surgery.leader.0);
            }
        }
    }
    assert_eq!((services.len(), heads.len()), (6, 6), "{services:?}");
}

/// The teams that somebody answers for, by `organisation.csv`.
async fn accountable_is_who_the_organisation_says(recorded: &[Kept], db: &Db) {
    let users = users::all(db).await.unwrap();
    let places = server::demo::organisation();
    let heads_of = |team: &String| {
        let place = places.iter().find(|place| name_key(&place.team) == name_key(team));
        place.unwrap_or_else(|| panic!("{team} is not in the organisation")).head_of_service.clone()
    };
    for kept in recorded {
        let action = kept.history.action();
        let name = &users.iter().find(|user| user.id == action.accountable.0).unwrap().full_name;
        match &action.subject {
            Subject::Child { children } => {
                let team = |child: &ChildOfTeam| child.team.clone().unwrap();
                assert!(children.iter().all(|child| heads_of(&team(child)) == *name), "{name}: {}", told(kept));
            }
            Subject::Team { teams, .. } => {
                assert!(teams.iter().all(|team| heads_of(team) == *name), "{name}: {}", told(kept));
            }
            Subject::Pathway { from, to } => {
                assert!([from, to].into_iter().any(|team| heads_of(team) == *name), "{name}: {}", told(kept));
            }
            Subject::Service { service, .. } => {
                let heads = places.iter().filter(|place| place.service == *service).map(|place| &place.head_of_service);
                assert!(heads.into_iter().any(|head| head == name), "{name}: {}", told(kept));
            }
        }
    }
    let accountable: BTreeSet<i64> = recorded.iter().map(|kept| kept.history.action().accountable.0).collect();
    assert_eq!(accountable.len(), 6, "each Head of Service has actions");
}

/// Whoever is late by more than three weeks in the newest extract has an answer or an action, and nobody is by a quarter.
async fn nobody_is_late_for_long_unanswered(recorded: &[Kept], db: &Db) {
    let council = Council::read(db).await.unwrap().unwrap();
    let given: BTreeSet<&str> = recorded
        .iter()
        .flat_map(|kept| kept.history.action().subject.children())
        .map(|child| child.child_id.as_kept())
        .collect();
    let mut late = 0;
    for id in ["CPP-01", "CIN-01", "CLA-01", "DOR-01"] {
        let measure = domain::measures::measure(id).unwrap();
        let units = late_units(db, (&council, &council), &operator(), measure, &Selection::default()).await.unwrap();
        for unit in units.into_iter().flat_map(|late| late.units) {
            let Some(due) = unit.due else { continue };
            let days = (council.as_at() - due).num_days();
            let child = unit.child.as_deref().unwrap_or_default();
            late += 1;
            assert!(days <= 95, "{id}: {child} is {days} days late");
            assert!(days <= 21 || unit.answer.is_some() || given.contains(child), "{id}: {child}, {days} days late");
        }
    }
    assert!(late > 10, "{late}");
}

/// What the people of the demo see when they come in.
async fn pages(app: &TestApp) {
    for (persona, notice) in
        [("director", "late in your area"), ("director", "to be confirmed"), ("head-of-service", "late")]
    {
        let browser = app.browser();
        browser.post("/sign-in", &format!("persona={persona}")).await;
        let home = browser.get("/").await;
        assert_eq!(home.status, StatusCode::OK);
        assert!(home.body.contains(notice), "{persona}: {notice}");
        let list = browser.get("/surgeries").await.body;
        assert!(list.contains("Closed") && list.contains("Prepared"), "{persona}");
    }
}
