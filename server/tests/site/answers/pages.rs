//! The pages of managers' answers, of what changed and of what extracts tell beside each other, over HTTP: who sees what, who
//! may answer, and what a form that cannot be kept is told.

use crate::common::extracts::{Files, ORGANISATION_HEAD, PLANS, organisation};
use crate::common::{Browser, Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};
use server::store::audit::Decision;

const LIST: &str = "/measures/CPP-01/children?show=act";
const FORM: &str = "/measures/CPP-01/answers";

fn plan(child: &str, team: &str, visit: &str) -> String {
    format!("{child},2015-01-01,2025-06-02,{visit},b) No,2025-12-01,,0,{team},Amy")
}

async fn load(app: &TestApp, as_at: &str, plans: &[String]) {
    let mut files = Files::new();
    files.list(7, PLANS, plans).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

/// Two late in North 1, one in South 1, and one on time.
fn plans(visits: [&str; 3]) -> Vec<String> {
    let [one, two, south] = visits;
    vec![
        plan("N1", "North 1", one),
        plan("N2", "North 1", two),
        plan("S1", "South 1", south),
        plan("OK", "North 1", "2026-02-19"),
    ]
}

/// Everybody, and one extract as at 20 February 2026; today is Monday 2 March.
async fn room(app: &TestApp) {
    load(app, "2026-02-20", &plans(["2026-01-05"; 3])).await;
    app.add_user("manager", Role::TeamManager, Area::Team("North 1".to_owned())).await;
    app.add_user("head", Role::HeadOfService, Area::Service("North".to_owned())).await;
    app.add_user("director", Role::Director, Area::All).await;
    app.add_user("analyst", Role::Analyst, Area::All).await;
    app.add_user("member", Role::Member, Area::All).await;
}

/// The units that a page offers to answer for, in its order.
fn units(body: &str) -> Vec<String> {
    body.split("name=\"unit\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn extract(body: &str) -> String {
    let (_, rest) = body.split_once("name=\"extract\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// What a browser sends from a list: the extract, the lines, what is said.
fn form(extract: &str, units: &[&str], said: &str) -> String {
    let units: String = units.iter().map(|unit| format!("&unit={unit}")).collect();
    format!("show=act&extract={extract}{units}&{said}")
}

async fn list(browser: &Browser) -> String {
    let answer = browser.get(LIST).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn kept(app: &TestApp) -> usize {
    app.audit().await.iter().filter(|it| it.action == "answer" && it.decision == Decision::Allow).count()
}

#[tokio::test]
async fn a_manager_answers_for_many_at_once_and_comes_back_to_the_same_list() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let manager = app.signed_in("manager").await;
        let page = list(&manager).await;
        let ticked = units(&page);
        assert_eq!(ticked.len(), 2, "{page}");
        assert!(ticked.iter().all(|unit| !unit.contains("N1") && !unit.contains("N2")), "no id: {ticked:?}");
        let both: Vec<&str> = ticked.iter().map(String::as_str).collect();
        let sent = form(&extract(&page), &both, "said=done&day=2026-02-18&reason=");
        let answer = manager.post(FORM, &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location(), Some(LIST));
        assert_eq!(kept(&app).await, 2);
        let page = list(&manager).await;
        assert_eq!(page.matches("Visited on 18 February 2026").count(), 2);
        assert_eq!(page.matches("Waiting for the next extracts").count(), 2);

        // The filter by answer shows those lines, and none of the others.
        let done = manager.get("/measures/CPP-01/children?show=act&answer=done").await.body;
        assert_eq!(units(&done).len(), 2);
        assert!(units(&manager.get("/measures/CPP-01/children?show=act&answer=none").await.body).is_empty());

        // The next extract confirms the one and, once proof is due, not the other.
        load(&app, "2026-03-13", &plans(["2026-02-18", "2026-01-05", "2026-01-05"])).await;
        let page = list(&manager).await;
        assert!(page.contains("Not confirmed by the extract as at 13 March 2026"), "{page}");
        let past = manager.get("/measures/CPP-01/children?show=act&as_at=2026-02-20").await.body;
        assert!(past.contains("a later extract shows 18 February 2026"), "{past}");
        assert!(units(&past).is_empty(), "nobody answers about an earlier extract");
        let file = manager.get("/measures/CPP-01/children.csv?show=act").await.body;
        assert!(file.contains("Cohort,Answer,What came of it"), "{file}");
        assert!(file.contains("Not visited,Visited on 18 February 2026,Not confirmed"), "{file}");

        let overview = manager.get("/answers").await;
        assert_eq!(overview.status, StatusCode::OK);
        assert!(overview.body.contains("1 of 2 settled (50.0%), 2 given"), "{}", overview.body);
        assert!(overview.body.contains("answers that did not come true") && overview.body.contains(">N2<"));
    })
    .await;
}

#[tokio::test]
async fn the_form_for_one_child_tells_what_was_said_before() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let manager = app.signed_in("manager").await;
        let page = list(&manager).await;
        let unit = units(&page).remove(0);
        let address = format!("/measures/CPP-01/answer?show=act&unit={unit}");
        let one = manager.get(&address).await;
        assert_eq!(one.status, StatusCode::OK, "{}", one.body);
        assert!(one.body.contains("Answer for child N1") && !one.body.contains("What was said before"));
        let sent = form(&extract(&one.body), &[&unit], "said=not-done&day=&reason=Nobody+at+the+door");
        assert_eq!(manager.post(FORM, &sent).await.location(), Some(LIST));
        let one = manager.get(&address).await.body;
        assert!(one.contains("Not visited: Nobody at the door") && one.contains("A Person"), "{one}");
        // The child's page tells it too.
        let reference = unit.split('.').next().unwrap();
        let child = manager.get(&format!("/children/{reference}")).await.body;
        assert!(child.contains("What managers said") && child.contains("Not visited: Nobody at the door"), "{child}");
        for wrong in ["/measures/CPP-01/answer", "/measures/CPP-01/answer?unit=x.7.0", "/measures/CPP-07/answer?unit=x"]
        {
            assert_eq!(manager.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_true_is_told_with_its_line_and_nothing_is_kept() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let manager = app.signed_in("manager").await;
        let page = list(&manager).await;
        let (ticked, extract) = (units(&page), extract(&page));
        let both: Vec<&str> = ticked.iter().map(String::as_str).collect();
        let wrong = [
            (form(&extract, &[], "said=done&day=2026-02-18"), "No line is ticked"),
            (form(&extract, &both, "day=2026-02-18"), "choose one of the five"),
            (form(&extract, &both, "said=done&day="), "The day is missing"),
            (form(&extract, &both, "said=done&day=2026-03-09"), "Child N1: 9 March 2026 is still to come"),
            (form(&extract, &both, "said=done&day=2026-01-05"), "Child N1: the one on 5 January 2026 is on record"),
            (form(&extract, &both, "said=not-done&reason=+"), "Child N1: the reason is missing"),
            (form("0", &both, "said=booked&day=2026-03-09"), "Another extract was loaded"),
            (form(&extract, &[both[0], both[0]], "said=booked&day=2026-03-09"), "is there twice"),
        ];
        for (sent, words) in wrong {
            let answer = manager.post(FORM, &sent).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{words}: {}", answer.body);
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        assert_eq!(kept(&app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_a_child_answers_and_only_readers_see_answers() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let director = app.signed_in("director").await;
        let page = list(&director).await;
        let extract = extract(&page);
        let ticked = units(&page);
        assert_eq!(ticked.len(), 3);
        let all: Vec<&str> = ticked.iter().map(String::as_str).collect();
        let sent = form(&extract, &all, "said=booked&day=2026-03-09");
        // A list with another team's child among them is refused whole, like one that nobody knows.
        let manager = app.signed_in("manager").await;
        let unknown = manager.post(FORM, &form(&extract, &["x.7.0"], "said=booked&day=2026-03-09")).await;
        let foreign = manager.post(FORM, &sent).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert_eq!(unknown.comparable(), foreign.comparable());
        let analyst = app.signed_in("analyst").await;
        let seen = list(&analyst).await;
        assert!(seen.contains("No answer yet") && units(&seen).is_empty() && !seen.contains("answer-many\""));
        for name in ["analyst", "member"] {
            let browser = app.signed_in(name).await;
            assert_eq!(browser.post(FORM, &sent).await.status, StatusCode::NOT_FOUND, "{name}");
        }
        assert_eq!(kept(&app).await, 0);
        let member = app.signed_in("member").await;
        for path in ["/answers", "/data/lag", "/data/altered", "/data/altered.csv", "/measures/CPP-01/changes", LIST] {
            assert_eq!(member.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(analyst.get(path).await.status, StatusCode::OK, "{path}");
            let entry = app.audit().await.pop().unwrap();
            assert_eq!((entry.actor.as_str(), entry.decision), ("analyst", Decision::Allow), "{path}");
        }
        assert!(!member.get("/data").await.body.contains("/data/altered"));
        assert!(analyst.get("/data").await.body.contains("href=\"/data/altered\""));
        assert_eq!(director.post(FORM, &sent).await.status, StatusCode::SEE_OTHER);
        assert_eq!(kept(&app).await, 3);
    })
    .await;
}

#[tokio::test]
async fn what_came_less_what_left_is_the_difference_on_the_page() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let head = app.signed_in("head").await;
        let first = head.get("/measures/CPP-01/changes").await;
        assert_eq!(first.status, StatusCode::OK);
        assert!(first.body.contains("is the first"), "{}", first.body);
        // One visit was recorded late, the child on time became late, and a plan is new.
        let mut later = plans(["2026-02-18", "2026-01-05", "2026-01-05"]);
        later.push("N9,2015-01-01,2026-03-03,2026-03-12,b) No,,,0,North 2,Bo".to_owned());
        load(&app, "2026-03-13", &later).await;
        let page = head.get("/measures/CPP-01").await.body;
        assert!(page.contains("href=\"/measures/CPP-01/changes\""), "{page}");
        let body = head.get("/measures/CPP-01/changes").await.body;
        assert!(body.contains("as at 20 February 2026 to") && body.contains("as at 13 March 2026."), "{body}");
        assert!(body.contains("Counted: 1, 1 came in, 1 left, so 1."), "{body}");
        assert!(body.contains("Out of: 3, 1 came in, 0 left, so 4."), "{body}");
        assert!(body.contains("New since: 1.") && body.contains("Became late: 1."), "{body}");
        assert!(body.contains(">N9<") && !body.contains(">S1<"));
        let narrowed = head.get("/measures/CPP-01/changes?team=North+2&from=2026-02-20&to=2026-03-13").await.body;
        assert!(narrowed.contains("Out of: 0, 1 came in, 0 left, so 1."), "{narrowed}");
        for (query, status) in [
            ("from=2026-03-13", StatusCode::BAD_REQUEST),
            ("from=x", StatusCode::BAD_REQUEST),
            ("to=x", StatusCode::BAD_REQUEST),
            ("from=2020-01-01", StatusCode::BAD_REQUEST),
            ("team=South+1", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(head.get(&format!("/measures/CPP-01/changes?{query}")).await.status, status, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn lag_and_alterations_are_told_within_the_scope() {
    on_both(Start::default(), |app| async move {
        room(&app).await;
        let (manager, head) = (app.signed_in("manager").await, app.signed_in("head").await);
        let alone = manager.get("/data/lag").await.body;
        assert!(
            alone.contains("One extract alone tells nothing") && alone.contains("within 2 working days"),
            "{alone}"
        );
        load(&app, "2026-02-27", &plans(["2026-02-16", "2026-02-26", "2026-02-16"])).await;
        let lag = manager.get("/data/lag").await.body;
        // Visited on Monday 16 February, not on record by Friday, there a week later: certainly late.
        assert!(lag.contains("2 events appeared") && lag.contains("1 of 2 (50.0%)"), "{lag}");
        assert!(lag.contains("up to 1 day"), "{lag}");
        assert!(lag.contains("North 1") && !lag.contains("South 1"), "{lag}");

        // A plan's start is another day now, and a plan is gone.
        let mut later = plans(["2026-02-16", "2026-02-26", "2026-02-16"]);
        later[0] = later[0].replace("2025-06-02", "2025-07-02");
        later.remove(2);
        load(&app, "2026-03-06", &later).await;
        let altered = manager.get("/data/altered").await.body;
        assert!(altered.contains("1 alteration in") && altered.contains("2 June 2025"), "{altered}");
        assert!(altered.contains("2 July 2025") && altered.contains("Child Protection Plan Start Date"), "{altered}");
        assert!(altered.contains("20 February 2026"), "when it was first seen: {altered}");
        assert!(!head.get("/data/altered").await.body.contains(">S1<"));
        let everyone = app.signed_in("director").await;
        let whole = everyone.get("/data/altered").await.body;
        assert!(whole.contains("2 alterations") && whole.contains("gone") && whole.contains(">S1<"), "{whole}");
        assert!(everyone.get("/data/altered?list=8").await.body.contains("0 alterations"));
        assert_eq!(manager.get("/data/altered?team=South+1").await.status, StatusCode::NOT_FOUND);
        let file = manager.get("/data/altered.csv").await;
        assert!(file.header("content-disposition").unwrap().contains("altered-2026-03-06.csv"));
        assert!(file.body.contains("2 June 2025") && !file.body.contains("S1"), "{}", file.body);
        assert!(everyone.get("/data/altered.xlsx").await.status == StatusCode::OK);

        let reference = units_of_child(&everyone, "N1").await;
        let child = everyone.get(&reference).await.body;
        assert!(child.contains("When the last visits") && child.contains("Certainly late"), "{child}");
    })
    .await;
}

#[tokio::test]
async fn the_demos_managers_answer_as_people_do() {
    on_both(Start::default(), |app| async move {
        let head = server::demo::people().into_iter().find(|person| person.role == Role::HeadOfService).unwrap();
        let Area::Service(service) = head.area else { panic!("the demo's Head of Service holds a service") };
        let place = server::demo::organisation().into_iter().find(|place| place.service == service).unwrap();
        let team = [format!("{},{service},Ann Able", place.team)];
        for (as_at, visit) in [("2026-02-06", "2026-01-05"), ("2026-02-20", "2026-02-05")] {
            let plans: Vec<String> = (0..12).map(|at| plan(&format!("D{at:02}"), &place.team, visit)).collect();
            let mut files = Files::new();
            files.list(7, PLANS, &plans).file("organisation.csv", ORGANISATION_HEAD, &team);
            files.load_as(&app.state.db, as_at, true).await.unwrap();
            if as_at == "2026-02-06" {
                // Half were visited on the day before and are not written up yet.
                let visited = "2026-02-05".parse().unwrap();
                let unrecorded = (0..6).map(|at| (format!("D{at:02}"), visited)).collect();
                assert_eq!(
                    server::demo::answer(&app.state.db, &unrecorded).await.unwrap(),
                    12,
                    "all are late for long"
                );
            }
        }
        app.add_user("director", Role::Director, Area::All).await;
        let page = app.signed_in("director").await.get("/answers").await.body;
        // Visited by the day of the answer: that comes true, on whichever day, and "not visited" does not.
        assert!(page.contains("6 of 10 settled (60.0%), 12 given"), "{page}");
    })
    .await;
}

/// The address of a child's page, from the list.
async fn units_of_child(browser: &Browser, child: &str) -> String {
    let body = browser.get("/measures/CPP-01/children").await.body;
    let (before, _) = body.split_once(&format!("\">{child}</a>")).unwrap();
    before.rsplit_once("href=\"").unwrap().1.to_owned()
}
