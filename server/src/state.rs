//! What the server holds while it runs.

use crate::audit_log::{AuditError, AuditLog};
use crate::clock::Clock;
use crate::council::CouncilCache;
use crate::db::{Db, DbError};
use crate::http::{PublicUrl, ReadingGuard, ServeOptions};
use crate::load::LoadDesk;
use crate::notices::NoticeCounts;
use crate::store::audit::{Decision, Entry};
use crate::store::extracts::Version;
use crate::store::{settings, users};
use domain::scope::{Grant, Scope};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The running server's parts; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The audit's writer.
    pub audit: AuditLog,
    /// What is known of the newest extract, kept in memory.
    pub council: Arc<CouncilCache>,
    /// Loads asked for in the browser.
    pub loads: LoadDesk,
    /// Who opens how many children.
    pub reading: Arc<ReadingGuard>,
    /// Which surgeries have changed.
    pub live: crate::live::Watcher,
    /// The site's address as people type it.
    pub address: Arc<PublicUrl>,
    /// Whether e-mail is sent.
    pub writes: bool,
    /// How many notices wait for whom.
    pub notices: Arc<NoticeCounts>,
    /// Whether the database was made by the demo.
    pub demo: bool,
}

/// A signed-in person, for one request: made from the session and nothing else.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The account's number.
    pub user_id: i64,
    /// What is typed to sign in; stands in the audit.
    pub user_name: String,
    /// The person's name.
    pub full_name: String,
    /// Roles and areas, as given.
    pub grants: Vec<Grant>,
    /// What may be read, as of now.
    pub scope: Scope,
}

/// One request of one viewer.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Who.
    pub viewer: Arc<Viewer>,
    /// The state of the database that the answer is made from.
    pub version: Version,
    /// When an action last changed, in milliseconds since 1970 UTC.
    pub log_changed_at: i64,
    /// How many notices wait for the viewer; `None` for who has none, and where nobody looks.
    pub waiting: Option<u64>,
    /// The request's number, in the log, the audit and the answer.
    pub request_id: Arc<str>,
    /// Whether something of it was put on record.
    pub(crate) on_record: Arc<AtomicBool>,
}

impl Visit {
    /// A visit that nothing is on record of yet; how many notices wait is not looked up.
    pub(crate) fn new(viewer: Viewer, version: Version, log_changed_at: i64, request_id: Arc<str>) -> Self {
        Self { viewer: Arc::new(viewer), version, log_changed_at, waiting: None, request_id, on_record: Arc::default() }
    }

    /// Whether something of it was put on record by [`AppState::record`].
    #[must_use]
    pub fn is_on_record(&self) -> bool {
        self.on_record.load(Ordering::Relaxed)
    }
}

impl AppState {
    /// The state of a server that starts on a database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start(db: Db, clock: Clock) -> Result<Self, DbError> {
        Ok(Self {
            audit: AuditLog::start(db.clone()),
            council: Arc::new(CouncilCache::new()),
            loads: LoadDesk::new(),
            reading: Arc::new(ReadingGuard::new()),
            live: crate::live::Watcher::new(db.clone()),
            notices: Arc::default(),
            address: Arc::new(ServeOptions::default().address()),
            writes: false,
            demo: settings::is_demo(&db).await?,
            clock,
            db,
        })
    }

    /// Somebody without a session, as of now: for what goes to people by itself. `None` for a disabled account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visit_of(&self, user: i64, request_id: Arc<str>) -> Result<Option<Visit>, DbError> {
        let Some(somebody) = users::somebody(&self.db, user).await? else { return Ok(None) };
        let grants = users::grants(&self.db, user).await?;
        let (version, today) = (somebody.version, self.clock.today());
        let organisation = self.council.organisation(&self.db, version, today).await?;
        let scope = Scope::of(&grants, &organisation, today);
        let viewer =
            Viewer { user_id: user, user_name: somebody.user_name, full_name: somebody.full_name, grants, scope };
        Ok(Some(Visit::new(viewer, version, somebody.log_changed_at, request_id)))
    }

    /// Puts a look or a refusal on record; the answer may be sent only after this.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn record(
        &self,
        visit: &Visit,
        action: &str,
        subject: Option<String>,
        detail: Option<String>,
        decision: Decision,
    ) -> Result<(), AuditError> {
        self.audit
            .keep(Entry {
                at: self.clock.now_ms(),
                actor: visit.viewer.user_name.clone(),
                action: action.to_owned(),
                subject,
                detail,
                decision,
                request_id: visit.request_id.to_string(),
            })
            .await?;
        visit.on_record.store(true, Ordering::Relaxed);
        Ok(())
    }
}
