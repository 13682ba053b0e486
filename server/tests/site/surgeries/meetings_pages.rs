//! Surgeries' pages over HTTP: the stages from end to end, who may do what, the stream, and the minutes.

use crate::common::room::{Room, load};
use crate::common::{Answer, Browser, Start, on_both};
use axum::body::Body;
use axum::http::header::{COOKIE, HOST};
use axum::http::{Request, StatusCode};
use domain::scope::{Area, Role};
use http_body_util::BodyExt as _;
use server::accounts::{self, By, Which};
use server::store::audit::Decision;
use std::time::Duration;
use tower::ServiceExt as _;

/// Planned by the Director for the service North.
async fn planned(room: &Room) -> (Browser, String) {
    let director = room.app.signed_in("director").await;
    let leader = room.director.user.0;
    let form = format!("do=plan&remit=service%3ANorth&leader={leader}&day=2026-03-10&rhythm=");
    let answer = director.post("/surgeries", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    (director, answer.location().unwrap().to_owned())
}

async fn go(browser: &Browser, path: &str, form: &str) -> Answer {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    answer
}

/// Planned, prepared and begun.
async fn in_session(room: &Room) -> (Browser, String) {
    let (director, path) = planned(room).await;
    go(&director, &path, "do=prepare").await;
    go(&director, &path, "do=start").await;
    (director, path)
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

#[tokio::test]
async fn a_surgery_goes_from_its_date_to_its_minutes_on_one_page() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = planned(&room).await;
        let page = director.get(&path).await.body;
        assert!(page.contains("Prepare") && page.contains("Planned"), "{page}");
        go(&director, &path, "do=prepare").await;
        let page = director.get(&path).await.body;
        assert!(page.contains("class=\"agenda\"") && page.contains("27 February 2026, frozen"), "{page}");
        go(&director, &path, "do=add&title=Court+dates").await;
        let agenda = director.get(&path).await.body;
        let items = between(&agenda, "?item=", "\"");
        let last = (*items.last().unwrap()).to_owned();
        go(&director, &path, &format!("do=place&item={last}&to=0")).await;
        go(&director, &path, &format!("do=write&item={last}&note=narrative&over=0&text=Two+hearings+slipped")).await;
        go(&director, &path, "do=start").await;
        let page = director.get(&path).await.body;
        assert!(page.contains("Two hearings slipped") && page.contains("On the screen"), "{page}");
        assert!(page.contains(&format!("/actions/new?surgery={}", path.rsplit('/').next().unwrap())), "{page}");
        go(&director, &path, &format!("do=write&item={last}&note=discussion&over=0&text=Ask+the+court")).await;
        go(&director, &path, "do=attend&who=&guest=A+Guest&presence=present").await;
        let early = director.get(&format!("{path}/minutes.html")).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "there are no minutes before it is closed");
        go(&director, &path, "do=close").await;
        let minutes = director.get(&path).await.body;
        for text in ["Two hearings slipped", "Ask the court", "A Guest", "Court dates", "minutes.html"] {
            assert!(minutes.contains(text), "{text}: {minutes}");
        }
        assert!(!minutes.contains("<textarea") && !minutes.contains("/actions/new"), "minutes stay as they are");
        let late = director.post(&path, "do=add&title=Else").await;
        assert_eq!(late.status, StatusCode::BAD_REQUEST);
        assert!(late.body.contains("its minutes stay as they are"), "{}", late.body);
        assert!(!director.get(&path).await.body.contains("Else"));
    })
    .await;
}

#[tokio::test]
async fn the_minutes_as_a_file_name_no_child() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        load(
            &room.app,
            "2026-03-01",
            &[("KIND-4711", "2025-06-02", "North 1"), ("KIND-4712", "2026-02-27", "North 2")],
        )
        .await;
        let (director, path) = in_session(&room).await;
        let mut seen = false;
        for item in between(&director.get(&path).await.body, "?item=", "\"") {
            seen |= director.get(&format!("{path}?item={item}")).await.body.contains("KIND-4711");
        }
        assert!(seen, "the room sees the child behind an item");
        go(&director, &path, "do=close").await;
        assert!(director.get(&path).await.body.contains("KIND-4711"), "what was on the screen stays readable");
        let file = director.get(&format!("{path}/minutes.html")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
        assert!(!file.body.contains("KIND-") && !file.body.contains("/children/"), "{}", file.body);
        assert!(room.app.audit().await.iter().any(|entry| entry.action == "export minutes"));
    })
    .await;
}

#[tokio::test]
async fn the_lists_of_an_agenda_have_as_many_lines_as_its_frozen_figures() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = planned(&room).await;
        go(&director, &path, "do=prepare").await;
        // A later extract in which all is well changes nothing of the evidence.
        load(&room.app, "2026-03-06", &[("1", "2026-03-05", "North 1"), ("3", "2026-03-05", "North 2")]).await;
        let agenda = director.get(&path).await.body;
        let mut lists = 0;
        for item in between(&agenda, "?item=", "\"") {
            let page = director.get(&format!("{path}?item={item}")).await.body;
            for link in between(&page, "<a href=\"/measures/", "\"") {
                let link = format!("/measures/{}", link.replace("&amp;", "&"));
                if !link.contains("show=act") {
                    continue;
                }
                let said = between(&page, "govuk-details__summary-text\">", " line").first().unwrap().to_string();
                let list = director.get(&link).await;
                assert_eq!(list.status, StatusCode::OK, "{link}");
                assert!(link.contains("as_at=2026%2D02%2D27"), "{link}");
                let lines = list.body.matches("<th scope=\"row\" class=\"who\">").count();
                assert_eq!(lines.to_string(), said, "{link}");
                lists += 1;
            }
        }
        assert!(lists > 0, "{agenda}");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_yours_is_as_unknown_and_on_record() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = in_session(&room).await;
        for (name, role, area) in [
            ("south", Role::TeamManager, Area::Team("South 1".into())),
            ("member", Role::Member, Area::All),
            ("admin", Role::Administrator, Area::All),
        ] {
            room.add(name, role, area).await;
            let browser = room.app.signed_in(name).await;
            for (ours, unknown) in [
                (path.clone(), "/surgeries/99".to_owned()),
                (format!("{path}/live"), "/surgeries/99/live".to_owned()),
                (format!("{path}/minutes.html"), "/surgeries/99/minutes.html".to_owned()),
            ] {
                let before = room.app.audit().await.len();
                let answer = browser.get(&ours).await;
                let audit = room.app.audit().await;
                assert_eq!(audit.len(), before + 1, "{name} {ours}");
                assert_eq!(audit.last().unwrap().decision, Decision::Deny);
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {ours}");
                assert_eq!(answer.comparable().2.len(), browser.get(&unknown).await.comparable().2.len());
                assert_eq!(answer.comparable(), browser.get(&unknown).await.comparable(), "{name} {ours}");
            }
            let answer = browser.post(&path, "do=close").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        }
        // Who reads but may not: the manager of a team concerned, and the quality lead.
        room.add("quality", Role::QualityLead, Area::All).await;
        for name in ["manager", "quality"] {
            let browser = room.app.signed_in(name).await;
            assert_eq!(browser.get(&path).await.status, StatusCode::OK);
            for form in ["do=close", "do=show&item=1", "do=write&item=1&note=discussion&over=0&text=a"] {
                let before = room.app.audit().await.len();
                let answer = browser.post(&path, form).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {form}");
                assert_eq!(answer.comparable(), browser.post("/surgeries/99", form).await.comparable());
                assert_eq!(room.app.audit().await.len(), before + 2, "{name} {form}: one row each");
            }
        }
        assert_eq!(director.get(&path).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_one_team_sees_the_own_children_of_an_item_only() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let team = |id: &str, team: &str| (id.to_owned(), team.to_owned());
        let children = [team("KIND-1111", "North 1"), team("KIND-2222", "North 2")];
        let rows: Vec<_> = children.iter().map(|(id, team)| (id.as_str(), "2025-06-02", team.as_str())).collect();
        load(&room.app, "2026-03-01", &rows).await;
        let (director, path) = in_session(&room).await;
        let manager = room.app.signed_in("manager").await;
        let (mut all, mut own) = (String::new(), String::new());
        for item in between(&director.get(&path).await.body, "?item=", "\"") {
            all += &director.get(&format!("{path}?item={item}")).await.body;
            own += &manager.get(&format!("{path}?item={item}")).await.body;
        }
        assert!(all.contains("KIND-1111") && all.contains("KIND-2222"));
        assert!(own.contains("KIND-1111") && !own.contains("KIND-2222"));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_write_one_note_neither_loses_a_word() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = in_session(&room).await;
        go(&director, &path, "do=write&item=1&note=discussion&over=0&text=The+first+text").await;
        let form = "do=write&item=1&note=discussion&over=0&text=The+%3Cb%3Esecond+text";
        let answer = director.post(&path, form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("The first text") && answer.body.contains("The &lt;b&gt;second text"));
        let conflict = between(&answer.body, "surgery__conflict", "</section>")[0];
        let over = between(conflict, "name=\"over\" value=\"", "\"")[0].to_owned();
        go(&director, &path, &format!("do=write&item=1&note=discussion&over={over}&text=Both+together")).await;
        let page = director.get(&path).await.body;
        assert!(page.contains("Both together") && !page.contains("The first text"));
    })
    .await;
}

/// The next event of a stream that is not a sign of life; `None` where the stream ends.
async fn next_event(body: &mut Body) -> Option<String> {
    loop {
        let frame =
            tokio::time::timeout(Duration::from_secs(10), body.frame()).await.expect("the stream stands still")?;
        let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
        if !text.starts_with(':') {
            return Some(text);
        }
    }
}

async fn follow(room: &Room, browser: &Browser, address: &str) -> Body {
    let request = Request::get(address)
        .header(HOST, "surgery.example")
        .header(COOKIE, browser.token().unwrap())
        .body(Body::empty())
        .unwrap();
    let answer = room.app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(answer.headers().get_all("vary").iter().any(|value| value == "cookie"));
    answer.into_body()
}

#[tokio::test]
async fn the_stream_tells_within_a_second_that_something_changed_and_nothing_of_what() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = in_session(&room).await;
        let page = director.get(&path).await.body;
        // Planned, prepared, begun.
        let version = 3;
        assert!(page.contains(&format!("live?seen={version}")), "the page says what it follows");
        let manager = room.app.signed_in("manager").await;
        let mut stream = follow(&room, &manager, &format!("{path}/live?seen={version}")).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let began = std::time::Instant::now();
        go(&director, &path, "do=write&item=1&note=discussion&over=0&text=Child+1+was+seen").await;
        let event = next_event(&mut stream).await.unwrap();
        assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());
        assert_eq!(event.trim(), format!("event: changed\ndata: {}", version + 1));
        // Who comes with an older page is told at once.
        let mut late = follow(&room, &manager, &format!("{path}/live?seen=1")).await;
        assert_eq!(next_event(&mut late).await.unwrap().trim(), format!("event: changed\ndata: {}", version + 1));
    })
    .await;
}

#[tokio::test]
async fn the_stream_ends_when_the_right_or_the_session_does() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (director, path) = in_session(&room).await;
        let manager = room.app.signed_in("manager").await;
        let address = format!("{path}/live?seen=99");
        let mut of_manager = follow(&room, &manager, &address).await;
        let mut of_director = follow(&room, &director, &address).await;
        room.app.sql("delete from user_grant where role = 'team-manager'").await;
        let began = std::time::Instant::now();
        assert_eq!(next_event(&mut of_manager).await, None);
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(manager.get(&address).await.status, StatusCode::NOT_FOUND);
        director.post("/sign-out", "").await;
        assert_eq!(next_event(&mut of_director).await, None);
    })
    .await;
}

/// Cases 7 and 14: as an operator takes the role back.
#[tokio::test]
async fn case_07_the_stream_ends_when_a_role_is_taken_back() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let (_director, path) = in_session(&room).await;
        let manager = room.app.signed_in("manager").await;
        let mut stream = follow(&room, &manager, &format!("{path}/live?seen=99")).await;
        let by = By { actor: "command line", request_id: "command line", clock: &room.app.state.clock };
        let which = Which::Role(Role::TeamManager, None);
        let taken = accounts::take(&room.app.state.db, by, "manager", &which).await.unwrap();
        assert_eq!(taken.ended, 1);
        let began = std::time::Instant::now();
        assert_eq!(next_event(&mut stream).await, None);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        assert_eq!(manager.get(&path).await.status, StatusCode::SEE_OTHER, "to sign in");
    })
    .await;
}

#[tokio::test]
async fn a_series_gives_days_that_are_opened_moved_and_cancelled_by_who_may() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let head = room.app.signed_in("head").await;
        let leader = room.head.user.0;
        let plan =
            |remit: &str| format!("do=plan&remit={remit}&second=&leader={leader}&day=2026-03-03&rhythm=fortnightly");
        let refused = head.post("/surgeries", &plan("team%3ASouth+1")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "another service's team is not the Head of Service's");
        assert_eq!(go(&head, "/surgeries", &plan("team%3ANorth+1")).await.location(), Some("/surgeries"));
        let list = head.get("/surgeries").await.body;
        assert!(list.contains("Every two weeks") && list.contains("Tuesday 17 March 2026"), "{list}");
        let manager = room.app.signed_in("manager").await;
        let seen = manager.get("/surgeries").await.body;
        assert!(seen.contains("Tuesday 17 March 2026") && !seen.contains("name=\"do\""), "a manager reads");
        let opened = go(&head, "/surgeries", "do=sitting&series=1&day=2026-03-17").await;
        let path = opened.location().unwrap();
        assert_eq!(head.post("/surgeries", "do=sitting&series=1&day=2026-03-17").await.status, StatusCode::BAD_REQUEST);
        go(&head, path, "do=move&day=2026-03-19&reason=Inspection").await;
        let moved = head.get("/surgeries").await.body;
        assert!(moved.contains("Thursday 19 March 2026") && !moved.contains("Tuesday 17 March 2026"), "{moved}");
        go(&head, path, "do=cancel&reason=Inspection").await;
        assert!(head.get(path).await.body.contains("Cancelled"));
        go(&head, "/surgeries", "do=end-series&series=1&last=2026-03-20").await;
        assert!(!head.get("/surgeries").await.body.contains("Tuesday 31 March 2026"));
        let filtered = head.get("/surgeries?team=North+2").await.body;
        assert!(!filtered.contains("Thursday 19 March 2026"), "the filter stands in the address");
    })
    .await;
}
