//! `swapped`: the columns of team and worker, or of birth and start, changed places.

use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, KnownNames, counted, title};
use crate::names::name_key;
use crate::record::{List, Record};
use chrono::{NaiveDate, TimeDelta};
use std::collections::{HashMap, HashSet};

/// Rows from which a list is judged.
const ROWS: u64 = 10;
/// Rows of a hundred whose names, or dates, changed places.
const SHARE: u64 = 20;
/// Workers from which it is judged how many of them are teams.
const WORKERS: usize = 3;
/// A spell may begin so many days before a birth: a plan for a child not yet born.
const UNBORN_DAYS: i64 = 310;

/// Teams, workers and births of one list.
#[derive(Debug, Default)]
pub(super) struct NameFacts {
    rows: u64,
    /// Rows of each pair of team and worker, as written.
    held: HashMap<(Option<String>, Option<String>), u64>,
    /// Rows with a birth and a start.
    dated: u64,
    /// Those of them with a birth long after the start.
    born_after: u64,
}

/// The start that a row's birth has to lie before.
fn start_of(record: &Record) -> Option<NaiveDate> {
    match record {
        Record::Contact(row) => row.contact_date,
        Record::EarlyHelp(row) => row.episode_start_date,
        Record::Referral(row) => row.referral_date,
        Record::Assessment(row) => row.assessment_start_date,
        Record::Section47(row) => row.strategy_discussion_date,
        Record::Need(row) => row.cin_start_date,
        Record::ProtectionPlan(row) => row.cp_plan_start_date,
        Record::CarePeriod(row) => row.started_date,
        Record::Adoption(row) => row.entered_care_date,
        Record::CareLeaver(_) | Record::Adopter(_) => None,
    }
}

impl NameFacts {
    pub(super) fn row(&mut self, as_at: NaiveDate, record: &Record) {
        self.rows += 1;
        if let Some(held) = record.held() {
            *self.held.entry((held.team.clone(), held.worker.clone())).or_default() += 1;
        }
        let born = super::ids::person(record).and_then(|person| person.date_of_birth);
        if let (Some(born), Some(start)) = (born, start_of(record)) {
            self.dated += 1;
            let is_unborn = born > as_at && born - as_at <= TimeDelta::days(UNBORN_DAYS);
            self.born_after += u64::from(born - start > TimeDelta::days(UNBORN_DAYS) && !is_unborn);
        }
    }

    fn teams(&self) -> impl Iterator<Item = String> {
        self.held.keys().filter_map(|(team, _)| team.as_deref().map(name_key))
    }

    fn workers(&self) -> impl Iterator<Item = String> {
        self.held.keys().filter_map(|(_, worker)| worker.as_deref().map(name_key))
    }
}

pub(super) fn holds(now: &Gathered, before: Option<&Before>, known: &KnownNames) -> Vec<Hold> {
    let lists = || now.names.iter().filter_map(|(number, names)| Some((List::from_number(*number)?, names)));
    let firm = firm(before, known);
    let mut holds: Vec<Hold> = Vec::new();
    for (list, names) in lists().filter(|(_, names)| names.rows >= ROWS) {
        let elsewhere;
        // What is known from elsewhere for certain, else what the other lists say.
        let reference = if firm.teams.is_empty() || firm.workers.is_empty() {
            let others = || lists().filter(|(other, _)| *other != list).map(|(_, names)| names);
            elsewhere = KnownNames {
                teams: others().flat_map(NameFacts::teams).chain(firm.teams.iter().cloned()).collect(),
                workers: others().flat_map(NameFacts::workers).chain(firm.workers.iter().cloned()).collect(),
            };
            &elsewhere
        } else {
            &firm
        };
        holds.extend(changed_places(list, names, reference));
        holds.extend(births_after(list, names));
    }
    if holds.iter().all(|hold| !hold.message.contains(TEAM_AND_WORKER)) {
        holds.extend(workers_are_teams(now, &firm));
    }
    holds
}

/// What tells the two kinds of swap apart in a message.
const TEAM_AND_WORKER: &str = "team and worker";

/// Names that other files or the extract before are sure of.
fn firm(before: Option<&Before>, known: &KnownNames) -> KnownNames {
    let mut firm = known.clone();
    if let Some(before) = before {
        firm.teams.extend(before.teams.iter().cloned());
        firm.workers.extend(before.workers.iter().cloned());
    }
    firm
}

/// Teams that are workers elsewhere, and workers that are teams.
fn changed_places(list: List, names: &NameFacts, reference: &KnownNames) -> Option<Hold> {
    let KnownNames { teams, workers } = reference;
    let (mut team_is_worker, mut worker_is_team) = (0, 0);
    for ((team, worker), rows) in &names.held {
        let is = |name: &Option<String>, one: &HashSet<String>, other: &HashSet<String>| {
            name.as_deref().map(name_key).is_some_and(|key| one.contains(&key) && !other.contains(&key))
        };
        team_is_worker += if is(team, workers, teams) { *rows } else { 0 };
        worker_is_team += if is(worker, teams, workers) { *rows } else { 0 };
    }
    let many = |rows: u64| rows * 100 > names.rows * SHARE;
    (many(team_is_worker) && many(worker_is_team)).then(|| {
        let message = format!(
            "{}: in {team_is_worker} of {} the team is known as a worker, and in {worker_is_team} the worker as a team. Check whether the columns of {TEAM_AND_WORKER} changed places.",
            title(list),
            counted(names.rows, "row", "rows")
        );
        Hold::new(HoldKind::Swapped, message).on(list).now(format!("{worker_is_team} of {}", names.rows))
    })
}

/// More than half of all workers are teams.
fn workers_are_teams(now: &Gathered, firm: &KnownNames) -> Option<Hold> {
    let of = |kind: fn(&NameFacts) -> HashSet<String>| now.names.values().flat_map(kind).collect::<HashSet<String>>();
    let mut teams = of(|names| names.teams().collect());
    teams.extend(firm.teams.iter().cloned());
    let workers = of(|names| names.workers().collect());
    let both = workers.iter().filter(|worker| teams.contains(*worker)).count();
    (workers.len() >= WORKERS && both * 2 > workers.len()).then(|| {
        let message = format!(
            "{both} of {} workers are named like a team. Check whether the columns of {TEAM_AND_WORKER} changed places, or the worker is not exported.",
            workers.len()
        );
        Hold::new(HoldKind::Swapped, message).now(format!("{both} of {}", workers.len()))
    })
}

fn births_after(list: List, names: &NameFacts) -> Option<Hold> {
    let (bad, all) = (names.born_after, names.dated);
    (all >= ROWS && bad * 100 > all * SHARE).then(|| {
        let message = format!(
            "{}: in {bad} of {} the date of birth lies after the start. Check whether the two columns changed places.",
            title(list),
            counted(all, "row", "rows")
        );
        Hold::new(HoldKind::Swapped, message).on(list).now(format!("{bad} of {all}"))
    })
}
