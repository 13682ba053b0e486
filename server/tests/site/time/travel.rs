//! Time: any figure and list as at any extract, standards from a date, and who may see whom in the past.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, clock, day, organisation};
use crate::common::{Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use domain::holds::Confirmed;
use domain::measures::CORE;
use domain::scope::{Area, Role};
use ingest::{Format, InputFile, Silent};
use server::council::Council;
use server::db::Db;
use server::demo::{DemoFormat, DemoOptions, DemoWeek};
use server::load::{LoadRequest, NewStandard, Outcome, SetError, load, set_standard};
use server::reading::{Ask, Asked, By, Selection, figures_by, history, list};
use server::store::audit::{Decision, Verdict, verify};
use server::store::extracts::Which;
use std::sync::Arc;

async fn load_week(db: &Db, week: &DemoWeek) {
    let input = |path: &std::path::PathBuf| InputFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        path: path.clone(),
    };
    let request = LoadRequest {
        files: week.files.iter().map(input).collect(),
        format: Format::Auto,
        as_at: week.as_at,
        loaded_by: "a test".to_owned(),
        request_id: "a test".to_owned(),
        confirmed: Confirmed::All,
        why: None,
        check: false,
    };
    let outcome = load(db, &clock(), request, Arc::new(Silent)).await.unwrap();
    assert!(matches!(outcome, Outcome::Loaded(_)), "{outcome:?}");
}

/// Every figure by team and every line, as text.
async fn all_that_is_known(db: &Db, council: &Council) -> String {
    let asked = Asked::of(council, &Ask::default()).unwrap();
    let scope = operator();
    let mut text = String::new();
    for measure in CORE {
        let groups = figures_by(db, council, &scope, measure, &asked, By::Team).await.unwrap();
        let lines = list(db, council, &scope, measure, &asked, &Selection::default()).await.unwrap();
        text.push_str(&format!("{} {groups:?} {lines:?}\n", measure.id));
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_of_52_weeks_reads_as_when_it_was_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let options = DemoOptions {
        children: 60,
        months: 0,
        weeks: 52,
        seed: 11,
        out: folder.path().join("demo"),
        last_as_at: day("2026-10-30"),
        format: DemoFormat::Csv,
    };
    let weeks = Arc::new(server::demo::write(&options, &|_, _| {}).unwrap());
    on_both(Start::default(), |app| {
        let weeks = Arc::clone(&weeks);
        async move {
            let db = &app.state.db;
            let mut then = Vec::new();
            for week in weeks.iter() {
                load_week(db, week).await;
                let council = Council::read(db).await.unwrap().unwrap();
                then.push((week.as_at, all_that_is_known(db, &council).await));
            }
            for (as_at, then) in then {
                let council = Council::read_as_at(db, Which::OnOrBefore(as_at)).await.unwrap().unwrap();
                assert!(all_that_is_known(db, &council).await == then, "{as_at} reads otherwise now");
            }
        }
    })
    .await;
}

fn needs(seen: &str) -> Vec<String> {
    (0..30).map(|n| format!("{n},2015-01-01,b) No,2025-01-06,{seen},,c) Child in need plan,North 1,Amy")).collect()
}

/// Three weekly extracts of 30 children, seen on the Monday of the first week and not since.
async fn three_weeks(app: &TestApp) {
    for as_at in ["2026-01-30", "2026-02-06", "2026-02-13"] {
        let mut files = Files::new();
        files.list(6, NEEDS, &needs("2026-01-19")).file("organisation.csv", ORGANISATION_HEAD, &organisation());
        files.load_as(&app.state.db, as_at, true).await.unwrap();
    }
}

/// Children in need who were visited in time, in each extract.
async fn visited(db: &Db) -> Vec<u64> {
    let council = Council::read(db).await.unwrap().unwrap();
    let measure = domain::measures::measure("CIN-01").unwrap();
    history(&council, &operator(), measure, &Selection::default())
        .into_iter()
        .map(|(_, figure)| figure.unwrap().numerator)
        .collect()
}

fn new(name: &str, value: &str, applies_from: &str) -> NewStandard {
    NewStandard {
        name: name.to_owned(),
        value: value.to_owned(),
        applies_from: day(applies_from),
        reason: "Agreed by the board".to_owned(),
        set_by: "director".to_owned(),
        request_id: "a test".to_owned(),
    }
}

#[tokio::test]
async fn a_standard_set_from_a_date_leaves_earlier_figures_as_they_were() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_weeks(&app).await;
        // 20 working days from 19 January end on 16 February.
        assert_eq!(visited(db).await, [30, 30, 30]);

        let counted = set_standard(db, &clock(), &new("cin_visit_working_days", "12", "2026-02-06")).await.unwrap();
        assert_eq!(counted, 2, "the extract before that date is not counted anew");
        // 12 working days end on 4 February.
        assert_eq!(visited(db).await, [30, 0, 0]);
        let council = Council::read(db).await.unwrap().unwrap();
        let asked = Asked::of(&council, &Ask::default()).unwrap();
        let measure = domain::measures::measure("CIN-01").unwrap();
        let listed = list(db, &council, &operator(), measure, &asked, &Selection::default()).await.unwrap();
        assert_eq!(listed.lines.iter().filter(|line| line.numerator() == Some(true)).count(), 0);

        // A later date wins over an earlier one, whichever was set first.
        set_standard(db, &clock(), &new("cin_visit_working_days", "19", "2026-01-01")).await.unwrap();
        assert_eq!(visited(db).await, [30, 0, 0]);
        set_standard(db, &clock(), &new("cin_visit_working_days", "20", "2026-02-13")).await.unwrap();
        assert_eq!(visited(db).await, [30, 0, 30]);

        // The next load is measured by the standard of its date.
        let mut files = Files::new();
        files.list(6, NEEDS, &needs("2026-01-19"));
        files.load_as(db, "2026-02-10", true).await.unwrap();
        assert_eq!(visited(db).await, [30, 0, 0, 30]);
        let audit = app.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "set standard").count(), 3);
        assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
    })
    .await;
}

#[tokio::test]
async fn a_standard_that_cannot_be_changes_nothing() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_weeks(&app).await;
        let refused = set_standard(db, &clock(), &new("cin_visit_working_days", "often", "2026-01-01")).await;
        assert!(matches!(refused, Err(SetError::Setting(_))));
        let refused = set_standard(db, &clock(), &new("nonsense", "1", "2026-01-01")).await;
        assert!(matches!(refused, Err(SetError::Setting(_))));
        let silent = NewStandard { reason: "  ".to_owned(), ..new("cin_visit_working_days", "5", "2026-01-01") };
        assert!(matches!(set_standard(db, &clock(), &silent).await, Err(SetError::NoReason)));
        assert_eq!(visited(db).await, [30, 30, 30]);
        assert!(server::store::standards::changes(db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_standard_cannot_be_changed_or_deleted() {
    on_both(Start::default(), |app| async move {
        set_standard(&app.state.db, &clock(), &new("dormant_days", "30", "2026-01-01")).await.unwrap();
        for sql in ["update standard_change set value = '99'", "delete from standard_change"] {
            let refused = match &app.state.db {
                Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.is_err(),
                Db::Postgres { pool, .. } => sqlx::query(sql).execute(pool).await.is_err(),
            };
            assert!(refused, "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_sets_a_standard_is_a_director_of_everything_or_an_administrator() {
    on_both(Start::default(), |app| async move {
        three_weeks(&app).await;
        app.add_user("director", Role::Director, Area::All).await;
        app.add_user("north", Role::Director, Area::Service("North".to_owned())).await;
        app.add_user("analyst", Role::Analyst, Area::All).await;
        app.add_user("it", Role::Administrator, Area::All).await;
        let form = |days: u32| {
            format!("name=cin_visit_working_days&value={days}&applies_from=2026-02-13&reason=Agreed+by+the+board")
        };
        for (name, days, allowed) in
            [("director", 12, true), ("it", 13, true), ("north", 14, false), ("analyst", 15, false)]
        {
            let browser = app.signed_in(name).await;
            let answer = browser.post("/admin/standards", &form(days)).await;
            let expected = if allowed { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "{name}: {}", answer.body);
        }
        let changes = server::store::standards::changes(&app.state.db).await.unwrap();
        let set: Vec<_> = changes.iter().map(|change| (change.value.as_str(), change.set_by.as_str())).collect();
        assert_eq!(set, [("12", "director"), ("13", "it")]);
        let denied = app.audit().await;
        let denied = denied.iter().filter(|entry| entry.action == "set standard" && entry.decision == Decision::Deny);
        assert_eq!(denied.count(), 2);
        let page = app.signed_in("analyst").await.get("/admin/standards").await;
        assert!(page.body.contains("Agreed by the board") && !page.body.contains("Set the standard"), "{}", page.body);
        let refused = app
            .signed_in("it")
            .await
            .post("/admin/standards", "name=dormant_days&value=x&applies_from=2026-02-13&reason=r")
            .await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    })
    .await;
}

const LIST: &str = "/measures/CIN-01/children";

#[tokio::test]
async fn every_page_opens_as_at_an_earlier_extract_and_stays_there() {
    on_both(Start::default(), |app| async move {
        three_weeks(&app).await;
        set_standard(&app.state.db, &clock(), &new("cin_visit_working_days", "12", "2026-02-13")).await.unwrap();
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        let newest = director.get("/measures/CIN-01").await.body;
        let earlier = director.get("/measures/CIN-01?as_at=2026-02-06").await.body;
        assert!(newest.contains("0 of 30") && newest.contains("13 February 2026"), "{newest}");
        assert!(earlier.contains("30 of 30") && earlier.contains("An earlier extract"), "{earlier}");
        // Links on the page keep the date; a date between two extracts is the one before.
        assert!(earlier.contains("/measures/CIN-01/children?as_at=2026%2D02%2D06"), "{earlier}");
        let between = director.get(&format!("{LIST}?as_at=2026-02-09")).await.body;
        assert!(between.contains("6 February 2026") && between.contains("On time"), "{between}");
        for path in ["/", "/services/North", "/teams/North%201"] {
            let page = director.get(&format!("{path}?as_at=2026-01-30")).await;
            assert!(page.status == StatusCode::OK && page.body.contains("30 January 2026"), "{path}: {}", page.body);
        }
        let file = director.get(&format!("{LIST}.csv?as_at=2026-02-06")).await;
        assert!(file.body.contains("On time") && !file.body.contains("Late"), "{}", file.body);
        assert_eq!(director.get("/?as_at=2026-01-01").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(director.get("/?as_at=yesterday").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(director.get("/?as_at=").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn case_12_an_earlier_list_keeps_its_lines_and_names_no_child_who_is_no_longer_the_viewers() {
    on_both(Start::default(), |app| async move {
        let need = |id: &str, team: &str| {
            format!("{id},2015-01-01,b) No,2025-06-02,2026-01-20,,c) Child in need plan,{team},Amy")
        };
        for (as_at, team) in [("2026-01-30", "North 1"), ("2026-02-06", "South 1")] {
            let mut files = Files::new();
            files.list(6, NEEDS, &[need("N7001", "North 1"), need("M9009", team)]).file(
                "organisation.csv",
                ORGANISATION_HEAD,
                &organisation(),
            );
            files.load_as(&app.state.db, as_at, true).await.unwrap();
        }
        app.add_user("north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        app.add_user("director", Role::Director, Area::All).await;
        let north = app.signed_in("north").await;
        for ending in ["", ".csv"] {
            let then = north.get(&format!("{LIST}{ending}?as_at=2026-01-30")).await.body;
            assert!(then.contains("N7001") && !then.contains("M9009"), "{then}");
            assert!(then.contains("No longer in your teams"), "{then}");
            let now = north.get(&format!("{LIST}{ending}")).await.body;
            assert!(now.contains("N7001") && !now.contains("No longer in your teams"), "{now}");
        }
        assert!(north.get(&format!("{LIST}?as_at=2026-01-30")).await.body.contains("2 lines"));
        let all = app.signed_in("director").await.get(&format!("{LIST}?as_at=2026-01-30")).await.body;
        assert!(all.contains("M9009"));
    })
    .await;
}
