//! What the columns of a list held as a whole; kept with each extract, so that the next can be set beside it.

use super::events::RecentEvents;
use crate::record::List;
use serde::{Deserialize, Serialize};

/// One list of an extract as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListFacts {
    /// Rows loaded.
    pub rows: u64,
    /// Its columns, in the order of the template.
    pub columns: Vec<ColumnFacts>,
    /// Its visits, contacts or referrals.
    pub events: RecentEvents,
}

impl ListFacts {
    pub(super) fn column(&self, header: &str) -> Option<&ColumnFacts> {
        self.columns.iter().find(|column| column.column == header)
    }
}

/// One column. Counts are of loaded rows; a blank cell counts nowhere but in `rows`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnFacts {
    /// The official header.
    pub column: String,
    /// Cells that are not blank.
    pub filled: u64,
    /// Cells that are not blank and could not be read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unreadable: u64,
    /// Formulas without a value, among `unreadable`.
    #[serde(skip_serializing_if = "is_zero")]
    pub uncalculated: u64,
    /// How its dates were written.
    #[serde(skip)]
    pub dates: DateForms,
    /// Rows that are open, of lists 6, 7 and 8.
    #[serde(skip_serializing_if = "is_zero")]
    pub open_rows: u64,
    /// Those of them in which the cell is not blank.
    #[serde(skip_serializing_if = "is_zero")]
    pub open_filled: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// How the dates of a column were written. A text that says which is which counts nowhere here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateForms {
    /// Texts that can only be day before month: `30/10/2026`.
    pub day_first: u64,
    /// Texts that can only be month before day: `10/30/2026`.
    pub month_first: u64,
    /// Texts that can be either.
    pub either: u64,
    /// Real dates of a spreadsheet with a day of 12 or less.
    pub cells_to_12: u64,
    /// Real dates of a spreadsheet with a day after 12.
    pub cells_after_12: u64,
}

/// The columns of a list that every open row is expected to fill: last visit or last seen, the spell's start, team, worker.
pub(super) const fn expected_of_open(list: List) -> &'static [&'static str] {
    match list {
        List::ChildrenInNeed => &["CIN Start Date", "Date Child Was Last Seen", "Allocated Team", "Allocated Worker"],
        List::ProtectionPlans => &[
            "Child Protection Plan Start Date",
            "Date of the Last Statutory Visit",
            "Allocated Team",
            "Allocated Worker",
        ],
        List::ChildrenInCare => {
            &["Date Started to be Looked After", "Date of Last Social Work Visit", "Allocated Team", "Allocated Worker"]
        }
        _ => &[],
    }
}

/// The columns of a list that every row is expected to fill: the date of what it lists.
pub(super) const fn expected_of_all(list: List) -> &'static [&'static str] {
    match list {
        List::Contacts => &["Date of Contact"],
        List::Referrals => &["Date of referral"],
        List::Assessments => &["Continuous Assessment Start Date"],
        List::Section47s => &["Strategy discussion initiating Section 47 Enquiry Start Date"],
        _ => &[],
    }
}
