//! Which surgeries have changed: one watcher a process asks the database, however many screens are open. It works across
//! processes, because it is the database that it asks, and it tells a version and nothing else.

use crate::db::Db;
use crate::store::surgeries;
use domain::ids::SurgeryId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How often the database is asked.
const EVERY: Duration = Duration::from_millis(500);

/// Tells screens of the versions of their surgeries. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Watcher {
    db: Db,
    watched: Arc<Mutex<Watched>>,
}

#[derive(Debug, Default)]
struct Watched {
    surgeries: HashMap<SurgeryId, watch::Sender<u32>>,
    /// Whether a task asks the database.
    at_work: bool,
}

impl Watcher {
    /// A watcher of nothing; it asks only while somebody listens.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, watched: Arc::default() }
    }

    /// Listens to a surgery of which this version is known.
    #[must_use]
    pub fn listen(&self, id: SurgeryId, version: u32) -> watch::Receiver<u32> {
        let mut watched = self.lock();
        let sender = watched.surgeries.entry(id).or_insert_with(|| watch::Sender::new(version));
        let receiver = sender.subscribe();
        if !watched.at_work {
            watched.at_work = true;
            tokio::spawn(self.clone().ask());
        }
        receiver
    }

    /// Asks until nobody listens any more.
    async fn ask(self) {
        loop {
            tokio::time::sleep(EVERY).await;
            let ids = {
                let mut watched = self.lock();
                watched.surgeries.retain(|_, sender| sender.receiver_count() > 0);
                watched.at_work = !watched.surgeries.is_empty();
                if !watched.at_work {
                    return;
                }
                watched.surgeries.keys().copied().collect::<Vec<_>>()
            };
            match surgeries::versions(&self.db, &ids).await {
                Ok(versions) => self.tell(&versions),
                Err(error) => tracing::warn!(%error, "the versions of surgeries could not be read"),
            }
        }
    }

    fn tell(&self, versions: &[(SurgeryId, u32)]) {
        let watched = self.lock();
        for (id, version) in versions {
            if let Some(sender) = watched.surgeries.get(id) {
                sender.send_if_modified(|known| {
                    let news = *known < *version;
                    *known = (*known).max(*version);
                    news
                });
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
