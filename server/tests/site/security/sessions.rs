//! Identity and session: cases 10, 14, 23, 28, 42 of the security plan, and sign-in itself.

use crate::common::{PASSWORD, Start, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::scope::{Area, Role};
use server::http::session::{IDLE_MS, LONGEST_MS};
use server::store::audit::Decision;
use server::store::users;

fn ms(ms: i64) -> TimeDelta {
    TimeDelta::milliseconds(ms)
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in_and_back_to_where_he_was_going() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.browser();
        let answer = browser.get("/measures/CPP-07/children?team=A%20B&page=2").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let sign_in = answer.location().unwrap().to_owned();
        assert_eq!(sign_in, "/sign-in?next=%2Fmeasures%2FCPP-07%2Fchildren%3Fteam%3DA%2520B%26page%3D2");
        let next = sign_in.strip_prefix("/sign-in?").unwrap();
        let form = format!("user=Jane&password={}&{next}", PASSWORD.replace(' ', "+"));
        let answer = browser.post("/sign-in", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), Some("/measures/CPP-07/children?team=A%20B&page=2"));
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let answer = app.browser().sign_in("jane", PASSWORD).await;
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.starts_with("__Host-surgery="), "{cookie}");
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("Expires"));
    })
    .await;
}

/// Case 23.
#[tokio::test]
async fn a_token_held_before_signing_in_is_dead_after_it() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let first = browser.token();
        browser.sign_in("jane", PASSWORD).await;
        assert_ne!(browser.token(), first);
        let other = app.browser();
        other.hold(first);
        assert_eq!(other.get("/help").await.status, StatusCode::SEE_OTHER);

        let fixed = app.browser();
        let planted = format!("__Host-surgery={}", "A".repeat(43));
        fixed.hold(Some(planted.clone()));
        fixed.sign_in("jane", PASSWORD).await;
        assert_ne!(fixed.token(), Some(planted.clone()));
        fixed.hold(Some(planted));
        assert_eq!(fixed.get("/help").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

/// Case 10.
#[tokio::test]
async fn signing_out_ends_the_session_and_empties_the_browser() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let token = browser.token();
        let answer = browser.post("/sign-out", "").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/sign-in")));
        assert_eq!(answer.header("clear-site-data"), Some("\"cache\", \"storage\""));
        assert_eq!(browser.token(), None);
        browser.hold(token);
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        let audit = app.audit().await;
        let actions: Vec<_> = audit.iter().map(|entry| (entry.action.as_str(), entry.actor.as_str())).collect();
        assert_eq!(actions, [("sign in", "jane"), ("sign out", "jane")]);
    })
    .await;
}

/// Case 14.
#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
        let mut tx = app.state.db.begin().await.unwrap();
        users::disable(&mut tx, "jane", app.state.clock.now_ms()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        let answer = app.browser().sign_in("jane", PASSWORD).await;
        assert_eq!(answer.location(), Some("/sign-in?failed=1"));
    })
    .await;
}

/// Case 14: a role that ends, ends for the sessions that are open.
#[tokio::test]
async fn a_grant_that_has_run_out_counts_no_more() {
    on_both(Start::default(), |app| async move {
        let user = app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        assert_eq!(browser.post("/data/load", "").await.status, StatusCode::NOT_FOUND);
        let today = app.state.clock.today();
        let analyst =
            domain::scope::Grant { role: Role::Analyst, area: Area::All, valid_from: None, valid_to: Some(today) };
        let mut tx = app.state.db.begin().await.unwrap();
        users::grant(&mut tx, user, &analyst).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(browser.post("/data/load", "").await.status, StatusCode::BAD_REQUEST, "at the next request");
        app.wait(TimeDelta::hours(10));
        browser.sign_in("jane", PASSWORD).await;
        app.wait(TimeDelta::hours(7));
        browser.sign_in("jane", PASSWORD).await;
        assert_eq!(browser.post("/data/load", "").await.status, StatusCode::NOT_FOUND, "the next day");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_its_longest() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        app.wait(ms(IDLE_MS));
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
        app.wait(ms(IDLE_MS + 1));
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER, "idle");

        browser.sign_in("jane", PASSWORD).await;
        for _ in 0..LONGEST_MS / (IDLE_MS / 2) {
            app.wait(ms(IDLE_MS / 2));
            assert_eq!(browser.get("/help").await.status, StatusCode::OK);
            seen(&app, &browser).await;
        }
        app.wait(ms(1));
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER, "at its longest");
    })
    .await;
}

/// The time of last use is written beside the request.
async fn seen(app: &crate::common::TestApp, browser: &crate::common::Browser) {
    use sha2::Digest as _;
    let token = browser.token().unwrap();
    let token = token.strip_prefix("__Host-surgery=").unwrap();
    let hash: String = sha2::Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    for _ in 0..500 {
        let (session, _) = users::session(&app.state.db, &hash).await.unwrap().unwrap();
        if session.seen_at == app.state.clock.now_ms() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        // One that comes while another is being written is not written itself: the next one is.
        browser.get("/help").await;
    }
    panic!("the session's time of last use was not kept");
}

/// Case 42.
#[tokio::test]
async fn a_clock_set_back_brings_no_session_to_life() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let token = browser.token();
        app.wait(TimeDelta::days(365));
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        app.wait(-TimeDelta::days(365));
        browser.hold(token);
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER, "ended is ended");

        browser.sign_in("jane", PASSWORD).await;
        app.wait(-TimeDelta::hours(1));
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER, "opened in the future");
        browser.sign_in("jane", PASSWORD).await;
        let audit = app.audit().await;
        assert_eq!(audit.len(), 3, "in the order of what happened, whatever the clock said");
        assert!(audit[2].at < audit[1].at);
    })
    .await;
}

/// Case 28.
#[tokio::test]
async fn nobody_is_led_to_another_site() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%0d%0aSet-Cookie:%20a=b",
            "javascript:alert(1)",
            "%2F%2Fevil.example",
            "/%09/evil.example",
            "/..//evil.example",
            "%20//evil.example",
        ] {
            let form = format!("user=jane&password={}&next={next}", PASSWORD.replace(' ', "+"));
            let answer = app.browser().post("/sign-in", &form).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/")), "{next}");
            let form = format!("user=jane&password=wrong&next={next}");
            let answer = app.browser().post("/sign-in", &form).await;
            assert_eq!(answer.location(), Some("/sign-in?failed=1"), "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer_and_no_typed_name_is_kept() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let wrong = app.browser().sign_in("jane", "not it at all").await;
        let unknown = app.browser().sign_in("my-secret-password", "jane").await;
        assert_eq!(wrong.comparable(), unknown.comparable());
        assert_eq!(wrong.location(), Some("/sign-in?failed=1"));
        let audit = app.audit().await;
        assert!(audit.iter().all(|entry| entry.actor == "-" && entry.decision == Decision::Deny));
        assert_eq!(audit[0].subject.as_deref(), Some("jane"));
        assert_eq!(audit[1].subject, None);
        assert!(!format!("{audit:?}").contains("my-secret-password"));
        assert_eq!(audit[0].request_id, wrong.header("x-request-id").unwrap());
    })
    .await;
}

/// Case 29, the guessing of passwords.
#[tokio::test]
async fn who_guesses_has_to_wait() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for _ in 0..server::http::guesses::MOST_OF_BOTH {
            assert_eq!(app.browser().sign_in("jane", "a guess").await.status, StatusCode::SEE_OTHER);
        }
        let answer = app.browser().sign_in("JANE", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header("retry-after"), Some("900"));
        app.browser().sign_in("jane", PASSWORD).await;
        let refusals = app
            .audit()
            .await
            .iter()
            .filter(|entry| entry.detail.as_ref().is_some_and(|d| d.contains("too many")))
            .count();
        assert_eq!(refusals, 1, "once a wait");
        app.wait(TimeDelta::minutes(16));
        app.signed_in("jane").await;
    })
    .await;
}

#[tokio::test]
async fn a_persona_signs_in_only_in_the_demo() {
    for demo in [true, false] {
        on_both(Start { demo, ..Start::default() }, |app| async move {
            app.add_persona(Role::Director).await;
            let browser = app.browser();
            let answer = browser.post("/sign-in", "persona=director").await;
            if app.state.demo {
                assert_eq!(answer.location(), Some("/"));
                assert_eq!(browser.get("/help").await.status, StatusCode::OK);
            } else {
                assert_eq!(answer.location(), Some("/sign-in?failed=1"));
                assert_eq!(browser.token(), None);
                assert_eq!(app.audit().await[0].decision, Decision::Deny);
            }
            let answer = app.browser().sign_in("director.person", "").await;
            assert_eq!(answer.location(), Some("/sign-in?failed=1"), "a persona has no password");
        })
        .await;
    }
}

/// Case 40, at the door.
#[tokio::test]
async fn nobody_signs_in_off_the_record() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.sql("alter table audit rename to audit_gone").await;
        let browser = app.browser();
        let answer = browser.sign_in("jane", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(browser.token(), None);
        assert_eq!(browser.sign_in("jane", "wrong").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    })
    .await;
}
