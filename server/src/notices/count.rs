//! How many notices wait for whom, kept between requests: the header of every page says it, and a list page has fifteen
//! milliseconds.
//!
//! A count holds for one state of the database, of the log, of the grants and of the day, and no longer than a minute: what
//! another person does with a surgery shows then. What the viewer does shows at once ([`NoticeCounts::forget`]).

use super::waiting;
use crate::db::DbError;
use crate::state::{AppState, Visit};
use crate::store::extracts::Version;
use chrono::NaiveDate;
use domain::scope::Grant;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a count holds (milliseconds).
const HOLDS_MS: i64 = 60 * 1_000;
/// Counts kept before all are dropped and begun anew.
const MOST_KEPT: usize = 5_000;

/// The counts, by account.
#[derive(Debug, Default)]
pub struct NoticeCounts(Mutex<HashMap<i64, Counted>>);

#[derive(Debug)]
struct Counted {
    of: Basis,
    at: i64,
    count: u64,
}

/// What a count is of.
#[derive(Debug, PartialEq, Eq)]
struct Basis {
    version: Version,
    log_changed_at: i64,
    today: NaiveDate,
    grants: Vec<Grant>,
}

impl Basis {
    fn of(state: &AppState, visit: &Visit) -> Self {
        Self {
            version: visit.version,
            log_changed_at: visit.log_changed_at,
            today: state.clock.today(),
            grants: visit.viewer.grants.clone(),
        }
    }
}

impl NoticeCounts {
    /// How many wait for the viewer; `None` for who reads no child, for whom nothing ever waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, state: &AppState, visit: &Visit) -> Result<Option<u64>, DbError> {
        if !visit.viewer.scope.reads_children() {
            return Ok(None);
        }
        let (of, now) = (Basis::of(state, visit), state.clock.now_ms());
        let known = self
            .lock()
            .get(&visit.viewer.user_id)
            .and_then(|known| (known.of == of && (0..HOLDS_MS).contains(&(now - known.at))).then_some(known.count));
        if known.is_some() {
            return Ok(known);
        }
        let count = waiting(state, visit).await?.count();
        self.keep(state, visit, count);
        Ok(Some(count))
    }

    /// Keeps a count just made, so that the header says what the page shows.
    pub fn keep(&self, state: &AppState, visit: &Visit, count: u64) {
        let counted = Counted { of: Basis::of(state, visit), at: state.clock.now_ms(), count };
        let mut counts = self.lock();
        if counts.len() >= MOST_KEPT {
            counts.clear();
        }
        counts.insert(visit.viewer.user_id, counted);
    }

    /// Forgets an account's count, as it has just changed something.
    pub fn forget(&self, user: i64) {
        self.lock().remove(&user);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
