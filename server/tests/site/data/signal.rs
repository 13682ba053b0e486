//! Control charts on the pages, and where a person begins one anew.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, day, organisation};
use crate::common::{Start, TestApp, on_both};
use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use domain::calendar::{add_months, minus_days};
use domain::scope::{Area, Role};
use server::store::audit::Decision;
use server::store::rebases;

const REBASE: &str = "/measures/CIN-01/rebase";
/// The first day after the last month.
const AFTER: &str = "2026-03-01";
/// What a form needs: from August 2025 on there are seven of fourteen months, so each side of it is short.
const CUT: &str = "from=2025-08-15&reason=One+front+door+for+all";

fn month_ends(count: u32) -> impl Iterator<Item = NaiveDate> {
    (0..count).rev().map(|months| minus_days(add_months(day("2023-03-01"), 36 - months), 1))
}

/// Monthly extracts of ten children in North 1; in every other month eight were seen in time, else seven.
async fn with_months(app: &TestApp, months: u32) {
    assert_eq!(month_ends(1).next(), day(AFTER).pred_opt());
    for (month, date) in month_ends(months).enumerate() {
        let seen = 7 + month % 2;
        let rows: Vec<String> = (0..10)
            .map(|child| {
                let visit = if child < seen { date - Days::new(3) } else { date - Days::new(200) };
                format!("{child},2015-01-01,b) No,2023-01-01,{visit},,c) Child in need plan,North 1,Amy")
            })
            .collect();
        let mut files = Files::new();
        files.list(6, NEEDS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
        files.load_as(&app.state.db, &date.to_string(), true).await.unwrap();
    }
}

#[tokio::test]
async fn thirteen_months_make_a_chart_and_twelve_say_that_one_is_missing() {
    on_both(Start::default(), |app| async move {
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        with_months(&app, 12).await;
        for page in ["/", "/measures/CIN-01", "/measures/CIN-01?service=North", "/teams/North%201"] {
            let body = browser.get(page).await.body;
            assert!(body.contains("Too few months to tell (1 more)"), "{page}: {body}");
            // The funnel of the teams has a middle line of its own.
            let before_teams = body.split("id=\"teams\"").next().unwrap();
            assert!(!before_teams.contains("chart-mean"), "{page}");
        }
        with_months(&app, 13).await;
        for page in ["/measures/CIN-01", "/measures/CIN-01?service=North", "/measures/CIN-01?team=North%201"] {
            let body = browser.get(page).await.body;
            assert!(body.contains("No real change"), "{page}: {body}");
            assert!(body.contains("chart-mean") && body.contains("chart-limit"), "{page}");
            assert!(body.contains("<th scope=\"col\">Lower limit</th>"), "{page}");
        }
        for page in ["/", "/teams/North%201"] {
            let body = browser.get(page).await.body;
            assert!(body.contains("<span>No real change</span>"), "{page}: {body}");
        }
        // All ten plans are open for a year and more, month after month: of such a measure the moves are judged.
        let lasting = browser.get("/measures/CIN-03").await.body;
        let chart = lasting.split("id=\"teams\"").next().unwrap();
        assert!(chart.contains("No real change") && chart.contains("chart-mean"), "{chart}");
        assert!(chart.contains(domain::signal::words::WHY_NO_LIMITS), "{chart}");
        for word in ["chart-limit", "Lower limit", "not reliably", "at this pace"] {
            assert!(!chart.contains(word), "{word}: {chart}");
        }
        // At an earlier extract the chart is what it was then.
        let before = browser.get("/measures/CIN-01?as_at=2026-01-31").await.body;
        assert!(before.contains("Too few months to tell (1 more)"), "{before}");
    })
    .await;
}

#[tokio::test]
async fn who_gets_small_numbers_only_as_c_gets_no_chart_of_them() {
    on_both(Start::default(), |app| async move {
        with_months(&app, 14).await;
        app.add_user("member", Role::Member, Area::All).await;
        let member = app.signed_in("member").await;
        for page in ["/", "/measures/CIN-01"] {
            let answer = member.get(page).await;
            assert_eq!(answer.status, StatusCode::OK);
            for word in ["No real change", "Too few", "chart-mean", "chart-limit", "Lower limit", "not reliably"] {
                assert!(!answer.body.contains(word), "{page}: {word}: {}", answer.body);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_begins_a_chart_anew_with_a_reason_and_takes_it_back() {
    on_both(Start::default(), |app| async move {
        with_months(&app, 28).await;
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        // 28 months; from January 2025 on there are fourteen.
        let answer = browser.post(REBASE, "from=2025-01-31&reason=One+front+door+for+all").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/measures/CIN-01")));
        let page = browser.get("/measures/CIN-01").await.body;
        assert!(page.contains("Begins anew from 31 January 2025: One front door for all"), "{page}");
        assert!(page.contains("Set by A Person on 2 March 2026, 08:00"), "{page}");
        assert!(page.contains("No real change"), "fourteen months on either side");
        for other in ["/measures/CIN-01?team=North%201", "/measures/CIN-01?service=North", "/measures/CIN-02"] {
            let body = browser.get(other).await.body;
            assert!(!body.contains("One front door"), "{other}: {body}");
        }
        let known = rebases::in_force(&app.state.db).await.unwrap();
        assert_eq!((known.len(), known[0].cut.applies_from, &known[0].cut.area), (1, day("2025-01-31"), &Area::All));

        let again = browser.post(REBASE, "from=2025-01-31&reason=Once+more").await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        assert!(again.body.contains("begins anew on that date already"), "{}", again.body);

        let back = format!("takes_back={}&reason=The+wrong+date", known[0].id);
        assert_eq!(browser.post(REBASE, &back).await.status, StatusCode::SEE_OTHER);
        assert!(rebases::in_force(&app.state.db).await.unwrap().is_empty());
        assert!(!browser.get("/measures/CIN-01").await.body.contains("One front door"));
        let twice = browser.post(REBASE, &back).await;
        assert_eq!(twice.status, StatusCode::BAD_REQUEST);
        assert!(twice.body.contains("taken back already"), "{}", twice.body);

        let team = browser.post(REBASE, &format!("{CUT}&team=north++1")).await;
        assert_eq!(team.location(), Some("/measures/CIN-01?team=North%201"), "{}", team.body);
        let audit: Vec<_> = app.audit().await.into_iter().filter(|entry| entry.action.contains("rebase")).collect();
        let said: Vec<_> =
            audit.iter().map(|entry| (entry.action.as_str(), entry.detail.as_deref().unwrap())).collect();
        assert_eq!(
            said,
            [
                ("rebase", "whole council, from 2025-01-31"),
                ("take back rebase", "whole council, from 2025-01-31"),
                ("rebase", "team North 1, from 2025-08-15"),
            ]
        );
        assert!(audit.iter().all(|entry| entry.actor == "jane" && entry.subject.as_deref() == Some("CIN-01")));
        assert_eq!(audit[0].request_id, answer.header("x-request-id").unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_form_that_makes_no_sense_changes_nothing_and_says_what_to_do() {
    on_both(Start::default(), |app| async move {
        with_months(&app, 14).await;
        app.add_user("ann", Role::Analyst, Area::All).await;
        let browser = app.signed_in("ann").await;
        let long = format!("from=2025-08-15&reason={}", "x".repeat(301));
        for (path, form, words) in [
            (REBASE, "", "The reason is missing"),
            (REBASE, "from=2025-08-15&reason=+%0A+", "The reason is missing"),
            (REBASE, long.as_str(), "longer than 300 letters"),
            (REBASE, "reason=Why", "The date is missing"),
            (REBASE, "from=soon&reason=Why", "The date is missing"),
            (REBASE, "from=2025-01-31&reason=Why", "no extract lies before it"),
            (REBASE, "from=2026-03-01&reason=Why", "none on it or after it"),
            (REBASE, "from=2025-08-15&reason=Why&team=South+9", "no such measure, service or team"),
            (REBASE, "from=2025-08-15&reason=Why&service=East", "no such measure, service or team"),
            ("/measures/CIN-99/rebase", CUT, "no such measure, service or team"),
            (REBASE, "takes_back=1&reason=Why", "nothing to take back"),
        ] {
            let answer = browser.post(path, form).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}: {}", answer.body);
            assert!(answer.body.contains(words), "{form}: {}", answer.body);
        }
        assert!(rebases::in_force(&app.state.db).await.unwrap().is_empty());
        assert!(app.audit().await.iter().all(|entry| !entry.action.contains("rebase")));
    })
    .await;
}

#[tokio::test]
async fn only_who_answers_for_the_whole_or_keeps_its_data_may_decide_it() {
    on_both(Start::default(), |app| async move {
        with_months(&app, 14).await;
        let north = || Area::Service("North".to_owned());
        for (name, role, area) in [
            ("hos", Role::HeadOfService, north()),
            ("part", Role::Director, north()),
            ("manager", Role::TeamManager, Area::Team("North 1".to_owned())),
            ("quality", Role::QualityLead, Area::All),
            ("member", Role::Member, Area::All),
            ("admin", Role::Administrator, Area::All),
        ] {
            app.add_user(name, role, area).await;
            let browser = app.signed_in(name).await;
            let answer = browser.post(REBASE, CUT).await;
            assert_eq!(answer.comparable(), browser.get("/nothing").await.comparable(), "{name}");
            assert!(!browser.get("/measures/CIN-01").await.body.contains("name=\"takes_back\""), "{name}");
            assert!(!browser.get("/measures/CIN-01").await.body.contains(REBASE), "{name}");
            let audit = app.audit().await;
            let denied = audit.iter().filter(|entry| entry.actor == name && entry.action == "rebase");
            assert_eq!(denied.map(|entry| entry.decision).collect::<Vec<_>>(), [Decision::Deny], "{name}");
        }
        assert!(rebases::in_force(&app.state.db).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_decided_is_never_changed_or_deleted() {
    on_both(Start::default(), |app| async move {
        with_months(&app, 14).await;
        app.add_user("jane", Role::Director, Area::All).await;
        let browser = app.signed_in("jane").await;
        assert_eq!(browser.post(REBASE, CUT).await.status, StatusCode::SEE_OTHER);
        for sql in ["update rebase set reason = 'another'", "delete from rebase"] {
            assert!(app.try_sql(sql).await.is_err(), "{sql}");
        }
        assert_eq!(rebases::in_force(&app.state.db).await.unwrap()[0].reason, "One front door for all");
    })
    .await;
}
