//! What cannot be read is refused in a sentence and is on record, on both engines: what is missing, a NUL, and days out
//! of the calendar, by every route and in every field.

use super::routes::OTHERS;
use crate::common::{Browser, PAGES, Start, TestApp, functions, on_both};
use axum::http::{Method, StatusCode};
use domain::scope::{Area, Role};

/// Fields of addresses and of forms, the days last.
const FIELDS: &[&str] = &[
    "team",
    "service",
    "worker",
    "sort",
    "page",
    "reference",
    "id",
    "name",
    "reason",
    "text",
    "what",
    "do",
    "version",
    "unit",
    "child",
    "list",
    "value",
    "written",
    "kind",
    "why",
    "to",
    "show",
    "item",
];
const DAYS: &[&str] = &["as_at", "from", "until", "applies_from", "day", "last", "due", "date", "to"];
const FAR: &[&str] = &["999999-01-01", "-0001-01-01", "-1-01-01", "9999-12-31", "%2B262142-12-31", "0000-00-00"];

/// The audit has a row of this request: of its refusal, or of the page that was shown again with the reason.
async fn assert_on_record(app: &TestApp, before: usize, what: &str) {
    assert!(app.audit().await.len() > before, "{what}: nothing is on record");
}

fn posts() -> Vec<&'static str> {
    let forms = OTHERS.iter().filter(|(method, _)| *method == Method::POST).map(|(_, path)| *path);
    forms.filter(|path| !matches!(*path, "/data/load" | "/actions/A-000001/evidence")).collect()
}

fn gets() -> Vec<&'static str> {
    let files = OTHERS.iter().filter(|(method, _)| *method == Method::GET).map(|(_, path)| *path);
    files.chain(PAGES.iter().copied()).collect()
}

async fn who_may_most(app: &TestApp) -> Vec<Browser> {
    app.add_user("jane", Role::Director, Area::All).await;
    app.add_user("ann", Role::Analyst, Area::All).await;
    vec![app.signed_in("jane").await, app.signed_in("ann").await]
}

#[tokio::test]
async fn a_nul_in_any_field_of_any_address_is_refused_and_on_record() {
    on_both(Start::default(), |app| async move {
        for browser in who_may_most(&app).await {
            for path in gets() {
                for (n, field) in FIELDS.iter().enumerate() {
                    // Every route once with every third field: the check is one, and the fields are many.
                    if n % 3 != path.len() % 3 {
                        continue;
                    }
                    let before = app.audit().await.len();
                    let join = if path.contains('?') { '&' } else { '?' };
                    let answer = browser.get(&format!("{path}{join}{field}=a%00b")).await;
                    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {field}");
                    assert!(answer.body.contains("Go back"), "{path}: {}", answer.body);
                    assert_on_record(&app, before, path).await;
                }
            }
            let before = app.audit().await.len();
            assert_eq!(browser.get("/children/a%00b").await.status, StatusCode::BAD_REQUEST);
            assert_on_record(&app, before, "/children").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_nul_in_any_field_of_any_form_is_refused_and_on_record() {
    on_both(Start::default(), |app| async move {
        for browser in who_may_most(&app).await {
            let functions = functions();
            let functions = functions.iter().map(|(path, _)| *path).filter(|path| *path != "/api/sign-in");
            for path in posts().into_iter().chain(functions) {
                for field in [FIELDS[path.len() % FIELDS.len()], "reason"] {
                    let before = app.audit().await.len();
                    let answer = browser.post(path, &format!("{field}=a%00b")).await;
                    assert!(
                        matches!(answer.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND),
                        "{path} {field}: {answer:?}"
                    );
                    assert_on_record(&app, before, path).await;
                }
            }
        }
        // Before there is a viewer: a name that is nobody's.
        let answer = app.browser().post("/sign-in", "user=a%00b&password=c%00d").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        assert_eq!(app.browser().post("/api/sign-in", "user=a%00b").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_day_out_of_the_calendar_is_refused_and_on_record() {
    on_both(Start::default(), |app| async move {
        for browser in who_may_most(&app).await {
            for (n, path) in gets().into_iter().enumerate() {
                for (m, far) in FAR.iter().enumerate() {
                    let field = DAYS[(n + m) % DAYS.len()];
                    let before = app.audit().await.len();
                    let join = if path.contains('?') { '&' } else { '?' };
                    let answer = browser.get(&format!("{path}{join}{field}={far}")).await;
                    let status = answer.status;
                    // A day that is none is no day that was asked for where nobody asks for one.
                    if *far == "0000-00-00" && status != StatusCode::BAD_REQUEST {
                        assert!(!status.is_server_error(), "{path} {field}: {answer:?}");
                        continue;
                    }
                    assert_eq!(status, StatusCode::BAD_REQUEST, "{path} {field} {far}");
                    assert_on_record(&app, before, path).await;
                }
            }
            for (n, path) in posts().into_iter().enumerate() {
                for (m, far) in FAR.iter().enumerate() {
                    let field = DAYS[(n + m) % DAYS.len()];
                    let before = app.audit().await.len();
                    let answer = browser.post(path, &format!("{field}={far}")).await;
                    assert!(answer.status.is_client_error() || *far == "0000-00-00", "{path} {field}: {answer:?}");
                    assert!(!answer.status.is_server_error(), "{path} {field}: {answer:?}");
                    if answer.status == StatusCode::BAD_REQUEST {
                        assert_on_record(&app, before, path).await;
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_said_and_on_record_and_nothing_fails() {
    on_both(Start::default(), |app| async move {
        for browser in who_may_most(&app).await {
            for path in posts() {
                for form in ["", "nonsense=1", "version=x", "=&=&&", "%FF=%FE"] {
                    let before = app.audit().await.len();
                    let answer = browser.post(path, form).await;
                    assert!(!answer.status.is_server_error(), "{path} {form:?}: {answer:?}");
                    if answer.status == StatusCode::BAD_REQUEST {
                        assert_on_record(&app, before, path).await;
                    }
                }
            }
            for (path, _) in functions() {
                if path == "/api/sign-in" {
                    continue;
                }
                let before = app.audit().await.len();
                let answer = browser.post(path, "nonsense=%FF").await;
                assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
                if answer.status == StatusCode::BAD_REQUEST {
                    assert_on_record(&app, before, path).await;
                }
            }
            let before = app.audit().await.len();
            let answer = browser.post("/api/child", "").await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
            assert!(answer.body.contains("cannot be read") && !answer.body.contains("field"), "{}", answer.body);
            assert_on_record(&app, before, "/api/child").await;
        }
    })
    .await;
}
