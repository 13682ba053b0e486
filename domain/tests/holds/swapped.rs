//! `swapped`.

use crate::common::{Case, Made, back, day, held, id};
use domain::holds::HoldKind;
use domain::record::{Need, Person, ProtectionPlan, Record};

fn need(team: &str, worker: &str) -> Record {
    Record::Need(Need { cin_start_date: Some(day("2025-01-01")), held: held(team, worker), ..Need::default() })
}

fn plan(team: &str, worker: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: Some(day("2025-01-01")),
        held: held(team, worker),
        ..ProtectionPlan::default()
    })
}

fn worker(number: usize) -> String {
    format!("Worker {}", number % 15)
}

fn team(number: usize) -> String {
    format!("Team {}", number % 4)
}

/// Forty children in need and twenty plans, of which so many have team and worker the other way round.
fn made(swapped: usize) -> Made {
    let mut made = Made::default();
    for number in 0..40 {
        made.add(id(number), need(&team(number), &worker(number)));
    }
    for number in 0..20 {
        let (team, worker) = (team(number), worker(number));
        made.add(id(number), if number < swapped { plan(&worker, &team) } else { plan(&team, &worker) });
    }
    made
}

#[test]
fn a_list_with_team_and_worker_the_other_way_round_is_held() {
    for (swapped, is_held) in [(20, true), (5, true), (4, false), (0, false)] {
        let case = Case::of(&made(swapped));
        assert_eq!(case.kinds() == [HoldKind::Swapped], is_held, "{swapped} of 20");
    }
}

#[test]
fn a_whole_set_the_other_way_round_is_known_by_the_extract_before_or_the_organisation() {
    let mut whole = Made::default();
    for number in 0..40 {
        whole.add(id(number), need(&worker(number), &team(number)));
    }
    let mut case = Case::of(&whole);
    assert!(case.kinds().is_empty(), "nothing tells a first extract alone");
    case.known.teams = (0..4).map(|number| team(number).to_lowercase()).collect();
    assert_eq!(case.kinds(), [HoldKind::Swapped], "the organisation has the teams");
    case.known.workers = (0..15).map(|number| worker(number).to_lowercase()).collect();
    assert_eq!(case.kinds(), [HoldKind::Swapped]);

    let mut case = Case::of(&whole);
    let mut before = whole.before(back(7));
    before.teams = (0..4).map(|number| team(number).to_lowercase()).collect();
    before.workers = (0..15).map(|number| worker(number).to_lowercase()).collect();
    case.before = Some(before);
    assert!(case.kinds().contains(&HoldKind::Swapped));
}

#[test]
fn cases_that_wait_under_their_teams_name_are_no_swap() {
    let mut made = made(0);
    for number in 40..80 {
        made.add(id(number), need(&team(number), &team(number)));
    }
    assert!(Case::of(&made).kinds().is_empty(), "4 of 19 workers are teams");
}

#[test]
fn workers_who_are_mostly_teams_are_held() {
    // Four teams stand as workers too, beside three, then four, then five workers.
    for (workers, is_held) in [(3, true), (4, false), (5, false)] {
        let mut made = Made::default();
        for number in 0..60 {
            let name = if number < 30 { team(number) } else { format!("Worker {}", number % workers) };
            made.add(id(number), need(&team(number), &name));
        }
        assert_eq!(Case::of(&made).kinds() == [HoldKind::Swapped], is_held, "{workers}");
    }
}

fn born(born: &str, start: &str) -> Record {
    let person = Person { date_of_birth: Some(day(born)), ..Person::default() };
    Record::Need(Need { person, cin_start_date: Some(day(start)), ..Need::default() })
}

#[test]
fn births_after_starts_hold_in_more_than_a_fifth_of_rows() {
    for (rows, bad, is_held) in [(20, 5, true), (20, 4, false), (9, 9, false)] {
        let mut made = Made::default();
        for number in 0..rows {
            made.add(
                id(number),
                if number < bad { born("2025-06-01", "2012-06-01") } else { born("2012-06-01", "2025-06-01") },
            );
        }
        assert_eq!(Case::of(&made).kinds() == [HoldKind::Swapped], is_held, "{bad} of {rows}");
    }
}

#[test]
fn plans_that_began_before_a_birth_are_no_swap() {
    let mut made = Made::default();
    for number in 0..20 {
        made.add(id(number), born("2026-08-01", "2026-05-01"));
    }
    assert!(Case::of(&made).kinds().is_empty());
}
