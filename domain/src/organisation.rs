//! Which team belongs where, and who answers for it, on which dates (`organisation.csv`).

use crate::names::name_key;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One line of `organisation.csv`: a team's place over a span of dates, both ends included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is its column")]
pub struct TeamPlace {
    pub team: String,
    pub team_type: Option<String>,
    pub locality: Option<String>,
    pub service: String,
    pub head_of_service: String,
    pub head_of_service_email: Option<String>,
    pub director: Option<String>,
    pub team_manager: Option<String>,
    pub team_manager_email: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl TeamPlace {
    /// Whether the line is in force on a date.
    #[must_use]
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| to >= date)
    }
}

/// The whole organisation as on one date.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    places: Vec<(String, TeamPlace)>,
}

impl Organisation {
    /// The lines in force on `date`. Where two lines of one team are in force, the one that began later counts,
    /// then the later line.
    #[must_use]
    pub fn on(date: NaiveDate, lines: impl IntoIterator<Item = TeamPlace>) -> Self {
        let mut places: Vec<(String, TeamPlace)> = Vec::new();
        for line in lines.into_iter().filter(|line| line.is_valid_on(date)) {
            let key = name_key(&line.team);
            match places.iter_mut().find(|(other, _)| *other == key) {
                Some((_, place)) if place.valid_from <= line.valid_from => *place = line,
                Some(_) => {}
                None => places.push((key, line)),
            }
        }
        places.sort_by(|a, b| a.0.cmp(&b.0));
        Self { places }
    }

    /// Where a team stands; `None` for a team that is not mapped.
    #[must_use]
    pub fn place(&self, team: &str) -> Option<&TeamPlace> {
        let key = name_key(team);
        self.places.binary_search_by(|(other, _)| other.as_str().cmp(&key)).ok().map(|index| &self.places[index].1)
    }

    /// The service of a team.
    #[must_use]
    pub fn service(&self, team: &str) -> Option<&str> {
        self.place(team).map(|place| place.service.as_str())
    }

    /// Every mapped team, in the order of their keys.
    pub fn teams(&self) -> impl Iterator<Item = &TeamPlace> {
        self.places.iter().map(|(_, place)| place)
    }

    /// Every service, as first written, in the order of the alphabet.
    #[must_use]
    pub fn services(&self) -> Vec<String> {
        let mut services: Vec<String> = Vec::new();
        for place in self.teams() {
            if !services.iter().any(|known| name_key(known) == name_key(&place.service)) {
                services.push(place.service.clone());
            }
        }
        services.sort();
        services
    }

    /// The keys of a service's teams.
    pub fn team_keys_of_service<'a>(&'a self, service: &str) -> impl Iterator<Item = &'a str> {
        let service = name_key(service);
        self.places.iter().filter(move |(_, place)| name_key(&place.service) == service).map(|(key, _)| key.as_str())
    }
}
