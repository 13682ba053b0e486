//! From when on a list of an extract reaches, as the extract itself shows.
//!
//! Councils hand over six or twelve months of Lists 1 to 8, and what is open. Nothing in the file says which, so the
//! window begins with the earliest date on the list: of what took place (Lists 1, 2, 3 and 5) or of what ended (Lists 4, 6,
//! 7 and 8). A date before which less than one row in a hundred lies is a typing error and no window.

use crate::calendar::add_days;
use crate::change::Row;
use crate::journey::Journey;
use crate::record::List;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The first date that each list reaches back to, by its number; a list without such a date is not in it.
pub type Windows = BTreeMap<u8, NaiveDate>;

/// Rows of which one may lie before the window by error.
const OUTLIERS: usize = 100;

/// The windows of an extract's lists.
#[derive(Debug, Clone, Default)]
pub struct WindowsOf {
    dates: BTreeMap<u8, Vec<NaiveDate>>,
}

impl WindowsOf {
    /// Takes in one child's rows. A date after the extract's says nothing about how far it reaches back.
    pub fn add(&mut self, journey: &Journey, as_at: NaiveDate) {
        let mut take = |list: List, date: Option<NaiveDate>| {
            if let Some(date) = date.filter(|date| *date <= as_at) {
                self.dates.entry(list.number()).or_default().push(date);
            }
        };
        journey.contacts.iter().for_each(|row| take(List::Contacts, row.contact_date));
        journey
            .early_help
            .iter()
            .for_each(|row| take(List::EarlyHelp, row.episode_end_date.max(row.episode_start_date)));
        journey.referrals.iter().for_each(|row| take(List::Referrals, row.referral_date));
        journey.assessments.iter().for_each(|row| take(List::Assessments, row.assessment_auth_date));
        journey.section_47s.iter().for_each(|row| take(List::Section47s, row.strategy_discussion_date));
        journey.needs.iter().for_each(|row| take(List::ChildrenInNeed, row.cin_closure_date));
        journey.protection_plans.iter().for_each(|row| take(List::ProtectionPlans, row.cp_plan_end_date));
        journey.care_periods.iter().for_each(|row| take(List::ChildrenInCare, row.ceased_date));
    }

    /// The first date of each list.
    #[must_use]
    pub fn windows(self) -> Windows {
        let first = |(list, mut dates): (u8, Vec<NaiveDate>)| {
            let outliers = dates.len() / OUTLIERS;
            dates.sort_unstable();
            dates.get(outliers).map(|date| (list, *date))
        };
        self.dates.into_iter().filter_map(first).collect()
    }
}

/// What it means that an extract does not have a row that the one before had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// It ended or took place before the list's window.
    LeftTheWindow,
    /// It was open, and may have ended where nobody saw it.
    Unended,
    /// It should be there.
    Missed,
}

/// What it means that an extract does not have a row. `last` is the extract before, which had it; the windows are those of
/// the extract that does not. Young people leave Lists 9 and 10, and a row without any date says nothing.
pub(super) fn gone(row: &Row, last: NaiveDate, windows: &Windows) -> Gone {
    let list = row.list();
    let window = windows.get(&list.number()).copied();
    let ended = |date: Option<NaiveDate>| match (date, window) {
        (Some(date), Some(first)) if first <= date => Gone::Missed,
        _ => Gone::LeftTheWindow,
    };
    match list {
        List::Contacts | List::Referrals | List::Section47s => ended(row.start()),
        List::EarlyHelp => ended(row.start().max(row.end())),
        List::Assessments | List::ChildrenInNeed | List::ProtectionPlans | List::ChildrenInCare => {
            match (row.end().filter(|end| *end <= last), window) {
                (Some(end), _) => ended(Some(end)),
                // Had it ended since, the end would be in the window, unless that begins later.
                (None, Some(first)) if first <= add_days(last, 1) => Gone::Missed,
                // A list without any end holds open rows alone.
                (None, _) => Gone::Unended,
            }
        }
        List::CareLeavers | List::Adoptions | List::Adopters => Gone::LeftTheWindow,
    }
}
