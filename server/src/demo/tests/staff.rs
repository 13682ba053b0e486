//! The workforce and the targets, as `workforce.csv` and `targets.csv` tell them.

use super::super::calendar::date_of;
use super::super::county::{TEAMS, organisation};
use super::super::targets;
use super::{YEAR, last_day, rows, text, week};
use domain::measures::measure;
use domain::names::name_key;
use domain::targets::Aim;
use domain::workforce::{Post, Workforce, WorkforceLine};
use std::collections::BTreeSet;

fn lines(number: i32) -> Vec<WorkforceLine> {
    let setting = &YEAR.setting;
    setting.workforce.lines(&setting.story, setting.first, week(number))
}

fn in_post(number: i32) -> Workforce {
    Workforce::on(date_of(week(number)), lines(number))
}

fn share(workforce: &Workforce, is: impl Fn(&WorkforceLine) -> bool) -> f64 {
    let workers: Vec<_> = workforce.lines().filter(|line| line.role != Some(Post::Manager)).collect();
    workers.iter().filter(|line| is(line)).count() as f64 / workers.len() as f64
}

#[test]
fn agency_workers_become_the_councils_own() {
    let agency = |number| share(&in_post(number), |line| line.agency == Some(true));
    assert!((0.15..0.33).contains(&agency(1)), "{}", agency(1));
    assert!(agency(52) + 0.05 < agency(1), "{}", agency(52));
    for line in lines(30) {
        assert_ne!(line.agency, line.permanent, "{}", line.worker);
    }
}

#[test]
fn nobody_stays_newly_qualified_beyond_a_year() {
    let new = |number| share(&in_post(number), |line| line.newly_qualified == Some(true));
    assert!((0.04..0.2).contains(&new(1)), "{}", new(1));
    assert!(new(52) < new(1));
    for line in lines(40).into_iter().filter(|line| line.newly_qualified == Some(true)) {
        assert!((date_of(week(40)) - line.started.unwrap()).num_days() < 365);
    }
}

#[test]
fn managers_are_those_of_the_organisation_and_of_the_team_that_is_not_mapped() {
    let workforce = in_post(52);
    let managers: BTreeSet<String> = workforce.managers().map(name_key).collect();
    assert_eq!(managers.len(), TEAMS.len());
    for place in organisation() {
        assert!(managers.contains(&name_key(&place.team_manager.unwrap())), "{}", place.team);
    }
}

#[test]
fn almost_every_worker_of_the_extract_stands_in_the_file_and_a_few_on_one_side_alone() {
    let workforce = in_post(40);
    let held: BTreeSet<String> = rows(40, 6).iter().map(|row| name_key(text(&row[13]))).collect();
    let missing = held.iter().filter(|worker| workforce.of(worker).is_empty()).count();
    // Placeholders and names of teams are among them.
    assert!((2..TEAMS.len() + 12).contains(&missing), "{missing} of {}", held.len());
    assert!(workforce.lines().any(|line| !held.contains(&name_key(&line.worker))));
    let clash =
        lines(40).iter().enumerate().any(|(at, one)| lines(40)[..at].iter().any(|other| one.clashes_with(other)));
    assert!(!clash, "nobody stands twice in one team");
}

#[test]
fn the_file_is_written_anew_only_when_it_changes() {
    let changes = (2..=52).filter(|number| lines(*number) != lines(number - 1)).count();
    assert!((8..46).contains(&changes), "{changes}");
}

#[test]
fn every_target_is_one_of_its_measure_and_is_raised_on_the_date_of_a_week() {
    let setting = &YEAR.setting;
    let (first, later) =
        (targets::lines(setting.first, setting.last, week(1)), targets::lines(setting.first, last_day(), week(40)));
    assert!(later.len() > first.len() && later.starts_with(&first));
    for line in &later {
        Aim::read(measure(line.indicator).unwrap(), line.target, line.tolerance).unwrap();
        assert_eq!((line.valid_from - week(1)) % 7, 0);
        assert!(line.team.is_empty() || line.service.is_empty());
    }
    assert_eq!(later.iter().filter(|line| !line.team.is_empty()).count(), 2, "the two teams that lag");
}
