//! A standard set from a date: the change is kept, and every extract that it reaches is counted anew, together.

use crate::clock::Clock;
use crate::council::{Measuring, managers_on, months_differ, months_to_count, register_basis};
use crate::db::{Db, DbError, Tx};
use crate::load::LoadError;
use crate::load::blocking;
use crate::load::measure::{measure_extract, tally_all, windows};
use crate::store::actions;
use crate::store::audit::{self, Decision, Entry};
use crate::store::extracts::{self, Extract};
use crate::store::generation::Generation;
use crate::store::months::{self, CountedMonth};
use crate::store::people;
use crate::store::registers::{self, NewLine};
use crate::store::standards::{self, Change};
use crate::store::{facts, organisation, records, workforce};
use chrono::NaiveDate;
use domain::history::window::Windows;
use domain::measures::Fact;
use domain::measures::figure::Tally;
use domain::standards::{BadSetting, Standards};
use std::collections::HashMap;
use std::sync::Arc;

/// A standard to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStandard {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The first as-at date that is measured by it.
    pub applies_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who sets it.
    pub set_by: String,
    /// The request's number for the audit.
    pub request_id: String,
}

/// Why a standard was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// It has an unknown name, or the value does not fit.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// Nobody said why.
    #[error("a change of a standard needs a reason: those who read the figures will ask")]
    NoReason,
    /// Other changes came in between, time and again.
    #[error("extracts or standards were changed meanwhile: nothing was changed, set the standard again")]
    Overtaken,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The work was cut off.
    #[error("the change was cut off: nothing was changed, set the standard again")]
    CutOff,
}

impl From<LoadError> for SetError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Db(error) => Self::Db(error),
            _ => Self::CutOff,
        }
    }
}

/// How often a change is begun again when another came in between.
const TRIES: u32 = 5;

/// Sets a standard from a date. Extracts before that date keep their figures; how many were counted anew is answered.
///
/// # Errors
/// When the setting cannot be or the database fails; nothing is changed then.
pub async fn set_standard(db: &Db, clock: &Clock, new: &NewStandard) -> Result<u64, SetError> {
    Standards::default().set(&new.name, &new.value)?;
    let reason = new.reason.trim();
    if reason.is_empty() {
        return Err(SetError::NoReason);
    }
    let change = Change {
        name: new.name.clone(),
        value: new.value.trim().to_owned(),
        applies_from: new.applies_from,
        reason: reason.to_owned(),
        set_by: new.set_by.clone(),
        set_at: clock.now_ms(),
    };
    for _ in 0..TRIES {
        if let Some(counted) = try_to_set(db, &change, &new.request_id).await? {
            return Ok(counted);
        }
    }
    Err(SetError::Overtaken)
}

/// An extract to be counted anew.
pub(super) struct ToCount<'a> {
    pub(super) extract: &'a Extract,
    /// The date it is to be counted as at: another than its own where it is being moved.
    pub(super) as_at: NaiveDate,
    pub(super) standards: Standards,
    /// Every change of a standard: months are counted by those of their end.
    pub(super) changes: &'a [Change],
    /// Whether it is the newest, whose facts are kept.
    pub(super) is_newest: bool,
}

/// An extract counted anew.
pub(super) struct Counted {
    id: i64,
    pub(super) tallies: Vec<(&'static str, Tally)>,
    windows: Windows,
    /// Of the newest extract only.
    pub(super) facts: Option<Vec<Fact>>,
    pub(super) months: Vec<CountedMonth>,
    /// The registers, and what they were counted by.
    registers: (String, Vec<NewLine>),
}

impl Counted {
    /// Keeps the counts in the place of those there were.
    pub(super) async fn keep(&self, tx: &mut Tx, children: &HashMap<Arc<str>, i64>) -> Result<(), DbError> {
        facts::remove_tallies(tx, self.id).await?;
        facts::add_tallies(tx, self.id, &self.tallies).await?;
        extracts::set_windows(tx, self.id, &self.windows).await?;
        months::replace(tx, self.id, &self.months).await?;
        let (basis, lines) = &self.registers;
        registers::replace(tx, self.id, basis, lines, children).await?;
        if let Some(found) = &self.facts {
            facts::replace(tx, found, children).await?;
            actions::refresh_teams(tx).await?;
        }
        Ok(())
    }
}

/// `None` when an extract or another change came in between.
async fn try_to_set(db: &Db, change: &Change, request_id: &str) -> Result<Option<u64>, SetError> {
    let generation = Generation::now(db).await?;
    let mut changes = standards::changes(db).await?;
    let before = changes.clone();
    changes.push(change.clone());
    let extracts = extracts::all(db).await?;
    let newest = extracts.last().map(|extract| extract.id);
    let mut counted = Vec::new();
    for extract in &extracts {
        let (then, now) = (standards::in_force(&before, extract.as_at)?, standards::in_force(&changes, extract.as_at)?);
        // What a point of a chart stands for moves no count.
        let moved = then != Standards { chart_step: then.chart_step, ..now.clone() };
        if moved || months_differ(&before, &changes, extract.as_at)? {
            let is_newest = newest == Some(extract.id);
            let to_count = ToCount { extract, as_at: extract.as_at, standards: now, changes: &changes, is_newest };
            counted.push(count(db, to_count).await?);
        }
    }
    let children = people::children_among(people::known(db).await?);

    // The counting is done: the writer is held only while its results are kept.
    let mut tx = db.begin_patiently().await?;
    if !generation.still_holds(&mut tx).await? {
        return Ok(None);
    }
    standards::add(&mut tx, change).await?;
    for extract in &counted {
        extract.keep(&mut tx, &children).await?;
    }
    let entry = Entry {
        at: change.set_at,
        actor: change.set_by.clone(),
        action: "set standard".to_owned(),
        subject: Some(change.name.clone()),
        detail: Some(format!("{} from {}: {}", change.value, change.applies_from, change.reason)),
        decision: Decision::Allow,
        request_id: request_id.to_owned(),
    };
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(Some(counted.len() as u64))
}

pub(super) async fn count(db: &Db, to_count: ToCount<'_>) -> Result<Counted, LoadError> {
    let ToCount { extract, as_at, standards, changes, is_newest } = to_count;
    let months = months_to_count(changes, as_at)?;
    let journeys = records::journeys(db, extract.as_at).await?;
    let windows = windows(&journeys, as_at);
    let (names, supplied) = (extracts::names(db, extract.id).await?, extract.supplied.clone());
    let staff = workforce::on(db, as_at).await?.map(|loaded| loaded.lines);
    let managers = managers_on(as_at, organisation::lines(db).await?, staff);
    let basis = register_basis(&standards, &managers)?;
    let measuring = Measuring { as_at, standards, names, supplied };
    let measured =
        blocking(move || measuring.with(|context| measure_extract(journeys, context, &managers, &months))).await??;
    let (mut facts, on_registers) = (measured.facts, measured.registers);
    facts.sort_by(|a, b| a.measure.cmp(b.measure));
    Ok(Counted {
        id: extract.id,
        tallies: tally_all(&facts),
        windows,
        facts: is_newest.then_some(facts),
        months: measured.months,
        registers: (basis, on_registers.kept()),
    })
}
