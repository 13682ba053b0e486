//! Every address there is: cases 1, 2, 8, 26, 29 and 40 of the security plan.

use crate::common::{PAGES, PASSWORD, Start, functions, on_both};
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HOST, ORIGIN, REFERER};
use axum::http::{Method, Request, StatusCode};
use domain::scope::{Area, Role};
use server::http::OPEN_FUNCTION;
use server::http::guard::MOST_CHILDREN;
use server::store::audit::Decision;

/// What is no page and needs a viewer.
pub const OTHERS: &[(Method, &str)] = &[
    (Method::POST, "/actions/new"),
    (Method::POST, "/actions/hand-over"),
    (Method::POST, "/actions/A-000001"),
    (Method::POST, "/actions/A-000001/evidence"),
    (Method::GET, "/actions/A-000001/evidence/1"),
    (Method::GET, "/actions.csv"),
    (Method::GET, "/actions.xlsx"),
    (Method::POST, "/notices"),
    (Method::POST, "/data/mapping"),
    (Method::POST, "/help/tour"),
    (Method::POST, "/admin/recommendations"),
    (Method::POST, "/admin/standards"),
    (Method::POST, "/admin/targets"),
    (Method::GET, "/attention.csv"),
    (Method::GET, "/attention.xlsx"),
    (Method::GET, "/caseloads.csv"),
    (Method::GET, "/caseloads.xlsx"),
    (Method::GET, "/measures/CPP-07/children.csv"),
    (Method::GET, "/measures/CPP-07/children.xlsx"),
    (Method::POST, "/data/load"),
    (Method::POST, "/data/loads/1/confirm"),
    (Method::POST, "/data/loads/1/cancel"),
    (Method::POST, "/data/extracts/1/remove"),
    (Method::POST, "/data/extracts/1/move"),
    (Method::POST, "/measures/CPP-07/rebase"),
    (Method::POST, "/surgeries"),
    (Method::POST, "/surgeries/1"),
    (Method::GET, "/surgeries/evidence.csv"),
    (Method::GET, "/surgeries/evidence.xlsx"),
    (Method::GET, "/surgeries/1/minutes.html"),
    (Method::GET, "/surgeries/1/live"),
    (Method::POST, "/measures/CPP-01/answers"),
    (Method::GET, "/data/altered.csv"),
    (Method::GET, "/data/altered.xlsx"),
    (Method::GET, "/data/lag.csv"),
    (Method::GET, "/data/lag.xlsx"),
    (Method::GET, "/data/problems.csv"),
    (Method::GET, "/data/problems.xlsx"),
    (Method::GET, "/answers.csv"),
    (Method::GET, "/answers.xlsx"),
    (Method::GET, "/headlines.csv"),
    (Method::GET, "/headlines.xlsx"),
    (Method::GET, "/measures/CPP-07/trend.csv"),
    (Method::GET, "/measures/CPP-07/trend.xlsx"),
    (Method::GET, "/measures/CPP-07/teams.csv"),
    (Method::GET, "/measures/CPP-07/teams.xlsx"),
    (Method::GET, "/admin/targets.csv"),
    (Method::GET, "/admin/targets.xlsx"),
    (Method::GET, "/admin/standards.csv"),
    (Method::GET, "/admin/standards.xlsx"),
];

fn request(method: &Method, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

/// Case 2: a new function is behind the gate, or this fails.
#[tokio::test]
async fn every_server_function_needs_a_session() {
    on_both(Start::default(), |app| async move {
        for (path, method) in functions() {
            assert_eq!(method, Method::POST, "{path}: what is asked for must not stand in an address");
            if path == OPEN_FUNCTION {
                continue;
            }
            let answer = app.browser().post(path, "id=1&reference=1&service=1&team=1").await;
            assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"SignInNeeded\""), "{path}");
        }
        assert!(app.audit().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn every_page_needs_a_session_and_everything_else_too() {
    on_both(Start::default(), |app| async move {
        let browser = app.browser();
        for path in PAGES {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert!(answer.location().unwrap().starts_with("/sign-in"), "{path}");
        }
        for (method, path) in OTHERS {
            assert_eq!(browser.send(request(method, path)).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        for path in ["/sign-in", "/healthz", "/readyz"] {
            assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
        }
        // Open as the programs that ask know no session: the address is the key, see `messages/calendars.rs`.
        let calendar = browser.get("/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").await;
        assert_eq!(calendar.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// The list of pages above is whole: a new page without a line there fails here.
#[test]
fn the_app_has_no_other_pages() {
    let listed: Vec<&str> = app::ROUTES.iter().map(|(path, _)| *path).filter(|path| *path != "/sign-in").collect();
    assert_eq!(listed.len(), PAGES.len(), "{listed:?}");
}

/// Case 26.
#[tokio::test]
async fn what_another_site_sends_is_refused() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Analyst, Area::All).await;
        let browser = app.signed_in("jane").await;
        let before = app.audit().await.len();
        let mut paths: Vec<&str> = functions().into_iter().map(|(path, _)| path).collect();
        paths.extend(["/sign-in", "/sign-out", "/data/load", "/data/loads/1/confirm", "/data/loads/1/cancel"]);
        paths.extend(["/measures/CPP-07/rebase", "/measures/CPP-01/answers"]);
        paths.extend(["/data/extracts/1/remove", "/data/extracts/1/move"]);
        for path in &paths {
            for site in ["cross-site", "same-site"] {
                for kind in [
                    "application/x-www-form-urlencoded",
                    "text/plain",
                    "multipart/form-data; boundary=x",
                    "application/json",
                ] {
                    let request = Request::post(*path)
                        .header(HOST, "surgery.example")
                        .header(ORIGIN, "https://evil.example")
                        .header("sec-fetch-site", site)
                        .header(CONTENT_TYPE, kind)
                        .body(Body::empty());
                    let answer = browser.send(request.unwrap()).await;
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {site} {kind}");
                }
            }
            // A browser too old for Sec-Fetch-Site.
            let request = Request::post(*path).header(HOST, "surgery.example").header(ORIGIN, "https://evil.example");
            assert_eq!(
                browser.send(request.body(Body::empty()).unwrap()).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
            // Nothing is done by GET.
            if *path != "/sign-in" {
                assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        assert_eq!(app.audit().await.len(), before);
        assert_eq!(browser.get("/help").await.status, StatusCode::OK, "still signed in");
    })
    .await;
}

#[tokio::test]
async fn a_function_answers_only_forms_and_sends_nobody_elsewhere() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let post = |kind: &'static str| {
            Request::post("/api/help")
                .header(CONTENT_TYPE, kind)
                .header(ACCEPT, "text/html")
                .header(REFERER, "https://evil.example/")
                .body(Body::empty())
                .unwrap()
        };
        assert_eq!(browser.send(post("text/plain")).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let answer = browser.send(post("application/x-www-form-urlencoded")).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::OK, None));
    })
    .await;
}

/// Cases 1 and 2 for what is not there; the desk's own tests compare it with what is there and forbidden.
#[tokio::test]
async fn an_unknown_child_is_not_found_and_on_record_by_page_and_by_function() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::TeamManager, Area::Team("A".into())).await;
        let browser = app.signed_in("jane").await;
        let page = browser.get("/children/0123456789abcdef").await;
        let function = browser.post("/api/child", "reference=0123456789abcdef").await;
        assert_eq!((page.status, function.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(function.body, "\"NotFound\"");
        let audit = app.audit().await;
        for (entry, answer) in audit[1..].iter().zip([&page, &function]) {
            assert_eq!((entry.actor.as_str(), entry.decision), ("jane", Decision::Deny));
            assert_eq!(entry.subject.as_deref(), Some("0123456789abcdef"));
            assert_eq!(entry.request_id, answer.header("x-request-id").unwrap());
        }
        assert_eq!(audit.len(), 3);
        let other = browser.get("/children/fedcba9876543210").await;
        assert_eq!(page.comparable(), other.comparable(), "whichever it is");
    })
    .await;
}

#[tokio::test]
async fn unknown_addresses_are_the_same_to_the_byte() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let first = browser.get("/nothing").await;
        assert_eq!(first.status, StatusCode::NOT_FOUND);
        assert!(first.body.contains("Page not found"), "{}", first.body);
        for path in [
            "/children",
            "/api/nothing",
            "/pkg/nothing.js",
            "/pkg/../manifest.json",
            "/data/loads/x/confirm",
            "/metrics",
            "/nothing?<script>",
        ] {
            assert_eq!(
                browser.get(&path.replace('<', "%3C").replace('>', "%3E")).await.comparable(),
                first.comparable(),
                "{path}"
            );
        }
        let stranger = app.browser().get("/other").await;
        assert_eq!(stranger.comparable(), first.comparable(), "signed in or not");
        assert_eq!(browser.send(request(&Method::DELETE, "/help")).await.comparable(), first.comparable());

        let denied = browser.post("/data/load", "").await;
        assert_eq!(denied.comparable(), first.comparable(), "a Director does not load data");
        let denied = browser.post("/data/loads/1/confirm", "").await;
        assert_eq!(denied.comparable(), first.comparable());
        let audit = app.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "load" && entry.decision == Decision::Deny).count(), 2);
    })
    .await;
}

/// Case 8: the same address, two viewers.
#[tokio::test]
async fn two_viewers_of_one_address_get_their_own_pages() {
    on_both(Start { demo: true, ..Start::default() }, |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_persona(Role::Member).await;
        let jane = app.signed_in("jane").await;
        let member = app.browser();
        member.post("/sign-in", "persona=member").await;
        let (first, second) = (jane.get("/").await, member.get("/").await);
        assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(app.browser().get("/").await.status, StatusCode::SEE_OTHER);
        assert!(first.headers.get("etag").is_none() && first.headers.get("last-modified").is_none());
    })
    .await;
}

/// Case 29.
#[tokio::test]
async fn an_account_that_opens_very_many_children_is_stopped_and_reported_once() {
    on_both(Start::default(), |app| async move {
        let user = app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        for child in 1..MOST_CHILDREN {
            assert!(app.state.reading.note(user, &child.to_string(), app.state.clock.now_ms()));
        }
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
        let last = browser.get("/children/the-last").await;
        assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(last.header("retry-after"), Some("600"));
        assert_eq!(browser.post("/api/home", "").await.status, StatusCode::TOO_MANY_REQUESTS);
        let alerts: Vec<_> = app.audit().await.into_iter().filter(|entry| entry.action == "alert").collect();
        assert_eq!(alerts.len(), 1);
        assert_eq!((alerts[0].actor.as_str(), alerts[0].decision), ("jane", Decision::Deny));
        assert_eq!(alerts[0].request_id, last.header("x-request-id").unwrap());
        app.wait(chrono::TimeDelta::minutes(11));
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    })
    .await;
}

/// Case 40.
#[tokio::test]
async fn nothing_is_read_off_the_record() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        app.sql("alter table audit rename to audit_gone").await;
        for path in ["/children/0123456789abcdef", "/data/extracts/99"] {
            assert_eq!(browser.get(path).await.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        }
        let answer = browser.post("/api/child", "reference=0123456789abcdef").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "\"Failed\""));
        assert_eq!(browser.post("/data/load", "").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    })
    .await;
}

/// Case 29, from one account to the next: a guess is a guess, whoever's cookie is sent along.
#[tokio::test]
async fn a_wrong_password_does_not_end_the_session_one_has() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        browser.sign_in("jane", "wrong").await;
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
        browser.sign_in("jane", PASSWORD).await;
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    })
    .await;
}
