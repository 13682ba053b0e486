use super::*;
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::journey::Journey;
use domain::measures::{Period, Supplied, evaluate};
use domain::names::Names;
use domain::record::{CarePeriod, Held, Need, ProtectionPlan};
use domain::standards::Standards;
use std::collections::BTreeMap;

const AS_AT: &str = "2026-10-30";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An extract that holds every column any measure asks for.
fn everything() -> Supplied {
    let mut lists: BTreeMap<u8, BTreeMap<String, u64>> = BTreeMap::new();
    for need in domain::measures::CORE.iter().flat_map(|measure| measure.needs) {
        let columns = lists.entry(need.list.number()).or_default();
        columns.extend(need.columns.iter().map(|column| ((*column).to_owned(), 1)));
    }
    Supplied { lists }
}

fn told(journey: Journey) -> Vec<String> {
    let sound = journey.read_as_at(day(AS_AT));
    let context = Context {
        as_at: day(AS_AT),
        period: Period::up_to(day(AS_AT)),
        standards: &Standards::default(),
        calendar: &WorkingDays::england(),
        names: &Names::default(),
        supplied: &everything(),
    };
    also(&evaluate(&sound, &context), &sound, &context, &[])
}

fn held() -> Held {
    Held { team: Some("North".to_owned()), worker: Some("A Worker".to_owned()) }
}

#[test]
fn a_late_visit_on_a_long_plan_says_how_late_and_how_long_once() {
    let plan = ProtectionPlan {
        cp_plan_start_date: Some(day("2024-10-01")),
        // Ten working days after 9 October are 23 October; five more have passed since.
        last_visit_date: Some(day("2026-10-09")),
        latest_review_date: Some(day("2026-10-01")),
        seen_alone: Some("Yes".to_owned()),
        held: held(),
        ..ProtectionPlan::default()
    };
    assert_eq!(
        told(Journey { protection_plans: vec![plan], ..Journey::default() }),
        [
            "Child protection visit 5 working days late, due 23 October 2026",
            "On a child protection plan for two years or longer: 760 days (about 2 years 1 month)",
        ]
    );
}

#[test]
fn nobody_holding_the_case_comes_first_and_duty_is_nobody() {
    let need = Need {
        cin_start_date: Some(day("2026-06-01")),
        last_seen_date: Some(day("2026-09-01")),
        case_status: Some("Child in need plan".to_owned()),
        held: Held { worker: Some("Duty".to_owned()), ..held() },
        ..Need::default()
    };
    assert_eq!(
        told(Journey { needs: vec![need], ..Journey::default() }),
        [
            "No allocated worker holds the case",
            "Not seen since 1 September 2026, 17 days over the limit of 42",
            "Child in need visit 23 working days late, due 29 September 2026",
        ]
    );
}

#[test]
fn a_missing_child_without_an_interview_is_one_reason_with_its_number() {
    let period = CarePeriod {
        started_date: Some(day("2026-09-01")),
        legal_status: Some("C2".to_owned()),
        placement_start_date: Some(day("2026-09-01")),
        last_visit_date: Some(day("2026-10-20")),
        latest_review_date: Some(day("2026-09-20")),
        number_of_placements: Some(3),
        missing_episodes: Some(2),
        return_interview_offered: Some("No".to_owned()),
        held: held(),
        ..CarePeriod::default()
    };
    assert_eq!(
        told(Journey { care_periods: vec![period], ..Journey::default() }),
        [
            "Missing from placement 2 times in 12 months and no return interview offered",
            "3 placements in the last 12 months",
        ]
    );
}

#[test]
fn a_child_of_whom_all_is_well_needs_no_attention() {
    let need = Need {
        cin_start_date: Some(day("2026-10-01")),
        last_seen_date: Some(day("2026-10-28")),
        case_status: Some("Child in need plan".to_owned()),
        held: held(),
        ..Need::default()
    };
    assert_eq!(told(Journey { needs: vec![need], ..Journey::default() }), Vec::<String>::new());
}

/// The register's reasons and the rest, as the page shows them.
fn told_with_the_register(journey: Journey) -> (Vec<String>, Vec<String>) {
    let sound = journey.read_as_at(day(AS_AT));
    let (standards, calendar) = (Standards::default(), WorkingDays::england());
    let (names, supplied) = (Names::default(), everything_for_rules());
    let context = Context {
        as_at: day(AS_AT),
        period: Period::up_to(day(AS_AT)),
        standards: &standards,
        calendar: &calendar,
        names: &names,
        supplied: &supplied,
    };
    let reasons = domain::registers::reasons(&sound, &context);
    (reasons.iter().map(reason).collect(), also(&evaluate(&sound, &context), &sound, &context, &reasons))
}

/// What the rules read besides.
fn everything_for_rules() -> Supplied {
    let mut supplied = everything();
    for need in domain::registers::RULES.iter().flat_map(|rule| rule.needs) {
        let columns = supplied.lists.entry(need.list.number()).or_default();
        columns.extend(need.columns.iter().map(|column| ((*column).to_owned(), 1)));
    }
    supplied
}

#[test]
fn what_the_register_says_is_not_said_again() {
    let plan = ProtectionPlan {
        cp_plan_start_date: Some(day("2024-10-01")),
        last_visit_date: Some(day("2026-10-09")),
        latest_review_date: Some(day("2026-10-01")),
        seen_alone: Some("Yes".to_owned()),
        held: held(),
        ..ProtectionPlan::default()
    };
    let (reasons, rest) = told_with_the_register(Journey { protection_plans: vec![plan], ..Journey::default() });
    assert_eq!(reasons, ["On a child protection plan for 24 months (a reason since 1 April 2026)"]);
    // A visit a few days late is none of the register's, and stays.
    assert_eq!(rest, ["Child protection visit 5 working days late, due 23 October 2026"]);
}

#[test]
fn every_reason_belongs_to_a_measure() {
    for id in WORST_FIRST {
        assert!(measure(id).is_some(), "{id}");
    }
    for (id, measures) in SAID_BY_RULES {
        assert!(rule(id).is_some() && measures.iter().all(|id| measure(id).is_some()), "{id}");
    }
}
