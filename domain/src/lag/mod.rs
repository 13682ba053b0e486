//! How late things are recorded, from the first extract that holds them.
//!
//! An event first seen in the extract as at `k`, and not in the one before it, as at `j`, was recorded after `j` and by
//! `k`. So nobody knows the day, but its bounds are known: at the earliest the day after `j` (or the event's own day, where
//! that is later), at the latest `k`. The first extract of all has none before it and says nothing of when its events were
//! recorded; nor does the first that holds a column.
//!
//! A date that stands for "the latest" shows one visit of those between two extracts: a visit that another overtook before
//! the next extract was never seen, and is not counted.

use crate::calendar::{WorkingDays, add_days};
use crate::change::fields::{Field, Kind, fields};
use crate::change::{Row, pairs};
use crate::names::name_key;
use crate::standards::Standards;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// When an event was recorded, as far as extracts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The day it took place.
    pub event: NaiveDate,
    /// As-at date of the last extract without it.
    pub absent: NaiveDate,
    /// As-at date of the first extract with it.
    pub seen: NaiveDate,
}

impl Bounds {
    /// The first day on which it can have been recorded.
    #[must_use]
    pub fn earliest(&self) -> NaiveDate {
        add_days(self.absent, 1).max(self.event)
    }

    /// Calendar days from the event to its recording at the least; 0 is the same day.
    #[must_use]
    pub fn at_least(&self) -> i64 {
        (self.earliest() - self.event).num_days()
    }

    /// Calendar days from the event to its recording at the most: it was recorded up to so many days later.
    #[must_use]
    pub fn at_most(&self) -> i64 {
        (self.seen - self.event).num_days()
    }

    /// Whether it was certainly recorded late: even the first day on which it can have been recorded lies after the last
    /// that is in time, `recording_working_days` working days after the event.
    #[must_use]
    pub fn is_certainly_late(&self, standards: &Standards, calendar: &WorkingDays) -> bool {
        self.earliest() > calendar.due(self.event, standards.recording_working_days)
    }
}

/// An event that an extract holds and the one before did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appeared {
    /// The column that dates it.
    pub field: &'static Field,
    /// The row's place among the child's rows of the list, in the later extract.
    pub position: usize,
    /// When it was recorded.
    pub bounds: Bounds,
}

/// The events that appeared on one child's rows of one list, from the extract as at `absent` to the next, as at `seen`.
/// Dates after `seen` are plans or slips of the pen, and no events yet. An event is known by its column and day, wherever
/// it stands among the child's rows of the list, and counted once. The last visit of a row that is new counts from the
/// row's start on: the list had no place for an earlier one.
#[must_use]
pub fn appeared(before: &[Row], after: &[Row], (absent, seen): (NaiveDate, NaiveDate)) -> Vec<Appeared> {
    let pairs = pairs(before, after, absent);
    let mut found: Vec<Appeared> = Vec::new();
    for (position, row) in after.iter().enumerate() {
        let was = pairs.iter().find(|(_, other)| *other == position).map(|(one, _)| &before[*one]);
        for field in fields(row.list()).iter().filter(|field| field.is_event()) {
            let Some(event) = row.date(field).filter(|event| *event <= seen) else { continue };
            let was_there = before.iter().any(|row| row.date(field) == Some(event));
            let is_counted = found.iter().any(|other| other.field == field && other.bounds.event == event);
            let had_a_row =
                was.is_some() || field.kind != Kind::Latest || row.start().is_some_and(|start| start <= event);
            if had_a_row && !was_there && !is_counted && is_recording(field, was, row) {
                found.push(Appeared { field, position, bounds: Bounds { event, absent, seen } });
            }
        }
    }
    found
}

/// Whether the date was written for the first time: what stood there was blank or, of the latest of several, earlier. A
/// date that replaces another was altered and not recorded.
fn is_recording(field: &Field, was: Option<&Row>, is: &Row) -> bool {
    match was.and_then(|was| was.date(field)) {
        None => true,
        Some(was) => field.kind == Kind::Latest && is.date(field) > Some(was),
    }
}

/// An event with who held the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// When it was recorded.
    pub bounds: Bounds,
    /// The team; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The worker; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
    /// Whether it was certainly recorded late.
    pub is_late: bool,
}

/// How late a group records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lag {
    /// The group; `None` is without a team or worker.
    pub name: Option<Arc<str>>,
    /// Events that appeared.
    pub events: u64,
    /// Those certainly recorded late.
    pub certainly_late: u64,
    /// Half of the events were recorded up to so many calendar days later, or fewer.
    pub median_at_most: i64,
}

/// The lag of all these events; `None` where there are none.
#[must_use]
pub fn whole<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Option<Lag> {
    by(events, |_| None).pop()
}

/// The lag of each team, in the order of the alphabet, events without one first.
#[must_use]
pub fn by_team<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Vec<Lag> {
    by(events, |event| event.team.as_ref())
}

/// The lag of each worker, in the order of the alphabet, events without one first.
#[must_use]
pub fn by_worker<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Vec<Lag> {
    by(events, |event| event.worker.as_ref())
}

fn by<'a>(
    events: impl IntoIterator<Item = &'a Recorded>,
    name: impl Fn(&'a Recorded) -> Option<&'a Arc<str>>,
) -> Vec<Lag> {
    type Group<'a> = (Option<&'a Arc<str>>, Vec<&'a Recorded>);
    let mut groups: BTreeMap<Option<String>, Group<'a>> = BTreeMap::new();
    for event in events {
        let name = name(event);
        groups.entry(name.map(|name| name_key(name))).or_insert_with(|| (name, Vec::new())).1.push(event);
    }
    groups
        .into_values()
        .map(|(name, events)| {
            let mut most: Vec<i64> = events.iter().map(|event| event.bounds.at_most()).collect();
            most.sort_unstable();
            Lag {
                name: name.cloned(),
                events: events.len() as u64,
                certainly_late: events.iter().filter(|event| event.is_late).count() as u64,
                // The lower of the two in the middle, so that it is a number of days that occurred.
                median_at_most: most[(most.len() - 1) / 2],
            }
        })
        .collect()
}
