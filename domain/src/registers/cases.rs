//! The weekly watch: cases without a worker, cases held by managers, dormant cases.

use crate::journey::SoundJourney;
use crate::measures::{Context, Fact, evaluate_one, measure};
use crate::names::name_key;
use crate::organisation::Organisation;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An open child without a real worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unallocated {
    /// The child.
    pub child_id: Arc<str>,
    /// The child's current team as shown.
    pub team: Option<Arc<str>>,
    /// What stands in the worker's place: "Duty", a team's name; `None` where the place is blank.
    pub in_the_place_of_a_worker: Option<Arc<str>>,
}

/// The child where it is open without a real worker: the units of ALL-01 outside its numerator.
#[must_use]
pub fn unallocated(journey: &SoundJourney, context: &Context<'_>) -> Option<Unallocated> {
    let facts = evaluate_one(measure("ALL-01")?, journey, context);
    let fact = facts.into_iter().find(|fact| !fact.numerator)?;
    let care = journey.open_care_periods().map(|row| &row.held);
    let held = care.chain(journey.open_plans().map(|row| &row.held)).chain(journey.open_needs().map(|row| &row.held));
    let written = held.filter_map(|held| held.worker.as_deref()).find(|worker| !name_key(worker).is_empty());
    Some(Unallocated {
        child_id: fact.child_id,
        team: fact.team,
        in_the_place_of_a_worker: written.map(|worker| context.names.worker(worker)),
    })
}

/// Those who manage, and should hold no case.
#[derive(Debug, Clone, Default)]
pub struct Managers {
    keys: BTreeSet<String>,
}

impl Managers {
    /// The team managers of the organisation, and those whose role in the workforce is a manager's.
    #[must_use]
    pub fn of<Name: AsRef<str>>(organisation: &Organisation, in_the_workforce: impl IntoIterator<Item = Name>) -> Self {
        let of_teams = organisation.teams().filter_map(|place| place.team_manager.as_deref()).map(name_key);
        let by_role = in_the_workforce.into_iter().map(|name| name_key(name.as_ref()));
        Self { keys: of_teams.chain(by_role).filter(|key| !key.is_empty()).collect() }
    }

    /// The keys of their names, in order: the same managers have the same.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// Whether a worker is one of them; names are the same as everywhere else, whatever their spaces and case.
    #[must_use]
    pub fn has(&self, worker: &str) -> bool {
        self.keys.contains(&name_key(worker))
    }
}

/// An open child whose current worker is a manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldByManager {
    /// The child.
    pub child_id: Arc<str>,
    /// The child's current team as shown.
    pub team: Option<Arc<str>>,
    /// The manager as shown.
    pub manager: Arc<str>,
}

/// The child where its current worker is a manager.
#[must_use]
pub fn held_by_manager(journey: &SoundJourney, context: &Context<'_>, managers: &Managers) -> Option<HeldByManager> {
    let holder = journey.current_holder(context.names, context.standards);
    let worker = holder.worker.filter(|worker| managers.has(worker))?;
    Some(HeldByManager {
        child_id: Arc::clone(&journey.child_id),
        team: holder.team.as_deref().map(|team| context.names.team(team)),
        manager: context.names.worker(&worker),
    })
}

/// A dormant case: a unit in the numerator of DOR-01, and where its clock began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dormant {
    /// The unit.
    pub fact: Fact,
    /// Since when the child has not been seen.
    pub unseen: Unseen,
}

/// Since when a child in need has not been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Last seen on a day.
    SinceSeen(NaiveDate),
    /// Not seen since the need began on a day.
    SinceNeedBegan(NaiveDate),
    /// Neither day is recorded.
    NotRecorded,
}

impl Unseen {
    /// What a unit of DOR-01 says. A visit on the day on which the need began is a visit.
    #[must_use]
    pub fn of(fact: &Fact, journey: &SoundJourney) -> Self {
        let need = journey.needs.get(usize::from(fact.position));
        match (fact.start, need.and_then(|need| need.last_seen_date)) {
            (None, _) => Self::NotRecorded,
            (Some(start), Some(seen)) if seen == start => Self::SinceSeen(seen),
            (Some(start), _) => Self::SinceNeedBegan(start),
        }
    }
}

/// The child's dormant cases: the units in the numerator of DOR-01.
#[must_use]
pub fn dormant(journey: &SoundJourney, context: &Context<'_>) -> Vec<Dormant> {
    let mut facts = measure("DOR-01").map(|measure| evaluate_one(measure, journey, context)).unwrap_or_default();
    facts.retain(|fact| fact.numerator);
    facts.into_iter().map(|fact| Dormant { unseen: Unseen::of(&fact, journey), fact }).collect()
}
