//! Notices by e-mail: to whom, of what, once, and never in doubt twice. Case 11 of the security plan.

use super::sink::{Next, Sink};
use crate::common::room::{Room, about_child_1, about_team};
use crate::common::{Start, TestApp, on_both};
use chrono::TimeDelta;
use domain::action::{Command, Doer, Draft};
use domain::ids::ActionId;
use server::http::ServeOptions;
use server::mail::{Mailer, round};
use server::store::audit::Decision;

/// People with addresses, and a mailer that hands in at the sink.
async fn post(app: TestApp) -> (Room, Sink, Mailer) {
    let room = Room::of(app).await;
    for name in ["director", "head", "second", "manager"] {
        let email = format!("{name}@council.example");
        let mut tx = room.app.state.db.begin().await.unwrap();
        assert!(server::store::users::set_email(&mut tx, name, Some(&email)).await.unwrap());
        tx.commit().await.unwrap();
    }
    let sink = Sink::open().await;
    let options = ServeOptions {
        smtp_url: Some(sink.url.parse().unwrap()),
        mail_from: Some("Performance Surgery <surgery@council.example>".to_owned()),
        public_url: Some("https://surgery.example".parse().unwrap()),
        ..ServeOptions::default()
    };
    let mailer = Mailer::of(&options).unwrap().unwrap();
    (room, sink, mailer)
}

fn to(name: &str, subject: &str) -> (String, String) {
    (format!("{name}@council.example"), subject.to_owned())
}

#[tokio::test]
async fn each_step_is_told_once_to_who_it_concerns() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let id = room.record(about_child_1()).await;
        let state = &room.app.state;
        round(state, &mailer).await;
        assert_eq!(sink.subjects(), [to("head", "1 action new to you")]);
        // Due on Monday 16 March, ten working days after the 2nd.
        let mut expected = sink.subjects();
        for (days, also) in [
            (7, None),
            (14, Some(to("head", "1 action due this week"))),
            (15, Some(to("head", "1 action late"))),
            (18, None),
            (21, Some(to("director", "1 action late in your area"))),
            (28, Some(to("director", "1 late action on the surgery's agenda"))),
            (29, None),
            (60, None),
        ] {
            let start: chrono::DateTime<chrono::Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
            let now = state.clock.now_ms();
            room.app.wait(start + TimeDelta::days(days) - chrono::DateTime::from_timestamp_millis(now).unwrap());
            round(state, &mailer).await;
            round(state, &mailer).await;
            expected.extend(also);
            expected.sort();
            assert_eq!(sink.subjects(), expected, "after {days} days");
        }
        // A date that is moved makes another lateness of it.
        let due = "2026-05-06".parse().unwrap();
        let kept = room.kept(id).await.history.action().version;
        room.change(id, kept, Command::MoveDue { to: due, reason: "The court's date" }, &room.head).await.unwrap();
        room.app.wait(TimeDelta::days(6));
        round(state, &mailer).await;
        expected.push(to("head", "1 action late"));
        expected.sort();
        assert_eq!(sink.subjects(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_message_names_no_child_and_quotes_nobody() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        room.record(about_team("North 1")).await;
        round(&room.app.state, &mailer).await;
        let letters = sink.letters();
        assert_eq!(letters.len(), 2, "one a person and step, however many actions: {letters:?}");
        for letter in &letters {
            assert_eq!(letter.to.len(), 1, "nobody reads who else was written to");
            for quoted in ["See the child", "Not seen", "North", "A Person", "allocated worker"] {
                assert!(!letter.text.contains(quoted), "{quoted}: {}", letter.text);
            }
            assert!(letter.text.contains("A-000001: https://surgery.example/actions/A-000001"), "{}", letter.text);
            assert!(letter.text.contains("Auto-Submitted: auto-generated"), "{}", letter.text);
            assert!(letter.text.contains("Date: Mon, 02 Mar 2026 08:00:00"), "the clock's: {}", letter.text);
        }
        assert_eq!(sink.subjects(), [to("head", "2 actions new to you"), to("manager", "1 action new to you")]);
        let audit = room.app.audit().await.into_iter().filter(|entry| entry.action == "send message");
        let audit: Vec<_> = audit.map(|entry| (entry.actor, entry.subject.unwrap(), entry.decision)).collect();
        assert_eq!(audit.len(), 2);
        assert!(audit.contains(&("the server".to_owned(), "head".to_owned(), Decision::Allow)), "{audit:?}");
    })
    .await;
}

#[tokio::test]
async fn neither_a_restart_nor_a_second_server_sends_twice() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        let (first, second) = (room.app.another().await, room.app.another().await);
        tokio::join!(round(&first, &mailer), round(&second, &mailer), round(&room.app.state, &mailer));
        let all = [to("head", "1 action new to you"), to("manager", "1 action new to you")];
        assert_eq!(sink.subjects(), all);
        let restarted = room.app.another().await;
        round(&restarted, &mailer).await;
        assert_eq!(sink.subjects(), all);
        for state in [first, second, restarted] {
            state.db.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_mail_server_puts_off_is_tried_again_with_bounds() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        room.record(about_child_1()).await;
        let state = &room.app.state;
        sink.then(Next::Refuse("451 later, head@council.example"));
        round(state, &mailer).await;
        round(state, &mailer).await;
        assert_eq!(sink.letters().len(), 0, "not again at once");
        room.app.wait(TimeDelta::minutes(5));
        round(state, &mailer).await;
        assert_eq!(sink.letters().len(), 1);

        room.record(about_team("North 1")).await;
        room.app.wait(TimeDelta::days(1));
        for _ in 0..9 {
            sink.then(Next::Refuse("451 later"));
        }
        for _ in 0..9 {
            round(state, &mailer).await;
            room.app.wait(TimeDelta::hours(1));
        }
        let ready = room.app.browser().get("/readyz").await;
        assert_eq!(ready.body, "ready\ne-mail, in the last 24 hours: 1 failed, 0 begun and never marked\n");
        assert_eq!(sink.letters().len(), 1, "given up after five tries");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_good_or_ends_in_doubt_is_not_sent_again() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        sink.then(Next::Refuse("550 nobody of this name"));
        sink.then(Next::Vanish);
        let state = &room.app.state;
        round(state, &mailer).await;
        assert_eq!(sink.letters().len(), 1, "the second was taken, and nobody said so");
        room.app.wait(TimeDelta::hours(1));
        for _ in 0..3 {
            round(state, &mailer).await;
            room.app.wait(TimeDelta::hours(2));
        }
        assert_eq!(sink.letters().len(), 1);
        let ready = room.app.browser().get("/readyz").await;
        assert_eq!(ready.body, "ready\ne-mail, in the last 24 hours: 1 failed, 1 begun and never marked\n");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_does_not_answer_loses_nothing() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        room.record(about_child_1()).await;
        let nowhere = ServeOptions {
            smtp_url: Some("smtp://127.0.0.1:1".parse().unwrap()),
            mail_from: Some("surgery@council.example".to_owned()),
            public_url: Some("https://surgery.example".parse().unwrap()),
            ..ServeOptions::default()
        };
        round(&room.app.state, &Mailer::of(&nowhere).unwrap().unwrap()).await;
        room.app.wait(TimeDelta::minutes(5));
        round(&room.app.state, &mailer).await;
        assert_eq!(sink.subjects(), [to("head", "1 action new to you")]);
    })
    .await;
}

/// Case 11: the scope is the recipient's, on the day it is sent.
#[tokio::test]
async fn who_may_not_read_it_any_more_gets_nothing() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let state = &room.app.state;
        let doer = Doer::User(room.manager.user);
        room.record_draft(Draft { doer, ..room.draft(about_child_1()) }).await.unwrap();
        room.app.sql("update user_grant set valid_to = '2026-03-01' where role = 'team-manager'").await;
        for _ in 0..2 {
            sink.then(Next::Refuse("451 later"));
        }
        round(state, &mailer).await;
        room.app.sql("update app_user set disabled_at = 1 where user_name = 'head'").await;
        room.app.wait(TimeDelta::minutes(6));
        round(state, &mailer).await;
        assert!(sink.letters().is_empty(), "written while in office, and dropped: {:?}", sink.subjects());
        // A Director of another area hears nothing of this one.
        room.app.sql("update user_grant set area_kind = 'service', area_name = 'South' where role = 'director'").await;
        room.app.wait(TimeDelta::days(35));
        round(state, &mailer).await;
        assert!(sink.letters().is_empty(), "{:?}", sink.subjects());
    })
    .await;
}

#[tokio::test]
async fn what_is_done_before_it_is_sent_is_not_sent() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let id = room.record(about_child_1()).await;
        sink.then(Next::Refuse("451 later"));
        round(&room.app.state, &mailer).await;
        room.close(id, 1).await;
        room.app.wait(TimeDelta::minutes(6));
        round(&room.app.state, &mailer).await;
        assert!(sink.letters().is_empty(), "{:?}", sink.subjects());
        assert_eq!(room.kept(ActionId(1)).await.history.action().version, 3);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_written_to_at_night_on_days_off_or_without_an_address() {
    on_both(Start::default(), |app| async move {
        let (room, sink, mailer) = post(app).await;
        let state = &room.app.state;
        room.app.sql("update app_user set email = null, full_name = 'Hana Head' where user_name = 'head'").await;
        room.record(about_child_1()).await;
        round(state, &mailer).await;
        assert!(sink.letters().is_empty(), "{:?}", sink.subjects());
        // The organisation knows one: the person's who holds the role there, and nobody else's.
        room.app
            .sql("update organisation set head_of_service = 'Hana Head', head_of_service_email = 'hana@list.example'")
            .await;
        let night = room.app.another().await;
        room.app.wait(TimeDelta::hours(-2));
        round(&night, &mailer).await;
        room.app.wait(TimeDelta::days(5));
        round(&night, &mailer).await;
        assert!(sink.letters().is_empty(), "at six in the morning, and on a Saturday: {:?}", sink.subjects());
        room.app.wait(TimeDelta::hours(51));
        round(&night, &mailer).await;
        assert_eq!(sink.subjects(), [("hana@list.example".to_owned(), "1 action new to you".to_owned())]);
        night.db.close().await;
    })
    .await;
}

#[test]
fn a_mailer_needs_all_its_parts_and_is_off_without() {
    assert!(Mailer::of(&ServeOptions::default()).unwrap().is_none());
    let smtp_url = Some("smtp://u:secret@127.0.0.1:x".parse().unwrap());
    let half = ServeOptions { smtp_url, ..ServeOptions::default() };
    assert!(Mailer::of(&half).unwrap_err().to_string().contains("--public-url"));
    let whole = ServeOptions {
        public_url: Some("https://surgery.example".parse().unwrap()),
        mail_from: Some("surgery@council.example".to_owned()),
        ..half
    };
    let error = format!("{:#}", Mailer::of(&whole).unwrap_err());
    assert!(!error.contains("secret"), "{error}");
}
