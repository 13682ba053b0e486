//! What was wrong in an extract, for who may see it.

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::reading::ReadError;
use crate::store::problems::{self, StoredProblem};
use domain::record::List;
use domain::scope::{Scope, TeamLimit};
use std::collections::HashSet;
use std::sync::Arc;

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

/// Whether every problem may be seen: by who reads every child, and by who loads the data.
#[must_use]
pub fn sees_every_problem(scope: &Scope) -> bool {
    scope.loads_data() || (scope.reaches_everything() && scope.reads_children())
}

/// The kept problems of an extract within a scope, in the order they were met.
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
) -> Result<Vec<SeenProblem>, ReadError> {
    let theirs = Council::still_theirs(newest, db, scope).await?;
    Ok(if sees_every_problem(scope) {
        let reads_all = scope.reaches_everything() && scope.reads_children();
        let found = problems::of_extract(db, extract, None).await?;
        found.into_iter().map(|problem| SeenProblem { on: on_row(&problem, &theirs, reads_all), problem }).collect()
    } else {
        within(db, scope, extract, &theirs).await?
    })
}

async fn within(db: &Db, scope: &Scope, extract: i64, theirs: &HashSet<Arc<str>>) -> Result<Vec<SeenProblem>, DbError> {
    let TeamLimit::Teams(teams) = scope.children() else { return Ok(Vec::new()) };
    let found = problems::of_extract(db, extract, Some(teams)).await?;
    let seen = found.into_iter().map(|problem| SeenProblem { on: on_row(&problem, theirs, false), problem });
    Ok(seen.filter(|seen| matches!(seen.on, OnRow::Child(_))).collect())
}

fn on_row(problem: &StoredProblem, theirs: &HashSet<Arc<str>>, reads_all: bool) -> OnRow {
    let Some(id) = problem.child_id.clone() else { return OnRow::Nobody };
    let is_adopter = problem.list == List::Adopters.label();
    match (is_adopter, reads_all || (!is_adopter && theirs.contains(id.as_str()))) {
        (_, false) => OnRow::Hidden,
        (true, true) => OnRow::Adopter(id),
        (false, true) => OnRow::Child(id),
    }
}
