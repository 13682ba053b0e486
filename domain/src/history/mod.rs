//! A child's journey from every extract kept.
//!
//! Annex A is a window: an extract lists what is open and what happened in the months before it, and what an earlier one
//! said is still true. So a journey is put together from every version of every row up to a date. Which row of one extract
//! is which of the next is decided by [`crate::change::pairs`]; the newest version of a row counts, and a row whose start
//! was corrected is still one row.
//!
//! | a row that the extract no longer lists | reading |
//! |---|---|
//! | it ended, or took place, before the list's window | it left the window: still true |
//! | it was open, and the window begins after the extract before, or nothing on the list has an end | it ended in between, nobody saw when: true up to that extract |
//! | a period of need of a child who is on a plan or in care instead | the council lists the child at the higher level: true up to that extract |
//! | the list was not supplied | it is not known to have changed: true up to the extract before |
//! | anything else | it should still be there: it is shown as no longer listed, and no time is counted from it |

mod rows;
pub mod stretch;
pub mod window;

use crate::change::Version;
use crate::change::fields::{Field, Kind, fields};
use crate::journey::Journey;
use crate::record::List;
use chrono::NaiveDate;
use rows::Thread;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use window::Windows;

/// An extract, as far as a child's history needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its date.
    pub as_at: NaiveDate,
    /// The numbers of the lists it holds.
    pub lists: BTreeSet<u8>,
    /// From when on its lists reach.
    pub windows: Windows,
}

/// Every version of one child's rows, by list.
pub type Versions = BTreeMap<List, Vec<Version>>;

/// Where a row is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The extract asked for lists it.
    Listed,
    /// The last extract that listed it; it is still true.
    Known(NaiveDate),
    /// It was open when it was last listed, and may have ended since: true up to then.
    EndNotKnown {
        /// The last extract that listed it.
        last: NaiveDate,
        /// The first that did not.
        since: NaiveDate,
    },
    /// It should still be listed and is not.
    NoLongerListed {
        /// The last extract that listed it.
        last: NaiveDate,
        /// The first that did not.
        since: NaiveDate,
    },
}

impl Source {
    /// The last extract that listed the row, where the one asked for does not.
    #[must_use]
    pub const fn last(self) -> Option<NaiveDate> {
        match self {
            Self::Listed => None,
            Self::Known(last) | Self::EndNotKnown { last, .. } | Self::NoLongerListed { last, .. } => Some(last),
        }
    }

    /// Whether time is counted from it.
    #[must_use]
    pub const fn is_true(self) -> bool {
        !matches!(self, Self::NoLongerListed { .. })
    }
}

/// A date of a column that holds the latest of several: an earlier visit or review, which the row no longer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDate {
    /// The column.
    pub field: &'static Field,
    /// The date.
    pub date: NaiveDate,
    /// The row as it stood then, as the one row of a journey.
    pub journey: Journey,
    /// Where it is known from; never [`Source::Listed`].
    pub source: Source,
}

/// What time is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The rows that are true.
    pub journey: Journey,
    /// Rows whose end nobody knows, with the last extract that listed them open: it stands in the place of their end.
    pub cut: BTreeMap<(List, usize), NaiveDate>,
}

/// Leaves out rows that are not true, and ends those that were open when they were last listed.
struct Keep<'a> {
    history: &'a History,
    cut: &'a mut BTreeMap<(List, usize), NaiveDate>,
}

impl Keep<'_> {
    fn rows<T>(&mut self, list: List, rows: &mut Vec<T>, end: impl Fn(&mut T) -> Option<&mut Option<NaiveDate>>) {
        let (mut place, mut kept) = (0, 0);
        rows.retain_mut(|row| {
            let source = self.history.source(list, place);
            place += 1;
            if let (Some(last), Some(end)) = (source.last().filter(|_| source.is_true()), end(row))
                && end.is_none()
            {
                *end = Some(last);
                self.cut.insert((list, kept), last);
            }
            kept += usize::from(source.is_true());
            source.is_true()
        });
    }
}

/// A child's journey from every extract up to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Every row in its newest version: first those of the extract, in their places, then those it no longer lists.
    pub journey: Journey,
    /// Earlier dates of columns that hold the latest one, oldest first.
    pub past: Vec<PastDate>,
    sources: BTreeMap<(List, usize), Source>,
}

impl From<Journey> for History {
    /// The history of a child of whom one extract alone is known.
    fn from(journey: Journey) -> Self {
        Self { journey, past: Vec::new(), sources: BTreeMap::new() }
    }
}

impl History {
    /// Puts together what the extracts up to the last of `extracts` held of a child. `extracts` are in the order of their
    /// dates; versions that begin after the last of them are left out.
    ///
    /// # Errors
    /// When a stored row is no record.
    pub fn of(child_id: Arc<str>, versions: &Versions, extracts: &[Listing]) -> Result<Self, serde_json::Error> {
        let mut history =
            Self { journey: Journey::new(Arc::clone(&child_id)), past: Vec::new(), sources: BTreeMap::new() };
        let Some(newest) = extracts.last().map(|extract| extract.as_at) else { return Ok(history) };
        for (list, versions) in versions {
            let threads = rows::threads(*list, versions, extracts);
            let (listed, gone): (Vec<_>, Vec<_>) = threads.into_iter().partition(|thread| thread.is_listed(newest));
            for (place, thread) in listed.iter().chain(&gone).enumerate() {
                history.journey.push(thread.row().record()?);
                history.sources.insert((*list, place), thread.source(newest));
            }
            for thread in listed.iter().chain(&gone) {
                history.past.extend(past_dates(&child_id, thread, newest)?);
            }
        }
        history.settle(extracts);
        history.past.sort_by_key(|past| past.date);
        Ok(history)
    }

    /// Where a row of the journey is known from.
    #[must_use]
    pub fn source(&self, list: List, place: usize) -> Source {
        self.sources.get(&(list, place)).copied().unwrap_or(Source::Listed)
    }

    /// How many rows should still be listed and are not: no time is counted from them.
    #[must_use]
    pub fn not_counted(&self) -> usize {
        self.sources.values().filter(|source| !source.is_true()).count()
    }

    /// Whether an extract other than the last says anything of it.
    #[must_use]
    pub fn has_earlier(&self) -> bool {
        !self.past.is_empty() || self.sources.values().any(|source| *source != Source::Listed)
    }

    /// The last extract that lists the child at all, where the one asked for does not.
    #[must_use]
    pub fn last_listed(&self) -> Option<NaiveDate> {
        let all_gone = !self.sources.values().any(|source| *source == Source::Listed);
        if all_gone { self.sources.values().filter_map(|source| source.last()).max() } else { None }
    }

    /// The journey that time is counted from: without rows that should still be listed and are not. What was open when it
    /// was last listed runs up to that extract and no further.
    #[must_use]
    pub fn counted(&self) -> Counted {
        let mut counted = Counted { journey: self.journey.clone(), cut: BTreeMap::new() };
        let Counted { journey, cut } = &mut counted;
        let mut keep = Keep { history: self, cut };
        keep.rows(List::Contacts, &mut journey.contacts, |_| None);
        keep.rows(List::EarlyHelp, &mut journey.early_help, |row| Some(&mut row.episode_end_date));
        keep.rows(List::Referrals, &mut journey.referrals, |_| None);
        keep.rows(List::Assessments, &mut journey.assessments, |row| Some(&mut row.assessment_auth_date));
        keep.rows(List::Section47s, &mut journey.section_47s, |_| None);
        keep.rows(List::ChildrenInNeed, &mut journey.needs, |row| Some(&mut row.cin_closure_date));
        keep.rows(List::ProtectionPlans, &mut journey.protection_plans, |row| Some(&mut row.cp_plan_end_date));
        keep.rows(List::ChildrenInCare, &mut journey.care_periods, |row| Some(&mut row.ceased_date));
        keep.rows(List::CareLeavers, &mut journey.care_leavers, |_| None);
        keep.rows(List::Adoptions, &mut journey.adoptions, |row| Some(&mut row.order_date));
        counted
    }

    /// Until when a young person was listed as a care leaver, where the extract no longer does; `None` where it does, or
    /// none ever did.
    #[must_use]
    pub fn leaver_until(&self) -> Option<NaiveDate> {
        let of_list = || self.sources.iter().filter(|((list, _), _)| *list == List::CareLeavers);
        if of_list().any(|(_, source)| *source == Source::Listed) {
            return None;
        }
        of_list().filter_map(|(_, source)| source.last()).max()
    }

    /// A period of need that vanished without an end is no error where the council lists the child at a higher level
    /// instead: on a plan or in care in the extract that no longer has it.
    fn settle(&mut self, extracts: &[Listing]) {
        let higher: Vec<(Option<NaiveDate>, Option<NaiveDate>)> = (self.journey.protection_plans.iter().enumerate())
            .filter(|(place, _)| self.source(List::ProtectionPlans, *place).is_true())
            .map(|(_, row)| (row.cp_plan_start_date, row.cp_plan_end_date))
            .chain(
                (self.journey.care_periods.iter().enumerate())
                    .filter(|(place, _)| self.source(List::ChildrenInCare, *place).is_true())
                    .map(|(_, row)| (row.started_date, row.ceased_date)),
            )
            .collect();
        let is_higher = |on: NaiveDate| higher.iter().any(|(start, end)| crate::journey::is_open(*start, *end, on));
        for (place, need) in self.journey.needs.iter().enumerate() {
            let Some(source) = self.sources.get_mut(&(List::ChildrenInNeed, place)) else { continue };
            if let Source::NoLongerListed { last, since } = *source
                && need.cin_closure_date.is_none_or(|end| end > last)
                && extracts.iter().any(|extract| extract.as_at == since)
                && is_higher(since)
            {
                *source = Source::EndNotKnown { last, since };
            }
        }
    }
}

/// The dates that a column which holds the latest of several held before, where it moved on from them. A date that moved
/// back or was taken out was an error, and one after its extract had not happened.
fn past_dates(child_id: &Arc<str>, thread: &Thread, newest: NaiveDate) -> Result<Vec<PastDate>, serde_json::Error> {
    let mut found: Vec<PastDate> = Vec::new();
    let row = thread.row();
    for field in fields(row.list()).iter().filter(|field| field.kind == Kind::Latest) {
        for pair in thread.seen().windows(2) {
            let [then, next] = pair else { continue };
            let Some(date) = then.row.date(field).filter(|date| *date <= then.last) else { continue };
            let is_known = |past: &PastDate| past.field == field && past.date == date;
            if next.row.date(field).is_none_or(|next| next <= date)
                || row.date(field) == Some(date)
                || found.iter().any(is_known)
            {
                continue;
            }
            let source = match thread.source(newest) {
                Source::NoLongerListed { since, .. } => Source::NoLongerListed { last: then.last, since },
                Source::Listed | Source::Known(_) | Source::EndNotKnown { .. } => Source::Known(then.last),
            };
            let mut journey = Journey::new(Arc::clone(child_id));
            journey.push(then.row.record()?);
            found.push(PastDate { field, date, journey, source });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
