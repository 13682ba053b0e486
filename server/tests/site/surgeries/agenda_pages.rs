//! What an agenda holds beside its figures, and what leaves the room from one of its items.

use crate::common::room::{Room, about_team, load};
use crate::common::{Answer, Browser, Start, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::action::{Draft, Due};
use domain::ids::{ActionId, SurgeryId};
use domain::surgery::{ItemId, ItemKind};
use server::store::surgeries::{self, Kept};

async fn go(browser: &Browser, path: &str, form: &str) -> Answer {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    answer
}

/// Planned by the Director for the service North, and prepared.
async fn prepared(room: &Room) -> (Browser, String) {
    let director = room.app.signed_in("director").await;
    let leader = room.director.user.0;
    let day = room.today();
    let plan = format!("do=plan&remit=service%3ANorth&leader={leader}&day={day}&rhythm=");
    let path = go(&director, "/surgeries", &plan).await.location().unwrap().to_owned();
    go(&director, &path, "do=prepare").await;
    (director, path)
}

async fn surgery(room: &Room, path: &str) -> Kept {
    let id = SurgeryId(path.rsplit('/').next().unwrap().parse().unwrap());
    surgeries::load(&room.app.state.db, &room.director.reader(), id).await.unwrap().unwrap()
}

/// A form that records an action about North 1.
fn new_action(room: &Room, surgery: &str, item: &str) -> String {
    let head = room.head.user.0;
    format!(
        "team=North+1&surgery={surgery}&item={item}&what=Hold+a+meeting&why=Late&accountable={head}&doer=&doer_name=Amy\
         &due=2026-03-20&priority=normal&recommendation="
    )
}

#[tokio::test]
async fn an_action_recorded_from_an_item_stands_under_it_in_the_room_and_in_the_minutes() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = prepared(&room).await;
        let number = path.rsplit('/').next().unwrap();
        // Before it begins, an action says by itself where it comes from.
        let early = go(&director, "/actions/new", &new_action(&room, number, "1")).await;
        assert_eq!(early.location(), Some("/actions/A-000001"));
        assert!(surgery(&room, &path).await.surgery.actions.is_empty());
        go(&director, &path, "do=start").await;
        let page = director.get(&path).await.body;
        assert!(page.contains(&format!("/actions/new?surgery={number}&amp;item=1")), "{page}");
        let chosen = director.get(&format!("/actions/new?surgery={number}&item=1")).await.body;
        assert!(chosen.contains("&amp;item=1&amp;team=North%201"), "the choice keeps the item: {chosen}");
        let filled = director.get(&format!("/actions/new?surgery={number}&item=1&team=North%201")).await.body;
        assert!(filled.contains("name=\"item\" value=\"1\""), "{filled}");
        let back = go(&director, "/actions/new", &new_action(&room, number, "1")).await;
        assert_eq!(back.location(), Some(path.as_str()), "the meeting goes on");
        // An item that is not on the agenda leaves the action to the meeting as a whole.
        go(&director, "/actions/new", &new_action(&room, number, "999")).await;
        let linked = surgery(&room, &path).await.surgery.actions;
        let linked: Vec<_> = linked.into_iter().map(|one| (one.item, one.action)).collect();
        assert_eq!(linked, [(Some(ItemId(1)), ActionId(2)), (None, ActionId(3))]);
        assert!(director.get(&path).await.body.contains("/actions/A-000002"), "the room sees it");
        go(&director, &path, "do=close").await;
        let minutes = director.get(&path).await.body;
        let item = minutes.split("id=\"item-1\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(item.contains("/actions/A-000002") && !item.contains("/actions/A-000003"), "{item}");
        assert!(minutes.contains("/actions/A-000003"));
    })
    .await;
}

#[tokio::test]
async fn a_room_sees_the_item_first_and_the_meetings_facts_last() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = prepared(&room).await;
        let before = director.get(&path).await.body;
        assert!(before.find("Held on").unwrap() < before.find("class=\"agenda\"").unwrap());
        go(&director, &path, "do=start").await;
        let page = director.get(&path).await.body;
        let places = ["class=\"room__title\"", "id=\"agenda\"", "Held on", "Close the surgery"];
        go(&director, &path, "do=add&title=Handovers+take+too+long").await;
        let agenda = director.get(&path).await.body;
        let short = agenda.split("class=\"room__lines\"").nth(1).unwrap().split("</ol>").next().unwrap();
        assert!(short.contains("Handovers take too long"), "what a person puts on is seen by the room: {short}");
        let places: Vec<usize> = places.iter().map(|mark| page.find(mark).expect(mark)).collect();
        assert!(places.is_sorted(), "{places:?}");
    })
    .await;
}

#[tokio::test]
async fn answers_that_did_not_come_true_stand_on_the_agenda_with_their_children() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let manager = room.app.signed_in("manager").await;
        let list = manager.get("/measures/CIN-01/children?show=act").await.body;
        let value = |name: &str| {
            let (_, rest) = list.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let form = format!(
            "show=act&extract={}&unit={}&said=done&day=2026-02-25&reason=",
            value("extract"),
            value("unit").replace('&', "%26")
        );
        go(&manager, "/measures/CIN-01/answers", &form).await;
        let (_, early) = prepared(&room).await;
        let kinds = |kept: &Kept| kept.surgery.items.iter().map(|item| item.draft.kind).collect::<Vec<_>>();
        assert!(!kinds(&surgery(&room, &early).await).contains(&ItemKind::Answers), "it waits for its proof");
        // Once proof is due, the extract still shows nothing.
        load(&room.app, "2026-03-13", &[("1", "2025-06-02", "North 1"), ("2", "2026-03-10", "North 1")]).await;
        room.app.wait(TimeDelta::days(14));
        let director = room.app.signed_in("director").await;
        let leader = room.director.user.0;
        for (remit, is_on) in [("service%3ANorth", true), ("team%3ANorth+1", true), ("service%3ASouth", false)] {
            let plan = format!("do=plan&remit={remit}&second=&leader={leader}&day=2026-03-17&rhythm=");
            let path = go(&director, "/surgeries", &plan).await.location().unwrap().to_owned();
            go(&director, &path, "do=prepare").await;
            let kept = surgery(&room, &path).await;
            let item = kept.surgery.items.iter().find(|item| item.draft.kind == ItemKind::Answers);
            assert_eq!(item.is_some(), is_on, "{remit}");
            let Some(item) = item else { continue };
            let children: Vec<&str> = item.draft.children.iter().map(|child| child.child_id.as_kept()).collect();
            assert_eq!(children, ["1"], "{remit}");
            let page = director.get(&format!("{path}?item={}", item.id.0)).await.body;
            assert!(page.contains("href=\"/answers?"), "it leads to the answers: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_register_on_the_agenda_proposes_what_to_do_and_by_when() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = prepared(&room).await;
        let kept = surgery(&room, &path).await;
        let register = kept.surgery.items.iter().find(|item| item.draft.kind == ItemKind::Dormant).unwrap();
        go(&director, &path, "do=start").await;
        let number = path.rsplit('/').next().unwrap();
        let form = format!("/actions/new?surgery={number}&item={}&team=North%201", register.id.0);
        let page = director.get(&form).await.body;
        let what =
            "See every child of a dormant case and record it, or close the case with its reason, within 5 working days";
        assert!(page.contains(what) && page.contains("value=\"2026-03-09\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_action_is_as_late_on_the_agenda_as_in_the_log_and_on_its_page_on_every_day() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let draft = Draft { due: Due::On("2026-03-06".parse().unwrap()), ..room.draft(about_team("North 1")) };
        let id = room.record_draft(draft).await.unwrap();
        // Monday 9 March: one working day late. It is on the agenda of its team.
        room.app.wait(TimeDelta::days(7));
        let director = room.app.signed_in("director").await;
        let leader = room.director.user.0;
        let plan = format!("do=plan&remit=team%3ANorth+1&second=&leader={leader}&day=2026-03-09&rhythm=");
        let path = go(&director, "/surgeries", &plan).await.location().unwrap().to_owned();
        go(&director, &path, "do=prepare").await;
        let says = async |browser: &Browser, path: &str| browser.get(path).await.body;
        for (wait, late) in [(0, "1 working day late"), (1, "2 working days late"), (3, "5 working days late")] {
            room.app.wait(TimeDelta::days(wait));
            let director = room.app.signed_in("director").await;
            for page in [path.as_str(), "/actions?tab=late", &format!("/actions/{id}"), "/teams/North%201"] {
                let body = says(&director, page).await;
                assert!(body.contains(late), "{page}: {late}: {body}");
            }
        }
        // Minutes stay as at the day of closing, however late the action becomes.
        let director = room.app.signed_in("director").await;
        go(&director, &path, "do=start").await;
        go(&director, &path, "do=close").await;
        room.app.wait(TimeDelta::days(7));
        let director = room.app.signed_in("director").await;
        assert!(says(&director, &path).await.contains("5 working days late"));
        assert!(says(&director, &format!("{path}/minutes.html")).await.contains("5 working days late"));
        assert!(says(&director, &format!("/actions/{id}")).await.contains("10 working days late"));
    })
    .await;
}

#[tokio::test]
async fn what_was_due_on_friday_is_not_late_on_saturday_anywhere() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let draft = Draft { due: Due::On("2026-03-06".parse().unwrap()), ..room.draft(about_team("North 1")) };
        let id = room.record_draft(draft).await.unwrap().to_string();
        // Saturday 7 March, then Monday 9 March.
        for (wait, is_late) in [(5, false), (2, true)] {
            room.app.wait(TimeDelta::days(wait));
            let head = room.app.signed_in("head").await;
            let late = head.get("/actions?tab=late").await.body;
            assert_eq!(late.contains(&format!("/actions/{id}")), is_late, "{late}");
            let notices = head.get("/notices").await.body;
            assert_eq!(notices.contains("id=\"late\""), is_late, "{notices}");
            let totals = head.get("/actions?totals=yes").await.body;
            assert!(totals.contains(&id));
        }
    })
    .await;
}
