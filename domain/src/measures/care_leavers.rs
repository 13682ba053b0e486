//! Care leavers: in touch, home, occupation, and the council's own duties towards them.
//!
//! In touch, home and occupation are also told apart by age, each under an id of its own (`CL-01a`: 17 and 18,
//! `CL-01b`: 19 to 21).

use super::clock::{Limit, judge};
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Target, Timing, age_of, needs, needs_filled};
use crate::benchmarks::Benchmark;
use crate::codes::{
    ACCOMMODATION_OUT_OF_SCOPE, DIED, FORMER_RELEVANT, IN_EDUCATION_EMPLOYMENT_OR_TRAINING, RELEVANT, RETURNED_HOME,
    SUITABLE, YES, is,
};
use crate::journey::SoundJourney;
use crate::record::{CareLeaver, List};
use std::ops::RangeInclusive;

const IN_TOUCH: &str = "LA In Touch";
const ELIGIBILITY: &str = "Eligibility Category";
const ACCOMMODATION: &str = "Type of Accommodation";
const SUITABILITY: &str = "Suitability of Accommodation";
const ACTIVITY: &str = "Activity Status";
const BIRTH: &str = "Date of Birth";

/// Care leavers in touch.
pub(super) const CL_01: Measure = Measure {
    id: "CL-01",
    name: "Care leavers in touch",
    group: Group::CareLeavers,
    denominator: "care leavers, less those who died or went back home for good",
    numerator: "with whom the council is in touch",
    meaning: "The council was this young person's parent. Out of touch, nobody can help, and nobody knows whether help is \
              needed. Those who refuse contact, or say they need no help, count as not in touch.",
    source: "DfE children looked after statistics (care leavers); Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::CareLeavers, &[IN_TOUCH])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::CareLeaversInTouch),
    facts: |journey, context, emit| in_touch(journey, context, emit, &ANY_AGE),
};

/// Care leavers of 17 and 18 in touch.
pub(super) const CL_01A: Measure = Measure {
    id: "CL-01a",
    name: "Care leavers in touch, 17 and 18",
    denominator: "care leavers aged 17 or 18, less those who died or went back home for good",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH])],
    benchmark: None,
    facts: |journey, context, emit| in_touch(journey, context, emit, &YOUNGER),
    ..CL_01
};

/// Care leavers of 19 to 21 in touch.
pub(super) const CL_01B: Measure = Measure {
    id: "CL-01b",
    name: "Care leavers in touch, 19 to 21",
    denominator: "care leavers aged 19 to 21, less those who died or went back home for good",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH])],
    benchmark: None,
    facts: |journey, context, emit| in_touch(journey, context, emit, &OLDER),
    ..CL_01
};

/// Care leavers in suitable accommodation.
pub(super) const CL_02: Measure = Measure {
    id: "CL-02",
    name: "Care leavers in suitable accommodation",
    group: Group::CareLeavers,
    denominator: "care leavers, less those who died, went back home for good or abroad, were deported, or whose residence \
                  is not known",
    numerator: "in accommodation judged suitable",
    meaning: "A safe place to live comes before study, work and health. A young person out of touch stays in the count, so \
              not knowing is never good news.",
    source: "DfE children looked after statistics (care leavers); Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::CareLeavers, &[IN_TOUCH, ACCOMMODATION, SUITABILITY])],
    standards: &[],
    target: None,
    benchmark: None,
    facts: |journey, context, emit| suitable_accommodation(journey, context, emit, &ANY_AGE),
};

/// Care leavers of 17 and 18 in suitable accommodation.
pub(super) const CL_02A: Measure = Measure {
    id: "CL-02a",
    name: "Care leavers in suitable accommodation, 17 and 18",
    denominator: "care leavers aged 17 or 18, less those who died, went back home for good or abroad, were deported, or \
                  whose residence is not known",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH, ACCOMMODATION, SUITABILITY])],
    facts: |journey, context, emit| suitable_accommodation(journey, context, emit, &YOUNGER),
    ..CL_02
};

/// Care leavers of 19 to 21 in suitable accommodation.
pub(super) const CL_02B: Measure = Measure {
    id: "CL-02b",
    name: "Care leavers in suitable accommodation, 19 to 21",
    denominator: "care leavers aged 19 to 21, less those who died, went back home for good or abroad, were deported, or \
                  whose residence is not known",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH, ACCOMMODATION, SUITABILITY])],
    benchmark: Some(Benchmark::CareLeaversSuitableAccommodation),
    facts: |journey, context, emit| suitable_accommodation(journey, context, emit, &OLDER),
    ..CL_02
};

/// Care leavers in education, employment or training.
pub(super) const CL_03: Measure = Measure {
    id: "CL-03",
    name: "Care leavers in education, employment or training",
    group: Group::CareLeavers,
    denominator: "care leavers, less those who died or went back home for good",
    numerator: "in education, employment or training, full time or part time",
    meaning: "Study and work are the way to a life of one's own. A young person out of touch stays in the count, so not \
              knowing is never good news.",
    source: "DfE children looked after statistics (care leavers); Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[needs(List::CareLeavers, &[IN_TOUCH, ACTIVITY])],
    standards: &[],
    target: None,
    benchmark: None,
    facts: |journey, context, emit| occupied(journey, context, emit, &ANY_AGE),
};

/// Care leavers of 17 and 18 in education, employment or training.
pub(super) const CL_03A: Measure = Measure {
    id: "CL-03a",
    name: "Care leavers in education, employment or training, 17 and 18",
    denominator: "care leavers aged 17 or 18, less those who died or went back home for good",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH, ACTIVITY])],
    facts: |journey, context, emit| occupied(journey, context, emit, &YOUNGER),
    ..CL_03
};

/// Care leavers of 19 to 21 in education, employment or training.
pub(super) const CL_03B: Measure = Measure {
    id: "CL-03b",
    name: "Care leavers in education, employment or training, 19 to 21",
    denominator: "care leavers aged 19 to 21, less those who died or went back home for good",
    needs: &[needs(List::CareLeavers, &[BIRTH, IN_TOUCH, ACTIVITY])],
    benchmark: Some(Benchmark::CareLeaversOccupied),
    facts: |journey, context, emit| occupied(journey, context, emit, &OLDER),
    ..CL_03
};

/// Pathway plans reviewed.
pub(super) const CL_04: Measure = Measure {
    id: "CL-04",
    name: "Pathway plans reviewed on time",
    group: Group::CareLeavers,
    denominator: "relevant and former relevant care leavers",
    numerator: "with a pathway plan reviewed in the last {pathway_review_months} months",
    meaning: "A young adult's life changes fast. A plan that is not looked at again soon describes somebody else.",
    source: "Care Leavers (England) Regulations 2010, regulation 7; Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[
        needs(List::CareLeavers, &[ELIGIBILITY]),
        needs_filled(List::CareLeavers, &["Latest Pathway Plan Review Date"]),
    ],
    standards: &["pathway_review_months"],
    target: Some(Target { value: 0.95, source: "Local: 95% or more; the regulation allows no exception" }),
    benchmark: None,
    facts: pathway_plan_reviewed,
};

/// Recent contact with care leavers.
pub(super) const CL_05: Measure = Measure {
    id: "CL-05",
    name: "Recent contact with care leavers",
    group: Group::CareLeavers,
    denominator: "care leavers",
    numerator: "with a contact in the last {care_leaver_contact_days} days",
    meaning: "Being in touch is a claim; a date is evidence. Each late line is a young person of whom nobody has heard for \
              longer than this council allows.",
    source: "Statutory guidance on transition to adulthood, 3.39; Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs_filled(List::CareLeavers, &["Latest Date of Contact"])],
    standards: &["care_leaver_contact_days"],
    target: None,
    benchmark: None,
    facts: recent_contact,
};

/// Personal adviser allocated.
pub(super) const CL_06: Measure = Measure {
    id: "CL-06",
    name: "Personal adviser allocated",
    group: Group::CareLeavers,
    denominator: "relevant and former relevant care leavers",
    numerator: "with a named personal adviser",
    meaning: "The adviser is the one person a care leaver may call when things go wrong. The law gives one to each of them.",
    source: "Children Act 1989, sections 23B to 23D; Ofsted Annex A, List 9",
    polarity: Polarity::High,
    timing: Timing::AtDate,
    carries_over: true,
    counting: Counting::Units,
    needs: &[
        needs(List::CareLeavers, &[ELIGIBILITY]),
        needs_filled(List::CareLeavers, &["Allocated Personal Advisor"]),
    ],
    standards: &[],
    target: Some(Target { value: 1.0, source: "Law: every relevant and former relevant care leaver" }),
    benchmark: None,
    facts: personal_adviser,
};

/// Ages in completed years; `None` is every age, a date of birth that is not known too.
type Ages = Option<RangeInclusive<u32>>;

const ANY_AGE: Ages = None;
const YOUNGER: Ages = Some(17..=18);
const OLDER: Ages = Some(19..=21);

/// Care leavers of these ages who neither died nor went back home for good.
fn care_leavers<'a>(
    journey: &'a SoundJourney,
    context: &'a Context<'_>,
    ages: &'a Ages,
) -> impl Iterator<Item = (usize, &'a CareLeaver)> {
    journey.care_leavers.iter().enumerate().filter(move |(_, leaver)| {
        let in_touch = leaver.in_touch.as_ref();
        let is_of_age =
            ages.as_ref().is_none_or(|ages| age_of(&leaver.person, context).is_some_and(|age| ages.contains(&age)));
        is_of_age && !is(in_touch, DIED) && !is(in_touch, RETURNED_HOME)
    })
}

fn in_touch(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>, ages: &Ages) {
    for (position, leaver) in care_leavers(journey, context, ages) {
        emit.row(List::CareLeavers, position, &leaver.held, is(leaver.in_touch.as_ref(), YES), Clock::default());
    }
}

fn suitable_accommodation(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>, ages: &Ages) {
    for (position, leaver) in care_leavers(journey, context, ages) {
        if !has_code(leaver.accommodation.as_ref(), &ACCOMMODATION_OUT_OF_SCOPE) {
            let suitable = is(leaver.accommodation_suitability.as_ref(), SUITABLE);
            emit.row(List::CareLeavers, position, &leaver.held, suitable, Clock::default());
        }
    }
}

fn occupied(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>, ages: &Ages) {
    for (position, leaver) in care_leavers(journey, context, ages) {
        let occupied = has_code(leaver.activity.as_ref(), &IN_EDUCATION_EMPLOYMENT_OR_TRAINING);
        emit.row(List::CareLeavers, position, &leaver.held, occupied, Clock::default());
    }
}

fn has_code(value: Option<&String>, codes: &[&str]) -> bool {
    value.is_some_and(|value| codes.contains(&value.as_str()))
}

/// Those to whom the council owes a pathway plan and a personal adviser.
fn relevant(journey: &SoundJourney) -> impl Iterator<Item = (usize, &CareLeaver)> {
    journey.care_leavers.iter().enumerate().filter(|(_, leaver)| {
        let eligibility = leaver.eligibility.as_ref();
        is(eligibility, RELEVANT) || is(eligibility, FORMER_RELEVANT)
    })
}

fn pathway_plan_reviewed(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, leaver) in relevant(journey) {
        let months = context.standards.pathway_review_months;
        let limit = leaver.pathway_plan_review_date.map(|review| Limit::months(review, months));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::CareLeavers, position, &leaver.held, verdict.in_time, verdict.clock);
    }
}

fn recent_contact(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, leaver) in journey.care_leavers.iter().enumerate() {
        let days = context.standards.care_leaver_contact_days;
        let limit = leaver.latest_contact_date.map(|contact| Limit::days(contact, days));
        let verdict = judge(limit, context.as_at, context.calendar);
        emit.row(List::CareLeavers, position, &leaver.held, verdict.in_time, verdict.clock);
    }
}

fn personal_adviser(journey: &SoundJourney, _: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, leaver) in relevant(journey) {
        emit.row(List::CareLeavers, position, &leaver.held, leaver.personal_adviser.is_some(), Clock::default());
    }
}
