//! The audit's writer: entries of requests that come together are committed together, and each request goes on
//! only when its entry is on the disk. If it cannot be written, the request fails.

use crate::db::{Db, DbError, cause};
use crate::store::audit::{self, Entry};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{mpsc, oneshot};

/// Most entries committed together.
const MOST_TOGETHER: usize = 256;

type Waiting = (Entry, oneshot::Sender<Result<(), Arc<DbError>>>);

/// The way to the audit.
#[derive(Debug, Clone)]
pub struct AuditLog {
    queue: mpsc::Sender<Waiting>,
    failed: Arc<AtomicBool>,
}

/// The entry is not kept: what it was for must not be shown.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The database refused it.
    #[error("the audit cannot be written: {0}")]
    Database(Arc<DbError>),
    /// The writer is gone.
    #[error("the audit's writer has stopped")]
    Stopped,
}

impl AuditLog {
    /// Starts the writer on a database.
    #[must_use]
    pub fn start(db: Db) -> Self {
        let (queue, waiting) = mpsc::channel(1_024);
        let failed = Arc::new(AtomicBool::new(false));
        tokio::spawn(write_together(db, waiting, Arc::clone(&failed)));
        Self { queue, failed }
    }

    /// Why entries cannot be kept, as far as is known: after a failure, whether the database would take one again.
    pub async fn trouble(&self, db: &Db) -> Option<&'static str> {
        const UNKNOWN: &str = "the log says why";
        if self.queue.is_closed() {
            return Some("its writer has stopped");
        }
        if !self.failed.load(Ordering::Relaxed) {
            return None;
        }
        let tried = audit::try_to_append(db).await;
        self.failed.store(tried.is_err(), Ordering::Relaxed);
        tried.err().map(|error| cause(&error).unwrap_or(UNKNOWN))
    }

    /// Keeps an entry. It is on the disk when this answers.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep(&self, entry: Entry) -> Result<(), AuditError> {
        let (done, answer) = oneshot::channel();
        self.queue.send((entry, done)).await.map_err(|_| AuditError::Stopped)?;
        answer.await.map_err(|_| AuditError::Stopped)?.map_err(AuditError::Database)
    }
}

/// The writer's work; `failed` says how the last batch ended.
async fn write_together(db: Db, mut waiting: mpsc::Receiver<Waiting>, failed: Arc<AtomicBool>) {
    let mut batch = Vec::with_capacity(MOST_TOGETHER);
    while waiting.recv_many(&mut batch, MOST_TOGETHER).await > 0 {
        let (entries, answers): (Vec<Entry>, Vec<_>) = batch.drain(..).unzip();
        let kept = audit::append(&db, &entries).await.map_err(Arc::new);
        failed.store(kept.is_err(), Ordering::Relaxed);
        if let Err(error) = &kept {
            tracing::error!(%error, entries = entries.len(), "the audit could not be written");
        }
        for answer in answers {
            // A request that no longer waits was cut off by its client; its look stays on record.
            let _ = answer.send(kept.clone());
        }
    }
}
