//! What an action is about: at one of four levels.

use crate::ids::ChildId;
use crate::names::name_key;
use crate::scope::Scope;
use serde::{Deserialize, Serialize};

/// The level of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// One child or several, each by name.
    Child,
    /// A team, or a cohort within teams.
    Team,
    /// The hand-off from one team to another.
    Pathway,
    /// The whole service.
    Service,
}

impl Level {
    /// Every level, from the child up.
    pub const ALL: [Self; 4] = [Self::Child, Self::Team, Self::Pathway, Self::Service];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Team => "team",
            Self::Pathway => "pathway",
            Self::Service => "service",
        }
    }

    /// Its title for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Child => "Child",
            Self::Team => "Team or cohort",
            Self::Pathway => "Pathway",
            Self::Service => "Service",
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A child, and the team that held it when the action was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildOfTeam {
    /// The council's id of the child.
    pub child_id: ChildId,
    /// The team as the newest extract has it; `None` is "(no team)". Never taken from a form.
    pub team: Option<String>,
}

/// What an action is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "level", rename_all = "kebab-case")]
pub enum Subject {
    /// These children.
    Child {
        /// At least one.
        children: Vec<ChildOfTeam>,
    },
    /// A team, or a cohort within one team or several.
    Team {
        /// At least one.
        teams: Vec<String>,
        /// The cohort; empty where the action is about the team as such.
        children: Vec<ChildOfTeam>,
    },
    /// A hand-off.
    Pathway {
        /// The team that hands over.
        from: String,
        /// The team that takes over.
        to: String,
    },
    /// A service.
    Service {
        /// Its name.
        service: String,
        /// Its teams when the action was recorded; filled in from the organisation.
        teams: Vec<String>,
    },
}

impl Subject {
    /// The level.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Self::Child { .. } => Level::Child,
            Self::Team { .. } => Level::Team,
            Self::Pathway { .. } => Level::Pathway,
            Self::Service { .. } => Level::Service,
        }
    }

    /// The children, each named one by one; none at the levels of a pathway and a service.
    #[must_use]
    pub fn children(&self) -> &[ChildOfTeam] {
        match self {
            Self::Child { children } | Self::Team { children, .. } => children,
            Self::Pathway { .. } | Self::Service { .. } => &[],
        }
    }

    /// The teams it names itself. An action about children names none: whose they are changes with the child.
    #[must_use]
    pub fn named_teams(&self) -> Vec<&str> {
        match self {
            Self::Child { .. } => Vec::new(),
            Self::Team { teams, .. } | Self::Service { teams, .. } => teams.iter().map(String::as_str).collect(),
            Self::Pathway { from, to } => vec![from, to],
        }
    }

    /// Every team concerned when it was recorded, each once: those it names, and those that held its children.
    #[must_use]
    pub fn teams(&self) -> Vec<&str> {
        let of_children = self.children().iter().filter_map(|child| child.team.as_deref());
        let mut teams: Vec<&str> = Vec::new();
        for team in self.named_teams().into_iter().chain(of_children) {
            if !teams.iter().any(|known| name_key(known) == name_key(team)) {
                teams.push(team);
            }
        }
        teams
    }

    /// Whether whoever answers for it must answer for every team concerned. A hand-off lies between two, and a service
    /// may be led by several Heads of Service: there one team is enough.
    #[must_use]
    pub const fn takes_every_team(&self) -> bool {
        matches!(self, Self::Child { .. } | Self::Team { .. })
    }

    /// Whether a child is among its children.
    #[must_use]
    pub fn has_child(&self, child_id: &str) -> bool {
        self.children().iter().any(|child| child.child_id.is(child_id))
    }

    /// The same with only those children of whom `may_read` says yes, and how many were left out. An action may be
    /// readable for one of its children and not for another.
    #[must_use]
    pub fn within(&self, may_read: impl Fn(&ChildOfTeam) -> bool) -> (Self, usize) {
        let before = self.children().len();
        let mut subject = self.clone();
        if let Self::Child { children } | Self::Team { children, .. } = &mut subject {
            children.retain(may_read);
        }
        let hidden = before - subject.children().len();
        (subject, hidden)
    }

    /// Whether every team and child it names lies within a scope; children by the team that holds them.
    #[must_use]
    pub(super) fn lies_within(&self, scope: &Scope) -> bool {
        let children = self.children().iter().map(|child| child.team.as_deref());
        children.chain(self.named_teams().into_iter().map(Some)).all(|team| scope.allows_children_of(team))
    }
}
