//! Taking an extract out as if it had never been loaded.
//!
//! Its records, versions, names, problems and everything counted of it go, and the newest extract's facts are what they
//! would be. What people did on it stays, and what it had said of actions is taken back by events that say so. Its row stays
//! as well, out of force, so that its number is never another's.

use crate::clock::Clock;
use crate::council::bring_registers_up_to_date;
use crate::db::Db;
use crate::load::extract_change::{Before, ChangeError, Changed, ExtractRequest, TRIES, stored_facts};
use crate::load::recount::{ToCount, count};
use crate::store::extracts::{self, ChangeKind, Extract, ExtractChange};
use crate::store::organisation::{self, TakenBack};
use crate::store::redaction::Redaction;
use crate::store::{actions, audit, facts, people, records, surgeries, targets, workforce};
use chrono::NaiveDate;
use domain::measures::Fact;

/// Takes the extract as at a date out, with everything that came with it, in one transaction.
///
/// Targets that it brought stay: they are settings, appended to. An extract that it had replaced does not come back, since
/// its records went when it was replaced. The message says either.
///
/// # Errors
/// When there is no such extract, no reason is given or the database fails; nothing is changed then.
pub async fn remove_extract(
    db: &Db,
    clock: &Clock,
    request: &ExtractRequest,
    frozen: Frozen,
) -> Result<Changed, ChangeError> {
    let reason = request.reason()?;
    for _ in 0..TRIES {
        if let Some(done) = try_to_remove(db, clock.now_ms(), request, (reason, frozen)).await? {
            if let Err(error) = bring_registers_up_to_date(db).await {
                tracing::warn!(%error, "the registers of other extracts could not be counted");
            }
            return Ok(done);
        }
    }
    Err(ChangeError::Overtaken)
}

/// What becomes of the children in what people froze on the extract: findings of actions, agendas of surgeries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Frozen {
    /// They stay, as evidence.
    #[default]
    Kept,
    /// They are another council's, and are taken out; who did so and why stands in their place.
    Redacted,
}

/// The facts that are kept once an extract is gone.
enum Facts {
    /// A later extract is the newest: they stay.
    Stay,
    /// Those of the extract before it, or none where there is none.
    Are(Vec<Fact>),
}

/// What a removal did, for the message.
struct Done<'a> {
    extract: &'a Extract,
    newest: Option<NaiveDate>,
    replaced: usize,
    workforces: u64,
    organisation: TakenBack,
    targets: u64,
    retracted: usize,
    redacted: u64,
}

/// `None` when another load or change came in between.
async fn try_to_remove(
    db: &Db,
    at: i64,
    request: &ExtractRequest,
    (reason, frozen): (&str, Frozen),
) -> Result<Option<Changed>, ChangeError> {
    let before = Before::read(db).await?;
    let as_at = request.as_at;
    let place = before.place(request)?;
    let extract = &before.extracts[place];
    let newest_after = before.extracts.iter().rev().find(|other| other.id != extract.id);
    let next = before.extracts.get(place + 1).map(|next| next.as_at);
    let kept = match newest_after {
        Some(previous) if next.is_none() => {
            let standards = before.standards_on(previous.as_at)?;
            let counted = count(
                db,
                ToCount {
                    extract: previous,
                    as_at: previous.as_at,
                    standards,
                    changes: &before.changes,
                    is_newest: true,
                },
            )
            .await?;
            Facts::Are(counted.facts.unwrap_or_default())
        }
        Some(_) => Facts::Stay,
        None => Facts::Are(Vec::new()),
    };
    // The newest extract said nothing of what this one had said before it: it is asked again.
    let later = match newest_after {
        Some(newest) if next.is_some() && actions::has_spoken(db, as_at).await? => {
            Some((newest, stored_facts(db, newest).await?))
        }
        _ => None,
    };
    let children = people::children_among(people::known(db).await?);

    let mut tx = db.begin_patiently().await?;
    if !before.still_holds(&mut tx).await? {
        return Ok(None);
    }
    let numbers = extracts::numbers_as_at(&mut tx, as_at).await?;
    records::take_out(&mut tx, as_at, next).await?;
    if let Facts::Are(found) = &kept {
        facts::replace(&mut tx, found, &children).await?;
        actions::refresh_teams(&mut tx).await?;
    }
    let (mut workforces, mut taken_back) = (0, TakenBack::None);
    for number in numbers.iter().rev() {
        extracts::remove_contents(&mut tx, *number).await?;
        workforces += workforce::remove_of(&mut tx, *number).await?;
        let back = organisation::take_back(&mut tx, *number).await?;
        if back != TakenBack::None {
            taken_back = back;
        }
        extracts::take_out_of_force(&mut tx, *number).await?;
    }
    let retracted = actions::retract_extract(&mut tx, as_at, reason, at).await?;
    if let Some((newest, found)) = &later {
        let is_supplied = before.supplies(newest)?;
        actions::hear_again(&mut tx, &retracted, found, is_supplied, newest.as_at, at).await?;
    }
    let redacted = match frozen {
        Frozen::Kept => 0,
        Frozen::Redacted => {
            let redaction = Redaction { at, by: &request.done_by, why: reason };
            actions::redact_findings(&mut tx, as_at, &redaction).await?
                + surgeries::redact_evidence(&mut tx, &numbers, as_at, &redaction).await?
        }
    };
    people::remove_unknown(&mut tx).await?;
    let done = Done {
        extract,
        newest: newest_after.map(|newest| newest.as_at),
        replaced: numbers.len().saturating_sub(1),
        workforces,
        organisation: taken_back,
        targets: targets::loaded_with(&mut tx, &extract.loaded_by, extract.loaded_at).await?,
        retracted: retracted.len(),
        redacted,
    };
    let change = ExtractChange {
        extract: extract.id,
        kind: ChangeKind::Removed,
        as_at,
        reason: reason.to_owned(),
        done_by: request.done_by.clone(),
        done_at: at,
    };
    extracts::record_change(&mut tx, &change).await?;
    let also = if frozen == Frozen::Redacted { ", frozen evidence redacted" } else { "" };
    let entry = request.entry("remove extract", extract.id, format!("as at {as_at}{also}: {reason}"), at);
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(Some(Changed { extract: extract.id, message: done.message() }))
}

impl Done<'_> {
    fn message(&self) -> String {
        let mut lines = vec![format!(
            "Removed the extract as at {} (extract {}), as if it had never been loaded.",
            self.extract.as_at, self.extract.id
        )];
        lines.push(match self.newest {
            Some(newest) => format!("The newest extract is as at {newest}."),
            None => "No extract is loaded any more.".to_owned(),
        });
        if self.replaced > 0 {
            lines.push(
                "It had replaced an earlier load of the same date. That one does not come back: load its files again."
                    .to_owned(),
            );
        }
        if self.workforces > 0 {
            lines.push("The workforce that came with it is gone too.".to_owned());
        }
        match self.organisation {
            TakenBack::None => {}
            TakenBack::Restored => lines.push("The organisation is again the one from before it.".to_owned()),
            TakenBack::Replaced => {
                lines.push("The organisation stays: another was loaded after the one that came with it.".to_owned());
            }
        }
        if self.targets > 0 {
            lines.push(format!(
                "{} from its targets.csv stay in force: set them under /admin/targets if they were wrong.",
                counted(self.targets, "target", "targets")
            ));
        }
        if self.retracted > 0 {
            lines.push(format!(
                "What it had said of {} is taken back in their histories.",
                counted(self.retracted as u64, "action", "actions")
            ));
        }
        if self.redacted > 0 {
            lines.push(format!(
                "Children were taken out of what was frozen on it: {}.",
                counted(self.redacted, "finding or agenda", "findings and agendas")
            ));
        }
        lines.join("\n")
    }
}

/// "1 target", "3 targets".
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
