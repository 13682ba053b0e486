//! Caseloads beside the workforce: who holds how many children, for how much of the week, and who stands on one side
//! alone.

use crate::common::*;
use domain::caseload::{Caseload, Caseloads, InFile, Part, Sources, Staff, WorkerCaseload};
use domain::measures::figure::Tally;
use domain::organisation::Organisation;
use domain::registers::Managers;
use domain::standards::Standards;
use domain::workforce::{Post, Workforce, WorkforceLine};
use proptest::prelude::*;
use rstest::rstest;

const AS_AT: &str = "2026-01-30";

fn tally(team: &str, worker: &str, children: u64) -> Tally {
    let name = |text: &str| (!text.is_empty()).then(|| text.into());
    Tally { team: name(team), worker: name(worker), numerator: children, denominator: children }
}

/// A social worker in a team, of whom only the time is known.
fn post(worker: &str, team: &str, fte: &str) -> WorkforceLine {
    WorkforceLine {
        worker: worker.to_owned(),
        team: text(team),
        role: Some(Post::SocialWorker),
        fte: (!fte.is_empty()).then(|| fte.parse().unwrap()),
        ..WorkforceLine::default()
    }
}

fn manager(worker: &str, team: &str) -> WorkforceLine {
    WorkforceLine { role: Some(Post::Manager), ..post(worker, team, "1") }
}

fn caseloads(tallies: &[Tally], lines: Option<&[WorkforceLine]>) -> Caseloads {
    let workforce = lines.map(|lines| Workforce::on(day(AS_AT), lines.iter().cloned()));
    let posts: Vec<WorkforceLine> = workforce.iter().flat_map(Workforce::lines).cloned().collect();
    let names = workforce.iter().flat_map(Workforce::managers);
    let managers = Managers::of(&Organisation::default(), names);
    let sources = Sources {
        tallies,
        posts: &posts,
        workforce: workforce.as_ref(),
        managers: &managers,
        standards: &Standards::default(),
    };
    Caseloads::of(&sources)
}

fn staff(caseload: &Caseload) -> &Staff {
    caseload.staff.as_ref().unwrap()
}

fn of<'a>(caseloads: &'a Caseloads, worker: &str) -> &'a WorkerCaseload {
    caseloads.workers.iter().find(|line| &*line.worker == worker).unwrap()
}

fn of_team<'a>(caseloads: &'a Caseloads, team: &str) -> &'a Caseload {
    &caseloads.teams.iter().find(|line| line.team.as_deref() == Some(team)).unwrap().caseload
}

#[rstest]
#[case::at_the_limit(18, false)]
#[case::above_it(19, true)]
fn a_worker_is_above_the_limit_by_heads_whatever_the_time(#[case] children: u64, #[case] above: bool) {
    let found = caseloads(&[tally("A", "Ada", children)], Some(&[post("Ada", "A", "0.5")]));
    assert_eq!((of(&found, "Ada").above, found.whole.above), (above, u64::from(above)));
    assert_eq!(of(&found, "Ada").children_per_fte(), Some(children as f64 * 2.0));
}

#[test]
fn names_match_whatever_their_spaces_and_case() {
    let found = caseloads(&[tally("A", "Ada  Lovelace", 3)], Some(&[post("ADA\u{a0}lovelace", "a", "1")]));
    assert_eq!(found.workers.len(), 1);
    assert!(of(&found, "Ada  Lovelace").in_post().unwrap().is_here);
    assert_eq!(found.teams.len(), 1);
}

#[test]
fn without_a_workforce_file_nothing_is_known_of_it_and_children_are_counted_all_the_same() {
    let found = caseloads(&[tally("A", "Ada", 3), tally("A", "Ben", 19)], None);
    assert_eq!((found.whole.children, found.whole.workers, found.whole.above), (22, 2, 1));
    assert_eq!(found.whole.staff, None);
    assert!(found.workers.iter().all(|line| line.in_file == InFile::NotSupplied));
    // An empty file is a file: everyone is missing from it.
    let empty = caseloads(&[tally("A", "Ada", 3)], Some(&[]));
    assert_eq!(of(&empty, "Ada").in_file, InFile::Missing);
    assert_eq!(staff(&empty.whole).not_in_post, 1);
}

#[test]
fn who_stands_on_one_side_alone_is_shown() {
    let gone = WorkforceLine { left: on("2026-01-29"), ..post("Gus", "A", "1") };
    let leaves_today = WorkforceLine { left: on(AS_AT), ..post("Lou", "A", "1") };
    let begins_tomorrow = WorkforceLine { started: on("2026-01-31"), ..post("Tom", "A", "1") };
    let lines = [post("Ada", "A", "1"), post("Fay", "A", "1"), gone, leaves_today, begins_tomorrow];
    let held = ["Ada", "Gus", "Lou", "Tom", "Zoe"].map(|worker| tally("A", worker, 2));
    let found = caseloads(&held, Some(&lines));
    assert_eq!(found.workers.len(), 6);
    assert_eq!(of(&found, "Gus").in_file, InFile::Left(day("2026-01-29")));
    assert!(of(&found, "Lou").in_post().is_some(), "the last day is a day in post");
    assert_eq!(of(&found, "Tom").in_file, InFile::Missing);
    assert_eq!(of(&found, "Zoe").in_file, InFile::Missing);
    assert_eq!((of(&found, "Fay").children, of(&found, "Fay").teams.len()), (0, 1));
    assert_eq!((staff(&found.whole).not_in_post, staff(&found.whole).without_child), (3, 1));
    // Those who are not in post have no time, and their children are in no average.
    assert_eq!((staff(&found.whole).children_with_fte, staff(&found.whole).fte.to_string().as_str()), (4, "2"));
}

#[test]
fn a_worker_in_two_teams_counts_in_both_and_once_in_the_whole() {
    let held = [tally("A", "Ada", 10), tally("B", "Ada", 9), tally("B", "Ben", 5)];
    let lines = [post("Ada", "A", "0.6"), post("Ada", "B", "0.2"), post("Ben", "B", "1")];
    let found = caseloads(&held, Some(&lines));
    assert_eq!((found.whole.children, found.whole.workers, found.whole.above), (24, 2, 1));
    assert_eq!(staff(&found.whole).fte.to_string(), "1.8");
    assert_eq!((of_team(&found, "A").children, of_team(&found, "A").above), (10, 0));
    assert_eq!(staff(of_team(&found, "A")).fte.to_string(), "0.6", "the time given to the team");
    assert_eq!((of_team(&found, "B").children, of_team(&found, "B").workers), (14, 2));
    assert_eq!(of(&found, "Ada").teams.len(), 2);
}

#[test]
fn children_held_outside_the_own_team_count_on_the_whole_time() {
    let found = caseloads(&[tally("A", "Ada", 10)], Some(&[post("Ada", "B", "0.5")]));
    assert_eq!(staff(of_team(&found, "A")).children_per_fte(), Some(20.0));
    assert_eq!(staff(of_team(&found, "A")).workers, 0);
    assert_eq!(staff(of_team(&found, "B")).without_child, 1);
    assert_eq!(staff(&found.whole).without_child, 0);
}

#[rstest]
#[case::not_said("", None, 1)]
#[case::none("0", None, 1)]
#[case::some("0.5", Some(8.0), 0)]
fn time_that_is_not_known_or_none_is_in_no_average(
    #[case] fte: &str,
    #[case] per_fte: Option<f64>,
    #[case] without: u64,
) {
    let found = caseloads(&[tally("A", "Ada", 4)], Some(&[post("Ada", "A", fte)]));
    assert_eq!(of(&found, "Ada").children_per_fte(), per_fte);
    assert_eq!(staff(&found.whole).children_per_fte(), per_fte);
    assert_eq!(staff(&found.whole).holders_without_fte, without);
}

#[test]
fn agency_and_newly_qualified_are_parts_of_those_of_whom_it_is_known() {
    let agency = |worker: &str, yes| WorkforceLine { agency: yes, ..post(worker, "A", "1") };
    let new = WorkforceLine { newly_qualified: Some(true), ..post("Dee", "A", "1") };
    let lines = [agency("Ada", Some(true)), agency("Ben", Some(false)), agency("Cas", None), new];
    let found = caseloads(&[], Some(&lines));
    assert_eq!(staff(of_team(&found, "A")).agency, Part { part: 1, whole: 2 });
    assert_eq!(staff(of_team(&found, "A")).newly_qualified, Part { part: 1, whole: 1 });
}

#[rstest]
#[case::none(0, None)]
#[case::one(1, Some(3.0))]
#[case::two(2, Some(1.5))]
fn workers_per_manager_is_by_head(#[case] managers: usize, #[case] expected: Option<f64>) {
    let mut lines = vec![post("Ada", "A", "0.5"), post("Ben", "A", "1"), post("Cas", "A", "")];
    lines.extend((0..managers).map(|number| manager(&format!("Manager {number}"), "A")));
    let found = caseloads(&[], Some(&lines));
    assert_eq!(staff(of_team(&found, "A")).workers_per_manager(), expected);
}

#[test]
fn a_manager_who_holds_cases_is_a_worker_of_the_figure_and_told() {
    let found =
        caseloads(&[tally("A", "Max", 2), tally("A", "Ada", 3)], Some(&[manager("max", "A"), post("Ada", "A", "1")]));
    assert_eq!((found.whole.workers, found.whole.managers_holding), (2, 1));
    assert!(of(&found, "Max").manager && !of(&found, "Ada").manager);
    // One who holds none holds what a manager should.
    assert_eq!(staff(&caseloads(&[], Some(&[manager("max", "A")])).whole).without_child, 0);
}

#[rstest]
#[case::the_same_line(("", ""), ("", ""), true)]
#[case::gone_before(("", "2026-01-01"), ("2026-01-02", ""), false)]
#[case::on_the_last_day(("", "2026-01-02"), ("2026-01-02", ""), true)]
fn one_worker_is_in_a_team_once_at_a_time(
    #[case] one: (&str, &str),
    #[case] other: (&str, &str),
    #[case] clashes: bool,
) {
    let line =
        |(started, left): (&str, &str)| WorkforceLine { started: on(started), left: on(left), ..post("Ada", "A", "1") };
    assert_eq!(line(one).clashes_with(&line(other)), clashes);
    assert_eq!(line(other).clashes_with(&line(one)), clashes);
    assert!(!line(one).clashes_with(&WorkforceLine { team: None, ..line(one) }));
}

proptest! {
    /// Whatever the extract and the file hold: no child and no worker is lost, and every figure is WF-01's and WF-02's.
    #[test]
    fn nothing_is_dropped(
        held in prop::collection::btree_map((0..4u8, 0..6u8), 1..25u64, 0..16),
        posts in prop::collection::vec((0..8u8, 0..5u8, 0..3u8), 0..16),
        supplied: bool,
    ) {
        let team = |number: u8| if number == 0 { String::new() } else { format!("Team {number}") };
        let tallies: Vec<Tally> =
            held.iter().map(|((of, worker), children)| tally(&team(*of), &format!("Worker {worker}"), *children)).collect();
        let lines: Vec<WorkforceLine> = posts
            .iter()
            .map(|(worker, of, fte)| post(&format!("worker  {worker}"), &team(*of), ["", "0", "0.5"][usize::from(*fte)]))
            .collect();
        let found = caseloads(&tallies, supplied.then_some(&lines[..]));
        let standards = Standards::default();
        let (held, above) = (the("WF-01").figure(&tallies, &standards), the("WF-02").figure(&tallies, &standards));
        prop_assert_eq!((found.whole.children, found.whole.workers), (held.numerator, held.denominator));
        prop_assert_eq!(found.whole.above, above.numerator);
        prop_assert_eq!(found.workers.iter().map(|line| line.children).sum::<u64>(), held.numerator);
        prop_assert_eq!(found.workers.iter().filter(|line| line.children > 0).count() as u64, held.denominator);
        prop_assert_eq!(found.workers.iter().filter(|line| line.above).count() as u64, above.numerator);
        prop_assert_eq!(found.teams.iter().map(|line| line.caseload.children).sum::<u64>(), held.numerator);
        for line in &found.teams {
            let of_team = || tallies.iter().filter(|tally| tally.team == line.team);
            let above = the("WF-02").figure(of_team(), &standards);
            prop_assert_eq!((line.caseload.above, line.caseload.workers), (above.numerator, above.denominator));
            if let Some(staff) = &line.caseload.staff {
                prop_assert!(staff.children_with_fte <= line.caseload.children);
                prop_assert!(staff.not_in_post <= staff.holders_without_fte);
            }
        }
        for line in &lines {
            let key = domain::names::name_key(&line.worker);
            let shown = found.workers.iter().filter(|shown| domain::names::name_key(&shown.worker) == key).count();
            prop_assert!(shown == 1 || !supplied, "{key}");
        }
    }
}
