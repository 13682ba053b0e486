//! Checks over readable rows: dates that cannot be right, spells that cannot be. They report; the record
//! keeps what was supplied.

use super::report::Report;
use super::slots::{Slot, slots};
use crate::problems::ProblemKind;
use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use domain::codes::{CLOSED_EPISODE, is};
use domain::journey::is_open;
use domain::record::{BadDate, BadDateReason, Record};
use std::collections::HashMap;
use std::sync::Arc;

/// No birth is expected later than this many days ahead.
const LONGEST_EXPECTED_BIRTH: i64 = 310;

/// A date before this year is a slip of the pen.
pub(super) const EARLIEST_YEAR: i32 = 1900;

/// What the checks remember of the rows before.
pub(super) struct Checks {
    as_at: NaiveDate,
    /// The first open row of each child.
    open: HashMap<Arc<str>, u32>,
}

impl Checks {
    pub(super) fn new(as_at: NaiveDate) -> Self {
        Self { as_at, open: HashMap::new() }
    }

    /// Checks one record of child `id`, and says whether its spell is open at the as-at date. `shown` gives the cell of a
    /// column as typed.
    pub(super) fn check(
        &mut self,
        record: &mut Record,
        id: &Arc<str>,
        row: u32,
        report: &mut Report<'_>,
        shown: impl Fn(&str) -> Option<String>,
    ) -> bool {
        let bad = record.blank_bad_dates(self.as_at);
        let is_open = self.check_spell(record, id, row, report, &shown);
        for date in &bad {
            let (kind, message) = match date.reason {
                BadDateReason::AfterAsAt => (
                    ProblemKind::AfterAsAt,
                    "after the as-at date, read as blank: correct the date, or load with a later as-at date",
                ),
                BadDateReason::AfterItsEnd => {
                    (ProblemKind::StartAfterEnd, "start after its end, read as blank: correct the start or the end")
                }
            };
            let value = shown(date.column).unwrap_or_else(|| date.value.format("%d/%m/%Y").to_string());
            report.warn_on(kind, date.column, Some(value), message);
            restore(record, date);
        }
        if let Some(birth) = record.date_of_birth() {
            self.check_birth(record, birth, report, &shown);
        }
        is_open
    }

    /// Births that cannot be of someone on the list, and starts before them.
    fn check_birth(
        &self,
        record: &Record,
        birth: NaiveDate,
        report: &mut Report<'_>,
        shown: &impl Fn(&str) -> Option<String>,
    ) {
        let warn_of_birth = |report: &mut Report<'_>, kind, message| {
            report.warn_on(kind, "Date of Birth", shown("Date of Birth"), message);
        };
        if TimeDelta::try_days(LONGEST_EXPECTED_BIRTH).is_some_and(|days| birth - self.as_at > days) {
            // A year that cannot be is told already, where the cell was read.
            if birth.year() <= self.as_at.year() + 2 {
                warn_of_birth(report, ProblemKind::BirthTooLate, "later than any expected birth: correct the date");
            }
            return;
        }
        let is_leaver = matches!(record, Record::CareLeaver(_));
        // Care leavers are supported until they have completed 25 years.
        let oldest = birth.checked_add_months(Months::new(12 * if is_leaver { 26 } else { 25 }));
        if birth.year() >= EARLIEST_YEAR
            && oldest.is_some_and(|day| if is_leaver { day <= self.as_at } else { day < self.as_at })
        {
            let message = "nobody so old is on this list: correct the date of birth";
            warn_of_birth(report, ProblemKind::TooOldForAChild, message);
            return;
        }
        let Some(conceived) = birth.checked_sub_months(Months::new(9)) else { return };
        for (column, start) in starts(record) {
            // Again, a year that cannot be is told already.
            if start.is_some_and(|start| start < conceived && start.year() >= EARLIEST_YEAR) {
                let message = "more than nine months before the child's birth: correct this date or the date of birth";
                report.warn_on(ProblemKind::StartBeforeBirth, column, shown(column), message);
            }
        }
    }

    fn check_spell(
        &mut self,
        record: &Record,
        id: &Arc<str>,
        row: u32,
        report: &mut Report<'_>,
        shown: &impl Fn(&str) -> Option<String>,
    ) -> bool {
        let (start, end, end_column) = match record {
            Record::Need(need) => {
                if is(need.case_status.as_ref(), CLOSED_EPISODE) && need.cin_closure_date.is_none() {
                    report.warn_on(ProblemKind::ClosedWithoutDate, "Case status", shown("Case status"), "closed without a CIN Closure Date, so it counts as open: enter the closure date or correct the status");
                }
                (need.cin_start_date, need.cin_closure_date, "CIN Closure Date")
            }
            Record::ProtectionPlan(plan) => {
                (plan.cp_plan_start_date, plan.cp_plan_end_date, "Child Protection Plan End Date")
            }
            Record::CarePeriod(period) => (period.started_date, period.ceased_date, "Date Ceased to be Looked After"),
            _ => return false,
        };
        if !is_open(start, end, self.as_at) {
            return false;
        }
        match self.open.get(id) {
            None => {
                self.open.insert(Arc::clone(id), row);
            }
            Some(first) => {
                report.warn_on(ProblemKind::SecondOpenRow, end_column, shown(end_column), &format!("a second open row for this child (the first is row {first}), both are counted: end the one that is over"));
            }
        }
        true
    }
}

/// The dates on which something began for the child of a record, by their columns.
fn starts(record: &Record) -> Vec<(&'static str, Option<NaiveDate>)> {
    match record {
        Record::Contact(record) => vec![("Date of Contact", record.contact_date)],
        Record::EarlyHelp(record) => vec![("Assessment start date", record.episode_start_date)],
        Record::Referral(record) => vec![("Date of referral", record.referral_date)],
        Record::Assessment(record) => vec![("Continuous Assessment Start Date", record.assessment_start_date)],
        Record::Section47(record) => {
            vec![("Strategy discussion initiating Section 47 Enquiry Start Date", record.strategy_discussion_date)]
        }
        Record::Need(record) => vec![("CIN Start Date", record.cin_start_date)],
        Record::ProtectionPlan(record) => vec![("Child Protection Plan Start Date", record.cp_plan_start_date)],
        Record::CarePeriod(record) => vec![
            ("Date Started to be Looked After", record.started_date),
            ("Start date of current legal status", record.legal_status_start_date),
            ("Start Date of Most Recent Placement", record.placement_start_date),
        ],
        Record::Adoption(record) => vec![("Date the Child Entered Care", record.entered_care_date)],
        Record::CareLeaver(_) | Record::Adopter(_) => Vec::new(),
    }
}

/// Puts a date that was taken out for the check back in: the record keeps what was supplied.
fn restore(record: &mut Record, date: &BadDate) {
    let slot = slots(record.list()).iter().find(|(header, _)| *header == date.column).map(|(_, slot)| *slot);
    if let Some(Slot::Date(field)) = slot
        && let Some(field) = field(record)
    {
        *field = Some(date.value);
    }
}
