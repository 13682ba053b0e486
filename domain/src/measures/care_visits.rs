//! Visits to children looked after: the intervals of regulation 28 as far as Annex A shows them (table F1).

use super::care::{CEASED, LEGAL_STATUS, PERMANENCE, PLACEMENT_START, STARTED, looked_after};
use super::clock::{Limit, has_lasted_months, judge};
use super::{Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, needs};
use crate::calendar::{add_days, add_months, minus_months};
use crate::codes::{
    INTERIM_CARE_ORDER, LONG_TERM_FOSTERING, LONG_TERM_FOSTERING_RELATIVE, PERMANENCE_FOSTERING,
    PERMANENCE_RESIDENTIAL, PLACED_WITH_PARENTS, is,
};
use crate::journey::SoundJourney;
use crate::record::{CarePeriod, List};
use chrono::NaiveDate;

/// Visits to children in care on time.
pub(super) const CLA_01: Measure = Measure {
    id: "CLA-01",
    name: "Visits to children in care on time",
    group: Group::ChildrenInCare,
    denominator: "children looked after, short breaks apart",
    numerator: "visited within {cla_visit_days} days ({cla_visit_interim_order_days} with parents on an interim order, \
                {cla_visit_long_term_months} months after a year in a long-term placement), or placed in the last \
                {cla_first_visit_days} days",
    meaning: "The council is the child's parent, and a parent knows how the child is. A visit before the current placement \
              does not count: it says nothing about where the child lives now.",
    source: "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(
        List::ChildrenInCare,
        &[
            STARTED,
            LEGAL_STATUS,
            "Date of Last Social Work Visit",
            PERMANENCE,
            CEASED,
            PLACEMENT_START,
            "Placement Type",
        ],
    )],
    standards: &[
        "cla_first_visit_days",
        "cla_visit_days",
        "cla_visit_interim_order_days",
        "cla_visit_long_term_months",
    ],
    target: Some(Target { value: 0.95, source: "Local: 95% or more; the regulation allows no exception" }),
    benchmark: None,
    facts: visits_on_time,
};

/// How long after a visit the next one is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interval {
    Days(u32),
    Months(u32),
}

impl Interval {
    /// The last day on which a visit on `visit` is not older than the interval: the last day `D` with `D` minus the
    /// interval on or before the visit.
    fn last_day(self, visit: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => add_days(visit, days),
            Self::Months(months) => {
                // Months clamp: three months before 29, 30 and 31 May are all 28 February.
                let mut last = add_months(visit, months);
                while let Some(next) = last.succ_opt().filter(|next| minus_months(*next, months) <= visit) {
                    last = next;
                }
                last
            }
        }
    }
}

fn visits_on_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey) {
        let limit = period.placement_start_date.map(|placed| next_visit(period, placed, context));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInCare, position, &period.held, verdict.in_time, verdict.clock);
    }
}

/// When the next visit is due: after the last one in this placement, and not before its first week is over.
fn next_visit(period: &CarePeriod, placed: NaiveDate, context: &Context<'_>) -> Limit {
    let first = add_days(placed, context.standards.cla_first_visit_days);
    match period.last_visit_date.filter(|visit| *visit >= placed) {
        Some(visit) => Limit::until(visit, first.max(interval(period, placed, context).last_day(visit))),
        None => Limit::until(placed, first),
    }
}

/// The interval of table F1 that applies at the as-at date.
fn interval(period: &CarePeriod, placed: NaiveDate, context: &Context<'_>) -> Interval {
    let (placement, plan) = (period.placement_type.as_ref(), period.permanence_plan.as_ref());
    let is_meant_to_last = is(placement, LONG_TERM_FOSTERING_RELATIVE)
        || is(placement, LONG_TERM_FOSTERING)
        || is(plan, PERMANENCE_RESIDENTIAL)
        || is(plan, PERMANENCE_FOSTERING);
    if is_meant_to_last && has_lasted_months(Some(placed), 12, context.as_at) {
        Interval::Months(context.standards.cla_visit_long_term_months)
    } else if is(period.legal_status.as_ref(), INTERIM_CARE_ORDER) && is(placement, PLACED_WITH_PARENTS) {
        Interval::Days(context.standards.cla_visit_interim_order_days)
    } else {
        Interval::Days(context.standards.cla_visit_days)
    }
}
