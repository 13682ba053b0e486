//! How long child protection plans last, and plans that are not the child's first.

use super::child_protection::{END, START};
use super::clock::{Limit, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Timing, needs};
use crate::benchmarks::Benchmark;
use crate::journey::SoundJourney;
use crate::record::{List, ProtectionPlan};

/// Long plans: early warning.
pub(super) const CPP_06: Measure = Measure {
    id: "CPP-06",
    name: "Long plans: early warning",
    group: Group::ChildProtection,
    denominator: "child protection plans open",
    numerator: "open for {cp_long_plan_months} months or more",
    meaning: "A plan that runs this long may have stopped changing anything for the child. It leaves time to act before two \
              years are reached.",
    source: "Local standard; Ofsted Annex A, List 7",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, END])],
    standards: &["cp_long_plan_months"],
    target: None,
    benchmark: None,
    facts: long_plans,
};

/// Plans open for two years or longer.
pub(super) const CPP_07: Measure = Measure {
    id: "CPP-07",
    name: "Plans open for two years or longer",
    group: Group::ChildProtection,
    denominator: "child protection plans open",
    numerator: "open for more than {cp_two_years_days} calendar days",
    meaning: "Two years is a large part of a childhood to live at risk of significant harm. Each of these children should be \
              known to the leadership by circumstance.",
    source: "DfE children in need statistics, table D5 (more than 729 calendar days, both ends counted)",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, END])],
    standards: &["cp_two_years_days"],
    target: None,
    benchmark: Some(Benchmark::PlansOpenTwoYears),
    facts: open_two_years,
};

/// Ended plans that lasted two years or longer.
pub(super) const CPP_08: Measure = Measure {
    id: "CPP-08",
    name: "Ended plans that lasted two years or longer",
    group: Group::ChildProtection,
    denominator: "child protection plans ended in the period",
    numerator: "that lasted more than {cp_two_years_days} calendar days",
    meaning: "Says how long children lived under a plan before it ended. A wave of long plans brought to an end raises it for \
              a good reason.",
    source: "DfE children in need statistics, table D7 (more than 729 calendar days, both ends counted)",
    polarity: Polarity::Low,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, END])],
    standards: &["cp_two_years_days"],
    target: None,
    benchmark: Some(Benchmark::PlansEndedTwoYears),
    facts: ended_after_two_years,
};

/// Second or later plans.
pub(super) const CPP_09: Measure = Measure {
    id: "CPP-09",
    name: "Second or later plans",
    group: Group::ChildProtection,
    denominator: "child protection plans begun in the period",
    numerator: "of children who had a plan with this council before",
    meaning: "Harm came back, or never went away. However long ago the first plan was, its ending is worth reading again.",
    source: "DfE children in need statistics, table D3; CIN census guide 2023-24, 5.4",
    polarity: Polarity::Low,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, "Number of Previous Child Protection Plans"])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::SecondPlans),
    facts: second_plans,
};

/// Plans ended early.
pub(super) const CPP_12: Measure = Measure {
    id: "CPP-12",
    name: "Plans that ended early",
    group: Group::ChildProtection,
    denominator: "child protection plans ended in the period",
    numerator: "that ended within {cp_short_plan_months} months of their start",
    meaning: "A plan that ends at or before its first review had little time to make a child safer. It may not have been \
              needed, or it may have ended too soon. Only plans shown to be short are counted.",
    source: "DfE children in need statistics, table D7; Ofsted Annex A, List 7",
    polarity: Polarity::Low,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::ProtectionPlans, &[START, END])],
    standards: &["cp_short_plan_months"],
    target: None,
    benchmark: Some(Benchmark::PlansEndedInThreeMonths),
    facts: ended_early,
};

fn long_plans(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.numbered_open_plans() {
        let months = context.standards.cp_long_plan_months;
        let limit = plan.cp_plan_start_date.map(|start| Limit::short_of_months(start, months));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ProtectionPlans, position, &plan.held, !verdict.in_time, verdict.clock);
    }
}

fn open_two_years(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.numbered_open_plans() {
        let verdict = judge(two_years(plan, context), context.as_at, context.calendar);
        emit.row(List::ProtectionPlans, position, &plan.held, !verdict.in_time, verdict.clock);
    }
}

fn ended_after_two_years(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.protection_plans.iter().enumerate() {
        let Some(end) = context.in_period(plan.cp_plan_end_date) else { continue };
        let verdict = judge(two_years(plan, context), end, context.calendar);
        emit.row(List::ProtectionPlans, position, &plan.held, !verdict.in_time, verdict.clock);
    }
}

fn two_years(plan: &ProtectionPlan, context: &Context<'_>) -> Option<Limit> {
    plan.cp_plan_start_date.map(|start| Limit::lasting_days(start, context.standards.cp_two_years_days))
}

fn second_plans(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.protection_plans.iter().enumerate() {
        if context.period.has(plan.cp_plan_start_date) {
            let second = plan.number_of_previous_plans.is_some_and(|number| number >= 1);
            emit.row(List::ProtectionPlans, position, &plan.held, second, Clock::default());
        }
    }
}

fn ended_early(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, plan) in journey.protection_plans.iter().enumerate() {
        let Some(end) = context.in_period(plan.cp_plan_end_date) else { continue };
        let limit = plan.cp_plan_start_date.map(|start| Limit::months(start, context.standards.cp_short_plan_months));
        let verdict = judge(limit, end, context.calendar);
        emit.row(List::ProtectionPlans, position, &plan.held, verdict.in_time, verdict.clock);
    }
}
