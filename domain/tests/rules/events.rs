//! A unit that is an event has its date.

use crate::common::*;
use domain::measures::{CORE, Timing, evaluate, measure};
use domain::record::{Assessment, Contact, ProtectionPlan, Record, Referral, Section47};
use rstest::rstest;

fn contact(date: &str) -> Record {
    Record::Contact(Contact { contact_date: on(date), ..Contact::default() })
}

fn referral(date: &str) -> Record {
    Record::Referral(Referral { referral_date: on(date), ..Referral::default() })
}

fn assessment(start: &str, authorised: &str) -> Record {
    Record::Assessment(Assessment {
        assessment_start_date: on(start),
        assessment_auth_date: on(authorised),
        ..Assessment::default()
    })
}

fn enquiry(discussion: &str, unnecessary: &str, conference: &str) -> Record {
    Record::Section47(Section47 {
        strategy_discussion_date: on(discussion),
        icpc_unnecessary: text(unnecessary),
        icpc_date: on(conference),
        ..Section47::default()
    })
}

fn plan(start: &str, end: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    })
}

#[rstest]
#[case("CON-01", contact("2024-01-10"), contact("2024-01-20"))]
#[case("REF-02", referral("2024-01-10"), referral("2024-01-20"))]
#[case("REF-03", referral("2024-01-10"), referral("2024-01-20"))]
#[case("ASM-01", assessment("2023-12-01", "2024-01-10"), assessment("2023-12-01", "2024-01-20"))]
#[case("ASM-02", assessment("2024-01-10", ""), assessment("2024-01-20", ""))]
#[case("ASM-03", assessment("2023-12-01", "2024-01-10"), assessment("2023-12-01", "2024-01-20"))]
#[case("S47-01", enquiry("2024-01-02", "No", "2024-01-10"), enquiry("2024-01-02", "No", "2024-01-20"))]
#[case("S47-02", enquiry("2024-01-10", "No", ""), enquiry("2024-01-20", "No", ""))]
#[case("S47-04", enquiry("2024-01-10", "Yes", ""), enquiry("2024-01-20", "No", ""))]
#[case("ICPC-01", enquiry("2024-01-02", "No", "2024-01-10"), enquiry("2024-01-02", "No", "2024-01-20"))]
#[case("CPP-08", plan("2023-01-02", "2024-01-10"), plan("2023-02-02", "2024-01-20"))]
#[case("CPP-09", plan("2024-01-10", ""), plan("2024-01-20", ""))]
#[case("CPP-12", plan("2023-01-02", "2024-01-10"), plan("2023-02-02", "2024-01-20"))]
fn two_events_of_one_child_are_told_apart_by_their_dates(
    #[case] id: &str,
    #[case] first: Record,
    #[case] second: Record,
) {
    let found = Council::as_at("2024-01-31").facts(id, &child([first, second]));
    let dates: Vec<_> = found.iter().map(|fact| fact.event).collect();
    assert_eq!(dates, [on("2024-01-10"), on("2024-01-20")]);
}

#[test]
fn a_child_with_several_enquiries_counts_with_the_latest_discussion() {
    let journey = child([enquiry("2024-01-10", "", ""), enquiry("2024-01-20", "", "")]);
    let found = Council::as_at("2024-01-31").facts("S47-06", &journey);
    assert_eq!(found.iter().map(|fact| fact.event).collect::<Vec<_>>(), [on("2024-01-20")]);
}

#[test]
fn the_date_stays_the_event_where_the_clock_begins_at_the_referral() {
    let council = Council::as_at("2024-01-31").set("assessment_clock", "referral");
    let found = council.facts("ASM-01", &child([referral("2023-11-20"), assessment("2023-12-01", "2024-01-10")]));
    assert_eq!((found[0].start, found[0].event), (on("2023-11-20"), on("2024-01-10")));
}

#[test]
fn an_event_without_a_date_has_none() {
    let found = Council::as_at("2024-01-31").facts("ASM-02", &child([assessment("", "")]));
    assert_eq!(found.iter().map(|fact| fact.event).collect::<Vec<_>>(), [None]);
}

#[test]
fn every_measure_in_a_period_counts_events_that_lie_in_it() {
    for measure in CORE.iter().filter(|measure| measure.timing == Timing::InPeriod) {
        assert!(measure.event().is_some(), "{}", measure.id);
    }
    let council = Council::as_at("2024-01-31");
    let records = [
        contact("2024-01-10"),
        referral("2024-01-10"),
        assessment("2023-12-01", "2024-01-10"),
        enquiry("2024-01-02", "No", "2024-01-20"),
        plan("2023-01-02", "2024-01-10"),
        plan("2024-01-10", ""),
    ];
    let found = evaluate(&child(records).read_as_at(council.as_at), &council.context());
    let in_period: Vec<_> =
        found.iter().filter(|fact| measure(fact.measure).unwrap().timing == Timing::InPeriod).collect();
    assert!(in_period.len() >= 10, "{in_period:?}");
    assert!(in_period.iter().all(|fact| council.period.has(fact.event)), "{in_period:?}");
}
