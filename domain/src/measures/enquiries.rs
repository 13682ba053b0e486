//! Section 47 enquiries and initial child protection conferences.

use super::clock::{Limit, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, latest, needs};
use crate::benchmarks::Benchmark;
use crate::codes::{self, NO, YES};
use crate::journey::SoundJourney;
use crate::record::{List, Section47};

const STRATEGY: &str = "Strategy discussion initiating Section 47 Enquiry Start Date";
const UNNECESSARY: &str = "Was an Initial Child Protection Conference deemed unnecessary?";
const CONFERENCE: &str = "Date of Initial Child Protection Conference";

/// Initial conferences held in time.
pub(super) const S47_01: Measure = Measure {
    id: "S47-01",
    name: "Initial conferences held in time",
    group: Group::Enquiries,
    denominator: "initial child protection conferences held in the period",
    numerator: "held within {icpc_working_days} working days of the strategy discussion",
    meaning: "Between the strategy discussion and the conference a child who may be suffering harm has no agreed plan. A \
              conference whose strategy discussion is not recorded counts as late.",
    source: "CIN census guide 2023-24, 4.12; DfE children in need statistics, table C4",
    polarity: Polarity::High,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Section47s, &[STRATEGY, CONFERENCE])],
    standards: &["icpc_working_days"],
    target: None,
    benchmark: Some(Benchmark::ConferencesInTime),
    facts: conferences_in_time,
};

/// Initial conferences overdue.
pub(super) const S47_02: Measure = Measure {
    id: "S47-02",
    name: "Initial conferences overdue",
    group: Group::Enquiries,
    denominator: "section 47 enquiries that await a conference",
    numerator: "waiting for more than {icpc_working_days} working days",
    meaning: "These children were thought to need a conference and have not had one. Children already on a plan are left out, \
              for whom the answer is recorded in the same way.",
    source: "CIN census guide 2023-24, 4.12; CIN census query 8675Q; Ofsted Annex A, Lists 5 and 7",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[
        needs(List::Section47s, &[STRATEGY, UNNECESSARY, CONFERENCE]),
        needs(List::ProtectionPlans, &["Child Protection Plan Start Date", "Child Protection Plan End Date"]),
    ],
    standards: &["icpc_working_days"],
    target: Some(Target { value: 0.0, source: "No child should wait past the time" }),
    benchmark: None,
    facts: conferences_overdue,
};

/// Enquiries that need no conference.
pub(super) const S47_04: Measure = Measure {
    id: "S47-04",
    name: "Enquiries that end without a conference",
    group: Group::Enquiries,
    denominator: "section 47 enquiries begun in the period and decided",
    numerator: "in which a conference was deemed unnecessary",
    meaning: "An enquiry is intrusive for a family. A high share without a conference may mean that enquiries begin too \
              readily; a very low one that only the certain cases are looked into.",
    source: "Ofsted Annex A, List 5",
    polarity: Polarity::Neutral,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Section47s, &[STRATEGY, UNNECESSARY])],
    standards: &[],
    target: None,
    benchmark: None,
    facts: enquiries_without_conference,
};

/// Repeat enquiries.
pub(super) const S47_06: Measure = Measure {
    id: "S47-06",
    name: "Children with repeat enquiries in 12 months",
    group: Group::Enquiries,
    denominator: "children with a section 47 enquiry begun in the period",
    numerator: "with an earlier enquiry in the 12 months before the latest",
    meaning: "A second enquiry within a year asks whether the first one made the child safer. Each child counts once.",
    source: "Ofsted Annex A, List 5",
    polarity: Polarity::Low,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Section47s, &[STRATEGY, "Number of Section 47 Enquiries in the last 12 months"])],
    standards: &[],
    target: None,
    benchmark: None,
    facts: repeat_enquiries,
};

/// Conferences that lead to a plan.
pub(super) const ICPC_01: Measure = Measure {
    id: "ICPC-01",
    name: "Conferences that lead to a plan",
    group: Group::Enquiries,
    denominator: "initial child protection conferences held in the period",
    numerator: "that resulted in a child protection plan",
    meaning: "Both extremes matter: a low share puts families through conferences without need, a share near all may mean \
              that conferences only confirm what was already decided.",
    source: "Ofsted Annex A, List 5",
    polarity: Polarity::Neutral,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(
        List::Section47s,
        &[CONFERENCE, "Did the Initial Child Protection Conference Result in a Child Protection Plan"],
    )],
    standards: &[],
    target: None,
    benchmark: None,
    facts: conferences_with_a_plan,
};

fn time_limit(enquiry: &Section47, context: &Context<'_>) -> Option<Limit> {
    enquiry
        .strategy_discussion_date
        .map(|start| Limit::working_days(start, context.standards.icpc_working_days, context.calendar))
}

fn conferences_in_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, enquiry) in journey.section_47s.iter().enumerate() {
        let Some(conference) = context.in_period(enquiry.icpc_date) else { continue };
        let verdict = judge(time_limit(enquiry, context), conference, context.calendar);
        emit.row(List::Section47s, position, &enquiry.held, verdict.in_time, verdict.clock);
    }
}

fn conferences_overdue(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    if journey.open_plans().next().is_some() {
        return;
    }
    for (position, enquiry) in journey.section_47s.iter().enumerate() {
        let is_held = enquiry.icpc_date.is_some_and(|date| date <= context.as_at);
        if codes::is(enquiry.icpc_unnecessary.as_ref(), NO) && !is_held {
            let verdict = judge(time_limit(enquiry, context), context.as_at, context.calendar);
            emit.row(List::Section47s, position, &enquiry.held, !verdict.in_time, verdict.clock);
        }
    }
}

fn enquiries_without_conference(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, enquiry) in journey.section_47s.iter().enumerate() {
        let answer = enquiry.icpc_unnecessary.as_ref();
        let unnecessary = codes::is(answer, YES);
        if context.period.has(enquiry.strategy_discussion_date) && (unnecessary || codes::is(answer, NO)) {
            emit.row(List::Section47s, position, &enquiry.held, unnecessary, Clock::default());
        }
    }
}

fn repeat_enquiries(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    if !journey.section_47s.iter().any(|enquiry| context.period.has(enquiry.strategy_discussion_date)) {
        return;
    }
    // The unit is the child; its line stands on the row that answers for it.
    let latest = latest(&journey.section_47s, |row| row.strategy_discussion_date);
    if let Some((position, enquiry)) = latest.and_then(|position| Some((position, journey.section_47s.get(position)?)))
    {
        let repeat = enquiry.number_of_previous_section_47s.is_some_and(|number| number >= 1);
        emit.row(List::Section47s, position, &enquiry.held, repeat, Clock::default());
    }
}

fn conferences_with_a_plan(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, enquiry) in journey.section_47s.iter().enumerate() {
        if context.period.has(enquiry.icpc_date) {
            let plan = codes::is(enquiry.icpc_outcome_cp_plan.as_ref(), YES);
            emit.row(List::Section47s, position, &enquiry.held, plan, Clock::default());
        }
    }
}
