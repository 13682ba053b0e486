//! What a column held as a whole: what a load looks at before it trusts the figures ("Held" in the rules for loads).

use chrono::NaiveDate;

/// One column of a list as it was found. Counts are of loaded rows; a blank cell counts nowhere but in `rows`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ColumnProfile {
    /// The official header.
    pub column: String,
    /// The header as typed.
    pub header: String,
    /// Loaded rows.
    pub rows: u64,
    /// Cells that are not blank.
    pub filled: u64,
    /// Cells that are not blank and could not be read as what the column holds.
    pub unreadable: u64,
    /// Formulas that the workbook holds no value of; among `unreadable`.
    pub uncalculated: u64,
    /// How its dates were written; of a column without dates all are 0.
    pub dates: DateForms,
    /// Rows whose spell was open on the as-at date, of lists 6, 7 and 8.
    pub open_rows: u64,
    /// Those of `open_rows` in which the cell is not blank.
    pub open_filled: u64,
}

/// How the dates of a column were written. A text that names its month, or begins with its year, says which is which and
/// counts nowhere here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DateForms {
    /// Texts of three numbers that can only be day before month: `30/10/2026`.
    pub day_first: u64,
    /// Texts that can only be month before day: `10/30/2026`.
    pub month_first: u64,
    /// Texts that can be either: `05/10/2026`.
    pub either: u64,
    /// Cells that the spreadsheet holds as dates, with a day of 12 or less.
    pub cells_to_12: u64,
    /// Cells that the spreadsheet holds as dates, with a day after 12.
    pub cells_after_12: u64,
}

/// An age given beside a date of birth: together they tell which day a list was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenAge {
    /// Completed years, as given.
    pub age: i64,
    /// The date of birth on the same row.
    pub born: NaiveDate,
}
