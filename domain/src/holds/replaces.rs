//! `replaces`: another extract of the same as-at date is loaded already.
//!
//! Own tables or local extracts that are added to a date replace nothing.

use super::gathered::Gathered;
use super::{Changes, Hold, HoldKind, counted, day, title};
use crate::record::List;
use chrono::NaiveDate;

/// The extract of the same date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replaced {
    /// The lists that it holds.
    pub lists: Vec<List>,
    /// Its rows.
    pub rows: u64,
}

pub(super) fn hold(as_at: NaiveDate, replaced: &Replaced, now: &Gathered, changes: Changes) -> Hold {
    let rows: u64 = now.lists.values().map(|list| list.rows).sum();
    let lost: Vec<String> =
        replaced.lists.iter().filter(|list| !now.lists.contains_key(&list.number())).map(|list| title(*list)).collect();
    let lost = match &lost[..] {
        [] => String::new(),
        lost => format!(" It lacks {}, which that extract has, and they would go.", lost.join(", ")),
    };
    let message = format!(
        "An extract as at {} is loaded already, and this one would take its place: {} would be new, {} changed, {} gone and {} as before.{lost}",
        day(as_at),
        counted(changes.new, "record", "records"),
        changes.changed,
        changes.ended,
        changes.same
    );
    Hold::new(HoldKind::Replaces, message).numbers(replaced.rows, rows)
}
