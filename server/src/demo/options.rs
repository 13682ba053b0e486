//! What to write, what was written, and what can go wrong.

use chrono::NaiveDate;
use std::path::PathBuf;

/// What the demo authority is made of and where its extracts go.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// Roughly how many children are open at any time (2,000 is a middling county). Care leavers, closed
    /// children and mere contacts come on top; about 5.5 rows an open child in all.
    pub children: u32,
    /// How many weekly extracts.
    pub weeks: u32,
    /// The seed of chance: the same options give the same cells.
    pub seed: u64,
    /// The folder that gets one folder a week.
    pub out: PathBuf,
    /// The as-at date of the last week; the others lie seven days apart before it.
    pub last_as_at: NaiveDate,
    /// Workbooks or CSV files.
    pub format: DemoFormat,
}

impl DemoOptions {
    /// The as-at date of each week, earliest first.
    #[must_use]
    pub fn as_at_dates(&self) -> Vec<NaiveDate> {
        (0..self.weeks).rev().map(|back| domain::calendar::minus_days(self.last_as_at, back * 7)).collect()
    }
}

/// The layout of a week's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoFormat {
    /// `annex_a.xlsx` in the official layout, and the council's own tables.
    Xlsx,
    /// `list_1.csv` to `list_11.csv`, and the council's own tables.
    Csv,
}

/// One week as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoWeek {
    /// The date the extract speaks of.
    pub as_at: NaiveDate,
    /// Its files, in the order to load them.
    pub files: Vec<PathBuf>,
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
