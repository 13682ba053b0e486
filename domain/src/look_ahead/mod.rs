//! What the coming weeks will show if nobody acts, what falls due on which day, and what would reach the target.
//!
//! A later day is judged on what is known at the as-at date and on nothing else ([`SoundJourney::judged_on`]):
//!
//! - no visit, review, contact, referral or decision is added, and a spell that had not begun does not begin;
//! - a date that was bad as at the as-at date stays blank;
//! - an end that was already recorded (a closure, the end of a plan or of care, an authorisation, the date of an
//!   initial conference) takes place on its day;
//! - a number that the extract holds for "the last 12 months" stays as it was supplied.

mod due;
mod remedy;
mod target;

pub use due::{DueUnit, due_days, falling_due};
pub use remedy::{Moves, Remedy, has_due_day, remedy};
pub use target::{BadShare, Reach, Share, is_on_target, reach};

use crate::calendar::add_days;
use crate::journey::SoundJourney;
use crate::measures::{CORE, Context, Fact, Measure, Period, Polarity, evaluate_these};
use chrono::NaiveDate;

/// How many weeks ahead are shown.
pub const WEEKS: u32 = 4;

/// Measures over a period that count ends: an end recorded for a coming day falls in the period of that day. The other
/// measures over a period count what is new, and nothing new is known after the as-at date.
const COUNT_ENDS: [&str; 6] = ["ASM-01", "ASM-03", "S47-01", "ICPC-01", "CPP-08", "CPP-12"];

/// The same weekday so many weeks on.
#[must_use]
pub fn horizon(as_at: NaiveDate, weeks: u32) -> NaiveDate {
    add_days(as_at, weeks.saturating_mul(7))
}

/// One coming week of one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingWeek {
    /// Weeks after the as-at date, from 1.
    pub week: u32,
    /// The day it is judged on, seven days a week after the as-at date.
    pub day: NaiveDate,
    /// The facts of every core measure as they will stand on that day.
    pub facts: Vec<Fact>,
}

/// The facts of a child in each of the coming [`WEEKS`], if nobody acts. The journey is as read at the as-at date.
#[must_use]
pub fn coming_weeks(mut journey: SoundJourney, context: &Context<'_>) -> Vec<ComingWeek> {
    let as_at = journey.known_to();
    let mut weeks = Vec::new();
    for week in 1..=WEEKS {
        let day = horizon(as_at, week);
        journey = journey.judged_on(day);
        weeks.push(ComingWeek { week, day, facts: facts(CORE, &journey, context) });
    }
    weeks
}

/// The facts of these measures on the day the journey is judged on. Of the context its standards, calendar, names and
/// lists count; the day is the journey's, and the period is the default one that ends on it.
#[must_use]
pub fn facts(
    measures: impl IntoIterator<Item = &'static Measure>,
    journey: &SoundJourney,
    context: &Context<'_>,
) -> Vec<Fact> {
    let day = journey.as_at();
    let ends = Period::up_to(day);
    let events = Period { to: journey.known_to(), ..ends };
    let context = Context { as_at: day, period: ends, ..*context };
    evaluate_these(measures, journey, &context, |measure| if counts_ends(measure) { ends } else { events })
}

fn counts_ends(measure: &Measure) -> bool {
    COUNT_ENDS.contains(&measure.id)
}

/// Whether a unit is on the wrong side of its measure; never so where neither side is good.
#[must_use]
pub fn is_wrong(measure: &Measure, fact: &Fact) -> bool {
    match measure.polarity {
        Polarity::High => !fact.numerator,
        Polarity::Low => fact.numerator,
        Polarity::Neutral => false,
    }
}

/// What makes two facts of one measure the same unit.
fn unit(fact: &Fact) -> (&str, &str, u8, u16) {
    (fact.measure, &fact.child_id, fact.list, fact.position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Timing;

    #[test]
    fn measures_that_count_ends_are_measures_over_a_period() {
        let over_a_period: Vec<_> = CORE.iter().filter(|measure| measure.timing == Timing::InPeriod).collect();
        let (ends, events): (Vec<_>, Vec<_>) = over_a_period.into_iter().partition(|measure| counts_ends(measure));
        let ids = |measures: Vec<&Measure>| measures.into_iter().map(|measure| measure.id).collect::<Vec<_>>();
        assert_eq!(ids(ends), COUNT_ENDS);
        assert_eq!(ids(events), ["CON-01", "REF-02", "REF-03", "S47-04", "S47-06", "CPP-09"]);
    }
}
