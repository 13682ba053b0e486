//! Calendars to subscribe to: by a secret address, without a session, within the scope of the day.

use crate::common::room::{Room, about_child_1, load};
use crate::common::{Answer, Browser, Start, TestApp, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use clap::Parser as _;
use domain::scope::{Area, Role};
use icalendar::{Calendar, CalendarComponent, Component as _, Event};
use server::cli::Cli;
use server::db::Db;
use server::store::audit::Decision;
use server::store::feeds;
use std::process::ExitCode;

/// Four children who were last seen on 20 February: the next visit is due within 20 working days, by 20 March.
async fn room(app: TestApp) -> Room {
    let room = Room::of(app).await;
    let children = [("1", "North 1"), ("2", "North 1"), ("3", "North 2"), ("4", "South 1")];
    load(&room.app, "2026-03-01", &children.map(|(id, team)| (id, "2026-02-20", team))).await;
    room
}

/// Makes the calendar of a browser's user an address, and answers its path.
async fn made(browser: &Browser) -> String {
    let page = browser.post("/notices", "do=renew").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let address = page.body.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap();
    let path = address.strip_prefix("http://127.0.0.1:3000").unwrap();
    assert_eq!(path.len(), "/calendar/.ics".len() + 43, "256 bits: {path}");
    path.to_owned()
}

/// Summaries with their days, in order.
fn entries(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let calendar: Calendar = answer.body.parse().unwrap();
    let events = calendar.components.iter().filter_map(CalendarComponent::as_event);
    let entry = |event: &Event| {
        let start = event.property_value("DTSTART").unwrap().to_owned();
        (start, event.get_summary().unwrap().to_owned())
    };
    events.map(entry).collect()
}

fn visits(answer: &Answer) -> Vec<String> {
    entries(answer).into_iter().filter(|(_, what)| what.contains("CIN visit")).map(|(_, what)| what).collect()
}

#[tokio::test]
async fn a_calendar_is_read_without_a_session_and_names_no_child() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        room.record(about_child_1()).await;
        let head = room.app.signed_in("head").await;
        let path = made(&head).await;
        let answer = room.app.browser().get(&path).await;
        assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let entries = entries(&answer);
        assert!(entries.contains(&("20260320".to_owned(), "3 CIN visits fall due".to_owned())), "{entries:?}");
        assert!(entries.contains(&("20260316".to_owned(), "Action A-000001 is due".to_owned())), "{entries:?}");
        for private in ["A Person", "head", "See the child", "Amy", "/children/"] {
            assert!(!answer.body.contains(private), "{private}: {}", answer.body);
        }
        assert!(answer.body.contains("/measures/CIN-01/children?show=soon"), "{}", answer.body);
        assert!(answer.body.contains("DTSTAMP:20260302T080000Z"), "the clock's: {}", answer.body);
        let again = room.app.browser().get(&path).await;
        assert_eq!(again.body, answer.body, "every entry keeps its name");
        let page = head.get("/notices").await;
        assert!(page.body.contains("last fetched on 2 March 2026, 08:00"), "{}", page.body);
        assert!(!page.body.contains(path.as_str()), "shown once");
        let audit: Vec<_> =
            room.app.audit().await.into_iter().filter(|entry| entry.action == "read calendar").collect();
        assert_eq!(audit.len(), 2);
        assert!(audit.iter().all(|entry| entry.actor == "head" && entry.decision == Decision::Allow));
        assert!(room.app.audit().await.iter().all(|entry| !format!("{entry:?}").contains(&path[10..53])));
    })
    .await;
}

#[tokio::test]
async fn the_scope_is_the_persons_on_the_day_of_the_request() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let (manager, director) = (room.app.signed_in("manager").await, room.app.signed_in("director").await);
        let (manager, director) = (made(&manager).await, made(&director).await);
        let anybody = room.app.browser();
        assert_eq!(visits(&anybody.get(&manager).await), ["2 CIN visits fall due"]);
        assert_eq!(visits(&anybody.get(&director).await), ["4 CIN visits fall due"]);
        room.app.sql("update user_grant set area_name = 'South 1' where role = 'team-manager'").await;
        assert_eq!(visits(&anybody.get(&manager).await), ["1 CIN visit falls due"]);
        room.app.sql("update user_grant set valid_to = '2026-03-01' where role = 'team-manager'").await;
        assert!(entries(&anybody.get(&manager).await).is_empty(), "no role, nothing");
    })
    .await;
}

#[tokio::test]
async fn an_ended_address_and_a_disabled_accounts_are_the_same_bytes_as_an_unknown_one() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let (head, manager) = (room.app.signed_in("head").await, room.app.signed_in("manager").await);
        let (old, of_manager) = (made(&head).await, made(&manager).await);
        let anybody = room.app.browser();
        let unknown = anybody.get(&format!("/calendar/{}.ics", "A".repeat(43))).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert_eq!(anybody.get("/nothing").await.comparable(), unknown.comparable());
        let new = made(&head).await;
        assert_eq!(anybody.get(&old).await.comparable(), unknown.comparable(), "renewed");
        assert_eq!(anybody.get(&new).await.status, StatusCode::OK);
        assert_eq!(head.post("/notices", "do=end").await.location(), Some("/notices"));
        assert_eq!(anybody.get(&new).await.comparable(), unknown.comparable(), "ended");
        room.app.sql("update app_user set disabled_at = 1 where user_name = 'manager'").await;
        assert_eq!(anybody.get(&of_manager).await.comparable(), unknown.comparable(), "disabled");
        for other in ["/calendar/x.ics", "/calendar/x", &new[..new.len() - 4], "/calendar/%2e%2e.ics"] {
            assert_eq!(anybody.get(other).await.comparable(), unknown.comparable(), "{other}");
        }
        let denied = room.app.audit().await.into_iter();
        let denied = denied.filter(|entry| entry.action == "read calendar" && entry.decision == Decision::Deny);
        assert_eq!(denied.count(), 8, "each is on record");
    })
    .await;
}

#[tokio::test]
async fn who_tries_many_addresses_has_to_wait_and_nobody_is_kept_from_signing_in() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let head = room.app.signed_in("head").await;
        let path = made(&head).await;
        let anybody = room.app.browser();
        let unknown = format!("/calendar/{}.ics", "A".repeat(43));
        for _ in 0..10 {
            assert_eq!(anybody.get(&unknown).await.status, StatusCode::NOT_FOUND);
        }
        let wait = anybody.get(&unknown).await;
        assert_eq!((wait.status, wait.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("900")));
        for _ in 0..20 {
            assert_eq!(anybody.get(&path).await.status, StatusCode::OK, "a known one does not");
        }
        room.app.signed_in("manager").await;
        room.app.wait(TimeDelta::minutes(16));
        assert_eq!(anybody.get(&unknown).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_reads_no_child_has_no_calendar() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        for (name, role) in [("member", Role::Member), ("administrator", Role::Administrator)] {
            room.add(name, role, Area::All).await;
            let browser = room.app.signed_in(name).await;
            let unknown = browser.get("/nothing").await;
            assert_eq!(browser.post("/notices", "do=renew").await.comparable(), unknown.comparable());
            let no_page = browser.get("/measures/NONE/children").await;
            assert_eq!(browser.get("/notices").await.comparable(), no_page.comparable());
            assert!(!browser.get("/").await.body.contains("href=\"/notices\""));
        }
    })
    .await;
}

#[tokio::test]
async fn the_surgeries_to_lead_and_to_attend_stand_in_the_calendar() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let director = room.app.signed_in("director").await;
        let leader = room.director.user.0;
        let form = format!("do=plan&remit=service%3ANorth&leader={leader}&day=2026-03-10&rhythm=monthly");
        assert_eq!(director.post("/surgeries", &form).await.status, StatusCode::SEE_OTHER);
        let form = format!("do=plan&remit=team%3ASouth+1&leader={leader}&day=2026-03-12");
        assert_eq!(director.post("/surgeries", &form).await.status, StatusCode::SEE_OTHER);
        let head = room.app.signed_in("head").await;
        let (of_director, of_head) = (made(&director).await, made(&head).await);
        let anybody = room.app.browser();
        let surgeries = |answer: &Answer| -> Vec<(String, String)> {
            entries(answer).into_iter().filter(|(_, what)| what.starts_with("Surgery")).collect()
        };
        let entry = |day: &str, what: &str| (day.to_owned(), what.to_owned());
        let led = surgeries(&anybody.get(&of_director).await);
        assert!(led.contains(&entry("20260310", "Surgery: North (you lead it)")), "{led:?}");
        assert!(led.contains(&entry("20260414", "Surgery: North (you lead it)")), "the second Tuesday: {led:?}");
        assert!(led.contains(&entry("20260312", "Surgery: South 1 (you lead it)")), "{led:?}");
        let attended = surgeries(&anybody.get(&of_head).await);
        assert_eq!(attended, [entry("20260310", "Surgery: North"), entry("20260414", "Surgery: North")]);
    })
    .await;
}

/// An address that was ended after a backup must not live again with it.
#[tokio::test]
async fn a_restored_copy_has_no_addresses() {
    on_both(Start::default(), |app| async move {
        if app.is_postgres() {
            return;
        }
        let room = room(app).await;
        made(&room.app.signed_in("head").await).await;
        let folder = tempfile::tempdir().unwrap();
        let (copy, restored) = (folder.path().join("copy.db"), folder.path().join("restored.db"));
        let address = format!("sqlite://{}", restored.display());
        let copy = copy.to_str().unwrap();
        let of =
            |database: &str, command: &str| Cli::parse_from(["surgery", "--database-url", database, command, copy]);
        assert_eq!(server::cli::run(of(room.app.address(), "backup")).await, ExitCode::SUCCESS);
        assert_eq!(server::cli::run(of(&address, "restore")).await, ExitCode::SUCCESS);
        let db = Db::open(&address).await.unwrap();
        assert!(feeds::of_user(&room.app.state.db, room.head.user.0).await.unwrap().is_some());
        assert_eq!(feeds::of_user(&db, room.head.user.0).await.unwrap(), None);
        db.close().await;
    })
    .await;
}
