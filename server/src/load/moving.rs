//! Moving an extract to the date it is really as at: the same records, counted as at that date.

use crate::clock::Clock;
use crate::council::bring_registers_up_to_date;
use crate::db::{Db, DbError, Tx};
use crate::load::assembly::Row;
use crate::load::extract_change::{Before, ChangeError, Changed, ExtractRequest, TRIES, stored_facts};
use crate::load::plan::Plan;
use crate::load::recount::{ToCount, count};
use crate::load::remove::counted;
use crate::store::extracts::{self, ChangeKind, ExtractChange};
use crate::store::{actions, audit, facts, people, records, workforce};
use chrono::NaiveDate;

/// Moves the extract as at one date to another, on which there is none, in one transaction. Its figures and registers are
/// counted as at that date, with the standards in force on it. Problems stay as the load named them.
///
/// # Errors
/// When there is no such extract, the date is taken or has not come, no reason is given or the database fails; nothing is
/// changed then.
pub async fn move_extract(
    db: &Db,
    clock: &Clock,
    request: &ExtractRequest,
    to: NaiveDate,
) -> Result<Changed, ChangeError> {
    let reason = request.reason()?;
    if to == request.as_at {
        return Err(ChangeError::SameDate(to));
    }
    if to > clock.today() {
        return Err(ChangeError::Future(to));
    }
    for _ in 0..TRIES {
        if let Some(done) = try_to_move(db, clock.now_ms(), request, (to, reason)).await? {
            if let Err(error) = bring_registers_up_to_date(db).await {
                tracing::warn!(%error, "the registers of other extracts could not be counted");
            }
            return Ok(done);
        }
    }
    Err(ChangeError::Overtaken)
}

/// `None` when another load or change came in between.
async fn try_to_move(
    db: &Db,
    at: i64,
    request: &ExtractRequest,
    (to, reason): (NaiveDate, &str),
) -> Result<Option<Changed>, ChangeError> {
    let before = Before::read(db).await?;
    let as_at = request.as_at;
    let place = before.place(request)?;
    if before.extracts.iter().any(|other| other.as_at == to) {
        return Err(ChangeError::Taken(to));
    }
    let extract = &before.extracts[place];
    let newest_other = before.extracts.iter().rev().find(|other| other.id != extract.id);
    let was_newest = newest_other.is_none_or(|other| other.as_at < as_at);
    let is_newest = newest_other.is_none_or(|other| other.as_at < to);
    let moved = count(
        db,
        ToCount { extract, as_at: to, standards: before.standards_on(to)?, changes: &before.changes, is_newest },
    )
    .await?;
    // Another extract is the newest now.
    let other = match newest_other {
        Some(other) if was_newest && !is_newest => {
            let standards = before.standards_on(other.as_at)?;
            Some(
                count(
                    db,
                    ToCount {
                        extract: other,
                        as_at: other.as_at,
                        standards,
                        changes: &before.changes,
                        is_newest: true,
                    },
                )
                .await?,
            )
        }
        _ => None,
    };
    let later = match newest_other {
        Some(newest) if !was_newest && !is_newest && actions::has_spoken(db, as_at).await? => {
            Some((newest, stored_facts(db, newest).await?))
        }
        _ => None,
    };
    let children = people::children_among(people::known(db).await?);

    let mut tx = db.begin_patiently().await?;
    if !before.still_holds(&mut tx).await? {
        return Ok(None);
    }
    let dates: Vec<NaiveDate> = before.extracts.iter().map(|one| one.as_at).collect();
    move_records(&mut tx, &dates, as_at, to).await?;
    extracts::set_as_at(&mut tx, extract.id, to).await?;
    workforce::move_of(&mut tx, extract.id, to).await?;
    moved.keep(&mut tx, &children).await?;
    if let Some(found) = other.as_ref().and_then(|other| other.facts.as_ref()) {
        facts::replace(&mut tx, found, &children).await?;
        actions::refresh_teams(&mut tx).await?;
    }
    let retracted = actions::retract_extract(&mut tx, as_at, reason, at).await?;
    let is_supplied = before.supplies(extract)?;
    if let Some(found) = &moved.facts {
        actions::hear_extract(&mut tx, found, is_supplied, to, at).await?;
    } else if let Some((newest, found)) = &later {
        let is_supplied = before.supplies(newest)?;
        actions::hear_again(&mut tx, &retracted, found, is_supplied, newest.as_at, at).await?;
    }
    let change = ExtractChange {
        extract: extract.id,
        kind: ChangeKind::Moved(to),
        as_at,
        reason: reason.to_owned(),
        done_by: request.done_by.clone(),
        done_at: at,
    };
    extracts::record_change(&mut tx, &change).await?;
    let entry = request.entry("move extract", extract.id, format!("from {as_at} to {to}: {reason}"), at);
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    let newest = if is_newest { to } else { newest_other.map_or(to, |other| other.as_at) };
    let mut message = format!(
        "Moved the extract as at {as_at} (extract {}) to {to}; its figures are counted as at that date.\nThe newest extract is as at {newest}.\nProblems stay as the load named them: load the files again if dates near {to} matter.",
        extract.id
    );
    if !retracted.is_empty() {
        message.push_str(&format!(
            "\nWhat it had said of {} as at {as_at} is taken back in their histories.",
            counted(retracted.len() as u64, "action", "actions")
        ));
    }
    Ok(Some(Changed { extract: extract.id, message }))
}

/// Takes the records out of one date and puts them to another.
async fn move_records(tx: &mut Tx, dates: &[NaiveDate], from: NaiveDate, to: NaiveDate) -> Result<(), DbError> {
    let held = records::in_force_with_bodies(tx, from).await?;
    let after = |date: NaiveDate| dates.iter().copied().find(|other| *other > date && *other != from);
    records::take_out(tx, from, after(from)).await?;
    let mut people = Vec::with_capacity(held.len());
    let mut rows = Vec::with_capacity(held.len());
    for one in held {
        rows.push(Row {
            list: u8::try_from(one.version.list).unwrap_or_default(),
            person: u32::try_from(people.len()).unwrap_or(u32::MAX),
            position: u16::try_from(one.version.position).unwrap_or(u16::MAX),
            content_hash: one.version.content_hash,
            body: one.body,
        });
        people.push(one.version.person_id);
    }
    let in_force = records::in_force(tx, to).await?;
    let plan = Plan::of(rows, in_force, |person| people.get(person as usize).copied().unwrap_or(-1));
    plan.keep(tx, to, after(to), false).await
}
