//! What a page of problems is asked for: which extract, whose rows, which list and kind. No child stands in it.

use crate::council::Council;
use crate::desk::data::number;
use crate::desk::links::with_query;
use crate::desk::{ViewerDesk, failed};
use crate::reading::{NO_TEAM, SeenProblem, problems_of, sees_every_problem};
use crate::store::extracts::{self, Extract};
use crate::store::problems as store;
use app::data::ProblemsQuery;
use app::error::PageError;
use domain::names::{Names, name_key};
use std::sync::Arc;

pub(super) const PATH: &str = "/data/problems";

/// The page of one kind of an extract's problems; of all without a list and a kind.
pub(in crate::desk) fn of_extract_href(extract: i64, list: Option<&str>, kind: Option<&str>) -> String {
    let mut query = vec![("extract", extract.to_string())];
    query.extend(list.map(|list| ("list", list.to_owned())));
    query.extend(kind.map(|kind| ("kind", kind.to_owned())));
    with_query(PATH, &query)
}

/// What is asked for, settled, with every problem that the viewer may see of the extract.
pub(super) struct Asking {
    pub(super) council: Arc<Council>,
    pub(super) extract: Extract,
    /// Another extract than the newest was asked for.
    pub(super) is_chosen: bool,
    pub(super) team: Option<String>,
    pub(super) list: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) seen: Vec<SeenProblem>,
    /// Whether the extract had more problems than are kept.
    pub(super) is_cut: bool,
    /// Problems that are kept.
    pub(super) kept: u64,
    names: Names,
}

impl Asking {
    /// `None` for who may see no problem, for a team that is not the viewer's, and for an extract that is not there or not
    /// the newest for who does not see every problem.
    pub(super) async fn of(desk: &ViewerDesk, query: &ProblemsQuery) -> Result<Option<Self>, PageError> {
        let (scope, db) = (&desk.visit.viewer.scope, &desk.state.db);
        let sees_all = sees_every_problem(scope);
        if !(sees_all || scope.reads_children()) {
            return Ok(None);
        }
        let Some(council) = desk.newest().await? else { return Ok(None) };
        let team = filled(query.team.as_ref());
        let named = team.as_deref().filter(|team| *team != NO_TEAM);
        if team.is_some() && !(sees_all || scope.allows_children_of(named)) {
            return Ok(None);
        }
        let newest = council.extract.id;
        let id = match filled(query.extract.as_ref()) {
            None => newest,
            Some(asked) => match number(&asked).filter(|id| sees_all || *id == newest) {
                Some(id) => id,
                None => return Ok(None),
            },
        };
        let Some(extract) = extracts::by_id(db, id).await.map_err(failed)? else { return Ok(None) };
        let kept = u64::try_from(store::count(db, id).await.map_err(failed)?).unwrap_or_default();
        let names = if id == newest { council.names.clone() } else { extracts::names(db, id).await.map_err(failed)? };
        Ok(Some(Self {
            is_chosen: id != newest,
            team,
            list: filled(query.list.as_ref()),
            kind: filled(query.kind.as_ref()),
            seen: problems_of(db, &council, scope, id, None).await.map_err(failed)?,
            is_cut: kept < u64::try_from(extract.problems).unwrap_or_default(),
            kept,
            names,
            council,
            extract,
        }))
    }

    /// The problems asked for.
    pub(super) fn found(&self) -> Vec<&SeenProblem> {
        let team = self.team.as_deref();
        let key = team.filter(|team| *team != NO_TEAM).map(name_key);
        let is_asked = |seen: &&SeenProblem| {
            let problem = &seen.problem;
            (team.is_none() || problem.team_key == key)
                && self.list.as_ref().is_none_or(|list| *list == problem.list)
                && self.kind.as_ref().is_none_or(|kind| *kind == problem.kind)
        };
        self.seen.iter().filter(is_asked).collect()
    }

    /// The team of a row as the extract shows it.
    pub(super) fn team_of(&self, key: Option<&str>) -> String {
        let Some(key) = key else { return String::new() };
        if self.names.is_team(key) {
            return self.names.team(key).to_string();
        }
        self.council.organisation.place(key).map_or_else(|| key.to_owned(), |place| place.team.clone())
    }

    /// The address of the page or of a file, with what is asked for.
    pub(super) fn address(&self, path: &str, page: usize) -> String {
        let mut query: Vec<(&'static str, String)> = Vec::new();
        query.extend(self.is_chosen.then(|| ("extract", self.extract.id.to_string())));
        for (name, value) in [("team", &self.team), ("list", &self.list), ("kind", &self.kind)] {
            query.extend(value.clone().map(|value| (name, value)));
        }
        query.extend((page > 1).then(|| ("page", page.to_string())));
        with_query(path, &query)
    }

    /// The page of one list and kind; none where that is what is shown.
    pub(super) fn with(&self, list: &str, kind: &str) -> Option<String> {
        if self.list.as_deref() == Some(list) && self.kind.as_deref() == Some(kind) {
            return None;
        }
        let mut query: Vec<(&'static str, String)> = Vec::new();
        query.extend(self.is_chosen.then(|| ("extract", self.extract.id.to_string())));
        query.extend(self.team.clone().map(|team| ("team", team)));
        query.extend([("list", list.to_owned()), ("kind", kind.to_owned())]);
        Some(with_query(PATH, &query))
    }

    /// What the audit keeps of it.
    pub(super) fn detail(&self) -> String {
        let part = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {}", clean(value)));
        [part("team", &self.team), part("list", &self.list), part("kind", &self.kind)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn subject(&self) -> String {
        format!("extract {}", self.extract.id)
    }
}

fn clean(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn filled(value: Option<&String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
