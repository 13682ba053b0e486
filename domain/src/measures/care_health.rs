//! Health of children looked after: health assessments and dental checks.

use super::care::{CEASED, LEGAL_STATUS, STARTED, looked_after};
use super::clock::{Limit, has_lasted_months, judge};
use super::{Context, Counting, Emit, Group, Measure, Polarity, Timing, age_of, needs};
use crate::benchmarks::Benchmark;
use crate::journey::SoundJourney;
use crate::record::{CarePeriod, List};

/// Health assessment up to date.
pub(super) const CLA_07: Measure = Measure {
    id: "CLA-07",
    name: "Health assessment up to date",
    group: Group::ChildrenInCare,
    denominator: "children looked after for 12 months or more, short breaks apart",
    numerator: "assessed in the last {health_months} months ({health_months_under_5} months under the age of five)",
    meaning: "Children in care often come with health needs that nobody has met. An assessment that was refused counts as \
              not done.",
    source: "Promoting the health and well-being of looked-after children (statutory guidance), paragraph 53; DfE children \
             looked after statistics",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(
        List::ChildrenInCare,
        &["Date of Birth", STARTED, LEGAL_STATUS, "Date of Last Health Assessment", CEASED],
    )],
    standards: &["health_months_under_5", "health_months"],
    target: None,
    benchmark: Some(Benchmark::HealthAssessments),
    facts: health_assessment,
};

/// Dental check up to date.
pub(super) const CLA_09: Measure = Measure {
    id: "CLA-09",
    name: "Dental check up to date",
    group: Group::ChildrenInCare,
    denominator: "children looked after for 12 months or more, short breaks apart",
    numerator: "with teeth checked by a dentist in the last {dental_months} months",
    meaning: "Pain that a child does not speak of affects school, sleep and behaviour. A check that was declined counts as \
              not done.",
    source: "DfE children looked after statistics; Ofsted Annex A, List 8",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInCare, &[STARTED, LEGAL_STATUS, "Date of Last Dental Check", CEASED])],
    standards: &["dental_months"],
    target: None,
    benchmark: Some(Benchmark::DentalChecks),
    facts: dental_check,
};

/// Children looked after for a year or more, short breaks apart.
fn looked_after_for_a_year<'a>(
    journey: &'a SoundJourney,
    context: &Context<'_>,
) -> impl Iterator<Item = (usize, &'a CarePeriod)> {
    let as_at = context.as_at;
    looked_after(journey).filter(move |(_, period)| has_lasted_months(period.started_date, 12, as_at))
}

fn health_assessment(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after_for_a_year(journey, context) {
        let months = match age_of(&period.person, context) {
            Some(0..5) => context.standards.health_months_under_5,
            _ => context.standards.health_months,
        };
        let limit = period.last_health_assessment_date.map(|assessed| Limit::months(assessed, months));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInCare, position, &period.held, verdict.in_time, verdict.clock);
    }
}

fn dental_check(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after_for_a_year(journey, context) {
        let months = context.standards.dental_months;
        let limit = period.last_dental_check_date.map(|checked| Limit::months(checked, months));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::ChildrenInCare, position, &period.held, verdict.in_time, verdict.clock);
    }
}
