//! Visits, contacts and referrals by their dates: how fresh an extract is.

use crate::calendar::WorkingDays;
use crate::record::{List, Record};
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// Working days that count as recent.
const RECENT: u32 = 10;

/// The lists whose rows carry an event: contacts, referrals, and the last visits of lists 6 to 8.
pub(super) const SOURCES: [List; 5] =
    [List::Contacts, List::Referrals, List::ChildrenInNeed, List::ProtectionPlans, List::ChildrenInCare];

/// What was recent in one list of an extract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentEvents {
    /// Events in the last ten working days up to the extract's date.
    pub recent: u64,
    /// The newest up to that date.
    pub newest: Option<NaiveDate>,
}

/// The event of a row.
pub(super) fn event_of(record: &Record) -> Option<NaiveDate> {
    match record {
        Record::Contact(row) => row.contact_date,
        Record::Referral(row) => row.referral_date,
        Record::Need(row) => row.last_seen_date,
        Record::ProtectionPlan(row) => row.last_visit_date,
        Record::CarePeriod(row) => row.last_visit_date,
        _ => None,
    }
}

/// What the events of a list are called.
pub(super) const fn called(list: List) -> (&'static str, &'static str) {
    match list {
        List::Contacts => ("contact", "contacts"),
        List::Referrals => ("referral", "referrals"),
        _ => ("visit", "visits"),
    }
}

/// A working day on which people are expected to record: 24 December to 2 January are left out.
fn counts(calendar: &WorkingDays, day: NaiveDate) -> bool {
    let christmas = matches!((day.month(), day.day()), (12, 24..=31) | (1, 1 | 2));
    !christmas && calendar.is_working_day(day)
}

/// The first of the last ten working days up to `as_at`, which is one of them where it is a working day.
pub(super) fn recent_from(calendar: &WorkingDays, as_at: NaiveDate) -> NaiveDate {
    let days = as_at.iter_days().rev().filter(|day| counts(calendar, *day));
    days.take(RECENT as usize).last().unwrap_or(as_at)
}

/// The `n`th working day after `as_at`.
pub(super) fn after(calendar: &WorkingDays, as_at: NaiveDate, n: usize) -> NaiveDate {
    as_at.iter_days().skip(1).filter(|day| counts(calendar, *day)).take(n).last().unwrap_or(as_at)
}

/// Counts the recent among the events of a list.
pub(super) fn recent(calendar: &WorkingDays, as_at: NaiveDate, events: &[NaiveDate]) -> RecentEvents {
    let from = recent_from(calendar, as_at);
    let known = || events.iter().copied().filter(|date| *date <= as_at);
    RecentEvents { recent: known().filter(|date| *date >= from).count() as u64, newest: known().max() }
}
