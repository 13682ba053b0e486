//! A life as rows of the eleven lists: what the case system knew of it on the extract's date.

mod adoption;
mod front_door;
mod in_care;
mod layout;
mod leavers;
mod need;

use super::calendar::{Day, age_at, date_of, months_before};
use super::chance::mix;
use super::codes::{ETHNICITY, GENDER};
use super::county::TEAMS;
use super::lives::{Child, Holder, Life, Placeholder, Visit, held_on};
use super::world::World;
use std::borrow::Cow;

pub(super) use layout::{LAYOUTS, Layout};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'w> {
    Blank,
    Text(Cow<'w, str>),
    Date(Day),
    Count(i64),
}

impl From<&'static str> for Cell<'_> {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Option<&'static str>> for Cell<'_> {
    fn from(text: Option<&'static str>) -> Self {
        text.map_or(Self::Blank, Self::from)
    }
}

impl From<Option<Day>> for Cell<'_> {
    fn from(day: Option<Day>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }
}

/// One row, a cell for each header of its list.
pub(super) type Row<'w> = Vec<Cell<'w>>;

/// What kind of entry a date belongs to, so that each is written up and corrected on its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    Referral = 1,
    Assessment,
    Authorisation,
    Strategy,
    Decision,
    Conference,
    Need,
    Closure,
    Plan,
    PlanEnd,
    Care,
    CareEnd,
    Placement,
    Review,
    Interview,
    Eligibility,
    Supervisor,
}

/// The world as known on a date.
pub(super) struct View<'w> {
    pub world: &'w World,
    pub as_at: Day,
    /// Six months before; events after it are in the window.
    pub half_year: Day,
    /// Twelve months before.
    pub year: Day,
}

impl<'w> View<'w> {
    /// The view on an as-at date.
    pub(super) fn new(world: &'w World, as_at: Day) -> Self {
        Self { world, as_at, half_year: months_before(as_at, 6), year: months_before(as_at, 12) }
    }

    /// Every row of list `number` (1 to 11), in the order of the lives.
    pub(super) fn rows<E>(&self, number: usize, emit: &mut dyn FnMut(Row<'w>) -> Result<(), E>) -> Result<(), E> {
        let mut rows = Vec::new();
        for life in &self.world.lives {
            self.rows_of(number, life, &mut rows);
            for row in rows.drain(..) {
                super::blemishes::emit(self.as_at, number, row, emit)?;
            }
        }
        if number == 11 {
            self.families(&mut rows);
            rows.drain(..).try_for_each(&mut *emit)?;
        }
        Ok(())
    }

    fn rows_of(&self, number: usize, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        match number {
            1 => self.contacts(life, rows),
            2 => self.early_help(life, rows),
            3 => self.referrals(life, rows),
            4 => self.assessments(life, rows),
            5 => self.enquiries(life, rows),
            6 => rows.extend(self.need(life)),
            7 => rows.extend(self.plan(life)),
            8 => rows.extend(self.care(life)),
            9 => rows.extend(self.leaver(life)),
            10 => rows.extend(self.adoptions(life)),
            _ => self.adopters(life, rows),
        }
    }

    /// Whether a day's event has been written up: most on the day, some after days, a few after weeks.
    fn knows(&self, child: &Child, entry: Entry, day: Day) -> bool {
        if day > self.as_at {
            return false;
        }
        let draw = mix([u64::from(child.id), entry as u64, u64::from(day.unsigned_abs())]);
        let lag = match draw % 100 {
            0..70 => 0,
            70..88 => 1,
            88..96 => 3,
            96..98 => 6,
            _ => 8 + (draw >> 32) as Day % 14,
        };
        day + lag <= self.as_at
    }

    /// A day as it stands in the system: one in sixty is first entered some days early and corrected later.
    fn as_entered(&self, child: &Child, entry: Entry, day: Day) -> Cell<'w> {
        let draw = mix([u64::from(child.id), 40 + entry as u64, u64::from(day.unsigned_abs())]);
        let corrected = day + 12 + (draw >> 16) as Day % 100;
        let wrong = draw.is_multiple_of(60) && self.as_at < corrected;
        Cell::Date(if wrong { day - 2 - (draw >> 40) as Day % 8 } else { day })
    }

    /// The same draw from 0 to 99 every week.
    fn percent(&self, child: &Child, entry: Entry, day: Day) -> u64 {
        mix([u64::from(child.id), 80 + entry as u64, u64::from(day.unsigned_abs())]) % 100
    }

    /// Identity: the id and who the child is.
    fn identity(&self, child: &Child) -> Row<'w> {
        let mut row = Vec::with_capacity(34);
        row.push(Cell::Text(Cow::Owned(format!("D{}", child.id))));
        self.person(child, &mut row);
        row
    }

    fn person(&self, child: &Child, row: &mut Row<'w>) {
        let age = age_at(child.birth, self.as_at);
        let gender = if age < 0 { 2 } else { usize::from(child.gender) };
        let obtained = self.as_at >= child.ethnicity_unknown_until;
        let ethnicity = if obtained { child.ethnicity } else { super::lives::ETHNICITY_NOT_OBTAINED };
        row.push(GENDER[gender].into());
        row.push(ETHNICITY[usize::from(ethnicity)].into());
        row.push(Cell::Date(child.birth));
        row.push(Cell::Count(age));
    }

    /// Allocated team and worker as on a day.
    fn held(&self, life: &'w Life, day: Day, row: &mut Row<'w>) {
        let day = day.min(self.as_at);
        let Some(hold) = held_on(&life.holds, day) else {
            row.extend([Cell::Blank, Cell::Blank]);
            return;
        };
        let team = TEAMS[usize::from(hold.team)].name;
        row.push(team.into());
        row.push(match hold.holder {
            Holder::Worker(post) => self.worker(post, day),
            Holder::Manager => Cell::Text(Cow::Borrowed(self.world.setting.workforce.manager(hold.team))),
            Holder::Nobody(Placeholder::Blank) => Cell::Blank,
            Holder::Nobody(Placeholder::Unallocated) => "Unallocated".into(),
            Holder::Nobody(Placeholder::Duty) => "Duty".into(),
            Holder::Nobody(Placeholder::TeamName) => team.into(),
        });
    }

    /// Whoever is in a post on a day.
    fn worker(&self, post: u32, day: Day) -> Cell<'w> {
        Cell::Text(Cow::Borrowed(self.world.setting.workforce.worker(post, day)))
    }

    /// The children with a visit that is not written up yet and later than any that is, and its day.
    pub(super) fn unrecorded(&self) -> impl Iterator<Item = (String, chrono::NaiveDate)> {
        self.world.lives.iter().filter_map(|life| {
            let visits = life.visits.iter().rev().skip_while(|visit| visit.day > self.as_at);
            let latest = visits.take_while(|visit| visit.recorded > self.as_at).next()?;
            Some((format!("D{}", life.child.id), date_of(latest.day)))
        })
    }

    /// The latest visit of a stretch of time that has been written up.
    fn last_visit<'v>(&self, visits: &'v [Visit], from: Day, to: Day) -> Option<&'v Visit> {
        visits.iter().rev().find(|visit| visit.day >= from && visit.day <= to && visit.recorded <= self.as_at)
    }
}
