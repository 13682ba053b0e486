//! Who may see what: the one gate, built only from a viewer's grants, ANDed into every read.

use crate::names::name_key;
use crate::organisation::Organisation;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a person does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Leads service-level surgeries; sees a service area or all.
    Director,
    /// Leads team-level surgeries and is accountable for actions; sees services and teams.
    HeadOfService,
    /// Sees own teams.
    TeamManager,
    /// Over everything: loads the data and sees all. Over services and teams: sees those.
    Analyst,
    /// Audits and dip samples; sees all, changes nothing.
    QualityLead,
    /// An elected or board member: aggregates only, small numbers suppressed.
    Member,
    /// People and settings; no child.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Director,
        Self::HeadOfService,
        Self::TeamManager,
        Self::Analyst,
        Self::QualityLead,
        Self::Member,
        Self::Administrator,
    ];

    /// Its stable name: `director`, `head-of-service` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::HeadOfService => "head-of-service",
            Self::TeamManager => "team-manager",
            Self::Analyst => "analyst",
            Self::QualityLead => "quality-lead",
            Self::Member => "member",
            Self::Administrator => "administrator",
        }
    }

    /// Its title for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Director => "Director",
            Self::HeadOfService => "Head of Service",
            Self::TeamManager => "Team manager",
            Self::Analyst => "Performance analyst",
            Self::QualityLead => "Quality lead",
            Self::Member => "Member",
            Self::Administrator => "Administrator",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Over what a role reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// The whole council, unmapped teams too.
    All,
    /// The teams of one service.
    Service(String),
    /// One team.
    Team(String),
}

/// A role over an area between two dates, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Over what.
    pub area: Area,
    /// First day.
    pub valid_from: Option<NaiveDate>,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

impl Grant {
    /// Whether it is in force on a date.
    #[must_use]
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| to >= date)
    }
}

/// The units a scope reaches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Reach {
    Nothing,
    Teams(BTreeSet<String>),
    Everything,
}

impl Reach {
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::Nothing, reach) | (reach, Self::Nothing) => reach,
            (Self::Teams(mut teams), Self::Teams(more)) => {
                teams.extend(more);
                Self::Teams(teams)
            }
        }
    }

    fn has(&self, team: Option<&str>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Teams(teams) => team.is_some_and(|team| teams.contains(&name_key(team))),
        }
    }
}

/// Which teams a read is limited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamLimit<'a> {
    /// No limit.
    Everything,
    /// Only these team keys (see [`crate::names::name_key`]); units without a team are not among them.
    Teams(&'a BTreeSet<String>),
    /// Nothing at all.
    Nothing,
}

/// What only a user who holds the database itself can show: the command line has the one type that does.
pub trait HoldsTheDatabase {}

/// What one signed-in viewer may read. It cannot be made but from grants, and every read of a child, a list or
/// a count takes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    children: Reach,
    counts: Reach,
    answers: Reach,
    loads_data: bool,
    manages_people: bool,
    sets_standards: bool,
}

impl Scope {
    /// The scope of these grants on `today`, with teams placed by `organisation`.
    #[must_use]
    pub fn of(grants: &[Grant], organisation: &Organisation, today: NaiveDate) -> Self {
        let mut scope = Self {
            children: Reach::Nothing,
            counts: Reach::Nothing,
            answers: Reach::Nothing,
            loads_data: false,
            manages_people: false,
            sets_standards: false,
        };
        for grant in grants.iter().filter(|grant| grant.is_valid_on(today)) {
            let reach = match &grant.area {
                Area::All => Reach::Everything,
                Area::Service(service) => {
                    Reach::Teams(organisation.team_keys_of_service(service).map(str::to_owned).collect())
                }
                Area::Team(team) => Reach::Teams([name_key(team)].into()),
            };
            scope.sets_standards |= match grant.role {
                Role::Administrator => true,
                Role::Director => grant.area == Area::All,
                _ => false,
            };
            match grant.role {
                Role::Administrator => scope.manages_people = true,
                Role::Member => scope.counts = scope.counts.join(reach),
                Role::Analyst => {
                    scope.loads_data |= grant.area == Area::All;
                    scope.children = scope.children.join(reach);
                }
                Role::Director | Role::HeadOfService | Role::TeamManager => {
                    scope.answers = scope.answers.join(reach.clone());
                    scope.children = scope.children.join(reach);
                }
                Role::QualityLead => scope.children = scope.children.join(reach),
            }
        }
        scope
    }

    /// The scope of the command line, whose user already holds the database itself. No request reads with it: who asks has
    /// to show that the asker is none.
    #[must_use]
    pub fn operator(_: &impl HoldsTheDatabase) -> Self {
        Self {
            children: Reach::Everything,
            counts: Reach::Nothing,
            answers: Reach::Nothing,
            loads_data: true,
            manages_people: true,
            sets_standards: true,
        }
    }

    /// The limit on reading children and lists.
    #[must_use]
    pub fn children(&self) -> TeamLimit<'_> {
        limit(&self.children)
    }

    /// The limit on reading counts: who may read children may count them; a member may only count.
    #[must_use]
    pub fn counts(&self) -> TeamLimit<'_> {
        if self.suppresses() { limit(&self.counts) } else { limit(&self.children) }
    }

    /// Whether the unit of a team (`None`: no team) may be read.
    #[must_use]
    pub fn allows_children_of(&self, team: Option<&str>) -> bool {
        self.children.has(team)
    }

    /// Whether the counts of a team may be read.
    #[must_use]
    pub fn allows_counts_of(&self, team: Option<&str>) -> bool {
        if self.suppresses() { self.counts.has(team) } else { self.children.has(team) }
    }

    /// Whether this viewer may say what is true of a late child of a team (`None`: no team): a team manager of the own
    /// teams, a Head of Service of the own services and teams, a Director of all that the Director leads. Who loads, audits,
    /// counts or administers says nothing, and neither does the command line.
    #[must_use]
    pub fn answers_for(&self, team: Option<&str>) -> bool {
        self.answers.has(team)
    }

    /// Whether any child may be read at all.
    #[must_use]
    pub fn reads_children(&self) -> bool {
        match &self.children {
            Reach::Nothing => false,
            Reach::Everything => true,
            Reach::Teams(teams) => !teams.is_empty(),
        }
    }

    /// Whether any count may be read.
    #[must_use]
    pub fn reads_counts(&self) -> bool {
        self.reads_children() || self.counts != Reach::Nothing
    }

    /// Whether figures reach this viewer only with small numbers suppressed (a member who reads no child).
    #[must_use]
    pub fn suppresses(&self) -> bool {
        !self.reads_children()
    }

    /// Whether the scope reaches everything, unmapped teams too.
    #[must_use]
    pub fn reaches_everything(&self) -> bool {
        matches!(if self.suppresses() { &self.counts } else { &self.children }, Reach::Everything)
    }

    /// Whether extracts may be loaded, removed and mapped: by an analyst of everything, since an extract is the whole
    /// council's.
    #[must_use]
    pub fn loads_data(&self) -> bool {
        self.loads_data
    }

    /// Whether the council's standards may be set: by administrators and by Directors of everything.
    #[must_use]
    pub fn sets_standards(&self) -> bool {
        self.sets_standards
    }

    /// Whether people and settings may be managed.
    #[must_use]
    pub fn manages_people(&self) -> bool {
        self.manages_people
    }
}

fn limit(reach: &Reach) -> TeamLimit<'_> {
    match reach {
        Reach::Nothing => TeamLimit::Nothing,
        Reach::Everything => TeamLimit::Everything,
        Reach::Teams(teams) => TeamLimit::Teams(teams),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::TeamPlace;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn organisation() -> Organisation {
        let place = |team: &str, service: &str| TeamPlace {
            team: team.into(),
            service: service.into(),
            head_of_service: "H".into(),
            ..TeamPlace::default()
        };
        Organisation::on(day("2024-01-31"), [place("A", "North"), place("B", "North"), place("C", "South")])
    }

    fn grant(role: Role, area: Area) -> Grant {
        Grant { role, area, valid_from: None, valid_to: None }
    }

    fn scope(grants: &[Grant]) -> Scope {
        Scope::of(grants, &organisation(), day("2024-01-31"))
    }

    #[test]
    fn without_a_grant_nothing_is_seen() {
        let nobody = scope(&[]);
        assert!(!nobody.reads_children() && !nobody.reads_counts());
        assert!(!nobody.allows_children_of(Some("A")));
        assert!(!nobody.allows_children_of(None));
    }

    #[test]
    fn a_team_manager_sees_the_own_team_and_nothing_unmapped() {
        let manager = scope(&[grant(Role::TeamManager, Area::Team(" a ".into()))]);
        assert!(manager.allows_children_of(Some("A")));
        assert!(!manager.allows_children_of(Some("B")));
        assert!(!manager.allows_children_of(None));
    }

    #[test]
    fn a_head_of_service_sees_the_teams_of_the_service() {
        let head = scope(&[grant(Role::HeadOfService, Area::Service("north".into()))]);
        assert!(head.allows_children_of(Some("A")) && head.allows_children_of(Some("B")));
        assert!(!head.allows_children_of(Some("C")));
    }

    #[test]
    fn a_member_counts_and_sees_no_child() {
        let member = scope(&[grant(Role::Member, Area::All)]);
        assert!(!member.reads_children() && member.reads_counts() && member.suppresses());
        assert!(member.allows_counts_of(None));
        assert!(!member.allows_children_of(Some("A")));
    }

    #[test]
    fn an_administrator_manages_people_and_sees_no_child_and_no_count() {
        let administrator = scope(&[grant(Role::Administrator, Area::All)]);
        assert!(administrator.manages_people());
        assert!(!administrator.reads_children() && !administrator.reads_counts());
    }

    #[test]
    fn who_manages_a_team_answers_for_it_and_nobody_else_does() {
        let team = |name: &str| Area::Team(name.to_owned());
        let service = || Area::Service("North".to_owned());
        // Role, area, and whether it answers for teams A and B of the North, C of the South, and no team.
        let table = [
            (Role::TeamManager, team("A"), [true, false, false, false]),
            (Role::HeadOfService, service(), [true, true, false, false]),
            (Role::HeadOfService, team("C"), [false, false, true, false]),
            (Role::Director, Area::All, [true, true, true, true]),
            (Role::Director, service(), [true, true, false, false]),
            (Role::Analyst, Area::All, [false; 4]),
            (Role::QualityLead, Area::All, [false; 4]),
            (Role::Member, Area::All, [false; 4]),
            (Role::Administrator, Area::All, [false; 4]),
        ];
        for (role, area, expected) in table {
            let scope = scope(&[grant(role, area.clone())]);
            let answers = [Some("A"), Some("B"), Some("C"), None].map(|team| scope.answers_for(team));
            assert_eq!(answers, expected, "{role:?} of {area:?}");
        }
        struct Test;
        impl HoldsTheDatabase for Test {}
        assert!(!Scope::operator(&Test).answers_for(Some("A")));
    }

    #[test]
    fn reading_every_child_lends_no_word_to_who_manages_one_team() {
        let both = [grant(Role::QualityLead, Area::All), grant(Role::TeamManager, Area::Team("A".to_owned()))];
        let scope = scope(&both);
        assert!(scope.allows_children_of(Some("B")) && !scope.answers_for(Some("B")) && scope.answers_for(Some("A")));
    }

    #[test]
    fn an_analyst_of_a_part_reads_that_part_and_loads_nothing() {
        assert!(scope(&[grant(Role::Analyst, Area::All)]).loads_data());
        let of_team = scope(&[grant(Role::Analyst, Area::Team("A".to_owned()))]);
        assert!(of_team.allows_children_of(Some("A")) && !of_team.allows_children_of(Some("B")));
        assert!(!of_team.loads_data() && !of_team.reaches_everything());
        let of_service = scope(&[grant(Role::Analyst, Area::Service("North".to_owned()))]);
        assert!(of_service.allows_children_of(Some("B")) && !of_service.allows_children_of(Some("C")));
        assert!(!of_service.loads_data());
    }

    #[test]
    fn a_grant_counts_from_its_first_day_to_its_last() {
        let dated = Grant {
            role: Role::Director,
            area: Area::All,
            valid_from: Some(day("2024-01-01")),
            valid_to: Some(day("2024-01-31")),
        };
        for (today, sees) in [("2023-12-31", false), ("2024-01-01", true), ("2024-01-31", true), ("2024-02-01", false)]
        {
            let scope = Scope::of(std::slice::from_ref(&dated), &organisation(), day(today));
            assert_eq!(scope.reads_children(), sees, "{today}");
        }
    }
}
