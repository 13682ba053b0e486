//! Uploads: case 32 of the security plan as far as the border goes, and who may send anything.

use crate::common::{Answer, Browser, Start, TestApp, on_both};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::scope::{Area, Role};
use futures_util::StreamExt as _;
use server::http::{LARGEST_UPLOAD, ServeOptions};

fn start(folder: &tempfile::TempDir) -> Start {
    let options = ServeOptions { staging: Some(folder.path().to_owned()), ..ServeOptions::default() };
    Start { options, ..Start::default() }
}

fn part(name: &str, file: Option<&str>, content: &str) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

async fn send(browser: &Browser, body: Body) -> Answer {
    let request = Request::post("/data/load")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin");
    browser.send(request.body(body).unwrap()).await
}

async fn analyst(app: &TestApp) -> Browser {
    app.add_user("ann", Role::Analyst, Area::All).await;
    app.signed_in("ann").await
}

fn left_in(folder: &tempfile::TempDir) -> usize {
    std::fs::read_dir(folder.path()).unwrap().count()
}

#[tokio::test]
async fn an_analyst_sends_files_and_is_led_to_the_load() {
    let folder = tempfile::tempdir().unwrap();
    on_both(start(&folder), |app| async move {
        let browser = analyst(&app).await;
        let body = part("files", Some("List_1.csv"), "Child Unique ID\r\n1")
            + &part("as_at", None, "2024-01-31")
            + "--edge--\r\n";
        let answer = send(&browser, Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(answer.location().unwrap().starts_with("/data/loads/"), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_or_a_date_that_is_missing_is_said_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    on_both(start(&folder), |app| async move {
        let browser = analyst(&app).await;
        let file = part("files", Some("List_1.csv"), "x");
        for (body, words) in [
            (file.clone() + "--edge--\r\n", "as-at date"),
            (file.clone() + &part("as_at", None, "31/02/2024") + "--edge--\r\n", "as-at date"),
            (part("files", Some(""), "") + &part("as_at", None, "2024-01-31") + "--edge--\r\n", "No file"),
            (part("as_at", None, "2024-01-31") + "--edge--\r\n", "No file"),
            (file.repeat(41) + "--edge--\r\n", "more files"),
            (file.clone() + "--ed", "whole"),
        ] {
            let answer = send(&browser, Body::from(body)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{words}");
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
    })
    .await;
    assert_eq!(left_in(&folder), 0);
}

#[tokio::test]
async fn more_than_the_largest_upload_is_refused_while_it_comes_in() {
    let folder = tempfile::tempdir().unwrap();
    on_both(start(&folder), |app| async move {
        let browser = analyst(&app).await;
        let chunk = bytes(1 << 20);
        let head = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.xlsx\"\r\n\r\n";
        let chunks = std::iter::once(head.as_bytes().to_vec())
            .chain(std::iter::repeat_n(chunk, LARGEST_UPLOAD / (1 << 20) + 2))
            .map(Ok::<_, std::io::Error>);
        let answer = send(&browser, Body::from_stream(futures_util::stream::iter(chunks))).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.body);
    })
    .await;
    assert_eq!(left_in(&folder), 0);
}

fn bytes(n: usize) -> Vec<u8> {
    vec![b'a'; n]
}

#[tokio::test]
async fn who_does_not_load_data_is_refused_before_a_byte_is_read() {
    let folder = tempfile::tempdir().unwrap();
    on_both(start(&folder), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let answer = send(&browser, Body::from_stream(never.boxed())).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    })
    .await;
}
