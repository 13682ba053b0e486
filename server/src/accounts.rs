//! Local accounts: names, passwords, and the demo's personas. What changes an account that is there is in `changes`, and
//! which passwords are refused in `passwords`.
//!
//! A password is kept as an argon2id hash under [`params`]. A hash made under older parameters still verifies and is
//! replaced when its owner signs in.

mod changes;
mod passwords;

use crate::clock::Clock;
use crate::db::{Db, DbError, Tx};
use crate::demo::DemoPersona;
use crate::store::audit::{self, Entry};
use crate::store::users::{self, NewUser};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher as _, PasswordVerifier as _};
use chrono::NaiveDate;
use domain::names::collapse;
use domain::scope::Grant;
use domain::text::is_hidden;
use std::sync::LazyLock;

pub(crate) use changes::all_in_words;
pub use changes::{By, Ended, Given, Taken, Which, disable, end_sessions, give, set_password, take};
pub use passwords::{LONGEST_PASSWORD, PasswordError, SHORTEST_PASSWORD};

/// Most characters of a user name.
const LONGEST_NAME: usize = 64;

/// Why an account is not made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The name has other characters, or is too long.
    #[error(
        "a user name begins with a letter or a digit, and has letters, digits and . _ - @ only, {LONGEST_NAME} at most"
    )]
    Name,
    /// Another account has it.
    #[error("this user name is taken")]
    Taken,
    /// The password is refused.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Nobody has the name.
    #[error("there is no account '{0}'")]
    Nobody(String),
    /// It is disabled.
    #[error("the account '{0}' is disabled")]
    Disabled(String),
    /// It is one of the demo's people.
    #[error("'{0}' is one of the demo's people, who sign in by a button and have no password")]
    Persona(String),
    /// The last day of a role is before its first.
    #[error("the last day of the role, {to}, is before its first, {from}")]
    Backwards {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// The role is held already, with these dates.
    #[error("'{user}' has this role already: {role}")]
    HasIt {
        /// The account.
        user: String,
        /// The role in words.
        role: String,
    },
    /// The role is not held.
    #[error("'{user}' has no such role{roles}")]
    HasNot {
        /// The account.
        user: String,
        /// What it has, in words.
        roles: String,
    },
    /// Somebody else would have to be accountable first.
    #[error(
        "'{user}' is accountable for {actions} actions that are not done: hand them over first, or disable the account with --leave-actions and hand them over under Actions, 'Without a Head of Service in office'"
    )]
    Accountable {
        /// The account.
        user: String,
        /// Actions that are not done.
        actions: u64,
    },
    /// It could not be hashed.
    #[error("the password could not be hashed")]
    Hash,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The cost of a hash: argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
fn params() -> Params {
    const MEMORY_KIB: u32 = 19 * 1024;
    const PASSES: u32 = 2;
    const LANES: u32 = 1;
    Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT)
}

fn hasher() -> Argon2<'static> {
    Argon2::from(params())
}

/// A user name as it is stored and looked up: without white space around it and without what is not seen, in lower case.
#[must_use]
pub fn normal_name(user_name: &str) -> String {
    let seen: String = user_name.chars().filter(|c| !c.is_control() && !is_hidden(*c)).collect();
    seen.trim().to_lowercase()
}

/// Hashes a password. Takes a core for tens of milliseconds: not on a request's own thread.
///
/// # Errors
/// When there is no randomness to be had.
pub fn hash_password(password: &str) -> Result<String, AccountError> {
    let hash = hasher().hash_password(password.as_bytes()).map_err(|_| AccountError::Hash)?;
    Ok(hash.to_string())
}

/// Whether the password belongs to the hash. Without a hash it takes as long and answers no, so that the time does
/// not tell an account that exists from one that does not.
#[must_use]
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_password("a password of nobody").ok());
    let known = hash.is_some();
    let Some(hash) = hash.or(NOBODY.as_deref()) else { return false };
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    hasher().verify_password(password.as_bytes(), &hash).is_ok() && known
}

/// Whether a hash was made under other parameters than today's.
#[must_use]
pub fn is_outdated(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return true };
    let wanted = params();
    hash.algorithm.as_str() != "argon2id"
        || Params::try_from(&hash).map_or(true, |made| {
            (made.m_cost(), made.t_cost(), made.p_cost()) != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
        })
}

/// Adds an account with a password; answers its number.
///
/// # Errors
/// When the name or the password breaks a rule, the name is taken, or the database fails.
pub async fn add_user(
    db: &Db,
    clock: &Clock,
    user_name: &str,
    full_name: &str,
    password: &str,
    grants: &[Grant],
) -> Result<i64, AccountError> {
    add_user_with(db, clock, (user_name, full_name, password), grants, |_| Beside::default()).await
}

/// What is kept together with a new account.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// Where the person is written to.
    pub(crate) email: Option<String>,
    /// The audit's entry.
    pub(crate) entry: Option<Entry>,
}

/// The same with what is kept beside it, all or nothing. `beside` is given the user name as it is stored.
///
/// # Errors
/// As [`add_user`].
pub(crate) async fn add_user_with(
    db: &Db,
    clock: &Clock,
    (user_name, full_name, password): (&str, &str, &str),
    grants: &[Grant],
    beside: impl FnOnce(&str) -> Beside,
) -> Result<i64, AccountError> {
    let user_name = checked_name(user_name)?;
    let full_name = collapse(&full_name.replace(char::is_control, " "));
    let hash = new_hash(password, &user_name, &full_name).await?;
    let new = NewUser {
        user_name: &user_name,
        full_name: &full_name,
        password_hash: Some(&hash),
        persona: None,
        created_at: clock.now_ms(),
    };
    let mut tx = db.begin().await?;
    let user = add(&mut tx, &new, grants).await?;
    let Beside { email, entry } = beside(&user_name);
    if email.is_some() {
        users::set_email(&mut tx, &user_name, email.as_deref()).await?;
    }
    if let Some(entry) = entry {
        audit::append_in(&mut tx, &[entry]).await?;
    }
    tx.commit().await?;
    Ok(user)
}

/// Adds the demo's people, who sign in by a button and have no password. They can do so only where the database was
/// made by the demo. A button's value is the role's name; the second of a role has `-2` after it, and so on.
///
/// # Errors
/// When a user name breaks the rule for names or is taken, or the database fails.
pub async fn add_personas(db: &Db, clock: &Clock, people: &[DemoPersona]) -> Result<(), AccountError> {
    for (index, person) in people.iter().enumerate() {
        let before = people[..index].iter().filter(|other| other.role == person.role).count();
        let role = person.role.name();
        let key = if before == 0 { role.to_owned() } else { format!("{role}-{}", before + 1) };
        let name = checked_name(&person.user_name)?;
        let areas = std::iter::once(&person.area).chain(&person.also).cloned();
        let grants: Vec<Grant> =
            areas.map(|area| Grant { role: person.role, area, valid_from: None, valid_to: None }).collect();
        let new = NewUser {
            user_name: &name,
            full_name: person.name.trim(),
            password_hash: None,
            persona: Some(&key),
            created_at: clock.now_ms(),
        };
        let mut tx = db.begin().await?;
        add(&mut tx, &new, &grants).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn add(tx: &mut Tx, new: &NewUser<'_>, grants: &[Grant]) -> Result<i64, AccountError> {
    let user = users::add(tx, new).await?.ok_or(AccountError::Taken)?;
    for grant in grants {
        users::grant(tx, user, grant).await?;
    }
    Ok(user)
}

/// The audit names actors by user name; `-` and `command line` are its own, and no name can be either.
fn checked_name(user_name: &str) -> Result<String, AccountError> {
    let name = normal_name(user_name);
    let fits = !user_name.trim().contains(char::is_control)
        && name.chars().count() <= LONGEST_NAME
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@'));
    if fits { Ok(name) } else { Err(AccountError::Name) }
}

/// Checks a new password of the account of these names and hashes it, beside everything else.
async fn new_hash(password: &str, user_name: &str, full_name: &str) -> Result<String, AccountError> {
    let (password, user_name, full_name) = (password.to_owned(), user_name.to_owned(), full_name.to_owned());
    let work = move || {
        passwords::check(&password, &user_name, &full_name)?;
        hash_password(&password)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| AccountError::Hash)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_belongs_to_its_hash_alone() {
        let hash = hash_password("a long walk by the sea").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_password("a long walk by the sea", Some(&hash)));
        assert!(!verify_password("a long walk by the lake", Some(&hash)));
        assert!(!verify_password("a password of nobody", None));
        assert!(!verify_password("", Some("not a hash")));
    }

    #[test]
    fn a_hash_of_other_parameters_is_outdated() {
        let cheap = Argon2::from(Params::new(8, 1, 1, None).unwrap());
        let hash = cheap.hash_password(b"a long walk by the sea").unwrap().to_string();
        assert!(is_outdated(&hash) && is_outdated("not a hash"));
        assert!(verify_password("a long walk by the sea", Some(&hash)), "it still verifies");
        assert!(!is_outdated(&hash_password("a long walk by the sea").unwrap()));
    }

    #[test]
    fn a_name_cannot_be_taken_for_another_actor() {
        assert_eq!(checked_name(" Jane.Ashworth@Example.gov.uk ").unwrap(), "jane.ashworth@example.gov.uk");
        for name in ["", "-", "command line", "a\nb", ".a", "a b", &"a".repeat(65)] {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
    }
}
