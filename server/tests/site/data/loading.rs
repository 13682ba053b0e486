//! Loading: nothing lost, nothing half-done, and time that can be travelled.

use crate::common::extracts::{CONTACTS, Files, NEEDS, ORGANISATION_HEAD, PLANS, Random, day};
use crate::common::{Start, on_both, operator};
use domain::holds::HoldKind;
use server::council::Council;
use server::db::Db;
use server::load::{Forecast, LoadReport, Outcome};
use server::reading::{Ask, Asked, By, figures_by};
use server::store::extracts::{self, Which};
use server::store::records;

fn loaded(outcome: Outcome) -> LoadReport {
    match outcome {
        Outcome::Loaded(report) => report,
        other => panic!("{other:?}"),
    }
}

fn held(outcome: Outcome) -> Forecast {
    match outcome {
        Outcome::Held(forecast) => forecast,
        other => panic!("{other:?}"),
    }
}

fn needs(children: std::ops::Range<u32>, seen: &str) -> Vec<String> {
    children.map(|n| format!("{n},2015-01-01,b) No,2023-01-01,{seen},,c) Child in need plan,North 1,Amy")).collect()
}

fn of_needs(children: std::ops::Range<u32>, seen: &str) -> Files {
    let mut files = Files::new();
    files.list(6, NEEDS, &needs(children, seen));
    files
}

/// Every figure of an extract by team, as text.
async fn figures(db: &Db, as_at: &str) -> String {
    let council = Council::read_as_at(db, Which::OnOrBefore(day(as_at))).await.unwrap().unwrap();
    let asked = Asked::of(&council, &Ask::default()).unwrap();
    let mut text = String::new();
    for measure in domain::measures::CORE {
        let groups = figures_by(db, &council, &operator(), measure, &asked, By::Team).await.unwrap();
        text.push_str(&format!("{} {groups:?}\n", measure.id));
    }
    text
}

/// Every child's records as they stood on a date, as text.
async fn journeys(db: &Db, on: &str) -> Vec<String> {
    let mut all = Vec::new();
    records::each_journey(db, day(on), |journey| all.push(format!("{journey:?}"))).await.unwrap();
    all.sort();
    all
}

#[tokio::test]
async fn the_same_files_twice_change_nothing_and_say_so() {
    on_both(Start::default(), |app| async move {
        let files = of_needs(0..30, "2024-01-29");
        let first = loaded(files.load(&app.state.db, "2024-01-31").await.unwrap());
        let again = files.load(&app.state.db, "2024-01-31").await.unwrap();
        let Outcome::Unchanged(again) = again else { panic!("{again:?}") };
        assert_eq!((again.extract, again.unchanged, &again.lists), (first.extract, true, &first.lists));
        assert!(again.message.contains("nothing was changed"));
        assert_eq!(extracts::all(&app.state.db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_date_that_has_not_come_yet_is_asked_about() {
    on_both(Start::default(), |app| async move {
        let files = of_needs(0..30, "2026-03-01");
        let tomorrow = (crate::common::extracts::clock().today() + chrono::Days::new(1)).to_string();
        let forecast = held(files.load(&app.state.db, &tomorrow).await.unwrap());
        assert_eq!((forecast.held.len(), forecast.held[0].kind), (1, HoldKind::Date));
        assert!(forecast.held[0].message.contains("lies after today"));
        assert!(extracts::all(&app.state.db).await.unwrap().is_empty());
        loaded(files.load_as(&app.state.db, &tomorrow, true).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn more_rows_of_one_child_than_can_be_told_apart_are_refused() {
    on_both(Start::default(), |app| async move {
        let rows: Vec<String> = (0..65_537).map(|n| format!("1,2015-01-01,2024-01-03,Source {n}")).collect();
        let mut files = Files::new();
        let error = files.list(1, CONTACTS, &rows).load(&app.state.db, "2024-01-05").await.unwrap_err();
        assert!(error.to_string().contains("more than 65,536 rows"), "{error}");
        assert!(extracts::all(&app.state.db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_row_that_does_not_change_is_stored_once() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let first = loaded(of_needs(0..30, "2024-01-10").load(db, "2024-01-12").await.unwrap());
        assert_eq!((first.records_new, first.records_same), (30, 0));
        let mut rows = needs(0..29, "2024-01-10");
        rows.extend(needs(29..31, "2024-01-15"));
        let mut files = Files::new();
        files.list(6, NEEDS, &rows);
        let second = loaded(files.load(db, "2024-01-19").await.unwrap());
        // 29 unchanged; child 29 was seen again and child 30 is new; the old version of 29 ends.
        assert_eq!((second.records_same, second.records_new, second.records_ended), (29, 2, 1));
    })
    .await;
}

#[tokio::test]
async fn every_figure_of_a_past_extract_is_what_it_was_when_it_was_the_newest() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let dates = ["2024-01-05", "2024-01-12", "2024-01-19", "2024-01-26"];
        let mut then = Vec::new();
        for (seed, date) in (40..).zip(dates) {
            Random::new(seed, day(date)).files().load_as(db, date, true).await.unwrap();
            then.push((figures(db, date).await, journeys(db, date).await));
        }
        for (date, then) in dates.into_iter().zip(then) {
            assert_eq!(figures(db, date).await, then.0, "{date}");
            assert_eq!(journeys(db, date).await, then.1, "{date}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_older_extract_is_put_in_its_place_and_moves_nothing_else() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (seed, date) in [(50, "2024-01-05"), (52, "2024-01-19")] {
            Random::new(seed, day(date)).files().load_as(db, date, true).await.unwrap();
        }
        let before =
            (journeys(db, "2024-01-05").await, journeys(db, "2024-01-19").await, figures(db, "2024-01-19").await);
        let middle = Random::new(51, day("2024-01-12")).files();
        let report = loaded(middle.load_as(db, "2024-01-12", true).await.unwrap());
        assert!(report.message.contains("the newest extract is as at 2024-01-19"), "{}", report.message);
        let after =
            (journeys(db, "2024-01-05").await, journeys(db, "2024-01-19").await, figures(db, "2024-01-19").await);
        assert_eq!(before, after);

        // Alone in a database it reads the same.
        let alone = Db::open(&format!("sqlite://{}", tempfile::tempdir().unwrap().path().join("x.db").display()))
            .await
            .unwrap();
        middle.load_as(&alone, "2024-01-12", true).await.unwrap();
        assert_eq!(journeys(db, "2024-01-12").await, journeys(&alone, "2024-01-12").await);
    })
    .await;
}

#[tokio::test]
async fn another_extract_of_the_same_date_replaces_the_first() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (seed, date) in [(60, "2024-01-05"), (61, "2024-01-12"), (62, "2024-01-19"), (63, "2024-01-12")] {
            Random::new(seed, day(date)).files().load_as(db, date, true).await.unwrap();
        }
        assert_eq!(extracts::all(db).await.unwrap().len(), 3);
        let folder = tempfile::tempdir().unwrap();
        for (seed, date) in [(60, "2024-01-05"), (63, "2024-01-12"), (62, "2024-01-19")] {
            let alone =
                Db::open(&format!("sqlite://{}", folder.path().join(format!("{seed}.db")).display())).await.unwrap();
            Random::new(seed, day(date)).files().load_as(&alone, date, true).await.unwrap();
            assert_eq!(journeys(db, date).await, journeys(&alone, date).await, "{date}");
            assert_eq!(figures(db, date).await, figures(&alone, date).await, "{date}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_half_empty_extract_is_held_and_says_what_would_change() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        of_needs(0..40, "2024-01-10").load(db, "2024-01-12").await.unwrap();
        let files = of_needs(0..19, "2024-01-10");
        let forecast = held(files.load(db, "2024-01-19").await.unwrap());
        let hold = forecast.held.iter().find(|hold| hold.kind == HoldKind::MissingList).unwrap();
        assert!(hold.message.contains("40 rows") && hold.message.contains("19"), "{hold:?}");
        assert_eq!((forecast.changes.ended, forecast.changes.same), (21, 19));
        assert_eq!(extracts::all(db).await.unwrap().len(), 1, "nothing is kept of a held load");
        loaded(files.load_as(db, "2024-01-19", true).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn own_tables_that_come_each_week_hold_no_load() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let teams: Vec<String> = (0..25).map(|n| format!("Team {n},North,Ann Able")).collect();
        let workers: Vec<String> = (0..25).map(|n| format!("Worker {n},Team {n},social worker")).collect();
        let targets: Vec<String> = (0..25).map(|n| format!("CIN-01,Team {n},95%,2024-01-01")).collect();
        for (week, seen) in [("2024-01-12", "2024-01-10"), ("2024-01-19", "2024-01-17"), ("2024-01-26", "2024-01-24")] {
            let mut files = of_needs(0..30, seen);
            files.file("organisation.csv", ORGANISATION_HEAD, &teams);
            files.file("workforce.csv", "worker,team,role", &workers);
            files.file("targets.csv", "indicator,team,target,valid_from", &targets);
            loaded(files.load(db, week).await.unwrap());
        }
        // Given once and not again, they are still there.
        loaded(of_needs(0..30, "2024-01-31").load(db, "2024-02-02").await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn another_councils_extract_is_held() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        of_needs(0..40, "2024-01-10").load(db, "2024-01-12").await.unwrap();
        let forecast = held(of_needs(100..150, "2024-01-10").load(db, "2024-01-19").await.unwrap());
        let hold = forecast.held.iter().find(|hold| hold.kind == HoldKind::Ids).unwrap();
        assert!(hold.message.contains("unknown to the extract") && hold.message.contains("your council"), "{hold:?}");
    })
    .await;
}

#[tokio::test]
async fn a_list_that_is_not_there_is_not_supplied_and_an_empty_one_is_measured() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let mut files = Files::new();
        files.list(6, NEEDS, &[]);
        loaded(files.load(db, "2024-01-12").await.unwrap());
        let text = figures(db, "2024-01-12").await;
        assert!(text.contains("CIN-01 Some([])"), "{text}");
        assert!(text.contains("CPP-01 None"), "{text}");
        assert!(text.contains("ALL-01 None"), "List 7 and 8 are named by it and not there: {text}");
    })
    .await;
}

#[tokio::test]
async fn a_refused_file_leaves_the_database_as_it_was() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        loaded(of_needs(0..30, "2024-01-10").load(db, "2024-01-12").await.unwrap());
        let before = (journeys(db, "2024-01-12").await, figures(db, "2024-01-12").await);
        let mut files = Files::new();
        files.list(7, PLANS, &[]).file("organisation.csv", "team,service", &["North 1,North".to_owned()]);
        let refused = files.load_as(db, "2024-01-19", true).await.unwrap_err();
        assert!(refused.to_string().contains("head_of_service"), "{refused}");
        assert_eq!((journeys(db, "2024-01-12").await, figures(db, "2024-01-12").await), before);
    })
    .await;
}
