use super::*;
use domain::journey::Journey;
use domain::record::{CareLeaver, CarePeriod, Contact, Need, ProtectionPlan, Referral, Section47};

const AS_AT: &str = "2026-10-30";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn need(start: Option<&str>, end: Option<&str>) -> Need {
    Need { cin_start_date: start.map(day), cin_closure_date: end.map(day), ..Need::default() }
}

/// Stage, spells, time, now.
fn told(journey: Journey) -> Vec<(String, u64, String, bool)> {
    let stages = of(&journey.read_as_at(day(AS_AT)), None);
    rows(&stages).into_iter().map(|row| (row.stage, row.spells, row.time, row.now)).collect()
}

fn line(stage: &str, spells: u64, time: &str, now: bool) -> (String, u64, String, bool) {
    (stage.to_owned(), spells, time.to_owned(), now)
}

#[test]
fn overlapping_spells_of_a_stage_count_their_days_once() {
    let needs = vec![
        need(Some("2026-01-01"), Some("2026-01-10")),
        need(Some("2026-01-05"), Some("2026-01-20")),
        need(Some("2026-03-01"), Some("2026-03-01")),
    ];
    assert_eq!(told(Journey { needs, ..Journey::default() }), [line("Child in need", 2, "21 days", false)]);
}

#[test]
fn a_spell_that_ends_ahead_runs_and_one_that_begins_ahead_has_not_begun() {
    let needs = vec![need(Some("2026-10-21"), Some("2026-12-01")), need(Some("2026-11-01"), None)];
    assert_eq!(told(Journey { needs, ..Journey::default() }), [line("Child in need", 1, "10 days", true)]);
}

#[test]
fn a_spell_without_a_start_is_counted_and_its_days_are_not_made_up() {
    assert_eq!(
        told(Journey { needs: vec![need(None, None)], ..Journey::default() }),
        [line("Child in need", 1, "not known: no start date is recorded", true)]
    );
    let needs = vec![need(Some("2026-10-30"), None), need(None, Some("2026-01-01"))];
    assert_eq!(
        told(Journey { needs, ..Journey::default() }),
        [line("Child in need", 2, "1 day, and 1 spell without a start date", true)]
    );
}

#[test]
fn a_plan_whose_start_lies_after_its_end_has_no_days() {
    let plan = ProtectionPlan {
        cp_plan_start_date: Some(day("2026-05-01")),
        cp_plan_end_date: Some(day("2026-04-01")),
        ..ProtectionPlan::default()
    };
    assert_eq!(
        told(Journey { protection_plans: vec![plan], ..Journey::default() }),
        [line("Child protection", 1, "not known: no start date is recorded", false)]
    );
}

#[test]
fn a_contact_waits_for_the_referral_that_answers_it() {
    let contact = |date: &str| Contact { contact_date: Some(day(date)), ..Contact::default() };
    let referral = |date: &str| Referral { referral_date: Some(day(date)), ..Referral::default() };
    let journey = Journey {
        // The second contact is answered; the first was overtaken by it and the last by nothing in time.
        contacts: vec![contact("2026-01-01"), contact("2026-01-05"), contact("2026-03-01")],
        referrals: vec![referral("2026-01-07"), referral("2026-06-01")],
        ..Journey::default()
    };
    assert_eq!(told(journey), [line("Contact to referral", 1, "3 days", false)]);
}

#[test]
fn an_enquiry_waits_for_its_conference_unless_the_child_is_on_a_plan() {
    let enquiry = |unnecessary: &str, conference: Option<&str>| Section47 {
        strategy_discussion_date: Some(day("2026-10-21")),
        icpc_unnecessary: Some(unnecessary.to_owned()),
        icpc_date: conference.map(day),
        ..Section47::default()
    };
    let with = |section_47s| Journey { section_47s, ..Journey::default() };
    let stage = "Section 47 enquiry to conference";
    assert_eq!(told(with(vec![enquiry("No", None)])), [line(stage, 1, "10 days", true)]);
    assert_eq!(told(with(vec![enquiry("No", Some("2026-10-25"))])), [line(stage, 1, "5 days", false)]);
    assert!(told(with(vec![enquiry("Yes", None)])).is_empty());
    let mut on_a_plan = with(vec![enquiry("No", None)]);
    on_a_plan
        .protection_plans
        .push(ProtectionPlan { cp_plan_start_date: Some(day("2026-10-30")), ..ProtectionPlan::default() });
    assert_eq!(told(on_a_plan), [line("Child protection", 1, "1 day", true)]);
}

#[test]
fn leaving_care_begins_where_care_ended_and_short_breaks_are_not_being_looked_after() {
    let period = |start: &str, end: Option<&str>, status: &str| CarePeriod {
        started_date: Some(day(start)),
        ceased_date: end.map(day),
        legal_status: Some(status.to_owned()),
        ..CarePeriod::default()
    };
    let journey = Journey {
        care_periods: vec![period("2026-01-01", Some("2026-10-21"), "C2"), period("2026-10-30", None, "V4")],
        care_leavers: vec![CareLeaver::default()],
        ..Journey::default()
    };
    assert_eq!(
        told(journey),
        [
            line("Looked after", 1, "294 days", false),
            line("Short breaks", 1, "1 day", true),
            line("Care leaver", 1, "10 days", true),
        ]
    );
}

/// The total of a journey whose events are the starts of its periods of need.
fn total_of(needs: Vec<Need>) -> String {
    let journey = Journey { needs, ..Journey::default() };
    let context = domain::measures::Context {
        as_at: day(AS_AT),
        period: domain::measures::Period::up_to(day(AS_AT)),
        standards: &domain::standards::Standards::default(),
        calendar: &domain::calendar::WorkingDays::england(),
        names: &domain::names::Names::default(),
        supplied: &domain::measures::Supplied::default(),
    };
    let events = crate::desk::child::events::all(&journey.clone().into(), &context);
    let sound = journey.read_as_at(day(AS_AT));
    total(&of(&sound, None), &sound, &events)
}

#[test]
fn the_whole_time_is_that_of_the_present_unbroken_stretch_and_earlier_ones_stay_visible() {
    let needs = vec![
        need(Some("2025-01-03"), Some("2025-04-19")),
        need(Some("2026-01-01"), Some("2026-01-31")),
        need(Some("2026-02-01"), Some("2026-02-10")),
        need(Some("2026-10-01"), None),
    ];
    assert_eq!(
        total_of(needs),
        "30 days since the first event on 1 October 2026, and running without a gap. Before that: 41 days, from 1 January \
         2026 to 10 February 2026; 107 days, from 3 January 2025 to 19 April 2025."
    );
}

#[test]
fn the_whole_time_of_a_closed_case_ends_with_its_last_stretch() {
    let needs = vec![need(Some("2026-01-01"), Some("2026-01-31"))];
    assert_eq!(
        total_of(needs),
        "Not open now. Last with the service for 31 days, from 1 January 2026 to 31 January 2026."
    );
    assert_eq!(total_of(Vec::new()), "No event has a date that can be trusted.");
}

#[test]
fn the_time_of_what_runs_without_a_start_is_not_made_up() {
    let mut needs = vec![need(Some("2026-01-01"), Some("2026-01-31")), need(None, None)];
    assert_eq!(
        total_of(needs.clone()),
        "The time is not known: what runs now has no start date. The first event with a date was on 1 January 2026. \
         Before that: 31 days, from 1 January 2026 to 31 January 2026."
    );
    needs.push(need(Some("2026-10-01"), None));
    assert_eq!(
        total_of(needs),
        "30 days since the first event on 1 October 2026, and running without a gap. What also runs has no start date. \
         Before that: 31 days, from 1 January 2026 to 31 January 2026."
    );
}

#[test]
fn a_care_leaver_who_is_listed_no_more_is_one_until_the_last_extract() {
    let journey = Journey {
        care_periods: vec![CarePeriod {
            started_date: Some(day("2020-01-01")),
            ceased_date: Some(day("2026-10-01")),
            ..CarePeriod::default()
        }],
        care_leavers: vec![CareLeaver::default()],
        ..Journey::default()
    };
    let stages = of(&journey.read_as_at(day(AS_AT)), Some(day("2026-10-10")));
    assert_eq!(rows(&stages)[1].time, "10 days");
    assert!(!rows(&stages)[1].now);
}
