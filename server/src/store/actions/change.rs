//! Changing actions.

use super::line::{Line, bind_line};
use super::load::load_in;
use super::{Kept, events};
use crate::db::{Db, DbError, Tx, on_tx};
use crate::store::audit::{self, Entry};
use crate::store::reader::{NotDone, inconsistent, moment};
use domain::action::{Action, Author, Circumstances, Command, DataWord, Doer, Event, EventKind, Person, Refusal};
use domain::ids::ActionId;
use domain::organisation::Organisation;

/// A change that somebody asks for, and what is known beside it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Which action.
    pub id: ActionId,
    /// The version that the asker saw.
    pub seen: u32,
    /// What.
    pub command: Command<'a>,
    /// Who.
    pub actor: Person<'a>,
    /// Today in England.
    pub today: chrono::NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Makes a change and keeps its audit entry, both or neither. Answers the action as it stands now.
///
/// # Errors
/// [`NotDone::Unknown`] when there is no such action, [`NotDone::Refused`] when the rules refuse it: with
/// [`Refusal::Conflict`] and what happened since when somebody else was faster, and with [`Refusal::NotAllowed`] when it is
/// not the actor's, which is to be answered as if there were none.
pub async fn change(db: &Db, asked: &Asked<'_>, entry: &Entry) -> Result<Kept, NotDone<Refusal>> {
    loop {
        let mut tx = db.begin().await?;
        match change_in(&mut tx, asked).await? {
            Some(kept) => {
                audit::append_in(&mut tx, std::slice::from_ref(entry)).await?;
                tx.commit().await?;
                return Ok(kept);
            }
            // Somebody was faster between our reading and our writing. Read again, the version is no longer the one
            // seen, and the domain says so.
            None => drop(tx),
        }
    }
}

/// Makes a change within a transaction that does more; `None` when somebody else was faster, and the transaction is to be
/// dropped and begun again.
///
/// # Errors
/// As [`change`].
pub async fn change_in(tx: &mut Tx, asked: &Asked<'_>) -> Result<Option<Kept>, NotDone<Refusal>> {
    let mut kept = load_in(tx, asked.id).await?.ok_or(NotDone::Unknown)?;
    let circumstances =
        Circumstances { today: asked.today, organisation: asked.organisation, teams: &kept.teams, leader: kept.leader };
    let kind = kept
        .history
        .decide(asked.seen, asked.command.clone(), &asked.actor, &circumstances)
        .map_err(NotDone::Refused)?;
    let event = kept.history.next(moment(asked.at)?, Author::Person(asked.actor.user), kind);
    Ok(append(tx, &mut kept, event).await?.then_some(kept))
}

/// Appends an event that the domain has decided on, and brings the log up to it. Answers whether nobody was faster.
pub(super) async fn append(tx: &mut Tx, kept: &mut Kept, event: Event) -> Result<bool, DbError> {
    const SQL: &str = "update action set version = $1, state = $2, level = $3, service = $4, what = $5, accountable = $6,
         doer_user = $7, doer_name = $8, due = $9, first_due = $10, priority = $11, measure = $12,
         recommendation_id = $13, surgery_id = $14, recorded_at = $15, recorded_by = $16, changed_at = $17, report = $18,
         reported_at = $19, reported_by = $20, closed_at = $21, closed_by = $22, reopened = $23
         where id = $24 and version = $25";
    let before = kept.history.action().clone();
    kept.history.push(event.clone()).map_err(inconsistent)?;
    let after = kept.history.action();
    let line = Line::of(kept.id, after);
    let changed = on_tx!(&mut *tx, conn => bind_line!(sqlx::query(SQL), &line)
        .bind(kept.id.0).bind(i64::from(before.version)).execute(conn).await?.rows_affected());
    if changed != 1 {
        return Ok(false);
    }
    events::append(tx, kept.id, &event, Some(&before), after).await?;
    note_word(tx, kept.id, &event.kind, kept.history.action()).await?;
    Ok(true)
}

/// Keeps the data's word beside the child; of one taken back, the word before it.
async fn note_word(tx: &mut Tx, id: ActionId, kind: &EventKind, after: &Action) -> Result<(), DbError> {
    const SQL: &str = "update action_child set word = $1, word_as_at = $2 where action_id = $3
         and person_id = (select id from person where kind = 'child' and source_id = $4)";
    let (EventKind::DataConfirmed { child_id, .. }
    | EventKind::DataContradicted { child_id, .. }
    | EventKind::DataRetracted { child_id, .. }) = kind
    else {
        return Ok(());
    };
    let said = after.data.get(child_id);
    let word = said.and_then(|said| match said.word {
        DataWord::Confirmed => Some("confirmed"),
        DataWord::Contradicted => Some("contradicted"),
        DataWord::Silent => None,
    });
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(word).bind(said.map(|said| said.as_at)).bind(id.0).bind(child_id.as_kept()).execute(conn).await?.rows_affected());
    Ok(())
}
