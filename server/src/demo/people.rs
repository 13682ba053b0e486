//! One persona for each role, so that a demonstration can be walked through from every chair.

use super::county::{
    CARE, CHILDREN_AND_FAMILIES, DISABILITIES, EARLY_HELP, FRONT_DOOR, MANAGED_TEAM, TEAMS, YOUTH_JUSTICE, directors,
    heads_of_service, manager,
};
use super::names::{in_office, user_name};
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
    /// What else it reaches.
    pub also: Vec<Area>,
}

/// The Director of everything and one for each part of the organisation, the six Heads of Service, a team manager, an
/// analyst, a quality lead, a member and an administrator. Further people of a role come after those before them: a button
/// keeps its person.
#[must_use]
pub fn people() -> Vec<DemoPersona> {
    let [safeguarding, care, help] = directors();
    let [front_door, families, families_too, in_care, disabilities, early_help] = heads_of_service();
    let team = MANAGED_TEAM;
    let service = |name: &str| Area::Service(name.to_owned());
    let person = |role, name: String, area| DemoPersona { role, user_name: user_name(&name), name, area, also: vec![] };
    let and = |person: DemoPersona, also: &str| DemoPersona { also: vec![service(also)], ..person };
    vec![
        person(Role::Director, in_office(35), Area::All),
        person(Role::Director, safeguarding, service(CHILDREN_AND_FAMILIES)),
        and(person(Role::Director, care, service(CARE)), DISABILITIES),
        and(person(Role::Director, help, service(EARLY_HELP)), YOUTH_JUSTICE),
        person(Role::HeadOfService, families, service(CHILDREN_AND_FAMILIES)),
        person(Role::HeadOfService, front_door, service(FRONT_DOOR)),
        person(Role::HeadOfService, families_too, service(CHILDREN_AND_FAMILIES)),
        person(Role::HeadOfService, in_care, service(CARE)),
        person(Role::HeadOfService, disabilities, service(DISABILITIES)),
        and(person(Role::HeadOfService, early_help, service(EARLY_HELP)), YOUTH_JUSTICE),
        person(Role::TeamManager, manager(team), Area::Team(TEAMS[usize::from(team)].name.to_owned())),
        person(Role::Analyst, in_office(36), Area::All),
        person(Role::QualityLead, in_office(37), Area::All),
        person(Role::Member, in_office(38), Area::All),
        person(Role::Administrator, in_office(39), Area::All),
    ]
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
    fn every_user_name_is_one_that_an_account_can_have() {
        for person in people() {
            let fits = |letter: char| letter.is_ascii_lowercase() || letter == '.';
            assert!(person.user_name.chars().all(fits), "{:?}", person.user_name);
        }
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
