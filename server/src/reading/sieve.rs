//! Which units pass: the viewer's scope and the selection, settled once for each team.

use crate::reading::{NO_WORKER, Selection};
use domain::names::name_key;
use domain::organisation::Organisation;
use domain::scope::Scope;
use rustc_hash::FxHashMap;

/// What is read: children, or counts of them. A viewer may be allowed the one and not the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Children,
    Counts,
}

/// Lets through what a scope allows and a selection wants.
pub(crate) struct Sieve<'a> {
    reading: Reading,
    scope: &'a Scope,
    organisation: &'a Organisation,
    selection: &'a Selection,
    /// The key of the worker selected.
    worker: Option<String>,
    no_team: Option<bool>,
    teams: FxHashMap<Box<str>, bool>,
}

impl<'a> Sieve<'a> {
    pub(crate) fn new(
        reading: Reading,
        scope: &'a Scope,
        organisation: &'a Organisation,
        selection: &'a Selection,
    ) -> Self {
        let worker = selection.worker.as_deref().map(name_key);
        Self { reading, scope, organisation, selection, worker, no_team: None, teams: FxHashMap::default() }
    }

    /// Whether a unit of this team and worker passes.
    pub(crate) fn lets(&mut self, team: Option<&str>, worker: Option<&str>) -> bool {
        let by_team = match team {
            None => match self.no_team {
                Some(known) => known,
                None => *self.no_team.insert(judge(self.reading, self.scope, self.organisation, self.selection, None)),
            },
            Some(name) => match self.teams.get(name) {
                Some(known) => *known,
                None => {
                    let passes = judge(self.reading, self.scope, self.organisation, self.selection, team);
                    self.teams.insert(name.into(), passes);
                    passes
                }
            },
        };
        by_team
            && self
                .worker
                .as_deref()
                .is_none_or(|wanted| worker.map_or(wanted == NO_WORKER, |name| name_key(name) == wanted))
    }
}

fn judge(
    reading: Reading,
    scope: &Scope,
    organisation: &Organisation,
    selection: &Selection,
    team: Option<&str>,
) -> bool {
    let allowed = match reading {
        Reading::Children => scope.allows_children_of(team),
        Reading::Counts => scope.allows_counts_of(team),
    };
    allowed && selection.has_team(organisation, team)
}
