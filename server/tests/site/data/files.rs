//! Figures to take away: what each role gets, that a file is headings and rows, and that each is on record.

use crate::common::extracts::{CONTACTS, Files, NEEDS, ORGANISATION_HEAD, REFERRALS, organisation};
use crate::common::{Answer, Browser, Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};
use server::store::audit::Decision;

/// Path without its ending, what the audit calls it, and whether a member gets it.
const FILES: [(&str, &str, bool); 7] = [
    ("/headlines", "export headlines", true),
    ("/measures/CIN-01/trend", "export trend", true),
    ("/measures/CIN-01/teams", "export teams", false),
    ("/admin/targets", "export targets", true),
    ("/admin/standards", "export standards", true),
    ("/answers", "export answers", false),
    ("/data/lag", "export lag", false),
];

async fn loaded(app: &TestApp) {
    let need = |id: &str, seen: &str, team: &str| {
        format!("{id},2015-01-01,b) No,2025-06-02,{seen},,c) Child in need plan,{team},Amy Able")
    };
    for (as_at, seen) in [("2026-02-20", "2026-02-18"), ("2026-02-27", "2026-02-25")] {
        let mut needs: Vec<String> = (0..12).map(|at| need(&format!("N{at}"), seen, "North 1")).collect();
        needs.extend((0..3).map(|at| need(&format!("S{at}"), "2025-12-01", "=South 1")));
        let referrals = ["2026-01-05", "2026-02-10"].map(|date| format!("N1,2015-01-01,{date},b) No,0,North 1,Amy"));
        let mut files = Files::new();
        files.list(1, CONTACTS, &[]).list(3, REFERRALS, &referrals).list(6, NEEDS, &needs);
        files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
        files.load_as(&app.state.db, as_at, true).await.unwrap();
    }
}

async fn viewer(app: &TestApp, name: &str, role: Role, area: Area) -> Browser {
    app.add_user(name, role, area).await;
    app.signed_in(name).await
}

/// Headings and records of a CSV file, each with as many fields as there are headings.
fn records(file: &Answer) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    (fields(reader.headers().unwrap()), reader.records().map(|record| fields(&record.unwrap())).collect())
}

fn row<'a>(rows: &'a [Vec<String>], first: &str) -> &'a [String] {
    rows.iter().find(|row| row[0] == first).unwrap_or_else(|| panic!("no {first} in {rows:?}"))
}

#[tokio::test]
async fn every_file_is_headings_and_rows_and_is_on_record() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        for (path, action, _) in FILES {
            let file = director.get(&format!("{path}.csv")).await;
            assert_eq!(file.status, StatusCode::OK, "{path}");
            let (head, rows) = records(&file);
            assert!(head.len() >= 5 && !file.body.contains("Taken away"), "{path}: {}", file.body);
            assert!(!rows.is_empty() || path == "/data/lag", "{path}: {}", file.body);
            let book = director.get(&format!("{path}.xlsx")).await;
            assert!(book.status == StatusCode::OK && book.body.starts_with("PK"), "{path}");
            let seen = app.audit().await.into_iter().filter(|entry| entry.action == action);
            assert_eq!(seen.count(), 2, "{action}");
        }
        // Each page leads to its files.
        for (page, files) in [
            ("/", &["/headlines.csv"][..]),
            ("/measures/CIN-01", &["/measures/CIN-01/trend.xlsx", "/measures/CIN-01/teams.csv"]),
            ("/admin/targets", &["/admin/targets.csv"]),
            ("/admin/standards", &["/admin/standards.xlsx"]),
            ("/answers", &["/answers.csv"]),
            ("/data/lag", &["/data/lag.xlsx"]),
        ] {
            let body = director.get(page).await.body;
            for file in files {
                assert!(body.contains(&format!("href=\"{file}\"")), "{page} {file}: {body}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_figures_of_a_file_are_those_of_its_page() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let (_, rows) = records(&director.get("/headlines.csv").await);
        let referrals = row(&rows, "REF-02");
        assert_eq!(referrals[3..7], ["2025-11-28", "2026-02-27", "1", "2"]);
        assert_eq!(row(&rows, "CIN-01")[3..9], ["2026-02-27", "2026-02-27", "12", "15", "0.8", "Measured"]);
        assert_eq!(row(&rows, "CPP-01")[5..9], ["", "", "", "Not supplied"]);
        let home = director.get("/").await.body;
        assert!(home.contains("1 of 2 referrals received from 28 November 2025 to 27 February 2026"), "{home}");

        let (_, trend) = records(&director.get("/measures/CIN-01/trend.csv").await);
        let months = |rows: &[Vec<String>]| rows.iter().map(|row| (row[0].clone(), row[1].clone())).collect::<Vec<_>>();
        assert_eq!(months(&trend), [("2026-02".to_owned(), "2026-02-27".to_owned())], "a month by its last extract");
        let (_, then) = records(&director.get("/measures/CIN-01/trend.csv?as_at=2026-02-20").await);
        assert_eq!(months(&then), [("2026-02".to_owned(), "2026-02-20".to_owned())]);
        let (_, teams) = records(&director.get("/measures/CIN-01/teams.csv").await);
        assert_eq!(row(&teams, "North 1")[1..5], ["North", "12", "12", "1"]);
        assert_eq!(row(&teams, "'=South 1")[1..4], ["Not mapped", "0", "3"]);
        let (_, one) = records(&director.get("/measures/CIN-01/teams.csv?service=North").await);
        assert_eq!(one.len(), 1, "{one:?}");
        let (head, list) = records(&director.get("/measures/REF-02/children.csv?sort=event").await);
        assert_eq!(head[..3], ["Child", "Referral", "Team"]);
        assert_eq!(list.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["2026-01-05", "2026-02-10"]);
        let page = director.get("/measures/REF-02/children?sort=-event").await.body;
        let at = |date: &str| page.find(date).unwrap_or_else(|| panic!("no {date}: {page}"));
        assert!(at("10 February 2026") < at("5 January 2026"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_manager_gets_the_own_teams_and_a_member_no_small_number() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = viewer(&app, "north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        let (_, rows) = records(&north.get("/headlines.csv").await);
        assert_eq!(row(&rows, "CIN-01")[5..7], ["12", "12"]);
        let (_, teams) = records(&north.get("/measures/CIN-01/teams.csv").await);
        assert_eq!(teams.len(), 1, "{teams:?}");
        for path in [
            "/measures/CIN-01/teams.csv?team=South+1",
            "/measures/CIN-01/trend.csv?service=South",
            "/measures/X/trend.csv",
        ] {
            assert_eq!(north.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let member = viewer(&app, "member", Role::Member, Area::All).await;
        let it = viewer(&app, "it", Role::Administrator, Area::All).await;
        for (path, action, is_for_members) in FILES {
            for ending in ["csv", "xlsx"] {
                let status = member.get(&format!("{path}.{ending}")).await.status;
                assert_eq!(status == StatusCode::OK, is_for_members, "{path}.{ending}");
                let settings = path.starts_with("/admin");
                assert_eq!(it.get(&format!("{path}.{ending}")).await.status == StatusCode::OK, settings, "{path}");
            }
            let denied = app.audit().await.into_iter();
            let denied = denied
                .filter(|entry| entry.action == action && entry.decision == Decision::Deny && entry.actor == "it");
            assert_eq!(denied.count() == 2, !path.starts_with("/admin"), "{action}");
        }
        // 3 of 15 are late: the rest gives them away.
        let (_, rows) = records(&member.get("/headlines.csv").await);
        assert_eq!(row(&rows, "CIN-01")[5..9], ["", "", "", "c: a small number, not shown"]);
        assert!(rows.iter().all(|row| !row[0].ends_with(['a', 'b'])), "ages apart: {rows:?}");
        let (_, trend) = records(&member.get("/measures/CIN-01/trend.csv").await);
        assert!(trend.len() == 1 && trend.iter().all(|row| row[2..].iter().all(String::is_empty)), "{trend:?}");
        assert_eq!(member.get("/measures/CIN-01/trend.csv?service=North").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
