//! Slows down who guesses addresses of calendars: a sliding window of failures by token and by address. Whoever guesses
//! passwords is counted in the database ([`super::guesses`]); a token of 256 bits is not to be guessed.

use super::guesses::{Wait, network};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The window: fifteen minutes, in milliseconds.
const WINDOW_MS: i64 = 15 * 60 * 1_000;
/// Failures of one token within the window after which it has to wait.
const MOST_OF_TOKEN: usize = 10;
/// Failures from one address within the window. A whole council may share one address, so it is many more.
const MOST_OF_ADDRESS: usize = 100;
/// Keys kept before those without a recent failure are swept out.
const SWEEP_AT: usize = 10_000;

/// Who tries: the token, the address, or both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// SHA-256 of the token.
    Token(String),
    Address(IpAddr),
}

#[derive(Debug, Default)]
struct Failures {
    at: VecDeque<i64>,
    refused: bool,
}

/// Counts calendars asked for in vain. In memory: a restart forgets.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: Mutex<HashMap<Key, Failures>>,
}

/// One try, counted as failed until it is known to have succeeded: tries at the same time count too.
#[derive(Debug)]
pub(crate) struct Try {
    token: Key,
    address: Option<Key>,
}

impl Throttle {
    /// Begins a try, unless there were too many.
    pub(crate) fn begin(&self, token_hash: String, address: Option<IpAddr>, now_ms: i64) -> Result<Try, Wait> {
        let token = Key::Token(token_hash);
        let address = address.map(|address| Key::Address(network(address)));
        let mut failures = self.lock();
        if failures.len() >= SWEEP_AT {
            failures.retain(|_, known| known.at.back().is_some_and(|at| *at >= now_ms - WINDOW_MS));
        }
        check(&mut failures, &token, MOST_OF_TOKEN, now_ms)?;
        if let Some(address) = &address {
            check(&mut failures, address, MOST_OF_ADDRESS, now_ms)?;
        }
        for key in [Some(&token), address.as_ref()].into_iter().flatten() {
            failures.entry(key.clone()).or_default().at.push_back(now_ms);
        }
        Ok(Try { token, address })
    }

    /// The calendar is there: the token's failures are forgotten, and this try of the address.
    pub(crate) fn succeeded(&self, done: &Try) {
        let mut failures = self.lock();
        failures.remove(&done.token);
        if let Some(known) = done.address.as_ref().and_then(|address| failures.get_mut(address)) {
            known.at.pop_back();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Failures>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(failures: &mut HashMap<Key, Failures>, key: &Key, most: usize, now_ms: i64) -> Result<(), Wait> {
    let Some(known) = failures.get_mut(key) else { return Ok(()) };
    // Kept before the clock was set back: they count from now.
    known.at.iter_mut().for_each(|at| *at = now_ms.min(*at));
    while known.at.front().is_some_and(|at| *at < now_ms - WINDOW_MS) {
        known.at.pop_front();
    }
    if known.at.len() < most {
        known.refused = false;
        return Ok(());
    }
    let first = !known.refused;
    known.refused = true;
    let oldest = known.at.front().copied().unwrap_or(now_ms);
    let seconds = u64::try_from(oldest + WINDOW_MS - now_ms).unwrap_or(0).div_ceil(1_000).max(1);
    Err(Wait { seconds, first })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn the_eleventh_failure_of_a_token_waits_from_anywhere() {
        let throttle = Throttle::default();
        for n in 0..MOST_OF_TOKEN {
            throttle.begin("a".into(), address(&format!("10.0.0.{n}")), 0).unwrap();
        }
        let wait = throttle.begin("a".into(), address("10.1.0.1"), 60_000).unwrap_err();
        assert_eq!(wait, Wait { seconds: 14 * 60, first: true });
        assert!(!throttle.begin("a".into(), None, 60_000).unwrap_err().first);
        throttle.begin("b".into(), address("10.0.0.1"), 60_000).unwrap();
        throttle.begin("a".into(), None, WINDOW_MS + 1).unwrap();
    }

    #[test]
    fn a_clock_set_back_makes_no_wait_longer() {
        let throttle = Throttle::default();
        for _ in 0..MOST_OF_TOKEN {
            throttle.begin("a".into(), None, WINDOW_MS * 4).unwrap();
        }
        assert_eq!(throttle.begin("a".into(), None, 0).unwrap_err().seconds, 15 * 60);
        throttle.begin("a".into(), None, WINDOW_MS + 1).unwrap();
    }

    #[test]
    fn an_address_that_tries_many_tokens_waits() {
        let throttle = Throttle::default();
        for n in 0..MOST_OF_ADDRESS {
            throttle.begin(n.to_string(), address(&format!("2001:db8::{n:x}")), 0).unwrap();
        }
        throttle.begin("more".into(), address("2001:db8::ffff"), 0).unwrap_err();
        throttle.begin("more".into(), address("2001:db8:0:1::1"), 0).unwrap();
    }

    #[test]
    fn the_right_token_forgets() {
        let throttle = Throttle::default();
        for n in 0..MOST_OF_ADDRESS * 2 {
            let right = throttle.begin("a".into(), address("10.0.0.1"), n as i64).unwrap();
            throttle.succeeded(&right);
        }
    }
}
