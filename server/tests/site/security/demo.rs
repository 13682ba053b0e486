//! A demo's database takes the demo's own files, whichever way they come, and is made of a new database only.

use crate::common::extracts::{Files, day};
use crate::common::{Start, on_both};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::scope::{Area, Role};
use server::demo::{DemoWeek, NoDemo, claim_database};
use server::load::{LoadError, Outcome};
use server::store::demo::NotForTheDemo;
use server::store::{extracts, settings};
use std::collections::HashMap;

fn need(child: &str) -> String {
    format!("{child},2015-01-01,2025-06-02")
}

fn week(files: &Files) -> DemoWeek {
    let files = files.inputs().into_iter().map(|file| file.path).collect();
    DemoWeek { as_at: day("2026-01-02"), files, unrecorded: HashMap::new() }
}

fn files(child: &str) -> Files {
    let mut files = Files::new();
    files.list(6, "Child Unique ID,Date of Birth,CIN Start Date", &[need(child)]);
    files
}

#[tokio::test]
async fn a_file_that_the_demo_did_not_write_is_refused_on_the_page_too() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let (own, other) = (files("D1"), files("1"));
        claim_database(db, &[week(&own)]).await.unwrap();
        assert!(settings::is_demo(db).await.unwrap());
        assert!(matches!(other.load_as(db, "2026-01-02", true).await, Err(LoadError::DemoDatabase)));
        assert!(matches!(own.load_as(db, "2026-01-02", true).await, Ok(Outcome::Loaded(_))));
        assert!(matches!(other.load_as(db, "2026-01-09", true).await, Err(LoadError::DemoDatabase)));

        app.add_user("ann", Role::Analyst, Area::All).await;
        let browser = app.signed_in("ann").await;
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"list_6.csv\"\r\n\r\n\
             Child Unique ID,Date of Birth,CIN Start Date\n{}\n\r\n\
             --edge\r\nContent-Disposition: form-data; name=\"as_at\"\r\n\r\n2026-01-09\r\n--edge--\r\n",
            need("1")
        );
        let request = Request::post("/data/load")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .header("sec-fetch-site", "same-origin");
        let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let path = answer.location().unwrap().to_owned();
        let mut page = String::new();
        for _ in 0..200 {
            page = browser.get(&path).await.body;
            if page.contains("This is a database of the demo") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(page.contains("This is a database of the demo"), "{page}");
        assert_eq!(extracts::all(db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_holds_anything_does_not_become_the_demos() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let own = files("D1");
        app.add_user("ann", Role::Analyst, Area::All).await;
        let refused = claim_database(db, &[week(&own)]).await;
        assert!(matches!(refused, Err(NoDemo::NotNew(NotForTheDemo::Accounts))), "{refused:?}");
        own.load_as(db, "2026-01-02", true).await.unwrap();
        let refused = claim_database(db, &[week(&own)]).await;
        assert!(matches!(refused, Err(NoDemo::NotNew(NotForTheDemo::Extracts))), "{refused:?}");
        assert!(!settings::is_demo(db).await.unwrap());
    })
    .await;
    on_both(Start { demo: true, ..Start::default() }, |app| async move {
        let refused = claim_database(&app.state.db, &[week(&files("D1"))]).await;
        assert!(matches!(refused, Err(NoDemo::NotNew(NotForTheDemo::Demo))), "{refused:?}");
    })
    .await;
}
