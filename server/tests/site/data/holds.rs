//! Loads that are held, checked and confirmed, through the server on both databases.

use crate::common::extracts::{CONTACTS, Files, NEEDS, ORGANISATION_HEAD, PLANS, clock, day};
use crate::common::{Browser, Start, TestApp, on_both};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::holds::{Confirmed, HoldKind};
use domain::scope::{Area, Role};
use ingest::{Format, InputFile, Silent};
use server::db::Db;
use server::demo::{DemoFormat, DemoOptions, DemoWeek};
use server::load::{Forecast, LoadRequest, Outcome, load};
use server::store::{extracts, holds};
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

fn request(files: Vec<InputFile>, as_at: &str) -> LoadRequest {
    LoadRequest {
        files,
        format: Format::Auto,
        as_at: day(as_at),
        loaded_by: "a test".to_owned(),
        request_id: "a test".to_owned(),
        confirmed: Confirmed::default(),
        why: None,
        check: false,
    }
}

async fn ask(db: &Db, request: LoadRequest) -> Outcome {
    load(db, &clock(), request, Arc::new(Silent)).await.unwrap()
}

fn kinds(outcome: &Outcome) -> Vec<HoldKind> {
    let (Outcome::Held(Forecast { held, .. }) | Outcome::Checked(Forecast { held, .. })) = outcome else {
        panic!("{outcome:?}")
    };
    let kinds: BTreeSet<HoldKind> = held.iter().map(|hold| hold.kind).collect();
    kinds.into_iter().collect()
}

/// Children in need, each seen on a date, and as many contacts of that date.
fn week(children: std::ops::Range<u32>, seen: &str) -> Files {
    let mut files = Files::new();
    let needs: Vec<String> = children
        .clone()
        .map(|n| format!("{n},2015-01-01,b) No,2023-01-01,{seen},,c) Child in need plan,North 1,Amy"))
        .collect();
    let contacts: Vec<String> = children.map(|n| format!("{n},2015-01-01,{seen},")).collect();
    files.list(1, CONTACTS, &contacts).list(6, NEEDS, &needs);
    files
}

/// Every row of every table but the audit, as text.
async fn all_tables(db: &Db) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    match db {
        Db::Sqlite { read, .. } => {
            let names: Vec<String> =
                sqlx::query_scalar("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
                    .fetch_all(read)
                    .await
                    .unwrap();
            for name in names {
                let columns: Vec<String> =
                    sqlx::query(sqlx::AssertSqlSafe(format!("select * from pragma_table_info('{name}')")))
                        .fetch_all(read)
                        .await
                        .unwrap()
                        .iter()
                        .map(|row| format!("quote(\"{}\")", row.get::<String, _>("name")))
                        .collect();
                let rows = format!("select {} as line from \"{name}\" order by 1", columns.join(" || ',' || "));
                let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_all(read).await.unwrap();
                tables.insert(name, rows.join("\n"));
            }
        }
        Db::Postgres { pool, .. } => {
            let names: Vec<String> =
                sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
                    .fetch_all(pool)
                    .await
                    .unwrap();
            for name in names {
                let rows = format!("select t::text from \"{name}\" t order by 1");
                let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_all(pool).await.unwrap();
                tables.insert(name, rows.join("\n"));
            }
        }
    }
    tables.remove("audit");
    tables
}

#[tokio::test]
async fn a_check_leaves_every_table_but_the_audit_and_says_what_would_happen() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let check = |files: &Files, as_at: &str| LoadRequest { check: true, ..request(files.inputs(), as_at) };
        let empty = all_tables(db).await;
        let first = week(0..30, "2024-01-10");
        let Outcome::Checked(forecast) = ask(db, check(&first, "2024-01-12")).await else { panic!("no check") };
        assert_eq!(all_tables(db).await, empty, "on an empty database");
        assert!(forecast.held.is_empty() && forecast.figures.iter().all(|figure| figure.before.is_none()));

        first.load(db, "2024-01-12").await.unwrap();
        let before = all_tables(db).await;
        let mut second = week(0..12, "2024-01-17");
        second.file("organisation.csv", ORGANISATION_HEAD, &["North 1,North,Ann Able".to_owned()]);
        let Outcome::Checked(forecast) = ask(db, check(&second, "2024-01-19")).await else { panic!("no check") };
        assert_eq!(all_tables(db).await, before);
        assert_eq!((forecast.changes.changed, forecast.changes.ended), (24, 36));
        assert!(forecast.held.iter().any(|hold| hold.kind == HoldKind::MissingList), "{:?}", forecast.held);
        let of = |id: &str| forecast.figures.iter().find(|figure| figure.id == id).unwrap().clone();
        let (then, now) = (of("CIN-01").before.unwrap(), of("CIN-01").after.unwrap());
        assert_eq!((then.denominator, now.denominator), (30, 12));
        assert!(of("CPP-01").before.is_none() && of("CPP-01").after.is_none(), "not supplied");

        let entry = app.audit().await.pop().unwrap();
        assert_eq!(entry.action, "check load");
        assert!(entry.detail.unwrap().contains("missing-list"));
        // A held load leaves them too, and so does a refused one.
        assert_eq!(kinds(&second.load(db, "2024-01-19").await.unwrap()), [HoldKind::MissingList]);
        let mut refused = Files::new();
        refused.list(7, "Something,else", &["1,2".to_owned()]);
        refused.load(db, "2024-01-19").await.unwrap_err();
        assert_eq!(all_tables(db).await, before);
    })
    .await;
}

#[tokio::test]
async fn only_confirmed_kinds_load_and_who_and_why_is_kept() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        week(0..40, "2024-01-10").load(db, "2024-01-12").await.unwrap();
        let half = week(0..19, "2024-01-17");
        let of = |kinds: &[HoldKind]| LoadRequest {
            confirmed: Confirmed::Kinds(kinds.iter().copied().collect()),
            why: Some("A team moved to the neighbours".to_owned()),
            ..request(half.inputs(), "2024-01-19")
        };
        assert_eq!(kinds(&ask(db, of(&[])).await), [HoldKind::MissingList]);
        assert_eq!(kinds(&ask(db, of(&[HoldKind::Date, HoldKind::Ids])).await), [HoldKind::MissingList]);
        let Outcome::Loaded(report) = ask(db, of(&[HoldKind::Date, HoldKind::MissingList])).await else {
            panic!("not loaded")
        };
        let kept = holds::confirmation(db, report.extract.unwrap()).await.unwrap().unwrap();
        assert_eq!(kept.kinds, [HoldKind::MissingList], "only what was held");
        assert_eq!((kept.by.as_str(), kept.why.as_deref()), ("a test", Some("A team moved to the neighbours")));
        let entry = app.audit().await.pop().unwrap();
        assert!(entry.detail.unwrap().ends_with("confirmed missing-list: A team moved to the neighbours"));
    })
    .await;
}

#[tokio::test]
async fn the_same_set_is_nothing_new_at_its_date_and_held_at_another() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let files = week(0..30, "2024-01-10");
        files.load(db, "2024-01-12").await.unwrap();
        let Outcome::Unchanged(report) = files.load(db, "2024-01-12").await.unwrap() else { panic!("changed") };
        assert!(report.message.starts_with("Nothing new"));
        assert_eq!(kinds(&files.load(db, "2024-01-19").await.unwrap()), [HoldKind::SameFile]);
        assert_eq!(kinds(&files.load(db, "2024-01-15").await.unwrap()), [HoldKind::SameFile], "its very bytes");

        // Written again by another program it is still the same set, and own tables with it replace nothing.
        let mut again = week(0..30, "10/01/2024");
        assert!(matches!(again.load(db, "2024-01-12").await.unwrap(), Outcome::Unchanged(_)));
        assert!(matches!(again.load(db, "2024-01-15").await.unwrap(), Outcome::Loaded(_)), "three days are quiet");
        again.file("organisation.csv", ORGANISATION_HEAD, &["North 1,North,Ann Able".to_owned()]);
        let Outcome::Loaded(report) = again.load(db, "2024-01-12").await.unwrap() else { panic!("not loaded") };
        assert!(report.message.contains("new with them: organisation"), "{}", report.message);
        assert_eq!(server::store::organisation::lines(db).await.unwrap().len(), 1);
        assert_eq!(extracts::all(db).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn another_set_of_the_same_date_replaces_it_only_when_confirmed() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        week(0..30, "2024-01-10").load(db, "2024-01-12").await.unwrap();
        let better = week(0..31, "2024-01-11");
        assert_eq!(kinds(&better.load(db, "2024-01-12").await.unwrap()), [HoldKind::Replaces]);
        let mut part = Files::new();
        part.list(7, PLANS, &[]);
        let held = kinds(&part.load(db, "2024-01-12").await.unwrap());
        assert!(held.contains(&HoldKind::Replaces) && held.contains(&HoldKind::MissingList), "{held:?}");
        better.load_as(db, "2024-01-12", true).await.unwrap();
        assert_eq!(extracts::all(db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_older_extract_is_compared_with_the_one_before_it_in_time() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        week(0..30, "2024-01-03").load(db, "2024-01-05").await.unwrap();
        week(0..200, "2024-01-24").load_as(db, "2024-01-26", true).await.unwrap();
        let Outcome::Loaded(report) = week(0..35, "2024-01-10").load(db, "2024-01-12").await.unwrap() else {
            panic!("held")
        };
        assert!(report.message.contains("its place in the past"), "{}", report.message);
        assert_eq!(kinds(&week(0..14, "2024-01-17").load(db, "2024-01-19").await.unwrap()), [HoldKind::MissingList]);
    })
    .await;
}

/// Weeks of the demonstration with so many children.
fn demo(folder: &Path, children: u32) -> Vec<DemoWeek> {
    let options = DemoOptions {
        children,
        months: 0,
        weeks: 52,
        seed: 3,
        out: folder.join(children.to_string()),
        last_as_at: day("2026-02-27"),
        format: DemoFormat::Csv,
    };
    server::demo::write(&options, &|_, _| {}).unwrap()
}

/// Loads weeks into a database of their own, without a confirmation; answers what held which.
async fn held_of<'a>(folder: &Path, name: &str, weeks: impl Iterator<Item = &'a DemoWeek>) -> Vec<String> {
    let db = Db::open(&format!("sqlite://{}", folder.join(format!("{name}.db")).display())).await.unwrap();
    let mut held = Vec::new();
    for week in weeks {
        let files = week.files.iter().map(|path| crate::common::extracts::input(path)).collect();
        let asked = request(files, &week.as_at.to_string());
        if let Outcome::Held(forecast) = ask(&db, asked.clone()).await {
            held.extend(
                forecast.held.into_iter().map(|hold| format!("{} {}: {}", week.as_at, hold.kind, hold.message)),
            );
            ask(&db, LoadRequest { confirmed: Confirmed::All, ..asked }).await;
        }
    }
    held
}

/// A year of weeks has Christmas and August in it; months and a first load are some of its weeks.
#[tokio::test]
async fn a_year_of_the_demonstration_loads_without_a_hold() {
    let folder = tempfile::tempdir().unwrap();
    let (county, small) = (demo(folder.path(), 300), demo(folder.path(), 60));
    let none: Vec<String> = Vec::new();
    assert_eq!(held_of(folder.path(), "weekly", county.iter()).await, none);
    assert_eq!(held_of(folder.path(), "small", small.iter()).await, none);
    assert_eq!(held_of(folder.path(), "monthly", county.iter().step_by(4)).await, none);
    assert_eq!(held_of(folder.path(), "small-monthly", small.iter().skip(3).step_by(4)).await, none);
}

fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

/// Sends an extract, and waits until its load waits for an answer or is done.
async fn send(app: &TestApp, browser: &Browser, needs: &[String], as_at: &str, check: bool) -> String {
    let mut body =
        part("files", Some("list_6.csv"), &format!("{NEEDS}\n{}", needs.join("\n"))) + &part("as_at", None, as_at);
    if check {
        body += &part("check", None, "yes");
    }
    let request = Request::post("/data/load")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin");
    let answer = browser.send(request.body(Body::from(body + "--edge--\r\n")).unwrap()).await;
    let address = answer.location().unwrap().to_owned();
    settled(app, &address).await;
    address
}

async fn settled(app: &TestApp, address: &str) {
    let id = address.rsplit('/').next().unwrap().parse().unwrap();
    for _ in 0..600 {
        let job = server::store::jobs::by_id(&app.state.db, id).await.unwrap().unwrap();
        if job.state != "running" && app.state.loads.progress(id).is_none() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the load does not end");
}

#[tokio::test]
async fn in_the_browser_a_check_shows_figures_and_a_hold_asks_for_ticks_and_a_reason() {
    on_both(Start::default(), |app| async move {
        app.add_user("ann", Role::Analyst, Area::All).await;
        let browser = app.signed_in("ann").await;
        let needs = |children: std::ops::Range<u32>, seen: &str| -> Vec<String> {
            children
                .map(|n| format!("{n},2015-01-01,b) No,2023-01-01,{seen},,c) Child in need plan,North 1,Amy"))
                .collect()
        };
        let checked = send(&app, &browser, &needs(0..40, "2024-01-10"), "2024-01-12", true).await;
        let page = browser.get(&checked).await.body;
        for words in
            ["Checked: it would load", "Figures before and after", "CIN-01", "0 of 40", "not supplied", "Load it"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(extracts::all(&app.state.db).await.unwrap().is_empty());
        browser.post(&format!("{checked}/confirm"), "").await;
        settled(&app, &checked).await;
        assert_eq!(extracts::all(&app.state.db).await.unwrap().len(), 1);

        let held = send(&app, &browser, &needs(0..15, "2024-01-17"), "2024-01-19", false).await;
        let page = browser.get(&held).await.body;
        for words in [
            "Held: is this the right extract?",
            "A list or rows are missing",
            "had 40 rows",
            "value=\"missing-list\"",
            "name=\"why\"",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let confirm = format!("{held}/confirm");
        assert_eq!(browser.post(&confirm, "kind=missing-list&why=+").await.status, StatusCode::BAD_REQUEST);
        browser.post(&confirm, "kind=date&why=looked").await;
        settled(&app, &held).await;
        assert_eq!(extracts::all(&app.state.db).await.unwrap().len(), 1, "another kind was ticked");
        browser.post(&confirm, "kind=missing-list&why=The+rest+moved").await;
        settled(&app, &held).await;
        let all = extracts::all(&app.state.db).await.unwrap();
        assert_eq!(all.len(), 2);
        let kept = holds::confirmation(&app.state.db, all[1].id).await.unwrap().unwrap();
        assert_eq!((kept.by.as_str(), kept.why.as_deref()), ("ann", Some("The rest moved")));
        let page = browser.get(&format!("/data/extracts/{}", all[1].id)).await.body;
        assert!(page.contains("confirmed by A Person") && page.contains("The rest moved"), "{page}");

        app.add_user("jane", Role::Director, Area::All).await;
        assert_eq!(app.signed_in("jane").await.get(&held).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Runs the program; answers its exit code, stdout and stderr.
fn surgery(address: &str, arguments: &[&str]) -> (i32, String, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_surgery"))
        .args(["--database-url", address])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[tokio::test]
async fn the_command_line_answers_with_its_exit_codes_and_keys() {
    on_both(Start::default(), |app| async move {
        let db = app.address().to_owned();
        let path = |files: &Files, at: usize| files.inputs()[at].path.display().to_string();
        let (first, half) = (week(0..40, "2024-01-10"), week(0..15, "2024-01-17"));
        let (contacts, needs) = (path(&first, 0), path(&first, 1));
        assert_eq!(surgery(&db, &["load", &contacts, &needs, "--as-at", "2024-01-12"]).0, 0);
        let (code, _, words) = surgery(&db, &["load", &contacts, &needs, "--as-at", "2024-01-12", "--json"]);
        assert!(code == 0 && words.contains("Nothing new"), "{words}");

        let half = [path(&half, 0), path(&half, 1)];
        let load = |more: &[&str]| {
            let arguments: Vec<&str> =
                ["load", &half[0], &half[1], "--as-at", "2024-01-19"].into_iter().chain(more.iter().copied()).collect();
            surgery(&db, &arguments)
        };
        for check in [true, false] {
            let (code, json, words) = load(if check { &["--check", "--json"] } else { &["--json"] });
            assert_eq!(code, 3, "{words}");
            let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
            let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
            assert_eq!(
                keys.iter().map(|key| key.as_str()).collect::<BTreeSet<_>>(),
                ["held", "lists", "problems", "figures"].into()
            );
            assert_eq!(answer["held"][0]["kind"], "missing-list");
            assert_eq!(answer["held"][0]["list"], "L1");
            assert_eq!((&answer["held"][0]["before"], &answer["held"][0]["now"]), (&"40".into(), &"15".into()));
            let figure = answer["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == "CIN-01").unwrap();
            assert_eq!((&figure["before"]["denominator"], &figure["after"]["denominator"]), (&40.into(), &15.into()));
            assert!(answer["figures"].as_array().unwrap().iter().any(|figure| figure["after"].is_null()));
        }
        for wrong in [&["--confirm"][..], &["--confirm", "everything"], &["--why", "so"]] {
            assert_eq!(load(wrong).0, 2, "{wrong:?}");
        }
        assert_eq!(load(&["--confirm", "date", "ids"]).0, 3);
        assert_eq!(load(&["--confirm", "missing-list", "--why", "moved"]).0, 0);

        let (code, _, words) = surgery(&db, &["load", &contacts, "--as-at", "31/01/2024"]);
        assert!(code == 2 && words.contains("YYYY-MM-DD"), "{words}");
        for flags in [
            &["indicators", "--format", "json", "--as-at", "31/01/2024"][..],
            &["list", "CPP-01", "--format", "json", "--from", "2024-1-3"],
            &["indicators", "--format", "json", "--to", "2024-02-31"],
        ] {
            let (code, _, words) = surgery(&db, flags);
            assert!(code == 2 && words.contains("YYYY-MM-DD"), "{flags:?}: {words}");
        }
        assert_eq!(surgery(&db, &["load", "no such file.csv", "--as-at", "2024-01-26"]).0, 1);
    })
    .await;
}
