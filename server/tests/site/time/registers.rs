//! The registers' time: how long a child has been on one, how the number went by team, and that both are what the register
//! of each extract says.

use crate::common::extracts::{CARE, Files, NEEDS, PLANS, Random, clock, day, organisation};
use crate::common::{Start, TestApp, on_both, operator};
use chrono::{Days, NaiveDate};
use domain::scope::{Area, Grant, Role, Scope};
use server::council::{Council, CouncilCache, Register};
use server::db::Db;
use server::load::{NewStandard, set_standard};
use server::reading::{RegisterPast, Selection, Stay, register, register_past};
use server::store::extracts::{Version, Which};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A Friday so many weeks after the first.
fn week(number: u64) -> NaiveDate {
    day("2026-01-23") + Days::new(7 * number)
}

/// What is kept of a register as at a date.
async fn kept(db: &Db, as_at: NaiveDate, scope: &Scope, which: Register, selection: &Selection) -> RegisterPast {
    let council = Council::read_as_at(db, Which::OnOrBefore(as_at)).await.unwrap().unwrap();
    // A cache of its own for each question: nothing is answered from an earlier one.
    let cache = CouncilCache::new();
    register_past(db, &council, (&cache, Version::default()), scope, which, (selection, None)).await.unwrap()
}

/// The same worked out from the register of each extract, counted from its records.
async fn by_hand(db: &Db, as_at: NaiveDate, scope: &Scope, which: Register, selection: &Selection) -> RegisterPast {
    let council = Council::read_as_at(db, Which::OnOrBefore(as_at)).await.unwrap().unwrap();
    let mut past = RegisterPast::default();
    let everything = (operator(), Selection::default());
    let mut everybody: Vec<(NaiveDate, HashSet<Arc<str>>)> = Vec::new();
    for extract in &council.extracts {
        let then = Council::read_as_at(db, Which::OnOrBefore(extract.as_at)).await.unwrap().unwrap();
        let lines = register(db, &then, scope, which, selection).await.unwrap();
        let mut by_team: BTreeMap<String, (String, u64)> = BTreeMap::new();
        for line in &lines {
            let team = line.team.as_deref().unwrap_or(server::reading::NO_TEAM);
            by_team.entry(domain::names::name_key(team)).or_insert_with(|| (team.to_owned(), 0)).1 += 1;
        }
        past.weeks.push(server::reading::RegisterWeek { as_at: extract.as_at, lines: lines.len() as u64, by_team });
        let all = register(db, &then, &everything.0, which, &everything.1).await.unwrap();
        everybody.push((extract.as_at, all.iter().map(|line| Arc::clone(&line.child_id)).collect()));
        past.stays = lines
            .iter()
            .map(|line| {
                let run = everybody.iter().rev().take_while(|(_, there)| there.contains(&line.child_id));
                let since = run.last().unwrap().0;
                (Arc::clone(&line.child_id), Stay { since, or_before: since == council.extracts[0].as_at })
            })
            .collect::<HashMap<_, _>>();
    }
    past
}

fn scope_of_north_1(council: &Council) -> Scope {
    let grant = Grant { role: Role::TeamManager, area: Area::Team("North 1".into()), valid_from: None, valid_to: None };
    Scope::of(&[grant], &council.organisation, week(5))
}

/// Holds for every register, as at every date, for who reads everything and for a team's manager; answers how many stays
/// were longer than an extract and did not begin with the first.
async fn assert_kept_is_counted(db: &Db, weeks: u64) -> usize {
    let council = Council::read(db).await.unwrap().unwrap();
    let south = Selection { service: Some("South".to_owned()), ..Selection::default() };
    let viewers =
        [(operator(), Selection::default()), (operator(), south), (scope_of_north_1(&council), Selection::default())];
    let mut longer = 0;
    for which in Register::ALL {
        for as_at in [weeks - 1, weeks / 2].map(week) {
            for (scope, selection) in &viewers {
                let (kept, by_hand) =
                    (kept(db, as_at, scope, which, selection).await, by_hand(db, as_at, scope, which, selection).await);
                assert_eq!(kept, by_hand, "{which:?} as at {as_at}");
                longer += kept.stays.values().filter(|stay| stay.since < as_at && !stay.or_before).count();
            }
        }
    }
    longer
}

async fn load_random(db: &Db, number: u64, seed: u64) {
    let as_at = week(number);
    Random::new(seed, as_at).files().load_as(db, &as_at.to_string(), true).await.unwrap();
}

/// Somebody manages every team, and did so all the time.
async fn managed_by(db: &Db, manager: &str) {
    let mut files = Files::new();
    let teams: Vec<String> = organisation().into_iter().map(|line| format!("{line},{manager}")).collect();
    files.file("organisation.csv", "team,service,head_of_service,team_manager", &teams);
    files.load_as(db, &week(2).to_string(), true).await.unwrap();
}

#[tokio::test]
async fn time_on_a_register_is_what_the_register_of_each_extract_says() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for number in [0, 1, 2, 4, 5] {
            load_random(db, number, number).await;
        }
        managed_by(db, "Amy").await;
        let longer = assert_kept_is_counted(db, 6).await;
        assert!(longer > 20, "the extracts are too unlike each other to prove anything: {longer}");
        // An extract that comes late takes its place, and one that is put right takes that of the old one.
        load_random(db, 3, 3).await;
        load_random(db, 1, 77).await;
        assert_kept_is_counted(db, 6).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_not_kept_or_was_counted_by_something_else_is_counted_on_first_need() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for number in 0..3 {
            load_random(db, number, number).await;
        }
        assert_eq!(server::council::bring_registers_up_to_date(db).await.unwrap(), 0, "a load keeps them at once");
        // As a database of an earlier release has it.
        app.sql("delete from register_line").await;
        app.sql("delete from register_count where extract_id < 3").await;
        assert_eq!(server::council::bring_registers_up_to_date(db).await.unwrap(), 2);
        app.sql("delete from register_count").await;
        assert_kept_is_counted(db, 3).await;
        // Another manages, and did so all the time: the past is read by what is known now, as the register itself is.
        managed_by(db, "Bob").await;
        assert_kept_is_counted(db, 3).await;
        assert_eq!(server::council::bring_registers_up_to_date(db).await.unwrap(), 0);
    })
    .await;
}

/// Three children on plans: of 20 months, of 10, and one of 20 whose plan ends in the third week and who is back on a
/// second plan in the fifth.
fn plans(number: u64) -> Files {
    let plan = |id: &str, start: &str, end: &str, earlier: u8| {
        format!("{id},2015-01-01,{start},{},Y,2026-01-15,{end},{earlier},North 1,Amy Able", week(number))
    };
    let mut rows = vec![plan("N1", "2024-05-20", "", 0), plan("N2", "2025-03-20", "", 0)];
    if number < 2 {
        rows.push(plan("N3", "2024-05-20", "", 0));
    } else if number >= 4 {
        rows.push(plan("N3", "2026-02-16", "", 1));
    }
    let mut files = Files::new();
    files.list(6, NEEDS, &[]).list(7, PLANS, &rows);
    files.file("organisation.csv", "team,service,head_of_service", &organisation());
    files
}

async fn loaded(app: &TestApp, weeks: u64) {
    for number in 0..weeks {
        plans(number).load_as(&app.state.db, &week(number).to_string(), true).await.unwrap();
    }
}

#[tokio::test]
async fn a_standard_changed_from_a_date_changes_durations_from_then_only() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        loaded(&app, 6).await;
        let scope = operator();
        let everything = Selection::default();
        let stays = async |number: u64| kept(db, week(number), &scope, Register::Attention, &everything).await.stays;
        let since = |stays: &HashMap<Arc<str>, Stay>, child: &str| stays.get(child).map(|stay| stay.since);
        let (before, now) = (stays(2).await, stays(5).await);
        assert_eq!(since(&now, "N1"), Some(week(0)));
        assert!(now["N1"].or_before && !now["N3"].or_before);
        assert_eq!((since(&now, "N2"), since(&now, "N3")), (None, Some(week(4))), "a break begins anew");
        // From the fourth week on 10 months are long.
        let standard = NewStandard {
            name: "attention_plan_months".to_owned(),
            value: "10".to_owned(),
            applies_from: week(3),
            reason: "asked for by the Director".to_owned(),
            set_by: "a test".to_owned(),
            request_id: "a test".to_owned(),
        };
        assert_eq!(set_standard(db, &clock(), &standard).await.unwrap(), 3);
        assert_eq!(server::council::bring_registers_up_to_date(db).await.unwrap(), 0, "counted with the change");
        assert_eq!(stays(2).await, before, "as it was");
        let now = stays(5).await;
        assert_eq!(since(&now, "N2"), Some(week(3)));
        assert_eq!(since(&now, "N1"), Some(week(0)));
        // And off again from the sixth: only those who have another reason stay, and lose nothing of their time.
        let off = NewStandard { value: "0".to_owned(), applies_from: week(5), ..standard };
        set_standard(db, &clock(), &off).await.unwrap();
        let now = stays(5).await;
        assert_eq!((since(&now, "N1"), since(&now, "N2"), since(&now, "N3")), (None, None, Some(week(4))));
        assert_eq!(since(&stays(4).await, "N1"), Some(week(0)));
        assert_kept_is_counted(db, 6).await;
    })
    .await;
}

#[tokio::test]
async fn the_list_says_since_when_sorts_by_it_and_counts_the_teams_of_earlier_weeks() {
    on_both(Start::default(), |app| async move {
        loaded(&app, 6).await;
        app.add_user("north", Role::TeamManager, Area::Team("North 1".to_owned())).await;
        let north = app.signed_in("north").await;
        let page = north.get("/attention").await.body;
        assert!(page.contains("23 January 2026 or before, 5 weeks or more"), "{page}");
        assert!(page.contains("20 February 2026, 1 week"), "{page}");
        assert!(page.contains("2 now, 1 four weeks ago.") || page.contains("2 now, 2 four weeks ago."), "{page}");
        let place = |page: &str, child: &str| page.find(&format!(">{child}</a>")).unwrap();
        let longest = north.get("/attention?sort=Longest%20first").await.body;
        assert!(longest.contains("aria-sort=\"ascending\"") && place(&longest, "N1") < place(&longest, "N3"));
        let newest = north.get("/attention?sort=Newest%20first").await.body;
        assert!(newest.contains("aria-sort=\"descending\"") && place(&newest, "N3") < place(&newest, "N1"));
        let by_team = page.split_once("id=\"by-team\"").unwrap().1;
        assert!(by_team.contains("30 January 2026") && by_team.contains("North 1"), "{by_team}");
        // As it was, at the third extract: nobody was back yet, and there was no extract four weeks before.
        let then = north.get(&format!("/attention?as_at={}", week(2))).await.body;
        assert!(
            then.contains("23 January 2026 or before, 2 weeks or more") && !then.contains("20 February 2026, "),
            "{then}"
        );
        let href = page.split("class=\"who\"><a href=\"").nth(1).unwrap().split_once('"').unwrap().0;
        let child = north.get(href).await.body;
        assert!(child.contains("On the register since "), "{child}");
    })
    .await;
}

#[tokio::test]
async fn the_weekly_watch_draws_its_course_and_says_where_it_leads() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        // 7 without a worker, then one fewer each week.
        for number in 0..6 {
            let rows: Vec<String> = (0..8)
                .map(|child| {
                    let worker = if child < 7 - number { "" } else { "Amy Able" };
                    let seen = week(number);
                    format!("N{child},2015-01-01,b) No,2025-12-02,{seen},,c) Child in need plan,North 1,{worker}")
                })
                .collect();
            let mut files = Files::new();
            files.list(6, NEEDS, &rows).list(7, PLANS, &[]).list(8, CARE, &[]);
            files.file("organisation.csv", "team,service,head_of_service", &organisation());
            files.load_as(db, &week(number).to_string(), true).await.unwrap();
        }
        app.add_user("director", Role::Director, Area::All).await;
        app.add_user("south", Role::TeamManager, Area::Team("South 1".to_owned())).await;
        let director = app.signed_in("director").await;
        let page = director.get("/attention?list=unallocated").await.body;
        // 2 are left after 4 fewer in 4 weeks: 2 weeks more.
        let wanted = "2 now, 6 four weeks ago. At the pace of the last four weeks, none by 13 March 2026.";
        assert!(page.contains(wanted), "{page}");
        assert!(page.contains("class=\"chart-path\"") && page.contains("Week by week"), "{page}");
        let other = app.signed_in("south").await.get("/attention?list=unallocated").await.body;
        assert!(other.contains("None now") && !other.contains("class=\"chart-path\""), "{other}");
        let service = director.get("/attention?list=unallocated&service=South").await.body;
        assert!(service.contains("None now, none four weeks ago."), "{service}");
    })
    .await;
}
