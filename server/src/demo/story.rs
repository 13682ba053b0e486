//! The story: how the service's rates change from the first week to the last.
//!
//! A council has been judged inadequate. For a year it stays as it is. Then it begins to look at live data, first at
//! assessments and visits on protection plans, then at who holds which case. The backlog of late assessments melts, visits
//! come on time, children get a worker; visits to children in need follow more slowly, two teams lag behind. Initial
//! conferences come later as there are more of them than chairs, and fewer children in care see a dentist; most else stays as
//! it was. Nothing changes on one day, so that no figure leaps where monthly extracts end and weekly ones begin. Every rate
//! here is calibrated on what the written extracts then show.

use super::calendar::Day;

/// A kind of visit, each with its own rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VisitKind {
    /// To a child with a child in need plan: every 20 working days.
    Need,
    /// To a child on a protection plan: every 10 working days.
    Protection,
    /// To a child in care: every six weeks.
    Care,
}

impl VisitKind {
    /// Calendar days within which the next visit is surely on time.
    pub(super) fn days(self) -> Day {
        match self {
            Self::Need => 26,
            Self::Protection => 12,
            Self::Care => 40,
        }
    }

    /// Calendar days late after which somebody goes, whatever else there is to do.
    pub(super) fn longest_delay(self) -> Day {
        match self {
            Self::Need => 70,
            Self::Protection => 32,
            Self::Care => 45,
        }
    }
}

/// The rates over time.
pub(super) struct Story {
    first: Day,
    last: Day,
}

/// A short run shows the beginning of the story, not the whole of it in haste.
const SHORTEST: Day = 26 * 7;
/// A long run shows first how things were.
const LONGEST: Day = 60 * 7;

impl Story {
    /// The story between the first extract's date and the last one's.
    pub(super) fn new(first: Day, last: Day) -> Self {
        let first = first.max(last - LONGEST);
        Self { first, last: last.max(first + SHORTEST) }
    }

    /// How far the story has come on a day: 0 before it begins, 1 when it has been told.
    pub(super) fn progress(&self, day: Day) -> f64 {
        (f64::from(day - self.first) / f64::from(self.last - self.first)).clamp(0.0, 1.0)
    }

    fn moving(&self, day: Day, from: f64, to: f64) -> f64 {
        from + (to - from) * self.progress(day)
    }

    fn fading(&self, day: Day, from: f64, to: f64, power: f64) -> f64 {
        to + (from - to) * (1.0 - self.progress(day)).powf(power)
    }

    /// The share of assessments begun on a day that will pass their 45 working days.
    pub(super) fn late_assessments(&self, day: Day) -> f64 {
        self.fading(day, 0.32, 0.08, 1.2)
    }

    /// The chance that a late assessment is authorised in a given week.
    pub(super) fn backlog_cleared_in_week(&self, day: Day) -> f64 {
        1.0 / self.fading(day, 11.5, 1.7, 1.8)
    }

    /// Calendar days beyond its limit after which an assessment is authorised at the latest.
    pub(super) fn longest_backlog(&self, day: Day) -> Day {
        self.moving(day, 120.0, 28.0) as Day
    }

    /// The chance that the next visit is planned in time.
    pub(super) fn visit_on_time(&self, kind: VisitKind, lagging: bool, day: Day) -> f64 {
        // Protection comes first: its visits are where they should be before the year is out.
        let sooner = (1.3 * self.progress(day)).min(1.0);
        let (on_time, lag) = match kind {
            VisitKind::Protection => (0.885 + 0.114 * sooner, 0.23 - 0.09 * sooner),
            VisitKind::Need => (self.moving(day, 0.68, 0.92), 0.36),
            VisitKind::Care => (self.moving(day, 0.84, 0.97), 0.03),
        };
        on_time - if lagging { lag } else { 0.0 }
    }

    /// How many days late the late visit is, on average.
    pub(super) fn visit_delay(&self, kind: VisitKind, lagging: bool, day: Day) -> f64 {
        let delay = match kind {
            VisitKind::Protection => self.moving(day, 22.0, 8.0),
            VisitKind::Need => self.moving(day, 38.0, 20.0),
            VisitKind::Care => self.moving(day, 24.0, 14.0),
        };
        if lagging { 1.3 * delay } else { delay }
    }

    /// The share of initial conferences held in time.
    pub(super) fn conference_on_time(&self, day: Day) -> f64 {
        self.moving(day, 0.84, 0.60)
    }

    /// The share of dental checks that come late.
    pub(super) fn late_dental_checks(&self, day: Day) -> f64 {
        self.moving(day, 0.28, 0.80)
    }

    /// The chance that a case waits for a worker when it comes to a team or its worker goes.
    pub(super) fn unallocated(&self, day: Day) -> f64 {
        self.fading(day, 0.26, 0.04, 1.4)
    }

    /// The chance that a waiting case gets its worker in a given week.
    pub(super) fn allocated_in_week(&self, day: Day) -> f64 {
        1.0 / self.fading(day, 6.0, 1.9, 1.2)
    }

    /// Weeks after which every waiting case has its worker.
    pub(super) fn longest_wait(&self, day: Day) -> u32 {
        self.moving(day, 9.0, 4.0).round() as u32
    }

    /// The chance that a team's manager holds the case at first.
    pub(super) fn held_by_manager(&self, day: Day) -> f64 {
        self.fading(day, 0.14, 0.035, 1.3)
    }

    /// The chance that a plan of eighteen months and more comes to its end in a given week, by being looked at.
    pub(super) fn drift_ended_in_week(&self, day: Day) -> f64 {
        0.04 * self.progress(day)
    }

    /// The share of visits written up weeks later, of a worker or team given to it.
    pub(super) fn written_up_late(&self, day: Day) -> f64 {
        self.moving(day, 0.45, 0.08)
    }
}
