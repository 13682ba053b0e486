//! Planning and changing surgeries.

use super::list::Kept;
use super::{events, projection};
use crate::db::{Db, DbError, Tx};
use crate::store::audit::{self, Entry};
use crate::store::reader::{NotDone, inconsistent, moment};
use domain::action::Person;
use domain::ids::SurgeryId;
use domain::organisation::Organisation;
use domain::surgery::{Meeting, Plan, Surgery, SurgeryCommand, SurgeryEvent, SurgeryRefusal};

/// A surgery to be planned, and what is known beside it.
#[derive(Debug)]
pub struct NewSurgery<'a> {
    /// What it is.
    pub plan: Plan<'a>,
    /// Who plans it.
    pub actor: Person<'a>,
    /// Today in England.
    pub today: chrono::NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Plans a surgery and keeps its audit entry, both or neither. The entry's subject becomes the surgery's number.
///
/// # Errors
/// [`NotDone::Refused`] when the rules refuse it, or there is a surgery of the day of the series already.
pub async fn plan(db: &Db, new: NewSurgery<'_>, entry: Entry) -> Result<SurgeryId, NotDone<SurgeryRefusal>> {
    let mut tx = db.begin().await?;
    let id = plan_in(&mut tx, new).await?;
    audit::append_in(&mut tx, &[Entry { subject: Some(format!("surgery {}", id.0)), ..entry }]).await?;
    tx.commit().await?;
    Ok(id)
}

/// Plans a surgery within a transaction that does more.
///
/// # Errors
/// As [`plan`]; the transaction is then to be dropped.
pub async fn plan_in(tx: &mut Tx, new: NewSurgery<'_>) -> Result<SurgeryId, NotDone<SurgeryRefusal>> {
    let meeting = Meeting { today: new.today, organisation: new.organisation };
    let kind = new.plan.record(&new.actor, &meeting).map_err(NotDone::Refused)?;
    let event = SurgeryEvent { sequence: 1, at: moment(new.at)?, by: new.actor.user, kind };
    let surgery = Surgery::begun_by(&event).map_err(inconsistent)?;
    if let Some((series, day)) = surgery.series
        && projection::has_surgery_on(tx, series, day).await?
    {
        return Err(NotDone::Refused(SurgeryRefusal::DayTaken));
    }
    let id = projection::add(tx, &surgery).await?;
    projection::teams(tx, id, &surgery.remit, new.organisation).await?;
    events::append(tx, id, &event).await?;
    Ok(id)
}

/// A change that somebody asks for, and what is known beside it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Which surgery.
    pub id: SurgeryId,
    /// What.
    pub command: SurgeryCommand<'a>,
    /// Who.
    pub actor: Person<'a>,
    /// Today in England.
    pub today: chrono::NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Makes a change and keeps its audit entry, both or neither. Answers the surgery as it stands now.
///
/// # Errors
/// [`NotDone::Unknown`] when there is no such surgery, [`NotDone::Refused`] when the rules refuse it: with
/// [`SurgeryRefusal::Conflict`] when somebody else has written the same note since, and with
/// [`SurgeryRefusal::NotAllowed`] when it is not the actor's, which is to be answered as if there were none.
pub async fn change(db: &Db, asked: &Asked<'_>, entry: &Entry) -> Result<Kept, NotDone<SurgeryRefusal>> {
    loop {
        let mut tx = db.begin().await?;
        match change_in(&mut tx, asked).await? {
            Some(kept) => {
                audit::append_in(&mut tx, std::slice::from_ref(entry)).await?;
                tx.commit().await?;
                return Ok(kept);
            }
            // Somebody did something else at the same moment: it is decided once more on what stands now.
            None => drop(tx),
        }
    }
}

/// Makes a change within a transaction that does more: records the action that it links. `None` when somebody else was
/// faster, and the transaction is to be dropped and begun again.
///
/// # Errors
/// As [`change`].
pub async fn change_in(tx: &mut Tx, asked: &Asked<'_>) -> Result<Option<Kept>, NotDone<SurgeryRefusal>> {
    let before = events::replayed_in(tx, asked.id).await?.ok_or(NotDone::Unknown)?;
    let meeting = Meeting { today: asked.today, organisation: asked.organisation };
    let kind = before.decide(asked.command.clone(), &asked.actor, &meeting).map_err(NotDone::Refused)?;
    let event = SurgeryEvent { sequence: before.version + 1, at: moment(asked.at)?, by: asked.actor.user, kind };
    let mut after = before.clone();
    after.apply(&event).map_err(|bad| DbError::Inconsistent(bad.to_string()))?;
    if !projection::update(tx, asked.id, &before, &after, asked.organisation).await? {
        return Ok(None);
    }
    events::append(tx, asked.id, &event).await?;
    Ok(Some(Kept { id: asked.id, surgery: after }))
}
