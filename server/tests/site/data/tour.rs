//! The tour for each role: its links open for who holds the role, it is offered until one says no, and what a manager
//! needs stands on every measure's page. And the funnel, which is never a member's.

use crate::common::extracts::{Random, day};
use crate::common::{Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::measures::{CORE, Counting};
use domain::scope::{Area, Role};
use server::store::audit::Decision;

const AS_AT: &str = "2026-02-27";

/// Invented children in four teams, and somebody of each role.
async fn with_everybody(app: &TestApp) -> Vec<(Role, &'static str)> {
    Random::new(7, day(AS_AT)).files().load_as(&app.state.db, AS_AT, true).await.unwrap();
    let mut people = Vec::new();
    for role in Role::ALL {
        let area = match role {
            Role::HeadOfService => Area::Service("North".to_owned()),
            Role::TeamManager => Area::Team("North 1".to_owned()),
            _ => Area::All,
        };
        app.add_user(role.name(), role, area).await;
        people.push((role, role.name()));
    }
    people
}

/// The addresses of a page's steps.
fn steps(body: &str) -> Vec<String> {
    let titles = body.split("<h3 class=\"tour__title\">").skip(1);
    let href = |title: &str| {
        let address = title.split_once("</h3>")?.0.split_once("href=\"")?.1.split('"').next()?;
        Some(address.replace("&amp;", "&"))
    };
    titles.filter_map(href).collect()
}

#[tokio::test]
async fn every_step_of_a_roles_tour_opens_for_who_holds_the_role() {
    on_both(Start::default(), |app| async move {
        for (role, name) in with_everybody(&app).await {
            let browser = app.signed_in(name).await;
            let page = browser.get("/help/tour").await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            assert!(page.body.contains(role.title()), "{name}");
            let steps = steps(&page.body);
            assert!((5..=8).contains(&steps.len()), "{name}: {steps:?}");
            assert_eq!(page.body.matches("tour__step").count(), steps.len(), "{name}: each step has its page");
            for href in steps {
                let path = href.split('#').next().unwrap_or_default();
                assert_eq!(browser.get(path).await.status, StatusCode::OK, "{name}: {href}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn before_the_first_extract_the_tour_is_there_and_leads_to_what_is() {
    on_both(Start::default(), |app| async move {
        for role in Role::ALL {
            app.add_user(role.name(), role, Area::All).await;
            let browser = app.signed_in(role.name()).await;
            let page = browser.get("/help/tour").await;
            assert_eq!(page.status, StatusCode::OK);
            for href in steps(&page.body) {
                let path = href.split('#').next().unwrap_or_default();
                assert_eq!(browser.get(path).await.status, StatusCode::OK, "{role:?}: {href}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_tour_is_offered_until_one_says_no_in_whichever_browser_and_to_others_still() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        app.add_user("ali", Role::Member, Area::All).await;
        let offered = |body: &str| body.contains("class=\"tour-offer\"");
        let (jane, ali) = (app.signed_in("jane").await, app.signed_in("ali").await);
        assert!(offered(&jane.get("/").await.body) && offered(&ali.get("/").await.body));

        let answer = jane.post("/help/tour", "show=never").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/")));
        // To say it twice, from two windows, changes nothing.
        assert_eq!(jane.post("/help/tour", "show=never").await.status, StatusCode::SEE_OTHER);
        assert!(!offered(&app.signed_in("jane").await.get("/").await.body), "another browser knows it too");
        assert!(offered(&ali.get("/").await.body));
        assert!(jane.get("/help/tour").await.body.contains("value=\"again\""));

        let answer = jane.post("/help/tour", "show=again").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/help/tour")));
        assert!(offered(&jane.get("/").await.body));

        for nonsense in ["", "show=", "show=maybe"] {
            assert_eq!(jane.post("/help/tour", nonsense).await.status, StatusCode::BAD_REQUEST, "{nonsense}");
        }
        let audit = app.audit().await;
        let kept: Vec<&str> = audit
            .iter()
            .filter(|entry| entry.actor == "jane" && entry.action.ends_with(" tour"))
            .inspect(|entry| assert_eq!(entry.decision, Decision::Allow))
            .map(|entry| entry.action.as_str())
            .collect();
        assert_eq!(kept, ["hide tour", "hide tour", "offer tour"]);
        assert_eq!(app.browser().post("/help/tour", "show=never").await.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn every_measure_says_what_a_manager_needs_and_names_who_moves_it() {
    on_both(Start::default(), |app| async move {
        with_everybody(&app).await;
        let (director, member) = (app.signed_in("director").await, app.signed_in("member").await);
        let help = director.get("/help").await.body;
        for measure in CORE {
            let page = director.get(&format!("/measures/{}", measure.id)).await.body;
            for heading in ["Why it matters for a child", "What usually moves it", "Ask in the surgery"] {
                assert!(page.contains(heading), "{}: {heading}", measure.id);
            }
            let list = format!("/measures/{}/children", measure.id);
            let supplied = !page.contains("not supplied");
            assert!(!supplied || page.contains(&format!("Who moves it: <a href=\"{list}")), "{}", measure.id);
            assert!(help.contains(&format!("href=\"{list}")), "{}", measure.id);
        }
        assert_eq!(help.matches("Ask in the surgery").count(), CORE.len());
        let help = member.get("/help").await.body;
        assert!(!help.contains("/children"), "a member is led to no list");
        assert_eq!(help.matches("Ask in the surgery").count(), CORE.len());
    })
    .await;
}

#[tokio::test]
async fn measures_of_units_have_a_funnel_of_their_teams_and_members_and_single_teams_have_none() {
    on_both(Start::default(), |app| async move {
        with_everybody(&app).await;
        let director = app.signed_in("director").await;
        let drawn = |body: &str| body.contains("id=\"funnel-title\"") && body.contains("id=\"funnel-narrow-title\"");
        for measure in CORE {
            let page = director.get(&format!("/measures/{}", measure.id)).await.body;
            let teams = page.contains("<table class=\"table side\"");
            assert_eq!(drawn(&page), teams && measure.counting == Counting::Units, "{}", measure.id);
        }
        let service = director.get("/services/North").await.body;
        let (_, column) = service.split_once("<th scope=\"col\"><a href=\"/measures/").unwrap();
        let (id, rest) = column.split_once("?service=").unwrap();
        assert!(rest.starts_with("North#teams\""), "{rest}");
        let narrowed = |by: &str| format!("/measures/{id}?{by}");
        assert!(drawn(&director.get(&narrowed("service=North")).await.body), "{id}");
        assert!(!drawn(&director.get(&narrowed("team=North%201")).await.body), "{id}");

        let member = app.signed_in("member").await.get("/measures/ASM-01").await;
        assert_eq!(member.status, StatusCode::OK);
        assert!(!member.body.contains("funnel") && !member.body.contains("North 1"));
    })
    .await;
}
