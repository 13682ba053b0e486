//! Taking an extract out: as if it had never been loaded.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, Random, clock, day, organisation};
use crate::common::kept::{assert_same, kept};
use crate::common::room::{Room, about_child_1};
use crate::common::{Browser, Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use domain::action::{Aim, Command, Draft, EventKind, Finding, State};
use domain::answers::Said;
use domain::measures::CORE;
use domain::record::List;
use domain::scope::{Area, Role};
use server::council::{Council, Register, bring_registers_up_to_date};
use server::db::Db;
use server::load::{ChangeError, ExtractChanged, ExtractRequest, Frozen, Outcome, remove_extract};
use server::reading::{Ask, Asked, By, Selection, figures_by, list, register};
use server::store::answers::{AnsweredUnit, NewAnswer};
use server::store::audit::{Verdict, verify};
use server::store::extracts::{self, Which};
use server::store::{answers, people};
use std::collections::BTreeMap;

/// A Friday so many weeks after the first.
fn week(number: u64) -> NaiveDate {
    day("2026-01-02") + Days::new(7 * number)
}

pub fn request(as_at: NaiveDate) -> ExtractRequest {
    ExtractRequest {
        as_at,
        extract: None,
        reason: "Read as at the wrong day".to_owned(),
        done_by: "a test".to_owned(),
        request_id: "a test".to_owned(),
    }
}

async fn remove(db: &Db, as_at: NaiveDate) -> Result<ExtractChanged, ChangeError> {
    remove_extract(db, &clock(), &request(as_at), Frozen::Kept).await
}

/// Random rows: what another seed has in every second list, so that much of a week is what the next or the last one says.
pub fn files(seed: u64, base: NaiveDate, other: Option<u64>) -> Files {
    let mut files = Random::new(seed, base).files();
    if let Some(other) = other {
        let other = Random::new(other, base).files();
        for number in [3, 5, 6, 8] {
            files.list_of(&other, number);
        }
    }
    files
}

/// Own tables that no other load has.
fn with_own_tables(mut files: Files, manager: &str) -> Files {
    let teams: Vec<String> = organisation().into_iter().map(|line| format!("{line},{manager}")).collect();
    files.file("organisation.csv", "team,service,head_of_service,team_manager", &teams);
    files.file(
        "workforce.csv",
        "worker,team,role,fte,started,left",
        &[
            format!("{manager},North 1,Team manager,1,2020-01-01,"),
            "Cas,South 1,Social worker,0.5,2021-01-01,".to_owned(),
        ],
    );
    files
}

pub async fn load(db: &Db, files: &Files, as_at: NaiveDate) {
    let outcome = files.load_as(db, &as_at.to_string(), true).await.unwrap();
    assert!(matches!(outcome, Outcome::Loaded(_)), "{outcome:?}");
    bring_registers_up_to_date(db).await.unwrap();
}

/// Every figure by team, every list and every register of every extract.
async fn all_that_is_known(db: &Db) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for extract in extracts::all(db).await.unwrap() {
        let council = Council::read_as_at(db, Which::OnOrBefore(extract.as_at)).await.unwrap().unwrap();
        let (asked, scope) = (Asked::of(&council, &Ask::default()).unwrap(), operator());
        for measure in CORE {
            let groups = figures_by(db, &council, &scope, measure, &asked, By::Service).await.unwrap();
            let lines = list(db, &council, &scope, measure, &asked, &Selection::default()).await.unwrap();
            known.insert(format!("{} {}", extract.as_at, measure.id), format!("{groups:?} {lines:?}"));
        }
        for which in Register::ALL {
            let lines = register(db, &council, &scope, which, &Selection::default()).await.unwrap();
            known.insert(format!("{} {which:?}", extract.as_at), format!("{lines:?}"));
        }
    }
    known
}

const PAGES: [&str; 13] = [
    "/",
    "/data",
    "/data/lag",
    "/data/altered",
    "/attention",
    "/answers",
    "/notices",
    "/caseloads",
    "/actions",
    "/services/North",
    "/measures/CPP-01",
    "/measures/CIN-01/children",
    "/measures/CIN-01/changes",
];

/// What a Director reads, page by page, now and as at earlier dates.
async fn pages(browser: &Browser, as_at: &[NaiveDate]) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for page in PAGES {
        let earlier = as_at.iter().map(|date| format!("{page}?as_at={date}"));
        for address in earlier.chain([page.to_owned()]) {
            let answer = browser.get(&address).await;
            let (status, _, body) = answer.comparable();
            pages.insert(address, format!("{status} {body}"));
        }
    }
    pages
}

fn assert_same_pages(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    for (address, page) in before {
        assert!(after[address] == *page, "{address} reads otherwise:\n{page}\n\n{}", after[address]);
    }
}

/// Loads an extract among others, reads, takes it out, and everything is as it was.
async fn assert_as_if_never_loaded(app: &TestApp, base: &[u64], among: u64, files: &Files) {
    let db = &app.state.db;
    let before = (kept(app).await, all_that_is_known(db).await);
    let director = app.signed_in("director").await;
    let dates: Vec<NaiveDate> = base.iter().rev().nth(1).map(|number| week(*number)).into_iter().collect();
    let read = pages(&director, &dates).await;

    load(db, files, week(among)).await;
    // What the running server keeps in memory is now of the extract that goes.
    pages(&director, &[week(among)]).await;
    assert_ne!(kept(app).await, before.0, "the load changes something");

    let removed = remove(db, week(among)).await.unwrap();
    assert!(removed.message.contains(&week(among).to_string()), "{}", removed.message);
    let what = format!("the extract of week {among} among {base:?}");
    assert_same(&before.0, &kept(app).await, &what);
    let after = all_that_is_known(db).await;
    for (name, known) in &before.1 {
        assert!(after.get(name) == Some(known), "{what}: {name} reads otherwise");
    }
    assert_eq!(after.len(), before.1.len(), "{what}");
    assert_same_pages(&read, &pages(&director, &dates).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_extract_taken_out_leaves_everything_as_before_it_was_loaded() {
    for seed in 0..2 {
        on_both(Start::default(), move |app| async move {
            let db = &app.state.db;
            app.add_user("director", Role::Director, Area::All).await;
            let base = [1, 2, 4, 5];
            // Loaded out of order, and one of them twice.
            for number in [2, 1, 5, 4, 2] {
                let files = files(100 * seed + number, week(3), Some(100 * seed + number + 1));
                files.load_as(db, &week(number).to_string(), true).await.unwrap();
            }
            bring_registers_up_to_date(db).await.unwrap();
            for (among, other) in [(0, None), (3, Some(100 * seed + 2)), (6, Some(100 * seed + 5))] {
                let files = files(100 * seed + among + 7, week(3), other);
                assert_as_if_never_loaded(&app, &base, among, &files).await;
            }
            // The very rows of a neighbour, and own tables beside them.
            for (among, like) in [(0, 1), (3, if seed == 0 { 2 } else { 4 }), (6, 5)] {
                let files = files(100 * seed + like, week(3), Some(100 * seed + like + 1));
                assert_as_if_never_loaded(&app, &base, among, &with_own_tables(files, "Bob")).await;
            }
            assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
        })
        .await;
    }
}

#[tokio::test]
async fn the_last_extract_taken_out_leaves_nothing() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let before = kept(&app).await;
        load(db, &with_own_tables(files(1, week(0), None), "Bob"), week(0)).await;
        let removed = remove(db, week(0)).await.unwrap();
        assert!(removed.message.contains("No extract is loaded any more"), "{}", removed.message);
        assert_same(&before, &kept(&app).await, "the only extract");
        assert!(Council::read(db).await.unwrap().is_none());
        // The same files can be loaded again, and get a number of their own.
        load(db, &files(1, week(0), None), week(0)).await;
        assert_eq!(extracts::newest_id(db).await.unwrap(), Some(2));
    })
    .await;
}

#[tokio::test]
async fn every_extract_can_be_taken_out_one_after_another() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let mut states = vec![kept(&app).await];
        for number in 0..4 {
            let manager = if number % 2 == 0 { "Amy" } else { "Bob" };
            load(db, &with_own_tables(files(number, week(2), Some(number / 2)), manager), week(number)).await;
            states.push(kept(&app).await);
        }
        for number in (0..4).rev() {
            states.pop();
            remove(db, week(number)).await.unwrap();
            assert_same(states.last().unwrap(), &kept(&app).await, &format!("after week {number} is gone"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_out_changes_nothing() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &files(1, week(0), None), week(0)).await;
        let before = kept(&app).await;
        let unknown = remove(db, week(1)).await;
        let said = unknown.unwrap_err().to_string();
        assert!(said.contains("2026-01-09") && said.contains("2026-01-02"), "{said}");
        let silent = ExtractRequest { reason: " \n".to_owned(), ..request(week(0)) };
        assert!(matches!(remove_extract(db, &clock(), &silent, Frozen::Kept).await, Err(ChangeError::NoReason)));
        assert_same(&before, &kept(&app).await, "nothing was taken out");
        assert!(app.audit().await.iter().all(|entry| entry.action != "remove extract"));
    })
    .await;
}

#[tokio::test]
async fn who_takes_an_extract_out_and_why_is_kept() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &files(1, week(0), None), week(0)).await;
        let removed = remove(db, week(0)).await.unwrap();
        let audit = app.audit().await;
        let entry = audit.last().unwrap();
        assert_eq!((entry.action.as_str(), entry.actor.as_str()), ("remove extract", "a test"));
        assert_eq!(entry.subject.as_deref(), Some("extract 1"));
        assert_eq!(entry.detail.as_deref(), Some("as at 2026-01-02: Read as at the wrong day"));
        let changes = extracts::changes_of(db, removed.extract).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].as_at, changes[0].reason.as_str()), (week(0), "Read as at the wrong day"));
        for sql in ["update extract_change set reason = 'x'", "delete from extract_change"] {
            assert!(app.try_sql(sql).await.is_err(), "{sql}");
        }
        assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
    })
    .await;
}

#[tokio::test]
async fn an_extract_that_was_replaced_does_not_come_back_and_that_is_said() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &files(1, week(0), None), week(0)).await;
        let before = kept(&app).await;
        load(db, &files(2, week(1), None), week(1)).await;
        load(db, &files(3, week(1), None), week(1)).await;
        let removed = remove(db, week(1)).await.unwrap();
        assert!(removed.message.contains("does not come back"), "{}", removed.message);
        assert_same(&before, &kept(&app).await, "both loads of the date are gone");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_runs_beside_notices() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        app.add_user("director", Role::Director, Area::All).await;
        for number in 0..2 {
            load(db, &files(number, week(1), None), week(number)).await;
        }
        let director = app.signed_in("director").await;
        assert!(director.get("/").await.body.contains("9 January 2026"));
        let beside = app.another().await;
        remove_extract(&beside.db, &clock(), &request(week(1)), Frozen::Kept).await.unwrap();
        let page = director.get("/").await.body;
        assert!(page.contains("2 January 2026") && !page.contains("9 January 2026"), "{page}");
        remove_extract(&beside.db, &clock(), &request(week(0)), Frozen::Kept).await.unwrap();
        assert_eq!(director.get("/").await.status, StatusCode::OK);
    })
    .await;
}

/// One child in need.
fn need(id: &str, seen: &str) -> String {
    format!("{id},2015-01-01,b) No,2023-01-02,{seen},,c) Child in need plan,North 1,Amy")
}

async fn load_needs(app: &TestApp, as_at: &str, rows: &[String]) {
    let mut files = Files::new();
    files.list(6, NEEDS, rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

#[tokio::test]
async fn what_people_did_on_an_extract_stays() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (app, db) = (&room.app, &room.app.state.db);
        load_needs(app, "2026-03-06", &[need("1", "2026-03-05"), need("X", "2026-01-05"), need("Y", "2026-01-05")])
            .await;
        let person = people::known(db).await.unwrap()[&(people::Kind::Child, "X".into())];
        let answer = NewAnswer {
            measure: "CIN-01",
            person_id: person,
            unit: AnsweredUnit {
                list: List::ChildrenInNeed,
                position: 0,
                began: None,
                clock_start: None,
                last_act: None,
                team: Some("North 1".to_owned()),
            },
            extract: extracts::newest_id(db).await.unwrap().unwrap(),
            said: Said::Done { on: day("2026-03-01") },
            answered_by: "manager",
            answered_at: 0,
            answered_on: day("2026-03-06"),
        };
        let mut tx = db.begin().await.unwrap();
        answers::add(&mut tx, &[answer]).await.unwrap();
        tx.commit().await.unwrap();
        remove(db, day("2026-03-06")).await.unwrap();
        let found = answers::of_measure(db, "CIN-01", day("2026-01-01"), day("2026-12-31")).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((&*found[0].child_id, found[0].as_at), ("X", day("2026-03-06")));
        // X is known for the answer, Y is not any more.
        let known = people::known(db).await.unwrap();
        assert!(known.contains_key(&(people::Kind::Child, "X".into())));
        assert!(!known.contains_key(&(people::Kind::Child, "Y".into())));
        assert_eq!(app.signed_in("director").await.get("/answers").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn what_an_extract_said_of_actions_is_taken_back_in_their_histories() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (app, db) = (&room.app, &room.app.state.db);
        let aim = Some(Aim { measure: "CIN-01".to_owned(), group: Area::Team("North 1".to_owned()), baseline: None });
        let id = room.record_draft(Draft { aim, ..room.draft(about_child_1()) }).await.unwrap();
        room.close(id, 1).await;
        let before = kept(app).await;
        let people = ["director", "head", "manager"];
        let mut notices = Vec::new();
        for name in people {
            notices.push(app.signed_in(name).await.get("/notices").await.comparable());
        }
        // Another council's file: child 1 was not seen for months.
        load_needs(app, "2026-03-06", &[need("1", "2025-06-02"), need("X", "2026-01-05")]).await;
        let kept_then = room.kept(id).await;
        assert_eq!((kept_then.history.action().state, kept_then.history.action().reopened), (State::Open, 1));
        let came_back = app.signed_in("head").await.get("/notices").await;
        assert!(came_back.body.contains("id=\"back\"") || came_back.body.contains("ame back"), "{}", came_back.body);

        let removed = remove(db, day("2026-03-06")).await.unwrap();
        assert!(removed.message.contains("1 action"), "{}", removed.message);
        let after = room.kept(id).await;
        let last = after.history.events().last().unwrap();
        assert!(
            matches!(&last.kind, EventKind::DataRetracted { child_id, as_at, reason }
                if child_id.is("1") && *as_at == day("2026-03-06") && reason == "Read as at the wrong day"),
            "{last:?}"
        );
        assert_eq!((after.history.action().state, after.history.action().reopened), (State::Closed, 0));
        assert_same(&before, &kept(app).await, "the action stands as before");
        for (name, before) in people.into_iter().zip(notices) {
            let now = app.signed_in(name).await.get("/notices").await.comparable();
            assert_eq!(now, before, "{name}");
        }
        let page = app.signed_in("director").await.get(&format!("/actions/{id}")).await;
        assert!(page.body.contains("No longer counted for child 1"), "{}", page.body);
        // The right file is heard as the first was.
        load_needs(app, "2026-03-06", &[need("1", "2026-03-05")]).await;
        let heard = room.kept(id).await;
        assert!(matches!(heard.history.events().last().unwrap().kind, EventKind::DataConfirmed { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_later_extract_says_again_what_only_the_one_taken_out_had_said() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (app, db) = (&room.app, &room.app.state.db);
        let aim = Some(Aim { measure: "CIN-01".to_owned(), group: Area::Team("North 1".to_owned()), baseline: None });
        let id = room.record_draft(Draft { aim, ..room.draft(about_child_1()) }).await.unwrap();
        for as_at in ["2026-03-06", "2026-03-13"] {
            load_needs(app, as_at, &[need("1", "2026-03-05")]).await;
        }
        assert_eq!(room.kept(id).await.history.action().data[&"1".into()].as_at, day("2026-03-06"));
        remove(db, day("2026-03-06")).await.unwrap();
        assert_eq!(room.kept(id).await.history.action().data[&"1".into()].as_at, day("2026-03-13"));
        let again = room.change(id, 4, Command::Progress { text: "Seen", links: &[] }, &room.head).await;
        assert!(again.is_ok(), "the version is that of the last event: {again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_workforce_that_another_load_stands_on_stays_readable() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for number in 0..2 {
            load(db, &with_own_tables(files(number, week(1), None), "Bob"), week(number)).await;
        }
        remove(db, week(0)).await.unwrap();
        let staff = server::store::workforce::on(db, week(1)).await.unwrap().unwrap();
        assert_eq!((staff.as_at, staff.lines.len()), (week(1), 2));
        assert!(server::store::workforce::on(db, week(0)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_child_that_only_the_extract_knew_is_not_found_any_more() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        app.add_user("director", Role::Director, Area::All).await;
        load_needs(&app, "2026-01-02", &[need("1", "2026-01-01")]).await;
        load_needs(&app, "2026-01-09", &[need("1", "2026-01-01"), need("OTHER", "2026-01-01")]).await;
        let other = people::children(db, &["OTHER".into()]).await.unwrap()["OTHER"].1.clone();
        let director = app.signed_in("director").await;
        assert_eq!(director.get(&format!("/children/{other}")).await.status, StatusCode::OK);
        remove(db, week(1)).await.unwrap();
        assert_eq!(director.get(&format!("/children/{other}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_loads_data_removes_and_moves_an_extract_on_its_page_and_nobody_else() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (name, role) in [
            ("analyst", Role::Analyst),
            ("director", Role::Director),
            ("member", Role::Member),
            ("it", Role::Administrator),
        ] {
            app.add_user(name, role, Area::All).await;
        }
        for number in 0..3 {
            load(db, &files(number, week(1), None), week(number)).await;
        }
        for name in ["director", "member", "it"] {
            let browser = app.signed_in(name).await;
            for (act, form) in [("remove", "reason=x"), ("move", "to=2026-01-20&reason=x")] {
                let answer = browser.post(&format!("/data/extracts/3/{act}"), form).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {act}");
            }
            assert!(!browser.get("/data/extracts/3").await.body.contains("Remove this extract"), "{name}");
        }
        let analyst = app.signed_in("analyst").await;
        let page = analyst.get("/data/extracts/3").await.body;
        assert!(page.contains("Remove this extract") && page.contains("Move to another date"), "{page}");
        for (form, says) in [
            ("to=2026-01-20&reason=+", "needs a reason"),
            ("to=&reason=x", "The date is missing"),
            ("to=2026-01-02&reason=x", "as at 2026-01-02 already"),
            ("to=2030-01-02&reason=x", "lies after today"),
        ] {
            let refused = analyst.post("/data/extracts/3/move", form).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{form}");
            assert!(refused.body.contains(says), "{form}: {}", refused.body);
        }
        let moved = analyst.post("/data/extracts/3/move", "to=2026-01-20&reason=The+export+ran+late").await;
        assert_eq!(moved.status, StatusCode::OK);
        assert!(moved.body.contains("to 2026-01-20"), "{}", moved.body);
        let page = analyst.get("/data/extracts/3").await.body;
        assert!(
            page.contains("Moved from 16 January 2026 to 20 January 2026") && page.contains("The export ran late"),
            "{page}"
        );
        let removed = analyst.post("/data/extracts/3/remove", "frozen=keep&reason=The+wrong+file").await;
        assert_eq!(removed.status, StatusCode::OK);
        assert!(removed.body.contains("newest extract is as at 2026-01-09"), "{}", removed.body);
        // Its page says what became of it, and offers nothing more.
        let page = analyst.get("/data/extracts/3").await.body;
        assert!(page.contains("The wrong file") && !page.contains("Remove this extract"), "{page}");
        assert_eq!(analyst.post("/data/extracts/3/remove", "reason=x").await.status, StatusCode::NOT_FOUND);
        assert!(analyst.get("/").await.body.contains("9 January 2026"));
        let audit = app.audit().await;
        let done: Vec<_> = audit.iter().filter(|entry| entry.action.ends_with(" extract")).collect();
        assert_eq!(done.iter().filter(|entry| entry.actor == "analyst").count(), 3, "moved, removed, and one refusal");
    })
    .await;
}

#[tokio::test]
async fn children_of_another_council_are_taken_out_of_what_was_frozen_on_its_file() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (app, db) = (&room.app, &room.app.state.db);
        load_needs(app, "2026-03-06", &[need("1", "2026-03-05"), need("X", "2026-01-05")]).await;
        let finding = |as_at: &str| Finding {
            as_at: day(as_at),
            measure: Some("CIN-01".to_owned()),
            group: Area::Team("North 1".to_owned()),
            numerator: 1,
            denominator: 2,
            children: vec!["X".into()],
        };
        let theirs = Draft { finding: Some(finding("2026-03-06")), ..room.draft(about_child_1()) };
        let theirs = room.record_draft(theirs).await.unwrap();
        let ours = Draft { finding: Some(finding("2026-02-27")), ..room.draft(about_child_1()) };
        let ours = room.record_draft(ours).await.unwrap();
        remove_extract(db, &app.state.clock, &request(day("2026-03-06")), Frozen::Redacted).await.unwrap();
        let (theirs, ours) = (room.kept(theirs).await, room.kept(ours).await);
        let why = &theirs.history.action().why;
        assert!(why.finding.as_ref().unwrap().children.is_empty());
        assert!(why.text.contains("taken out on 2 March 2026 by a test: Read as at the wrong day"), "{}", why.text);
        assert_eq!(ours.history.action().why.finding.as_ref().unwrap().children, ["X".into()]);
        // The events are still changed by nothing else.
        for sql in [
            "update action_event set payload = '{}'",
            "update action_event set payload = '{}', redacted_by = 'x', redacted_why = 'x'",
            "update action_event set redacted_at = null, redacted_by = null, redacted_why = null where redacted_at is not null",
            "delete from action_event",
        ] {
            assert!(app.try_sql(sql).await.is_err(), "{sql}");
        }
    })
    .await;
}
