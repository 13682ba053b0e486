//! A release that changes what a measure counts: every extract is counted anew, together, before anybody reads a figure.

use super::LoadError;
use super::recount::{Counted, ToCount, count};
use crate::clock::Clock;
use crate::db::Db;
use crate::store::audit::{self, Decision, Entry};
use crate::store::generation::Generation;
use crate::store::{extracts, people, settings, standards};
use domain::measures::READING;

/// The setting that says by which reading of the measures the stored figures were counted.
pub(super) const SETTING: &str = "measures_reading";

/// Counts every extract anew where the stored figures were counted by an earlier reading of the measures. How many were
/// counted is answered.
///
/// # Errors
/// When the database fails; the figures are then as they were, and the next start counts again.
pub async fn bring_figures_up_to_date(db: &Db, clock: &Clock) -> Result<usize, LoadError> {
    let reading = READING.to_string();
    loop {
        if settings::get(db, SETTING).await?.as_deref() == Some(reading.as_str()) {
            return Ok(0);
        }
        if let Some(counted) = count_all(db, clock, &reading).await? {
            return Ok(counted);
        }
    }
}

/// `None` when another change came in between, the same count of another server too.
async fn count_all(db: &Db, clock: &Clock, reading: &str) -> Result<Option<usize>, LoadError> {
    let generation = Generation::now(db).await?;
    let changes = standards::changes(db).await?;
    let extracts = extracts::all(db).await?;
    // The first load says by which reading it was measured; a database without one is left as it is.
    if extracts.is_empty() {
        return Ok(Some(0));
    }
    let newest = extracts.last().map(|extract| extract.id);
    let mut counted: Vec<Counted> = Vec::new();
    for extract in &extracts {
        let standards = standards::in_force(&changes, extract.as_at)?;
        let is_newest = newest == Some(extract.id);
        counted
            .push(count(db, ToCount { extract, as_at: extract.as_at, standards, changes: &changes, is_newest }).await?);
    }
    let children = people::children_among(people::known(db).await?);

    let mut tx = db.begin_patiently().await?;
    if !generation.still_holds(&mut tx).await? {
        return Ok(None);
    }
    for extract in &counted {
        extract.keep(&mut tx, &children).await?;
    }
    settings::set_in(&mut tx, SETTING, reading).await?;
    let entry = Entry {
        at: clock.now_ms(),
        actor: "command line".to_owned(),
        action: "count anew".to_owned(),
        subject: None,
        detail: Some(format!("{} extracts, by reading {reading} of the measures", counted.len())),
        decision: Decision::Allow,
        request_id: "start".to_owned(),
    };
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(Some(counted.len()))
}
