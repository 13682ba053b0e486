//! The workforce by date, and caseloads: equal to the figures, for each role within its scope, and safe to take away.

use crate::common::extracts::{CARE, Files, NEEDS, ORGANISATION_HEAD, PLANS, Random, TEAMS, day, organisation};
use crate::common::{Browser, Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use domain::caseload::Caseloads;
use domain::measures::figure::Line;
use domain::measures::measure;
use domain::scope::{Area, Grant, Role, Scope};
use server::council::{Council, Register};
use server::db::Db;
use server::load::{LoadError, Outcome};
use server::reading::{Ask, Asked, NO_TEAM, Selection, caseloads, figure, list, register};
use server::store::audit::Decision;
use server::store::workforce;

const AS_AT: &str = "2026-01-30";
const WORKFORCE: &str = "worker,team,role,fte,agency,newly_qualified,permanent,started,left";

async fn load_workforce(db: &Db, as_at: &str, rows: &[&str]) -> Result<Outcome, LoadError> {
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    Files::new().file("workforce.csv", WORKFORCE, &rows).load_as(db, as_at, true).await
}

/// Amy holds 20 children in North 1 and 1 in North 2, Bob 3 in North 1, Zoe 2 in South 1, nobody 1 in North 1.
async fn loaded(app: &TestApp, as_at: &str) {
    let mut rows = Vec::new();
    let held = [
        ("North 1", "Amy", 20),
        ("North 2", "Amy", 1),
        ("North 1", "Bob", 3),
        ("South 1", "Zoe", 2),
        ("North 1", "", 1),
    ];
    for (team, worker, children) in held {
        for n in 0..children {
            rows.push(format!(
                "{team}{worker}{n},2015-01-01,b) No,2025-06-02,2026-01-20,,c) Child in need plan,{team},{worker}"
            ));
        }
    }
    let mut files = Files::new();
    files.list(6, NEEDS, &rows).list(7, PLANS, &[]).list(8, CARE, &[]);
    files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

const STAFF: [&str; 6] = [
    "AMY,North 1,Social worker,0.8,no,yes,yes,2025-09-01,",
    "Bob,north 1,Manager,1,no,no,yes,,",
    "Cas,North 1,Senior,1,yes,no,no,,",
    "Dee,South 1,Social worker,1,yes,no,no,,",
    "Zoe,South 1,Social worker,1,yes,no,no,,2026-01-15",
    "Eve,,Social worker,1,no,no,yes,,",
];

async fn asked(db: &Db, scope: &Scope, team: Option<&str>) -> Caseloads {
    let council = Council::read(db).await.unwrap().unwrap();
    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
    let asked = Asked::of(&council, &Ask::default()).unwrap();
    caseloads(db, &council, scope, &asked, &selection).await.unwrap().unwrap()
}

/// The text of a row of the page by its head, tags taken out.
fn row(body: &str, head: &str) -> String {
    let row =
        body.split("<tr>").find(|row| row.contains(&format!(">{head}</a>")) || row.contains(&format!(">{head}</th>")));
    let row = row.unwrap_or_else(|| panic!("no row {head}: {body}")).split("</tr>").next().unwrap();
    let mut text = String::new();
    for part in row.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
        text.push('|');
    }
    let parts: Vec<&str> = text.split('|').filter(|part| !part.trim().is_empty()).collect();
    parts.join("|")
}

#[tokio::test]
async fn the_page_says_who_holds_what_beside_the_workforce() {
    on_both(Start::default(), |app| async move {
        loaded(&app, AS_AT).await;
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        let before = director.get("/caseloads").await;
        assert_eq!(before.status, StatusCode::OK);
        assert!(before.body.contains("No workforce.csv was loaded up to this date"), "{}", before.body);
        assert!(row(&before.body, "Children per full-time equivalent").contains("Not supplied"));
        assert!(row(&before.body, "North 1").contains("Not supplied"));
        assert!(
            row(&before.body, "Children per worker")
                .starts_with("Children per worker|8.7|26 children held by 3 workers")
        );

        load_workforce(&app.state.db, AS_AT, &STAFF).await.unwrap();
        let body = director.get("/caseloads").await.body;
        assert!(body.contains("workforce.csv as at 30 January 2026"), "{body}");
        assert_eq!(
            row(&body, "Amy"),
            "Amy|North 1, North 2|21|3 above the limit of 18|Social worker|0.8|26.2|Newly qualified"
        );
        assert!(row(&body, "Bob").ends_with("Manager|1|3.0|Manager who holds cases"), "{}", row(&body, "Bob"));
        assert!(row(&body, "Zoe").ends_with("Left on 15 January 2026"), "{}", row(&body, "Zoe"));
        assert!(row(&body, "Cas").contains("Holds no child|Agency"), "{}", row(&body, "Cas"));
        assert!(row(&body, "Eve").contains("(no team)"), "{}", row(&body, "Eve"));
        // Children, holders, above, per FTE, agency, newly qualified, workers per manager, managers, not in post, without.
        assert_eq!(row(&body, "North 1"), "North 1|23|2|1|12.8|1 of 3 (33.3%)|1 of 3 (33.3%)|2.0|1|0|1");
        assert_eq!(row(&body, "South 1"), "South 1|2|1|0|–|1 of 1 (100.0%)|0 of 1 (0.0%)|–|0|1|1");
        assert_eq!(
            row(&body, "Workers per manager"),
            "Workers per manager|4.0|4 workers in post and 1 manager, by head"
        );

        // Of North 2 Amy has one child, and hours in another team.
        let north_2 = director.get("/caseloads?team=North+2").await.body;
        assert!(row(&north_2, "Amy").contains("Of another team in the workforce file"), "{}", row(&north_2, "Amy"));
        // A manager by role alone is a manager everywhere.
        let council = Council::read(&app.state.db).await.unwrap().unwrap();
        let (scope, everything) = (operator(), Selection::default());
        let held = register(&app.state.db, &council, &scope, Register::Managers, &everything).await.unwrap();
        assert_eq!(held.len(), 3);
        let looks = app.audit().await;
        assert_eq!(looks.iter().filter(|entry| entry.action == "read caseloads").count(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_earlier_extract_stands_beside_the_workforce_of_its_time() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for as_at in [AS_AT, "2026-02-06", "2026-02-13"] {
            loaded(&app, as_at).await;
        }
        load_workforce(db, "2026-02-06", &STAFF).await.unwrap();
        load_workforce(db, "2026-02-13", &STAFF).await.unwrap();
        let part_time = STAFF.map(|row| row.replace("worker,0.8", "worker,0.4"));
        let part_time: Vec<&str> = part_time.iter().map(String::as_str).collect();
        load_workforce(db, "2026-02-13", &part_time).await.unwrap();
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        let then = director.get("/caseloads?as_at=2026-01-30").await.body;
        assert!(then.contains("No workforce.csv was loaded up to this date"), "{then}");
        let next = director.get("/caseloads?as_at=2026-02-06").await.body;
        assert!(row(&next, "Amy").contains("|0.8|26.2|"), "{}", row(&next, "Amy"));
        let now = director.get("/caseloads").await.body;
        assert!(row(&now, "Amy").contains("|0.4|52.5|"), "{}", row(&now, "Amy"));
        // A file that did not change is stored once.
        let stored = "select count(*) from workforce_line";
        let lines: i64 = match db {
            Db::Sqlite { read, .. } => sqlx::query_scalar(stored).fetch_one(read).await.unwrap(),
            Db::Postgres { pool, .. } => sqlx::query_scalar(stored).fetch_one(pool).await.unwrap(),
        };
        assert_eq!(lines, 12);
        let on = workforce::on(db, day("2026-02-09")).await.unwrap().unwrap();
        assert_eq!((on.as_at, on.lines.len()), (day("2026-02-06"), 6));
        // A workforce put into the past leaves what came after it.
        load_workforce(db, AS_AT, &["Amy,North 1,,1,,,,,"]).await.unwrap();
        let then = director.get("/caseloads?as_at=2026-01-30").await.body;
        assert!(row(&then, "Amy").ends_with("|–|1|21.0"), "{}", row(&then, "Amy"));
        assert!(row(&director.get("/caseloads").await.body, "Amy").contains("|0.4|52.5|"));
    })
    .await;
}

#[tokio::test]
async fn a_bad_workforce_is_refused_whole_and_the_one_before_stays() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load_workforce(db, AS_AT, &STAFF).await.unwrap();
        let refused = load_workforce(db, AS_AT, &["Amy,North 1,,0.5,,,,,", "Bob,North 1,,37,perhaps,,,,"]).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("row 3, fte, \"37\"") && refused.contains("row 3, agency, \"perhaps\""), "{refused}");
        assert_eq!(workforce::on(db, day(AS_AT)).await.unwrap().unwrap().lines.len(), 6);
    })
    .await;
}

async fn viewer(app: &TestApp, name: &str, role: Role, area: Area) -> Browser {
    app.add_user(name, role, area).await;
    app.signed_in(name).await
}

#[tokio::test]
async fn each_role_reads_its_own_caseloads_and_nobody_elses() {
    on_both(Start::default(), |app| async move {
        loaded(&app, AS_AT).await;
        load_workforce(&app.state.db, AS_AT, &STAFF).await.unwrap();
        let everyone = ["Amy", "Bob", "Cas", "Dee", "Zoe", "Eve"];
        let team = |name: &str| Area::Team(name.to_owned());
        let service = |name: &str| Area::Service(name.to_owned());
        for (name, role, area, sees) in [
            ("analyst", Role::Analyst, Area::All, &everyone[..]),
            ("quality", Role::QualityLead, Area::All, &everyone[..]),
            ("head", Role::HeadOfService, service("North"), &["Amy", "Bob", "Cas"]),
            ("south", Role::Director, service("South"), &["Dee", "Zoe"]),
            ("manager", Role::TeamManager, team("North 2"), &["Amy"]),
        ] {
            let browser = viewer(&app, name, role, area).await;
            let page = browser.get("/caseloads").await;
            let file = browser.get("/caseloads.csv").await;
            assert_eq!((page.status, file.status), (StatusCode::OK, StatusCode::OK), "{name}");
            for worker in everyone {
                let expected = sees.contains(&worker);
                assert_eq!(page.body.contains(&format!(">{worker}<")), expected, "{name}, {worker}: {}", page.body);
                assert_eq!(file.body.contains(&format!("\n{worker},")), expected, "{name}, {worker}: {}", file.body);
            }
        }
        let manager = app.signed_in("manager").await;
        assert_eq!(row(&manager.get("/caseloads").await.body, "North 2"), "North 2|1|1|0|1.2|–|–|–|0|0|0");
        // Another team, one that is not there, and who reads no child: all the same, and on record.
        let unknown = manager.get("/caseloads?team=Nowhere").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        for path in ["/caseloads?team=North+1", "/caseloads?service=South", "/caseloads?team=(no+team)"] {
            assert_eq!(manager.get(path).await.comparable(), unknown.comparable(), "{path}");
            assert_eq!(manager.get(&path.replace("caseloads", "caseloads.csv")).await.status, StatusCode::NOT_FOUND);
        }
        for (name, role) in [("member", Role::Member), ("it", Role::Administrator)] {
            let browser = viewer(&app, name, role, Area::All).await;
            for path in ["/caseloads", "/caseloads?team=North+1", "/caseloads.csv", "/caseloads.xlsx"] {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {path}");
            }
            let page = browser.get("/help").await.body;
            assert!(!page.contains("href=\"/caseloads\""), "{name}: nothing leads there");
        }
        let denied = app.audit().await;
        let denied = |action: &str| {
            denied.iter().filter(|entry| entry.action == action && entry.decision == Decision::Deny).count()
        };
        assert_eq!((denied("read caseloads"), denied("export caseloads")), (8, 7));
    })
    .await;
}

#[tokio::test]
async fn a_name_that_begins_like_a_formula_is_inert_in_the_file() {
    on_both(Start::default(), |app| async move {
        loaded(&app, AS_AT).await;
        load_workforce(&app.state.db, AS_AT, &["=cmd|' /C calc'!A0,+North 1,@role,1,,,,,"]).await.unwrap();
        let director = viewer(&app, "director", Role::Director, Area::All).await;
        let file = director.get("/caseloads.csv").await;
        assert!(file.body.contains("\n'=cmd|' /C calc'!A0,'+North 1,0,No,'@role,1,0,"), "{}", file.body);
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"caseloads-2026-01-30.csv\""));
        let book = director.get("/caseloads.xlsx").await;
        assert!(book.status == StatusCode::OK && book.body.starts_with("PK"));
        let audit = app.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "export caseloads").count(), 2);
    })
    .await;
}

/// Over random extracts, workforces, groups and roles: a caseload is the figure and the list of WF-01 and WF-02.
#[tokio::test]
async fn caseloads_equal_the_figures_and_their_lists() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for seed in 0..3 {
            Random::new(seed, day(AS_AT)).files().load_as(db, AS_AT, true).await.unwrap();
            load_workforce(db, AS_AT, &["amy,South 2,,0.5,,,,,", "Yan,North 1,,1,,,,,"]).await.unwrap();
            let council = Council::read(db).await.unwrap().unwrap();
            let question = Asked::of(&council, &Ask::default()).unwrap();
            let grant = |area| Grant { role: Role::HeadOfService, area, valid_from: None, valid_to: None };
            let head = Scope::of(&[grant(Area::Service("North".to_owned()))], &council.organisation, day(AS_AT));
            let mut seen = 0;
            for scope in [operator(), head] {
                for team in [None].into_iter().chain(TEAMS.into_iter().chain([NO_TEAM]).map(Some)) {
                    let found = asked(db, &scope, team).await;
                    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
                    let of = async |id: &str| {
                        figure(db, &council, &scope, measure(id).unwrap(), &question, &selection)
                            .await
                            .unwrap()
                            .unwrap()
                    };
                    let (held, above) = (of("WF-01").await, of("WF-02").await);
                    assert_eq!((found.whole.children, found.whole.workers), (held.numerator, held.denominator));
                    assert_eq!(found.whole.above, above.numerator);
                    let listed =
                        list(db, &council, &scope, measure("WF-02").unwrap(), &question, &selection).await.unwrap();
                    let mut lines: Vec<(String, u64)> = listed
                        .lines
                        .iter()
                        .map(|line| match line {
                            Line::Worker { worker, children, .. } => (worker.to_string(), *children),
                            Line::Child(_) => panic!("a worker is the unit"),
                        })
                        .collect();
                    let holders = found.workers.iter().filter(|line| line.children > 0);
                    let mut workers: Vec<_> = holders.map(|line| (line.worker.to_string(), line.children)).collect();
                    lines.sort();
                    workers.sort();
                    assert_eq!(lines, workers, "seed {seed}, {team:?}");
                    seen += workers.len();
                }
            }
            assert!(seen > 15, "the extract is too small to prove anything: {seen}");
        }
    })
    .await;
}
