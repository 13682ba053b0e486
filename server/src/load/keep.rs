//! What a load keeps, in its one transaction.

use crate::council::register_basis;
use crate::db::{DbError, Tx};
use crate::load::assembly::Assembly;
use crate::load::commit::{Incoming, Measured};
use crate::load::past::{Known, Past};
use crate::load::plan::Plan;
use crate::load::report::{self, LoadReport, counts};
use crate::load::{LoadError, LoadRequest, recount_all};
use crate::store::audit::{self, Decision, Entry};
use crate::store::extracts::{self, NewExtract};
use crate::store::holds::{self as kept_holds, Confirmation};
use crate::store::targets::{self, Change};
use crate::store::{actions, facts, mapping, months, organisation, people, problems, registers, settings, workforce};
use domain::holds::{Hold, HoldKind};
use domain::mapping::MappingLine;
use domain::measures::{Measure, READING};
use domain::registers::Managers;
use domain::targets::DatedTarget;
use ingest::Extract as Read;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Keeps the extract and everything that is counted from it.
pub(super) async fn keep(
    tx: &mut Tx,
    incoming: &Incoming<'_>,
    past: &Past,
    plan: Plan,
    (measured, managers): (Measured, Managers),
    known: Known,
    holds: &[Hold],
) -> Result<LoadReport, LoadError> {
    let Incoming { request, extract: read, standards, loaded_at, .. } = incoming;
    let (as_at, changes) = (request.as_at, plan.changes);
    let next = past.dates.iter().map(|(_, date)| *date).find(|date| *date > as_at);
    plan.keep(tx, as_at, next, past.same_date.is_some()).await?;

    let report = serde_json::to_string(&counts(read)).map_err(DbError::from)?;
    let files: Vec<String> = request.files.iter().map(|file| file.name.clone()).collect();
    if let Some(superseded) = &past.same_date {
        extracts::remove_measured(tx, superseded.id).await?;
    }
    let id = extracts::add(
        tx,
        &NewExtract {
            as_at,
            format: "annex-a",
            files: &files,
            fingerprint: &incoming.fingerprint,
            loaded_at: *loaded_at,
            loaded_by: &request.loaded_by,
            supplied: &read.supplied,
            report: &report,
            problems: i64::try_from(read.problems_total).unwrap_or(i64::MAX),
        },
    )
    .await?;
    let confirmation = confirmation(request, holds);
    kept_holds::keep(tx, id, &incoming.content, &incoming.gathered.lists, confirmation.as_ref()).await?;
    extracts::add_names(tx, id, &read.names).await?;
    problems::add(tx, id, &read.problems).await?;
    mapping::keep_uses(tx, id, &read.uses).await?;

    let Measured { mut found, registers: on_registers, tallies, windows, months: counted } = measured;
    extracts::set_windows(tx, id, &windows).await?;
    if past.dates.is_empty() {
        settings::set_in(tx, recount_all::SETTING, &READING.to_string()).await?;
    }
    facts::add_tallies(tx, id, &tallies).await?;
    months::replace(tx, id, &counted).await?;
    let children = people::children_among(known);
    let basis = register_basis(standards, &managers)?;
    registers::replace(tx, id, &basis, &on_registers.kept(), &children).await?;
    if next.is_none() {
        // Facts of one measure side by side: the index grows at its end and a list is read in one sweep.
        found.par_sort_by(|a, b| a.measure.cmp(b.measure));
        facts::replace(tx, &found, &children).await?;
        actions::refresh_teams(tx).await?;
        let is_supplied = |measure: &Measure| read.supplied.satisfies(measure.needs_under(standards));
        actions::hear_extract(tx, &found, is_supplied, as_at, *loaded_at).await?;
    }
    keep_own_tables(tx, request, read, Some(id), *loaded_at).await?;
    audit::append_in(tx, &[entry(request, *loaded_at, Some(id), confirmation.as_ref())]).await?;
    let mut report = LoadReport::of_read(read, Some(id), as_at, changes);
    report.message.push_str(&report::place_words(past, as_at));
    Ok(report)
}

/// The holds that were raised and confirmed, with who and why; `None` where nothing was held.
pub(super) fn confirmation(request: &LoadRequest, holds: &[Hold]) -> Option<Confirmation> {
    let kinds: BTreeSet<HoldKind> = holds.iter().map(|hold| hold.kind).collect();
    (!kinds.is_empty()).then(|| Confirmation {
        kinds: kinds.into_iter().collect(),
        by: request.loaded_by.clone(),
        why: request.why.clone(),
    })
}

/// The council's own tables: the organisation carries its own dates and takes the place of the one before, targets are
/// added to those that were set, and the workforce is kept as at the date of the load. `extract` is the one they came with.
pub(super) async fn keep_own_tables(
    tx: &mut Tx,
    request: &LoadRequest,
    read: &Read,
    extract: Option<i64>,
    loaded_at: i64,
) -> Result<(), DbError> {
    if let Some(organisation) = &read.organisation {
        organisation::load(tx, &organisation.lines, extract).await?;
    }
    if let Some(targets) = &read.targets {
        let change = |target: &DatedTarget| Change {
            target: target.clone(),
            reason: targets::LOADED.to_owned(),
            set_by: request.loaded_by.clone(),
            set_at: loaded_at,
        };
        targets::add(tx, targets.lines.iter().map(change).collect()).await?;
    }
    if let Some(lines) = &read.mapping {
        let change = |line: &MappingLine| mapping::Change {
            line: line.clone(),
            reason: "Loaded from mapping.csv".to_owned(),
            set_by: request.loaded_by.clone(),
            set_at: loaded_at,
        };
        mapping::add(tx, lines.lines.iter().map(change).collect()).await?;
    }
    if let Some(workforce) = &read.workforce {
        workforce::add(tx, &workforce.lines, request.as_at, extract, (&request.loaded_by, loaded_at)).await?;
    }
    Ok(())
}

pub(super) fn entry(
    request: &LoadRequest,
    at: i64,
    extract: Option<i64>,
    confirmation: Option<&Confirmation>,
) -> Entry {
    let mut detail = format!("as at {}", request.as_at);
    if let Some(Confirmation { kinds, why, .. }) = confirmation {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let why = why.as_deref().unwrap_or("no reason was given");
        detail.push_str(&format!("; confirmed {}: {why}", kinds.join(", ")));
    }
    Entry {
        at,
        actor: request.loaded_by.clone(),
        action: "load".to_owned(),
        subject: extract.map(|id| format!("extract {id}")),
        detail: Some(detail),
        decision: Decision::Allow,
        request_id: request.request_id.clone(),
    }
}

pub(super) async fn add_new_people(
    tx: &mut Tx,
    reference_key: &str,
    assembly: &Assembly,
    known: &mut Known,
) -> Result<(), DbError> {
    let mut next = people::next_id(tx).await?;
    let mut new = Vec::new();
    for (kind, source) in &assembly.people {
        known.entry((*kind, Arc::clone(source))).or_insert_with(|| {
            let id = next;
            next += 1;
            new.push((id, *kind, Arc::clone(source)));
            id
        });
    }
    people::add(tx, reference_key, &new).await
}
