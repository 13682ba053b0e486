//! Where the steps of a tour lead, for one viewer.

use crate::council::Council;
use crate::desk::Links;
use crate::reading::Selection;
use domain::names::name_key;
use domain::scope::{Area, Scope};

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// An address that is there from the first day.
    Always(&'static str),
    /// A page of figures, there from the first extract.
    Figures(&'static str),
    /// The viewer's own service, or the first.
    Service,
    /// The viewer's own team, or the first of the own service.
    Team,
    /// A measure, for the viewer's own service or team.
    Measure(&'static str),
    /// The children to act on behind a measure, likewise.
    Children(&'static str),
}

/// The places of one viewer; nothing that the scope does not reach.
pub(super) struct Places {
    there: bool,
    service: Option<String>,
    team: Option<String>,
    selection: Selection,
}

impl Places {
    pub(super) fn of(council: Option<&Council>, scope: &Scope, area: &Area) -> Self {
        let Some(council) = council else {
            return Self { there: false, service: None, team: None, selection: Selection::default() };
        };
        let ours = |place: &&domain::organisation::TeamPlace| {
            scope.allows_counts_of(Some(&place.team))
                && match area {
                    Area::All => true,
                    Area::Service(name) => name_key(name) == name_key(&place.service),
                    Area::Team(name) => name_key(name) == name_key(&place.team),
                }
        };
        let place = council.organisation.teams().filter(ours).min_by(|a, b| a.team.cmp(&b.team));
        let (service, team) = place.map(|place| (place.service.clone(), place.team.clone())).unzip();
        let selection = match area {
            Area::All => Selection::default(),
            Area::Service(_) => Selection { service: service.clone(), ..Selection::default() },
            Area::Team(_) => Selection { team: team.clone(), ..Selection::default() },
        };
        Self { there: true, service, team, selection }
    }

    /// The address; `None` while there is nothing to see there.
    pub(super) fn href(&self, at: At) -> Option<String> {
        let links = Links::at(None);
        match at {
            At::Always(path) => Some(path.to_owned()),
            _ if !self.there => None,
            At::Figures(path) => Some(path.to_owned()),
            At::Service => self.service.as_deref().map(|service| links.service(service)),
            At::Team => self.team.as_deref().map(|team| links.team(team)),
            At::Measure(id) => Some(links.measure(id, &self.selection)),
            At::Children(id) => Some(links.children(id, &self.selection, &[("show", "act".to_owned())])),
        }
    }
}
