//! Looking ahead: the coming weeks equal what the next extract shows where nothing happened, and whom they name.

use crate::common::extracts::{Files, ORGANISATION_HEAD, PLANS, Random, TEAMS, day, organisation};
use crate::common::{Browser, Start, TestApp, on_both, operator};
use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use domain::look_ahead::{WEEKS, coming_weeks};
use domain::measures::figure::Line;
use domain::measures::{CORE, Context, Counting, Fact, measure};
use domain::organisation::Organisation;
use domain::scope::{Area, Grant, Role, Scope};
use server::council::Council;
use server::db::Db;
use server::reading::{Ask, Asked, NO_TEAM, Selection, coming, due, figure, list};
use server::store::extracts::Which;
use server::store::records;

/// The extracts of one seed: the very same rows on a day and a week later, when every date in them is past.
async fn a_quiet_week(db: &Db, seed: u64) -> (Council, Council) {
    let written = day("2024-01-01") + TimeDelta::days(100 * i64::try_from(seed).unwrap());
    let first = written + TimeDelta::days(61);
    let files = Random::new(seed, written).files();
    for as_at in [first, first + TimeDelta::days(7)] {
        files.load_as(db, &as_at.to_string(), true).await.unwrap();
    }
    let then = Council::read_as_at(db, Which::OnOrBefore(first)).await.unwrap().unwrap();
    let now = Council::read(db).await.unwrap().unwrap();
    assert_eq!((then.as_at(), now.as_at()), (first, first + TimeDelta::days(7)));
    (then, now)
}

fn scopes(organisation: &Organisation, today: NaiveDate) -> [Scope; 3] {
    let of =
        |role, area: Area| Scope::of(&[Grant { role, area, valid_from: None, valid_to: None }], organisation, today);
    [
        operator(),
        of(Role::HeadOfService, Area::Service("North".to_owned())),
        of(Role::TeamManager, Area::Team("North 1".to_owned())),
    ]
}

fn asked(council: &Council) -> Asked {
    Asked::of(council, &Ask::default()).unwrap()
}

#[tokio::test]
async fn a_figure_looked_ahead_to_is_the_next_extracts_where_nothing_happened() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let mut units = 0;
        for seed in 0..3 {
            let (then, now) = a_quiet_week(db, seed).await;
            for scope in scopes(&then.organisation, then.as_at()) {
                for team in [None].into_iter().chain(TEAMS.into_iter().chain([NO_TEAM]).map(Some)) {
                    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
                    for measure in CORE {
                        let weeks = coming(db, &then, &scope, measure, &asked(&then), &selection).await.unwrap();
                        let next = figure(db, &now, &scope, measure, &asked(&now), &selection).await.unwrap();
                        let place = format!("seed {seed}, {} of {team:?}", measure.id);
                        assert_eq!(weeks.as_ref().map(|weeks| weeks[0].figure), next, "{place}");
                        assert!(weeks.is_none_or(|weeks| weeks.len() == WEEKS as usize), "{place}");
                        units += next.map_or(0, |figure| figure.denominator);
                    }
                }
            }
        }
        assert!(units > 3_000, "the extracts are too small to prove anything: {units} units");
    })
    .await;
}

#[tokio::test]
async fn a_fact_looked_ahead_to_is_the_next_extracts_where_nothing_happened() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for seed in 0..3 {
            let (then, now) = a_quiet_week(db, seed).await;
            let context = Context {
                as_at: then.as_at(),
                period: then.period(),
                standards: &then.standards,
                calendar: &then.calendar,
                names: &then.names,
                supplied: &then.extract.supplied,
            };
            let mut ahead: Vec<Fact> = Vec::new();
            records::each_journey(db, then.as_at(), |journey| {
                let weeks = coming_weeks(journey.read_as_at(then.as_at()), &context);
                ahead.extend(weeks.into_iter().filter(|week| week.week == 1).flat_map(|week| week.facts));
            })
            .await
            .unwrap();
            let mut next: Vec<Fact> = Vec::new();
            for measure in CORE.iter().filter(|measure| measure.counting == Counting::Units) {
                let scope = operator();
                let listed = list(db, &now, &scope, measure, &asked(&now), &Selection::default()).await.unwrap();
                next.extend(listed.lines.into_iter().filter_map(|line| match line {
                    Line::Child(fact) => Some(Fact::clone(&fact)),
                    Line::Worker { .. } => None,
                }));
            }
            ahead.retain(|fact| measure(fact.measure).is_some_and(|measure| measure.counting == Counting::Units));
            let sorted = |facts: &mut Vec<Fact>| {
                facts.sort_by_cached_key(|fact| format!("{fact:?}"));
            };
            sorted(&mut ahead);
            sorted(&mut next);
            assert!(next.len() > 100);
            assert_eq!(ahead, next, "seed {seed}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_falls_due_in_a_week_is_late_in_the_extract_after_it() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let mut units = 0;
        for seed in 0..6 {
            let (then, now) = a_quiet_week(db, seed).await;
            let scope = operator();
            let everything = Selection::default();
            let due: Vec<_> = due(db, &then, &scope, &everything).await.unwrap();
            assert!(due.is_sorted_by_key(|unit| unit.last_day));
            assert!(due.iter().all(|unit| (0..28).contains(&(unit.last_day - then.as_at()).num_days())));
            for measure in CORE {
                let of_week: Vec<_> =
                    due.iter().filter(|unit| unit.fact.measure == measure.id && unit.last_day < now.as_at()).collect();
                let weeks = coming(db, &then, &scope, measure, &asked(&then), &everything).await.unwrap();
                assert_eq!(weeks.map_or(0, |weeks| weeks[0].due), of_week.len() as u64, "{}", measure.id);
                let listed = list(db, &now, &scope, measure, &asked(&now), &everything).await.unwrap();
                for unit in of_week {
                    let is_late = listed.lines.iter().any(|line| match line {
                        Line::Child(fact) => {
                            (&fact.child_id, fact.list, fact.position)
                                == (&unit.fact.child_id, unit.fact.list, unit.fact.position)
                                && domain::look_ahead::is_wrong(measure, fact)
                        }
                        Line::Worker { .. } => false,
                    });
                    assert!(is_late, "seed {seed}: {unit:?}");
                    units += 1;
                }
            }
        }
        assert!(units > 5, "the extracts are too small to prove anything: {units} units");
    })
    .await;
}

const AS_AT: &str = "2026-02-27";

/// Two plans of North 1 and one of South 1 late with a visit, and one of each that falls due on 4 March 2026.
async fn with_plans(app: &TestApp) {
    let plan = |id: &str, visit: &str, team: &str| {
        format!("{id},2015-01-01,2025-12-01,{visit},Y,2026-01-15,,0,{team},Amy Able")
    };
    let rows = [
        plan("N7001", "2026-01-05", "North 1"),
        plan("N7002", "2026-01-20", "North 1"),
        plan("N7003", "2026-02-18", "North 1"),
        plan("S8001", "2026-01-05", "South 1"),
        plan("S8002", "2026-02-18", "South 1"),
    ];
    let mut files = Files::new();
    files.list(7, PLANS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, AS_AT, true).await.unwrap();
}

async fn signed_in(app: &TestApp, name: &str, role: Role, area: Area) -> Browser {
    app.add_user(name, role, area).await;
    app.signed_in(name).await
}

#[tokio::test]
async fn a_measure_says_what_comes_and_who_would_bring_it_to_its_target() {
    on_both(Start::default(), |app| async move {
        with_plans(&app).await;
        let north = signed_in(&app, "north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        let answer = north.get("/measures/CPP-01").await;
        assert_eq!(answer.status, StatusCode::OK);
        for words in [
            "If nobody acts",
            "Now, 27 February 2026</th><td><strong>33.3%",
            "Friday 6 March 2026</th><td><strong>0.0%",
            "All 2 on the wrong side have to be put right. Then the figure is: 100.0%",
            "N7001",
            "N7002",
        ] {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        assert!(!answer.body.contains("S8001") && !answer.body.contains("N7003"), "{}", answer.body);
        let past = north.get("/measures/ASM-01").await.body;
        assert!(!past.contains("If nobody acts"), "not supplied: {past}");
        let audit = app.audit().await;
        let entry = audit.iter().find(|entry| entry.action == "read look-ahead").unwrap();
        assert_eq!((entry.actor.as_str(), entry.subject.as_deref()), ("north", Some("CPP-01")));

        // Who sees small numbers suppressed is told nothing of it, and no child.
        let member = signed_in(&app, "member", Role::Member, Area::All).await;
        let answer = member.get("/measures/CPP-01").await;
        assert_eq!(answer.status, StatusCode::OK);
        for words in ["If nobody acts", "reach the target", "N7001"] {
            assert!(!answer.body.contains(words), "{words}: {}", answer.body);
        }
    })
    .await;
}

#[tokio::test]
async fn a_length_of_plan_comes_with_its_caution_and_the_past_with_its_reason() {
    on_both(Start::default(), |app| async move {
        with_plans(&app).await;
        let director = signed_in(&app, "director", Role::Director, Area::All).await;
        let period = director.get("/measures/CPP-09").await.body;
        assert!(period.contains("What the coming weeks will bring is not known"), "{period}");
        let length = director.get("/measures/CPP-07").await.body;
        assert!(length.contains("If nobody acts"), "{length}");
        assert!(length.contains("is no reason to end it"), "{length}");
    })
    .await;
}

#[tokio::test]
async fn a_teams_calendar_shows_what_falls_due_and_is_on_record() {
    on_both(Start::default(), |app| async move {
        with_plans(&app).await;
        let north = signed_in(&app, "north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        let body = north.get("/teams/North%201").await.body;
        for words in ["Falling due in the next 28 days", "Wednesday 4 March 2026", "N7003"] {
            assert!(body.contains(words), "{words}: {body}");
        }
        for words in ["S8002", "N7001</a></th><td data-label=\"Day\">Wednesday 4 March"] {
            assert!(!body.contains(words), "{words}: {body}");
        }
        let audit = app.audit().await;
        let entry = audit.iter().find(|entry| entry.action == "read team calendar").unwrap();
        assert_eq!((entry.actor.as_str(), entry.subject.as_deref()), ("north", Some("North 1")));
        assert_eq!(north.get("/teams/South%201").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
