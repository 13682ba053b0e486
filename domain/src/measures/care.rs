//! Children looked after: visits, reviews, placements and permanence.

use super::clock::{Limit, has_lasted_months, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, age_of, needs};
use crate::benchmarks::Benchmark;
use crate::codes::{SHORT_BREAKS_AGREEMENTS, SHORT_BREAKS_EPISODES, is};
use crate::journey::SoundJourney;
use crate::record::{CarePeriod, List};

pub(super) const STARTED: &str = "Date Started to be Looked After";
pub(super) const CEASED: &str = "Date Ceased to be Looked After";
pub(super) const LEGAL_STATUS: &str = "Child's Legal Status";
pub(super) const PLACEMENT_START: &str = "Start Date of Most Recent Placement";
pub(super) const PERMANENCE: &str = "What is the permanence plan for this child?";

/// Reviews of children in care on time.
pub(super) const CLA_03: Measure = Measure {
    id: "CLA-03",
    name: "Reviews of children in care on time",
    group: Group::ChildrenInCare,
    denominator: "children looked after, short breaks apart",
    numerator: "reviewed in the last {cla_review_months} months, or not reviewed yet and within \
                {cla_first_review_working_days} working days of the start",
    meaning: "The review is where an independent officer and the child ask whether the care plan still serves the child. \
              Annex A holds only the latest review, so this shows reviews overdue now.",
    source: "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInCare, &[STARTED, LEGAL_STATUS, "Date of Latest Statutory Review", CEASED])],
    standards: &["cla_review_months", "cla_first_review_working_days"],
    target: Some(Target { value: 0.95, source: "Local: 95% or more; the regulation allows no exception" }),
    benchmark: None,
    facts: reviews_on_time,
};

/// Three or more placements in 12 months.
pub(super) const CLA_05: Measure = Measure {
    id: "CLA-05",
    name: "Three or more placements in 12 months",
    group: Group::ChildrenInCare,
    denominator: "children looked after, short breaks apart",
    numerator: "with three or more placements in the last 12 months",
    meaning: "Each move can cost a child a home, a school and the adults they trust. It asks whether the first match was \
              right and whether carers were helped in time.",
    source: "DfE children looked after statistics (placement stability); Ofsted Annex A, List 8",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(
        List::ChildrenInCare,
        &[STARTED, LEGAL_STATUS, "Number of Placements in the Last 12 months", CEASED],
    )],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::ThreePlacements),
    facts: three_placements,
};

/// Long-term placement stability.
pub(super) const CLA_06: Measure = Measure {
    id: "CLA-06",
    name: "Long-term stability of placements",
    group: Group::ChildrenInCare,
    denominator: "children under 16 looked after for two and a half years or more, short breaks apart",
    numerator: "in the same placement for two years or more",
    meaning: "Shows whether children who stay in care get to stay with the same people. Adoption by the same carer cannot be \
              seen in Annex A, so the true figure may be a little higher.",
    source: "DfE children looked after statistics (long-term stability); Ofsted Annex A, List 8",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInCare, &["Date of Birth", STARTED, LEGAL_STATUS, CEASED, PLACEMENT_START])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::LongTermStability),
    facts: long_term_stability,
};

/// Permanence plan recorded.
pub(super) const CLA_13: Measure = Measure {
    id: "CLA-13",
    name: "Permanence plan recorded",
    group: Group::ChildrenInCare,
    denominator: "children looked after for {permanence_months} months or more, short breaks apart",
    numerator: "with a plan for permanence",
    meaning: "By the second review a child should know where they will grow up. Without a plan, time passes and choices close.",
    source: "Statutory guidance on adoption 2013: a plan for permanence at the four-month review",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInCare, &[STARTED, LEGAL_STATUS, PERMANENCE, CEASED])],
    standards: &["permanence_months"],
    target: Some(Target { value: 1.0, source: "Statutory guidance: every child" }),
    benchmark: None,
    facts: permanence_plan,
};

/// Children looked after, less those whose care is a series of short breaks.
pub(crate) fn looked_after(journey: &SoundJourney) -> impl Iterator<Item = (usize, &CarePeriod)> {
    journey.numbered_open_care_periods().filter(|(_, period)| {
        let status = period.legal_status.as_ref();
        !is(status, SHORT_BREAKS_EPISODES) && !is(status, SHORT_BREAKS_AGREEMENTS)
    })
}

fn reviews_on_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    let standards = context.standards;
    for (position, period) in looked_after(journey) {
        let limit = match period.latest_review_date {
            Some(review) => Some(Limit::months(review, standards.cla_review_months)),
            None => period
                .started_date
                .map(|start| Limit::working_days(start, standards.cla_first_review_working_days, context.calendar)),
        };
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInCare, position, &period.held, verdict.in_time, verdict.clock);
    }
}

fn three_placements(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey) {
        let three = period.number_of_placements.is_some_and(|number| number >= 3);
        emit.row(List::ChildrenInCare, position, &period.held, three, Clock::default());
    }
}

fn long_term_stability(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey) {
        let is_under_16 = age_of(&period.person, context).is_some_and(|age| age < 16);
        if !is_under_16 || !has_lasted_months(period.started_date, 30, context.as_at) {
            continue;
        }
        let limit = period.placement_start_date.map(|start| Limit::short_of_months(start, 24));
        let verdict = judge(limit, context.as_at, context.calendar);
        // Here time past the limit is good news, so a placement without a start must not have it.
        emit.row(List::ChildrenInCare, position, &period.held, limit.is_some() && !verdict.in_time, verdict.clock);
    }
}

fn permanence_plan(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey) {
        if has_lasted_months(period.started_date, context.standards.permanence_months, context.as_at) {
            emit.row(List::ChildrenInCare, position, &period.held, period.permanence_plan.is_some(), Clock::default());
        }
    }
}
