//! Which units came into a figure or left it between two extracts, and why.
//!
//! The earlier extract is also judged on the later day, first by its own standards and then by the later ones, with
//! nothing else known ([`crate::look_ahead`]). What time explains is not put down to people, and what a new standard
//! explains is not put down to records.

use super::reason::{Question, Reason};
use super::row::{Row, pairs};
use crate::journey::Journey;
use crate::look_ahead;
use crate::measures::figure::Figure;
use crate::measures::{Context, Fact, Measure, evaluate_one};
use crate::record::List;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Where a unit stands in the figure of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Not counted.
    Out,
    /// In the denominator alone.
    Denominator,
    /// In the numerator, and so in the denominator too.
    Numerator,
}

/// One extract, as it reads a child.
pub struct Moment<'a> {
    /// The child's records; none where the extract does not know the child.
    pub journey: Option<&'a Journey>,
    /// What is known beside the child; its period is the default one.
    pub context: Context<'a>,
    /// Whether a unit is of the group asked about.
    pub is_of_group: &'a dyn Fn(&Fact) -> bool,
}

/// A unit that is not where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    /// The unit in the earlier extract, where it was counted for the group.
    pub before: Option<Fact>,
    /// The unit in the later extract, where it is counted for the group.
    pub after: Option<Fact>,
    /// Where it stood.
    pub from: Side,
    /// Where it stands.
    pub to: Side,
    /// Why.
    pub reason: Reason,
}

impl UnitChange {
    /// The unit, in the later extract where that counts it.
    #[must_use]
    pub fn fact(&self) -> Option<&Fact> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// What it adds to the figure, 1, 0 or -1: to the numerator, then to the denominator.
    #[must_use]
    pub fn adds(&self) -> (i64, i64) {
        let difference = |counts: fn(Side) -> bool| i64::from(counts(self.to)) - i64::from(counts(self.from));
        (difference(|side| side == Side::Numerator), difference(|side| side != Side::Out))
    }
}

impl Side {
    fn of(fact: Option<&Fact>, moment: &Moment<'_>) -> Self {
        match fact {
            Some(fact) if !(moment.is_of_group)(fact) => Self::Out,
            Some(fact) if fact.numerator => Self::Numerator,
            Some(_) => Self::Denominator,
            None => Self::Out,
        }
    }
}

/// What a figure becomes by these changes.
#[must_use]
pub fn add<'a>(figure: Figure, changes: impl IntoIterator<Item = &'a UnitChange>) -> Figure {
    changes.into_iter().map(UnitChange::adds).fold(figure, |sum, (numerator, denominator)| Figure {
        numerator: sum.numerator.saturating_add_signed(numerator),
        denominator: sum.denominator.saturating_add_signed(denominator),
    })
}

/// The units of one child that came into the figure of a group or left it from one extract to a later one, in the order
/// of the earlier extract and then of the later. Measures of workers have no units that are children: what moves them is
/// the caseload of each worker.
#[must_use]
pub fn of_child(measure: &'static Measure, before: &Moment<'_>, after: &Moment<'_>) -> Vec<UnitChange> {
    let span = (before.context.as_at, after.context.as_at);
    let facts = |moment: &Moment<'_>| {
        moment.journey.map_or_else(Vec::new, |journey| {
            evaluate_one(measure, &journey.clone().read_as_at(moment.context.as_at), &moment.context)
        })
    };
    let (then, now) = (facts(before), facts(after));
    let lists = rows(measure, &then, &now, before.journey, after.journey);
    let places = Places::of(&lists, span.0);
    let mut changes = Vec::new();
    let mut judged = None;
    let met: BTreeSet<Unit> = then.iter().map(Unit::of).collect();
    let new = now.iter().map(Unit::of).filter_map(|unit| match places.earlier(unit) {
        None => Some((None, Some(unit))),
        Some(earlier) => (!met.contains(&earlier)).then_some((Some(earlier), Some(unit))),
    });
    let units = then.iter().map(Unit::of).map(|unit| (Some(unit), places.later(unit))).chain(new);
    for (one, other) in units {
        let find = |facts: &[Fact], unit: Option<Unit>| {
            unit.and_then(|unit| facts.iter().find(|fact| Unit::of(fact) == unit).cloned())
        };
        let (was, is) = (find(&then, one), find(&now, other));
        let (from, to) = (Side::of(was.as_ref(), before), Side::of(is.as_ref(), after));
        if from == to {
            continue;
        }
        let (by_time, by_standards) = judged.get_or_insert_with(|| judge_on_the_later_day(measure, before, after));
        let question = Question {
            measure,
            from,
            to,
            moved: was.is_some() && is.is_some() && (from == Side::Out || to == Side::Out),
            by_time: Side::of(find(by_time, one).as_ref(), before),
            by_standards: Side::of(find(by_standards, one).as_ref(), before),
            rows: (row(&lists, one, |(before, _)| before), row(&lists, other, |(_, after)| after)),
            is_child: one.or(other).is_some_and(|unit| unit.list == 0),
            lists: &lists,
            span,
        };
        let reason = question.answer();
        let counted = |fact: Option<Fact>, side| fact.filter(|_| side != Side::Out);
        changes.push(UnitChange { before: counted(was, from), after: counted(is, to), from, to, reason });
    }
    changes
}

/// The earlier records judged on the later day: by the earlier standards, and by the later ones.
fn judge_on_the_later_day(
    measure: &'static Measure,
    before: &Moment<'_>,
    after: &Moment<'_>,
) -> (Vec<Fact>, Vec<Fact>) {
    let Some(journey) = before.journey else { return (Vec::new(), Vec::new()) };
    let journey = journey.clone().read_as_at(before.context.as_at).judged_on(after.context.as_at);
    let by = |standards| look_ahead::facts([measure], &journey, &Context { standards, ..before.context });
    (by(before.context.standards), by(after.context.standards))
}

/// What tells the units of one child and one measure apart within an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    list: u8,
    position: u16,
}

impl Unit {
    fn of(fact: &Fact) -> Self {
        Self { list: fact.list, position: fact.position }
    }
}

type Lists = BTreeMap<List, (Vec<Row>, Vec<Row>)>;

/// The child's rows of the lists that the measure needs, and of those its units stand on.
fn rows(measure: &Measure, then: &[Fact], now: &[Fact], before: Option<&Journey>, after: Option<&Journey>) -> Lists {
    let of_units = then.iter().chain(now).filter_map(|fact| List::from_number(fact.list));
    let lists: BTreeSet<List> = measure.needs.iter().map(|needs| needs.list).chain(of_units).collect();
    let of = |journey: Option<&Journey>, list| journey.map_or_else(Vec::new, |journey| Row::of_journey(journey, list));
    lists.into_iter().map(|list| (list, (of(before, list), of(after, list)))).collect()
}

fn row<'a>(
    lists: &'a Lists,
    unit: Option<Unit>,
    which: impl Fn(&'a (Vec<Row>, Vec<Row>)) -> &'a Vec<Row>,
) -> Option<&'a Row> {
    let unit = unit?;
    which(lists.get(&List::from_number(unit.list)?)?).get(usize::from(unit.position))
}

/// Which place of the one extract is which of the other.
struct Places(BTreeMap<List, Vec<(usize, usize)>>);

impl Places {
    fn of(lists: &Lists, as_at: NaiveDate) -> Self {
        Self(lists.iter().map(|(list, (before, after))| (*list, pairs(before, after, as_at))).collect())
    }

    fn later(&self, unit: Unit) -> Option<Unit> {
        self.other(unit, |(one, other)| (one, other))
    }

    fn earlier(&self, unit: Unit) -> Option<Unit> {
        self.other(unit, |(one, other)| (other, one))
    }

    fn other(&self, unit: Unit, turned: impl Fn((usize, usize)) -> (usize, usize)) -> Option<Unit> {
        let Some(list) = List::from_number(unit.list) else { return Some(unit) };
        let pairs = self.0.get(&list)?;
        let (_, position) =
            pairs.iter().map(|pair| turned(*pair)).find(|(place, _)| *place == usize::from(unit.position))?;
        Some(Unit { position: u16::try_from(position).unwrap_or(u16::MAX), ..unit })
    }
}
