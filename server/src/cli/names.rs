//! Names that are given on the command line and known to nobody: the command fails, and says what may be meant. The
//! operator sees everything, so every name may be offered.

use crate::council::Council;
use crate::db::Db;
use crate::reading::{NO_SERVICE, NO_TEAM, NO_WORKER, Selection};
use crate::store::{extracts, organisation, users, workforce};
use domain::measures::{BEYOND, CORE, Measure, measure};
use domain::names::name_key;
use domain::scope::Area;
use domain::standards::Standards;
use std::collections::BTreeMap;

/// The command was not used as it is meant to be: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUsage(pub(crate) String);

/// How like two names must be for one to be offered in the other's place, from 0 to 1.
const LIKE: f64 = 0.75;
/// Names offered.
const OFFERED: usize = 3;
/// Names listed where none is like the one given.
const LISTED: usize = 20;

/// The known names that are most like a name, the likest first.
pub(crate) fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name_key(wanted);
    let likeness = |name: &str| {
        let key = name_key(name);
        let begins = wanted.chars().count() > 2 && key.starts_with(&wanted);
        strsim::jaro_winkler(&wanted, &key).max(if begins { 0.95 } else { 0.0 })
    };
    let mut found: Vec<(f64, &str)> = known.into_iter().map(|name| (likeness(name), name)).collect();
    found.retain(|(like, _)| *like >= LIKE);
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
    found.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// Says that there is none of this name, and what may be meant. `kind` is "team", `kinds` "teams".
pub(crate) fn unknown<'a>(
    (kind, kinds): (&str, &str),
    wanted: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> WrongUsage {
    let near: Vec<String> = nearest(wanted, known.clone()).iter().map(|name| format!("'{name}'")).collect();
    let all: Vec<&str> = known.into_iter().collect();
    let next = match (near.as_slice(), all.len()) {
        ([], 0) => format!("No {kinds} are known: load an extract, or its organisation.csv"),
        ([], 1..=LISTED) => format!("The {kinds} are: {}", all.join(", ")),
        ([], many) => format!("{many} {kinds} are known, and none is like it"),
        ([one], _) => format!("Did you mean {one}?"),
        ([first @ .., last], _) => format!("Did you mean {} or {last}?", first.join(", ")),
    };
    WrongUsage(format!("there is no {kind} '{wanted}'. {next}"))
}

/// The measure of an id.
///
/// # Errors
/// When there is none.
pub(crate) fn known_measure(id: &str) -> Result<&'static Measure, WrongUsage> {
    let ids = || CORE.iter().map(|measure| measure.id).chain(BEYOND.iter().map(|(id, _)| *id));
    measure(id).ok_or_else(|| unknown(("measure", "measures"), id, ids().collect::<Vec<_>>()))
}

/// Checks the names of standards.
///
/// # Errors
/// When there is no standard of a name.
pub(crate) fn known_standards<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<(), WrongUsage> {
    match names.into_iter().find(|name| !Standards::NAMES.contains(name)) {
        Some(name) => Err(unknown(("standard", "standards"), name, Standards::NAMES.iter().copied())),
        None => Ok(()),
    }
}

/// Names by their keys, each as first met.
#[derive(Debug, Default)]
struct Known(BTreeMap<String, String>);

impl Known {
    fn meet(&mut self, name: &str) {
        self.0.entry(name_key(name)).or_insert_with(|| name.to_owned());
    }

    fn spelling(&self, kinds: (&str, &str), wanted: String) -> anyhow::Result<String> {
        match self.0.get(&name_key(&wanted)) {
            Some(known) => Ok(known.clone()),
            None if self.0.is_empty() => Ok(wanted),
            None => Err(unknown(kinds, &wanted, self.0.values().map(String::as_str)).into()),
        }
    }

    fn check(&self, kinds: (&str, &str), wanted: &str, none: &str) -> Result<(), WrongUsage> {
        if self.0.contains_key(&name_key(wanted)) || name_key(wanted) == name_key(none) {
            return Ok(());
        }
        Err(unknown(kinds, wanted, self.0.values().map(String::as_str)))
    }
}

/// Checks the service, team or worker of a question against everything that was ever loaded.
///
/// # Errors
/// When one is not known, or the database fails.
pub(crate) async fn known_selection(db: &Db, council: &Council, selection: &Selection) -> anyhow::Result<()> {
    if let Some(worker) = &selection.worker {
        let mut known = Known::default();
        extracts::names_ever(db, "worker").await?.iter().for_each(|name| known.meet(name));
        let staff = workforce::on(db, council.as_at()).await?;
        staff.iter().flat_map(|loaded| &loaded.lines).for_each(|line| known.meet(&line.worker));
        known.check(("worker", "workers"), worker, NO_WORKER)?;
    }
    known_areas(db, selection.service.as_deref(), selection.team.as_deref()).await
}

/// Checks a service and a team against everything that was ever loaded.
///
/// # Errors
/// When one is not known, or the database fails.
pub(crate) async fn known_areas(db: &Db, service: Option<&str>, team: Option<&str>) -> anyhow::Result<()> {
    let lines = organisation::lines(db).await?;
    if let Some(team) = team {
        let mut known = Known::default();
        lines.iter().for_each(|line| known.meet(&line.team));
        extracts::names_ever(db, "team").await?.iter().for_each(|name| known.meet(name));
        known.check(("team", "teams"), team, NO_TEAM)?;
    }
    if let Some(service) = service {
        let mut known = Known::default();
        lines.iter().for_each(|line| known.meet(&line.service));
        known.check(("service", "services"), service, NO_SERVICE)?;
    }
    Ok(())
}

/// The area of a role in the spelling that the council's own files have. Before anything is loaded no name is known, and
/// accounts are made first: then it stays as it was typed.
///
/// # Errors
/// When there is no such service or team, or the database fails.
pub(crate) async fn known_area(db: &Db, area: Area) -> anyhow::Result<Area> {
    let lines = organisation::lines(db).await?;
    let mut known = Known::default();
    match area {
        Area::All => Ok(Area::All),
        Area::Service(name) => {
            lines.iter().for_each(|line| known.meet(&line.service));
            known.spelling(("service", "services"), name).map(Area::Service)
        }
        Area::Team(name) => {
            lines.iter().for_each(|line| known.meet(&line.team));
            extracts::names_ever(db, "team").await?.iter().for_each(|name| known.meet(name));
            known.spelling(("team", "teams"), name).map(Area::Team)
        }
    }
}

/// Says that nobody has a user name, and who may be meant.
///
/// # Errors
/// When the database fails.
pub(crate) async fn unknown_user(db: &Db, wanted: &str) -> anyhow::Result<WrongUsage> {
    let users = users::all(db).await?;
    let known: Vec<&str> = users.iter().map(|user| user.user_name.as_str()).collect();
    if known.is_empty() {
        return Ok(WrongUsage(format!(
            "there is no account '{wanted}'. There is none at all: add one with 'user add'"
        )));
    }
    Ok(unknown(("account", "accounts"), wanted, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAMS: [&str; 4] = ["Assessment North", "Assessment South", "Looked After 1", "Court Team"];

    #[test]
    fn a_slip_of_the_finger_is_met_by_the_name_that_is_meant() {
        for (typed, meant) in [
            ("Asessment North", "Assessment North"),
            ("assessment suoth", "Assessment South"),
            ("Looked Aftr 1", "Looked After 1"),
            ("court", "Court Team"),
        ] {
            assert_eq!(nearest(typed, TEAMS).first(), Some(&meant), "{typed}");
        }
        assert!(nearest("Xylophone", TEAMS).is_empty());
    }

    #[test]
    fn what_is_unknown_is_said_with_what_may_be_meant() {
        let said = unknown(("team", "teams"), "Court Taem", TEAMS).to_string();
        assert_eq!(said, "there is no team 'Court Taem'. Did you mean 'Court Team'?");
        let said = unknown(("team", "teams"), "Xylophone", TEAMS).to_string();
        assert!(
            said.ends_with("The teams are: Assessment North, Assessment South, Looked After 1, Court Team"),
            "{said}"
        );
        let said = unknown(("team", "teams"), "Xylophone", []).to_string();
        assert!(said.contains("No teams are known"), "{said}");
    }

    #[test]
    fn a_measure_is_known_in_either_case_and_an_unknown_one_is_met_by_its_like() {
        assert_eq!(known_measure("cpp-07").unwrap().id, "CPP-07");
        let said = known_measure("CPP-7").unwrap_err().to_string();
        assert!(said.contains("Did you mean") && said.contains("CPP-07"), "{said}");
        assert!(known_standards(["dormant_days"]).is_ok());
        assert!(known_standards(["dormant_day"]).unwrap_err().to_string().contains("'dormant_days'"));
    }
}
