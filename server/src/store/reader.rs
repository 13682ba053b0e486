//! Who reads, and what is answered to who asks for a change.

use crate::db::DbError;
use crate::store::conditions::{Conditions, Value, places};
use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::scope::{Scope, TeamLimit};

/// A signed-in reader.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The account.
    pub user: UserId,
    /// What it may read.
    pub scope: &'a Scope,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotDone<R: std::error::Error> {
    /// There is no such thing, or it is not the actor's to know of: to be answered alike.
    #[error("there is nothing here")]
    Unknown,
    /// The rules refuse it.
    #[error(transparent)]
    Refused(R),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl<R: std::error::Error> From<sqlx::Error> for NotDone<R> {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Conditions that let through rows whose team key, in `column` of `table`, is within a limit; `None` where nothing is.
pub(crate) fn within(limit: TeamLimit<'_>, clause: impl FnOnce(&str) -> String) -> Option<Conditions> {
    let mut conditions = Conditions::new();
    match limit {
        TeamLimit::Nothing => return None,
        TeamLimit::Everything => {}
        TeamLimit::Teams(teams) if teams.is_empty() => return None,
        TeamLimit::Teams(teams) => {
            conditions.and(&clause(&places(teams.len())), teams.iter().cloned().map(Value::Text));
        }
    }
    Some(conditions)
}

/// A stored time.
pub(crate) fn moment(ms: i64) -> Result<DateTime<Utc>, DbError> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| inconsistent("a time lies outside the calendar"))
}

pub(crate) fn inconsistent(what: impl std::fmt::Display) -> DbError {
    DbError::Inconsistent(what.to_string())
}
