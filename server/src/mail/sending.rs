//! Messages that wait are claimed, checked once more, sent and marked.

use super::told::{Told, told};
use super::writing::{REQUEST, Recipient, recipient};
use super::{Mailer, words};
use crate::db::DbError;
use crate::notices::{self, Kind};
use crate::state::AppState;
use crate::store::audit::{Decision, Entry};
use crate::store::messages::{self, Ended, Message};
use crate::store::users;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::{AsyncTransport as _, Message as Letter};
use std::time::{Duration, UNIX_EPOCH};

/// Messages sent in one round.
const MOST: i64 = 200;
/// After how many minutes a message is tried again, the first time, the second and so on; after the last it failed.
const PAUSES: [i64; 4] = [5, 15, 60, 240];
/// What stands in the audit as who wrote: no account has this name.
const ACTOR: &str = "the server";

pub(super) async fn send(state: &AppState, mailer: &Mailer) -> Result<(), DbError> {
    let waiting = messages::to_send(&state.db, state.clock.now_ms(), MOST).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    // Asked first: a message handed to a server that does not answer at all may safely be tried again.
    let answers = mailer.transport.test_connection().await.unwrap_or(false);
    if !answers {
        tracing::warn!(messages = waiting.len(), "the mail server does not answer; the messages wait");
    }
    for message in waiting {
        let now = state.clock.now_ms();
        if messages::claim(&state.db, &message, now).await? {
            let ended = if answers { attempt(state, mailer, &message).await? } else { Some(later(&message, now)) };
            if let Some(ended) = ended {
                count(ended);
                messages::mark(&state.db, message.id, ended, state.clock.now_ms()).await?;
            }
        }
    }
    Ok(())
}

/// When it is tried again, if at all.
fn later(message: &Message, now: i64) -> Ended {
    let pause = usize::try_from(message.tries).ok().and_then(|tries| PAUSES.get(tries));
    pause.map_or(Ended::Failed, |minutes| Ended::Again(now + minutes * 60 * 1_000))
}

/// Sends a claimed message, if there is still something to tell; `None` when nobody knows how it ended.
async fn attempt(state: &AppState, mailer: &Mailer, message: &Message) -> Result<Option<Ended>, DbError> {
    let Some(kind) = Kind::from_name(&message.step) else { return Ok(Some(Ended::Dropped)) };
    let Some((recipient, steps)) = still(state, message, kind).await? else { return Ok(Some(Ended::Dropped)) };
    let steps: Vec<&Told> = steps.iter().collect();
    let Some(letter) = letter(mailer, &recipient, message, kind, &steps) else {
        tracing::error!(message = message.id, "a message could not be put together");
        return Ok(Some(Ended::Failed));
    };
    if !on_record(state, &recipient, message, kind, steps.len()).await {
        return Ok(Some(later(message, state.clock.now_ms())));
    }
    let Err(error) = mailer.transport.send(letter).await else { return Ok(Some(Ended::Sent)) };
    // What the mail server says may quote the address: the log has its code alone.
    let code = error.status().map(|code| code.to_string());
    tracing::warn!(message = message.id, code, "a message was not taken");
    Ok(if error.is_permanent() {
        Some(Ended::Failed)
    } else if error.is_transient() || error.is_tls() {
        Some(later(message, state.clock.now_ms()))
    } else {
        None
    })
}

/// Who is written to and of what, as of now: what is done, moved or no longer theirs is left out.
async fn still(state: &AppState, message: &Message, kind: Kind) -> Result<Option<(Recipient, Vec<Told>)>, DbError> {
    let Some(somebody) = users::somebody(&state.db, message.user_id).await? else { return Ok(None) };
    let own = somebody.email.as_deref();
    let Some(recipient) = recipient(state, message.user_id, own).await? else { return Ok(None) };
    let about = messages::about(&state.db, message.id).await?;
    let waiting = notices::waiting(state, &recipient.visit).await?;
    let mut steps = told(&waiting).remove(&kind).unwrap_or_default();
    steps.retain(|one| about.contains(&one.about));
    Ok((!steps.is_empty()).then_some((recipient, steps)))
}

fn letter(mailer: &Mailer, recipient: &Recipient, message: &Message, kind: Kind, steps: &[&Told]) -> Option<Letter> {
    let written = UNIX_EPOCH + Duration::from_millis(u64::try_from(message.written_at).ok()?);
    let id = format!("<message-{}-{}@{}>", message.id, message.written_at, mailer.site.host());
    let mut letter = Letter::builder()
        .from(mailer.from.clone())
        .to(Mailbox::new(None, recipient.address.clone()))
        .subject(words::subject(kind, steps.len()))
        .date(written)
        .message_id(Some(id))
        .header(ContentType::TEXT_PLAIN)
        .body(words::text(kind, steps, &mailer.site))
        .ok()?;
    // So that no absence notice answers (RFC 3834).
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    letter.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
    Some(letter)
}

/// Whether it is on record that the message goes out.
async fn on_record(state: &AppState, recipient: &Recipient, message: &Message, kind: Kind, steps: usize) -> bool {
    let entry = Entry {
        at: state.clock.now_ms(),
        actor: ACTOR.to_owned(),
        action: "send message".to_owned(),
        subject: Some(recipient.visit.viewer.user_name.clone()),
        detail: Some(format!("message {}, {}, {steps} in it", message.id, kind.name())),
        decision: Decision::Allow,
        request_id: REQUEST.to_owned(),
    };
    state.audit.keep(entry).await.is_ok()
}

fn count(ended: Ended) {
    let outcome = match ended {
        Ended::Sent => "sent",
        Ended::Failed => "failed",
        Ended::Dropped => "dropped",
        Ended::Again(_) => "again",
    };
    metrics::counter!("surgery_messages_total", "outcome" => outcome).increment(1);
}
