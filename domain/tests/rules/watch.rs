//! The weekly watch (no worker, held by a manager, dormant), and cases that may be ready to close.

use crate::any_journey::{any_children, council_of};
use crate::common::*;
use domain::journey::Journey;
use domain::organisation::{Organisation, TeamPlace};
use domain::record::{
    Assessment, CarePeriod, Contact, Held, Need, Person, ProtectionPlan, Record, Referral, Section47,
};
use domain::registers::{Managers, ReadyToClose, dormant, held_by_manager, ready_to_close, unallocated};
use proptest::prelude::*;
use rstest::rstest;

fn held(team: &str, worker: &str) -> Held {
    Held { team: text(team), worker: text(worker) }
}

fn need(team: &str, worker: &str) -> Record {
    Record::Need(Need { cin_start_date: on("2023-01-01"), held: held(team, worker), ..Need::default() })
}

fn plan(team: &str, worker: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan { held: held(team, worker), ..ProtectionPlan::default() })
}

#[rstest]
#[case::blank(&[need("North", "")], Some(("North", "")))]
#[case::duty(&[need("North", "Duty")], Some(("North", "Duty")))]
#[case::a_team(&[need("North", "north")], Some(("North", "north")))]
#[case::the_higher_list_says_what_stands_there(&[need("North", "Tray"), plan("", "Pending")], Some(("North", "Pending")))]
#[case::a_blank_there_asks_the_next(&[need("North", "Tray"), plan("", "")], Some(("North", "Tray")))]
#[case::a_worker_on_any_list(&[need("North", "Ada"), plan("", "Duty")], None)]
#[case::not_open(&[], None)]
fn without_a_worker(#[case] records: &[Record], #[case] expected: Option<(&str, &str)>) {
    let council = Council::as_at("2024-01-31").team("North");
    let found = unallocated(&child(records.iter().cloned()).read_as_at(council.as_at), &council.context());
    let shown = found.as_ref().map(|found| {
        assert_eq!(&*found.child_id, "007");
        (found.team.as_deref().unwrap_or_default(), found.in_the_place_of_a_worker.as_deref().unwrap_or_default())
    });
    assert_eq!(shown, expected);
}

fn managers() -> Managers {
    let place = |team: &str, manager: &str| TeamPlace {
        team: team.to_owned(),
        service: "Safeguarding".to_owned(),
        head_of_service: "Hedy".to_owned(),
        team_manager: text(manager),
        ..TeamPlace::default()
    };
    let organisation = Organisation::on(day("2024-01-31"), [place("North", "Mary  Jones"), place("South", "")]);
    Managers::of(&organisation, ["Max Weber", ""])
}

#[rstest]
#[case::the_manager_of_a_team("mary JONES", true)]
#[case::a_manager_by_role("Max\u{a0}Weber", true)]
#[case::a_worker("Ada", false)]
#[case::a_head_of_service_named_as_such_only("Hedy", false)]
#[case::a_blank("", false)]
fn who_is_a_manager(#[case] worker: &str, #[case] expected: bool) {
    assert_eq!(managers().has(worker), expected);
}

#[rstest]
#[case::by_the_manager_of_another_team(&[need("South", "Mary Jones")], Some(("South", "Mary Jones")))]
#[case::the_current_worker_counts(&[need("South", "Mary Jones"), plan("North", "Ada")], None)]
#[case::whatever_a_lower_list_says(&[need("South", "Ada"), plan("North", "Max Weber")], Some(("North", "Max Weber")))]
#[case::behind_a_placeholder(&[need("South", "Max Weber"), plan("North", "Duty")], Some(("North", "Max Weber")))]
#[case::not_open(&[], None)]
fn held_by_managers(#[case] records: &[Record], #[case] expected: Option<(&str, &str)>) {
    let council = Council::as_at("2024-01-31");
    let sound = child(records.iter().cloned()).read_as_at(council.as_at);
    let found = held_by_manager(&sound, &council.context(), &managers());
    let shown = found.as_ref().map(|found| (found.team.as_deref().unwrap_or_default(), &*found.manager));
    assert_eq!(shown, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_watch_has_the_lines_of_the_measures((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            let sound = journey.clone().read_as_at(as_at);
            let without = council.facts("ALL-01", journey).into_iter().filter(|fact| !fact.numerator).count();
            prop_assert_eq!(usize::from(unallocated(&sound, &council.context()).is_some()), without);
            let mut expected = council.facts("DOR-01", journey);
            expected.retain(|fact| fact.numerator);
            let found: Vec<_> = dormant(&sound, &council.context()).into_iter().map(|case| case.fact).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

/// A period of need in which nothing stands against closing, as at 31 January 2024.
fn settled() -> Need {
    Need {
        cin_start_date: on("2023-07-31"),
        last_seen_date: on("2023-12-20"),
        case_status: text("Child in need plan"),
        held: held("North", "Ada"),
        ..Need::default()
    }
}

fn asked(journey: Journey) -> Option<ReadyToClose> {
    let council = Council::as_at("2024-01-31").team("North");
    ready_to_close(&journey.read_as_at(council.as_at), &council.context())
}

#[test]
fn a_settled_case_is_a_question_with_its_grounds() {
    let case = asked(child([Record::Need(settled())])).unwrap();
    assert_eq!((case.open_since, case.last_seen), (day("2023-07-31"), day("2023-12-20")));
    assert_eq!((case.team.as_deref(), case.worker.as_deref()), (Some("North"), Some("Ada")));
    let question =
        "In need for 6 months, last seen 42 days ago, nothing new for 3 months. What still keeps this case open?";
    assert_eq!(case.question, question);
}

#[rstest]
#[case::six_months_today("2023-07-31", "2024-01-31", true)]
#[case::a_day_less("2023-08-01", "2024-01-31", false)]
#[case::a_start_not_known("", "2024-01-31", false)]
#[case::seen_forty_two_days_ago("2023-01-01", "2023-12-20", true)]
#[case::forty_three("2023-01-01", "2023-12-19", false)]
#[case::never_seen("2023-01-01", "", false)]
#[case::seen_tomorrow("2023-01-01", "2024-02-01", false)]
fn how_long_and_how_lately(#[case] start: &str, #[case] seen: &str, #[case] expected: bool) {
    let need = Need { cin_start_date: on(start), last_seen_date: on(seen), ..settled() };
    assert_eq!(asked(child([Record::Need(need)])).is_some(), expected);
}

#[rstest]
#[case::not_a_plan(Need { case_status: text("Open assessment"), ..settled() })]
#[case::not_known(Need { case_status: None, ..settled() })]
#[case::a_disability(Need { person: Person { disability: text("Yes"), ..Person::default() }, ..settled() })]
#[case::closed(Need { cin_closure_date: on("2024-01-31"), ..settled() })]
fn other_cases_are_not_asked_about(#[case] need: Need) {
    assert_eq!(asked(child([Record::Need(need)])), None);
}

fn referral(date: &str) -> Record {
    Record::Referral(Referral { referral_date: on(date), ..Referral::default() })
}

fn contact(date: &str) -> Record {
    Record::Contact(Contact { contact_date: on(date), ..Contact::default() })
}

fn enquiry(strategy: &str, unnecessary: &str, conference: &str) -> Record {
    Record::Section47(Section47 {
        strategy_discussion_date: on(strategy),
        icpc_unnecessary: text(unnecessary),
        icpc_date: on(conference),
        ..Section47::default()
    })
}

fn assessment(start: &str, authorised: &str) -> Record {
    Record::Assessment(Assessment {
        assessment_start_date: on(start),
        assessment_auth_date: on(authorised),
        ..Assessment::default()
    })
}

fn open_plan(end: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on("2023-01-01"),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    })
}

fn open_care(ceased: &str) -> Record {
    Record::CarePeriod(CarePeriod {
        started_date: on("2023-01-01"),
        ceased_date: on(ceased),
        legal_status: text("V4"),
        ..CarePeriod::default()
    })
}

#[rstest]
#[case::a_plan(open_plan(""), false)]
#[case::a_plan_ended_today(open_plan("2024-01-31"), true)]
#[case::short_breaks(open_care(""), false)]
#[case::short_breaks_ended_today(open_care("2024-01-31"), true)]
#[case::an_assessment_open(assessment("2023-01-01", ""), false)]
#[case::an_assessment_done(assessment("2023-01-01", "2024-01-31"), true)]
#[case::a_conference_awaited(enquiry("2023-01-01", "No", ""), false)]
#[case::a_conference_booked(enquiry("2023-01-01", "No", "2024-02-01"), false)]
#[case::a_conference_held(enquiry("2023-01-01", "No", "2023-01-15"), true)]
#[case::an_enquiry_three_months_ago(enquiry("2023-10-31", "Yes", ""), false)]
#[case::an_enquiry_before_that(enquiry("2023-10-30", "Yes", ""), true)]
#[case::a_referral_three_months_ago(referral("2023-10-31"), false)]
#[case::a_referral_before_that(referral("2023-10-30"), true)]
#[case::a_contact_three_months_ago(contact("2023-10-31"), false)]
#[case::a_contact_before_that(contact("2023-10-30"), true)]
fn what_else_is_going_on(#[case] other: Record, #[case] expected: bool) {
    assert_eq!(asked(child([Record::Need(settled()), other])).is_some(), expected);
}

#[test]
fn two_periods_of_need_are_asked_about_when_both_are_settled() {
    let earlier = Need { cin_start_date: on("2023-03-01"), ..settled() };
    let case = asked(child([Record::Need(settled()), Record::Need(earlier)])).unwrap();
    assert_eq!(case.open_since, day("2023-03-01"));
    let unseen = Need { last_seen_date: None, ..settled() };
    assert_eq!(asked(child([Record::Need(settled()), Record::Need(unseen)])), None);
}

#[test]
fn nothing_is_asked_without_the_lists_or_when_switched_off() {
    let journey = child([Record::Need(settled())]).read_as_at(day("2024-01-31"));
    let council = Council::as_at("2024-01-31");
    assert!(ready_to_close(&journey, &council.context()).is_some());
    for list in [1, 3, 4, 5, 6, 7, 8] {
        let mut without = Council::as_at("2024-01-31");
        without.supplied.lists.remove(&list);
        assert_eq!(ready_to_close(&journey, &without.context()), None, "list {list}");
    }
    let off = Council::as_at("2024-01-31").set("closure_need_months", "0");
    assert_eq!(ready_to_close(&journey, &off.context()), None);
    let longer = Council::as_at("2024-01-31").set("closure_need_months", "7");
    assert_eq!(ready_to_close(&journey, &longer.context()), None);
}
