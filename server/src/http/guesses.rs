//! Slows down who guesses passwords, so that nobody is locked out by somebody else.
//!
//! Wrong passwords within a quarter of an hour are counted in the database, by all servers together:
//!
//! | of | from | what follows |
//! |---|---|---|
//! | one name | one address | after [`MOST_OF_BOTH`] the two together wait until the oldest is a quarter of an hour old |
//! | any name | one address | after [`MOST_OF_ADDRESS`] the address waits in the same way |
//! | one name | anywhere | after [`MOST_OF_NAME`] each try takes [`DELAY`] longer, and is judged |
//!
//! A name that no account has is counted like one that an account has.

use crate::db::{Db, DbError};
use crate::store::sign_in_tries::{self as tries, Tried, Whose};
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use std::time::Duration;

/// The window: fifteen minutes, in milliseconds.
pub const WINDOW_MS: i64 = 15 * 60 * 1_000;
/// Wrong passwords of one name from one address.
pub const MOST_OF_BOTH: i64 = 10;
/// Wrong passwords from one address. A whole council may share one, so it is many more.
pub const MOST_OF_ADDRESS: i64 = 100;
/// Wrong passwords of one name from anywhere.
pub const MOST_OF_NAME: i64 = 100;
/// How much longer a try takes then. It is no queue: the owner is not behind who guesses.
pub const DELAY: Duration = Duration::from_secs(3);

/// Too many failures: how many seconds to wait, and whether this is the first refusal of the wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Seconds until the next try is judged.
    pub seconds: u64,
    /// Whether it was not said before.
    pub first: bool,
}

/// One try, counted as failed until it is known to have succeeded: tries at the same time count too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    name: i64,
    address: String,
    /// How long to wait before it is judged.
    pub delay: Duration,
}

impl Try {
    fn whose(&self) -> Whose<'_> {
        Whose { name: self.name, address: &self.address }
    }
}

/// The number that stands for a name (20 bits of its SHA-256): people type passwords there, and these bits tell nothing.
/// Two accounts may share one; then the two share their failures from one address.
pub(crate) fn number_of(name: &str) -> i64 {
    let hash = Sha256::digest(name.as_bytes());
    (i64::from(hash[0]) << 12) | (i64::from(hash[1]) << 4) | i64::from(hash[2] >> 4)
}

/// Begins a try, unless there were too many.
///
/// # Errors
/// When the database fails.
pub async fn begin(db: &Db, name: &str, address: Option<IpAddr>, now: i64) -> Result<Result<Try, Wait>, DbError> {
    let address = address.map_or_else(String::new, |address| network(address).to_string());
    let mut this = Try { name: number_of(name), address, delay: Duration::ZERO };
    let mut tx = tries::begin(db).await?;
    tries::sweep(&mut tx, now - WINDOW_MS, now).await?;
    let of_both = tries::of_both(&mut tx, this.whose()).await?;
    if of_both.tries >= MOST_OF_BOTH {
        let first = tries::report_both(&mut tx, this.whose()).await?;
        tx.commit().await?;
        return Ok(Err(wait(of_both, now, first)));
    }
    if !this.address.is_empty() {
        let of_address = tries::of_address(&mut tx, this.whose()).await?;
        if of_address.tries >= MOST_OF_ADDRESS {
            let first = tries::report_address(&mut tx, this.whose()).await?;
            tx.commit().await?;
            return Ok(Err(wait(of_address, now, first)));
        }
    }
    if tries::of_name(&mut tx, this.whose()).await?.tries >= MOST_OF_NAME {
        this.delay = DELAY;
    }
    tries::add(&mut tx, this.whose(), now).await?;
    tx.commit().await?;
    Ok(Ok(this))
}

/// The try was the right password: what failed of this name from this address is forgotten. What failed elsewhere was
/// somebody else's, and still counts.
///
/// # Errors
/// When the database fails.
pub async fn succeeded(db: &Db, this: &Try) -> Result<(), DbError> {
    tries::forget_both(db, this.whose()).await
}

fn wait(tried: Tried, now: i64, first: bool) -> Wait {
    let ms = u64::try_from(tried.oldest + WINDOW_MS - now).unwrap_or(0);
    Wait { seconds: ms.div_ceil(1_000).max(1), first }
}

/// An IPv6 customer holds a /64 at least: its addresses count as one.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_as_one_of_a_million_numbers() {
        for name in ["jane", "a.b@example", "a password in the wrong field", ""] {
            assert!((0..1 << 20).contains(&number_of(name)), "{name}");
            assert_eq!(number_of(name), number_of(name));
        }
        assert_ne!(number_of("jane"), number_of("john"));
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one() {
        let one = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(one("2001:db8::1"), one("2001:db8::ffff"));
        assert_ne!(one("2001:db8::1"), one("2001:db8:0:1::1"));
        assert_eq!(one("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
