//! A load killed at any moment leaves the database as before it or as after it, never between.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at its first surprise")]

use domain::measures::figure::Figure;
use server::demo::{DemoFormat, DemoOptions};
use server::store::audit::{Verdict, verify};
use server::store::soundness::findings;
use server::store::{extracts, records};
use sqlx::{Connection as _, Executor as _, PgConnection};
use std::process::{Command, Stdio};
use std::time::Duration;

#[tokio::test]
async fn a_load_killed_at_any_moment_is_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    killed(&format!("sqlite://{}", folder.path().join("surgery.db").display()), 25).await;
}

#[tokio::test]
async fn a_load_killed_at_any_moment_is_all_or_nothing_on_postgresql_too() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        assert!(std::env::var("REQUIRE_POSTGRES").as_deref() != Ok("1"), "TEST_DATABASE_URL is not set");
        return;
    };
    let name = format!("surgery_killed_{:016x}", rand::random::<u64>());
    let mut server = PgConnection::connect(&url).await.unwrap();
    server.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (server_address, _) = url.rsplit_once('/').unwrap();
    killed(&format!("{server_address}/{name}"), 12).await;
    server.execute(sqlx::AssertSqlSafe(format!("drop database {name} with (force)"))).await.unwrap();
}

/// Kills loads at moments all over their course.
async fn killed(address: &str, times: u32) {
    let folder = tempfile::tempdir().unwrap();
    let options = DemoOptions {
        children: 120,
        months: 0,
        weeks: 2,
        seed: 5,
        out: folder.path().join("demo"),
        last_as_at: "2026-10-30".parse().unwrap(),
        format: DemoFormat::Csv,
    };
    let weeks = server::demo::write(&options, &|_, _| {}).unwrap();
    let load = |week: usize| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_surgery"));
        command.args(["--database-url", address, "load", "--as-at", &weeks[week].as_at.to_string()]);
        command.args(&weeks[week].files).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let began = std::time::Instant::now();
    assert!(load(0).status().unwrap().success());
    let whole = began.elapsed();

    let (mut before, mut after) = (0, 0);
    for attempt in 0..times {
        let mut child = load(1).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(f64::from(attempt) / f64::from(times - 3)) + Duration::from_millis(1));
        child.kill().unwrap();
        child.wait().unwrap();

        let db = server::db::Db::open(address).await.unwrap();
        let loaded = extracts::all(&db).await.unwrap();
        if let server::db::Db::Sqlite { read, .. } = &db {
            let sound: String = sqlx::query_scalar("pragma integrity_check").fetch_one(read).await.unwrap();
            assert_eq!(sound, "ok");
        }
        assert_eq!(findings(&db).await.unwrap(), []);
        assert!(matches!(verify(&db).await.unwrap(), Verdict::Whole(_)));
        let council = server::council::Council::read(&db).await.unwrap().unwrap();
        // Facts and records are of the same extract: a figure from the records is the stored one.
        let mut children = 0;
        records::each_journey(&db, council.as_at(), |_| children += 1).await.unwrap();
        assert!(children > 100);
        agrees_with_its_records(&db, &council).await;
        match loaded.len() {
            1 => before += 1,
            2 => {
                after += 1;
                assert_eq!(council.as_at(), weeks[1].as_at);
            }
            other => panic!("{other} extracts"),
        }
        db.close().await;
    }
    assert!(before > 0, "no load was cut off: before {before}, after {after}");
}

async fn agrees_with_its_records(db: &server::db::Db, council: &server::council::Council) {
    use server::reading::{Ask, Asked, Selection, figure};
    let scope = operator();
    let stored = Asked::of(council, &Ask::default()).unwrap();
    let mut anew = stored.clone();
    anew.standards.worker_placeholders.insert("nobody has this name".to_owned());
    for id in ["CPP-01", "CIN-01", "ALL-01"] {
        let measure = domain::measures::measure(id).unwrap();
        let all = Selection::default();
        let one: Option<Figure> = figure(db, council, &scope, measure, &stored, &all).await.unwrap();
        let two = figure(db, council, &scope, measure, &anew, &all).await.unwrap();
        assert_eq!(one, two, "{id}");
    }
}

/// What reads everything.
fn operator() -> domain::scope::Scope {
    struct ATest;
    impl domain::scope::HoldsTheDatabase for ATest {}
    domain::scope::Scope::operator(&ATest)
}
