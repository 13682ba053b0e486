//! The action log in the browser: who may do what, that nothing is set that no form asks for, that nobody's words are
//! lost, and what a later extract says.

use crate::common::room::{Room, about_child_1, about_team, children, load};
use crate::common::{Answer, Browser, Start, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::action::{Aim, Command, Draft, State, Subject};
use domain::ids::ActionId;
use domain::scope::{Area, Role};
use server::store::audit::Decision;
use server::store::people::{Kind, reference};

/// The council as it is used: Heads of Service with names of their own.
async fn room(app: crate::common::TestApp) -> Room {
    let room = Room::of(app).await;
    room.app.sql("update app_user set full_name = 'Hana Head' where user_name = 'head'").await;
    room.app.sql("update app_user set full_name = 'Sam Second' where user_name = 'second'").await;
    room
}

/// What stands in a hidden field of the form that does something.
fn form<'a>(body: &'a str, does: &str) -> Option<&'a str> {
    let at = body.find(&format!("id=\"{does}\""))?;
    let rest = &body[at..];
    rest.get(..rest.find("</form>")?)
}

/// The values of fields of a name.
fn values<'a>(markup: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("name=\"{name}\" value=\"");
    markup.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

async fn child_reference(room: &Room, child: &str) -> String {
    let key = server::load::reference_key(&room.app.state.db).await.unwrap();
    reference(&key, Kind::Child, child)
}

fn denied(answer: &Answer, unknown: &Answer) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.comparable(), unknown.comparable(), "as for what does not exist");
}

/// Sends a form with what it holds already: the prefilled fields of `/actions/new` as a browser would.
async fn send_new(browser: &Browser, page: &str, change: &[(&str, &str)]) -> Answer {
    let markup = form(page, "new").expect("there is a form");
    let mut sent = Vec::new();
    for name in ["child", "measure", "service", "team", "from", "to", "as_at", "due"] {
        for value in values(markup, name) {
            sent.push((name.to_owned(), value.to_owned()));
        }
    }
    let due = markup.split("name=\"due\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1));
    sent.retain(|(name, _)| name != "due");
    sent.push(("due".to_owned(), due.unwrap().split('"').next().unwrap().to_owned()));
    for name in ["accountable", "doer", "priority"] {
        let select = markup.split(&format!("name=\"{name}\"")).nth(1).unwrap().split("</select>").next().unwrap();
        let chosen = select.split("<option ").find(|option| option.contains(" selected")).unwrap_or_default();
        let value = chosen.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        sent.push((name.to_owned(), value.to_owned()));
    }
    for name in ["what", "why"] {
        let text = markup.split(&format!("name=\"{name}\"")).nth(1).unwrap();
        let text = text.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
        sent.push((name.to_owned(), text.to_owned()));
    }
    for (name, value) in change {
        sent.retain(|(known, _)| known != name);
        sent.push(((*name).to_owned(), (*value).to_owned()));
    }
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let sent: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    browser.post("/actions/new", &sent.join("&")).await
}

#[tokio::test]
async fn from_a_childs_line_an_action_is_recorded_in_two_clicks_with_its_finding() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let director = room.app.signed_in("director").await;
        let list = director.get("/measures/CIN-01/children").await;
        let child = child_reference(&room, "1").await;
        assert!(list.body.contains(&format!("name=\"child\" value=\"{child}\"")), "{}", list.body);
        // The first click.
        let page = director.get(&format!("/actions/new?measure=CIN-01&child={child}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let heads = page.body.split("name=\"accountable\"").nth(1).unwrap().split("</select>").next().unwrap();
        assert!(heads.contains("Hana Head") && heads.contains("Sam Second"), "{heads}");
        assert_eq!(heads.matches("<option").count(), 2, "only who may be accountable is offered: {heads}");
        // The second.
        let answer = send_new(&director, &page.body, &[]).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, Some("/actions/A-000001")),
            "{}",
            answer.body
        );
        let kept = room.kept(ActionId(1)).await;
        let action = kept.history.action();
        assert_eq!(action.accountable, room.head.user);
        // What is proposed is an act, and is due when it says: five working days after Monday 2 March.
        assert_eq!(action.what, "Visit and record within 5 working days");
        assert_eq!(action.due, "2026-03-09".parse().unwrap());
        let finding = action.why.finding.clone().unwrap();
        assert_eq!((finding.measure.as_deref(), finding.children.as_slice()), (Some("CIN-01"), &["1".into()][..]));
        assert_eq!(action.aim.as_ref().unwrap().baseline.unwrap().figure.denominator, finding.denominator);
        assert_eq!(action.subject, about_child_1());
        let page = director.get("/actions/A-000001").await;
        assert!(page.body.contains("What the data showed then"), "{}", page.body);
        let on_child = director.get(&format!("/children/{child}")).await;
        assert!(on_child.body.contains("/actions/A-000001"), "{}", on_child.body);
        let on_team = director.get("/teams/North%201").await;
        assert!(on_team.body.contains("/actions/A-000001"));
    })
    .await;
}

#[tokio::test]
async fn a_new_action_that_cannot_be_keeps_what_was_written() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let head = room.app.signed_in("head").await;
        let page = head.get("/actions/new?team=North%201").await;
        let written = [("what", "Hold a team meeting"), ("why", "Words of my own"), ("due", "2020-01-01")];
        let answer = send_new(&head, &page.body, &written).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("The due date lies in the past"), "{}", answer.body);
        assert!(answer.body.contains("Words of my own") && answer.body.contains("Hold a team meeting"));
        let answer = send_new(&head, &answer.body, &[("due", "2026-03-20")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        // A manager is Head of Service of nothing.
        let manager = room.manager.user.0.to_string();
        let written = [("what", "x"), ("why", "y"), ("accountable", manager.as_str())];
        let answer = send_new(&head, &page.body, &written).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn several_children_are_an_action_each_by_name_or_as_a_cohort_of_their_teams() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let director = room.app.signed_in("director").await;
        let (one, three) = (child_reference(&room, "1").await, child_reference(&room, "3").await);
        let page = director.get(&format!("/actions/new?measure=CIN-01&child={one}&child={three}")).await;
        assert!(page.body.contains("name=\"level\""), "{}", page.body);
        let each = send_new(&director, &page.body, &[("level", "child")]).await;
        assert_eq!(each.location(), Some("/actions/A-000001"), "{}", each.body);
        let cohort = send_new(&director, &page.body, &[("level", "team")]).await;
        assert_eq!(cohort.location(), Some("/actions/A-000002"), "{}", cohort.body);
        let each = room.kept(ActionId(1)).await.history.action().subject.clone();
        let cohort = room.kept(ActionId(2)).await.history.action().subject.clone();
        assert_eq!(each.children(), cohort.children());
        assert_eq!(each, Subject::Child { children: each.children().to_vec() });
        let teams = vec!["North 1".to_owned(), "North 2".to_owned()];
        assert_eq!(cohort, Subject::Team { teams, children: each.children().to_vec() });
        // A single child is no cohort, whatever a form says.
        let page = director.get(&format!("/actions/new?child={one}")).await;
        assert!(!page.body.contains("name=\"level\""));
        let single =
            send_new(&director, &page.body, &[("what", "See the child"), ("why", "Late"), ("level", "team")]).await;
        assert_eq!(single.location(), Some("/actions/A-000003"), "{}", single.body);
        assert_eq!(room.kept(ActionId(3)).await.history.action().subject, about_child_1());
    })
    .await;
}

#[tokio::test]
async fn a_hand_off_is_chosen_from_the_organisations_teams_and_one_of_them_is_the_viewers() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let head = room.app.signed_in("head").await;
        let page = head.get("/actions/new").await;
        assert!(page.body.contains("name=\"from\"") && page.body.contains("South 1"), "{}", page.body);
        for (from, to, why) in
            [("North%201", "north%201", "two different teams"), ("South%201", "South%202", "has to be yours")]
        {
            let page = head.get(&format!("/actions/new?from={from}&to={to}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(why) && form(&page.body, "new").is_none(), "{}", page.body);
        }
        let unknown = head.get("/nothing").await;
        denied(&head.get("/actions/new?from=North%201&to=Nowhere").await, &unknown);
        let page = head.get("/actions/new?from=South%201&to=north%201").await;
        let written =
            [("what", "Hand over within 3 days"), ("why", "Children wait"), ("doer_name", "The manager of South 1")];
        let answer = send_new(&head, &page.body, &written).await;
        assert_eq!(answer.location(), Some("/actions/A-000001"), "{}", answer.body);
        let subject = room.kept(ActionId(1)).await.history.action().subject.clone();
        assert_eq!(subject, Subject::Pathway { from: "South 1".to_owned(), to: "North 1".to_owned() });
    })
    .await;
}

/// Case 16.
#[tokio::test]
async fn case_16_nothing_is_set_that_no_form_asks_for() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let id = room.record(about_child_1()).await;
        let manager = room.app.signed_in("manager").await;
        let unknown = manager.get("/nothing").await;
        let before = room.kept(id).await;
        let user = room.manager.user.0;
        for more in [
            format!("accountable={user}"),
            "child_id=4".to_owned(),
            "team=South+1".to_owned(),
            format!("recorded_by={user}"),
            "state=closed".to_owned(),
            "do=confirm".to_owned(),
        ] {
            let answer =
                manager.post("/actions/A-000001", &format!("do=progress&version=1&text=x&links=&{more}")).await;
            denied(&answer, &unknown);
        }
        // What the role may not: amend, hand over, report, confirm, withdraw.
        for form in [
            format!("do=amend&version=1&what=x&why=y&priority=low&doer={user}&doer_name="),
            "do=report&version=1&what_changed=x".to_owned(),
            "do=confirm&version=1".to_owned(),
            "do=withdraw&version=1&reason=x".to_owned(),
            "do=move-due&version=1&to=2026-05-01&reason=x".to_owned(),
            format!("do=hand-over&version=1&to={}&reason=x", room.second_head.user.0),
            "do=nothing&version=1".to_owned(),
        ] {
            denied(&manager.post("/actions/A-000001", &form).await, &unknown);
        }
        assert_eq!(room.kept(id).await, before, "unchanged");
        let refusals = room.app.audit().await.into_iter();
        let refusals = refusals.filter(|entry| entry.action == "change action" && entry.decision == Decision::Deny);
        assert_eq!(refusals.count(), 13);
        let page = manager.get("/actions/A-000001").await;
        assert!(form(&page.body, "progress").is_some() && form(&page.body, "withdraw").is_none(), "{}", page.body);
        let answer = manager.post("/actions/A-000001", "do=progress&version=1&text=Booked&links=").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_change_an_action_the_slower_one_sees_both_texts_and_loses_nothing() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let id = room.record(about_child_1()).await;
        room.change(id, 1, Command::Progress { text: "Theirs: <b>booked</b>", links: &[] }, &room.manager)
            .await
            .unwrap();
        let head = room.app.signed_in("head").await;
        let answer =
            head.post("/actions/A-000001", "do=report&version=1&what_changed=Mine%3A+seen+%3C%2Ftextarea%3E").await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("Theirs: &lt;b&gt;booked&lt;/b&gt;"), "{}", answer.body);
        let again = form(&answer.body, "report").unwrap();
        assert!(again.contains("Mine: seen &lt;/textarea&gt;"), "{again}");
        assert_eq!(values(again, "version"), ["2"], "to be sent again on what the others left");
        assert_eq!(room.kept(id).await.history.action().state, State::Open);
        let answer = head.post("/actions/A-000001", "do=report&version=2&what_changed=Mine").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(room.kept(id).await.history.action().state, State::Reported);
        // Who reports does not confirm, and is told why.
        let own = head.post("/actions/A-000001", "do=confirm&version=3").await;
        assert!(own.status == StatusCode::NOT_FOUND || own.status == StatusCode::UNPROCESSABLE_ENTITY);
        let director = room.app.signed_in("director").await;
        let confirmed = director.post("/actions/A-000001", "do=confirm&version=3").await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.body);
        assert_eq!(room.kept(id).await.history.action().state, State::Closed);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_business_with_an_action_finds_nothing_and_is_on_record() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        room.record(about_child_1()).await;
        room.add("member", Role::Member, Area::All).await;
        room.add("administrator", Role::Administrator, Area::All).await;
        room.add("south", Role::TeamManager, Area::Team("South 1".into())).await;
        for who in ["member", "administrator", "south"] {
            let browser = room.app.signed_in(who).await;
            let unknown = browser.get("/nothing").await;
            let no_page = browser.get("/measures/NONE/children").await;
            denied(&browser.get("/actions/A-000001").await, &no_page);
            denied(&browser.post("/actions/A-000001", "do=progress&version=1&text=x&links=").await, &unknown);
            denied(&browser.get("/actions/A-000001/evidence/1").await, &unknown);
            denied(&browser.get("/actions/new?team=North%201").await, &no_page);
            denied(&browser.post("/actions/new", "team=North+1&what=x&why=y&due=2026-03-20").await, &unknown);
            let denials = room.app.audit().await.into_iter();
            let denials = denials.filter(|entry| entry.actor == who && entry.decision == Decision::Deny);
            assert_eq!(denials.count(), 6, "{who}: these, and the page to compare with");
            if who != "south" {
                denied(&browser.get("/actions").await, &no_page);
                denied(&browser.get("/actions.csv").await, &unknown);
                assert!(!browser.get("/").await.body.contains("href=\"/actions\""));
            } else {
                let log = browser.get("/actions?tab=all").await;
                assert!(log.status == StatusCode::OK && !log.body.contains("A-000001"), "{}", log.body);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_child_that_is_not_the_viewers_is_neither_named_nor_counted_away() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let subject = Subject::Child { children: children(&[("1", "North 1"), ("3", "North 2")]) };
        room.record(subject).await;
        let manager = room.app.signed_in("manager").await;
        let page = manager.get("/actions/A-000001").await;
        let (own, other) = (child_reference(&room, "1").await, child_reference(&room, "3").await);
        assert!(page.body.contains(&own) && !page.body.contains(&other), "{}", page.body);
        assert!(page.body.contains("1 more child is not yours to see"));
        // Nor can an action be begun about one.
        let head = room.app.signed_in("head").await;
        let south = child_reference(&room, "4").await;
        assert_eq!(head.get(&format!("/actions/new?child={south}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn the_log_shows_the_own_and_the_late_and_its_export_holds_the_same_lines() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        room.record(about_child_1()).await;
        let hostile = Draft { what: "=HYPERLINK(\"x\")", ..room.draft(about_team("North 2")) };
        room.record_draft(hostile).await.unwrap();
        room.app.wait(chrono::TimeDelta::days(40));
        let head = room.app.signed_in("head").await;
        let mine = head.get("/actions").await;
        assert!(mine.body.contains("Your actions") && mine.body.contains("Step 3: on the agenda"), "{}", mine.body);
        for query in ["tab=mine", "tab=all", "tab=late&late=agenda", "tab=all&team=North+2", "tab=closed"] {
            let page = head.get(&format!("/actions?{query}")).await;
            let csv = head.get(&format!("/actions.csv?{query}")).await;
            assert_eq!(csv.status, StatusCode::OK, "{query}");
            for number in ["A-000001", "A-000002"] {
                let shown = page.body.contains(&format!(">{number}</a>"));
                assert_eq!(shown, csv.body.contains(number), "{query} {number}: {}", csv.body);
            }
        }
        let csv = head.get("/actions.csv?tab=all").await;
        assert!(csv.body.contains("'=HYPERLINK"), "{}", csv.body);
        let exports = room.app.audit().await.into_iter().filter(|entry| entry.action == "export actions");
        assert_eq!(exports.count(), 6);
        assert!(head.get("/").await.body.contains("2 actions late"));
        assert!(head.get("/actions?tab=x&after=x&late=x&level=x&accountable=%27").await.status == StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn an_extract_says_whether_it_was_done_and_the_page_tells() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        load(&room.app, "2026-02-28", &[("1", "2025-06-02", "North 1"), ("2", "2025-06-02", "North 1")]).await;
        let aim = || Some(Aim { measure: "CIN-01".into(), group: Area::All, baseline: None });
        for child in ["1", "2"] {
            let subject = Subject::Child { children: children(&[(child, "North 1")]) };
            let id = room.record_draft(Draft { aim: aim(), ..room.draft(subject) }).await.unwrap();
            room.close(id, 1).await;
        }
        load(&room.app, "2026-03-06", &[("1", "2026-03-03", "North 1"), ("2", "2025-06-02", "North 1")]).await;
        let head = room.app.signed_in("head").await;
        let (done, back) = (head.get("/actions/A-000001").await.body, head.get("/actions/A-000002").await.body);
        assert!(done.contains("The data confirms it. Extract as at 6 March 2026"), "{done}");
        assert!(back.contains("The data does not confirm it") && back.contains("Came back"), "{back}");
        assert!(form(&back, "report").is_some() && form(&done, "report").is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_head_of_service_leaves_behind_is_handed_over_by_a_director_all_or_none() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        for _ in 0..2 {
            room.record(about_child_1()).await;
        }
        room.app.sql("update app_user set disabled_at = 1 where user_name = 'head'").await;
        let manager = room.app.signed_in("manager").await;
        assert_eq!(manager.get("/actions?office=vacant").await.status, StatusCode::NOT_FOUND);
        let director = room.app.signed_in("director").await;
        let page = director.get("/actions?tab=all&office=vacant").await;
        assert_eq!(values(&page.body, "action"), ["1.1", "2.1"], "{}", page.body);
        let to = room.second_head.user.0;
        let stale = director.post("/actions/hand-over", &format!("action=1.1&action=2.9&to={to}&reason=Left")).await;
        assert_eq!(stale.status, StatusCode::BAD_REQUEST, "{}", stale.body);
        assert_eq!(room.kept(ActionId(1)).await.history.action().accountable, room.head.user, "none was");
        let done = director.post("/actions/hand-over", &format!("action=1.1&action=2.1&to={to}&reason=Left")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        for id in [1, 2] {
            assert_eq!(room.kept(ActionId(id)).await.history.action().accountable, room.second_head.user);
        }
        assert!(!director.get("/actions?tab=all&office=vacant").await.body.contains("A-000001"));
        let second = room.app.signed_in("second").await;
        let answer = second.post("/actions/hand-over", &format!("action=1.2&to={to}&reason=x")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "a Head of Service hands over one by one");
    })
    .await;
}

fn upload(name: &str, content: &str, version: u32) -> Request<Body> {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n--x\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{content}\r\n--x--\r\n"
    );
    Request::post("/actions/A-000001/evidence")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn evidence_is_taken_by_kind_and_given_back_as_a_download_only() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        room.record(about_child_1()).await;
        let manager = room.app.signed_in("manager").await;
        for (name, content) in [("run.exe", "MZ"), ("page.html", "<script>"), ("a.pdf", "not one"), ("a.txt", "")] {
            let answer = manager.send(upload(name, content, 1)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name}");
        }
        let answer = manager.send(upload("visit.txt", "<script>seen</script>", 1)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let file = manager.get("/actions/A-000001/evidence/1").await;
        assert_eq!(file.body, "<script>seen</script>");
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"visit.txt\""));
        assert_eq!(file.header("content-type"), Some("text/plain; charset=utf-8"));
        let stale = manager.send(upload("again.txt", "seen", 1)).await;
        assert_eq!(stale.status, StatusCode::BAD_REQUEST);
        assert_eq!(room.kept(ActionId(1)).await.history.action().evidence.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn recommendations_are_loaded_by_the_analyst_and_show_their_actions() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        room.add("analyst", Role::Analyst, Area::All).await;
        let analyst = room.app.signed_in("analyst").await;
        let bad = analyst.post("/admin/recommendations", "list=Plan%2C1").await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST);
        let done =
            analyst.post("/admin/recommendations", "list=Plan%2C1%2CSee+every+child%0APlan%2C2%2CSupervise").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let recommendation = Some(domain::ids::RecommendationId(1));
        room.record_draft(Draft { recommendation, ..room.draft(about_child_1()) }).await.unwrap();
        let page = analyst.get("/admin/recommendations").await;
        assert!(
            page.body.contains("See every child") && page.body.contains("data-label=\"Actions open\">1<"),
            "{}",
            page.body
        );
        let director = room.app.signed_in("director").await;
        let unknown = director.get("/nothing").await;
        denied(&director.post("/admin/recommendations", "list=Plan%2C1%2Cx").await, &unknown);
        let found = director.get("/actions?tab=all&recommendation=1").await;
        assert!(found.body.contains("A-000001"));
        room.add("member", Role::Member, Area::All).await;
        let member = room.app.signed_in("member").await;
        let no_page = member.get("/measures/NONE/children").await;
        denied(&member.get("/admin/recommendations").await, &no_page);
    })
    .await;
}
