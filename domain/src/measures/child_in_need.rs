//! Children in need: visits and drift.

use super::clock::{Limit, judge};
use super::{Context, Counting, Emit, Group, Measure, Polarity, Timing, needs};
use crate::codes::{self, CHILD_IN_NEED_PLAN, YES};
use crate::journey::SoundJourney;
use crate::record::{List, Need};

const START: &str = "CIN Start Date";
const END: &str = "CIN Closure Date";
const STATUS: &str = "Case status";

/// Child in need visits on time.
pub(super) const CIN_01: Measure = Measure {
    id: "CIN-01",
    name: "Child in need visits on time",
    group: Group::ChildrenInNeed,
    denominator: "child in need plans open",
    numerator: "with the child seen, or the period of need begun, within the last {cin_visit_working_days} working days",
    meaning: "A child in need who is not seen can come to harm unnoticed, and the plan stands still. Annex A holds only the \
              last time a social worker saw the child, for any reason.",
    source: "Local standard; Ofsted Annex A, List 6",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInNeed, &[START, "Date Child Was Last Seen", END, STATUS])],
    standards: &["cin_visit_working_days"],
    target: None,
    benchmark: None,
    facts: visits_on_time,
};

/// Child in need plans open for long.
pub(super) const CIN_03: Measure = Measure {
    id: "CIN-03",
    name: "Child in need plans open for long",
    group: Group::ChildrenInNeed,
    denominator: "child in need plans open, children with a disability apart",
    numerator: "open for {cin_drift_months} months or more",
    meaning: "Help should change something within a foreseeable time. A plan open this long has either drifted or hides a \
              child who needs more. Disabled children, who may need support for years, are left out.",
    source: "Local standard; DfE children in need statistics, table B4; Ofsted Annex A, List 6",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInNeed, &["Does the Child have a Disability", START, END, STATUS])],
    standards: &["cin_drift_months"],
    target: None,
    benchmark: None,
    facts: drifting_plans,
};

/// Open rows with the status of a child in need plan.
fn open_child_in_need_plans(journey: &SoundJourney) -> impl Iterator<Item = (usize, &Need)> {
    journey.numbered_open_needs().filter(|(_, need)| codes::is(need.case_status.as_ref(), CHILD_IN_NEED_PLAN))
}

fn visits_on_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, need) in open_child_in_need_plans(journey) {
        // The due day moves with its start, so the later of the two starts decides.
        let limit = need
            .last_seen_date
            .max(need.cin_start_date)
            .map(|start| Limit::working_days(start, context.standards.cin_visit_working_days, context.calendar));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInNeed, position, &need.held, verdict.in_time, verdict.clock);
    }
}

fn drifting_plans(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, need) in open_child_in_need_plans(journey) {
        if codes::is(need.person.disability.as_ref(), YES) {
            continue;
        }
        let months = context.standards.cin_drift_months;
        let limit = need.cin_start_date.map(|start| Limit::short_of_months(start, months));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInNeed, position, &need.held, !verdict.in_time, verdict.clock);
    }
}
