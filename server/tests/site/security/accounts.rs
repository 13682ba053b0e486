//! Changes of accounts: roles, passwords and sessions, each at once and on record (cases 14 and 23).

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, organisation};
use crate::common::{PASSWORD, Start, TestApp, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::scope::{Area, Grant, Role};
use server::accounts::{self, AccountError, By, PasswordError, Which};
use server::store::audit::Entry;
use server::store::{roles, sessions, users};

const OTHER: &str = "twelve otters mend kettles";

fn by(app: &TestApp) -> By<'_> {
    By { actor: "command line", request_id: "command line", clock: &app.state.clock }
}

fn grant(role: Role, area: Area, from: Option<&str>, to: Option<&str>) -> Grant {
    let day = |day: Option<&str>| day.map(|day| day.parse().unwrap());
    Grant { role, area, valid_from: day(from), valid_to: day(to) }
}

fn team(name: &str) -> Area {
    Area::Team(name.to_owned())
}

/// The entries of an action: subject and detail.
async fn on_record(app: &TestApp, action: &str) -> Vec<(Option<String>, Option<String>)> {
    let of_action = |entry: Entry| (entry.action == action).then_some((entry.subject, entry.detail));
    app.audit().await.into_iter().filter_map(of_action).collect()
}

fn row(subject: &str, detail: &str) -> (Option<String>, Option<String>) {
    (Some(subject.to_owned()), Some(detail.to_owned()))
}

async fn load(app: &TestApp) {
    let need = |id: &str, team: &str| {
        format!("{id},2015-01-01,b) No,2025-06-02,2026-02-20,,c) Child in need plan,{team},Amy Able")
    };
    let mut files = Files::new();
    files.list(6, NEEDS, &[need("N1", "North 1"), need("S1", "South 1")]);
    files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, "2026-02-27", true).await.unwrap();
}

#[tokio::test]
async fn case_14_a_role_counts_from_the_next_request_and_taken_back_it_ends_the_session() {
    on_both(Start::default(), |app| async move {
        load(&app).await;
        app.add_user("jane", Role::TeamManager, team("North 1")).await;
        let browser = app.signed_in("jane").await;
        let team_page = "/teams/South%201";
        assert_eq!(browser.get(team_page).await.status, StatusCode::NOT_FOUND);

        let south = grant(Role::TeamManager, team("South 1"), None, Some("2026-12-31"));
        let given = accounts::give(&app.state.db, by(&app), " Jane ", &south).await.unwrap();
        assert_eq!((given.before.len(), given.ended), (0, 0));
        assert_eq!(browser.get(team_page).await.status, StatusCode::OK, "at the next request");

        let which = Which::Role(Role::TeamManager, Some(team("south 1")));
        let taken = accounts::take(&app.state.db, by(&app), "jane", &which).await.unwrap();
        assert_eq!((taken.ended, taken.none_left), (1, false));
        assert_eq!(browser.get(team_page).await.status, StatusCode::SEE_OTHER, "to sign in");
        browser.sign_in("jane", PASSWORD).await;
        assert_eq!(browser.get(team_page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/teams/North%201").await.status, StatusCode::OK);

        assert_eq!(
            on_record(&app, "grant role").await,
            [row("jane", "team-manager over team 'South 1', to 2026-12-31")]
        );
        let revoked = "team-manager over team 'South 1', to 2026-12-31; 1 session ended";
        assert_eq!(on_record(&app, "revoke role").await, [row("jane", revoked)]);
    })
    .await;
}

#[tokio::test]
async fn case_14_a_role_is_held_once_and_gets_other_dates() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        let db = &app.state.db;
        let same = accounts::give(db, by(&app), "jane", &grant(Role::Director, Area::All, None, None)).await;
        assert!(matches!(same, Err(AccountError::HasIt { .. })), "{same:?}");
        // Today is the second of March.
        let to_come = grant(Role::Director, Area::All, Some("2026-03-01"), Some("2026-03-02"));
        let given = accounts::give(db, by(&app), "jane", &to_come).await.unwrap();
        assert_eq!((given.before.len(), given.ended), (1, 0), "today is its last day");
        assert_eq!(browser.get("/help").await.status, StatusCode::OK);
        let gone = grant(Role::Director, Area::All, None, Some("2026-03-01"));
        assert_eq!(accounts::give(db, by(&app), "jane", &gone).await.unwrap().ended, 1);
        assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        let held = roles::all(db).await.unwrap();
        assert_eq!(held.values().flatten().map(|held| held.grant.clone()).collect::<Vec<_>>(), [gone]);
        let backwards = grant(Role::Analyst, Area::All, Some("2026-03-02"), Some("2026-03-01"));
        let refused = accounts::give(db, by(&app), "jane", &backwards).await;
        assert!(matches!(refused, Err(AccountError::Backwards { .. })), "{refused:?}");
        assert_eq!(
            on_record(&app, "grant role").await.last(),
            Some(&row(
                "jane",
                "director over everything, to 2026-03-01; before: director over everything, from 2026-03-01, to 2026-03-02; 1 session ended"
            ))
        );
    })
    .await;
}

#[tokio::test]
async fn a_role_is_taken_back_by_its_number_or_wherever_it_is_held() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::TeamManager, team("North 1")).await;
        let db = &app.state.db;
        for area in [team("North 2"), team("South 1")] {
            accounts::give(db, by(&app), "jane", &grant(Role::TeamManager, area, None, None)).await.unwrap();
        }
        let held: Vec<_> = roles::all(db).await.unwrap().into_values().flatten().collect();
        let taken = accounts::take(db, by(&app), "jane", &Which::Number(held[1].number)).await.unwrap();
        assert_eq!(taken.roles, [held[1].grant.clone()]);
        let again = accounts::take(db, by(&app), "jane", &Which::Number(held[1].number)).await;
        assert!(matches!(again, Err(AccountError::HasNot { .. })), "{again:?}");
        let taken = accounts::take(db, by(&app), "jane", &Which::Role(Role::TeamManager, None)).await.unwrap();
        assert_eq!((taken.roles.len(), taken.none_left), (2, true));
        // The number of somebody else's role is none of this account's.
        app.add_user("ali", Role::Director, Area::All).await;
        let of_ali = roles::all(db).await.unwrap().into_values().flatten().next().unwrap().number;
        assert!(accounts::take(db, by(&app), "jane", &Which::Number(of_ali)).await.is_err());
        assert_eq!(roles::all(db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn case_23_another_password_ends_every_session_and_the_old_one_opens_none() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_user("ali", Role::Director, Area::All).await;
        let (one, two, ali) = (app.signed_in("jane").await, app.signed_in("jane").await, app.signed_in("ali").await);
        let db = &app.state.db;
        let before = users::by_name(db, "jane").await.unwrap().unwrap();
        let done = accounts::set_password(db, by(&app), "Jane", OTHER).await.unwrap();
        assert_eq!(done.ended, 2);
        for browser in [&one, &two] {
            assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(ali.get("/help").await.status, StatusCode::OK, "another's session goes on");
        assert_eq!(one.sign_in("jane", PASSWORD).await.location(), Some("/sign-in?failed=1"));
        assert_eq!(one.sign_in("jane", OTHER).await.location(), Some("/"));
        assert_eq!(on_record(&app, "set password").await, [row("jane", "another password; 2 sessions ended")]);

        // A sign-in that had found the old password right comes too late.
        let mut tx = db.begin().await.unwrap();
        let late = users::NewSession { token_hash: "late", user: &before, address: None, at: app.state.clock.now_ms() };
        assert!(!users::open_session(&mut tx, late).await.unwrap());
        tx.commit().await.unwrap();
        let kept = format!("{:?}", app.audit().await);
        assert!(!kept.contains(OTHER) && !kept.contains(PASSWORD) && !kept.contains("$argon2"), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_forgets_what_failed_with_the_old_one() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        for _ in 0..server::http::guesses::MOST_OF_BOTH {
            app.browser().sign_in("jane", "a guess").await;
        }
        assert_eq!(app.browser().sign_in("jane", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        accounts::set_password(&app.state.db, by(&app), "jane", OTHER).await.unwrap();
        assert_eq!(app.browser().sign_in("jane", OTHER).await.location(), Some("/"));
    })
    .await;
}

#[tokio::test]
async fn a_common_password_is_refused_when_an_account_is_added_and_when_it_is_changed() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_persona(Role::Director).await;
        let (db, clock) = (&app.state.db, &app.state.clock);
        let common = "Password1234!";
        let added = accounts::add_user(db, clock, "ali", "Ali Able", common, &[]).await;
        let changed = accounts::set_password(db, by(&app), "jane", common).await;
        for refused in [added.map(drop), changed.map(drop)] {
            assert!(
                matches!(refused, Err(AccountError::Password(PasswordError::Name | PasswordError::Common))),
                "{refused:?}"
            );
        }
        let persona = accounts::set_password(db, by(&app), "director.person", OTHER).await;
        assert!(matches!(persona, Err(AccountError::Persona(_))), "{persona:?}");
        assert!(users::by_name(db, "ali").await.unwrap().is_none());
        app.signed_in("jane").await;
        assert!(on_record(&app, "set password").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_with_their_address_and_ended_together() {
    on_both(behind_a_proxy(), |app| async move {
        let user = app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.browser();
        let answer = super::guesses::sign_in_from(&browser, "192.0.2.7", "jane", PASSWORD).await;
        assert_eq!(answer.location(), Some("/"));
        app.wait(TimeDelta::minutes(5));
        let second = app.signed_in("jane").await;
        let listed = sessions::of(&app.state.db, user).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.address.as_deref()).collect::<Vec<_>>(), [None, Some("192.0.2.7")]);
        assert_eq!(listed[0].created_at - listed[1].created_at, 5 * 60_000);
        let done = accounts::end_sessions(&app.state.db, by(&app), "jane").await.unwrap();
        assert_eq!(done.ended, 2);
        for browser in [&browser, &second] {
            assert_eq!(browser.get("/help").await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(on_record(&app, "end sessions").await, [row("jane", "2 sessions ended")]);
    })
    .await;
}

pub fn behind_a_proxy() -> Start {
    let options = server::http::ServeOptions { proxies: 1, ..Default::default() };
    Start { options, ..Start::default() }
}

/// Case 40: without its row on the audit nothing changes.
#[tokio::test]
async fn no_account_is_changed_off_the_record() {
    on_both(Start::default(), |app| async move {
        let user = app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        app.sql("alter table audit rename to audit_gone").await;
        let db = &app.state.db;
        let analyst = grant(Role::Analyst, Area::All, None, None);
        assert!(accounts::give(db, by(&app), "jane", &analyst).await.is_err());
        assert!(accounts::take(db, by(&app), "jane", &Which::Role(Role::Director, None)).await.is_err());
        assert!(accounts::set_password(db, by(&app), "jane", OTHER).await.is_err());
        assert!(accounts::end_sessions(db, by(&app), "jane").await.is_err());
        assert!(accounts::disable(db, by(&app), "jane", false).await.is_err());
        app.sql("alter table audit_gone rename to audit").await;
        assert_eq!(browser.get("/help").await.status, StatusCode::OK, "the session goes on");
        assert_eq!(users::grants(db, user).await.unwrap(), [grant(Role::Director, Area::All, None, None)]);
        app.signed_in("jane").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_and_the_disabled_are_refused() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let db = &app.state.db;
        let analyst = grant(Role::Analyst, Area::All, None, None);
        let refused = accounts::give(db, by(&app), "janet", &analyst).await;
        assert!(matches!(refused, Err(AccountError::Nobody(_))), "{refused:?}");
        accounts::disable(db, by(&app), "jane", false).await.unwrap();
        for refused in [
            accounts::give(db, by(&app), "jane", &analyst).await.map(drop),
            accounts::disable(db, by(&app), "jane", false).await.map(drop),
        ] {
            assert!(matches!(refused, Err(AccountError::Disabled(_))), "{refused:?}");
        }
        assert_eq!(on_record(&app, "disable account").await, [row("jane", "director over everything")]);
    })
    .await;
}
