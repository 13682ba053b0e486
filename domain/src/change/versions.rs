//! A child's rows of one list over time, as extracts held them.

use super::fields::Field;
use super::row::{Row, pairs};
use chrono::NaiveDate;

/// A row as extracts held it, unchanged, for as long as they did.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The first as-at date it was seen.
    pub from: NaiveDate,
    /// The first as-at date it was no longer seen; `None` where the newest extract holds it.
    pub to: Option<NaiveDate>,
    /// Its place among the child's rows of the list.
    pub place: usize,
    /// What it says.
    pub row: Row,
}

impl Version {
    fn is_seen_on(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date < to)
    }
}

/// The rows that the extract as at a date held, in the order of the sheet.
#[must_use]
pub fn rows_on(versions: &[Version], date: NaiveDate) -> Vec<Row> {
    let mut seen: Vec<&Version> = versions.iter().filter(|version| version.is_seen_on(date)).collect();
    seen.sort_by_key(|version| version.place);
    seen.into_iter().map(|version| version.row.clone()).collect()
}

/// The as-at date on which what stands in a column of a version was first seen on its row, or without a column the row
/// itself: back from extract to extract for as long as the row is there and says the same. `versions` are the child's of
/// the list, `dates` the as-at dates of all extracts, oldest first.
#[must_use]
pub fn first_seen(versions: &[Version], version: &Version, field: Option<&Field>, dates: &[NaiveDate]) -> NaiveDate {
    let mut first = version;
    while let Some(before) = before(versions, first, dates) {
        if field.is_some_and(|field| before.row.value(field) != version.row.value(field)) {
            break;
        }
        first = before;
    }
    first.from
}

/// The version of the same row that the extract before it held; `None` where the row was new.
fn before<'a>(versions: &'a [Version], version: &Version, dates: &[NaiveDate]) -> Option<&'a Version> {
    let as_at = *dates.iter().rfind(|date| **date < version.from)?;
    let in_order = |is_wanted: &dyn Fn(&Version) -> bool| {
        let mut found: Vec<&Version> = versions.iter().filter(|version| is_wanted(version)).collect();
        found.sort_by_key(|version| version.place);
        found
    };
    let ended = in_order(&|one| one.to == Some(version.from) && one.from < version.from);
    let begun = in_order(&|one| one.from == version.from);
    let rows = |versions: &[&Version]| versions.iter().map(|version| version.row.clone()).collect::<Vec<Row>>();
    let place = begun.iter().position(|one| *one == version)?;
    let found = pairs(&rows(&ended), &rows(&begun), as_at).into_iter().find(|(_, other)| *other == place);
    found.map(|(one, _)| ended[one])
}
