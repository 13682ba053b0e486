//! What was altered in retrospect: what an extract had said of a time that was already over, and a later one says
//! otherwise.
//!
//! An earlier extract held a value, first seen as at a day `F`; the next extract no longer holds it.
//!
//! | what | altered | not altered |
//! |---|---|---|
//! | a start, an end, a date written once, a birth | it lay on or before `F`, and is another date now, or blank | it lay after `F`: a plan that moved |
//! | the latest of several (visit, review, check) | it lay on or before `F`, and is an earlier date now, or blank | a later date now: the next one took place |
//! | a coded value that belongs to a date | its date lay on or before `F` and is still the same, and the value is another, or blank | its date moved too, or it is a value of how things are now |
//! | anything that was blank | never | filled in: new, or recorded late (see [`crate::lag`]) |
//! | a whole row of Lists 1 to 8 | it is gone, although it was open or the six months of its list still reach its last date | its six months are over; Lists 9 and 10, which a young person leaves |
//!
//! Source of the six months: Ofsted, Annex A guidance, which asks for what was open or took place in the six months
//! before the inspection. The day exactly six months before is left out, as councils count it either way.

use super::fields::{Field, Kind, fields, named};
use super::row::{Row, pairs};
use crate::calendar::minus_months;
use crate::record::List;
use chrono::NaiveDate;

/// Months that Lists 1 to 8 reach back.
const REACH_MONTHS: u32 = 6;

/// What was altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The value of a column.
    Value(&'static Field),
    /// The whole row is gone.
    Row,
}

/// One alteration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// What.
    pub what: What,
    /// The list.
    pub list: List,
    /// The row's place among the child's rows of the list, in the earlier extract.
    pub before: usize,
    /// Its place in the later extract; `None` where it is gone.
    pub after: Option<usize>,
    /// What stood there: a date or a code; of a row that is gone its start, where it had one.
    pub was: Option<String>,
    /// What stands there now; `None` is blank.
    pub now: Option<String>,
}

/// Two neighbouring extracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// As-at date of the earlier.
    pub from: NaiveDate,
    /// As-at date of the later.
    pub to: NaiveDate,
}

/// What was altered of one child's rows of one list between two extracts. `first_seen` gives the as-at date on which the
/// value of a column was first seen on the row in a place of the earlier extract.
pub fn alterations(
    before: &[Row],
    after: &[Row],
    span: Span,
    mut first_seen: impl FnMut(usize, &Field) -> NaiveDate,
) -> Vec<Alteration> {
    let pairs = pairs(before, after, span.from);
    let mut found = Vec::new();
    for (place, row) in before.iter().enumerate() {
        let list = row.list();
        match pairs.iter().find(|(one, _)| *one == place) {
            Some((_, other)) => {
                let changed = fields(list).iter().filter(|field| row.value(field) != after[*other].value(field));
                for field in changed {
                    let seen = first_seen(place, field);
                    if is_altered(field, row, &after[*other], seen) {
                        found.push(Alteration {
                            what: What::Value(field),
                            list,
                            before: place,
                            after: Some(*other),
                            was: row.value(field).map(str::to_owned),
                            now: after[*other].value(field).map(str::to_owned),
                        });
                    }
                }
            }
            None if is_missed(row, span.to) => found.push(Alteration {
                what: What::Row,
                list,
                before: place,
                after: None,
                was: row.start().map(|start| start.to_string()),
                now: None,
            }),
            None => {}
        }
    }
    found
}

/// Whether the value of a column was altered in retrospect. `seen` is the as-at date on which it was first seen.
#[must_use]
pub fn is_altered(field: &Field, before: &Row, after: &Row, seen: NaiveDate) -> bool {
    let (was, now) = (before.value(field), after.value(field));
    if was.is_none() || was == now {
        return false;
    }
    let was_past = |date: Option<NaiveDate>| date.is_some_and(|date| date <= seen);
    match field.kind {
        Kind::Birth | Kind::Start | Kind::End | Kind::Once => was_past(before.date(field)),
        Kind::Latest => was_past(before.date(field)) && after.date(field) < before.date(field),
        Kind::Settled(of) => {
            named(before.list(), of).is_some_and(|of| was_past(before.date(of)) && before.date(of) == after.date(of))
        }
    }
}

/// Whether a row that an extract as at a day does not hold any more should still be there.
#[must_use]
pub fn is_missed(row: &Row, as_at: NaiveDate) -> bool {
    let list = row.list();
    if list.number() > List::ChildrenInCare.number() {
        return false;
    }
    let last = match list {
        List::Assessments | List::ChildrenInNeed | List::ProtectionPlans | List::ChildrenInCare => match row.end() {
            Some(end) => Some(end),
            // Open: it stays until it ends, and six months longer.
            None => return true,
        },
        _ => row.start().max(row.end()),
    };
    last.is_some_and(|last| last > minus_months(as_at, REACH_MONTHS))
}
