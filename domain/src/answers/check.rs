//! Whether an answer can be true.

use super::Said;
use crate::names::collapse;
use chrono::NaiveDate;

/// Most letters of a reason.
pub const LONGEST_REASON: usize = 300;

/// An answer that cannot be, and what would.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Done on a day to come.
    #[error("{on} is still to come. Say that it is booked for that day, or give the day on which it was done", on = day(*on))]
    NotYet {
        /// The day given.
        on: NaiveDate,
    },
    /// Done before what is on record already.
    #[error(
        "the last one on record was on {last}, after {on}. Give the day of a later one, or say that the record is wrong",
        last = day(*last), on = day(*on)
    )]
    BeforeTheLast {
        /// The day given.
        on: NaiveDate,
        /// The last on record.
        last: NaiveDate,
    },
    /// Done on a day that is on record.
    #[error("the one on {on} is on record already, and the next was due since. Give the day of a later one", on = day(*on))]
    OnRecord {
        /// The day given.
        on: NaiveDate,
    },
    /// Booked for a day that is over.
    #[error("{on} is over. Say that it was done on that day, or give the day for which it is booked now", on = day(*on))]
    Over {
        /// The day given.
        on: NaiveDate,
    },
    /// No reason.
    #[error("the reason is missing: say in a sentence why")]
    NoReason,
    /// A reason that is too long.
    #[error("the reason is longer than 300 letters: make it shorter")]
    LongReason,
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// An answer as it is kept, with its reason on one line. `today` is the day it is given on, `last` the latest act on the
/// unit's record: a visit cannot come before the last visit, and one on the very day is on record. Today's visit was done,
/// and a visit booked for today is still to come.
///
/// # Errors
/// When the answer cannot be true, or gives no reason where it needs one.
pub fn check(said: &Said, today: NaiveDate, last: Option<NaiveDate>) -> Result<Said, BadAnswer> {
    match (said, last) {
        (Said::Done { on }, _) if *on > today => Err(BadAnswer::NotYet { on: *on }),
        (Said::Done { on }, Some(last)) if *on < last => Err(BadAnswer::BeforeTheLast { on: *on, last }),
        (Said::Done { on }, Some(last)) if *on == last => Err(BadAnswer::OnRecord { on: *on }),
        (Said::Booked { on }, _) if *on < today => Err(BadAnswer::Over { on: *on }),
        (Said::Done { .. } | Said::Booked { .. }, _) => Ok(said.clone()),
        (Said::NotDone { reason }, _) => Ok(Said::NotDone { reason: one_line(reason)? }),
        (Said::RecordWrong { reason }, _) => Ok(Said::RecordWrong { reason: one_line(reason)? }),
        (Said::NotOurs { reason }, _) => Ok(Said::NotOurs { reason: one_line(reason)? }),
    }
}

fn one_line(reason: &str) -> Result<String, BadAnswer> {
    let reason = collapse(&reason.replace(char::is_control, " "));
    match reason.chars().count() {
        0 => Err(BadAnswer::NoReason),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err(BadAnswer::LongReason),
    }
}
