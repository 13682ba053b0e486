//! The one writer's turn.

use crate::common::{Start, on_both};
use server::store::audit::{self, Decision, Entry};
use server::store::settings;
use std::time::Duration;

fn look(n: usize) -> Entry {
    Entry {
        at: 0,
        actor: "ann".to_owned(),
        action: "read child".to_owned(),
        subject: Some(n.to_string()),
        detail: None,
        decision: Decision::Allow,
        request_id: "a test".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_waits_for_the_one_of_another_server_and_readers_do_not() {
    on_both(Start::default(), |app| async move {
        let other = app.another().await;
        let mut held = app.state.db.begin().await.unwrap();
        settings::set_in(&mut held, "colour", "red").await.unwrap();

        let db = other.db.clone();
        let waiting = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            let seen = settings::get_or_make_in(&mut tx, "colour", || "blue".to_owned()).await.unwrap();
            tx.commit().await.unwrap();
            seen
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!waiting.is_finished(), "it waits for its turn");
        assert_eq!(settings::get(&other.db, "colour").await.unwrap(), None, "nothing is half-seen");
        if app.is_postgres() {
            // A page is read and put on record while a load is being saved.
            audit::append(&other.db, &[look(0)]).await.unwrap();
        }
        held.commit().await.unwrap();
        assert_eq!(waiting.await.unwrap(), "red", "what it decides by is what the change before it has left");
        other.db.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_wait_for_their_turn_leave_readers_a_connection() {
    on_both(Start::default(), |app| async move {
        let held = app.state.db.begin().await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|n| {
                let db = app.state.db.clone();
                tokio::spawn(async move {
                    let mut tx = db.begin().await.unwrap();
                    audit::append_in(&mut tx, &[look(n)]).await.unwrap();
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let read = tokio::time::timeout(Duration::from_secs(5), settings::get(&app.state.db, "colour"));
        assert_eq!(read.await.unwrap().unwrap(), None);
        drop(held);
        for one in waiting {
            one.await.unwrap();
        }
        assert_eq!(app.audit().await.len(), 40);
        super::assert_sound(&app.state.db).await;
    })
    .await;
}
