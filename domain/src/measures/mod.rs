//! Measures: each is data plus one small function over one child's journey.
//!
//! A measure's function emits one [`Fact`] for each unit of its denominator. Everything shown is made of facts:
//! the card counts them ([`figure::Tally`], [`figure::Figure`]) and the list lays them out ([`figure::Line`]).

mod allocation;
mod assessments;
mod beyond;
mod care;
mod care_health;
mod care_leavers;
mod care_visits;
mod child_in_need;
mod child_protection;
mod clock;
mod enquiries;
mod event;
pub mod figure;
mod front_door;
mod guidance;
mod missing;
mod plan_length;
mod proposal;
mod registry;
mod workforce;

pub use beyond::{BEYOND, beyond};
pub(crate) use care::looked_after;
pub use event::Event;
pub use guidance::Guidance;
pub use proposal::{Act, Proposal};
pub(crate) use registry::fill;
pub use registry::{CORE, measure};

/// Moves when a release changes what a measure counts: figures that were stored by an earlier one are counted anew.
/// 2: a case is dormant 42 days after the later of the last sight and the start of the need.
pub const READING: u32 = 2;

use crate::calendar::{WorkingDays, age_at};
use crate::journey::SoundJourney;
use crate::names::Names;
use crate::record::{Held, List, Person};
use crate::standards::Standards;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which direction is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// A higher value is better.
    High,
    /// A lower value is better.
    Low,
    /// Neither: context.
    Neutral,
}

/// The part of the journey a measure belongs to; pages group cards by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    FrontDoor,
    Assessments,
    Enquiries,
    ChildProtection,
    ChildrenInNeed,
    Allocation,
    ChildrenInCare,
    CareLeavers,
    Workforce,
}

impl Group {
    /// The heading people see.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::FrontDoor => "Front door",
            Self::Assessments => "Assessments",
            Self::Enquiries => "Section 47 enquiries and conferences",
            Self::ChildProtection => "Child protection",
            Self::ChildrenInNeed => "Children in need",
            Self::Allocation => "Allocation and drift",
            Self::ChildrenInCare => "Children in care",
            Self::CareLeavers => "Care leavers",
            Self::Workforce => "Caseloads",
        }
    }
}

/// How facts become a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Each fact is a unit; the numerator counts those that have it.
    Units,
    /// Each fact is a child held; a unit is a worker; the value is children per worker.
    ChildrenPerWorker,
    /// Each fact is a child held; a unit is a worker; the numerator counts workers above the caseload limit.
    WorkersAboveLimit,
}

/// Whether the units lie in a period or are open at the as-at date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Events in `[from, to]`.
    InPeriod,
    /// Spells open at the as-at date.
    AtDate,
}

/// A list and the columns of it (official headers) without which a measure is "not supplied".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// The list.
    pub list: List,
    /// The columns.
    pub columns: &'static [&'static str],
    /// Also not supplied when every cell of the columns is blank.
    pub filled: bool,
}

/// A list and its columns, supplied whether or not a cell of them is filled.
pub(crate) const fn needs(list: List, columns: &'static [&'static str]) -> Needs {
    Needs { list, columns, filled: false }
}

/// A list and its columns, of which at least one cell each is filled.
const fn needs_filled(list: List, columns: &'static [&'static str]) -> Needs {
    Needs { list, columns, filled: true }
}

/// A target people expect before the council sets its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The share (0 to 1), or for children per worker the number.
    pub value: f64,
    /// Where it comes from, in words.
    pub source: &'static str,
}

/// A measure: what it is, in words and as a function.
#[derive(Debug)]
pub struct Measure {
    /// Stable id, `CPP-01`.
    pub id: &'static str,
    /// A short name for a card.
    pub name: &'static str,
    /// Where it stands.
    pub group: Group,
    /// What the denominator counts, in the plural: "plans open".
    pub denominator: &'static str,
    /// What the numerator counts: "visited within {cp_visit_working_days} working days". Names of standards in
    /// braces, here and in the other texts, are filled in by [`Measure::numerator_text`] and its like.
    pub numerator: &'static str,
    /// Plain words: what it means and why it matters for a child.
    pub meaning: &'static str,
    /// The rule's source.
    pub source: &'static str,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Whether its units lie in a period or are open at the as-at date.
    pub timing: Timing,
    /// What it says of a child usually still holds of that child a month later (a plan open over two years, a home that is
    /// suitable, who holds the child), so that its months share their children. [`crate::signal`] then judges the moves
    /// between months and not the level.
    pub carries_over: bool,
    /// How facts are counted.
    pub counting: Counting,
    /// What it needs from the extract.
    pub needs: &'static [Needs],
    /// Which standards it reads, by name.
    pub standards: &'static [&'static str],
    /// A default target.
    pub target: Option<Target>,
    /// The key of England's figure in the benchmark table.
    pub benchmark: Option<crate::benchmarks::Benchmark>,
    /// The units of one child.
    pub(crate) facts: fn(&SoundJourney, &Context<'_>, &mut Emit<'_>),
}

/// The dates of a figure, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// The default: the three months up to `as_at` ("Rules for all", 4).
    #[must_use]
    pub fn up_to(as_at: NaiveDate) -> Self {
        Self { from: crate::calendar::add_days(crate::calendar::minus_months(as_at, 3), 1), to: as_at }
    }

    /// Whether a date lies in the period; a blank one lies in none.
    #[must_use]
    pub fn has(&self, date: Option<NaiveDate>) -> bool {
        date.is_some_and(|date| self.from <= date && date <= self.to)
    }
}

/// What is known beside the child: dates, standards, calendar, names, and what the extract supplied.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The as-at date.
    pub as_at: NaiveDate,
    /// The period.
    pub period: Period,
    /// The standards in force.
    pub standards: &'a Standards,
    /// Working days.
    pub calendar: &'a WorkingDays,
    /// The extract's names.
    pub names: &'a Names,
    /// What the extract supplied.
    pub supplied: &'a Supplied,
}

impl Context<'_> {
    /// The date when it lies in the period.
    fn in_period(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|date| self.period.has(Some(*date)))
    }
}

/// Completed years at the as-at date; `None` for a child not yet born or without a date of birth.
fn age_of(person: &Person, context: &Context<'_>) -> Option<u32> {
    age_at(person.date_of_birth?, context.as_at)
}

/// The position of a child's latest row: by date, then first in the sheet ("Rules for all", 6). A row without a date
/// is never later than one with.
fn latest<Row>(rows: &[Row], date: impl Fn(&Row) -> Option<NaiveDate>) -> Option<usize> {
    rows.iter().enumerate().min_by_key(|(_, row)| Reverse(date(row))).map(|(position, _)| position)
}

/// Which lists and columns an extract holds, and how many cells of each are not blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplied {
    /// Keyed by list number, then by official header.
    pub lists: BTreeMap<u8, BTreeMap<String, u64>>,
}

impl Supplied {
    /// Whether everything a measure needs is in the extract ("Rules for all", 12). A list without a row is measured, also
    /// by measures that need a column filled.
    #[must_use]
    pub fn satisfies(&self, needs: &[Needs]) -> bool {
        needs.iter().all(|need| {
            self.lists.get(&need.list.number()).is_some_and(|columns| {
                let empty = columns.values().all(|filled| *filled == 0);
                let enough = |filled: &u64| !need.filled || *filled > 0 || empty;
                need.columns.iter().all(|column| columns.get(*column).is_some_and(enough))
            })
        })
    }
}

/// One unit of a measure's denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The measure's id.
    pub measure: &'static str,
    /// The child.
    pub child_id: Arc<str>,
    /// The list of the unit's row; 0 where the unit is a child.
    pub list: u8,
    /// The row among the child's rows of that list.
    pub position: u16,
    /// The unit's team as shown; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The unit's worker as shown; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
    /// Whether the unit is in the numerator.
    pub numerator: bool,
    /// Where the measure's clock begins.
    pub start: Option<NaiveDate>,
    /// The last day that is on time, or within the limit.
    pub due: Option<NaiveDate>,
    /// From the start to the end or to as-at, in the clock's unit.
    pub days: Option<i64>,
    /// When it happened, where the unit is an event ([`Measure::event`]) and its date is known.
    pub event: Option<NaiveDate>,
}

/// What a measure's clock says of one unit. The default is a measure without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    /// Where it begins.
    pub start: Option<NaiveDate>,
    /// The last day on time.
    pub due: Option<NaiveDate>,
    /// Days run: working days after the start, or calendar days with both ends.
    pub days: Option<i64>,
}

/// Takes the facts of one child and one measure.
pub struct Emit<'a> {
    measure: &'static str,
    journey: &'a SoundJourney,
    holder: &'a Held,
    names: &'a Names,
    facts: &'a mut Vec<Fact>,
}

impl Emit<'_> {
    /// A unit on a row that carries its own team and worker.
    pub(crate) fn row(&mut self, list: List, position: usize, held: &Held, numerator: bool, clock: Clock) {
        self.push(list.number(), position, held.team.as_deref(), held.worker.as_deref(), numerator, clock);
    }

    /// A unit on a row of a list without team and worker: it takes the child's current ones.
    pub(crate) fn row_of_child(&mut self, list: List, position: usize, numerator: bool, clock: Clock) {
        let holder = self.holder;
        self.push(list.number(), position, holder.team.as_deref(), holder.worker.as_deref(), numerator, clock);
    }

    /// The child is the unit.
    pub(crate) fn child(&mut self, numerator: bool) {
        let holder = self.holder;
        self.push(0, 0, holder.team.as_deref(), holder.worker.as_deref(), numerator, Clock::default());
    }

    fn push(
        &mut self,
        list: u8,
        position: usize,
        team: Option<&str>,
        worker: Option<&str>,
        numerator: bool,
        clock: Clock,
    ) {
        self.facts.push(Fact {
            measure: self.measure,
            child_id: Arc::clone(&self.journey.child_id),
            list,
            position: u16::try_from(position).unwrap_or(u16::MAX),
            team: team.map(|name| self.names.team(name)),
            worker: worker.map(|name| self.names.worker(name)),
            numerator,
            start: clock.start,
            due: clock.due,
            days: clock.days,
            event: None,
        });
    }
}

/// The facts of every core measure for one child.
#[must_use]
pub fn evaluate(journey: &SoundJourney, context: &Context<'_>) -> Vec<Fact> {
    evaluate_these(CORE, journey, context, |_| context.period)
}

/// The facts of one measure for one child.
#[must_use]
pub fn evaluate_one(measure: &'static Measure, journey: &SoundJourney, context: &Context<'_>) -> Vec<Fact> {
    evaluate_these([measure], journey, context, |_| context.period)
}

/// The facts of every measure over a period, for one child: those of a month's events.
#[must_use]
pub fn evaluate_events(journey: &SoundJourney, context: &Context<'_>) -> Vec<Fact> {
    let over_a_period = CORE.iter().filter(|measure| measure.timing == Timing::InPeriod);
    evaluate_these(over_a_period, journey, context, |_| context.period)
}

/// The facts of these measures for one child, each measure over its own period.
pub(crate) fn evaluate_these(
    measures: impl IntoIterator<Item = &'static Measure>,
    journey: &SoundJourney,
    context: &Context<'_>,
    period: impl Fn(&Measure) -> Period,
) -> Vec<Fact> {
    let holder = journey.current_holder(context.names, context.standards);
    let mut facts = Vec::new();
    for measure in measures {
        let before = facts.len();
        let mut emit = Emit { measure: measure.id, journey, holder: &holder, names: context.names, facts: &mut facts };
        (measure.facts)(journey, &Context { period: period(measure), ..*context }, &mut emit);
        // Most measures have no unit for a given child, and what was supplied takes longer to find out.
        if facts.len() > before && !context.supplied.satisfies(measure.needs_under(context.standards)) {
            facts.truncate(before);
        }
        if let Some(event) = measure.event() {
            facts.iter_mut().skip(before).for_each(|fact| fact.event = event.date(journey, fact.position));
        }
    }
    facts
}
