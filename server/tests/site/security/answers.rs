//! What every answer carries and what none says: cases 8, 36 and 50 of the security plan.

use super::routes::OTHERS;
use crate::common::{Answer, PAGES, Start, functions, on_both};
use axum::body::Body;
use axum::http::header::ACCEPT_ENCODING;
use axum::http::{Request, StatusCode};
use domain::scope::{Area, Role};
use server::http::{Secret, ServeOptions};

fn assert_guarded(answer: &Answer, path: &str) {
    let policy = answer.header("content-security-policy").unwrap();
    for part in [
        "default-src 'none'",
        "'strict-dynamic' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{path}");
    }
    assert!(answer.headers.get_all("vary").iter().any(|value| value == "cookie"), "{path}");
    assert!(answer.header("permissions-policy").unwrap().contains("camera=()"));
    assert_eq!(answer.header("x-request-id").unwrap().len(), 32, "{path}");
    assert_eq!(answer.header("strict-transport-security"), None, "{path}");
}

/// Case 8, the headers.
#[tokio::test]
async fn every_answer_carries_the_headers_and_none_is_stored() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Analyst, Area::All).await;
        let (stranger, browser) = (app.browser(), app.signed_in("jane").await);
        for path in PAGES.iter().copied().chain(["/sign-in", "/nothing", "/healthz", "/measures/CPP-07/children.csv"]) {
            assert_guarded(&stranger.get(path).await, path);
            assert_guarded(&browser.get(path).await, path);
        }
        for (path, _) in functions() {
            assert_guarded(&browser.post(path, "").await, path);
        }
        let mut refused =
            Request::post("/sign-out").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
        refused.headers_mut().insert("x-request-id", "mine".parse().unwrap());
        assert_guarded(&browser.send(refused).await, "refused");
    })
    .await;
}

/// Case 8, the headers of files, of what forms are answered, and of what is refused, for who may and for who may not.
#[tokio::test]
async fn files_and_the_answers_to_forms_are_not_stored_either() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_user("ann", Role::Analyst, Area::All).await;
        app.add_user("member", Role::Member, Area::All).await;
        for browser in
            [app.browser(), app.signed_in("jane").await, app.signed_in("ann").await, app.signed_in("member").await]
        {
            for (method, path) in OTHERS {
                let request = Request::builder().method(method).uri(*path).header("sec-fetch-site", "same-origin");
                assert_guarded(&browser.send(request.body(Body::empty()).unwrap()).await, path);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_nonce_of_the_header_is_the_nonce_of_every_script_and_is_used_once() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let (first, second) = (browser.get("/help").await, browser.get("/help").await);
        assert_ne!(first.nonce(), second.nonce());
        let scripts = first.body.matches("<script").count();
        assert!(scripts > 0, "{}", first.body);
        for script in first.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{}\"", first.nonce())), "{tag}");
        }
        assert!(!first.body.contains(" style=\"") && !first.body.contains("<style"));
    })
    .await;
}

#[tokio::test]
async fn strict_transport_only_where_the_site_is_reached_by_https() {
    let options = ServeOptions { behind_tls: true, ..ServeOptions::default() };
    on_both(Start { options, ..Start::default() }, |app| async move {
        let answer = app.browser().get("/healthz").await;
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=63072000"));
    })
    .await;
}

/// Case 50.
#[tokio::test]
async fn an_error_says_nothing_of_the_inside() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let mut answers = vec![
            browser.post("/api/child", "nonsense=%FF").await,
            browser.post("/api/children", "id=x&query[page]=';drop table audit;--").await,
            browser.get("/measures/x/children.csv?team=A&team=B").await,
            browser.get("/measures/%FF/children.csv").await,
            browser.get("/measures/x/children?sort=name;--&size=1e9&page=-1").await,
            browser.post("/sign-in", "user=%FF&user=b").await,
            browser.post("/data/load", "as_at=x").await,
        ];
        app.sql("alter table session rename to session_gone").await;
        answers.push(browser.get("/").await);
        answers.push(browser.post("/api/home", "").await);
        answers.push(browser.get("/measures/x/children.csv").await);
        assert_eq!(answers.last().unwrap().status, StatusCode::INTERNAL_SERVER_ERROR);
        for answer in answers {
            assert!(answer.status != StatusCode::OK || answer.body.contains("<html"), "{answer:?}");
            let body = answer.body.to_lowercase();
            for word in [
                "sql",
                "select ",
                "no such table",
                "session_gone",
                ".rs:",
                "panicked",
                "deserialize",
                "duplicate field",
                "server function",
            ] {
                assert!(!body.contains(word), "{word}: {}", answer.body);
            }
        }
    })
    .await;
}

/// Case 36.
#[tokio::test]
async fn typed_line_breaks_stay_inside_their_audit_row() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        browser.get("/children/a%0D%0A%7B%22decision%22:%22allow%22%7D").await;
        browser.sign_in("jane%0D%0Aadmin", "x").await;
        let audit = app.audit().await;
        assert!(audit.iter().all(|entry| !entry.actor.contains('\n')));
        assert_eq!(audit.len(), 3);
        assert!(matches!(
            server::store::audit::verify(&app.state.db).await.unwrap(),
            server::store::audit::Verdict::Whole(3)
        ));
    })
    .await;
}

#[tokio::test]
async fn ready_means_that_the_database_answers_with_this_versions_tables() {
    on_both(Start::default(), |app| async move {
        let browser = app.browser();
        assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
        app.sql("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'newer', true, '', 0)")
            .await;
        let answer = browser.get("/readyz").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!answer.body.contains("9999"));
        app.sql("alter table setting rename to setting_gone").await;
        assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn metrics_are_for_who_has_the_token() {
    const TOKEN: &str = "0f3c9a7be1d24586a90b7c3d5e6f8a12";
    let options = ServeOptions { metrics_token: Some(TOKEN.parse::<Secret>().unwrap()), ..ServeOptions::default() };
    on_both(Start { options, ..Start::default() }, |app| async move {
        let browser = app.browser();
        assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND);
        let with = |token: &str| {
            let request = Request::get("/metrics").header("authorization", format!("Bearer {token}"));
            request.body(Body::empty()).unwrap()
        };
        assert_eq!(browser.send(with("wrong")).await.status, StatusCode::NOT_FOUND);
        // The recorder is installed when the server starts listening; here there is none.
        assert_eq!(browser.send(with(TOKEN)).await.status, StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}

#[tokio::test]
async fn a_large_request_is_refused_and_pages_are_compressed_for_who_asks() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let answer = browser.post("/api/child", &format!("reference={}", "a".repeat(70_000))).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        let form = format!("user=jane&password={}", "a".repeat(70_000));
        assert_eq!(app.browser().post("/sign-in", &form).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let request = Request::get("/help").header(ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
        assert_eq!(browser.send(request).await.header("content-encoding"), Some("gzip"));
    })
    .await;
}
