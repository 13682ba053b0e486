//! What was wrong in an extract, for who may see it.

use crate::council::Council;
use crate::db::Db;
use crate::reading::ReadError;
use crate::reading::naming::Named;
use crate::store::problems::{self, StoredProblem};
use domain::names::name_key;
use domain::record::List;
use domain::scope::{Scope, TeamLimit};
use std::collections::BTreeSet;

/// Whose row a problem is on, as far as the viewer may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnRow {
    /// A child's whom the viewer may read.
    Child(String),
    /// An adopter's.
    Adopter(String),
    /// A child's whom the viewer may not read.
    Hidden,
    /// Nobody's: the row has no id, or the problem is the sheet's.
    Nobody,
}

/// A problem and whose row it is on.
#[derive(Debug, Clone)]
pub struct SeenProblem {
    /// The problem.
    pub problem: StoredProblem,
    /// Whose row it is on.
    pub on: OnRow,
}

/// Whether every problem may be seen: by who reads every child.
#[must_use]
pub fn sees_every_problem(scope: &Scope) -> bool {
    scope.reaches_everything() && scope.reads_children()
}

/// The kept problems of an extract within a scope, in the order they were met: all of them, or those on rows of one team.
///
/// Who does not see every problem sees those on rows of teams in the scope, about children whom the viewer may read in the
/// newest extract: both. A row without a team, or about somebody who is in no figure now, is in doubt and not among them.
///
/// # Errors
/// When the database fails.
pub async fn problems_of(
    db: &Db,
    newest: &Council,
    scope: &Scope,
    extract: i64,
    team: Option<&str>,
) -> Result<Vec<SeenProblem>, ReadError> {
    let sees_all = sees_every_problem(scope);
    let ours: Option<BTreeSet<String>> = team.map(|team| BTreeSet::from([name_key(team)]));
    let teams = match (sees_all, scope.children()) {
        (true, _) => ours,
        (false, TeamLimit::Teams(teams)) => {
            Some(ours.map_or_else(|| teams.clone(), |ours| ours.intersection(teams).cloned().collect()))
        }
        (false, _) => return Ok(Vec::new()),
    };
    let named = Named::of(db, Some(newest), scope).await?;
    let found = problems::of_extract(db, extract, teams.as_ref()).await?;
    let seen = found.into_iter().map(|problem| SeenProblem { on: on_row(&problem, &named), problem });
    Ok(seen.filter(|seen| sees_all || matches!(seen.on, OnRow::Child(_))).collect())
}

fn on_row(problem: &StoredProblem, named: &Named) -> OnRow {
    let Some(id) = problem.child_id.clone() else { return OnRow::Nobody };
    let is_adopter = problem.list == List::Adopters.label();
    match (is_adopter, named.reads_all() || (!is_adopter && named.has(&id))) {
        (_, false) => OnRow::Hidden,
        (true, true) => OnRow::Adopter(id),
        (false, true) => OnRow::Child(id),
    }
}
