//! Checks over readable rows: dates that cannot be right, spells that cannot be. They report; the record
//! keeps what was supplied.

use super::report::Report;
use super::slots::{Slot, slots};
use chrono::{NaiveDate, TimeDelta};
use domain::codes::{CLOSED_EPISODE, is};
use domain::journey::is_open;
use domain::record::{BadDate, BadDateReason, Record};
use std::collections::HashMap;
use std::sync::Arc;

/// No birth is expected later than this many days ahead.
const LONGEST_EXPECTED_BIRTH: i64 = 310;

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

    /// Checks one record of child `id`. `shown` gives the cell of a column as typed.
    pub(super) fn check(
        &mut self,
        record: &mut Record,
        id: &Arc<str>,
        row: u32,
        report: &mut Report<'_>,
        shown: impl Fn(&str) -> Option<String>,
    ) {
        let bad = record.blank_bad_dates(self.as_at);
        self.check_spell(record, id, row, report, &shown);
        for date in &bad {
            let message = match date.reason {
                BadDateReason::AfterAsAt => {
                    "after the as-at date, read as blank: correct the date, or load with a later as-at date"
                }
                BadDateReason::AfterItsEnd => "start after its end, read as blank: correct the start or the end",
            };
            let value = shown(date.column).unwrap_or_else(|| date.value.format("%d/%m/%Y").to_string());
            report.warn_on(date.column, Some(value), message);
            restore(record, date);
        }
        if let Some(birth) = person_birth(record)
            && TimeDelta::try_days(LONGEST_EXPECTED_BIRTH).is_some_and(|days| birth - self.as_at > days)
        {
            report.warn_on("Date of Birth", shown("Date of Birth"), "later than any expected birth: correct the date");
        }
    }

    fn check_spell(
        &mut self,
        record: &Record,
        id: &Arc<str>,
        row: u32,
        report: &mut Report<'_>,
        shown: &impl Fn(&str) -> Option<String>,
    ) {
        let (start, end, end_column) = match record {
            Record::Need(need) => {
                if is(need.case_status.as_ref(), CLOSED_EPISODE) && need.cin_closure_date.is_none() {
                    report.warn_on("Case status", shown("Case status"), "closed without a CIN Closure Date, so it counts as open: enter the closure date or correct the status");
                }
                (need.cin_start_date, need.cin_closure_date, "CIN Closure Date")
            }
            Record::ProtectionPlan(plan) => {
                (plan.cp_plan_start_date, plan.cp_plan_end_date, "Child Protection Plan End Date")
            }
            Record::CarePeriod(period) => (period.started_date, period.ceased_date, "Date Ceased to be Looked After"),
            _ => return,
        };
        if !is_open(start, end, self.as_at) {
            return;
        }
        match self.open.get(id) {
            None => {
                self.open.insert(Arc::clone(id), row);
            }
            Some(first) => {
                report.warn_on(end_column, shown(end_column), &format!("a second open row for this child (the first is row {first}), both are counted: end the one that is over"));
            }
        }
    }
}

fn person_birth(record: &Record) -> Option<NaiveDate> {
    match record {
        Record::Contact(record) => record.person.date_of_birth,
        Record::EarlyHelp(record) => record.person.date_of_birth,
        Record::Referral(record) => record.person.date_of_birth,
        Record::Assessment(record) => record.person.date_of_birth,
        Record::Section47(record) => record.person.date_of_birth,
        Record::Need(record) => record.person.date_of_birth,
        Record::ProtectionPlan(record) => record.person.date_of_birth,
        Record::CarePeriod(record) => record.person.date_of_birth,
        Record::CareLeaver(record) => record.person.date_of_birth,
        Record::Adoption(record) => record.person.date_of_birth,
        Record::Adopter(_) => None,
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
