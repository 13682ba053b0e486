//! What the filters of a list offer: services, teams and workers in scope and on the list's lines.

use crate::council::Council;
use crate::reading::{NO_SERVICE, NO_TEAM, NO_WORKER, Selection};
use app::data::Choice;
use domain::names::name_key;
use domain::scope::Scope;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names to choose from, each by its key.
pub(super) struct Choices<'a> {
    council: &'a Council,
    selection: &'a Selection,
    services: BTreeMap<String, String>,
    teams: BTreeMap<String, String>,
    workers: BTreeMap<String, String>,
    met_teams: Met,
    met_workers: Met,
}

impl<'a> Choices<'a> {
    /// The services in scope, and the teams in scope of the service that is selected.
    pub(super) fn in_scope(council: &'a Council, scope: &Scope, selection: &'a Selection) -> Self {
        let mut choices = Self {
            council,
            selection,
            services: BTreeMap::new(),
            teams: BTreeMap::new(),
            workers: BTreeMap::new(),
            met_teams: Met::default(),
            met_workers: Met::default(),
        };
        for place in council.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team))) {
            note(&mut choices.services, &place.service);
            if choices.is_in_service(Some(&place.team)) {
                note(&mut choices.teams, &place.team);
            }
        }
        choices
    }

    /// The team of a line that the viewer may read.
    pub(super) fn note_team(&mut self, team: Option<&Arc<str>>) {
        if !self.met_teams.is_new(team) {
            return;
        }
        let team = team.map(|team| &**team);
        if team.and_then(|team| self.council.organisation.service(team)).is_none() {
            note(&mut self.services, NO_SERVICE);
        }
        if self.is_in_service(team) {
            note(&mut self.teams, team.unwrap_or(NO_TEAM));
        }
    }

    /// The worker of a line that the viewer may read.
    pub(super) fn note_worker(&mut self, worker: Option<&Arc<str>>) {
        if self.met_workers.is_new(worker) {
            note(&mut self.workers, worker.map_or(NO_WORKER, |worker| worker));
        }
    }

    pub(super) fn services(&self) -> Vec<Choice> {
        offered(&self.services, self.selection.service.as_deref())
    }

    pub(super) fn teams(&self) -> Vec<Choice> {
        offered(&self.teams, self.selection.team.as_deref())
    }

    pub(super) fn workers(&self) -> Vec<Choice> {
        offered(&self.workers, self.selection.worker.as_deref())
    }

    fn is_in_service(&self, team: Option<&str>) -> bool {
        let service = Selection { service: self.selection.service.clone(), ..Selection::default() };
        service.has_team(&self.council.organisation, team)
    }
}

fn note(names: &mut BTreeMap<String, String>, name: &str) {
    names.entry(name_key(name)).or_insert_with(|| name.to_owned());
}

fn offered(names: &BTreeMap<String, String>, chosen: Option<&str>) -> Vec<Choice> {
    let chosen = chosen.map(name_key);
    let choice =
        |(key, value): (&String, &String)| Choice { chosen: chosen.as_ref() == Some(key), value: value.clone() };
    names.iter().map(choice).collect()
}

/// Names met, by where they are kept: hundreds of lines share a few, and what was met there is not noted again.
#[derive(Default)]
struct Met(FxHashSet<Option<*const u8>>);

impl Met {
    fn is_new(&mut self, name: Option<&Arc<str>>) -> bool {
        self.0.insert(name.map(|name| name.as_ptr()))
    }
}
