//! Keeping a new action: by itself, or with its link to the surgery in which it is recorded.

use crate::db::{Db, Tx};
use crate::store::actions::{self, NewAction};
use crate::store::audit::{self, Entry};
use crate::store::reader::NotDone;
use crate::store::surgeries;
use domain::action::Refusal;
use domain::ids::{ActionId, SurgeryId};
use domain::surgery::{ItemId, SurgeryCommand, SurgeryRefusal};

/// How an action was kept.
pub(super) enum Kept {
    /// By itself.
    Alone(ActionId),
    /// Linked to a surgery in session.
    InMeeting(SurgeryId),
}

/// Records an action with its audit entry and, where its surgery is in session, links it to the item it comes from: all
/// or nothing.
pub(super) async fn keep(
    db: &Db,
    from: Option<(SurgeryId, Option<ItemId>)>,
    new: &NewAction<'_>,
    entry: &Entry,
) -> Result<Kept, NotDone<Refusal>> {
    loop {
        let mut tx = db.begin().await?;
        let id = actions::record_in(&mut tx, new.clone()).await?;
        let linked = match from {
            Some(from) => link(&mut tx, from, new, id).await?,
            None => Linked::NotNow,
        };
        let kept = match (linked, from) {
            // Somebody changed the surgery at the same moment: both are done once more.
            (Linked::SomebodyWasFaster, _) => continue,
            (Linked::Done, Some((surgery, _))) => Kept::InMeeting(surgery),
            _ => Kept::Alone(id),
        };
        let entry = Entry { subject: Some(id.to_string()), ..entry.clone() };
        audit::append_in(&mut tx, &[entry]).await?;
        tx.commit().await?;
        return Ok(kept);
    }
}

/// Whether an action was linked to its surgery.
enum Linked {
    Done,
    NotNow,
    SomebodyWasFaster,
}

/// Links an action to its surgery; an item that was taken off meanwhile leaves it to the meeting as a whole. A surgery that
/// is not in session keeps its minutes as they are: the action says by itself where it comes from.
async fn link(
    tx: &mut Tx,
    (id, item): (SurgeryId, Option<ItemId>),
    new: &NewAction<'_>,
    action: ActionId,
) -> Result<Linked, NotDone<Refusal>> {
    for item in [item, None] {
        let asked = surgeries::Asked {
            id,
            command: SurgeryCommand::Link { item, action },
            actor: new.actor,
            today: new.today,
            organisation: new.organisation,
            at: new.at,
        };
        match surgeries::change_in(tx, &asked).await {
            Ok(Some(_)) => return Ok(Linked::Done),
            Ok(None) => return Ok(Linked::SomebodyWasFaster),
            Err(NotDone::Refused(SurgeryRefusal::NoSuchItem)) => {}
            Err(NotDone::Refused(_)) => return Ok(Linked::NotNow),
            Err(NotDone::Unknown) => return Err(NotDone::Unknown),
            Err(NotDone::Db(error)) => return Err(NotDone::Db(error)),
        }
    }
    Ok(Linked::NotNow)
}
