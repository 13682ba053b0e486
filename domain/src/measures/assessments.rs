//! Continuous (single) assessments.

use super::clock::{Limit, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Needs, Polarity, Target, Timing, needs};
use crate::benchmarks::Benchmark;
use crate::codes::{self, YES};
use crate::journey::SoundJourney;
use crate::record::{Assessment, List};
use crate::standards::AssessmentClock;
use chrono::NaiveDate;

const START: &str = "Continuous Assessment Start Date";
const AUTHORISED: &str = "Continuous Assessment Date of Authorisation";

/// What ASM-01 needs when its clock runs from the referral.
pub(super) const ASM_01_NEEDS_FROM_REFERRAL: &[Needs] =
    &[needs(List::Assessments, &[START, AUTHORISED]), needs(List::Referrals, &["Date of referral"])];

/// Assessments completed in time.
pub(super) const ASM_01: Measure = Measure {
    id: "ASM-01",
    name: "Assessments completed in time",
    group: Group::Assessments,
    denominator: "assessments authorised in the period",
    numerator: "authorised within {assessment_working_days} working days (clock from: {assessment_clock})",
    meaning: "A child in need of help waits until the assessment is done. Late ones delay the plan; quick ones are only good \
              when the child was seen and heard. The printed standard says whether the clock runs from the assessment's \
              start or from the referral.",
    source: "Working Together, quoted in the CIN census guide 2023-24, 4.9; DfE children in need statistics, table C2",
    polarity: Polarity::High,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Assessments, &[START, AUTHORISED])],
    standards: &["assessment_working_days", "assessment_clock"],
    target: None,
    benchmark: Some(Benchmark::AssessmentsInTime),
    facts: assessments_in_time,
};

/// Open assessments past their time.
pub(super) const ASM_02: Measure = Measure {
    id: "ASM-02",
    name: "Open assessments past their time",
    group: Group::Assessments,
    denominator: "assessments open",
    numerator: "open for more than {assessment_working_days} working days",
    meaning: "Each is a child still waiting for an answer, and invisible in the share completed in time until it is \
              authorised. An assessment whose start is not recorded counts as late.",
    source: "Working Together, quoted in the CIN census guide 2023-24, 4.9; CIN census query 8670Q",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Assessments, &[START, AUTHORISED])],
    standards: &["assessment_working_days"],
    target: Some(Target { value: 0.0, source: "No assessment should be open past its time" }),
    benchmark: None,
    facts: open_assessments_past_their_time,
};

/// Child seen in the assessment.
pub(super) const ASM_03: Measure = Measure {
    id: "ASM-03",
    name: "Child seen in the assessment",
    group: Group::Assessments,
    denominator: "assessments authorised in the period",
    numerator: "with the child recorded as seen",
    meaning: "An assessment that did not see the child rests on what adults said. Unknown and blank count as not seen.",
    source: "Ofsted Annex A, List 4",
    polarity: Polarity::High,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Assessments, &["Child Seen During Continuous Assessment", AUTHORISED])],
    standards: &[],
    target: Some(Target { value: 1.0, source: "Local: every child is seen" }),
    benchmark: None,
    facts: child_seen,
};

fn assessments_in_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, assessment) in journey.assessments.iter().enumerate() {
        let Some(authorised) = context.in_period(assessment.assessment_auth_date) else { continue };
        let verdict =
            judge(time_limit(clock_start(assessment, journey, context), context), authorised, context.calendar);
        emit.row(List::Assessments, position, &assessment.held, verdict.in_time, verdict.clock);
    }
}

fn open_assessments_past_their_time(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, assessment) in journey.assessments.iter().enumerate() {
        let start = assessment.assessment_start_date;
        if journey.has_open(start, assessment.assessment_auth_date) {
            let verdict = judge(time_limit(start, context), context.as_at, context.calendar);
            emit.row(List::Assessments, position, &assessment.held, !verdict.in_time, verdict.clock);
        }
    }
}

fn child_seen(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, assessment) in journey.assessments.iter().enumerate() {
        if context.period.has(assessment.assessment_auth_date) {
            let seen = codes::is(assessment.child_seen.as_ref(), YES);
            emit.row(List::Assessments, position, &assessment.held, seen, Clock::default());
        }
    }
}

fn time_limit(start: Option<NaiveDate>, context: &Context<'_>) -> Option<Limit> {
    start.map(|start| Limit::working_days(start, context.standards.assessment_working_days, context.calendar))
}

/// From which day an assessment's time runs: its start, or, where the standard says so, the child's latest referral on
/// or before its start.
fn clock_start(assessment: &Assessment, journey: &SoundJourney, context: &Context<'_>) -> Option<NaiveDate> {
    let start = assessment.assessment_start_date?;
    let referral = match context.standards.assessment_clock {
        AssessmentClock::Start => None,
        AssessmentClock::Referral => {
            journey.referrals.iter().filter_map(|row| row.referral_date).filter(|referral| *referral <= start).max()
        }
    };
    Some(referral.unwrap_or(start))
}
