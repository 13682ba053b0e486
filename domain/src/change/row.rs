//! A record as columns, and which row of one extract is which row of the next.
//!
//! An extract has no number for a row, and a row's place among the child's rows moves when another comes before it. So
//! rows are told by what they say.

use super::fields::{Field, Kind, fields, of_kind};
use crate::journey::Journey;
use crate::record::{Held, List, Record};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

/// A record of any list, read by the names of its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    list: List,
    columns: Map<String, Value>,
}

impl Row {
    /// A record from its stored form.
    ///
    /// # Errors
    /// When the text is no record.
    pub fn from_json(list: List, json: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { list, columns: serde_json::from_str(json)? })
    }

    /// A child's rows of one list, in the order of the sheet.
    #[must_use]
    pub fn of_journey(journey: &Journey, list: List) -> Vec<Self> {
        fn rows<T: Serialize>(list: List, records: &[T]) -> Vec<Row> {
            let columns = |record| match serde_json::to_value(record) {
                Ok(Value::Object(columns)) => columns,
                // A record is a struct, and a struct is an object.
                _ => Map::new(),
            };
            records.iter().map(|record| Row { list, columns: columns(record) }).collect()
        }
        match list {
            List::Contacts => rows(list, &journey.contacts),
            List::EarlyHelp => rows(list, &journey.early_help),
            List::Referrals => rows(list, &journey.referrals),
            List::Assessments => rows(list, &journey.assessments),
            List::Section47s => rows(list, &journey.section_47s),
            List::ChildrenInNeed => rows(list, &journey.needs),
            List::ProtectionPlans => rows(list, &journey.protection_plans),
            List::ChildrenInCare => rows(list, &journey.care_periods),
            List::CareLeavers => rows(list, &journey.care_leavers),
            List::Adoptions => rows(list, &journey.adoptions),
            List::Adopters => Vec::new(),
        }
    }

    /// The record that it is.
    ///
    /// # Errors
    /// When the columns make no record of the list.
    pub fn record(&self) -> Result<Record, serde_json::Error> {
        Record::from_value(self.list, Value::Object(self.columns.clone()))
    }

    /// Its list.
    #[must_use]
    pub fn list(&self) -> List {
        self.list
    }

    /// What a column holds, as written; `None` is blank.
    #[must_use]
    pub fn value(&self, field: &Field) -> Option<&str> {
        let holder = if field.kind == Kind::Birth { self.columns.get("person")?.as_object()? } else { &self.columns };
        holder.get(field.name)?.as_str()
    }

    /// The date a column holds, as supplied; `None` is blank.
    #[must_use]
    pub fn date(&self, field: &Field) -> Option<NaiveDate> {
        self.value(field)?.parse().ok()
    }

    /// The day it began or took place; `None` where that is blank, or the list has no such column.
    #[must_use]
    pub fn start(&self) -> Option<NaiveDate> {
        self.date(of_kind(self.list, Kind::Start)?)
    }

    /// The day it ended; `None` where it is open, or the list has no such column.
    #[must_use]
    pub fn end(&self) -> Option<NaiveDate> {
        self.date(of_kind(self.list, Kind::End)?)
    }

    /// Who held the case, as written on the row; nobody on lists without these columns.
    #[must_use]
    pub fn held(&self) -> Held {
        self.columns.get("held").and_then(|held| serde_json::from_value(held.clone()).ok()).unwrap_or_default()
    }

    /// The same but for the day it began.
    fn is_same_but_for_start(&self, other: &Self) -> bool {
        let Some(start) = of_kind(self.list, Kind::Start) else { return self == other };
        let is_start = |name: &str| name == start.name;
        let rest = |row: &'_ Self| row.columns.iter().filter(|(name, _)| !is_start(name)).count();
        rest(self) == rest(other)
            && self.columns.iter().all(|(name, value)| is_start(name) || other.columns.get(name) == Some(value))
    }

    /// Whether some date other than the start and the birth is the same on both.
    fn shares_a_date(&self, other: &Self) -> bool {
        fields(self.list)
            .iter()
            .filter(|field| matches!(field.kind, Kind::End | Kind::Once | Kind::Latest))
            .any(|field| self.date(field).is_some() && self.date(field) == other.date(field))
    }
}

/// Which of a child's rows of one list in an extract is which in a later one: pairs of places, in the order of the
/// earlier extract. `as_at` is the earlier extract's date.
///
/// Rows that say the same are the same, those in the same place first. Then rows that began on the same day. Then, for a
/// start that was corrected, rows that share another date, or are the only open rows left on both sides, or differ in the
/// start alone; a row that began after `as_at` is none of these.
#[must_use]
pub fn pairs(before: &[Row], after: &[Row], as_at: NaiveDate) -> Vec<(usize, usize)> {
    let mut matching = Matching { before, after, taken: vec![None; before.len()], free: vec![true; after.len()] };
    for place in 0..before.len().min(after.len()) {
        if before[place] == after[place] {
            matching.take(place, place);
        }
    }
    matching.each(|one, other| one == other);
    matching.each(|one, other| match (one.start(), other.start()) {
        (Some(one), Some(other)) => one == other,
        // Care leavers have no start, and hardly ever two rows.
        _ => of_kind(one.list, Kind::Start).is_none(),
    });
    let was_possible = |row: &Row| row.start().is_none_or(|start| start <= as_at);
    matching.each(|one, other| was_possible(other) && (one.shares_a_date(other) || one.is_same_but_for_start(other)));
    if let Some((one, other)) = matching.only_open_ones()
        && was_possible(&after[other])
    {
        matching.take(one, other);
    }
    matching.taken.into_iter().enumerate().filter_map(|(one, other)| Some((one, other?))).collect()
}

struct Matching<'a> {
    before: &'a [Row],
    after: &'a [Row],
    taken: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Matching<'_> {
    fn take(&mut self, one: usize, other: usize) {
        self.taken[one] = Some(other);
        self.free[other] = false;
    }

    /// Pairs what is left and the same, in order.
    fn each(&mut self, is_same: impl Fn(&Row, &Row) -> bool) {
        for one in 0..self.before.len() {
            if self.taken[one].is_none() {
                let found = (0..self.after.len())
                    .find(|other| self.free[*other] && is_same(&self.before[one], &self.after[*other]));
                if let Some(other) = found {
                    self.take(one, other);
                }
            }
        }
    }

    /// The only rows left that are open, where there is one on each side.
    fn only_open_ones(&self) -> Option<(usize, usize)> {
        let list = self.before.first()?.list;
        of_kind(list, Kind::End)?;
        let mut left =
            (0..self.before.len()).filter(|one| self.taken[*one].is_none() && self.before[*one].end().is_none());
        let mut right = (0..self.after.len()).filter(|other| self.free[*other] && self.after[*other].end().is_none());
        match (left.next(), left.next(), right.next(), right.next()) {
            (Some(one), None, Some(other), None) => Some((one, other)),
            _ => None,
        }
    }
}
