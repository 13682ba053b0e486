//! One persona for each role, so that a demonstration can be walked through from every chair.

use super::county::{CHILDREN_AND_FAMILIES, FRONT_DOOR, MANAGED_TEAM, TEAMS, directors, heads_of_service, manager};
use super::names::{name, user_name};
use domain::scope::{Area, Role};

/// A person to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPersona {
    /// What they do.
    pub role: Role,
    /// Their name, as `organisation.csv` writes it where it does.
    pub name: String,
    /// Their user name.
    pub user_name: String,
    /// Over what their role reaches.
    pub area: Area,
}

/// A Director (all), a Director of one service, three Heads of Service (two of that service, one of the front door), a team
/// manager, an analyst, a quality lead, a member and an administrator.
#[must_use]
pub fn people() -> Vec<DemoPersona> {
    let [safeguarding, _, _] = directors();
    let [front_door, head, second, ..] = heads_of_service();
    let team = MANAGED_TEAM;
    let service = || Area::Service(CHILDREN_AND_FAMILIES.to_owned());
    [
        (Role::Director, name(35), Area::All),
        (Role::Director, safeguarding, service()),
        (Role::HeadOfService, head, service()),
        (Role::HeadOfService, front_door, Area::Service(FRONT_DOOR.to_owned())),
        (Role::HeadOfService, second, service()),
        (Role::TeamManager, manager(team), Area::Team(TEAMS[usize::from(team)].name.to_owned())),
        (Role::Analyst, name(36), Area::All),
        (Role::QualityLead, name(37), Area::All),
        (Role::Member, name(38), Area::All),
        (Role::Administrator, name(39), Area::All),
    ]
    .map(|(role, name, area)| DemoPersona { role, user_name: user_name(&name), name, area })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::organisation;

    #[test]
    fn there_is_a_persona_for_every_role_and_user_names_differ() {
        let people = people();
        for role in Role::ALL {
            assert!(people.iter().any(|person| person.role == role), "{role:?}");
        }
        let mut names: Vec<_> = people.iter().map(|person| &person.user_name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), people.len());
    }

    #[test]
    fn those_who_answer_for_teams_are_in_the_organisation() {
        let organisation = organisation();
        for person in people() {
            let known = |find: fn(&domain::organisation::TeamPlace) -> Option<&str>| {
                organisation.iter().any(|place| find(place) == Some(&person.name))
            };
            match person.role {
                Role::HeadOfService => assert!(known(|place| Some(&place.head_of_service))),
                Role::TeamManager => assert!(known(|place| place.team_manager.as_deref())),
                _ => {}
            }
        }
    }
}
