//! The reading guard: one account that opens very many children in a short time is stopped and reported.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, VecDeque};
use std::hash::{Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Different children within [`WINDOW_MS`] at which an account is stopped. A long surgery opens some dozens.
pub const MOST_CHILDREN: usize = 500;
/// Ten minutes, in milliseconds.
pub const WINDOW_MS: i64 = 10 * 60 * 1_000;

/// Counts the different children that each account opens. In memory: a restart forgets.
#[derive(Debug, Default)]
pub struct ReadingGuard {
    readers: Mutex<HashMap<i64, Reader>>,
}

/// What one account opened within the window, oldest first. Children stand as hashes.
#[derive(Debug, Default)]
struct Reader {
    opened: VecDeque<(i64, u64)>,
    reported: bool,
}

impl Reader {
    /// Forgets what is older than the window. What lies ahead was opened before the clock was set back: it counts from now.
    fn forget(&mut self, now_ms: i64) {
        let oldest = now_ms - WINDOW_MS;
        self.opened.iter_mut().for_each(|(at, _)| *at = now_ms.min(*at));
        while self.opened.front().is_some_and(|(at, _)| *at < oldest) {
            self.opened.pop_front();
        }
        if self.opened.len() < MOST_CHILDREN {
            self.reported = false;
        }
    }

    fn is_stopped(&self) -> bool {
        self.opened.len() >= MOST_CHILDREN
    }
}

impl ReadingGuard {
    /// A guard that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that an account asks for a child, and answers whether it may go on. Called before the child is read;
    /// on `false` nothing may be read, and the request's answer becomes 429.
    pub fn note(&self, user_id: i64, child_reference: &str, now_ms: i64) -> bool {
        let mut hasher = DefaultHasher::new();
        child_reference.hash(&mut hasher);
        let child = hasher.finish();
        let mut readers = self.lock();
        let reader = readers.entry(user_id).or_default();
        reader.forget(now_ms);
        if !reader.is_stopped() && !reader.opened.iter().any(|(_, known)| *known == child) {
            reader.opened.push_back((now_ms, child));
        }
        !reader.is_stopped()
    }

    /// Whether an account is stopped, and for how many seconds more.
    #[must_use]
    pub fn stopped(&self, user_id: i64, now_ms: i64) -> Option<u64> {
        let mut readers = self.lock();
        let reader = readers.get_mut(&user_id)?;
        reader.forget(now_ms);
        if reader.opened.is_empty() {
            readers.remove(&user_id);
            return None;
        }
        let (oldest, _) = reader.opened.front().filter(|_| reader.is_stopped())?;
        Some(u64::try_from(oldest + WINDOW_MS - now_ms).unwrap_or(0).div_ceil(1_000).max(1))
    }

    /// Whether an account's stop is still to be reported; answers yes once a stop.
    pub fn take_report(&self, user_id: i64) -> bool {
        let mut readers = self.lock();
        readers.get_mut(&user_id).is_some_and(|reader| {
            let due = reader.is_stopped() && !reader.reported;
            reader.reported |= due;
            due
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Reader>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_hundredth_child_in_ten_minutes_stops_an_account() {
        let guard = ReadingGuard::new();
        for child in 1..MOST_CHILDREN {
            assert!(guard.note(1, &child.to_string(), 0), "{child}");
        }
        assert!(guard.note(1, "1", 0), "a child seen again is not another one");
        assert_eq!(guard.stopped(1, 0), None);
        assert!(!guard.note(1, "the last", 1_000));
        assert!(!guard.note(1, "1", 1_000), "nothing more, not even what was seen");
        assert_eq!(guard.stopped(1, 1_000), Some(599));
        assert!(guard.take_report(1) && !guard.take_report(1));
        assert!(guard.note(2, "1", 1_000), "another account goes on");
    }

    #[test]
    fn the_stop_ends_with_the_window() {
        let guard = ReadingGuard::new();
        for child in 0..MOST_CHILDREN {
            guard.note(1, &child.to_string(), 0);
        }
        assert_eq!(guard.stopped(1, WINDOW_MS), Some(1));
        assert_eq!(guard.stopped(1, WINDOW_MS + 1), None);
        assert!(guard.note(1, "0", WINDOW_MS + 1));
    }

    /// Case 42.
    #[test]
    fn a_clock_set_back_makes_no_stop_longer() {
        let guard = ReadingGuard::new();
        for child in 0..MOST_CHILDREN {
            guard.note(1, &child.to_string(), WINDOW_MS * 10);
        }
        assert_eq!(guard.stopped(1, 0), Some(600));
        assert_eq!(guard.stopped(1, WINDOW_MS + 1), None);
    }

    #[test]
    fn a_steady_reader_is_not_stopped() {
        let guard = ReadingGuard::new();
        for child in 0..2_000 {
            assert!(guard.note(1, &child.to_string(), child * 1_300), "{child}");
        }
    }
}
