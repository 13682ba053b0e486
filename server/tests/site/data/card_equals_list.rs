//! The card equals the list: for every measure, group and role, over random extracts, the figure's parts are the
//! lines of the list.

use crate::common::extracts::{Random, TEAMS, day};
use crate::common::{Start, on_both, operator};
use chrono::NaiveDate;
use domain::measures::figure::{Figure, Line};
use domain::measures::{CORE, Counting, Measure};
use domain::organisation::Organisation;
use domain::scope::{Area, Grant, Role, Scope};
use server::council::Council;
use server::db::Db;
use server::reading::{Ask, Asked, By, Listed, NO_TEAM, Selection, figure, figures_by, list};
use server::store::{organisation, records};

const AS_AT: &str = "2024-02-29";

fn scopes(organisation: &Organisation, today: NaiveDate) -> Vec<(String, Scope)> {
    let of = |role, area: Area| {
        let name = format!("{role:?} {area:?}");
        let grant = Grant { role, area, valid_from: None, valid_to: None };
        (name, Scope::of(&[grant], organisation, today))
    };
    vec![
        ("operator".to_owned(), operator()),
        of(Role::Director, Area::All),
        of(Role::Director, Area::Service("South".to_owned())),
        of(Role::HeadOfService, Area::Service("North".to_owned())),
        of(Role::TeamManager, Area::Team("north 1".to_owned())),
        of(Role::Analyst, Area::All),
        of(Role::QualityLead, Area::All),
    ]
}

fn counted(measure: &Measure, listed: &Listed) -> Figure {
    let numerator = match measure.counting {
        Counting::ChildrenPerWorker => listed
            .lines
            .iter()
            .map(|line| match line {
                Line::Worker { children, .. } => *children,
                Line::Child(_) => panic!("a list of workers"),
            })
            .sum(),
        _ => listed.lines.iter().filter(|line| line.numerator() == Some(true)).count() as u64,
    };
    Figure { numerator, denominator: listed.lines.len() as u64 }
}

fn selection(by: By, name: Option<String>) -> Selection {
    match by {
        By::Whole => Selection::default(),
        By::Service => Selection { service: name, ..Selection::default() },
        By::Team => Selection { team: name, ..Selection::default() },
        By::Worker => Selection { worker: name, ..Selection::default() },
    }
}

async fn every_card_equals_its_list(db: &Db, council: &Council, asked: &Asked, seed: u64) -> u64 {
    let mut lines = 0;
    // What is not stored is counted anew from the records for every question: one role and some measures prove it.
    let stored = asked.is_stored(council);
    let (roles, step) = if stored { (usize::MAX, 1) } else { (1, 6) };
    let groupings: &[By] =
        if stored { &[By::Whole, By::Service, By::Team, By::Worker] } else { &[By::Whole, By::Team] };
    for (role, scope) in scopes(&council.organisation, day(AS_AT)).into_iter().take(roles) {
        for measure in CORE.iter().step_by(step).chain(CORE.iter().filter(|measure| measure.id.starts_with("WF"))) {
            for by in groupings.iter().copied() {
                let Some(groups) = figures_by(db, council, &scope, measure, asked, by).await.unwrap() else { continue };
                for group in groups {
                    let selection = selection(by, group.name.clone());
                    let listed = list(db, council, &scope, measure, asked, &selection).await.unwrap();
                    let place = format!("seed {seed}, {role}, {}, {by:?} {:?}", measure.id, group.name);
                    assert_eq!(counted(measure, &listed), group.figure, "{place}");
                    let card = figure(db, council, &scope, measure, asked, &selection).await.unwrap();
                    assert_eq!(card, Some(group.figure), "{place}");
                    lines += group.figure.denominator;
                }
            }
        }
    }
    lines
}

#[tokio::test]
async fn the_card_equals_the_list_for_every_measure_group_and_role() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        let mut lines = 0;
        for seed in 0..3 {
            let files = Random::new(seed, day(AS_AT)).files();
            files.load_as(db, AS_AT, true).await.unwrap();
            let council = Council::read(db).await.unwrap().unwrap();
            let asked = Asked::of(&council, &Ask::default()).unwrap();
            lines += every_card_equals_its_list(db, &council, &asked, seed).await;
            if seed == 0 {
                let other = Ask {
                    from: Some(day("2023-12-01")),
                    to: Some(day("2024-01-31")),
                    standards: vec![("caseload_limit".to_owned(), "2".to_owned())],
                };
                let asked = Asked::of(&council, &other).unwrap();
                assert!(!asked.is_stored(&council));
                lines += every_card_equals_its_list(db, &council, &asked, seed).await;
            }
        }
        assert!(lines > 10_000, "the extracts are too small to prove anything: {lines} lines");
    })
    .await;
}

#[tokio::test]
async fn no_line_of_another_team_passes_a_scope() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        Random::new(7, day(AS_AT)).files().load_as(db, AS_AT, true).await.unwrap();
        let council = Council::read(db).await.unwrap().unwrap();
        let asked = Asked::of(&council, &Ask::default()).unwrap();
        let grant =
            Grant { role: Role::TeamManager, area: Area::Team("North 1".into()), valid_from: None, valid_to: None };
        let scope = Scope::of(&[grant], &council.organisation, day(AS_AT));
        let mut own = 0;
        for measure in CORE {
            for team in TEAMS.into_iter().chain([NO_TEAM]) {
                let selection = Selection { team: Some(team.to_owned()), ..Selection::default() };
                let listed = list(db, &council, &scope, measure, &asked, &selection).await.unwrap();
                assert!(team == "North 1" || listed.lines.is_empty(), "{} of {team}", measure.id);
                own += listed.lines.len();
            }
        }
        assert!(own > 0);
    })
    .await;
}

#[tokio::test]
async fn stored_facts_are_the_facts_of_the_stored_records() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for seed in 20..23 {
            Random::new(seed, day(AS_AT)).files().load_as(db, AS_AT, true).await.unwrap();
            let council = Council::read(db).await.unwrap().unwrap();
            let stored = Asked::of(&council, &Ask::default()).unwrap();
            // The same question by another route: a standard set to another value and back is counted anew.
            let mut anew = stored.clone();
            anew.standards.worker_placeholders.insert("nobody has this name".to_owned());
            for measure in CORE {
                let scope = operator();
                let one = list(db, &council, &scope, measure, &stored, &Selection::default()).await.unwrap();
                let two = list(db, &council, &scope, measure, &anew, &Selection::default()).await.unwrap();
                let mut one: Vec<String> = one.lines.iter().map(|line| format!("{line:?}")).collect();
                let mut two: Vec<String> = two.lines.iter().map(|line| format!("{line:?}")).collect();
                one.sort();
                two.sort();
                assert_eq!(one, two, "seed {seed}, {}", measure.id);
            }
        }
        assert!(!organisation::lines(db).await.unwrap().is_empty());
        let mut children = 0;
        records::each_journey(db, day(AS_AT), |_| children += 1).await.unwrap();
        assert!(children > 10);
    })
    .await;
}
