//! What to write, what was written, and what can go wrong.

use chrono::{Datelike as _, NaiveDate};
use domain::calendar::{add_days, add_months, minus_days, minus_months};
use std::collections::HashMap;
use std::path::PathBuf;

/// What the demo authority is made of and where its extracts go.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Roughly how many children are open at any time (2,000 is a middling county). Care leavers, closed
    /// children and mere contacts come on top; about 5.5 rows an open child in all.
    pub children: u32,
    /// How many monthly extracts before the weekly ones, each as at the last day of its month.
    pub months: u32,
    /// How many weekly extracts.
    pub weeks: u32,
    /// The seed of chance: the same options give the same cells.
    pub seed: u64,
    /// The folder that gets one folder an extract.
    pub out: PathBuf,
    /// The as-at date of the last extract; the weekly ones lie seven days apart before it.
    pub last_as_at: NaiveDate,
    /// Workbooks or CSV files.
    pub format: DemoFormat,
}

impl DemoOptions {
    /// The as-at date of each extract, earliest first: months by their last day, which makes each month whole, then
    /// weeks. The last of the months ends before the first of the weeks begins.
    #[must_use]
    pub fn as_at_dates(&self) -> Vec<NaiveDate> {
        let weeks: Vec<NaiveDate> = (0..self.weeks).rev().map(|back| minus_days(self.last_as_at, back * 7)).collect();
        let until = weeks.first().map_or(self.last_as_at, |first| minus_days(*first, 1));
        // The last day of a month is the one before the first of the next.
        let next_month = add_days(until, 1);
        let newest = minus_days(next_month, next_month.day());
        let months = (0..self.months).rev().map(|back| {
            let first_of_month = minus_months(minus_days(newest, newest.day0()), back);
            minus_days(add_months(first_of_month, 1), 1)
        });
        months.chain(weeks).collect()
    }
}

/// The layout of an extract's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoFormat {
    /// `annex_a.xlsx` in the official layout, and the council's own tables.
    Xlsx,
    /// `list_1.csv` to `list_11.csv`, and the council's own tables.
    Csv,
}

/// One extract as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoWeek {
    /// The date the extract speaks of.
    pub as_at: NaiveDate,
    /// Its files, in the order to load them.
    pub files: Vec<PathBuf>,
    /// Visits that were made by then and are written up later: the child, and the day of the latest.
    pub unrecorded: HashMap<String, NaiveDate>,
}

/// Why the demo authority could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The options make no authority.
    #[error("{0}")]
    Options(&'static str),
    /// A file or folder could not be written.
    #[error("{path} could not be written: {source}. Is the folder there, writable, and the disk not full?")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A workbook could not be written.
    #[error("{path} could not be written: {source}")]
    Workbook {
        /// Which.
        path: PathBuf,
        /// Why.
        source: rust_xlsxwriter::XlsxError,
    },
}
