//! Whether a measure truly changed: one judgement, from which every card, sentence, drawing, table and export is made.
//!
//! Limits are right only for points that do not share their data. A figure of the last three months, taken week by week,
//! shares twelve thirteenths of it with the one before. So a judged point is a calendar month: a measure over a period
//! counts that month's own events, a measure at a date is its value in the month's last extract ([`places`]). The rules
//! that label a point are those of [`crate::spc`]; the verdict is that of the last run of marked points ([`judge`]), and
//! there is none with fewer than 13 judged points or a median denominator below 10. Of a measure whose months share their
//! children the moves are judged and not the level.

pub mod answer;
mod judge;
mod places;
mod span;
pub mod words;

pub use judge::{FEWEST_UNITS, JudgedPoint, Judgement, Mark, Point, Question, Reason, Segment, TooFew, Verdict, judge};
pub use places::{DAYS_TO_FINISH, Place, finishes, months_of_extract, places};
pub use span::{Span, Step};

use crate::measures::{Measure, Timing};
use crate::standards::Standards;

/// The longest clock, in working days, of a figure that may be judged week by week.
const LONGEST_CLOCK_BY_WEEK: u32 = 10;

/// What a point of a measure's chart stands for under these standards: a month; a week where `chart_step` says so and the
/// figure is one at a date whose clock is 10 working days or shorter, so that its weeks share little.
#[must_use]
pub fn step(measure: &Measure, standards: &Standards) -> Step {
    let short = clock_working_days(measure, standards).is_some_and(|days| days <= LONGEST_CLOCK_BY_WEEK);
    match measure.timing {
        Timing::AtDate if short => standards.chart_step,
        Timing::AtDate | Timing::InPeriod => Step::Month,
    }
}

/// The longest of a measure's clocks; none where it has none, or one that does not run in working days.
fn clock_working_days(measure: &Measure, standards: &Standards) -> Option<u32> {
    let days = measure.standards.iter().map(|name| {
        let value = standards.get(name).filter(|_| name.ends_with("_working_days"))?;
        value.parse::<u32>().ok()
    });
    days.collect::<Option<Vec<u32>>>()?.into_iter().max()
}
