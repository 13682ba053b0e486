//! Targets: set from a date by file or by form, and what every page says of them then and before.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, clock, day, organisation};
use crate::common::{Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::measures::measure;
use domain::scope::{Area, Role};
use server::council::Council;
use server::db::Db;
use server::load::{LoadError, Outcome};
use server::reading::Selection;
use server::store::audit::{Decision, Verdict, verify};
use server::store::extracts::Which;
use server::store::targets::changes;

const TARGETS: &str = "indicator,team,service,target,tolerance,valid_from";

/// Three weekly extracts of 20 children in each of two teams; of North 1 18 were seen in time, of South 1 none.
async fn three_weeks(app: &TestApp) {
    for as_at in ["2026-01-30", "2026-02-06", "2026-02-13"] {
        let need = |n: u32, seen: &str, team: &str| {
            format!("{team}{n},2015-01-01,b) No,2025-01-06,{seen},,c) Child in need plan,{team},Amy {team}")
        };
        let north = (0..20).map(|n| need(n, if n < 18 { as_at } else { "2025-02-03" }, "North 1"));
        let south = (0..20).map(|n| need(n, "2025-02-03", "South 1"));
        let mut files = Files::new();
        files.list(6, NEEDS, &north.chain(south).collect::<Vec<_>>()).file(
            "organisation.csv",
            ORGANISATION_HEAD,
            &organisation(),
        );
        files.load_as(&app.state.db, as_at, true).await.unwrap();
    }
}

async fn load(db: &Db, rows: &[&str]) -> Result<Outcome, LoadError> {
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    Files::new().file("targets.csv", TARGETS, &rows).load_as(db, "2026-02-13", true).await
}

/// The target of CIN-01 for a team as at a date.
async fn in_force(db: &Db, team: Option<&str>, as_at: &str) -> String {
    let council = Council::read_as_at(db, Which::OnOrBefore(day(as_at))).await.unwrap().unwrap();
    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
    let target = council.target(measure("CIN-01").unwrap(), &selection);
    target.map_or_else(String::new, |target| target.aim.value.to_string())
}

#[tokio::test]
async fn targets_come_through_the_door_of_the_extracts_and_the_narrowest_counts() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_weeks(&app).await;
        assert_eq!(in_force(db, None, "2026-02-13").await, "", "nobody expects anything yet");
        let rows = ["CIN-01,,,90%,,2026-01-01", "CIN-01,,north,0.85,5%,2026-02-06", "cin-01,NORTH  1,,80%,,2026-02-13"];
        let outcome = load(db, &rows).await.unwrap();
        let Outcome::Loaded(report) = outcome else { panic!("{outcome:?}") };
        assert_eq!((report.extract, report.lists[0].list.as_str(), report.lists[0].loaded), (None, "targets", 3));
        for (team, as_at, expected) in [
            (None, "2026-01-30", "0.9"),
            (Some("North 1"), "2026-01-30", "0.9"),
            (Some("North 1"), "2026-02-06", "0.85"),
            (Some("North 2"), "2026-02-13", "0.85"),
            (Some("North 1"), "2026-02-13", "0.8"),
            (Some("South 1"), "2026-02-13", "0.9"),
            (None, "2026-02-13", "0.9"),
        ] {
            assert_eq!(in_force(db, team, as_at).await, expected, "{team:?} as at {as_at}");
        }
        // The same file again adds nothing; a row that changed is added, and nothing is overwritten.
        load(db, &rows).await.unwrap();
        assert_eq!(changes(db).await.unwrap().len(), 3);
        load(db, &["CIN-01,,,91%,,2026-01-01"]).await.unwrap();
        assert_eq!(changes(db).await.unwrap().len(), 4);
        assert_eq!(in_force(db, None, "2026-01-30").await, "0.91");
        assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_is_refused_whole_with_its_rows_named_and_the_extract_beside_it_too() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_weeks(&app).await;
        let mut files = Files::new();
        let rows = ["CIN-01,,,90%,,2026-01-01", "CIN-01,,,900,,2026-02-01", "NO-01,,,1%,,soon"].map(str::to_owned);
        files.list(6, NEEDS, &[]).file("targets.csv", TARGETS, &rows);
        let refused = files.load_as(db, "2026-02-20", true).await.unwrap_err().to_string();
        for words in [
            "3 things stand in the way",
            "row 3, target, \"900\"",
            "row 4, indicator, \"NO-01\"",
            "row 4, valid_from, \"soon\"",
        ] {
            assert!(refused.contains(words), "{words}: {refused}");
        }
        assert!(changes(db).await.unwrap().is_empty());
        assert_eq!(Council::read(db).await.unwrap().unwrap().as_at(), day("2026-02-13"));
    })
    .await;
}

#[tokio::test]
async fn a_target_changed_from_a_date_leaves_the_standing_of_earlier_figures_as_it_was() {
    on_both(Start::default(), |app| async move {
        three_weeks(&app).await;
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        let set = |area: &str, target: &str, from: &str| {
            format!(
                "measure=CIN-01&area={area}&target={target}&tolerance=5%25&applies_from={from}&reason=Agreed+by+all"
            )
        };
        let page = |as_at: &'static str| {
            let director = &director;
            async move { director.get(&format!("/measures/CIN-01?team=North%201{as_at}")).await.body }
        };
        assert!(!page("").await.contains("on target"));
        // 18 of 20 are 90%.
        let answer = director.post("/admin/targets", &set("all", "90%25", "2026-01-01")).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/admin/targets")));
        for as_at in ["", "&as_at=2026-01-30"] {
            let body = page(as_at).await;
            assert!(body.contains("Target 90% or more: on target"), "{body}");
        }
        director.post("/admin/targets", &set("team:North+1", "0.96", "2026-02-13")).await;
        let now = page("").await;
        assert!(now.contains("Target 96% or more: 6.0 short"), "{now}");
        assert!(now.contains("set for team North 1 from 13 February 2026"), "{now}");
        // The chart has the step, and the list that would reach the target is that of the new one.
        assert!(now.contains("target 96%; the target was 90% before 13 February 2026"), "{now}");
        assert!(now.contains("All 2 on the wrong side have to be put right"), "{now}");
        for as_at in ["&as_at=2026-01-30", "&as_at=2026-02-06"] {
            let then = page(as_at).await;
            assert!(then.contains("Target 90% or more: on target") && !then.contains("96%"), "{then}");
        }
        // Elsewhere the council's own counts, and within its tolerance a figure is close.
        let south = director.get("/measures/CIN-01?team=South%201").await.body;
        assert!(south.contains("Target 90% or more: 90.0 short"), "{south}");
        director.post("/admin/targets", &set("team:North+1", "94%25", "2026-02-13")).await;
        assert!(page("").await.contains("Target 94% or more: 4.0 short, within the tolerance"));
        // Taken back, the wider one counts again.
        director.post("/admin/targets", &set("team:North+1", "", "2026-02-13")).await;
        assert!(page("").await.contains("Target 90% or more: on target"));
        let listed = director.get("/admin/targets").await.body;
        assert!(listed.contains("Taken back") && listed.contains("Agreed by all"), "{listed}");
        assert_eq!(changes(&app.state.db).await.unwrap().len(), 4);
        assert_eq!(app.audit().await.iter().filter(|entry| entry.action == "set target").count(), 4);
        assert!(matches!(verify(&app.state.db).await.unwrap(), Verdict::Whole(_)));
    })
    .await;
}

#[tokio::test]
async fn who_sets_a_target_is_who_sets_a_standard_and_what_cannot_be_changes_nothing() {
    on_both(Start::default(), |app| async move {
        three_weeks(&app).await;
        app.add_user("it", Role::Administrator, Area::All).await;
        app.add_user("north", Role::Director, Area::Service("North".to_owned())).await;
        app.add_user("analyst", Role::Analyst, Area::All).await;
        app.add_user("member", Role::Member, Area::All).await;
        let form = "measure=CPP-01&area=all&target=90%25&applies_from=2026-02-13&reason=r";
        for (name, allowed) in [("it", true), ("north", false), ("analyst", false), ("member", false)] {
            let browser = app.signed_in(name).await;
            let expected = if allowed { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND };
            assert_eq!(browser.post("/admin/targets", form).await.status, expected, "{name}");
            let page = browser.get("/admin/targets").await;
            assert_eq!((page.status, page.body.contains("Set the target")), (StatusCode::OK, allowed), "{name}");
        }
        let denied = app.audit().await;
        let denied = denied.iter().filter(|entry| entry.action == "set target" && entry.decision == Decision::Deny);
        assert_eq!(denied.count(), 3);
        let it = app.signed_in("it").await;
        for form in [
            "",
            "measure=CPP-01&area=all&target=90%25&applies_from=2026-02-13&reason=++",
            "measure=CPP-01&area=all&target=90&applies_from=2026-02-13&reason=r",
            "measure=CPP-13&area=all&target=90%25&applies_from=2026-02-13&reason=r",
            "measure=CPP-01&area=all&target=90%25&applies_from=31/02/2026&reason=r",
            "measure=CPP-01&area=team:Nobody&target=90%25&applies_from=2026-02-13&reason=r",
            "measure=CPP-01&area=everyone&target=90%25&applies_from=2026-02-13&reason=r",
            "measure=CPP-02&area=all&target=&applies_from=2026-02-13&reason=r",
        ] {
            assert_eq!(it.post("/admin/targets", form).await.status, StatusCode::BAD_REQUEST, "{form}");
        }
        assert_eq!(changes(&app.state.db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_target_cannot_be_changed_or_deleted() {
    on_both(Start::default(), |app| async move {
        load(&app.state.db, &["CPP-01,,,90%,,2026-01-01"]).await.unwrap();
        assert!(app.try_sql("update target_change set target = '0.1'").await.is_err());
        assert!(app.try_sql("delete from target_change").await.is_err());
        // The clock of the load stands beside it.
        assert_eq!(changes(&app.state.db).await.unwrap()[0].set_at, clock().now_ms());
    })
    .await;
}
