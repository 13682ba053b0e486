//! What managers say of late children: who may, that answers are kept all or none and never changed, and that later
//! extracts confirm or contradict them.

use crate::common::extracts::{Files, ORGANISATION_HEAD, PLANS, day, organisation};
use crate::common::{Start, TestApp, on_both, operator};
use chrono::{DateTime, Utc};
use domain::answers::{BadAnswer, Cohort, Cohorts, Outcome, Said};
use domain::measures::Measure;
use domain::organisation::Organisation;
use domain::scope::{Area, Grant, Role, Scope};
use server::answers::{GivenAnswers, NotAnswered, Unit, give};
use server::clock::Clock;
use server::council::Council;
use server::reading::{Answered, LateUnits, Selection, answer_rates, answers_of_child, late_units};
use server::store::extracts::Which;
use server::store::people::{Kind, reference};

/// A plan of a child, as a line of List 7.
fn plan(child: &str, team: &str, visit: &str) -> String {
    format!("{child},2015-01-01,2025-06-02,{visit},b) No,2025-12-01,,0,{team},Amy")
}

async fn load(app: &TestApp, as_at: &str, plans: &[String]) {
    let mut files = Files::new();
    files.list(7, PLANS, plans).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

/// Four late children in the North, two of them in North 1, one in the South, and one who is not late.
fn plans(visits: [&str; 4]) -> Vec<String> {
    let [one, two, three, four] = visits;
    vec![
        plan("N1", "North 1", one),
        plan("N2", "North 1", two),
        plan("N3", "North 2", three),
        plan("S1", "South 1", four),
        plan("OK", "North 1", "2026-02-05"),
    ]
}

const LATE: [&str; 4] = ["2026-01-05"; 4];

fn measure() -> &'static Measure {
    domain::measures::measure("CPP-01").unwrap()
}

async fn newest(app: &TestApp) -> Council {
    Council::read(&app.state.db).await.unwrap().unwrap()
}

/// Noon of a day.
fn on(date: &str) -> Clock {
    Clock::fixed(format!("{date}T12:00:00Z").parse::<DateTime<Utc>>().unwrap())
}

fn scope(organisation: &Organisation, role: Role, area: Area) -> Scope {
    Scope::of(&[Grant { role, area, valid_from: None, valid_to: None }], organisation, day("2026-02-06"))
}

fn director(council: &Council) -> Scope {
    scope(&council.organisation, Role::Director, Area::All)
}

fn unit(child: &str) -> Unit {
    Unit { child_id: child.into(), list: 7, position: 0 }
}

fn done(date: &str) -> Said {
    Said::Done { on: day(date) }
}

fn not_done() -> Said {
    Said::NotDone { reason: "No answer at the door".to_owned() }
}

/// Says something of children of the newest extract.
async fn say(app: &TestApp, clock: &Clock, scope: &Scope, what: &[(&str, Said)]) -> Result<usize, NotAnswered> {
    let council = newest(app).await;
    let given = GivenAnswers {
        extract: council.extract.id,
        measure: measure(),
        answers: what.iter().map(|(child, said)| (unit(child), said.clone())).collect(),
        by: "manager".to_owned(),
        request_id: "a test".to_owned(),
    };
    give(&app.state.db, clock, &council, scope, &given).await
}

/// The late units of the whole council in the extract as at a date.
async fn late(app: &TestApp, as_at: &str) -> LateUnits {
    let council = Council::read_as_at(&app.state.db, Which::OnOrBefore(day(as_at))).await.unwrap().unwrap();
    let (newest, everything) = (newest(app).await, Selection::default());
    late_units(&app.state.db, (&council, &newest), &director(&newest), measure(), &everything).await.unwrap().unwrap()
}

/// What came of the answer about a child, and its cohort.
fn standing(late: &LateUnits, child: &str) -> (Option<Outcome>, Cohort) {
    let unit = late.units.iter().find(|unit| unit.child.as_deref() == Some(child)).unwrap();
    (unit.answer.as_ref().map(|answered| answered.outcome), unit.cohort)
}

fn counts(cohorts: &Cohorts) -> [u64; 4] {
    [cohorts.done_not_recorded, cohorts.not_done, cohorts.disputed, cohorts.no_answer]
}

/// Every answer about a child that a Director finds, the newest first.
async fn history(app: &TestApp, child: &str) -> Vec<Answered> {
    let council = newest(app).await;
    let reference = reference(&council.reference_key, Kind::Child, child);
    answers_of_child(&app.state.db, &council, &director(&council), &reference).await.unwrap().unwrap()
}

#[tokio::test]
async fn later_extracts_confirm_an_answer_or_do_not_and_the_cohorts_follow() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let all = director(&newest(&app).await);
        assert_eq!(counts(&late(&app, "2026-02-06").await.cohorts), [0, 0, 0, 4]);

        // Monday: two are said to have been visited on Wednesday, one not, one is booked.
        let said = [
            ("N1", done("2026-02-04")),
            ("N2", done("2026-02-04")),
            ("N3", not_done()),
            ("S1", Said::Booked { on: day("2026-02-11") }),
        ];
        assert_eq!(say(&app, &on("2026-02-09"), &all, &said).await.unwrap(), 4);
        let now = late(&app, "2026-02-06").await;
        assert_eq!(counts(&now.cohorts), [2, 2, 0, 0]);
        assert_eq!(standing(&now, "N1"), (Some(Outcome::Waiting), Cohort::DoneNotRecorded));

        // The next extract holds the one visit and the booked one; the other visit may still be recorded.
        load(&app, "2026-02-13", &plans(["2026-02-04", "2026-01-05", "2026-01-05", "2026-02-12"])).await;
        let then = late(&app, "2026-02-06").await;
        let by = day("2026-02-13");
        assert_eq!(standing(&then, "N1"), (Some(Outcome::Confirmed { by }), Cohort::DoneNotRecorded));
        assert_eq!(standing(&then, "N2"), (Some(Outcome::Waiting), Cohort::DoneNotRecorded));
        assert_eq!(standing(&then, "S1"), (Some(Outcome::Confirmed { by }), Cohort::NotDone));
        let now = late(&app, "2026-02-13").await;
        assert_eq!(now.units.len(), 2, "those who were visited are late no more: {now:?}");
        assert_eq!(counts(&now.cohorts), [1, 1, 0, 0], "an answer counts until the visit is on record");

        // A week later it is still not there: not confirmed, and not shown to be visited.
        load(&app, "2026-02-20", &plans(["2026-02-16", "2026-01-05", "2026-01-05", "2026-02-12"])).await;
        let by = day("2026-02-20");
        for as_at in ["2026-02-06", "2026-02-13", "2026-02-20"] {
            let seen = late(&app, as_at).await;
            assert_eq!(standing(&seen, "N2"), (Some(Outcome::NotConfirmed { by }), Cohort::NotDone), "{as_at}");
            assert_eq!(seen.cohorts.total() as usize, seen.units.len());
        }
        let by_team: Vec<_> = late(&app, "2026-02-06").await.by_team;
        let by_team: Vec<_> =
            by_team.iter().map(|(team, cohorts)| (team.as_deref().unwrap(), counts(cohorts))).collect();
        assert_eq!(by_team, [("North 1", [1, 1, 0, 0]), ("North 2", [0, 1, 0, 0]), ("South 1", [0, 1, 0, 0])]);

        let council = newest(&app).await;
        let everything = Selection::default();
        let rates =
            answer_rates(&app.state.db, &council, &all, measure(), &everything, day("2026-01-01")).await.unwrap();
        let rates: Vec<_> = rates
            .iter()
            .map(|it| (it.team.as_deref().unwrap(), it.rate.came_true, it.rate.settled, it.rate.given))
            .collect();
        assert_eq!(rates, [("North 1", 1, 2, 2), ("North 2", 0, 0, 1), ("South 1", 1, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn an_extract_tells_the_cohorts_apart_where_nobody_answered() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let all = director(&newest(&app).await);
        say(&app, &on("2026-02-09"), &all, &[("N3", not_done())]).await.unwrap();
        // Visited by the first extract; after it; and one whom the manager thought unvisited.
        load(&app, "2026-02-13", &plans(["2026-02-06", "2026-02-07", "2026-02-03", "2026-01-05"])).await;
        let then = late(&app, "2026-02-06").await;
        assert_eq!(standing(&then, "N1"), (None, Cohort::DoneNotRecorded));
        assert_eq!(standing(&then, "N2"), (None, Cohort::NoAnswer));
        let by = day("2026-02-13");
        assert_eq!(standing(&then, "N3"), (Some(Outcome::NotConfirmed { by }), Cohort::DoneNotRecorded));
        let shown: Vec<_> = then.units.iter().filter_map(|unit| unit.shown).collect();
        assert_eq!(shown, [day("2026-02-06"), day("2026-02-03")]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_about_one_lateness_and_the_latest_counts() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let all = director(&newest(&app).await);
        say(&app, &on("2026-02-09"), &all, &[("N1", not_done())]).await.unwrap();
        say(&app, &on("2026-02-10"), &all, &[("N1", done("2026-02-04"))]).await.unwrap();
        assert_eq!(standing(&late(&app, "2026-02-06").await, "N1"), (Some(Outcome::Waiting), Cohort::DoneNotRecorded));
        let kept: Vec<Said> = history(&app, "N1").await.into_iter().map(|it| it.answer.said).collect();
        assert_eq!(kept, [done("2026-02-04"), not_done()]);
        assert!(history(&app, "N2").await.is_empty());
        // Visited, and late again a month on: what was said of the first time is history.
        load(&app, "2026-03-13", &plans(["2026-02-04", "2026-03-10", "2026-03-10", "2026-03-10"])).await;
        assert_eq!(standing(&late(&app, "2026-03-13").await, "N1"), (None, Cohort::NoAnswer));
        let outcomes: Vec<Outcome> = history(&app, "N1").await.into_iter().map(|it| it.outcome).collect();
        let by = day("2026-03-13");
        assert_eq!(outcomes, [Outcome::Confirmed { by }, Outcome::NotConfirmed { by }]);
    })
    .await;
}

#[tokio::test]
async fn who_manages_a_team_answers_for_its_children_and_nobody_else_does() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let organisation = newest(&app).await.organisation;
        let (team, service) = (|name: &str| Area::Team(name.to_owned()), |name: &str| Area::Service(name.to_owned()));
        for (role, area, child, may) in [
            (Role::TeamManager, team("North 1"), "N1", true),
            (Role::TeamManager, team("North 1"), "N3", false),
            (Role::TeamManager, team("North 1"), "S1", false),
            (Role::HeadOfService, service("North"), "N3", true),
            (Role::HeadOfService, service("North"), "S1", false),
            (Role::HeadOfService, team("South 1"), "S1", true),
            (Role::Director, Area::All, "S1", true),
            (Role::Analyst, Area::All, "N1", false),
            (Role::QualityLead, Area::All, "N1", false),
            (Role::Member, Area::All, "N1", false),
            (Role::Administrator, Area::All, "N1", false),
        ] {
            let scope = scope(&organisation, role, area.clone());
            let before = history(&app, child).await.len();
            let said = say(&app, &on("2026-02-09"), &scope, &[(child, not_done())]).await;
            let place = format!("{role:?} of {area:?} about {child}");
            match said {
                Ok(1) => assert!(may, "{place}"),
                Err(NotAnswered::NotYours) => assert!(!may, "{place}"),
                other => panic!("{place}: {other:?}"),
            }
            assert_eq!(history(&app, child).await.len(), before + usize::from(may), "{place}");
        }
        let operator = say(&app, &on("2026-02-09"), &operator(), &[("N1", not_done())]).await;
        assert!(matches!(operator, Err(NotAnswered::NotYours)));
    })
    .await;
}

#[tokio::test]
async fn one_answer_that_cannot_be_keeps_them_all_out() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let council = newest(&app).await;
        let (all, north) =
            (director(&council), scope(&council.organisation, Role::TeamManager, Area::Team("North 1".to_owned())));
        let clock = on("2026-02-09");
        let good = || ("N1", done("2026-02-04"));
        let refused = say(&app, &clock, &all, &[good(), ("N2", done("2026-02-10"))]).await;
        assert!(matches!(refused, Err(NotAnswered::Bad { which: 1, why: BadAnswer::NotYet { .. } })), "{refused:?}");
        let refused = say(&app, &clock, &all, &[good(), ("N2", done("2026-01-04"))]).await;
        assert!(matches!(refused, Err(NotAnswered::Bad { why: BadAnswer::BeforeTheLast { .. }, .. })), "{refused:?}");
        let silent = Said::NotOurs { reason: "  ".to_owned() };
        let refused = say(&app, &clock, &all, &[good(), ("N2", silent)]).await;
        assert!(matches!(refused, Err(NotAnswered::Bad { why: BadAnswer::NoReason, .. })), "{refused:?}");
        let refused = say(&app, &clock, &north, &[good(), ("S1", not_done())]).await;
        assert!(matches!(refused, Err(NotAnswered::NotYours)), "{refused:?}");
        let unknown = say(&app, &clock, &north, &[good(), ("X9", not_done())]).await;
        assert_eq!(unknown.unwrap_err().to_string(), refused.unwrap_err().to_string());
        let refused = say(&app, &clock, &all, &[good(), ("OK", not_done())]).await;
        assert!(matches!(refused, Err(NotAnswered::NotLate)), "{refused:?}");
        let refused = say(&app, &clock, &all, &[good(), ("N1", not_done())]).await;
        assert!(matches!(refused, Err(NotAnswered::Twice)), "{refused:?}");
        assert!(matches!(say(&app, &clock, &all, &[]).await, Err(NotAnswered::HowMany)));
        assert!(history(&app, "N1").await.is_empty());
        assert!(app.audit().await.iter().all(|entry| entry.action != "answer"));

        // Together, with an audit row each that names no reason.
        say(&app, &clock, &all, &[good(), ("N2", not_done())]).await.unwrap();
        let audit = app.audit().await;
        let details: Vec<_> =
            audit.iter().filter(|entry| entry.action == "answer").filter_map(|entry| entry.detail.as_deref()).collect();
        assert_eq!(details, ["CPP-01, done", "CPP-01, not-done"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_about_the_newest_extract() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let council = newest(&app).await;
        let all = director(&council);
        load(&app, "2026-02-13", &plans(LATE)).await;
        let given = GivenAnswers {
            extract: council.extract.id,
            measure: measure(),
            answers: vec![(unit("N1"), not_done())],
            by: "manager".to_owned(),
            request_id: "a test".to_owned(),
        };
        // A page that was opened before the load, and one that stands at the earlier extract.
        for council in [council, newest(&app).await] {
            let refused = give(&app.state.db, &on("2026-02-16"), &council, &all, &given).await;
            assert!(matches!(refused, Err(NotAnswered::Overtaken)), "{refused:?}");
        }
        let plans_alone = GivenAnswers { measure: domain::measures::measure("CPP-06").unwrap(), ..given };
        let refused = give(&app.state.db, &on("2026-02-16"), &newest(&app).await, &all, &plans_alone).await;
        assert!(matches!(refused, Err(NotAnswered::NotAnswerable)), "{refused:?}");
        assert!(history(&app, "N1").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_answer_cannot_be_changed_or_deleted() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let all = director(&newest(&app).await);
        say(&app, &on("2026-02-09"), &all, &[("N1", not_done())]).await.unwrap();
        for sql in ["update answer set said = 'done'", "update answer set reason = 'x'", "delete from answer"] {
            assert!(app.try_sql(sql).await.is_err(), "{sql}");
        }
        if app.is_postgres() {
            assert!(app.try_sql("truncate answer").await.is_err());
        }
        assert_eq!(history(&app, "N1").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn answers_are_read_within_the_scope_and_no_child_is_named_who_is_no_longer_the_viewers() {
    on_both(Start::default(), |app| async move {
        load(&app, "2026-02-06", &plans(LATE)).await;
        let organisation = newest(&app).await.organisation;
        let all = director(&newest(&app).await);
        let north = scope(&organisation, Role::TeamManager, Area::Team("North 1".to_owned()));
        let said = [("N1", not_done()), ("N2", not_done()), ("N3", not_done()), ("S1", not_done())];
        say(&app, &on("2026-02-09"), &all, &said).await.unwrap();
        // One child goes to the South.
        let mut moved = plans(LATE);
        moved[1] = plan("N2", "South 1", "2026-01-05");
        load(&app, "2026-02-13", &moved).await;
        let newest = newest(&app).await;
        let then = Council::read_as_at(&app.state.db, Which::OnOrBefore(day("2026-02-06"))).await.unwrap().unwrap();
        let everything = Selection::default();
        let seen = late_units(&app.state.db, (&then, &newest), &north, measure(), &everything).await.unwrap().unwrap();
        let seen: Vec<_> = seen.units.iter().map(|unit| (unit.child.as_deref(), unit.answer.is_some())).collect();
        assert_eq!(seen, [(Some("N1"), true), (None, false)]);
        let rates =
            answer_rates(&app.state.db, &newest, &north, measure(), &everything, day("2026-01-01")).await.unwrap();
        assert_eq!(rates.iter().map(|it| it.team.as_deref()).collect::<Vec<_>>(), [Some("North 1")]);
        for (child, may) in [("N1", true), ("N2", false), ("S1", false), ("X9", false)] {
            let reference = reference(&newest.reference_key, Kind::Child, child);
            let answers = answers_of_child(&app.state.db, &newest, &north, &reference).await.unwrap();
            assert_eq!(answers.is_some(), may, "{child}");
        }
        let member = scope(&organisation, Role::Member, Area::All);
        let seen =
            late_units(&app.state.db, (&newest, &newest), &member, measure(), &everything).await.unwrap().unwrap();
        assert!(seen.units.is_empty() && seen.cohorts.total() == 0);
    })
    .await;
}
