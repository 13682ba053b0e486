//! A release that changes what a measure counts.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, clock, organisation};
use crate::common::{Start, TestApp, on_both, operator};
use server::council::Council;
use server::db::Db;
use server::load::bring_figures_up_to_date;
use server::reading::{Ask, Asked, Selection, figure, history, list};
use server::store::audit::{Verdict, verify};
use server::store::{registers, settings};

/// Two weeks of thirty children in need, opened in the second week and not seen, and one who has not been seen for long.
async fn two_weeks(app: &TestApp) {
    for as_at in ["2026-01-30", "2026-02-06"] {
        let mut rows: Vec<String> = (0..30)
            .map(|child| format!("{child},2015-01-01,b) No,2026-01-28,,,c) Child in need plan,North 1,Amy"))
            .collect();
        rows.push("99,2015-01-01,b) No,2025-01-06,2025-02-03,,c) Child in need plan,North 1,Amy".to_owned());
        let mut files = Files::new();
        files.list(6, NEEDS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
        files.load_as(&app.state.db, as_at, true).await.unwrap();
    }
}

/// Dormant cases in each extract, on the newest list and on the newest figure.
async fn dormant(db: &Db) -> (Vec<(u64, u64)>, usize, u64) {
    let council = Council::read(db).await.unwrap().unwrap();
    let asked = Asked::of(&council, &Ask::default()).unwrap();
    let (scope, selection) = (operator(), Selection::default());
    let measure = domain::measures::measure("DOR-01").unwrap();
    let course = history(&council, &scope, measure, &selection)
        .into_iter()
        .map(|(_, figure)| figure.map_or((0, 0), |figure| (figure.numerator, figure.denominator)))
        .collect();
    let listed = list(db, &council, &scope, measure, &asked, &selection).await.unwrap();
    let cases = listed.lines.iter().filter(|line| line.numerator() == Some(true)).count();
    let figure = figure(db, &council, &scope, measure, &asked, &selection).await.unwrap().unwrap();
    (course, cases, figure.numerator)
}

#[tokio::test]
async fn figures_stored_by_an_earlier_reading_are_counted_anew_once() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        two_weeks(&app).await;
        let expected = (vec![(1, 31), (1, 31)], 1, 1);
        assert_eq!(dormant(db).await, expected);
        assert_eq!(bring_figures_up_to_date(db, &clock()).await.unwrap(), 0, "counted by the reading of today");
        let bases = registers::bases(db).await.unwrap();

        // As an earlier release left them, by which everybody not seen was dormant.
        app.sql("update tally set numerator = denominator where measure = 'DOR-01'").await;
        app.sql("update fact set numerator = true where measure = 'DOR-01'").await;
        app.sql("update register_count set basis = 'of before'").await;
        app.sql("delete from setting where name = 'measures_reading'").await;
        assert_eq!(dormant(db).await, (vec![(31, 31), (31, 31)], 31, 31));

        let before = app.audit().await.len();
        assert_eq!(bring_figures_up_to_date(db, &clock()).await.unwrap(), 2);
        assert_eq!(dormant(db).await, expected);
        assert_eq!(registers::bases(db).await.unwrap(), bases);
        let audit = app.audit().await;
        assert_eq!((audit.len(), audit.last().unwrap().action.as_str()), (before + 1, "count anew"));
        assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));

        assert_eq!(bring_figures_up_to_date(db, &clock()).await.unwrap(), 0);
        assert_eq!(app.audit().await.len(), before + 1);
        settings::set(db, "measures_reading", "1").await.unwrap();
        assert_eq!(bring_figures_up_to_date(db, &clock()).await.unwrap(), 2);
        assert_eq!(dormant(db).await, expected);
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_has_nothing_to_count() {
    on_both(Start::default(), |app| async move {
        assert_eq!(bring_figures_up_to_date(&app.state.db, &clock()).await.unwrap(), 0);
        assert!(app.audit().await.is_empty());
        assert!(settings::get(&app.state.db, "measures_reading").await.unwrap().is_none());
    })
    .await;
}
