//! Uploads by turns: an account sends one at a time, so that one person cannot fill the server's memory or its disk.

use super::plain;
use axum::body::Body;
use axum::http::Response;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// How soon to try again (seconds).
const RETRY_AFTER: u64 = 30;

/// The accounts that are sending at this moment.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashSet<i64>>);

/// The turn of one account; it ends with this.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    user: i64,
}

impl Turns {
    /// The account's turn; `None` while it sends something else.
    pub(crate) fn begin(&self, user: i64) -> Option<Turn<'_>> {
        let is_new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(user);
        // Made only where it was begun: one that is dropped ends the turn.
        is_new.then(|| Turn { turns: self, user })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.user);
    }
}

/// 429: another upload of the account is under way.
pub(crate) fn refused() -> Response<Body> {
    plain::wait(
        RETRY_AFTER,
        "Another file is being sent from your account at this moment. Nothing was kept of this one: wait until the other has arrived, and send it again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_sends_one_file_at_a_time() {
        let turns = Turns::default();
        let first = turns.begin(1);
        assert!(first.is_some() && turns.begin(1).is_none());
        assert!(turns.begin(1).is_none(), "a refusal ends nobody's turn");
        assert!(turns.begin(2).is_some(), "another account");
        drop(first);
        assert!(turns.begin(1).is_some());
    }
}
