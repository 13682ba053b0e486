//! What a member reads: the figures of a month's end, and nothing that two of them together would tell.

use crate::common::extracts::{Files, ORGANISATION_HEAD, PLANS, organisation};
use crate::common::{Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};

/// Twenty plans of children that were seen, fourteen of them alone; `under_four` of the children are under four.
async fn with_plans(app: &TestApp, as_at: &str, plans: usize, under_four: usize) {
    let rows: Vec<String> = (0..plans)
        .map(|child| {
            let born = if child < under_four { "2024-01-01" } else { "2015-01-01" };
            let alone = if child < under_four || child >= 14 { "No" } else { "Yes" };
            format!("{child},{born},2025-06-02,{as_at},{alone},2025-12-01,,0,North 1,Amy")
        })
        .collect();
    let mut files = Files::new();
    files.list(7, PLANS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

/// The card of a measure on a page.
fn card<'a>(page: &'a str, name: &str) -> &'a str {
    let from = page.find(name).unwrap_or_else(|| panic!("{name}: {page}"));
    page[from..].split("</article>").next().unwrap()
}

#[tokio::test]
async fn case_19_two_figures_do_not_tell_a_small_number_between_them() {
    for (under_four, is_shown) in [(0, true), (3, false), (6, true)] {
        on_both(Start::default(), |app| async move {
            with_plans(&app, "2026-02-27", 20, under_four).await;
            app.add_user("member", Role::Member, Area::All).await;
            app.add_user("jane", Role::Director, Area::All).await;
            let member = app.signed_in("member").await;
            let alone = "Child seen alone at the last visit";
            let page = member.get("/").await.body;
            assert!(card(&page, "Child protection visits on time").contains("20 of 20"), "{page}");
            assert_eq!(!card(&page, alone).contains("Small number, not shown"), is_shown, "{under_four}: {page}");
            let own = member.get("/measures/CPP-02").await.body;
            assert_eq!(!own.contains("Small number, not shown"), is_shown, "{under_four}: {own}");
            let file = member.get("/headlines.csv").await.body;
            let line = file.lines().find(|line| line.starts_with("CPP-02,")).unwrap();
            assert_eq!(!line.contains("c: a small number, not shown"), is_shown, "{under_four}: {line}");
            let director = app.signed_in("jane").await.get("/").await.body;
            assert!(!card(&director, alone).contains("not shown"), "{director}");
        })
        .await;
    }
}

#[tokio::test]
async fn members_read_month_ends_and_no_week_between() {
    on_both(Start::default(), |app| async move {
        app.add_user("member", Role::Member, Area::All).await;
        let member = app.signed_in("member").await;
        // No month is over yet: the first extract stands until one is.
        for (as_at, plans) in [("2026-01-09", 20), ("2026-01-16", 21)] {
            with_plans(&app, as_at, plans, 0).await;
            assert!(member.get("/measures/CPP-01").await.body.contains("20 of 20"), "{as_at}");
        }
        for (as_at, plans) in [("2026-01-30", 22), ("2026-02-06", 23), ("2026-02-20", 24)] {
            with_plans(&app, as_at, plans, 0).await;
        }
        for page in ["/measures/CPP-01", "/measures/CPP-01?as_at=2026-02-06", "/measures/CPP-01?as_at=2026-02-28"] {
            let body = member.get(page).await.body;
            assert!(body.contains("22 of 22"), "{page}: {body}");
            for other in ["20 of 20", "21 of 21", "23 of 23", "24 of 24", "6 February 2026", "20 February 2026"] {
                assert!(!body.contains(other), "{page}: {other}: {body}");
            }
        }
        let before = member.get("/measures/CPP-01?as_at=2026-01-16").await;
        assert_eq!(before.status, StatusCode::BAD_REQUEST);
        assert!(before.body.contains("as at the ends of months"), "{}", before.body);
        let trend = member.get("/measures/CPP-01/trend.csv").await.body;
        assert_eq!(trend.lines().filter(|line| line.contains("2026-")).count(), 1, "{trend}");

        app.add_user("jane", Role::Director, Area::All).await;
        assert!(app.signed_in("jane").await.get("/measures/CPP-01").await.body.contains("24 of 24"));
    })
    .await;
}
