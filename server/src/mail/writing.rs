//! What is news becomes messages, kept before anything is sent.

use super::addresses;
use super::told::{Told, told};
use crate::db::DbError;
use crate::notices;
use crate::state::{AppState, Visit};
use crate::store::messages::{self, About, NewMessage};
use crate::store::users;
use chrono::NaiveDate;
use lettre::Address;
use std::sync::Arc;

/// What stands in the audit where a request's number would.
pub(super) const REQUEST: &str = "message";

/// Somebody who can be written to, as of now.
pub(super) struct Recipient {
    pub(super) visit: Visit,
    pub(super) address: Address,
}

/// Somebody as of now; `None` for a disabled account and for who has no address. An invented organisation has invented
/// addresses: nobody is written to at one.
pub(super) async fn recipient(state: &AppState, user: i64, own: Option<&str>) -> Result<Option<Recipient>, DbError> {
    let Some(visit) = state.visit_of(user, Arc::from(REQUEST)).await? else { return Ok(None) };
    if state.demo && own.is_none() {
        return Ok(None);
    }
    let today = state.clock.today();
    let organisation = state.council.organisation(&state.db, visit.version, today).await?;
    let address = addresses::address(own, &visit.viewer, &organisation, today);
    Ok(address.map(|address| Recipient { visit, address }))
}

/// Writes to everybody of what they were not told yet: one message a person, step and day.
pub(super) async fn write(state: &AppState, today: NaiveDate) -> Result<(), DbError> {
    for user in users::all(&state.db).await?.into_iter().filter(|user| user.disabled_at.is_none()) {
        let Some(recipient) = recipient(state, user.id, user.email.as_deref()).await? else { continue };
        let waiting = notices::waiting(state, &recipient.visit).await?;
        for (kind, steps) in told(&waiting) {
            write_step(state, user.id, kind.name(), today, &steps).await?;
        }
    }
    Ok(())
}

async fn write_step(state: &AppState, user: i64, step: &str, today: NaiveDate, steps: &[Told]) -> Result<(), DbError> {
    let (known, on_day) = messages::told(&state.db, user, step, today).await?;
    let about: Vec<About> = steps.iter().map(|one| one.about.clone()).filter(|about| !known.contains(about)).collect();
    if on_day || about.is_empty() {
        return Ok(());
    }
    let new = NewMessage { user, step, day: today, about: &about, at: state.clock.now_ms() };
    messages::write(&state.db, &new).await?;
    Ok(())
}
