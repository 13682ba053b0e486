//! Which dates read as blank ("Rules for all", 6).

use crate::common::*;
use domain::record::{Assessment, CareLeaver, CarePeriod, Contact, Need, ProtectionPlan, Record, Referral, Section47};
use rstest::rstest;

fn bad(mut record: Record) -> Vec<&'static str> {
    record.blank_bad_dates(day("2024-01-31")).into_iter().map(|bad| bad.column).collect()
}

fn care_period(date: &str) -> Record {
    let date = on(date);
    Record::CarePeriod(CarePeriod {
        legal_status_start_date: date,
        latest_review_date: date,
        last_visit_date: date,
        last_iro_contact_date: date,
        last_health_assessment_date: date,
        last_dental_check_date: date,
        placement_start_date: date,
        ..CarePeriod::default()
    })
}

#[test]
fn what_has_happened_cannot_lie_after_as_at() {
    assert_eq!(bad(care_period("2024-02-01")).len(), 7);
    let seen = Need { last_seen_date: on("2024-02-01"), ..Need::default() };
    assert_eq!(bad(Record::Need(seen)), ["Date Child Was Last Seen"]);
    let date = on("2024-02-01");
    let plan = ProtectionPlan { last_visit_date: date, latest_review_date: date, ..ProtectionPlan::default() };
    assert_eq!(bad(Record::ProtectionPlan(plan)).len(), 2);
    let leaver = CareLeaver { latest_contact_date: date, pathway_plan_review_date: date, ..CareLeaver::default() };
    assert_eq!(bad(Record::CareLeaver(leaver)).len(), 2);
}

#[test]
fn as_at_itself_is_no_bad_date() {
    assert_eq!(bad(care_period("2024-01-31")).len(), 0);
}

#[rstest]
#[case::assessment(Record::Assessment(Assessment {
    assessment_start_date: on("2024-01-02"), assessment_auth_date: on("2024-01-01"), ..Assessment::default()
}), "Continuous Assessment Start Date")]
#[case::strategy_discussion(Record::Section47(Section47 {
    strategy_discussion_date: on("2024-01-02"), icpc_date: on("2024-01-01"), ..Section47::default()
}), "Strategy discussion initiating Section 47 Enquiry Start Date")]
#[case::need(Record::Need(Need {
    cin_start_date: on("2024-01-02"), cin_closure_date: on("2024-01-01"), ..Need::default()
}), "CIN Start Date")]
#[case::plan(Record::ProtectionPlan(ProtectionPlan {
    cp_plan_start_date: on("2024-01-02"), cp_plan_end_date: on("2024-01-01"), ..ProtectionPlan::default()
}), "Child Protection Plan Start Date")]
#[case::period_of_care(Record::CarePeriod(CarePeriod {
    started_date: on("2024-01-02"), ceased_date: on("2024-01-01"), ..CarePeriod::default()
}), "Date Started to be Looked After")]
fn a_start_after_its_end_is_bad(#[case] record: Record, #[case] column: &str) {
    assert_eq!(bad(record), [column]);
}

#[rstest]
#[case::an_end_after_as_at(Record::ProtectionPlan(ProtectionPlan {
    cp_plan_start_date: on("2024-02-02"), cp_plan_end_date: on("2024-02-02"), ..ProtectionPlan::default()
}))]
#[case::a_contact(Record::Contact(Contact { contact_date: on("2024-02-02"), ..Contact::default() }))]
#[case::a_referral(Record::Referral(Referral { referral_date: on("2024-02-02"), ..Referral::default() }))]
#[case::a_strategy_discussion(Record::Section47(Section47 {
    strategy_discussion_date: on("2024-02-02"), icpc_date: on("2024-02-02"), ..Section47::default()
}))]
#[case::an_authorisation(Record::Assessment(Assessment {
    assessment_auth_date: on("2024-02-02"), ..Assessment::default()
}))]
fn these_may_lie_after_as_at(#[case] record: Record) {
    assert_eq!(bad(record), [] as [&str; 0]);
}

#[test]
fn the_sound_journey_is_without_bad_dates_and_the_problems_say_where_they_stood() {
    let journey = child([care_period("2024-01-01"), care_period("2024-02-01")]);
    let problems = journey.bad_dates(day("2024-01-31"));
    assert_eq!(problems.len(), 7);
    assert!(problems.iter().all(|problem| problem.position == 1 && problem.list.number() == 8));
    let sound = journey.read_as_at(day("2024-01-31"));
    assert_eq!(sound.care_periods[0].last_visit_date, on("2024-01-01"));
    assert_eq!(sound.care_periods[1].last_visit_date, None);
}
