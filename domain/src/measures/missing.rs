//! Children missing from care.

use super::care::{CEASED, LEGAL_STATUS, STARTED, looked_after};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, needs};
use crate::benchmarks::Benchmark;
use crate::codes::{self, YES};
use crate::journey::SoundJourney;
use crate::record::{CarePeriod, List};

const EPISODES: &str = "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months";

/// Children missing from care.
pub(super) const MIS_01: Measure = Measure {
    id: "MIS-01",
    name: "Children missing from care in 12 months",
    group: Group::ChildrenInCare,
    denominator: "children looked after, short breaks apart",
    numerator: "missing from their placement at least once in the last 12 months",
    meaning: "A missing child may be exploited or hurt, or running from something at home. Councils record episodes \
              differently, so compare with care.",
    source: "DfE children looked after statistics (children in care at any time of the year); Ofsted Annex A, List 8",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::ChildrenInCare, &[STARTED, LEGAL_STATUS, CEASED, EPISODES])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::MissingFromCare),
    facts: missing_from_care,
};

/// Return interview offered.
pub(super) const MIS_02: Measure = Measure {
    id: "MIS-02",
    name: "Return interview offered",
    group: Group::ChildrenInCare,
    denominator: "children looked after who were missing in the last 12 months, short breaks apart",
    numerator: "offered a return interview after the last time",
    meaning: "The interview is the child's chance to say why they went and what happened. Unknown and blank count as not \
              offered.",
    source: "Statutory guidance on children who run away or go missing 2014; Ofsted Annex A, List 8",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(
        List::ChildrenInCare,
        &[
            STARTED,
            LEGAL_STATUS,
            CEASED,
            EPISODES,
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        ],
    )],
    standards: &[],
    target: Some(Target { value: 1.0, source: "Statutory guidance: offered to every child" }),
    benchmark: None,
    facts: return_interview_offered,
};

fn has_been_missing(period: &CarePeriod) -> bool {
    period.missing_episodes.is_some_and(|episodes| episodes >= 1)
}

fn missing_from_care(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey) {
        emit.row(List::ChildrenInCare, position, &period.held, has_been_missing(period), Clock::default());
    }
}

fn return_interview_offered(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, period) in looked_after(journey).filter(|(_, period)| has_been_missing(period)) {
        let offered = codes::is(period.return_interview_offered.as_ref(), YES);
        emit.row(List::ChildrenInCare, position, &period.held, offered, Clock::default());
    }
}
