//! `own-tables`: `organisation.csv` or `workforce.csv` loses something that was there.
//!
//! A row that was given an end is not lost: it says what was so until then. An unknown team, worker or indicator is a
//! named problem and never holds.

use super::{Hold, HoldKind, counted};
use crate::names::name_key;
use crate::organisation::{Organisation, TeamPlace};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Rows from which a workforce may not halve.
const WORKFORCE: u64 = 20;
/// Teams named one by one at most.
const NAMED: usize = 10;

/// What the council's own tables say, and said.
#[derive(Debug, Clone)]
pub struct OwnTables<'a> {
    /// The date on which both are compared.
    pub on: NaiveDate,
    /// The organisation as stored.
    pub organisation_before: &'a [TeamPlace],
    /// The one given; none where it is not given, and stays as it was.
    pub organisation: Option<&'a [TeamPlace]>,
    /// Keys of the teams that hold open children.
    pub teams_with_children: &'a HashSet<String>,
    /// The workforce, where it is given and one is stored.
    pub workforce: Option<WorkforceChange>,
}

/// Rows of the workforce, then and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkforceChange {
    /// Of the workforce in force.
    pub before: u64,
    /// Of the one given.
    pub now: u64,
}

pub(super) fn holds(own: &OwnTables<'_>) -> Vec<Hold> {
    let mut holds = Vec::new();
    if let Some(organisation) = own.organisation {
        holds.extend(teams_lost(own, organisation));
        holds.extend(two_services(organisation));
        holds.extend(scopes(own, organisation));
    }
    if let Some(WorkforceChange { before, now }) = own.workforce
        && before >= WORKFORCE
        && now * 2 <= before
    {
        let message = format!(
            "workforce.csv had {} and has {now} now. Check that it is complete: who has left stays in it with the last day.",
            counted(before, "row", "rows")
        );
        holds.push(on("workforce", message).numbers(before, now));
    }
    holds
}

fn on(table: &str, message: String) -> Hold {
    Hold { list: Some(table.to_owned()), ..Hold::new(HoldKind::OwnTables, message) }
}

fn named(names: &[&str]) -> String {
    let mut text = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text.push_str(&format!(" and {} more", names.len() - NAMED));
    }
    text
}

fn teams_lost(own: &OwnTables<'_>, organisation: &[TeamPlace]) -> Option<Hold> {
    let given: HashSet<String> = organisation.iter().map(|line| name_key(&line.team)).collect();
    let before = Organisation::on(own.on, own.organisation_before.iter().cloned());
    let lost: Vec<&str> = before
        .teams()
        .filter(|place| {
            let key = name_key(&place.team);
            !given.contains(&key) && own.teams_with_children.contains(&key)
        })
        .map(|place| place.team.as_str())
        .collect();
    (!lost.is_empty()).then(|| {
        let message = format!(
            "organisation.csv no longer has {}, which {} open children: {}. Nobody would answer for them. Keep each team, and give it a valid_to when it ends.",
            counted(lost.len() as u64, "team", "teams"),
            if lost.len() == 1 { "holds" } else { "hold" },
            named(&lost)
        );
        let teams = before.teams().count();
        on("organisation", message).numbers(teams, teams - lost.len())
    })
}

fn overlap(one: &TeamPlace, other: &TeamPlace) -> bool {
    let begins_in_time = |one: &TeamPlace, other: &TeamPlace| match (one.valid_from, other.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    begins_in_time(one, other) && begins_in_time(other, one)
}

fn two_services(organisation: &[TeamPlace]) -> Option<Hold> {
    let mut lines: BTreeMap<String, Vec<&TeamPlace>> = BTreeMap::new();
    for line in organisation {
        lines.entry(name_key(&line.team)).or_default().push(line);
    }
    let clash = |lines: &[&TeamPlace]| {
        lines.iter().enumerate().any(|(at, one)| {
            lines[at + 1..]
                .iter()
                .any(|other| name_key(&one.service) != name_key(&other.service) && overlap(one, other))
        })
    };
    let twice: Vec<&str> = lines
        .values()
        .filter(|lines| clash(lines))
        .filter_map(|lines| lines.first())
        .map(|line| line.team.as_str())
        .collect();
    (!twice.is_empty()).then(|| {
        let message = format!(
            "organisation.csv has {} under two services on the same dates: {}. Give the earlier line a valid_to and the later one a valid_from.",
            counted(twice.len() as u64, "team", "teams"),
            named(&twice)
        );
        on("organisation", message).now(twice.len())
    })
}

/// The offices that a line names.
fn officers(place: &TeamPlace) -> BTreeSet<(&'static str, String)> {
    let offices = [
        ("head of service", Some(place.head_of_service.as_str())),
        ("director", place.director.as_deref()),
        ("team manager", place.team_manager.as_deref()),
    ];
    let named = offices.into_iter().filter_map(|(office, person)| Some((office, name_key(person?))));
    named.filter(|(_, person)| !person.is_empty()).collect()
}

/// What a person in office answers for, and how it changes.
struct PersonScope {
    person: String,
    teams: u64,
    lost: u64,
    gained: u64,
}

/// People in office whose teams change by more than half without a date that says since when.
fn scopes(own: &OwnTables<'_>, organisation: &[TeamPlace]) -> Option<Hold> {
    let before = Organisation::on(own.on, own.organisation_before.iter().cloned());
    let after = Organisation::on(own.on, organisation.iter().cloned());
    // Teams that are lost with open children are named for themselves.
    let given: HashSet<String> = organisation.iter().map(|line| name_key(&line.team)).collect();
    // A line that was given an end, or a beginning that it did not have, says itself what changed and when.
    let dated = |key: &str, place: &TeamPlace| {
        let ended = organisation.iter().any(|line| {
            name_key(&line.team) == key
                && line.valid_to.is_some()
                && officers(line).intersection(&officers(place)).next().is_some()
        });
        let begun = after.place(key).is_some_and(|now| now.valid_from.is_some() && now.valid_from > place.valid_from);
        ended || begun
    };
    let mut scopes: BTreeMap<(&'static str, String), PersonScope> = BTreeMap::new();
    for place in before.teams() {
        for officer in officers(place) {
            let person = shown(place, officer.0);
            let scope = scopes.entry(officer).or_insert_with(|| PersonScope { person, teams: 0, lost: 0, gained: 0 });
            scope.teams += 1;
        }
    }
    for place in before.teams() {
        let key = name_key(&place.team);
        let is_named = !given.contains(&key) && own.teams_with_children.contains(&key);
        if is_named || dated(&key, place) {
            continue;
        }
        let now = after.place(&key).map(officers).unwrap_or_default();
        for officer in officers(place).difference(&now) {
            if let Some(scope) = scopes.get_mut(officer) {
                scope.lost += 1;
            }
        }
    }
    for place in after.teams() {
        let key = name_key(&place.team);
        let then = before.place(&key);
        // A new team with a first day is a reorganisation that says so.
        if then.map_or(place.valid_from.is_some(), |then| dated(&key, then)) {
            continue;
        }
        for officer in officers(place).difference(&then.map(officers).unwrap_or_default()) {
            if let Some(scope) = scopes.get_mut(officer) {
                scope.gained += 1;
            }
        }
    }
    let changed: Vec<String> = scopes
        .into_iter()
        .filter(|(_, scope)| scope.lost.max(scope.gained) * 2 > scope.teams)
        .map(|((office, _), PersonScope { person, teams, lost, gained })| {
            let teams = counted(teams, "team", "teams");
            format!("{person} ({office}: of {teams} {lost} would go and {gained} come)")
        })
        .collect();
    (!changed.is_empty()).then(|| {
        let people: Vec<&str> = changed.iter().map(String::as_str).collect();
        let message = format!(
            "organisation.csv changes by more than half what {} for, and with it who may see which children, without a date that says since when: {}. Give the lines that end a valid_to, or confirm.",
            if people.len() == 1 { "1 person answers".to_owned() } else { format!("{} people answer", people.len()) },
            named(&people)
        );
        on("organisation", message).now(people.len())
    })
}

/// The person's name as written.
fn shown(place: &TeamPlace, office: &str) -> String {
    match office {
        "director" => place.director.clone(),
        "team manager" => place.team_manager.clone(),
        _ => Some(place.head_of_service.clone()),
    }
    .unwrap_or_default()
}
