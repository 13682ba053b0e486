//! How much of an item a reader sees. A surgery of a service is read by the managers of its teams: each sees the actions,
//! figures and children of the own teams, and of the others what the item is about, so that the agenda stays one agenda.

use crate::store::actions::{InShort, Line};
use domain::ids::ActionId;
use domain::measures::measure;
use domain::organisation::Organisation;
use domain::scope::{Area, Scope};
use domain::surgery::{ItemDraft, ItemKind, Link, Remit};
use std::collections::HashMap;
use std::sync::Arc;

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of it: the reader may count everything that it is about, or may read the action.
    Whole,
    /// It is about more teams than the reader's: the own part of it.
    Part,
    /// It is another team's.
    Title,
}

/// What is known for telling.
pub(super) struct Eyes<'a> {
    pub(super) scope: &'a Scope,
    /// What the figures are counted by.
    pub(super) organisation: Arc<Organisation>,
    pub(super) remit: &'a Remit,
    /// Of the actions on the agenda, those that the reader may read.
    pub(super) actions: HashMap<ActionId, Line>,
    /// The teams of all of them.
    pub(super) teams: HashMap<i64, InShort>,
}

impl Eyes<'_> {
    pub(super) fn sight(&self, draft: &ItemDraft) -> Sight {
        match &draft.link {
            Some(Link::Action { action }) if self.actions.contains_key(action) => Sight::Whole,
            Some(Link::Action { .. }) => Sight::Title,
            Some(Link::Measure { group, .. }) => self.of_area(group),
            Some(Link::Register { team: Some(team), .. }) => self.of_area(&Area::Team(team.clone())),
            None if draft.kind == ItemKind::Own => Sight::Whole,
            Some(Link::Register { team: None, .. }) | None => self.of_teams(&self.remit.teams(&self.organisation)),
        }
    }

    pub(super) fn of_area(&self, area: &Area) -> Sight {
        match area {
            Area::All if self.scope.reaches_everything() => Sight::Whole,
            Area::All => Sight::Part,
            Area::Team(team) => self.of_teams(std::slice::from_ref(team)),
            Area::Service(service) => {
                self.of_teams(&Remit::Service { service: service.clone() }.teams(&self.organisation))
            }
        }
    }

    fn of_teams(&self, teams: &[String]) -> Sight {
        let theirs = teams.iter().filter(|team| self.scope.allows_counts_of(Some(team))).count();
        match theirs {
            _ if self.scope.reaches_everything() => Sight::Whole,
            0 => Sight::Title,
            all if all == teams.len() => Sight::Whole,
            _ => Sight::Part,
        }
    }

    /// The title for who does not see all of it: what it is about, and no word on how it stands.
    pub(super) fn bare_title(&self, draft: &ItemDraft) -> String {
        let named = |id: &str| measure(id).map_or_else(|| id.to_owned(), |measure| measure.name.to_owned());
        match (&draft.link, draft.kind) {
            (Some(Link::Action { action }), _) => {
                let teams = self.teams.get(&action.0).map(|short| short.teams.join(", ")).unwrap_or_default();
                if teams.is_empty() {
                    format!("{action}: an action that is not yours to see")
                } else {
                    format!("{action}: an action of {teams}")
                }
            }
            // How these are called says nothing of how many there are.
            (_, ItemKind::FallingDue | ItemKind::Answers) | (Some(Link::Register { .. }), _) => draft.title.clone(),
            (Some(Link::Measure { measure, group: Area::Team(team), .. }), _) => format!("{team}: {}", named(measure)),
            (Some(Link::Measure { measure, .. }), ItemKind::Team) => {
                format!("{}: teams that differ by more than chance", named(measure))
            }
            (Some(Link::Measure { measure, .. }), _) => named(measure),
            (None, ItemKind::Measure) => "Measures that are getting better".to_owned(),
            (None, ItemKind::Team) => "Teams that are better than their service by more than chance".to_owned(),
            (None, _) => draft.title.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use domain::organisation::TeamPlace;
    use domain::scope::{Grant, Role};
    use domain::surgery::RegisterName;

    fn organisation() -> Organisation {
        let place = |team: &str, service: &str| TeamPlace {
            team: team.into(),
            service: service.into(),
            head_of_service: "H".into(),
            ..TeamPlace::default()
        };
        Organisation::on(NaiveDate::default(), [place("A", "North"), place("B", "North"), place("C", "South")])
    }

    fn scope(role: Role, area: Area) -> Scope {
        let grant = Grant { role, area, valid_from: None, valid_to: None };
        Scope::of(&[grant], &organisation(), NaiveDate::default())
    }

    fn item(kind: ItemKind, title: &str, link: Option<Link>) -> ItemDraft {
        ItemDraft { kind, link, ..ItemDraft::own(title.to_owned()) }
    }

    fn measure_of(group: Area) -> Option<Link> {
        Some(Link::Measure { measure: "CIN-01".to_owned(), group, numerator: None })
    }

    #[test]
    fn a_manager_sees_the_own_the_part_of_the_whole_and_of_another_team_what_it_is_about() {
        let (team, north) = (|name: &str| Area::Team(name.to_owned()), || Area::Service("North".to_owned()));
        let remit = Remit::Service { service: "North".to_owned() };
        let register = |team: Option<&str>| {
            Some(Link::Register { register: RegisterName::Dormant, team: team.map(str::to_owned) })
        };
        let items = [
            item(ItemKind::Measure, "far off", measure_of(team("A"))),
            item(ItemKind::Measure, "far off", measure_of(team("B"))),
            item(ItemKind::Measure, "far off", measure_of(north())),
            item(ItemKind::Measure, "far off", measure_of(Area::All)),
            item(ItemKind::Dormant, "Dormant cases", register(Some("B"))),
            item(ItemKind::Dormant, "Dormant cases", register(None)),
            item(ItemKind::Measure, "3 measures are getting better", None),
            item(ItemKind::Action, "A-000001, late: Secret", Some(Link::Action { action: ActionId(1) })),
            item(ItemKind::Own, "Court dates", None),
        ];
        use Sight::{Part, Title, Whole};
        for (scope, expected) in [
            (scope(Role::TeamManager, team("A")), [Whole, Title, Part, Part, Title, Part, Part, Title, Whole]),
            (scope(Role::HeadOfService, north()), [Whole, Whole, Whole, Part, Whole, Whole, Whole, Title, Whole]),
            (scope(Role::QualityLead, Area::All), [Whole, Whole, Whole, Whole, Whole, Whole, Whole, Title, Whole]),
            (scope(Role::TeamManager, team("C")), [Title, Title, Title, Part, Title, Title, Title, Title, Whole]),
        ] {
            let eyes = Eyes {
                scope: &scope,
                organisation: Arc::new(organisation()),
                remit: &remit,
                actions: HashMap::new(),
                teams: HashMap::from([(1, InShort { teams: vec!["B".to_owned()], ..InShort::default() })]),
            };
            let sights: Vec<Sight> = items.iter().map(|item| eyes.sight(item)).collect();
            assert_eq!(sights, expected, "{scope:?}");
            for item in &items[..8] {
                let title = eyes.bare_title(item);
                assert!(!title.contains("far off") && !title.contains("Secret") && !title.contains('3'), "{title}");
            }
            assert_eq!(eyes.bare_title(&items[7]), "A-000001: an action of B");
            assert!(eyes.bare_title(&items[1]).starts_with("B: "));
        }
    }
}
