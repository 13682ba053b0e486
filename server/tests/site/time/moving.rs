//! Moving an extract to the date it is really as at.

use super::removal::{files, load, request};
use crate::common::extracts::{clock, day};
use crate::common::kept::{Kept, assert_same, kept};
use crate::common::{Start, TestApp, on_both};
use chrono::{Days, NaiveDate};
use server::council::Council;
use server::db::Db;
use server::load::{ChangeError, ExtractChanged, Frozen, NewStandard, move_extract, remove_extract, set_standard};
use server::store::audit::{Verdict, verify};
use server::store::extracts;

fn week(number: u64) -> NaiveDate {
    day("2026-01-02") + Days::new(7 * number)
}

async fn to_week(db: &Db, from: u64, to: u64) -> Result<ExtractChanged, ChangeError> {
    move_extract(db, &clock(), &request(week(from)), week(to)).await
}

/// Everything that is kept, but for problems and their number, which are those of the load.
async fn kept_but_problems(app: &TestApp) -> Kept {
    let mut kept = kept(app).await;
    kept.remove("problem");
    // Warnings are counted in the report.
    let extracts = kept.get_mut("extract").unwrap();
    *extracts = extracts.iter().map(|line| line.split("\"annex-a\"").next().unwrap().to_owned()).collect();
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_moved_extract_is_as_if_it_had_been_loaded_as_at_that_date() {
    for seed in 0..2 {
        on_both(Start::default(), move |app| async move {
            let db = &app.state.db;
            // Figures depend on the date by more than the day.
            let standard = NewStandard {
                name: "cin_visit_working_days".to_owned(),
                value: "12".to_owned(),
                applies_from: week(3),
                reason: "Agreed".to_owned(),
                set_by: "a test".to_owned(),
                request_id: "a test".to_owned(),
            };
            set_standard(db, &clock(), &standard).await.unwrap();
            for number in [1, 3, 5] {
                load(db, &files(100 * seed + number, week(3), Some(100 * seed)), week(number)).await;
            }
            for (from, to) in [(6, 7), (6, 4), (6, 0), (2, 4), (4, 2), (2, 6), (0, 6), (0, 2), (2, 0)] {
                let moved = files(100 * seed + 9, week(3), Some(100 * seed));
                load(db, &moved, week(to)).await;
                let expected = kept_but_problems(&app).await;
                remove_extract(db, &clock(), &request(week(to)), Frozen::Kept).await.unwrap();
                load(db, &moved, week(from)).await;
                let changed = to_week(db, from, to).await.unwrap();
                assert!(changed.message.contains(&week(to).to_string()), "{}", changed.message);
                assert_same(&expected, &kept_but_problems(&app).await, &format!("from week {from} to {to}"));
                let newest = Council::read(db).await.unwrap().unwrap().as_at();
                assert_eq!(newest, week(to.max(5)));
                remove_extract(db, &clock(), &request(week(to)), Frozen::Kept).await.unwrap();
            }
            assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
        })
        .await;
    }
}

#[tokio::test]
async fn a_date_that_is_taken_the_same_or_to_come_is_refused_and_nothing_changes() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for number in 0..2 {
            load(db, &files(number, week(1), None), week(number)).await;
        }
        let before = kept(&app).await;
        assert!(matches!(to_week(db, 0, 1).await, Err(ChangeError::Taken(_))));
        assert!(matches!(to_week(db, 0, 0).await, Err(ChangeError::SameDate(_))));
        assert!(matches!(to_week(db, 0, 50).await, Err(ChangeError::Future(_))));
        assert!(matches!(to_week(db, 3, 4).await, Err(ChangeError::NoExtract { .. })));
        assert_same(&before, &kept(&app).await, "nothing was moved");
    })
    .await;
}

#[tokio::test]
async fn a_move_is_on_record_and_keeps_the_number() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &files(1, week(1), None), week(1)).await;
        let changed = to_week(db, 1, 0).await.unwrap();
        assert_eq!(extracts::newest_id(db).await.unwrap(), Some(changed.extract));
        let audit = app.audit().await;
        let entry = audit.last().unwrap();
        assert_eq!(entry.action, "move extract");
        assert_eq!(entry.detail.as_deref(), Some("from 2026-01-09 to 2026-01-02: Read as at the wrong day"));
        let changes = extracts::changes_of(db, changed.extract).await.unwrap();
        assert_eq!(changes[0].kind, extracts::ChangeKind::Moved(week(0)));
    })
    .await;
}
