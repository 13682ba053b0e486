//! Caseloads: how many children one worker holds.
//!
//! Both measures have the same facts, one for each open child with a real worker; they differ in how the facts are
//! counted ([`Counting`]).

use super::allocation::WHO_HOLDS_A_CHILD;
use super::{Context, Counting, Emit, Group, Measure, Polarity, Timing};
use crate::benchmarks::Benchmark;
use crate::journey::SoundJourney;

/// Children per worker.
pub(super) const WF_01: Measure = Measure {
    id: "WF-01",
    name: "Children per worker",
    group: Group::Workforce,
    denominator: "workers who hold an open child",
    numerator: "open children they hold",
    meaning: "A worker with fewer children has time to know each of them. Annex A knows no working hours, so a part-time \
              worker counts as one; England's figure is for full-time equivalents.",
    source: "DfE children's social work workforce statistics; Ofsted Annex A, Lists 6 to 8",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::ChildrenPerWorker,
    needs: WHO_HOLDS_A_CHILD,
    standards: &["worker_placeholders"],
    target: None,
    benchmark: Some(Benchmark::Caseload),
    facts: children_held,
};

/// Workers above the caseload limit.
pub(super) const WF_02: Measure = Measure {
    id: "WF-02",
    name: "Workers above the caseload limit",
    group: Group::Workforce,
    denominator: "workers who hold an open child",
    numerator: "who hold more than {caseload_limit} children",
    meaning: "An average hides the worker with far too many. Children of an overloaded worker are seen later and known less \
              well.",
    source: "Local standard; Ofsted Annex A, Lists 6 to 8",
    polarity: Polarity::Low,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::WorkersAboveLimit,
    needs: WHO_HOLDS_A_CHILD,
    standards: &["caseload_limit", "worker_placeholders"],
    target: None,
    benchmark: None,
    facts: children_held,
};

fn children_held(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    if journey.is_open() && emit.holder.worker.is_some() {
        emit.child(true);
    }
}
