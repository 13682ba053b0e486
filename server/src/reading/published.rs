//! Which figures may be shown to who gets small numbers only as "c".

use crate::council::Council;
use chrono::NaiveDate;
use domain::measures::figure::Figure;
use domain::measures::{CORE, Measure};
use domain::names::name_key;
use domain::scope::{Scope, TeamLimit};
use domain::suppress::{Judged, area_by_area, side_by_side};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Ids of measures whose figures may be shown.
pub(crate) type Published = BTreeSet<&'static str>;

/// Whether a measure is shown at all to who reads no child: ages apart would give each other away.
pub(crate) fn is_published(measure: &Measure) -> bool {
    !measure.id.ends_with(['a', 'b'])
}

/// The measures whose figures as at an extract's date may be shown together. Of the whole council and of a service
/// they are judged beside each other, since the readers of one may know the other.
pub(crate) fn published(council: &Council, scope: &Scope, on: NaiveDate) -> Arc<Published> {
    let teams = match scope.counts() {
        TeamLimit::Everything => None,
        TeamLimit::Teams(teams) => Some(teams.clone()),
        TeamLimit::Nothing => return Arc::default(),
    };
    council.published((on, teams), |teams| judged(council, on, teams).unwrap_or_default())
}

fn judged(council: &Council, on: NaiveDate, teams: Option<&BTreeSet<String>>) -> Option<Published> {
    let place = council.extracts.iter().position(|extract| extract.as_at == on)?;
    let organisation = &council.organisation;
    let services: Vec<BTreeSet<String>> = organisation
        .services()
        .iter()
        .map(|service| organisation.team_keys_of_service(service).map(str::to_owned).collect())
        .collect();
    // The whole stands first, then each service.
    let area = match teams {
        None => Some(0),
        Some(teams) => services.iter().position(|service| service == teams).map(|place| place + 1),
    };
    let figures = match area {
        Some(area) => {
            let of_services = services.iter().map(|service| figures(council, place, Some(service)));
            let areas: Vec<_> = std::iter::once(figures(council, place, None)).chain(of_services).collect();
            area_by_area(&areas).into_iter().nth(area)?
        }
        None => side_by_side(&figures(council, place, teams)),
    };
    Some(figures.iter().filter(|one| one.shown).map(|Judged { measure, .. }| measure.id).collect())
}

/// The figures of some teams, or of everything, in an extract. Of nobody's scope: it is asked only what to hide.
fn figures(council: &Council, place: usize, teams: Option<&BTreeSet<String>>) -> Vec<(&'static Measure, Figure)> {
    let (Some(extract), Some(standards)) = (council.extracts.get(place), council.standards_then.get(place)) else {
        return Vec::new();
    };
    let tallies = council.tallies.get(&extract.id);
    let is_of =
        |team: Option<&str>| teams.is_none_or(|teams| team.is_some_and(|team| teams.contains(&*name_key(team))));
    CORE.iter()
        .filter(|measure| is_published(measure) && extract.supplied.satisfies(measure.needs_under(standards)))
        .map(|measure| {
            let tallies = tallies.and_then(|by_measure| by_measure.get(measure.id)).into_iter().flatten();
            (measure, measure.figure(tallies.filter(|tally| is_of(tally.team.as_deref())), standards))
        })
        .collect()
}
