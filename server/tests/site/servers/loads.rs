//! Loads of several servers: each belongs to one, which says from time to time that it is there.

use crate::common::extracts::{NEEDS, day};
use crate::common::{Browser, Start, TestApp, on_both};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use domain::scope::{Area, Role};
use server::db::Db;
use server::state::AppState;
use server::store::jobs::{self, NewJob};
use std::time::Duration;

async fn state(db: &Db, id: i64) -> String {
    jobs::by_id(db, id).await.unwrap().unwrap().state
}

async fn watch(server: &AppState) {
    server.loads.keep_watch(&server.db, server.clock.now_ms()).await.unwrap();
}

#[tokio::test]
async fn a_load_is_given_up_only_when_its_server_has_been_silent_for_two_minutes() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let new = |owner: &'static str| NewJob {
            as_at: day("2024-01-05"),
            files: "list_6.csv",
            asked_by: "ann",
            asked_at: app.state.clock.now_ms(),
            owner,
        };
        let (silent, alive) =
            (jobs::add(db, &new("silent")).await.unwrap(), jobs::add(db, &new("alive")).await.unwrap());
        // A server that starts leaves the loads of others alone.
        let starting = app.another().await;
        watch(&starting).await;
        assert_eq!((state(db, silent).await.as_str(), state(db, alive).await.as_str()), ("running", "running"));

        app.wait(TimeDelta::seconds(100));
        jobs::beat(db, "alive", app.state.clock.now_ms()).await.unwrap();
        app.wait(TimeDelta::seconds(20));
        watch(&starting).await;
        assert_eq!(state(db, silent).await, "running", "two minutes are not over");
        app.wait(TimeDelta::milliseconds(1));
        watch(&starting).await;
        assert_eq!((state(db, silent).await.as_str(), state(db, alive).await.as_str()), ("failed", "running"));
        let job = jobs::by_id(db, silent).await.unwrap().unwrap();
        assert!(job.message.contains("load the files again"), "{}", job.message);
    })
    .await;
}

/// Sends a load to a server that asks for an answer, and waits until it is held.
async fn held(app: &TestApp, browser: &Browser) -> i64 {
    let rows = "1,2015-01-01,b) No,2023-01-01,2099-01-01,,c) Child in need plan,North 1,Amy";
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"list_6.csv\"\r\n\r\n{NEEDS}\n{rows}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"as_at\"\r\n\r\n2099-01-02\r\n--edge--\r\n"
    );
    let request = Request::post("/data/load")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin");
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    let id = answer.location().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    for _ in 0..600 {
        if state(&app.state.db, id).await == "held" && app.state.loads.progress(id).is_none() {
            return id;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the load is not held");
}

#[tokio::test]
async fn a_held_load_is_confirmed_where_its_files_are_and_can_be_cancelled_anywhere() {
    on_both(Start::default(), |app| async move {
        app.add_user("ann", Role::Analyst, Area::All).await;
        let here = app.signed_in("ann").await;
        let other = app.another().await;
        let there = app.browser_on(&other);
        there.hold(here.token());

        let id = held(&app, &here).await;
        let page = there.get(&format!("/data/loads/{id}")).await.body;
        assert!(page.contains("on another server of this site"), "{page}");
        assert!(!here.get(&format!("/data/loads/{id}")).await.body.contains("on another server"));
        let answer = there.post(&format!("/data/loads/{id}/confirm"), "kind=date&why=looked").await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("choose the files again"), "{}", answer.body);
        assert_eq!(state(&app.state.db, id).await, "held", "nothing was changed");

        // Each server says that it is there, and neither gives up the other's load.
        app.wait(TimeDelta::minutes(10));
        watch(&app.state).await;
        watch(&other).await;
        assert_eq!(state(&app.state.db, id).await, "held");

        there.post(&format!("/data/loads/{id}/cancel"), "").await;
        assert_eq!(state(&app.state.db, id).await, "cancelled");
        watch(&app.state).await;
        here.post(&format!("/data/loads/{id}/confirm"), "kind=date&why=looked").await;
        assert_eq!(state(&app.state.db, id).await, "cancelled", "it is not loaded after all");

        // A server that stops in order gives up its own.
        let id = held(&app, &here).await;
        app.state.loads.stop(&app.state.db).await.unwrap();
        assert_eq!(state(&app.state.db, id).await, "failed");
    })
    .await;
}
