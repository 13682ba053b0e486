//! What was wrong in an extract: whose problems each role sees, that a file has the lines of its page, and what goes on
//! record.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, REFERRALS, organisation};
use crate::common::{Answer, Browser, Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};
use server::store::audit::Decision;

const AS_AT: &str = "2026-02-27";
const PAGE: &str = "/data/problems";

/// Every value here that cannot be read names whose row it is on.
fn extract() -> Files {
    let need = |id: &str, seen: &str, team: &str| {
        format!("{id},2015-01-01,b) No,2025-06-02,{seen},,c) Child in need plan,{team},Amy Able")
    };
    let needs = [
        need("N7001", "north one", "North 1"),
        need("N7002", "north two", "North 1"),
        need("S8001", "south one", "South 1"),
        need("T9001", "teamless", ""),
        // Moved to the South: its row there is sound.
        need("M9009", "2026-02-20", "South 1"),
        // No id: rejected, so it is nobody's.
        need("SSD_PH", "2026-02-20", "North 1"),
    ];
    // What is left of the child in the North is a referral without a date, which is in no figure.
    let referrals = ["M9009,2015-01-01,moved away,b) No,0,North 1,Amy Able".to_owned()];
    let mut files = Files::new();
    files.list(3, REFERRALS, &referrals).list(6, NEEDS, &needs);
    files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files
}

async fn loaded(app: &TestApp) {
    extract().load_as(&app.state.db, AS_AT, true).await.unwrap();
}

async fn viewer(app: &TestApp, name: &str, role: Role, area: Area) -> Browser {
    app.add_user(name, role, area).await;
    app.signed_in(name).await
}

fn team(name: &str) -> Area {
    Area::Team(name.to_owned())
}

/// Records of a CSV file, each with as many fields as there are headings.
fn records(file: &Answer) -> Vec<Vec<String>> {
    assert_eq!(file.status, StatusCode::OK);
    let text = file.body.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The part of a page from a heading to the next.
fn part<'a>(page: &'a str, heading: &str) -> &'a str {
    let after = page.split_once(heading).unwrap_or_else(|| panic!("no {heading}: {page}")).1;
    after.split_once("<h2").map_or(after, |(part, _)| part)
}

const VALUES: [&str; 5] = ["north one", "north two", "south one", "teamless", "moved away"];

#[tokio::test]
async fn who_sees_which_problem_follows_the_team_on_the_row_and_the_child_and_the_file_has_the_same() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = || Area::Service("North".to_owned());
        for (name, role, area, sees) in [
            ("director", Role::Director, Area::All, &VALUES[..]),
            ("analyst", Role::Analyst, Area::All, &VALUES[..]),
            ("quality", Role::QualityLead, Area::All, &VALUES[..]),
            ("head", Role::HeadOfService, north(), &["north one", "north two"]),
            ("north", Role::TeamManager, team("North 1"), &["north one", "north two"]),
            ("other", Role::TeamManager, team("North 2"), &[]),
            // The child is the South's now, its old row is the North's: neither sees it.
            ("south", Role::TeamManager, team("South 1"), &["south one"]),
            ("team.analyst", Role::Analyst, team("South 1"), &["south one"]),
            ("service.analyst", Role::Analyst, north(), &["north one", "north two"]),
        ] {
            let browser = viewer(&app, name, role, area).await;
            let page = browser.get(PAGE).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            let rows = part(&page.body, "Row by row");
            let file = records(&browser.get(&format!("{PAGE}.csv")).await);
            for value in VALUES {
                let expected = sees.contains(&value);
                assert_eq!(page.body.contains(value), expected, "{name} {value}: {}", page.body);
                assert_eq!(rows.contains(value), expected, "{name} {value}: {rows}");
                assert_eq!(file.iter().any(|row| row[5] == value), expected, "{name} {value}: {file:?}");
            }
            assert_eq!(rows.matches("<th scope=\"row\">").count(), file.len(), "{name}: {rows}");
            if sees.is_empty() {
                assert!(page.body.contains("No problem was found in these records"), "{name}: {}", page.body);
            }
            assert!(browser.get(&format!("{PAGE}.xlsx")).await.body.starts_with("PK"), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_reads_no_child_sees_no_problem() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        for (name, role) in [("member", Role::Member), ("it", Role::Administrator)] {
            let browser = viewer(&app, name, role, Area::All).await;
            for path in [PAGE.to_owned(), format!("{PAGE}.csv"), format!("{PAGE}.xlsx"), format!("{PAGE}?extract=1")] {
                let answer = browser.get(&path).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {path}");
            }
            let answer = browser.post("/api/problems", "").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}: {}", answer.body);
        }
        let denied = app.audit().await.into_iter().filter(|entry| entry.decision == Decision::Deny).count();
        assert_eq!(denied, 10);
    })
    .await;
}

#[tokio::test]
async fn an_analyst_of_one_team_reads_that_teams_problems_only_and_loads_nothing() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let analyst = viewer(&app, "analyst", Role::Analyst, team("South 1")).await;
        let data = analyst.get("/data").await;
        assert_eq!(data.status, StatusCode::OK);
        assert!(!data.body.contains("/data/extracts/1") && !data.body.contains("/data/mapping"), "{}", data.body);
        let page = analyst.get(PAGE).await.body;
        let file = analyst.get("/data/problems.csv").await.body;
        for value in VALUES {
            assert!(!data.body.contains(value), "{value}");
            assert_eq!(page.contains(value), value == "south one", "{value}");
            assert_eq!(file.contains(value), value == "south one", "{value}");
        }
        // What is there reads as what is not.
        for (there, not_there) in [
            ("/data/extracts/1", "/data/extracts/9"),
            ("/data/problems?team=North+1", "/data/problems?team=Nowhere"),
            ("/data/problems.csv?team=North+1", "/data/problems.csv?team=Nowhere"),
        ] {
            let refused = analyst.get(there).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{there}");
            assert_eq!(refused.status, analyst.get(not_there).await.status, "{there}");
        }
        assert_eq!(analyst.post("/data/load", "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(analyst.get("/data/mapping").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn another_team_and_an_earlier_extract_read_as_what_does_not_exist() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        extract().load_as(&app.state.db, "2026-03-06", true).await.unwrap();
        let north = viewer(&app, "north", Role::TeamManager, team("North 1")).await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let unknown = north.get(&format!("{PAGE}?team=Nowhere")).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        for query in ["team=South+1", "team=(no+team)", "extract=1", "extract=99", "extract=x", "extract=-1"] {
            let answer = north.get(&format!("{PAGE}?{query}")).await;
            assert_eq!(answer.comparable(), unknown.comparable(), "{query}");
            assert_eq!(north.get(&format!("{PAGE}.csv?{query}")).await.status, StatusCode::NOT_FOUND, "{query}");
        }
        assert_eq!(north.get(&format!("{PAGE}?extract=2&team=North+1")).await.status, StatusCode::OK);
        let then = director.get(&format!("{PAGE}?extract=1")).await;
        assert!(then.body.contains("27 February 2026") && then.body.contains("south one"), "{}", then.body);
        assert_eq!(director.get(&format!("{PAGE}?extract=99")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn problems_are_narrowed_by_team_list_and_kind_and_each_look_is_on_record_without_a_child() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let page = director.get(PAGE).await.body;
        let kinds = part(&page, "By kind");
        assert!(kinds.contains("4 dates in Date Child Was Last Seen could not be read: north one"), "{kinds}");
        for (query, sees) in [
            ("team=North+1", &["north one", "north two", "moved away"][..]),
            ("team=north++1&list=L3", &["moved away"]),
            ("team=(no+team)", &["teamless"]),
            ("list=L3&kind=not-a-date", &["moved away"]),
            ("kind=not-a-date&list=L6", &["north one", "north two", "south one", "teamless"]),
            ("kind=no-id", &[]),
            ("list=L9", &[]),
            ("kind=%27+or+1%3D1+--", &[]),
        ] {
            let file = records(&director.get(&format!("{PAGE}.csv?{query}")).await);
            let page = director.get(&format!("{PAGE}?{query}")).await.body;
            for value in VALUES {
                let expected = sees.contains(&value);
                assert_eq!(file.iter().any(|row| row[5] == value), expected, "{query} {value}: {file:?}");
                assert_eq!(part(&page, "Row by row").contains(value), expected, "{query} {value}");
            }
        }
        // The rejected row is nobody's.
        let rejected = records(&director.get(&format!("{PAGE}.csv?kind=no-id")).await);
        assert_eq!(rejected.iter().map(|row| (row[0].as_str(), row[3].as_str())).collect::<Vec<_>>(), [("", "7")]);
        let audit = app.audit().await;
        let of = |action: &str| audit.iter().filter(|entry| entry.action == action).collect::<Vec<_>>();
        assert_eq!((of("read problems").len(), of("export problems").len()), (9, 9));
        for entry in of("read problems").into_iter().chain(of("export problems")) {
            assert_eq!(entry.subject.as_deref(), Some("extract 1"));
            let detail = entry.detail.as_deref().unwrap_or_default();
            assert!(!VALUES.iter().any(|value| detail.contains(value)) && !detail.contains("N7001"), "{detail}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_extract_shows_a_line_a_kind_and_the_team_its_own_without_a_value() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let page = director.get("/data/extracts/1").await.body;
        assert!(page.contains("4 dates in Date Child Was Last Seen could not be read: north one"), "{page}");
        assert!(page.contains("/data/problems?extract=1"), "{page}");
        let data = director.get("/data").await.body;
        assert!(data.contains("4 dates in Date Child Was Last Seen could not be read<"), "no value, no look: {data}");

        let north = viewer(&app, "north", Role::TeamManager, team("North 1")).await;
        let own = north.get("/teams/North%201").await.body;
        let quality = part(&own, "Record quality");
        assert!(quality.contains("2 problems in the records of this team as at 27 February 2026"), "{quality}");
        assert!(quality.contains("2 dates in Date Child Was Last Seen could not be read"), "{quality}");
        assert!(quality.contains("/data/problems?team=North%201"), "{quality}");
        assert!(!VALUES.iter().any(|value| own.contains(value)), "{own}");
        assert_eq!(north.get("/data/extracts/1").await.status, StatusCode::NOT_FOUND);
        let sound = viewer(&app, "other", Role::TeamManager, team("North 2")).await;
        let none = sound.get("/teams/North%202").await.body;
        assert!(part(&none, "Record quality").contains("No problem was found in the records of this team"), "{none}");
    })
    .await;
}

#[tokio::test]
async fn what_was_found_before_there_were_kinds_is_shown_as_it_was() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        app.sql("update problem set kind = 'other'").await;
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let page = director.get(PAGE).await.body;
        assert!(part(&page, "By kind").contains("Date Child Was Last Seen: "), "{page}");
        for value in VALUES {
            assert!(part(&page, "Row by row").contains(value), "{value}: {page}");
        }
        assert_eq!(records(&director.get(&format!("{PAGE}.csv?kind=not-a-date")).await).len(), 0);
    })
    .await;
}
