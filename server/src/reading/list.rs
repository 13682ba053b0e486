//! The list behind a figure.

use crate::council::{Council, in_order};
use crate::db::Db;
use crate::reading::figures::evaluated;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, ReadError, Selection, is_supplied};
use domain::measures::figure::Line;
use domain::measures::{Fact, Measure};
use domain::scope::Scope;
use std::sync::Arc;

/// The lines behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// One line a unit; those of children by due date, then child.
    pub lines: Vec<Line>,
    /// Whether the extract holds what the measure needs; without it there are no lines and no figure.
    pub supplied: bool,
}

/// The lines of a selection within a scope: as many as the figure's denominator for the same viewer.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    asked: &Asked,
    selection: &Selection,
) -> Result<Listed, ReadError> {
    if !is_supplied(council, measure, asked) {
        return Ok(Listed { lines: Vec::new(), supplied: false });
    }
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let mut wanted = |fact: &Fact| sieve.lets(fact.team.as_deref(), fact.worker.as_deref());
    let facts = if asked.is_stored(council) {
        council.facts(db, measure).await?
    } else {
        Arc::new(in_order(evaluated(db, council, measure, asked).await?))
    };
    let lines = measure.lines(facts.iter().filter(|fact| wanted(fact)).cloned(), &asked.standards);
    Ok(Listed { lines, supplied: true })
}
