//! The registers: whose children they show, that their totals are their lines, and what goes on record.

use crate::common::extracts::{
    ASSESSMENTS, CARE, CONTACTS, Files, NEEDS, PLANS, REFERRALS, Random, SECTION_47S, TEAMS, day, organisation,
};
use crate::common::{Browser, Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use domain::registers::RULES;
use domain::scope::{Area, Grant, Role, Scope};
use server::council::{Council, Register};
use server::reading::{NO_TEAM, Selection, register};
use server::store::audit::Decision;

const BEFORE: &str = "2026-02-20";
const AS_AT: &str = "2026-02-27";

/// Children whose ids begin with `N` are team North 1's, with `S` South 1's. `late` is on the register only where the
/// extract is the newer one.
fn extract(newer: bool) -> Files {
    let plan = |id: &str, start: &str, earlier: u8, team: &str| {
        format!("{id},2015-01-01,{start},2026-02-18,Y,2026-01-15,,{earlier},{team},Amy Able")
    };
    let need = |id: &str, start: &str, seen: &str, worker: &str| {
        format!("{id},2015-01-01,b) No,{start},{seen},,c) Child in need plan,North 1,{worker}")
    };
    let plans = [
        plan("N7001", "2024-01-05", 1, "North 1"),
        plan("N7002", "2025-12-01", u8::from(newer), "North 1"),
        plan("N7003", "2025-12-01", 0, "North 1"),
        plan("S8001", "2024-01-05", 0, "South 1"),
    ];
    let needs = [
        need("N7004", "2025-12-02", "2026-02-18", "Duty"),
        need("N7005", "2025-12-02", "2026-02-18", "Mo Manager"),
        need("N7006", "2025-06-02", "2025-10-01", "Amy Able"),
        need("N7007", "2023-06-02", "2026-02-18", "Amy Able"),
    ];
    let teams: Vec<String> = organisation()
        .into_iter()
        .map(|line| if line.starts_with("North 1") { format!("{line},Mo Manager") } else { format!("{line},") })
        .collect();
    let mut files = Files::new();
    files.list(1, CONTACTS, &[]).list(3, REFERRALS, &[]).list(4, ASSESSMENTS, &[]).list(5, SECTION_47S, &[]);
    files.list(6, NEEDS, &needs).list(7, PLANS, &plans).list(8, CARE, &[]);
    files.file("organisation.csv", "team,service,head_of_service,team_manager", &teams);
    files
}

async fn loaded(app: &TestApp) {
    extract(false).load_as(&app.state.db, BEFORE, true).await.unwrap();
    extract(true).load_as(&app.state.db, AS_AT, true).await.unwrap();
}

async fn manager(app: &TestApp, name: &str, team: &str) -> Browser {
    app.add_user(name, Role::TeamManager, Area::Team(team.to_owned())).await;
    app.signed_in(name).await
}

/// The children of a page's lists.
fn children(body: &str) -> Vec<&str> {
    let mut found: Vec<&str> = body
        .split("<th scope=\"row\" class=\"who\">")
        .skip(1)
        .map(|line| line.split_once("</th>").unwrap().0)
        .map(|cell| cell.strip_suffix("</a>").map_or(cell, |link| link.rsplit_once('>').unwrap().1))
        .collect();
    found.sort_unstable();
    found
}

#[tokio::test]
async fn a_team_manager_finds_the_own_children_with_every_reason_and_no_other() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = manager(&app, "north", "North 1").await;
        let answer = north.get("/attention").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(children(&answer.body), ["N7001", "N7002", "N7004", "N7006"], "{}", answer.body);
        for words in ["1 earlier child protection plan", "On a child protection plan for 25 months"] {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        assert!(answer.body.contains("<a href=\"/attention\" aria-current=\"true\">Attention</a>"));
        for (query, wanted) in [
            ("?reason=long-plan", &["N7001"][..]),
            ("?reason=second-plan&team=North%201", &["N7001", "N7002"]),
            ("?list=unallocated", &["N7004"]),
            ("?list=managers", &["N7005"]),
            ("?list=dormant", &["N7006"]),
            ("?list=closing", &["N7007"]),
            ("?team=South%201", &[]),
            ("?service=South", &[]),
            ("?team=%28no%20team%29", &[]),
            ("?page=99999999999999999999&reason=%27%20or%201=1", &["N7001", "N7002", "N7004", "N7006"]),
        ] {
            let answer = north.get(&format!("/attention{query}")).await;
            assert_eq!(children(&answer.body), wanted, "{query}: {}", answer.body);
            assert!(!answer.body.contains("S8001"), "{query}");
        }
        let south = manager(&app, "south", "South 1").await;
        assert_eq!(children(&south.get("/attention").await.body), ["S8001"]);
    })
    .await;
}

#[tokio::test]
async fn the_register_is_on_record_before_it_is_shown_and_closed_to_members() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = manager(&app, "north", "North 1").await;
        north.get("/attention?list=dormant&team=North%201").await;
        app.add_user("member", Role::Member, Area::All).await;
        app.add_user("administrator", Role::Administrator, Area::All).await;
        for who in ["member", "administrator"] {
            let browser = app.signed_in(who).await;
            let (page, unknown) = (browser.get("/attention").await, browser.get("/measures/NONE/children").await);
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert_eq!(page.comparable(), unknown.comparable());
            assert_eq!(browser.post("/api/attention", "").await.status, StatusCode::NOT_FOUND);
            assert!(!browser.get("/").await.body.contains("href=\"/attention\""));
        }
        let audit = app.audit().await;
        let of = |who: &str| audit.iter().filter(|entry| entry.actor == who && entry.action == "read register").count();
        assert_eq!((of("north"), of("member"), of("administrator")), (1, 2, 2));
        let entry = audit.iter().find(|entry| entry.action == "read register").unwrap();
        assert_eq!((entry.subject.as_deref(), entry.decision), (Some("dormant"), Decision::Allow));
        assert_eq!(entry.detail.as_deref(), Some("team North 1, page 1"));
        assert!(audit.iter().all(|entry| entry.actor != "member"
            || entry.decision == Decision::Deny
            || entry.action != "read register"));

        app.sql("alter table audit rename to audit_gone").await;
        let answer = north.get("/attention").await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!answer.body.contains("N7001"));
    })
    .await;
}

#[tokio::test]
async fn a_register_is_taken_away_with_the_lines_of_its_page() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        for list in ["attention", "unallocated", "managers", "dormant", "closing"] {
            let page = director.get(&format!("/attention?list={list}")).await.body;
            let file = director.get(&format!("/attention.csv?list={list}")).await;
            assert_eq!(file.status, StatusCode::OK, "{list}");
            let table = file.body.trim_start_matches('\u{feff}');
            let (head, lines) = table.split_once('\n').unwrap();
            assert!(head.starts_with("Child,Team,Worker,Why,"), "{head}");
            let mut of_file: Vec<&str> = lines.lines().filter_map(|line| line.split(',').next()).collect();
            of_file.sort_unstable();
            assert_eq!(of_file, children(&page), "{list}: {}", file.body);
        }
        // As narrow as the page, for whom it is narrow.
        let north = manager(&app, "north", "North 1").await;
        let file = north.get("/attention.csv?team=South%201").await;
        assert!(!file.body.contains("S8001"), "{}", file.body);
        let audit = app.audit().await;
        let of_north = audit.iter().find(|entry| entry.actor == "north" && entry.action == "export register").unwrap();
        assert_eq!(of_north.subject.as_deref(), Some("attention"));
        assert!(of_north.detail.as_deref().unwrap().ends_with("0 lines"), "{:?}", of_north.detail);
    })
    .await;
}

#[tokio::test]
async fn a_register_of_an_earlier_extract_is_that_extracts_and_a_new_child_is_marked() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = manager(&app, "north", "North 1").await;
        let now = north.get("/attention").await.body;
        let new: Vec<&str> = now.split("<tr>").filter(|line| line.contains(">New</strong>")).collect();
        assert_eq!(new.len(), 1, "{now}");
        assert!(new[0].contains("N7002") && now.contains("Since 20 February 2026") && now.contains("1 more"), "{now}");
        let then = north.get(&format!("/attention?as_at={BEFORE}")).await.body;
        assert_eq!(children(&then), ["N7001", "N7004", "N7006"]);
        assert!(!then.contains(">New</strong>"), "there is none before it");
    })
    .await;
}

#[tokio::test]
async fn the_childs_page_says_what_the_register_says() {
    on_both(Start::default(), |app| async move {
        loaded(&app).await;
        let north = manager(&app, "north", "North 1").await;
        let register = north.get("/attention?reason=long-plan").await.body;
        let href = register.split("class=\"who\"><a href=\"").nth(1).unwrap().split_once('"').unwrap().0;
        let child = north.get(href).await.body;
        assert!(child.contains("On a child protection plan for 25 months (a reason since 5 July 2025)"), "{child}");
        assert!(child.contains("1 earlier child protection plan (a reason since 5 January 2024)"), "{child}");
    })
    .await;
}

/// The number that stands beside a reason.
fn total(body: &str, rule: &str) -> usize {
    let link = format!("reason={}", rule.replace('-', "%2D"));
    let Some((_, rest)) = body.split_once(&link) else { return 0 };
    rest.split_once("<td class=\"number\">").unwrap().1.split_once('<').unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn the_total_of_a_reason_is_the_number_of_its_lines() {
    on_both(Start::default(), |app| async move {
        for seed in 0..2 {
            Random::new(seed, day(AS_AT)).files().load_as(&app.state.db, AS_AT, true).await.unwrap();
            app.add_user(&format!("director{seed}"), Role::Director, Area::All).await;
            let mut lines = 0;
            let viewers = [
                app.signed_in(&format!("director{seed}")).await,
                manager(&app, &format!("manager{seed}"), "North 1").await,
            ];
            for viewer in viewers {
                let body = viewer.get("/attention").await.body;
                for rule in RULES {
                    let listed = viewer.get(&format!("/attention?reason={}", rule.id)).await.body;
                    let wanted = children(&listed);
                    assert_eq!(total(&body, rule.id), wanted.len(), "seed {seed}, {}", rule.id);
                    assert!(wanted.iter().all(|child| children(&body).contains(child)));
                    lines += wanted.len();
                }
            }
            assert!(lines > 30, "the extract is too small to prove anything: {lines}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_register_holds_a_line_outside_the_scope() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        Random::new(3, day(AS_AT)).files().load_as(db, AS_AT, true).await.unwrap();
        let council = Council::read(db).await.unwrap().unwrap();
        let grant =
            Grant { role: Role::TeamManager, area: Area::Team("North 1".into()), valid_from: None, valid_to: None };
        let scope = Scope::of(&[grant], &council.organisation, day(AS_AT));
        let of_team = |team: &str| Selection { team: Some(team.to_owned()), ..Selection::default() };
        for which in
            [Register::Attention, Register::Unallocated, Register::Managers, Register::Dormant, Register::Closing]
        {
            let everything = register(db, &council, &operator(), which, &Selection::default()).await.unwrap();
            let own = register(db, &council, &scope, which, &Selection::default()).await.unwrap();
            let theirs: Vec<_> = everything
                .iter()
                .filter(|line| {
                    line.team
                        .as_deref()
                        .is_some_and(|team| team.to_lowercase().contains("north") && team.ends_with('1'))
                })
                .cloned()
                .collect();
            assert_eq!(own, theirs, "{which:?}");
            let mut by_team = 0;
            for team in TEAMS.into_iter().chain([NO_TEAM]) {
                by_team += register(db, &council, &operator(), which, &of_team(team)).await.unwrap().len();
                let lines = register(db, &council, &scope, which, &of_team(team)).await.unwrap();
                assert!(team == "North 1" || lines.is_empty(), "{which:?} of {team}");
            }
            assert_eq!(by_team, everything.len(), "{which:?}: every line stands under one team");
        }
    })
    .await;
}
