//! Child protection plans: visits, reviews, and children also looked after. How long plans last is in
//! [`super::plan_length`].

use super::clock::{Limit, has_lasted_months, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, age_of, needs};
use crate::benchmarks::Benchmark;
use crate::codes::{self, YES};
use crate::journey::SoundJourney;
use crate::record::{List, ProtectionPlan};

pub(super) const START: &str = "Child Protection Plan Start Date";
pub(super) const END: &str = "Child Protection Plan End Date";

/// Child protection visits on time.
pub(super) const CPP_01: Measure = Measure {
    id: "CPP-01",
    name: "Child protection visits on time",
    group: Group::ChildProtection,
    denominator: "child protection plans open",
    numerator: "visited, or begun, within the last {cp_visit_working_days} working days",
    meaning: "A visit in which the child is seen is how harm is noticed. Each late child is one whom nobody from the \
              service is recorded to have seen for longer than this council allows.",
    source: "Local standard: no interval is set nationally; Ofsted Annex A, List 7",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, "Date of the Last Statutory Visit", END])],
    standards: &["cp_visit_working_days"],
    target: Some(Target { value: 0.95, source: "Local: 95% or more" }),
    benchmark: None,
    facts: visits_on_time,
};

/// Seen alone at the last visit.
pub(super) const CPP_02: Measure = Measure {
    id: "CPP-02",
    name: "Child seen alone at the last visit",
    group: Group::ChildProtection,
    denominator: "child protection plans open of children aged {seen_alone_age} or over",
    numerator: "with the child recorded as seen alone",
    meaning: "A child may only say what happens at home when no parent is in the room. Unknown and blank count as not seen \
              alone.",
    source: "Local age; Ofsted Annex A, List 7",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &["Date of Birth", START, "Was the Child Seen Alone?", END])],
    standards: &["seen_alone_age"],
    target: None,
    benchmark: None,
    facts: seen_alone,
};

/// Plans reviewed on time.
pub(super) const CPP_05: Measure = Measure {
    id: "CPP-05",
    name: "Plans reviewed on time",
    group: Group::ChildProtection,
    denominator: "child protection plans open for {cp_first_review_months} months or more",
    numerator: "with a review in the last {cp_review_months} months, or not yet due for the first",
    meaning: "The review conference asks whether the child is safer and changes the plan when not. Annex A holds only the \
              latest review, so this shows plans overdue now rather than every review of the year.",
    source: "Working Together, quoted in Ofsted Annex A, List 7; DfE children in need statistics, table D6",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, "Date of latest review conference", END])],
    standards: &["cp_first_review_months", "cp_review_months"],
    target: None,
    benchmark: Some(Benchmark::PlansReviewedInTime),
    facts: reviewed_on_time,
};

/// On a plan and looked after.
pub(super) const CPP_13: Measure = Measure {
    id: "CPP-13",
    name: "On a plan and looked after",
    group: Group::ChildProtection,
    denominator: "child protection plans open",
    numerator: "of children who are also looked after",
    meaning: "A child in care has a care plan and reviews of its own. Two sets of meetings for one child should be a \
              decision, not an oversight.",
    source: "Ofsted Annex A, Lists 7 and 8",
    polarity: Polarity::Neutral,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[
        needs(List::ProtectionPlans, &[START, END]),
        needs(List::ChildrenInCare, &["Date Started to be Looked After", "Date Ceased to be Looked After"]),
    ],
    standards: &[],
    target: None,
    benchmark: None,
    facts: also_looked_after,
};

fn visits_on_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.numbered_open_plans() {
        // The due day moves with its start, so the later of the two starts decides.
        let limit = plan
            .last_visit_date
            .max(plan.cp_plan_start_date)
            .map(|start| Limit::working_days(start, context.standards.cp_visit_working_days, context.calendar));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ProtectionPlans, position, &plan.held, verdict.in_time, verdict.clock);
    }
}

fn seen_alone(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.numbered_open_plans() {
        if age_of(&plan.person, context).is_some_and(|age| age >= context.standards.seen_alone_age) {
            let alone = codes::is(plan.seen_alone.as_ref(), YES);
            emit.row(List::ProtectionPlans, position, &plan.held, alone, Clock::default());
        }
    }
}

fn reviewed_on_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.numbered_open_plans() {
        if has_lasted_months(plan.cp_plan_start_date, context.standards.cp_first_review_months, context.as_at) {
            let verdict = judge(next_review(plan, context), context.as_at, context.calendar);
            emit.row(List::ProtectionPlans, position, &plan.held, verdict.in_time, verdict.clock);
        }
    }
}

/// When the plan's next review is due: after the latest one of this plan, or after its start. A plan whose start is not
/// known began before any review.
fn next_review(plan: &ProtectionPlan, context: &Context<'_>) -> Option<Limit> {
    let start = plan.cp_plan_start_date;
    match plan.latest_review_date.filter(|review| start.is_none_or(|start| start <= *review)) {
        Some(review) => Some(Limit::months(review, context.standards.cp_review_months)),
        None => start.map(|start| Limit::months(start, context.standards.cp_first_review_months)),
    }
}

fn also_looked_after(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    let looked_after = journey.open_care_periods().next().is_some();
    for (position, plan) in journey.numbered_open_plans() {
        emit.row(List::ProtectionPlans, position, &plan.held, looked_after, Clock::default());
    }
}
