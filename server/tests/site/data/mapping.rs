//! The council's mapping: set by an analyst, on record, applied at the next load and said in its report.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, organisation};
use crate::common::{Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use domain::measures::measure;
use domain::scope::{Area, Role};
use server::council::Council;
use server::load::{LoadReport, Outcome};
use server::reading::{Ask, Asked, Selection, figure};
use server::store::mapping;

/// One extract of two children in need, whose status is in the case system's own words.
async fn load(app: &TestApp) -> Outcome {
    let need = |n: u32| format!("{n},2015-01-01,b) No,2025-01-06,2026-02-01,,On a CIN plan,N1,Amy Ash");
    let mut files = Files::new();
    files.list(6, NEEDS, &[need(1), need(2)]).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, "2026-02-13", true).await.unwrap()
}

fn loaded(outcome: Outcome) -> LoadReport {
    match outcome {
        Outcome::Loaded(report) => report,
        other => panic!("{other:?}"),
    }
}

/// Child in need plans: how many there are, as CIN-01 counts them.
async fn plans(app: &TestApp, team: Option<&str>) -> u64 {
    let db = &app.state.db;
    let council = Council::read(db).await.unwrap().unwrap();
    let asked = Asked::of(&council, &Ask::default()).unwrap();
    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
    let found = figure(db, &council, &operator(), measure("CIN-01").unwrap(), &asked, &selection).await.unwrap();
    found.unwrap().denominator
}

const STATUS: &str = "kind=code&list=6&column=Case+status&written=On+a+CIN+plan&meant=c%29+Child+in+need+plan\
     &applies_from=2026-02-01&reason=Agreed+with+the+case+system%27s+team";
const TEAM: &str = "kind=team&written=N1&meant=North+1&applies_from=2026-02-01&reason=Its+old+name";

#[tokio::test]
async fn a_line_set_by_form_is_on_record_and_the_next_load_is_read_by_it() {
    on_both(Start::default(), |app| async move {
        assert!(loaded(load(&app).await).mapping.is_empty());
        assert_eq!(plans(&app, None).await, 0, "the status is nobody's code");
        app.add_user("analyst", Role::Analyst, Area::All).await;
        let analyst = app.signed_in("analyst").await;
        for form in [STATUS, TEAM] {
            let answer = analyst.post("/data/mapping", form).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/data/mapping")));
        }
        let kept = app.audit().await;
        let set: Vec<_> = kept.iter().filter(|entry| entry.action == "set mapping").collect();
        assert_eq!(set.len(), 2);
        assert!(set[0].detail.as_deref().unwrap().contains("Agreed with the case system's team"));

        assert_eq!(plans(&app, None).await, 0, "what is loaded stays as it was read");
        let report = loaded(load(&app).await);
        assert_eq!(report.mapping.iter().map(|used| used.times).collect::<Vec<_>>(), [2, 2]);
        assert!(report.message.contains("4 cells were read by the council's mapping"), "{}", report.message);
        assert_eq!(plans(&app, Some("North 1")).await, 2);
        assert!(matches!(load(&app).await, Outcome::Unchanged(_)), "the same files by the same mapping");

        let page = analyst.get("/data/mapping").await.body;
        for text in ["On a CIN plan", "c) Child in need plan", "2 cells of the newest extract", "Its old name"] {
            assert!(page.contains(text), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_is_taken_back_by_a_line_and_nothing_else_can_be() {
    on_both(Start::default(), |app| async move {
        app.add_user("analyst", Role::Analyst, Area::All).await;
        let analyst = app.signed_in("analyst").await;
        analyst.post("/data/mapping", STATUS).await;
        let back = STATUS.replace("c%29+Child+in+need+plan", "");
        assert_eq!(analyst.post("/data/mapping", &back).await.status, StatusCode::SEE_OTHER);
        assert!(loaded(load(&app).await).mapping.is_empty());
        let nothing = back.replace("On+a+CIN+plan", "Never+set");
        let refused = analyst.post("/data/mapping", &nothing).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.body.contains("none to take back"), "{}", refused.body);
        assert_eq!(mapping::changes(&app.state.db).await.unwrap().len(), 2);
        app.try_sql("update mapping_change set meant = 'x'").await.unwrap_err();
        app.try_sql("delete from mapping_change").await.unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn a_line_that_annex_a_does_not_know_is_refused_with_what_would_do() {
    on_both(Start::default(), |app| async move {
        app.add_user("analyst", Role::Analyst, Area::All).await;
        let analyst = app.signed_in("analyst").await;
        for (form, said) in [
            (STATUS.replace("c%29+Child+in+need+plan", "Nonsense"), "none of the codes"),
            (STATUS.replace("column=Case+status", "column="), "belongs to a column"),
            (STATUS.replace("2026-02-01", "soon"), "not a date"),
            (STATUS.replace("reason=Agreed+with+the+case+system%27s+team", "reason="), "reason is missing"),
            (TEAM.replace("kind=team", "kind=colour"), "a header, a code, a team or a worker"),
        ] {
            let refused = analyst.post("/data/mapping", &form).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{form}");
            assert!(refused.body.contains(said), "{form}: {}", refused.body);
        }
        assert!(mapping::changes(&app.state.db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_mapping_is_for_those_who_load_data() {
    on_both(Start::default(), |app| async move {
        load(&app).await;
        for (name, role, area) in [
            ("manager", Role::TeamManager, Area::Team("North 1".to_owned())),
            ("director", Role::Director, Area::All),
            ("member", Role::Member, Area::All),
        ] {
            app.add_user(name, role, area).await;
            let browser = app.signed_in(name).await;
            assert_eq!(browser.get("/data/mapping").await.status, StatusCode::NOT_FOUND, "{name}");
            assert_eq!(browser.post("/data/mapping", TEAM).await.status, StatusCode::NOT_FOUND, "{name}");
        }
        assert!(mapping::changes(&app.state.db).await.unwrap().is_empty());
    })
    .await;
}
