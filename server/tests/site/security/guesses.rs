//! Case 29, the guessing of passwords: an account and an address wait together, and nobody locks out another.

use super::accounts::behind_a_proxy;
use crate::common::{Answer, Browser, PASSWORD, TestApp, on_both};
use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::scope::{Area, Role};
use server::http::guesses::{self, DELAY, MOST_OF_ADDRESS, MOST_OF_BOTH, MOST_OF_NAME};
use std::time::Instant;

/// Signs in as from an address, which the proxy in front says.
pub async fn sign_in_from(browser: &Browser, address: &str, name: &str, password: &str) -> Answer {
    let form = format!("user={name}&password={}", password.replace(' ', "+"));
    let request = Browser::form("/sign-in", &form)
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", address)
        .body(Body::from(form.clone()))
        .unwrap();
    browser.send(request).await
}

async fn from(app: &TestApp, address: &str, name: &str, password: &str) -> Answer {
    sign_in_from(&app.browser(), address, name, password).await
}

/// Counts failures without the cost of a hash each.
async fn fail(app: &TestApp, address: &str, name: &str) {
    let now = app.state.clock.now_ms();
    guesses::begin(&app.state.db, name, Some(address.parse().unwrap()), now).await.unwrap().unwrap();
}

#[tokio::test]
async fn case_29_ten_wrong_passwords_from_one_address_lock_nobody_out_elsewhere() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for _ in 0..MOST_OF_BOTH {
            assert_eq!(from(&app, "192.0.2.7", "jane", "a guess").await.location(), Some("/sign-in?failed=1"));
        }
        let refused = from(&app, "192.0.2.7", "JANE", PASSWORD).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("900")));
        assert_eq!(from(&app, "192.0.2.8", "jane", PASSWORD).await.location(), Some("/"), "elsewhere");
        // What was right elsewhere lets nobody guess on.
        assert_eq!(from(&app, "192.0.2.7", "jane", "a guess").await.status, StatusCode::TOO_MANY_REQUESTS);
        app.wait(TimeDelta::minutes(15) + TimeDelta::milliseconds(1));
        assert_eq!(from(&app, "192.0.2.7", "jane", PASSWORD).await.location(), Some("/"));
    })
    .await;
}

#[tokio::test]
async fn case_29_a_name_that_nobody_has_waits_like_one_that_somebody_has() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for _ in 0..MOST_OF_BOTH {
            let known = from(&app, "192.0.2.7", "jane", "a guess").await;
            let unknown = from(&app, "192.0.2.7", "nobody", "a guess").await;
            assert_eq!(known.comparable(), unknown.comparable());
        }
        let known = from(&app, "192.0.2.7", "jane", "a guess").await;
        let unknown = from(&app, "192.0.2.7", "nobody", "a guess").await;
        assert_eq!(known.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(known.comparable(), unknown.comparable());
    })
    .await;
}

#[tokio::test]
async fn case_29_an_address_that_tries_many_names_waits() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for n in 0..MOST_OF_ADDRESS {
            fail(&app, &format!("2001:db8::{n:x}"), &format!("name{n}")).await;
        }
        let refused = from(&app, "2001:db8::ffff", "jane", PASSWORD).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(from(&app, "2001:db8:0:1::1", "jane", PASSWORD).await.location(), Some("/"));
    })
    .await;
}

#[tokio::test]
async fn case_29_guesses_from_everywhere_delay_the_owner_and_lock_nobody_out() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for n in 0..MOST_OF_NAME {
            fail(&app, &format!("198.51.100.{n}"), "jane").await;
        }
        let began = Instant::now();
        assert_eq!(from(&app, "192.0.2.7", "jane", PASSWORD).await.location(), Some("/"));
        assert!(began.elapsed() >= DELAY, "{:?}", began.elapsed());
        let now = app.state.clock.now_ms();
        let other = guesses::begin(&app.state.db, "ali", "192.0.2.7".parse().ok(), now).await.unwrap().unwrap();
        assert!(other.delay.is_zero(), "another's sign-in is not delayed");
    })
    .await;
}

#[tokio::test]
async fn case_29_servers_count_together_and_a_restart_forgets_nothing() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let another = app.another().await;
        for n in 0..MOST_OF_BOTH {
            let browser = if n % 2 == 0 { app.browser() } else { app.browser_on(&another) };
            assert_eq!(browser.sign_in("jane", "a guess").await.location(), Some("/sign-in?failed=1"));
        }
        let started_anew = app.another().await;
        for browser in [app.browser(), app.browser_on(&another), app.browser_on(&started_anew)] {
            assert_eq!(browser.sign_in("jane", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        }
        another.db.close().await;
        started_anew.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn case_29_tries_at_the_same_moment_count_one_by_one() {
    on_both(behind_a_proxy(), |app| async move {
        let now = app.state.clock.now_ms();
        let tries = (0..30).map(|_| guesses::begin(&app.state.db, "jane", "192.0.2.7".parse().ok(), now));
        let begun = futures_util::future::join_all(tries).await;
        let let_through = begun.into_iter().filter(|tried| tried.as_ref().unwrap().is_ok()).count();
        assert_eq!(let_through, MOST_OF_BOTH as usize);
    })
    .await;
}

#[tokio::test]
async fn case_42_a_clock_set_back_makes_no_wait_longer() {
    on_both(behind_a_proxy(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for _ in 0..MOST_OF_BOTH {
            fail(&app, "192.0.2.7", "jane").await;
        }
        app.wait(-TimeDelta::days(365));
        let refused = from(&app, "192.0.2.7", "jane", PASSWORD).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("900")));
        app.wait(TimeDelta::minutes(15) + TimeDelta::milliseconds(1));
        assert_eq!(from(&app, "192.0.2.7", "jane", PASSWORD).await.location(), Some("/"));
        // Set forward, it lets a wait end and brings none back.
        for _ in 0..MOST_OF_BOTH {
            fail(&app, "192.0.2.9", "jane").await;
        }
        app.wait(TimeDelta::days(365));
        assert_eq!(from(&app, "192.0.2.9", "jane", PASSWORD).await.location(), Some("/"));
    })
    .await;
}

/// People type passwords where the name belongs.
#[tokio::test]
async fn what_was_typed_as_a_name_is_not_kept() {
    on_both(behind_a_proxy(), |app| async move {
        from(&app, "192.0.2.7", "my-secret-password", "jane").await;
        let sql = "select name_number from sign_in_try";
        let kept: i64 = match &app.state.db {
            server::db::Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await.unwrap(),
            server::db::Db::Postgres { pool, .. } => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        };
        assert!((0..1 << 20).contains(&kept), "{kept}");
    })
    .await;
}
