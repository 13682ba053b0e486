//! The registers, within a scope.

use crate::council::{Council, CouncilCache, OnRegister, PastLine, Register};
use crate::db::Db;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{NO_TEAM, ReadError, Selection};
use crate::store::extracts::Version;
use chrono::NaiveDate;
use domain::names::name_key;
use domain::scope::Scope;
use std::collections::{BTreeMap, HashMap};
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

/// Since when a child has stood on a register without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The first extract of the unbroken run.
    pub since: NaiveDate,
    /// Whether that is the first extract of all, so that it may have been longer.
    pub or_before: bool,
}

/// A register as it was in one extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterWeek {
    /// The extract's date.
    pub as_at: NaiveDate,
    /// Lines.
    pub lines: u64,
    /// Lines by the key of the team, with the team as shown; "(no team)" too.
    pub by_team: BTreeMap<String, (String, u64)>,
}

/// A register up to an extract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterPast {
    /// Every extract up to this one, oldest first.
    pub weeks: Vec<RegisterWeek>,
    /// Since when each child of this extract's lines has stood there. A child who came from another team brings its time
    /// along.
    pub stays: HashMap<Arc<str>, Stay>,
}

/// A register over time, as far as the viewer may read its lines; each extract by its own register, lines by the team of
/// that time. `reason` is a rule's id. Time is counted on the register as a whole, whatever the reasons were.
///
/// # Errors
/// When the database fails.
pub async fn register_past(
    db: &Db,
    council: &Council,
    (cache, version): (&CouncilCache, Version),
    scope: &Scope,
    which: Register,
    (selection, reason): (&Selection, Option<&str>),
) -> Result<RegisterPast, ReadError> {
    let history = cache.register_history(db, version).await?;
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let mut past = RegisterPast::default();
    for extract in &council.extracts {
        let mut week = RegisterWeek { as_at: extract.as_at, lines: 0, by_team: BTreeMap::new() };
        for line in history.lines(extract.id, which) {
            if !sieve.lets(line.team.as_deref(), None) || !reason.is_none_or(|reason| line.has_reason(reason)) {
                continue;
            }
            week.lines += 1;
            let team = line.team.as_deref().unwrap_or(NO_TEAM);
            week.by_team.entry(name_key(team)).or_insert_with(|| (team.to_owned(), 0)).1 += 1;
            if extract.id == council.extract.id {
                past.stays.insert(Arc::clone(&line.child_id), stay(council, line));
            }
        }
        past.weeks.push(week);
    }
    Ok(past)
}

/// Since when a child whose page the viewer was let open has stood on a register; `None` where it does not.
///
/// # Errors
/// When the database fails.
pub async fn stay_of_child(
    db: &Db,
    council: &Council,
    (cache, version): (&CouncilCache, Version),
    scope: &Scope,
    (which, child): (Register, &str),
) -> Result<Option<Stay>, ReadError> {
    if !scope.reads_children() {
        return Ok(None);
    }
    let history = cache.register_history(db, version).await?;
    let line = history.lines(council.extract.id, which).iter().find(|line| *line.child_id == *child);
    Ok(line.map(|line| stay(council, line)))
}

fn stay(council: &Council, line: &PastLine) -> Stay {
    Stay { since: line.since, or_before: council.is_first(line.since) }
}

fn within(council: &Council, scope: &Scope, selection: &Selection, lines: &[Arc<OnRegister>]) -> Vec<Arc<OnRegister>> {
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let lines = lines.iter().filter(|line| sieve.lets(line.team.as_deref(), line.worker.as_deref()));
    lines.cloned().collect()
}
