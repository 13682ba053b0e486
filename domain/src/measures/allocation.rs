//! Allocation and drift: children whom nobody holds, and children whom nobody has seen.

use super::clock::{Limit, judge};
use super::{Context, Counting, Emit, Group, Measure, Needs, Polarity, Target, Timing, needs};
use crate::journey::SoundJourney;
use crate::record::List;

const WORKER: &str = "Allocated Worker";

/// What it takes to know who holds a child now; the caseload measures need the same.
pub(super) const WHO_HOLDS_A_CHILD: &[Needs] = &[
    needs(List::ChildrenInNeed, &["CIN Start Date", "CIN Closure Date", WORKER]),
    needs(List::ProtectionPlans, &["Child Protection Plan Start Date", "Child Protection Plan End Date", WORKER]),
    needs(List::ChildrenInCare, &["Date Started to be Looked After", "Date Ceased to be Looked After", WORKER]),
];

/// Children with an allocated worker.
pub(super) const ALL_01: Measure = Measure {
    id: "ALL-01",
    name: "Children with an allocated worker",
    group: Group::Allocation,
    denominator: "children open to social care",
    numerator: "held by a named worker",
    meaning: "A child needs a person who knows them and answers for the plan. Duty, a tray or a team's name is nobody. Each \
              child counts once, whatever plans they have.",
    source: "Working Together, for children on a plan or in care; local list of placeholders",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: WHO_HOLDS_A_CHILD,
    standards: &["worker_placeholders"],
    target: Some(Target { value: 1.0, source: "Every open child has a worker" }),
    benchmark: None,
    facts: children_with_a_worker,
};

/// Dormant cases.
pub(super) const DOR_01: Measure = Measure {
    id: "DOR-01",
    name: "Dormant cases",
    group: Group::Allocation,
    denominator: "periods of need open",
    numerator: "in which the child was not seen for more than {dormant_days} days since the need began, or for which \
                neither the start nor a visit is recorded",
    meaning: "An open case in which nobody sees the child gives false comfort. It needs a visit or an end. A case that \
              was opened within the limit is not dormant, whether the child was seen or not.",
    source: "Local standard; Ofsted Annex A, List 6",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInNeed, &["CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date"])],
    standards: &["dormant_days"],
    target: Some(Target { value: 0.0, source: "Local: no dormant case" }),
    benchmark: None,
    facts: dormant_cases,
};

fn children_with_a_worker(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    if journey.is_open() {
        emit.child(emit.holder.worker.is_some());
    }
}

fn dormant_cases(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, need) in journey.numbered_open_needs() {
        // Nobody can have left a child unseen before the need began, so the later of the two dates starts the clock.
        let limit = need
            .last_seen_date
            .max(need.cin_start_date)
            .map(|start| Limit::days(start, context.standards.dormant_days));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInNeed, position, &need.held, !verdict.in_time, verdict.clock);
    }
}
