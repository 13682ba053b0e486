//! The workforce and the targets, as `workforce.csv` and `targets.csv` tell them.

use super::super::calendar::date_of;
use super::super::county::{TEAMS, organisation};
use super::super::lists::Cell;
use super::super::people::people;
use super::super::targets;
use super::{YEAR, last_day, rows, text, week};
use domain::measures::measure;
use domain::names::name_key;
use domain::targets::Aim;
use domain::workforce::{Workforce, WorkforceLine};
use std::collections::{BTreeMap, BTreeSet};

fn lines(number: i32) -> Vec<WorkforceLine> {
    let setting = &YEAR.setting;
    setting.workforce.lines(&setting.story, setting.first, week(number))
}

fn in_post(number: i32) -> Workforce {
    Workforce::on(date_of(week(number)), lines(number))
}

/// Of all in post, in hundredths.
fn of_all(number: i32, is: impl Fn(&WorkforceLine) -> bool) -> f64 {
    let workforce = in_post(number);
    100.0 * workforce.lines().filter(|line| is(line)).count() as f64 / workforce.lines().count() as f64
}

#[test]
fn one_in_five_comes_from_an_agency_and_somewhat_more_did_before() {
    let agency = |number| of_all(number, |line| line.agency == Some(true));
    assert!((17.0..24.0).contains(&agency(52)), "{}", agency(52));
    assert!((18.0..28.0).contains(&agency(1)), "{}", agency(1));
    for line in lines(30) {
        assert_ne!(line.agency, line.permanent, "{}", line.worker);
    }
}

#[test]
fn one_in_seven_is_newly_qualified_and_nobody_is_for_more_than_a_year() {
    let new = |number| of_all(number, |line| line.newly_qualified == Some(true));
    for number in [1, 26, 52] {
        assert!((10.5..19.5).contains(&new(number)), "week {number}: {}", new(number));
    }
    for line in lines(40).into_iter().filter(|line| line.newly_qualified == Some(true)) {
        assert!((date_of(week(40)) - line.started.unwrap()).num_days() < 365);
        assert_eq!(line.agency, Some(false));
    }
}

#[test]
fn no_two_people_share_a_surname() {
    let mut surnames = BTreeMap::new();
    let names = [1, 20, 40, 52].into_iter().flat_map(lines).map(|line| line.worker);
    let others = organisation().into_iter().flat_map(|place| [Some(place.head_of_service), place.director]).flatten();
    for name in names.chain(others).chain(people().into_iter().map(|person| person.name)) {
        let surname = name.rsplit(' ').next().unwrap().to_owned();
        let other = surnames.entry(surname).or_insert_with(|| name.clone());
        assert_eq!(*other, name);
    }
    assert!(surnames.len() > 200, "{}", surnames.len());
}

#[test]
fn whoever_leaves_stands_in_the_file_with_a_date_and_the_cases_go_to_another() {
    let (then, now) = (lines(20), lines(30));
    let left: Vec<_> = now.iter().filter(|line| line.left.is_some()).collect();
    assert!(left.len() >= 5, "{}", left.len());
    for line in &then {
        let workforce = now.iter().find(|other| other.worker == line.worker);
        assert!(workforce.is_some() || line.left.is_some(), "{} is gone without a date", line.worker);
    }
    let cases = rows(30, 6);
    for line in left {
        let gone = cases.iter().filter(|row| row[9] == Cell::Blank && text(&row[13]) == line.worker);
        let is_late = date_of(week(30)) - line.left.unwrap() > chrono::TimeDelta::days(26);
        assert!(!is_late || gone.count() == 0, "{} holds cases weeks after leaving", line.worker);
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
fn people_come_and_go_in_most_weeks() {
    let changes = (2..=52).filter(|number| lines(*number) != lines(number - 1)).count();
    assert!((26..=51).contains(&changes), "{changes}");
}

#[test]
fn every_target_is_one_of_its_measure_and_is_raised_on_the_date_of_a_week() {
    let setting = &YEAR.setting;
    let (first, later) =
        (targets::lines(setting.first, setting.last, week(1)), targets::lines(setting.first, last_day(), week(40)));
    assert!(later.len() > first.len() && later.starts_with(&first));
    for line in &later {
        Aim::read(measure(line.indicator).unwrap(), line.target, line.tolerance).unwrap();
        assert!(line.valid_from == setting.first || (line.valid_from - week(1)) % 7 == 0);
        assert!(line.team.is_empty() || line.service.is_empty());
    }
    assert_eq!(later.iter().filter(|line| !line.team.is_empty()).count(), 2, "the two teams that lag");
}
