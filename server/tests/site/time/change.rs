//! What changed between extracts: that the changes add up, what was altered in retrospect, and how late it was recorded.

use crate::common::extracts::{
    ASSESSMENTS, CONTACTS, Files, NEEDS, ORGANISATION_HEAD, PLANS, Random, clock, day, organisation,
};
use crate::common::{Start, TestApp, on_both, operator};
use domain::change::{Reason, Side, What};
use domain::holds::Confirmed;
use domain::measures::figure::Figure;
use domain::measures::{CORE, Counting};
use domain::record::List;
use domain::scope::{Area, Grant, Role, Scope};
use ingest::{Format, InputFile, Silent};
use server::council::{Council, CouncilCache};
use server::db::Db;
use server::demo::{DemoFormat, DemoOptions};
use server::load::{LoadRequest, load};
use server::reading::{AlteredPage, AskAltered, AskLag, Changed, Lags, Selection, altered, changed, lag};
use server::store::extracts::Which;
use std::collections::BTreeMap;
use std::sync::Arc;

async fn council(db: &Db, as_at: &str) -> Council {
    Council::read_as_at(db, Which::OnOrBefore(day(as_at))).await.unwrap().unwrap()
}

/// A council that knows the tallies of every extract, as the server has it.
async fn newest(db: &Db) -> Council {
    Council::read(db).await.unwrap().unwrap()
}

fn scope(council: &Council, role: Role, area: Area) -> Scope {
    Scope::of(&[Grant { role, area, valid_from: None, valid_to: None }], &council.organisation, day("2026-02-06"))
}

fn of_team(team: &str) -> Selection {
    Selection { team: Some(team.to_owned()), ..Selection::default() }
}

/// The earlier figure with every unit added that came and taken off that left.
fn added_up(changed: &Changed) -> (i64, i64) {
    let sign = |counts: fn(Side) -> bool| {
        changed.units.iter().map(|unit| i64::from(counts(unit.to)) - i64::from(counts(unit.from))).sum::<i64>()
    };
    (
        changed.before.numerator as i64 + sign(|side| side == Side::Numerator),
        changed.before.denominator as i64 + sign(|side| side != Side::Out),
    )
}

fn as_pair(figure: Figure) -> (i64, i64) {
    (figure.numerator as i64, figure.denominator as i64)
}

/// Every measure and several groups between two extracts; how many units changed, by reason.
async fn all_add_up(db: &Db, (then, now): (&str, &str), scope: &Scope, seen: &mut BTreeMap<Reason, usize>) {
    let (earlier, later, newest) = (council(db, then).await, council(db, now).await, newest(db).await);
    let places: Vec<_> = later.organisation.teams().collect();
    let service = |name: &str| Selection { service: Some(name.to_owned()), ..Selection::default() };
    let (first, last) = (places.first().unwrap(), places.last().unwrap());
    let groups = [Selection::default(), of_team(&first.team), of_team(&last.team), service(&last.service)];
    for measure in CORE {
        for selection in &groups {
            let found = changed(db, (&earlier, &later), &newest, scope, measure, selection).await.unwrap();
            let Some(found) = found else {
                assert!(measure.counting != Counting::Units, "{}", measure.id);
                continue;
            };
            assert_eq!(added_up(&found), as_pair(found.after), "{} {selection:?} {then} to {now}", measure.id);
            for unit in &found.units {
                *seen.entry(unit.reason).or_default() += 1;
            }
        }
    }
}

#[tokio::test]
async fn what_came_less_what_left_is_the_difference_in_random_extracts() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (seed, as_at) in [(31, "2025-11-28"), (32, "2026-01-30"), (33, "2026-02-06")] {
            Random::new(seed, day(as_at)).files().load_as(db, as_at, true).await.unwrap();
        }
        let council = newest(db).await;
        let mut seen = BTreeMap::new();
        for scope in [operator(), scope(&council, Role::HeadOfService, Area::Service("North".to_owned()))] {
            for between in [("2025-11-28", "2026-01-30"), ("2026-01-30", "2026-02-06"), ("2025-11-28", "2026-02-06")] {
                all_add_up(db, between, &scope, &mut seen).await;
            }
        }
        assert!(seen.values().sum::<usize>() > 1_000, "{seen:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_came_less_what_left_is_the_difference_in_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let options = DemoOptions {
        children: 300,
        months: 0,
        weeks: 6,
        seed: 5,
        out: folder.path().join("demo"),
        last_as_at: day("2026-02-06"),
        format: DemoFormat::Csv,
    };
    let weeks = Arc::new(server::demo::write(&options, &|_, _| {}).unwrap());
    on_both(Start::default(), |app| {
        let weeks = Arc::clone(&weeks);
        async move {
            let db = &app.state.db;
            for week in weeks.iter() {
                let input = |path: &std::path::PathBuf| InputFile {
                    name: path.file_name().unwrap().to_string_lossy().into_owned(),
                    path: path.clone(),
                };
                let request = LoadRequest {
                    files: week.files.iter().map(input).collect(),
                    format: Format::Auto,
                    as_at: week.as_at,
                    loaded_by: "a test".to_owned(),
                    request_id: "a test".to_owned(),
                    confirmed: Confirmed::All,
                    why: None,
                    check: false,
                };
                load(db, &clock(), request, Arc::new(Silent)).await.unwrap();
            }
            let mut seen = BTreeMap::new();
            for between in [("2026-01-30", "2026-02-06"), ("2026-01-02", "2026-02-06")] {
                all_add_up(db, between, &operator(), &mut seen).await;
            }
            // A council's ordinary weeks: new, done, recorded late, ended, late, and past the period.
            for reason in [
                Reason::New,
                Reason::Done,
                Reason::RecordedLate,
                Reason::Ended,
                Reason::BecameLate,
                Reason::LeftPeriod,
                Reason::TookPlace,
                Reason::Moved,
            ] {
                assert!(seen.contains_key(&reason), "{reason:?} is not among {seen:?}");
            }
            // In six quiet weeks nearly everything has its reason.
            let (all, unexplained) = (seen.values().sum::<usize>(), seen.get(&Reason::Changed).copied().unwrap_or(0));
            assert!(unexplained * 10 < all, "{seen:?}");
            let visits = read_lag(db, &operator(), true).await;
            let whole = visits.whole.unwrap();
            assert!(whole.events > 50 && whole.certainly_late > 0 && whole.certainly_late < whole.events, "{whole:?}");
            assert!(visits.is_first_left_out && visits.since == Some(weeks[1].as_at));
        }
    })
    .await;
}

async fn read_altered(db: &Db, scope: &Scope, page: usize, size: usize) -> AlteredPage {
    let newest = newest(db).await;
    let selection = Selection::default();
    let ask = AskAltered { from: day("2026-01-01"), selection: &selection, list: None, page, size };
    altered(db, &CouncilCache::new(), (&newest, &newest), scope, &ask).await.unwrap()
}

async fn read_lag(db: &Db, scope: &Scope, visits_alone: bool) -> Lags {
    let newest = newest(db).await;
    let selection = Selection::default();
    let ask = AskLag { from: day("2025-12-01"), selection: &selection, visits_alone, list: None };
    lag(db, &CouncilCache::new(), &newest, scope, &ask).await.unwrap().unwrap()
}

fn plan(child: &str, start: &str, visit: &str, end: &str, team: &str) -> String {
    format!("{child},2015-01-01,{start},{visit},b) No,2025-12-01,{end},0,{team},Amy")
}

async fn load_lists(app: &TestApp, as_at: &str, lists: &[(u8, &str, &[String])]) {
    let mut files = Files::new();
    for (number, head, rows) in lists {
        files.list(*number, head, rows);
    }
    files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

/// Three extracts: a start is corrected in the second, a visit taken out and a plan dropped in the third.
async fn three_extracts(app: &TestApp) {
    let contact = |date: &str| vec![format!("A,2015-01-01,{date},")];
    let plans = |start, visit, last: bool| {
        let mut plans = vec![
            plan("A", start, visit, "", "North 1"),
            plan("B", "2025-06-02", "2026-01-20", "2026-01-22", "South 1"),
        ];
        plans.extend(last.then(|| plan("C", "2025-06-02", "2026-01-20", "", "North 1")));
        plans
    };
    load_lists(
        app,
        "2026-01-23",
        &[(1, CONTACTS, &contact("2026-01-12")), (7, PLANS, &plans("2025-06-02", "2026-01-20", true))],
    )
    .await;
    load_lists(
        app,
        "2026-01-30",
        &[(1, CONTACTS, &contact("2026-01-13")), (7, PLANS, &plans("2025-06-09", "2026-01-20", true))],
    )
    .await;
    load_lists(
        app,
        "2026-02-06",
        &[(1, CONTACTS, &contact("2026-01-13")), (7, PLANS, &plans("2025-06-09", "", false))],
    )
    .await;
}

#[tokio::test]
async fn what_was_altered_in_retrospect_is_told_with_its_extracts_and_counted() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_extracts(&app).await;
        let page = read_altered(db, &operator(), 1, 50).await;
        let header = |what| match what {
            What::Value(field) => field.header,
            What::Row => "the row",
        };
        let lines: Vec<_> = page
            .lines
            .iter()
            .map(|it| {
                let (was, now) = (it.was.as_deref().unwrap_or(""), it.now.as_deref().unwrap_or(""));
                let child = it.child.as_deref().unwrap();
                (child, header(it.what), was, now, it.first_seen.to_string(), it.came.to_string())
            })
            .collect();
        let (first, second, third) = ("2026-01-23".to_owned(), "2026-01-30".to_owned(), "2026-02-06".to_owned());
        assert_eq!(
            lines,
            [
                ("A", "Date of the Last Statutory Visit", "2026-01-20", "", first.clone(), third.clone()),
                ("C", "the row", "2025-06-02", "", first.clone(), third),
                ("A", "Date of Contact", "2026-01-12", "2026-01-13", first.clone(), second.clone()),
                ("A", "Child Protection Plan Start Date", "2025-06-02", "2025-06-09", first, second),
            ]
        );
        assert_eq!(page.total, 4);
        assert_eq!(page.by_list, [(List::Contacts, 1), (List::ProtectionPlans, 3)]);
        assert_eq!(page.by_team, [(Some("North 1".into()), 4)], "a contact counts with the child's team");
        let second = read_altered(db, &operator(), 2, 3).await;
        assert_eq!((second.total, second.lines.len()), (4, 1));
        assert!(read_altered(db, &operator(), 9, 50).await.lines.is_empty());
    })
    .await;
}

#[tokio::test]
async fn alterations_are_read_within_the_scope_and_name_nobody_who_is_no_longer_the_viewers() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        three_extracts(&app).await;
        let council = newest(db).await;
        let north =
            read_altered(db, &scope(&council, Role::TeamManager, Area::Team("North 1".to_owned())), 1, 50).await;
        // Whoever left the extract counts in no figure of the team any more.
        let named: Vec<_> = north.lines.iter().map(|it| it.child.as_deref()).collect();
        assert_eq!(named, [Some("A"), None, Some("A"), Some("A")]);
        for (role, area) in [(Role::TeamManager, Area::Team("South 1".to_owned())), (Role::Member, Area::All)] {
            let seen = read_altered(db, &scope(&council, role, area), 1, 50).await;
            assert!(seen.lines.is_empty() && seen.total == 0 && seen.by_team.is_empty(), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_left_for_another_team_is_told_and_not_named() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let need = |id: &str, team: &str| {
            format!("{id},2015-01-01,b) No,2025-06-02,2026-01-28,,c) Child in need plan,{team},Amy")
        };
        for (as_at, team) in [("2026-01-30", "North 1"), ("2026-02-06", "South 1")] {
            load_lists(&app, as_at, &[(6, NEEDS, &[need("N7001", "North 1"), need("M9009", team)])]).await;
        }
        let (earlier, later) = (council(db, "2026-01-30").await, newest(db).await);
        let north = scope(&later, Role::TeamManager, Area::Team("North 1".to_owned()));
        let measure = domain::measures::measure("CIN-01").unwrap();
        let everything = Selection::default();
        let told = changed(db, (&earlier, &later), &later, &north, measure, &everything).await.unwrap().unwrap();
        let [unit] = &told.units[..] else { panic!("{told:?}") };
        assert_eq!((unit.child.as_deref(), unit.reason, unit.team.as_deref()), (None, Reason::Moved, Some("North 1")));
        assert_eq!((told.before.denominator, told.after.denominator), (2, 1));
        let all = changed(db, (&earlier, &later), &later, &operator(), measure, &of_team("South 1")).await;
        let units = all.unwrap().unwrap().units;
        assert_eq!(units.iter().map(|unit| unit.child.as_deref()).collect::<Vec<_>>(), [Some("M9009")]);
        // Nobody who reads no child, and no extract before its own.
        let member = scope(&later, Role::Member, Area::All);
        assert_eq!(changed(db, (&earlier, &later), &later, &member, measure, &everything).await.unwrap(), None);
        assert_eq!(changed(db, (&later, &earlier), &later, &north, measure, &everything).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn how_late_a_visit_was_recorded_is_bounded_by_the_extracts_around_it() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let plans = |one: &str, two: &str| {
            vec![plan("A", "2025-06-02", one, "", "North 1"), plan("B", "2025-06-02", two, "", "South 1")]
        };
        load_lists(&app, "2026-01-30", &[(7, PLANS, &plans("2026-01-12", "2026-01-12"))]).await;
        let nothing = read_lag(db, &operator(), true).await;
        assert!(nothing.whole.is_none() && nothing.since.is_none() && nothing.is_first_left_out);

        // Visits of a fortnight before and of the week; and a list that was not there before.
        let assessment = vec!["A,2015-01-01,2025-11-03,a) Yes,2025-12-01,North 1,Amy".to_owned()];
        let lists: [(u8, &str, &[String]); 2] =
            [(7, PLANS, &plans("2026-01-20", "2026-02-03")), (4, ASSESSMENTS, &assessment)];
        load_lists(&app, "2026-02-06", &lists).await;
        for visits_alone in [true, false] {
            let lags = read_lag(db, &operator(), visits_alone).await;
            assert!(lags.is_first_left_out && lags.since == Some(day("2026-02-06")));
            let lines: Vec<_> = lags
                .by_team
                .iter()
                .map(|it| (it.name.as_deref().unwrap(), it.events, it.certainly_late, it.median_at_most))
                .collect();
            assert_eq!(lines, [("North 1", 1, 1, 17), ("South 1", 1, 0, 3)], "the first assessments say nothing");
            assert_eq!(lags.by_worker.len(), 1);
            let whole = lags.whole.unwrap();
            assert_eq!((whole.events, whole.certainly_late, whole.median_at_most), (2, 1, 3));
        }
        // A row that drops out for a week brings no news when it is back.
        load_lists(&app, "2026-02-13", &[(7, PLANS, &plans("2026-01-20", "2026-02-03")[..1])]).await;
        load_lists(&app, "2026-02-20", &[(7, PLANS, &plans("2026-01-20", "2026-02-03"))]).await;
        assert_eq!(read_lag(db, &operator(), false).await.whole.unwrap().events, 2);
        let council = newest(db).await;
        let north = scope(&council, Role::TeamManager, Area::Team("North 1".to_owned()));
        let seen = read_lag(db, &north, true).await;
        assert_eq!(seen.by_team.iter().map(|it| it.name.as_deref()).collect::<Vec<_>>(), [Some("North 1")]);
        let selection = Selection::default();
        let ask = AskLag { from: day("2026-01-01"), selection: &selection, visits_alone: true, list: None };
        let member = scope(&council, Role::Member, Area::All);
        assert_eq!(lag(db, &CouncilCache::new(), &council, &member, &ask).await.unwrap(), None);
    })
    .await;
}
