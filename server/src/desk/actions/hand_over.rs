//! Handing over many actions at once, when a Head of Service leaves: by Directors, all or none.

use super::people::People;
use super::{CHANGE, Fields, Today};
use crate::desk::{ViewerDesk, failed};
use crate::state::{AppState, Visit};
use crate::store::actions::{Asked, change_in};
use crate::store::audit::{self, Decision, Entry};
use crate::store::reader::NotDone;
use crate::store::users;
use app::data::{Field, FieldKind, Form};
use app::error::PageError;
use domain::action::{Command, Person, Refusal};
use domain::ids::{ActionId, UserId};
use domain::scope::Role;

/// Most actions at once.
const MOST: usize = 200;

/// Why nothing was handed over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotHandedOver {
    #[error(transparent)]
    Page(#[from] PageError),
    #[error("No action was chosen, or more than 200. Go back and choose some.")]
    None,
    #[error("No Head of Service was chosen. Go back and choose one.")]
    Nobody,
    #[error("{0} was not handed over, and so none was: {1}. Go back and choose again.")]
    Refused(ActionId, Refusal),
}

/// Whether the viewer hands over many at once.
pub(in crate::desk) fn may(desk: &ViewerDesk) -> bool {
    let today = desk.state.clock.today();
    desk.visit.viewer.grants.iter().any(|grant| grant.role == Role::Director && grant.is_valid_on(today))
}

/// The form below the lines.
pub(super) fn form(people: &People, today: &Today) -> Form {
    Form {
        action: "/actions/hand-over".to_owned(),
        id: "hand-over".to_owned(),
        title: "Hand over the chosen actions".to_owned(),
        about: "All are handed over, or none. Each says so in its history.".to_owned(),
        hidden: Vec::new(),
        fields: vec![
            Field {
                name: "to".to_owned(),
                label: "To which Head of Service".to_owned(),
                kind: FieldKind::Choice,
                picks: people.holding(Role::HeadOfService, today.date).map(|known| known.pick(None)).collect(),
                required: true,
                ..Field::default()
            },
            Field {
                name: "reason".to_owned(),
                label: "Reason".to_owned(),
                hint: "A sentence without a child’s name.".to_owned(),
                required: true,
                ..Field::default()
            },
        ],
        button: "Hand over".to_owned(),
        open: true,
    }
}

/// Hands over what was chosen.
///
/// # Errors
/// When the viewer may not, or one of them cannot be handed over; nothing is changed then.
pub(crate) async fn hand_over(state: &AppState, visit: &Visit, fields: &Fields) -> Result<(), NotHandedOver> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !may(&desk) {
        return Ok(desk.deny(CHANGE, "hand over").await?);
    }
    if !fields.are_only(&["action", "to", "reason"], "action") {
        return Ok(desk.deny(CHANGE, "hand over").await?);
    }
    let chosen: Option<Vec<(ActionId, u32)>> = fields.all("action").iter().map(|key| chosen(key)).collect();
    let chosen = chosen.filter(|chosen| (1..=MOST).contains(&chosen.len())).ok_or(NotHandedOver::None)?;
    let to = fields.filled("to").and_then(|to| to.parse().ok()).map(UserId).ok_or(NotHandedOver::Nobody)?;
    let grants = users::grants(&state.db, to.0).await.map_err(failed)?;
    let people = People::of(&desk).await?;
    let today = Today::of(&desk).await?;
    if people.is_out_of_office(to, today.date) {
        return Err(NotHandedOver::Nobody);
    }
    let reason = fields.get("reason");
    let mut tx = state.db.begin().await.map_err(failed)?;
    for (id, seen) in chosen {
        let asked = Asked {
            id,
            seen,
            command: Command::HandOver { to: Person { user: to, grants: &grants }, reason },
            actor: desk.person(),
            today: today.date,
            organisation: &today.organisation,
            at: state.clock.now_ms(),
        };
        match change_in(&mut tx, &asked).await {
            Ok(Some(_)) => {}
            Ok(None) => return Err(NotHandedOver::Refused(id, Refusal::Conflict { theirs: Vec::new() })),
            Err(NotDone::Refused(Refusal::NotAllowed) | NotDone::Unknown) => {
                drop(tx);
                return Ok(desk.deny(CHANGE, &id.to_string()).await?);
            }
            Err(NotDone::Refused(refusal)) => return Err(NotHandedOver::Refused(id, refusal)),
            Err(NotDone::Db(error)) => return Err(failed(error).into()),
        }
        let entry = Entry {
            at: state.clock.now_ms(),
            actor: visit.viewer.user_name.clone(),
            action: CHANGE.to_owned(),
            subject: Some(id.to_string()),
            detail: Some("handed over".to_owned()),
            decision: Decision::Allow,
            request_id: visit.request_id.to_string(),
        };
        audit::append_in(&mut tx, &[entry]).await.map_err(failed)?;
    }
    tx.commit().await.map_err(failed)?;
    Ok(())
}

/// "12.3": action 12 as at version 3.
fn chosen(key: &str) -> Option<(ActionId, u32)> {
    let (id, version) = key.split_once('.')?;
    Some((ActionId(id.parse().ok()?), version.parse().ok()?))
}
