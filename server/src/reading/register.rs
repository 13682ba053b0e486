//! The registers, within a scope.

use crate::council::{Council, CouncilCache, OnRegister, Register};
use crate::db::Db;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{ReadError, Selection};
use crate::store::extracts::Version;
use chrono::NaiveDate;
use domain::scope::Scope;
use std::sync::Arc;

/// The lines of a register that a viewer may read, in its order.
///
/// # Errors
/// When the database fails.
pub async fn register(
    db: &Db,
    council: &Council,
    scope: &Scope,
    which: Register,
    selection: &Selection,
) -> Result<Vec<Arc<OnRegister>>, ReadError> {
    Ok(within(council, scope, selection, council.register(db, which).await?))
}

/// The as-at date of the extract before, and its lines of the register of attention that the viewer may read; `None`
/// where this is the first.
///
/// # Errors
/// When the database fails.
pub async fn register_before(
    db: &Db,
    council: &Council,
    (cache, version): (&CouncilCache, Version),
    scope: &Scope,
    selection: &Selection,
) -> Result<Option<(NaiveDate, Vec<Arc<OnRegister>>)>, ReadError> {
    let before = council.register_before(db, cache, version).await?;
    Ok(before.map(|(date, lines)| (date, within(council, scope, selection, lines))))
}

fn within(council: &Council, scope: &Scope, selection: &Selection, lines: &[Arc<OnRegister>]) -> Vec<Arc<OnRegister>> {
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let lines = lines.iter().filter(|line| sieve.lets(line.team.as_deref(), line.worker.as_deref()));
    lines.cloned().collect()
}
