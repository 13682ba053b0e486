//! The county of Wexshire: its teams, services and those who answer for them. It is on no map.

use super::names::{in_office, user_name};
use domain::organisation::TeamPlace;

/// The county's name.
pub const COUNTY: &str = "Wexshire";

/// The one team that extracts name and `organisation.csv` does not.
pub const UNMAPPED_TEAM: &str = "Wolds Intensive Family Project";

/// The front door's service.
pub(super) const FRONT_DOOR: &str = "Front Door and Referral & Assessment";
/// The service of child-in-need and protection work.
pub(super) const CHILDREN_AND_FAMILIES: &str = "Children & Families";
/// The service of children in care and care leavers.
pub(super) const CARE: &str = "Children in Care and Care Leavers";
/// The service of disabled children.
pub(super) const DISABILITIES: &str = "Disabilities";
/// The early help service.
pub(super) const EARLY_HELP: &str = "Early Help";
/// The youth justice service.
pub(super) const YOUTH_JUSTICE: &str = "Youth Justice";

/// The county's localities and how many of its children live there.
pub(super) const LOCALITIES: [(&str, u32); 4] =
    [("Wexbridge", 34), ("Thornmere", 26), ("Harrowfold", 22), ("Saltcombe", 18)];

/// What a team is like.
pub(super) struct Team {
    pub name: &'static str,
    pub kind: &'static str,
    pub locality: &'static str,
    pub service: &'static str,
    /// Its Head of Service, a place in [`heads_of_service`].
    head: usize,
    /// Workers for every thousand open children.
    pub workers_per_thousand: f64,
    /// Whether it clearly lags on visits, whatever the year brings.
    pub lagging: bool,
    /// Whether its visits tend to be written up late.
    pub slow_recording: bool,
}

const fn team(
    name: &'static str,
    kind: &'static str,
    locality: &'static str,
    service: &'static str,
    head: usize,
    workers_per_thousand: f64,
) -> Team {
    Team { name, kind, locality, service, head, workers_per_thousand, lagging: false, slow_recording: false }
}

const fn assessment(name: &'static str, locality: &'static str, workers: f64) -> Team {
    team(name, "Referral and Assessment", locality, FRONT_DOOR, 0, workers)
}

const fn families(name: &'static str, locality: &'static str, head: usize, workers: f64) -> Team {
    team(name, "Children and Families", locality, CHILDREN_AND_FAMILIES, head, workers)
}

const fn lagging(team: Team) -> Team {
    Team { lagging: true, ..team }
}

const fn slow_recording(team: Team) -> Team {
    Team { slow_recording: true, ..team }
}

/// Every team; the last is the one that is not mapped.
pub(super) const TEAMS: [Team; 25] = [
    team("Front Door (MASH)", "Front Door", COUNTY, FRONT_DOOR, 0, 3.0),
    assessment("Referral & Assessment Wexbridge", "Wexbridge", 4.1),
    assessment("Referral & Assessment Thornmere", "Thornmere", 3.2),
    assessment("Referral & Assessment Harrowfold", "Harrowfold", 2.6),
    assessment("Referral & Assessment Saltcombe", "Saltcombe", 2.2),
    families("Children & Families Wexbridge 1", "Wexbridge", 1, 4.7),
    slow_recording(families("Children & Families Wexbridge 2", "Wexbridge", 1, 4.7)),
    families("Children & Families Thornmere 1", "Thornmere", 1, 3.6),
    lagging(families("Children & Families Thornmere 2", "Thornmere", 1, 3.6)),
    families("Children & Families Harrowfold 1", "Harrowfold", 2, 3.0),
    families("Children & Families Harrowfold 2", "Harrowfold", 2, 3.0),
    lagging(families("Children & Families Saltcombe 1", "Saltcombe", 2, 2.5)),
    families("Children & Families Saltcombe 2", "Saltcombe", 2, 2.5),
    team("Children in Care Wexbridge", "Children in Care", "Wexbridge", CARE, 3, 2.4),
    team("Children in Care Thornmere & Harrowfold", "Children in Care", "Thornmere", CARE, 3, 3.3),
    team("Children in Care Saltcombe", "Children in Care", "Saltcombe", CARE, 3, 1.5),
    team("11-25 Wexbridge & Thornmere", "11-25", "Wexbridge", CARE, 3, 2.4),
    team("11-25 Harrowfold & Saltcombe", "11-25", "Harrowfold", CARE, 3, 2.0),
    team("Care Leavers Wexshire", "Care Leavers", COUNTY, CARE, 3, 4.8),
    team("Disabled Children Wexbridge & Thornmere", "Disabilities", "Wexbridge", DISABILITIES, 4, 3.6),
    team("Disabled Children Harrowfold & Saltcombe", "Disabilities", "Harrowfold", DISABILITIES, 4, 2.6),
    team("Family Help Wexbridge & Thornmere", "Early Help", "Thornmere", EARLY_HELP, 5, 3.3),
    team("Family Help Harrowfold & Saltcombe", "Early Help", "Saltcombe", EARLY_HELP, 5, 2.4),
    team("Youth Justice Service", "Youth Justice", COUNTY, YOUTH_JUSTICE, 5, 2.0),
    team(UNMAPPED_TEAM, "", "", "", 0, 0.8),
];

/// The Front Door.
pub(super) const FRONT_DOOR_TEAM: u8 = 0;
/// The care leavers' team.
pub(super) const CARE_LEAVERS_TEAM: u8 = 18;
/// The youth justice team.
pub(super) const YOUTH_JUSTICE_TEAM: u8 = 23;
/// The team that is not mapped.
pub(super) const UNMAPPED: u8 = 24;

/// The assessment team of a locality.
pub(super) fn assessment_team(locality: u8) -> u8 {
    1 + locality
}

/// One of a locality's two Children & Families teams.
pub(super) fn families_team(locality: u8, second: bool) -> u8 {
    5 + 2 * locality + u8::from(second)
}

/// The team whose manager can be signed in as: one that lags.
pub(super) const MANAGED_TEAM: u8 = 8;

/// The team that looks after a child in care of this age.
pub(super) fn care_team(locality: u8, age: i64) -> u8 {
    match (age >= 16, locality) {
        (true, 0 | 1) => 16,
        (true, _) => 17,
        (false, 0) => 13,
        (false, 1 | 2) => 14,
        (false, _) => 15,
    }
}

/// The disabled children's team of a locality.
pub(super) fn disabilities_team(locality: u8) -> u8 {
    19 + u8::from(locality > 1)
}

/// The family help team of a locality.
pub(super) fn early_help_team(locality: u8) -> u8 {
    21 + u8::from(locality > 1)
}

/// The manager of a team.
pub(super) fn manager(team: u8) -> String {
    in_office(u32::from(team))
}

/// The six Heads of Service.
pub(super) fn heads_of_service() -> [String; 6] {
    [26, 27, 28, 29, 30, 31].map(in_office)
}

/// The Director of safeguarding, of care and disabilities, and of early help and youth justice.
pub(super) fn directors() -> [String; 3] {
    [32, 33, 34].map(in_office)
}

/// Where an e-mail of the county goes: a domain that can never be real.
pub(super) fn email(name: &str) -> String {
    format!("{}@wexshire.example", user_name(name))
}

fn director_of(service: &str) -> usize {
    match service {
        CARE | DISABILITIES => 1,
        EARLY_HELP | YOUTH_JUSTICE => 2,
        _ => 0,
    }
}

/// The organisation as `organisation.csv` tells it: 24 teams, without [`UNMAPPED_TEAM`].
#[must_use]
pub fn organisation() -> Vec<TeamPlace> {
    let (heads, directors) = (heads_of_service(), directors());
    let mapped = TEAMS.iter().zip(0u8..).take(usize::from(UNMAPPED));
    mapped
        .map(|(team, number)| {
            let (head, manager) = (&heads[team.head], manager(number));
            TeamPlace {
                team: team.name.to_owned(),
                team_type: Some(team.kind.to_owned()),
                locality: Some(team.locality.to_owned()),
                service: team.service.to_owned(),
                head_of_service: head.clone(),
                head_of_service_email: Some(email(head)),
                director: Some(directors[director_of(team.service)].clone()),
                team_manager_email: Some(email(&manager)),
                team_manager: Some(manager),
                valid_from: None,
                valid_to: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_where_the_numbers_say() {
        assert_eq!(TEAMS[usize::from(families_team(3, true))].name, "Children & Families Saltcombe 2");
        assert_eq!(MANAGED_TEAM, families_team(1, true));
        assert_eq!(TEAMS[usize::from(care_team(2, 17))].kind, "11-25");
        assert_eq!(TEAMS[usize::from(CARE_LEAVERS_TEAM)].kind, "Care Leavers");
        assert_eq!(TEAMS[usize::from(disabilities_team(3))].service, DISABILITIES);
        assert_eq!(TEAMS[usize::from(early_help_team(0))].service, EARLY_HELP);
        assert_eq!(TEAMS[usize::from(YOUTH_JUSTICE_TEAM)].service, YOUTH_JUSTICE);
        assert_eq!(TEAMS[usize::from(UNMAPPED)].name, UNMAPPED_TEAM);
    }

    #[test]
    fn six_services_and_twenty_four_teams_are_mapped() {
        let organisation = organisation();
        let mut services: Vec<_> = organisation.iter().map(|place| place.service.as_str()).collect();
        services.sort_unstable();
        services.dedup();
        assert_eq!((organisation.len(), services.len()), (24, 6));
    }
}
