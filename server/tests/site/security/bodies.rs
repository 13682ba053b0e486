//! Who may not send a thing is told so before it is read: case 32 of the security plan, for every form and file.

use crate::common::{PASSWORD, Start, on_both};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{Request, StatusCode};
use domain::scope::{Area, Role};
use futures_util::StreamExt as _;
use server::store::audit::Decision;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Everything that takes a form or files from who has a right to send it.
const RECEIVES: &[&str] = &[
    "/actions/new",
    "/actions/hand-over",
    "/actions/A-000001",
    "/actions/A-000001/evidence",
    "/admin/recommendations",
    "/admin/standards",
    "/admin/targets",
    "/data/mapping",
    "/data/load",
    "/data/loads/1/confirm",
    "/data/loads/1/cancel",
    "/data/extracts/1/remove",
    "/data/extracts/1/move",
    "/measures/CPP-07/rebase",
    "/measures/CPP-01/answers",
    "/notices",
    "/surgeries",
    "/surgeries/1",
];

/// An endless body that counts the pieces taken from it.
fn counted() -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counts = Arc::clone(&taken);
    let pieces = futures_util::stream::repeat_with(move || {
        counts.fetch_add(1, Ordering::Relaxed);
        Ok::<_, std::io::Error>(vec![b'a'; 64 * 1024])
    });
    (Body::from_stream(pieces.boxed()), taken)
}

fn sent(path: &str, kind: &str, body: Body) -> Request<Body> {
    let request = Request::post(path).header(CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
    request.body(body).unwrap()
}

#[tokio::test]
async fn a_member_is_refused_before_a_byte_is_read_and_on_record() {
    on_both(Start::default(), |app| async move {
        app.add_user("member", Role::Member, Area::All).await;
        let member = app.signed_in("member").await;
        for path in RECEIVES {
            for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=edge"] {
                let before = app.audit().await.len();
                let (body, taken) = counted();
                let answer = member.send(sent(path, kind, body)).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
                assert_eq!(taken.load(Ordering::Relaxed), 0, "{path} {kind}: the body was read");
                let audit = app.audit().await;
                assert_eq!(audit.len(), before + 1, "{path}");
                assert_eq!(audit[before].decision, Decision::Deny, "{path}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_and_who_may_not_add_to_an_action_send_nothing_either() {
    on_both(Start::default(), |app| async move {
        app.add_user("manager", Role::TeamManager, Area::Team("A".into())).await;
        let manager = app.signed_in("manager").await;
        for path in ["/data/load", "/admin/standards", "/admin/targets", "/data/mapping", "/data/extracts/1/move"] {
            let (body, taken) = counted();
            let answer = manager.send(sent(path, "multipart/form-data; boundary=edge", body)).await;
            assert_eq!((answer.status, taken.load(Ordering::Relaxed)), (StatusCode::NOT_FOUND, 0), "{path}");
        }
        // Who may add files somewhere, to an action that is not there or another's.
        let (body, taken) = counted();
        let request = sent("/actions/A-000001/evidence", "multipart/form-data; boundary=edge", body);
        let answer = manager.send(request).await;
        assert_eq!((answer.status, taken.load(Ordering::Relaxed)), (StatusCode::NOT_FOUND, 0));
        for path in RECEIVES {
            let (body, taken) = counted();
            let answer = app.browser().send(sent(path, "application/x-www-form-urlencoded", body)).await;
            assert_eq!((answer.status, taken.load(Ordering::Relaxed)), (StatusCode::UNAUTHORIZED, 0), "{path}");
        }
    })
    .await;
}

/// A form is small: one that never ends is given up when it is larger than any.
#[tokio::test]
async fn a_form_that_never_ends_is_given_up_at_64_kibibytes() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_user("ann", Role::Analyst, Area::All).await;
        let (jane, ann) = (app.signed_in("jane").await, app.signed_in("ann").await);
        for path in RECEIVES.iter().filter(|path| !path.ends_with("/evidence")) {
            for browser in [&jane, &ann] {
                let (body, taken) = counted();
                let answer = browser.send(sent(path, "application/x-www-form-urlencoded", body)).await;
                assert!(!answer.status.is_success() && !answer.status.is_server_error(), "{path}: {answer:?}");
                assert!(taken.load(Ordering::Relaxed) <= 3, "{path}: {} pieces", taken.load(Ordering::Relaxed));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_sends_one_upload_at_a_time() {
    on_both(Start::default(), |app| async move {
        app.add_user("ann", Role::Analyst, Area::All).await;
        app.add_user("bob", Role::Analyst, Area::All).await;
        let (ann, bob) = (app.signed_in("ann").await, app.signed_in("bob").await);
        let waiting = || Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>().boxed());
        let kind = "multipart/form-data; boundary=edge";
        let second = app.browser();
        second.hold(ann.token());
        let first = ann.send(sent("/data/load", kind, waiting()));
        let then = async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let answer = second.send(sent("/data/load", kind, waiting())).await;
            assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("30")));
            let whole = Body::from("--edge--\r\n");
            assert_eq!(bob.send(sent("/data/load", kind, whole)).await.status, StatusCode::BAD_REQUEST);
        };
        tokio::select! {
            answer = first => panic!("nothing came, and yet: {answer:?}"),
            () = then => {}
        }
        // The turn ends with the request, however that ended.
        let whole = Body::from("--edge--\r\n");
        assert_eq!(ann.send(sent("/data/load", kind, whole)).await.status, StatusCode::BAD_REQUEST);
    })
    .await;
}

/// The peak of a server's memory, as the system counts it: thirty who may not, and thirty who may, with 9 MB each.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_large_bodies_at_once_do_not_fill_the_memory() {
    use super::child::{Server, raw};
    const MEGABYTE: usize = 1024 * 1024;
    let server = Server::start(&[("member", Role::Member), ("jane", Role::Director)], &[]).await;
    let before = server.peak_memory();
    for name in ["member", "jane"] {
        let cookie = server.sign_in(name, PASSWORD).await;
        let mut sending = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let (address, cookie) = (server.address, cookie.clone());
            sending.spawn(async move {
                let head = format!(
                    "POST /actions/A-000001/evidence HTTP/1.1\r\nHost: {address}\r\n{COOKIE}: {cookie}\r\nsec-fetch-site: same-origin\r\ncontent-type: multipart/form-data; boundary=edge\r\ncontent-length: {}\r\n\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-",
                    9 * MEGABYTE
                );
                raw(address, head.as_bytes(), 9 * MEGABYTE).await
            });
        }
        while let Some(answer) = sending.join_next().await {
            let answer = answer.unwrap();
            // Whoever closes first, nobody is told that it was kept.
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 404"), "{answer}");
        }
    }
    let grown = server.peak_memory().saturating_sub(before);
    assert!(grown < 64 * MEGABYTE, "{} MB more at the peak", grown / MEGABYTE);
}
