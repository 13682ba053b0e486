//! What waits for whom: each kind, its count in the header, and that one answer makes both.

use crate::common::room::{Room, about_child_1, about_team, children, load};
use crate::common::{Browser, Start, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::action::{Aim, Command, Doer, Draft, Subject};
use domain::scope::{Area, Role};
use server::store::audit::Decision;

/// The headings on the page, with their numbers of actions, and the header's count.
async fn notices(browser: &Browser) -> (Vec<String>, u64) {
    let page = browser.get("/notices").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let headings = page.body.split("<h2 id=\"").skip(1);
    let headings = headings.filter_map(|rest| rest.split('"').next()).filter(|id| *id != "calendar");
    let headings: Vec<String> = headings.map(str::to_owned).collect();
    let lines = page.body.matches("<th scope=\"row\"").count() + page.body.matches("class=\"notice__detail\"").count();
    let count = header(&page.body);
    assert_eq!(count, lines as u64, "the header's count is the page's lines: {}", page.body);
    assert_eq!(header(&browser.get("/help").await.body), count, "on every page");
    (headings, count)
}

fn header(body: &str) -> u64 {
    let count = body.split("class=\"header__count\">").nth(1).and_then(|rest| rest.split('<').next());
    count.map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn an_action_rises_from_new_to_late_to_the_director_by_the_standards() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        let none: (Vec<String>, u64) = (Vec::new(), 0);
        let one = |heading: &str| (vec![heading.to_owned()], 1);
        let people = ["head", "manager", "director", "second"];
        // Due on Monday 16 March.
        for (days, expected) in [
            (0, [one("new"), one("new"), none.clone(), none.clone()]),
            (14, [one("due-this-week"), one("due-this-week"), none.clone(), none.clone()]),
            (15, [one("late"), one("late"), none.clone(), none.clone()]),
            (21, [one("late"), one("late"), one("escalated"), none.clone()]),
            (28, [one("late"), one("late"), one("on-agenda"), none.clone()]),
        ] {
            let start: chrono::DateTime<chrono::Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
            let now = chrono::DateTime::from_timestamp_millis(room.app.state.clock.now_ms()).unwrap();
            room.app.wait(start + TimeDelta::days(days) - now);
            for (name, expected) in people.into_iter().zip(expected) {
                let browser = room.app.signed_in(name).await;
                assert_eq!(notices(&browser).await, expected, "{name} after {days} days");
            }
        }
        let director = room.app.signed_in("director").await;
        let home = director.get("/").await.body;
        assert!(home.contains("href=\"/notices#on-agenda\">1 late action on the surgery"), "{home}");
        let audit = room.app.audit().await.into_iter();
        let looks = audit.filter(|entry| entry.action == "read notices" && entry.decision == Decision::Allow);
        assert_eq!(looks.count(), 20);
    })
    .await;
}

#[tokio::test]
async fn a_step_whose_standard_is_changed_rises_on_another_day() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        room.add("administrator", Role::Administrator, Area::All).await;
        let administrator = room.app.signed_in("administrator").await;
        for (name, value) in [("action_late_director_working_days", "2"), ("action_late_agenda_working_days", "0")] {
            let form = format!("name={name}&value={value}&applies_from=2026-03-02&reason=Sooner");
            let answer = administrator.post("/admin/standards", &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        room.record(about_child_1()).await;
        room.app.wait(TimeDelta::days(16));
        let director = room.app.signed_in("director").await;
        assert_eq!(notices(&director).await, (vec!["escalated".to_owned()], 1));
        room.app.wait(TimeDelta::days(30));
        let director = room.app.signed_in("director").await;
        assert_eq!(notices(&director).await, (vec!["escalated".to_owned()], 1), "the agenda's step is off");
    })
    .await;
}

#[tokio::test]
async fn a_report_waits_for_a_second_person_and_comes_back_to_the_first() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let (head, director) = (room.app.signed_in("head").await, room.app.signed_in("director").await);
        assert_eq!(notices(&head).await, (vec!["new".to_owned()], 1));
        // By a form: what somebody does shows on the own next page at once.
        let answer = head.post("/actions/A-000001", "do=report&version=1&what_changed=Seen").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(header(&head.get("/help").await.body), 0);
        assert_eq!(notices(&director).await, (vec!["to-confirm".to_owned()], 1));
        assert_eq!(notices(&head).await, (Vec::new(), 0), "not who reported");
        let second = room.app.signed_in("second").await;
        assert_eq!(notices(&second).await, (Vec::new(), 0), "nor who leads no surgery");
        room.change(id, 2, Command::SendBack { reason: "By whom?" }, &room.director).await.unwrap();
        // What another does shows at once too, where the log changed.
        room.app.wait(TimeDelta::seconds(1));
        assert_eq!(notices(&head).await, (vec!["came-back".to_owned()], 1));
        room.change(id, 3, Command::Report { what_changed: "Seen by Amy" }, &room.head).await.unwrap();
        assert_eq!(notices(&head).await, (Vec::new(), 0));
    })
    .await;
}

#[tokio::test]
async fn what_the_data_confirms_waits_for_a_report_and_what_it_contradicts_comes_back() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        load(&room.app, "2026-02-28", &[("1", "2025-06-02", "North 1"), ("2", "2025-06-02", "North 1")]).await;
        let aim = || Some(Aim { measure: "CIN-01".into(), group: Area::All, baseline: None });
        for child in ["1", "2"] {
            let subject = Subject::Child { children: children(&[(child, "North 1")]) };
            room.record_draft(Draft { aim: aim(), ..room.draft(subject) }).await.unwrap();
        }
        room.close(domain::ids::ActionId(2), 1).await;
        load(&room.app, "2026-03-06", &[("1", "2026-03-03", "North 1"), ("2", "2025-06-02", "North 1")]).await;
        let head = room.app.signed_in("head").await;
        assert_eq!(notices(&head).await, (vec!["came-back".to_owned(), "to-report".to_owned()], 2));
    })
    .await;
}

#[tokio::test]
async fn what_is_handed_over_is_new_until_something_is_done_about_it() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_team("North 2")).await;
        let to = room.second_head.person();
        room.change(id, 1, Command::HandOver { to, reason: "On leave" }, &room.director).await.unwrap();
        let (head, second) = (room.app.signed_in("head").await, room.app.signed_in("second").await);
        assert_eq!(notices(&head).await, (Vec::new(), 0));
        assert_eq!(notices(&second).await, (vec!["new".to_owned()], 1));
        room.change(id, 2, Command::Progress { text: "Read", links: &[] }, &room.second_head).await.unwrap();
        room.app.wait(TimeDelta::seconds(61));
        assert_eq!(notices(&second).await, (Vec::new(), 0));
    })
    .await;
}

#[tokio::test]
async fn a_surgery_that_is_near_waits_for_its_leader_until_it_is_prepared() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let director = room.app.signed_in("director").await;
        let leader = room.director.user.0;
        for (remit, day, rhythm) in [
            ("service%3ANorth", "2026-03-09", ""),
            ("team%3ASouth+1", "2026-03-10", ""),
            ("team%3ANorth+1", "2026-03-04", "fortnightly"),
        ] {
            let form = format!("do=plan&remit={remit}&leader={leader}&day={day}&rhythm={rhythm}");
            assert_eq!(director.post("/surgeries", &form).await.status, StatusCode::SEE_OTHER);
        }
        // Five working days ahead is Monday the 9th: the one on the 10th is not near yet.
        assert_eq!(notices(&director).await, (vec!["to-prepare".to_owned()], 2));
        let head = room.app.signed_in("head").await;
        assert_eq!(notices(&head).await, (Vec::new(), 0), "another leads it");
        let prepared = director.post("/surgeries/1", "do=prepare").await;
        assert_eq!(prepared.status, StatusCode::SEE_OTHER, "{}", prepared.body);
        assert_eq!(notices(&director).await, (vec!["to-prepare".to_owned()], 1));
    })
    .await;
}

#[tokio::test]
async fn who_holds_the_role_no_more_is_told_nothing_of_it() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        room.app.wait(TimeDelta::days(30));
        let (head, manager) = (room.app.signed_in("head").await, room.app.signed_in("manager").await);
        assert_eq!((notices(&head).await.1, notices(&manager).await.1), (1, 1));
        room.app.sql("update user_grant set role = 'quality-lead' where role = 'head-of-service'").await;
        room.app.sql("update user_grant set role = 'analyst' where role = 'team-manager'").await;
        assert_eq!(notices(&head).await, (Vec::new(), 0), "at the next request");
        assert_eq!(notices(&manager).await, (Vec::new(), 0));
    })
    .await;
}

/// A list page has fifteen milliseconds: the header's count is asked for again only where something changed.
#[tokio::test]
async fn the_count_is_kept_while_nothing_changes_and_no_longer() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let head = room.app.signed_in("head").await;
        assert_eq!(header(&head.get("/help").await.body), 1);
        room.app.sql("alter table action_event rename to action_event_away").await;
        assert_eq!(header(&head.get("/help").await.body), 1, "not asked for");
        room.app.wait(TimeDelta::seconds(60));
        assert_eq!(head.get("/help").await.status, StatusCode::INTERNAL_SERVER_ERROR, "asked for after a minute");
        room.app.sql("alter table action_event_away rename to action_event").await;
        assert_eq!(header(&head.get("/help").await.body), 1);
        room.change(id, 1, Command::Report { what_changed: "Seen" }, &room.head).await.unwrap();
        assert_eq!(header(&head.get("/help").await.body), 0, "the log changed");
    })
    .await;
}
