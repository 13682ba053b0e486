//! Which units fall due on which day.

use super::{facts, has_due_day, is_wrong, unit};
use crate::calendar::add_days;
use crate::journey::SoundJourney;
use crate::measures::{CORE, Context, Fact, Measure};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A unit that goes over to the wrong side unless somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueUnit {
    /// The last day on which the act is in time. From the next day on the unit is on the wrong side.
    pub last_day: NaiveDate,
    /// The unit as it stands on that day; a unit that its measure counts from the next day on, as it stands then.
    pub fact: Fact,
}

/// The units of one child that fall due from the as-at date to `days` calendar days after it, both included, if nobody
/// acts: by day, then in the order of the core set. The journey is as read at the as-at date.
///
/// Every day is judged by itself, so that also a unit that its measure does not count yet (the first review of a plan
/// not yet three months old) and one whose interval changes on the way (a fifth birthday) fall due on the right day.
#[must_use]
pub fn falling_due(mut journey: SoundJourney, context: &Context<'_>, days: u32) -> Vec<DueUnit> {
    let as_at = journey.known_to();
    let mut due = Vec::new();
    journey = journey.judged_on(as_at);
    let mut today = facts_with_due_days(&journey, context);
    for last_day in as_at.iter_days().take(days as usize + 1) {
        journey = journey.judged_on(add_days(last_day, 1));
        let tomorrow = facts_with_due_days(&journey, context);
        let late_today: BTreeSet<_> = today.iter().filter(|(late, _)| *late).map(|(_, fact)| unit(fact)).collect();
        for (_, fact) in tomorrow.iter().filter(|(late, fact)| *late && !late_today.contains(&unit(fact))) {
            let on_the_day = today.iter().map(|(_, other)| other).find(|other| unit(other) == unit(fact));
            due.push(DueUnit { last_day, fact: on_the_day.unwrap_or(fact).clone() });
        }
        today = tomorrow;
    }
    due
}

/// The measures that set a day by which to act: looked up once, as every day of every child asks for them.
static WITH_DUE_DAYS: LazyLock<Vec<&'static Measure>> =
    LazyLock::new(|| CORE.iter().filter(|measure| has_due_day(measure)).collect());

/// The facts of the measures that set a day by which to act, each with whether it is on the wrong side.
fn facts_with_due_days(journey: &SoundJourney, context: &Context<'_>) -> Vec<(bool, Fact)> {
    let facts = facts(WITH_DUE_DAYS.iter().copied(), journey, context);
    let is_late = |fact: &Fact| {
        let measure = WITH_DUE_DAYS.iter().find(|measure| measure.id == fact.measure);
        measure.is_some_and(|measure| is_wrong(measure, fact))
    };
    facts.into_iter().map(|fact| (is_late(&fact), fact)).collect()
}

/// The units of one measure that fall due from `as_at` to `days` calendar days after it, both included, by due day, from
/// the facts at `as_at` alone. A unit due on a day is late from the next day on.
///
/// For a figure whose journeys are not at hand. It knows no unit that the measure does not count yet, and no interval
/// that changes on the way; [`falling_due`] does.
#[must_use]
pub fn due_days<'a>(
    measure: &Measure,
    facts: impl IntoIterator<Item = &'a Fact>,
    as_at: NaiveDate,
    days: u32,
) -> BTreeMap<NaiveDate, Vec<&'a Fact>> {
    let mut calendar: BTreeMap<NaiveDate, Vec<&Fact>> = BTreeMap::new();
    if has_due_day(measure) {
        for fact in facts.into_iter().filter(|fact| !is_wrong(measure, fact)) {
            if let Some(due) = fact.due.filter(|due| as_at <= *due && *due <= add_days(as_at, days)) {
                calendar.entry(due).or_default().push(fact);
            }
        }
    }
    calendar
}
