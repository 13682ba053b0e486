//! `mapping.csv`: what headers, codes, teams and workers of the council's files are meant to be; and how often each line
//! of the mapping was used.
//!
//! A line that is read wrongly would move figures, so one bad row refuses the file.

use super::annex_a::check_mapping;
use super::problems::{ProblemKind, Severity};
use super::table::{Table, TableRow};
use chrono::NaiveDate;
use domain::mapping::{MappingKind, MappingLine, Written, list_of};
use std::collections::BTreeMap;

/// A line of the mapping, and in how many cells it was used; a header counts once.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MappingUse {
    /// What is written, and where.
    #[serde(flatten)]
    pub written: Written,
    /// What it was read as.
    pub meant: String,
    /// How often.
    pub times: u64,
}

/// Counts the uses of lines.
#[derive(Debug, Default)]
pub(crate) struct Uses(BTreeMap<Written, (String, u64)>);

impl Uses {
    /// Notes a use, and gives what the line means.
    pub(crate) fn note<'a>(&mut self, line: &'a MappingLine) -> Option<&'a str> {
        let meant = line.meant.as_deref()?;
        match self.0.get_mut(&line.written) {
            Some((_, times)) => *times += 1,
            None => {
                self.0.insert(line.written.clone(), (meant.to_owned(), 1));
            }
        }
        Some(meant)
    }

    /// Takes over the uses of another sheet.
    pub(crate) fn append(&mut self, other: Self) {
        for (written, (meant, times)) in other.0 {
            self.0.entry(written).or_insert((meant, 0)).1 += times;
        }
    }

    pub(crate) fn into_vec(self) -> Vec<MappingUse> {
        self.0.into_iter().map(|(written, (meant, times))| MappingUse { written, meant, times }).collect()
    }
}

impl Table for MappingLine {
    const LIST: &'static str = "mapping";
    const COLUMNS: &'static [(bool, &'static str)] = &[
        (true, "kind"),
        (true, "written"),
        (true, "meant"),
        (false, "list"),
        (false, "column"),
        (false, "valid_from"),
    ];
    const STRICT: bool = true;

    fn read(row: &mut TableRow<'_>) -> Option<Self> {
        let kind = row.required("kind");
        let text = row.required("written");
        let list = match list_of(&row.text("list").unwrap_or_default()) {
            Ok(list) => list,
            Err(bad) => {
                row.error(ProblemKind::BadMapping, "list", bad.to_string());
                None
            }
        };
        let kind = kind?;
        let Some(kind) = MappingKind::named(&kind) else {
            row.error(ProblemKind::BadMapping, "kind", "not a kind of mapping: give header, code, team or worker");
            return None;
        };
        // Without a date the line applies to every load.
        let applies_from = row.date("valid_from", Severity::Error).unwrap_or(FIRST_DATE);
        let written = Written { kind, list, column: row.text("column"), text: text? };
        let line = Self { written, meant: row.text("meant"), applies_from };
        match line.checked() {
            Err(bad) => {
                row.error(ProblemKind::BadMapping, "written", bad.to_string());
                None
            }
            Ok(line) => match check_mapping(&line) {
                Err(bad) => {
                    row.error(ProblemKind::BadMapping, "meant", bad.to_string());
                    None
                }
                Ok(()) => Some(line),
            },
        }
    }

    fn group(&self) -> Option<String> {
        let Written { kind, list, column, text } = &self.written;
        Some(format!("{} {list:?} {column:?} {} {}", kind.name(), text.to_lowercase(), self.applies_from))
    }

    fn clash(&self, other: &Self) -> Option<&'static str> {
        (self.meant != other.meant)
            .then_some("another meaning of the same text and date stands above: delete one of them")
    }
}

/// Earlier than any extract.
const FIRST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};
