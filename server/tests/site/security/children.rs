//! Whose children: cases 1, 3, 4, 6, 8, 13, 21 and 40 of the security plan, with an extract loaded.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, organisation};
use crate::common::{Start, TestApp, on_both};
use axum::http::StatusCode;
use domain::scope::{Area, Role};
use server::load::reference_key;
use server::store::audit::Decision;
use server::store::people::{Kind, reference};

const AS_AT: &str = "2026-02-27";
const LIST: &str = "/measures/CIN-01/children";

/// Children whose ids begin with `N` are team North 1's, with `S` South 1's; the last of each moved is the other's.
async fn with_children(app: &TestApp, moved: Option<&str>) {
    let need = |id: &str, team: &str, worker: &str| {
        format!("{id},2015-01-01,b) No,2025-06-02,2026-02-20,,c) Child in need plan,{team},{worker}")
    };
    let rows: Vec<String> = ["N7001", "N7002", "N7003", "S8001", "S8002"]
        .map(|id| {
            let north = id.starts_with('N') != (moved == Some(id));
            if north { need(id, "North 1", "Amy Northern") } else { need(id, "South 1", "Bob Southern") }
        })
        .into();
    let mut files = Files::new();
    files.list(6, NEEDS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, AS_AT, true).await.unwrap();
}

async fn page_of(app: &TestApp, id: &str) -> String {
    let key = reference_key(&app.state.db).await.unwrap();
    format!("/children/{}", reference(&key, Kind::Child, id))
}

async fn manager(app: &TestApp, name: &str, team: &str) -> crate::common::Browser {
    app.add_user(name, Role::TeamManager, Area::Team(team.to_owned())).await;
    app.signed_in(name).await
}

/// Case 1: another team's child reads as one that does not exist, by page and by function, and is on record.
#[tokio::test]
async fn another_teams_child_is_as_one_that_does_not_exist() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        let north = manager(&app, "north", "North 1").await;
        let (own, other) = (page_of(&app, "N7001").await, page_of(&app, "S8001").await);
        assert!(north.get(&own).await.body.contains("N7001"));

        let forbidden = north.get(&other).await;
        let unknown = north.get("/children/0123456789abcdef0123").await;
        assert_eq!(forbidden.status, StatusCode::NOT_FOUND);
        assert_eq!(forbidden.comparable(), unknown.comparable());
        let reference = other.strip_prefix("/children/").unwrap();
        let call = |reference: &str| format!("reference={reference}");
        let forbidden = north.post("/api/child", &call(reference)).await;
        let unknown = north.post("/api/child", &call("0123456789abcdef0123")).await;
        assert_eq!(forbidden.status, StatusCode::NOT_FOUND);
        assert_eq!(forbidden.comparable(), unknown.comparable());

        let audit = app.audit().await;
        let denied = audit.iter().filter(|entry| {
            entry.decision == Decision::Deny && entry.actor == "north" && entry.subject.as_deref() == Some(reference)
        });
        assert_eq!(denied.count(), 2, "{audit:?}");
        assert!(audit.iter().any(|entry| entry.decision == Decision::Allow && entry.action == "read child"));
    })
    .await;
}

/// Cases 3, 4 and 6: whatever stands in the address, on the page, in its filters and in its files.
#[tokio::test]
async fn no_address_widens_a_list() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        let north = manager(&app, "north", "North 1").await;
        let own = north.get(LIST).await;
        for id in ["N7001", "N7002", "N7003"] {
            assert!(own.body.contains(id), "{id}: {}", own.body);
        }
        for query in ["", "?team=South%201", "?list=unallocated&service=South"] {
            let answer = north.get(&format!("/attention{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert!(!answer.body.contains("S800") && !answer.body.contains("Bob Southern"), "{query}: {}", answer.body);
        }
        for query in [
            "",
            "?team=South%201",
            "?service=South",
            "?worker=Bob%20Southern",
            "?team=%28no%20team%29",
            "?sort=team;--&size=1000000000&page=-1",
            "?team=North%201%27%20or%20%271%27=%271",
            "?show=done&from=2000-01-01",
        ] {
            for ending in ["", ".csv"] {
                let answer = north.get(&format!("{LIST}{ending}{query}")).await;
                for foreign in ["S8001", "S8002", "Bob Southern", "South 1", "select ", "SQL"] {
                    let asked_for = query.contains(&foreign.replace(' ', "%20"));
                    assert!(asked_for || !answer.body.contains(foreign), "{ending}{query}: {foreign}: {}", answer.body);
                }
            }
        }
        let file = north.get(&format!("{LIST}.csv")).await;
        let lines = file.body.lines().filter(|line| line.contains("North 1")).count();
        assert_eq!(lines, 3, "{}", file.body);
    })
    .await;
}

/// Case 8: one address, two viewers.
#[tokio::test]
async fn two_viewers_of_one_list_get_their_own_children() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        let (north, south) = (manager(&app, "north", "North 1").await, manager(&app, "south", "South 1").await);
        for _ in 0..2 {
            let (of_north, of_south) = (north.get(LIST).await, south.get(LIST).await);
            assert!(of_north.body.contains("N7001") && !of_north.body.contains("S8001"));
            assert!(of_south.body.contains("S8001") && !of_south.body.contains("N7001"));
            for answer in [of_north, of_south] {
                assert_eq!(answer.header("cache-control"), Some("no-store"));
            }
        }
    })
    .await;
}

/// Case 13: with the next extract a child belongs to another team.
#[tokio::test]
async fn case_13_a_child_that_moves_is_lost_to_the_team_it_left() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        let (north, south) = (manager(&app, "north", "North 1").await, manager(&app, "south", "South 1").await);
        let child = page_of(&app, "N7003").await;
        assert_eq!(north.get(&child).await.status, StatusCode::OK);
        assert_eq!(south.get(&child).await.status, StatusCode::NOT_FOUND);
        with_children(&app, Some("N7003")).await;
        assert_eq!(north.get(&child).await.status, StatusCode::NOT_FOUND);
        assert!(!north.get(LIST).await.body.contains("N7003"));
        assert_eq!(south.get(&child).await.status, StatusCode::OK);
    })
    .await;
}

/// Case 21: a member's page holds no child, no worker and no count from 1 to 5, in no part of it.
#[tokio::test]
async fn a_member_gets_no_child_and_no_small_count() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        app.add_user("member", Role::Member, Area::All).await;
        let member = app.signed_in("member").await;
        for path in ["/".to_owned(), "/measures/CIN-01".to_owned()] {
            let answer = member.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            for word in ["N7001", "Amy Northern", "5 of 5", " of 5 "] {
                assert!(!answer.body.contains(word), "{path}: {word}: {}", answer.body);
            }
        }
        for path in [LIST.to_owned(), format!("{LIST}.csv"), page_of(&app, "N7001").await] {
            assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

/// Case 40: without the audit nothing about a child is shown, and the probe says why.
#[tokio::test]
async fn without_the_audit_no_child_is_shown() {
    on_both(Start::default(), |app| async move {
        with_children(&app, None).await;
        app.add_user("director", Role::Director, Area::All).await;
        let director = app.signed_in("director").await;
        let child = page_of(&app, "N7001").await;
        assert!(director.get(&child).await.body.contains("N7001"));
        if app.is_postgres() {
            app.sql("alter table audit add constraint full_up check (false) not valid").await;
        } else {
            app.sql("create trigger full_up before insert on audit begin select raise(abort, 'full'); end").await;
        }
        let paths =
            [child.clone(), LIST.to_owned(), format!("{LIST}.csv"), format!("{LIST}.xlsx"), "/attention".to_owned()];
        for path in paths {
            let answer = director.get(&path).await;
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert!(!answer.body.contains("N7001") && !answer.body.contains("full"), "{path}: {}", answer.body);
        }
        assert_eq!(app.browser().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(app.browser().get("/healthz").await.status, StatusCode::OK);
        if app.is_postgres() {
            app.sql("alter table audit drop constraint full_up").await;
        } else {
            app.sql("drop trigger full_up").await;
        }
        assert_eq!(app.browser().get("/readyz").await.status, StatusCode::OK);
        assert!(director.get(&child).await.body.contains("N7001"));
    })
    .await;
}
