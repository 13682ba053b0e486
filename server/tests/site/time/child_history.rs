//! A child's page from every extract kept.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, PLANS, organisation};
use crate::common::{Browser, Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};
use server::load::{bring_figures_up_to_date, reference_key};
use server::store::extracts;
use server::store::people::{Kind, reference};

const THEN: &str = "2025-08-01";
const BETWEEN: &str = "2026-01-30";
const NOW: &str = "2026-02-27";

fn need(id: &str, start: &str, seen: &str, end: &str) -> String {
    format!("{id},2015-01-01,b) No,{start},{seen},{end},c) Child in need plan,North 1,Amy Able")
}

fn plan(id: &str, start: &str, end: &str) -> String {
    format!("{id},2015-01-01,{start},,,,{end},0,North 1,Amy Able")
}

async fn load(app: &TestApp, as_at: &str, needs: &[String], plans: &[String]) {
    let mut files = Files::new();
    files.list(6, NEEDS, needs).list(7, PLANS, plans).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

/// N1 is in need since July 2025, after a plan of 107 days that only the first extract lists. N2 is on the first extract
/// alone. The need of N3 is on the first two and deleted in the last, whose list reaches back to 1 September 2025.
async fn three_extracts(app: &TestApp) {
    let others = [need("N8", "2025-01-01", "", "2025-02-03"), need("N7", "2025-06-02", "2025-07-01", "")];
    let first = [
        vec![
            need("N1", "2025-07-10", "2025-07-20", ""),
            need("N2", "2024-11-01", "2025-03-01", "2025-03-31"),
            need("N3", "2025-06-16", "2025-07-14", ""),
        ],
        others.into(),
    ];
    let plans = [plan("N1", "2025-03-01", "2025-06-15"), plan("N9", "2024-01-01", "2025-02-03")];
    load(app, THEN, &first.concat(), &plans).await;
    let ended = [need("N8", "2025-03-01", "", "2025-09-01"), plan("N9", "2025-03-01", "2025-09-01")];
    let second =
        [need("N1", "2025-07-10", "2026-01-12", ""), need("N3", "2025-06-16", "2026-01-14", ""), ended[0].clone()];
    load(app, BETWEEN, &second, &ended[1..]).await;
    let third = [need("N1", "2025-07-10", "2026-02-20", ""), plan("N9", "2025-03-01", "2025-09-01")];
    let third_needs = [third[0].clone(), need("N8", "2025-03-01", "", "2025-09-01"), need("N3", "2026-02-25", "", "")];
    load(app, NOW, &third_needs, &third[1..]).await;
}

async fn page(app: &TestApp, browser: &Browser, child: &str, as_at: Option<&str>) -> (StatusCode, String) {
    let key = reference_key(&app.state.db).await.unwrap();
    let at = as_at.map_or_else(String::new, |as_at| format!("?as_at={as_at}"));
    let answer = browser.get(&format!("/children/{}{at}", reference(&key, Kind::Child, child))).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_childs_page_tells_what_earlier_extracts_said() {
    on_both(Start::default(), |app| async move {
        three_extracts(&app).await;
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;

        let (_, now) = page(&app, &director, "N1", None).await;
        for words in [
            "233 days since the first event on 10 July 2025, and running without a gap. Before that: 107 days, from 1 March \
             2025 to 15 June 2025.",
            "Child protection plan began",
            "Known from the extract as at 1 August 2025",
            "Child seen by a social worker",
            "Known from the extract as at 30 January 2026",
        ] {
            assert!(now.contains(words), "{words}: {now}");
        }
        // What an earlier extract knew is what that one and those before it said.
        let (_, then) = page(&app, &director, "N1", Some(THEN)).await;
        assert!(then.contains("Child protection plan began") && then.contains("20 July 2025"), "{then}");
        for later in ["Known from", "12 January 2026", "20 February 2026", "Before that: 233"] {
            assert!(!then.contains(later), "{later}: {then}");
        }

        // A need that was deleted while its list still reached it is told, and no time is counted from it.
        let (_, deleted) = page(&app, &director, "N3", None).await;
        let gone = "No longer listed since the extract as at 27 February 2026, last listed as at 30 January 2026";
        assert!(deleted.contains(gone) && deleted.contains("3 days since the first event on 25 February 2026"));
        assert!(deleted.contains("1 row that extracts no longer list is not counted"), "{deleted}");
    })
    .await;
}

#[tokio::test]
async fn a_child_of_older_extracts_alone_is_told_to_who_reads_everything_and_to_nobody_else() {
    on_both(Start::default(), |app| async move {
        three_extracts(&app).await;
        app.add_user("director", Role::Director, Area::All).await;
        app.add_user("north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        let (director, north) = (app.signed_in("director").await, app.signed_in("north").await);
        let (status, body) = page(&app, &director, "N2", None).await;
        assert_eq!(status, StatusCode::OK);
        for words in [
            "Not in the extract as at 27 February 2026, last in that as at 1 August 2025",
            "Not open now. Last with the service for 151 days, from 1 November 2024 to 31 March 2025.",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert_eq!(page(&app, &north, "N2", None).await.0, StatusCode::NOT_FOUND);
        assert_eq!(page(&app, &north, "N1", None).await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn windows_are_kept_with_each_extract_and_made_for_those_of_before() {
    on_both(Start::default(), |app| async move {
        three_extracts(&app).await;
        let db = &app.state.db;
        let kept = extracts::windows(db).await.unwrap();
        assert_eq!(kept.len(), 3);
        let last = extracts::newest_id(db).await.unwrap().unwrap();
        assert_eq!(kept[&last].get(&6).map(ToString::to_string).as_deref(), Some("2025-09-01"));
        app.sql("update extract set windows = null").await;
        app.sql("delete from setting where name = 'measures_reading'").await;
        assert!(extracts::windows(db).await.unwrap().is_empty());
        bring_figures_up_to_date(db, &app.state.clock).await.unwrap();
        assert_eq!(extracts::windows(db).await.unwrap(), kept);
    })
    .await;
}
