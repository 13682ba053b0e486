//! The facts of an extract, gathered in one pass over its rows.

use super::columns::{ColumnFacts, ListFacts};
use super::date::GivenAge;
use super::events;
use super::ids::IdFacts;
use super::missing_list::SpellFacts;
use super::swapped::NameFacts;
use crate::calendar::WorkingDays;
use crate::record::{List, Record};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The facts of one extract.
#[derive(Debug, Default)]
pub struct Gathered {
    /// List by list: what is kept for the next extract to be set beside.
    pub lists: BTreeMap<u8, ListFacts>,
    /// Ages given beside a date of birth.
    pub ages: Vec<GivenAge>,
    events: BTreeMap<u8, Vec<NaiveDate>>,
    pub(super) ids: IdFacts,
    pub(super) names: BTreeMap<u8, NameFacts>,
    pub(super) spells: SpellFacts,
}

impl Gathered {
    /// Begins a list with what its columns held; its rows follow.
    pub fn list(&mut self, list: List, columns: Vec<ColumnFacts>) {
        self.lists.entry(list.number()).or_default().columns = columns;
    }

    /// Takes one loaded row.
    pub fn row(&mut self, as_at: NaiveDate, id: &Arc<str>, record: &Record) {
        let number = record.list().number();
        self.lists.entry(number).or_default().rows += 1;
        if let Some(date) = events::event_of(record) {
            self.events.entry(number).or_default().push(date);
        }
        self.ids.row(id, record);
        self.names.entry(number).or_default().row(as_at, record);
        self.spells.row(as_at, id, record);
    }

    /// Ends the pass: what was recent is counted.
    pub fn finish(&mut self, as_at: NaiveDate, calendar: &WorkingDays) {
        for (number, facts) in &mut self.lists {
            let dates = self.events.get(number).map_or(&[][..], Vec::as_slice);
            facts.events = events::recent(calendar, as_at, dates);
        }
    }

    /// Keys of the teams on open rows of lists 6 to 8.
    #[must_use]
    pub fn open_teams(&self) -> &HashSet<String> {
        self.spells.open_teams()
    }

    /// The dates of a list's visits, contacts or referrals.
    pub(super) fn events(&self, list: List) -> &[NaiveDate] {
        self.events.get(&list.number()).map_or(&[], Vec::as_slice)
    }
}
