//! One child: every record of every list, and the reading of it that measures may trust.

use crate::names::{Names, name_key};
use crate::record::{
    Adoption, Assessment, BadDate, CareLeaver, CarePeriod, Contact, EarlyHelp, Held, List, Need, ProtectionPlan,
    Record, Referral, Section47,
};
use crate::standards::Standards;
use chrono::NaiveDate;
use std::sync::Arc;

/// Everything one extract says of one child, each list in the order of its sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is its list")]
pub struct Journey {
    /// The council's own id of the child, as supplied (leading zeros and case kept).
    pub child_id: Arc<str>,
    pub contacts: Vec<Contact>,
    pub early_help: Vec<EarlyHelp>,
    pub referrals: Vec<Referral>,
    pub assessments: Vec<Assessment>,
    pub section_47s: Vec<Section47>,
    pub needs: Vec<Need>,
    pub protection_plans: Vec<ProtectionPlan>,
    pub care_periods: Vec<CarePeriod>,
    pub care_leavers: Vec<CareLeaver>,
    pub adoptions: Vec<Adoption>,
}

/// A bad date and the row it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyProblem {
    /// The list.
    pub list: List,
    /// The row among the child's rows of that list, from 0.
    pub position: usize,
    /// What is wrong.
    pub bad: BadDate,
}

impl Journey {
    /// An empty journey.
    #[must_use]
    pub fn new(child_id: Arc<str>) -> Self {
        Self { child_id, ..Self::default() }
    }

    /// Adds the child's next record of its list. An adopter is no child's record and is left out.
    pub fn push(&mut self, record: Record) {
        match record {
            Record::Contact(record) => add(&mut self.contacts, record),
            Record::EarlyHelp(record) => add(&mut self.early_help, record),
            Record::Referral(record) => add(&mut self.referrals, record),
            Record::Assessment(record) => add(&mut self.assessments, record),
            Record::Section47(record) => add(&mut self.section_47s, record),
            Record::Need(record) => add(&mut self.needs, record),
            Record::ProtectionPlan(record) => add(&mut self.protection_plans, record),
            Record::CarePeriod(record) => add(&mut self.care_periods, record),
            Record::CareLeaver(record) => add(&mut self.care_leavers, record),
            Record::Adoption(record) => add(&mut self.adoptions, record),
            Record::Adopter(_) => {}
        }
    }

    /// The reading that measures may trust: every bad date taken out ("Rules for all", 6).
    #[must_use]
    pub fn read_as_at(mut self, as_at: NaiveDate) -> SoundJourney {
        self.blank_bad_dates(as_at);
        SoundJourney { journey: self, as_at, known_to: as_at }
    }

    /// Every date that reads as blank as at a date, and the row it stands on: the data-quality list has them.
    #[must_use]
    pub fn bad_dates(&self, as_at: NaiveDate) -> Vec<JourneyProblem> {
        self.clone().blank_bad_dates(as_at)
    }

    fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<JourneyProblem> {
        let mut problems = Vec::new();
        let mut note = |list, position, bad: Vec<BadDate>| {
            problems.extend(bad.into_iter().map(|bad| JourneyProblem { list, position, bad }));
        };
        for (position, record) in self.assessments.iter_mut().enumerate() {
            note(List::Assessments, position, record.blank_bad_dates());
        }
        for (position, record) in self.section_47s.iter_mut().enumerate() {
            note(List::Section47s, position, record.blank_bad_dates());
        }
        for (position, record) in self.needs.iter_mut().enumerate() {
            note(List::ChildrenInNeed, position, record.blank_bad_dates(as_at));
        }
        for (position, record) in self.protection_plans.iter_mut().enumerate() {
            note(List::ProtectionPlans, position, record.blank_bad_dates(as_at));
        }
        for (position, record) in self.care_periods.iter_mut().enumerate() {
            note(List::ChildrenInCare, position, record.blank_bad_dates(as_at));
        }
        for (position, record) in self.care_leavers.iter_mut().enumerate() {
            note(List::CareLeavers, position, record.blank_bad_dates(as_at));
        }
        problems
    }
}

/// Most children have one or two rows of a list: an ordinary vector would make room for four at once, and a county's journeys
/// take twice the memory.
fn add<Row>(rows: &mut Vec<Row>, row: Row) {
    if rows.len() == rows.capacity() {
        rows.reserve_exact((rows.len() / 2).max(1));
    }
    rows.push(row);
}

/// A journey without bad dates, as at a date. Measures take nothing else.
#[derive(Debug, Clone)]
pub struct SoundJourney {
    journey: Journey,
    /// The day it is judged on.
    as_at: NaiveDate,
    /// The day it was read as at: what is dated later had not begun when this was known.
    known_to: NaiveDate,
}

impl std::ops::Deref for SoundJourney {
    type Target = Journey;

    fn deref(&self) -> &Journey {
        &self.journey
    }
}

/// Open at `as_at`: start blank or not after it, end blank or after it ("Rules for all", 5).
#[must_use]
pub fn is_open(start: Option<NaiveDate>, end: Option<NaiveDate>, as_at: NaiveDate) -> bool {
    start.is_none_or(|start| start <= as_at) && end.is_none_or(|end| end > as_at)
}

/// An open row that says who holds the case.
struct OpenRow<'a> {
    start: Option<NaiveDate>,
    held: &'a Held,
}

impl SoundJourney {
    /// The day it is judged on: the date it was read as at, unless [`Self::judged_on`] set a later one.
    #[must_use]
    pub fn as_at(&self) -> NaiveDate {
        self.as_at
    }

    /// The date it was read as at: nothing after it is known to have happened.
    #[must_use]
    pub fn known_to(&self) -> NaiveDate {
        self.known_to
    }

    /// The same reading judged on a later day on which nothing more is known. A date that was bad stays blank, a
    /// spell that had not begun does not begin, and an end that was already recorded takes place on its day. A day
    /// before the one it was read as at is that one.
    #[must_use]
    pub fn judged_on(mut self, day: NaiveDate) -> Self {
        self.as_at = day.max(self.known_to);
        self
    }

    /// Whether a spell had begun when this was known, and is open on the day it is judged on.
    pub(crate) fn has_open(&self, start: Option<NaiveDate>, end: Option<NaiveDate>) -> bool {
        is_open(start, end, self.as_at) && start.is_none_or(|start| start <= self.known_to)
    }

    /// Rows of List 6 open at the as-at date.
    pub fn open_needs(&self) -> impl Iterator<Item = &Need> {
        self.numbered_open_needs().map(|(_, row)| row)
    }

    /// Rows of List 7 open at the as-at date.
    pub fn open_plans(&self) -> impl Iterator<Item = &ProtectionPlan> {
        self.numbered_open_plans().map(|(_, row)| row)
    }

    /// Rows of List 8 open at the as-at date, short breaks too.
    pub fn open_care_periods(&self) -> impl Iterator<Item = &CarePeriod> {
        self.numbered_open_care_periods().map(|(_, row)| row)
    }

    /// [`Self::open_needs`] with their positions among the child's rows of the list.
    pub(crate) fn numbered_open_needs(&self) -> impl Iterator<Item = (usize, &Need)> {
        let rows = self.journey.needs.iter().enumerate();
        rows.filter(|(_, row)| self.has_open(row.cin_start_date, row.cin_closure_date))
    }

    /// [`Self::open_plans`] with their positions among the child's rows of the list.
    pub(crate) fn numbered_open_plans(&self) -> impl Iterator<Item = (usize, &ProtectionPlan)> {
        let rows = self.journey.protection_plans.iter().enumerate();
        rows.filter(|(_, row)| self.has_open(row.cp_plan_start_date, row.cp_plan_end_date))
    }

    /// [`Self::open_care_periods`] with their positions among the child's rows of the list.
    pub(crate) fn numbered_open_care_periods(&self) -> impl Iterator<Item = (usize, &CarePeriod)> {
        let rows = self.journey.care_periods.iter().enumerate();
        rows.filter(|(_, row)| self.has_open(row.started_date, row.ceased_date))
    }

    /// Whether the child is open to social care: on List 6, 7 or 8.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open_needs().next().is_some()
            || self.open_plans().next().is_some()
            || self.open_care_periods().next().is_some()
    }

    /// Who holds the case now: the first team that is not blank and the first real worker among the child's
    /// open rows in List 8, then 7, then 6; within a list the latest start first, then the sheet's order
    /// ("Rules for all", 10). Names are as written on the row.
    #[must_use]
    pub fn current_holder(&self, names: &Names, standards: &Standards) -> Held {
        let mut holder = Held::default();
        let lists: [Vec<OpenRow<'_>>; 3] = [
            self.open_care_periods().map(|row| OpenRow { start: row.started_date, held: &row.held }).collect(),
            self.open_plans().map(|row| OpenRow { start: row.cp_plan_start_date, held: &row.held }).collect(),
            self.open_needs().map(|row| OpenRow { start: row.cin_start_date, held: &row.held }).collect(),
        ];
        for mut rows in lists {
            // A stable sort keeps the sheet's order among equal starts; a blank start comes last.
            rows.sort_by_key(|row| std::cmp::Reverse(row.start));
            for row in rows {
                if holder.team.is_none() {
                    holder.team.clone_from(&row.held.team);
                }
                if holder.worker.is_none() {
                    holder.worker = row.held.worker.clone().filter(|worker| is_real_worker(worker, names, standards));
                }
            }
        }
        holder
    }
}

/// A real worker: not blank, no placeholder of the standards, and not the name of a team of the extract.
#[must_use]
pub fn is_real_worker(worker: &str, names: &Names, standards: &Standards) -> bool {
    let key = name_key(worker);
    !key.is_empty() && !standards.is_placeholder(&key) && !names.is_team_key(&key)
}
