//! Notices by e-mail, where a mail server is set.
//!
//! | module | what it does |
//! |---|---|
//! | `told` | what of the notices is written about, each a step of an action or a surgery |
//! | `addresses` | where somebody is written to |
//! | `writing` | what is news becomes messages, kept before anything is sent |
//! | `sending` | messages that wait are claimed, checked once more, sent and marked |
//! | `words` | what stands in one |
//!
//! A message names no child and quotes nothing that a person wrote: the numbers of actions, what kind of notice, and links.
//! It is made within the recipient's scope, when it is written and again when it is sent. In doubt it is not sent: what was
//! begun and not marked may have arrived.

mod addresses;
mod sending;
mod told;
mod words;
mod writing;

pub use addresses::is_address;

use crate::clock::england_time;
use crate::db::DbError;
use crate::http::{PublicUrl, ServeOptions};
use crate::state::AppState;
use anyhow::Context as _;
use chrono::{NaiveDate, Timelike as _};
use domain::calendar::WorkingDays;
use lettre::message::Mailbox;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::sync::Arc;
use std::time::Duration;

/// How often the server looks for something to write or to send.
pub(crate) const ROUND: Duration = Duration::from_secs(5 * 60);
/// Nobody is written to before this hour of a working day in England, nor from the later one on.
const HOURS: std::ops::Range<u32> = 7..20;
/// How long the mail server may take for a step of the conversation.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way to people's post. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: Arc<PublicUrl>,
}

impl Mailer {
    /// The mailer that the options set; `None` where none is.
    ///
    /// # Errors
    /// When a part of what it needs is missing or cannot be read.
    pub fn of(options: &ServeOptions) -> anyhow::Result<Option<Self>> {
        let Some(url) = &options.smtp_url else { return Ok(None) };
        let site = options.public_url.clone().context("to send e-mail, say with --public-url where links lead")?;
        let from = options.mail_from.as_deref().context("to send e-mail, say with --mail-from who it comes from")?;
        // The error of an address that cannot be read would quote the password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .ok()
            .context("the address of the mail server cannot be read: see SURGERY_SMTP_URL in docs/runbook.md")?
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(site.host().to_owned()))
            .build();
        let from = from.parse().context("--mail-from is no e-mail address")?;
        Ok(Some(Self { transport, from, site: Arc::new(site) }))
    }
}

/// One round: writes what is news, and sends what waits. At night and on days off nothing happens.
pub async fn round(state: &AppState, mailer: &Mailer) {
    let Some(today) = may_write(state) else { return };
    let done = async {
        writing::write(state, today).await?;
        sending::send(state, mailer).await
    };
    if let Err(error) = done.await {
        log_failure(&error);
    }
}

/// Today, if somebody may be written to now.
fn may_write(state: &AppState) -> Option<NaiveDate> {
    let now = england_time(state.clock.now_ms())?;
    let works = WorkingDays::england().is_working_day(now.date());
    (works && HOURS.contains(&now.hour())).then(|| now.date())
}

fn log_failure(error: &DbError) {
    tracing::error!(%error, "messages could not be written or sent");
}
