//! What an extract is measured by, on its own: it goes to a thread that answers no request.

use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::measures::{Context, Period, Supplied};
use domain::names::Names;
use domain::standards::Standards;

/// The as-at date, the standards in force on it, and what the extract holds.
#[derive(Debug, Clone)]
pub(crate) struct Measuring {
    pub(crate) as_at: NaiveDate,
    pub(crate) standards: Standards,
    pub(crate) names: Names,
    pub(crate) supplied: Supplied,
}

impl Measuring {
    /// Measures over the period that ends with the as-at date, by England's working days.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let calendar = WorkingDays::england();
        work(&Context {
            as_at: self.as_at,
            period: Period::up_to(self.as_at),
            standards: &self.standards,
            calendar: &calendar,
            names: &self.names,
            supplied: &self.supplied,
        })
    }
}
