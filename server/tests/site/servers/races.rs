//! Changes at the same time on two servers leave what they would leave one after another.
//!
//! A few rounds each; `RACE_ROUNDS=20` asks for more.

use super::assert_sound;
use crate::common::extracts::{Files, Random, clock, day};
use crate::common::kept::{Kept, assert_same, kept};
use crate::common::room::{Room, about_child_1, entry};
use crate::common::{Start, TestApp, on_both};
use domain::action::{Command, EventKind, Refusal};
use server::db::Db;
use server::load::{
    ExtractRequest, Frozen, LoadError, NewStandard, Outcome, SetError, bring_figures_up_to_date, move_extract,
    remove_extract, set_standard,
};
use server::store::actions;
use server::store::extracts;
use server::store::reader::NotDone;
use server::store::rebases::{self, Cut, NewRebase};
use server::store::{settings, standards};
use std::collections::BTreeSet;
use std::sync::Arc;

fn rounds() -> u64 {
    std::env::var("RACE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

/// Empties what extracts fill; the audit and the standards stay.
async fn empty(app: &TestApp) {
    for sql in [
        "delete from month_tally",
        "delete from month_count",
        "delete from register_line",
        "delete from register_count",
        "delete from tally",
        "delete from fact",
        "delete from extract_name",
        "delete from problem",
        "delete from mapping_use",
        "delete from organisation_load",
        "delete from organisation",
        "delete from record_version",
        "delete from person",
        "delete from extract",
    ] {
        app.sql(sql).await;
    }
    // References come from the key: one for every round.
    settings::set(&app.state.db, "child_reference_key", "the key of a test").await.unwrap();
}

/// What figures are made of, and the figures. Problems and reports say beside which other extract one was loaded.
async fn figures(app: &TestApp) -> Kept {
    let mut all = kept(app).await;
    for table in ["extract", "problem", "organisation"] {
        all.remove(table);
    }
    all
}

fn load(db: &Db, files: &Arc<Files>, as_at: &'static str) -> tokio::task::JoinHandle<Result<Outcome, LoadError>> {
    let (db, files) = (db.clone(), Arc::clone(files));
    tokio::spawn(async move { files.load_as(&db, as_at, true).await })
}

fn files(seed: u64, as_at: &str) -> Arc<Files> {
    Arc::new(Random::new(seed, day(as_at)).files())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_loads_of_different_dates_at_once_leave_what_one_after_the_other_leaves() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        for round in 0..rounds() {
            let (first, second) = (files(round, "2024-01-05"), files(100 + round, "2024-01-12"));
            empty(&app).await;
            load(&app.state.db, &first, "2024-01-05").await.unwrap().unwrap();
            load(&app.state.db, &second, "2024-01-12").await.unwrap().unwrap();
            let expected = figures(&app).await;

            empty(&app).await;
            let racing = [load(&app.state.db, &first, "2024-01-05"), load(&other.db, &second, "2024-01-12")];
            for one in racing {
                assert!(matches!(one.await.unwrap().unwrap(), Outcome::Loaded(_)));
            }
            assert_sound(&app.state.db).await;
            assert_same(&expected, &figures(&app).await, &format!("round {round}"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_loads_of_one_date_at_once_leave_one_of_them() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        for round in 0..rounds() {
            let (one, two) = (files(round, "2024-01-05"), files(100 + round, "2024-01-05"));
            let mut expected = Vec::new();
            for (before, after) in [(&one, &two), (&two, &one)] {
                empty(&app).await;
                load(&app.state.db, before, "2024-01-05").await.unwrap().unwrap();
                load(&app.state.db, after, "2024-01-05").await.unwrap().unwrap();
                expected.push(figures(&app).await);
            }
            empty(&app).await;
            let racing = [load(&app.state.db, &one, "2024-01-05"), load(&other.db, &two, "2024-01-05")];
            for one in racing {
                one.await.unwrap().unwrap();
            }
            assert_sound(&app.state.db).await;
            assert_eq!(extracts::all(&app.state.db).await.unwrap().len(), 1);
            let left = figures(&app).await;
            let by_order: Vec<bool> = expected.iter().map(|expected| expected["fact"] == left["fact"]).collect();
            let place = by_order.iter().position(|same| *same).expect("the facts are those of one of the two");
            for table in ["record_version", "tally", "month_tally", "register_line"] {
                assert!(expected[place][table] == left[table], "round {round}: {table}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_files_twice_at_once_are_loaded_once() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        let files = files(7, "2024-01-05");
        let racing = [load(&app.state.db, &files, "2024-01-05"), load(&other.db, &files, "2024-01-05")];
        let mut loaded = 0;
        for one in racing {
            loaded += u32::from(matches!(one.await.unwrap().unwrap(), Outcome::Loaded(_)));
        }
        assert_eq!(loaded, 1, "the other says that nothing is new");
        assert_eq!(extracts::all(&app.state.db).await.unwrap().len(), 1);
        assert_sound(&app.state.db).await;
    })
    .await;
}

fn standard(name: &str, value: &str) -> NewStandard {
    NewStandard {
        name: name.to_owned(),
        value: value.to_owned(),
        applies_from: day("2024-01-05"),
        reason: "The board decided".to_owned(),
        set_by: "ann".to_owned(),
        request_id: "a test".to_owned(),
    }
}

fn set(db: &Db, new: NewStandard) -> tokio::task::JoinHandle<Result<u64, SetError>> {
    let db = db.clone();
    tokio::spawn(async move { set_standard(&db, &clock(), &new).await })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_standards_at_once_and_a_load_all_count() {
    let three = |round: u64| {
        [("cin_visit_working_days", 10), ("dormant_days", 20), ("assessment_working_days", 30)]
            .map(|(name, value)| standard(name, &(value + round).to_string()))
    };
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        let (first, second) = (files(1, "2024-01-05"), files(2, "2024-01-12"));
        for round in 0..rounds() {
            empty(&app).await;
            load(&app.state.db, &first, "2024-01-05").await.unwrap().unwrap();
            let [one, two, three] = three(round);
            let racing = [set(&app.state.db, one), set(&other.db, two), set(&app.state.db, three)];
            let load_beside = load(&other.db, &second, "2024-01-12");
            for one in racing {
                one.await.unwrap().unwrap();
            }
            load_beside.await.unwrap().unwrap();
            assert_sound(&app.state.db).await;
            assert_eq!(standards::changes(&app.state.db).await.unwrap().len() as u64, 3 * (round + 1));
            let raced = figures(&app).await;

            // The same files under the standards that are set by now.
            empty(&app).await;
            load(&app.state.db, &first, "2024-01-05").await.unwrap().unwrap();
            load(&app.state.db, &second, "2024-01-12").await.unwrap().unwrap();
            assert_same(&figures(&app).await, &raced, &format!("round {round}, by standards set before"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_editors_on_two_servers_one_wins_each_version_and_the_others_are_told() {
    const WAVES: u32 = 4;
    on_both(Start::default(), |app| async move {
        let other = Arc::new(app.another().await);
        let room = Arc::new(Room::of(app).await);
        let id = room.record(about_child_1()).await;
        for seen in 1..=WAVES {
            let editors: Vec<_> = (0..100)
                .map(|n| {
                    let (room, other) = (Arc::clone(&room), Arc::clone(&other));
                    tokio::spawn(async move {
                        let db = if n % 2 == 0 { &room.app.state.db } else { &other.db };
                        let text = format!("Editor {n} of version {seen}");
                        let command = Command::Progress { text: &text, links: &[] };
                        let asked = room.asked(id, seen, command, &room.head);
                        match actions::change(db, &asked, &entry("change action")).await {
                            Ok(_) => Some(text.clone()),
                            Err(NotDone::Refused(Refusal::Conflict { theirs })) => {
                                assert_eq!(theirs.last().unwrap().sequence, seen + 1, "it is told what happened");
                                None
                            }
                            Err(error) => panic!("{error}"),
                        }
                    })
                })
                .collect();
            let mut winners = Vec::new();
            for editor in editors {
                winners.extend(editor.await.unwrap());
            }
            assert_eq!(winners.len(), 1, "one wins version {seen}");
            let kept = room.kept(id).await;
            let last = kept.history.events().last().unwrap();
            assert!(matches!(&last.kind, EventKind::Progress { text, .. } if *text == winners[0]));
        }
        assert_eq!(room.kept(id).await.history.action().version, WAVES + 1);
        assert_sound(&room.app.state.db).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_that_start_with_a_new_release_count_once() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        load(&app.state.db, &files(1, "2024-01-05"), "2024-01-05").await.unwrap().unwrap();
        load(&app.state.db, &files(2, "2024-01-12"), "2024-01-12").await.unwrap().unwrap();
        let expected = figures(&app).await;
        for _ in 0..rounds() {
            app.sql("update tally set numerator = denominator").await;
            app.sql("delete from setting where name = 'measures_reading'").await;
            let before = app.audit().await.iter().filter(|entry| entry.action == "count anew").count();
            let racing: Vec<_> = [&app.state.db, &other.db]
                .map(|db| {
                    let db = db.clone();
                    tokio::spawn(async move { bring_figures_up_to_date(&db, &clock()).await.unwrap() })
                })
                .into();
            let mut counted = Vec::new();
            for one in racing {
                counted.push(one.await.unwrap());
            }
            counted.sort_unstable();
            assert_eq!(counted, [0, 2], "one counts, the other finds it done");
            let after = app.audit().await.iter().filter(|entry| entry.action == "count anew").count();
            assert_eq!(after, before + 1);
            assert_same(&expected, &figures(&app).await, "counted twice at once");
            assert_sound(&app.state.db).await;
        }
    })
    .await;
}

fn about(as_at: &str) -> ExtractRequest {
    ExtractRequest {
        as_at: day(as_at),
        extract: None,
        reason: "The wrong file".to_owned(),
        done_by: "ann".to_owned(),
        request_id: "a test".to_owned(),
    }
}

/// What was done to extracts is appended to, so they are taken out one by one and not deleted.
async fn take_all_out(db: &Db) {
    for extract in extracts::all(db).await.unwrap() {
        remove_extract(db, &clock(), &about(&extract.as_at.to_string()), Frozen::Kept).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn removing_moving_and_loading_at_once_leave_what_one_after_another_leaves() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        let weeks = [
            (files(1, "2024-01-05"), "2024-01-05"),
            (files(2, "2024-01-12"), "2024-01-12"),
            (files(3, "2024-01-19"), "2024-01-19"),
        ];
        let last = files(4, "2024-02-02");
        for round in 0..rounds() {
            take_all_out(&app.state.db).await;
            for (files, as_at) in &weeks {
                load(&app.state.db, files, as_at).await.unwrap().unwrap();
            }
            let (db, other_db) = (app.state.db.clone(), other.db.clone());
            let removing = tokio::spawn(async move {
                remove_extract(&db, &clock(), &about("2024-01-12"), Frozen::Kept).await.map(drop)
            });
            let moving = tokio::spawn(async move {
                move_extract(&other_db, &clock(), &about("2024-01-19"), day("2024-01-26")).await.map(drop)
            });
            let loading = load(&other.db, &last, "2024-02-02");
            removing.await.unwrap().unwrap();
            moving.await.unwrap().unwrap();
            loading.await.unwrap().unwrap();
            assert_sound(&app.state.db).await;
            let raced = figures(&app).await;

            take_all_out(&app.state.db).await;
            load(&app.state.db, &weeks[0].0, "2024-01-05").await.unwrap().unwrap();
            load(&app.state.db, &weeks[2].0, "2024-01-19").await.unwrap().unwrap();
            move_extract(&app.state.db, &clock(), &about("2024-01-19"), day("2024-01-26")).await.unwrap();
            load(&app.state.db, &last, "2024-02-02").await.unwrap().unwrap();
            assert_same(&figures(&app).await, &raced, &format!("round {round}"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_cut_a_chart_on_one_date_one_does() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        let racing: Vec<_> = (0..10)
            .map(|n| {
                let db = if n % 2 == 0 { app.state.db.clone() } else { other.db.clone() };
                tokio::spawn(async move {
                    let area = domain::scope::Area::Team("North 1".to_owned());
                    let cut = Cut { measure: "CPP-01".to_owned(), area, applies_from: day("2024-01-12") };
                    let new = NewRebase { cut: &cut, reason: "A new team", set_by: "ann", set_at: 0, takes_back: None };
                    let mut tx = db.begin().await.unwrap();
                    let added = rebases::add(&mut tx, &new).await.unwrap();
                    tx.commit().await.unwrap();
                    added
                })
            })
            .collect();
        let mut added = BTreeSet::new();
        let mut times = 0;
        for one in racing {
            let one = one.await.unwrap();
            times += u32::from(one);
            added.insert(one);
        }
        assert_eq!((times, rebases::in_force(&app.state.db).await.unwrap().len()), (1, 1));
    })
    .await;
}
