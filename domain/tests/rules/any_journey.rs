//! What must hold for any journey at all: counts and lists agree, and a clock agrees with its verdict.

use crate::common::*;
use chrono::{Months, NaiveDate, TimeDelta};
use domain::journey::{Journey, SoundJourney};
use domain::measures::figure::{Line, Tally, tallies};
use domain::measures::{CORE, Counting, Fact};
use domain::record::{
    Assessment, CareLeaver, CarePeriod, Contact, Held, Need, Person, ProtectionPlan, Record, Referral, Section47,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;

/// As-at dates over Christmas, a leap day and Easter.
pub fn any_as_at() -> impl Strategy<Value = NaiveDate> {
    (0..240_i64).prop_map(|days| day("2023-10-15") + TimeDelta::days(days))
}

/// A date near a boundary of some measure, anywhere, or a blank.
fn any_date(as_at: NaiveDate) -> impl Strategy<Value = Option<NaiveDate>> + Clone {
    let months = select(vec![3, 4, 6, 12, 18, 24, 30_u32]);
    prop_oneof![
        1 => Just(None),
        4 => (-70..=5_i64).prop_map(move |days| Some(as_at + TimeDelta::days(days))),
        3 => (months, -1..=1_i64).prop_map(move |(months, days)| {
            Some(as_at.checked_sub_months(Months::new(months)).unwrap() + TimeDelta::days(days))
        }),
        1 => (-2..=2_i64).prop_map(move |days| Some(as_at - TimeDelta::days(729 + days))),
        1 => (-1500..=60_i64).prop_map(move |days| Some(as_at + TimeDelta::days(days))),
    ]
}

fn any_text(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> + Clone {
    select(values).prop_map(text)
}

fn any_number() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![Just(None), (0..4_i64).prop_map(Some)]
}

fn any_held() -> impl Strategy<Value = Held> {
    (any_text(&["", "North", "South", "SOUTH "]), any_text(&["", "Ada", "Ben", "ada", "Duty", "north"]))
        .prop_map(|(team, worker)| Held { team, worker })
}

fn any_person(as_at: NaiveDate) -> impl Strategy<Value = Person> {
    let birth = (select(vec![0, 4, 5, 16, 17, 18, 19, 21, 22_u32]), -1..=1_i64).prop_map(move |(years, days)| {
        Some(as_at.checked_sub_months(Months::new(years * 12)).unwrap() + TimeDelta::days(days))
    });
    (prop_oneof![1 => Just(None), 5 => birth], any_text(&["Yes", "No", ""]))
        .prop_map(|(date_of_birth, disability)| Person { date_of_birth, disability, ..Person::default() })
}

const ANSWERS: &[&str] = &["Yes", "No", "Unknown", ""];

/// A record of any list, near the boundaries of a day.
pub fn any_record(as_at: NaiveDate) -> impl Strategy<Value = Record> {
    let date = any_date(as_at);
    let answer = any_text(ANSWERS);
    let contact = date.clone().prop_map(|contact_date| Record::Contact(Contact { contact_date, ..Contact::default() }));
    let referral =
        (date.clone(), answer.clone(), any_number(), any_held()).prop_map(|(received, nfa, number, held)| {
            Record::Referral(Referral {
                referral_date: received,
                referral_nfa: nfa,
                number_of_previous_referrals: number,
                held,
                ..Referral::default()
            })
        });
    let assessment =
        (date.clone(), date.clone(), answer.clone(), any_held()).prop_map(|(start, authorised, seen, held)| {
            Record::Assessment(Assessment {
                assessment_start_date: start,
                assessment_auth_date: authorised,
                child_seen: seen,
                held,
                ..Assessment::default()
            })
        });
    let enquiry = (date.clone(), date.clone(), answer.clone(), answer.clone(), any_number(), any_held()).prop_map(
        |(strategy, conference, unnecessary, outcome, number, held)| {
            Record::Section47(Section47 {
                strategy_discussion_date: strategy,
                icpc_date: conference,
                icpc_unnecessary: unnecessary,
                icpc_outcome_cp_plan: outcome,
                number_of_previous_section_47s: number,
                held,
                ..Section47::default()
            })
        },
    );
    let statuses = any_text(&["Child in need plan", "Child in need plan", "Open assessment", "Closed episode", ""]);
    let need = (any_person(as_at), date.clone(), date.clone(), date.clone(), statuses, any_held()).prop_map(
        |(person, start, seen, closed, status, held)| {
            Record::Need(Need {
                person,
                cin_start_date: start,
                last_seen_date: seen,
                cin_closure_date: closed.filter(|_| start.is_some_and(|start| start.to_string().ends_with('3'))),
                case_status: status,
                held,
                ..Need::default()
            })
        },
    );
    let plan = (
        (any_person(as_at), any_held(), any_number(), answer.clone(), any::<bool>()),
        (date.clone(), date.clone(), date.clone(), date.clone()),
    )
        .prop_map(|((person, held, number, alone, ended), (start, visit, review, end))| {
            Record::ProtectionPlan(ProtectionPlan {
                person,
                cp_plan_start_date: start,
                last_visit_date: visit,
                latest_review_date: review,
                cp_plan_end_date: end.filter(|_| ended),
                seen_alone: alone,
                number_of_previous_plans: number,
                held,
                ..ProtectionPlan::default()
            })
        });
    let care = (
        (any_person(as_at), any_held(), any_number(), any_number(), answer.clone(), 0..5_u8),
        (date.clone(), date.clone(), date.clone(), date.clone(), date.clone(), date.clone(), date.clone()),
        (
            any_text(&["C1", "C2", "V2", "V3", "V4", ""]),
            any_text(&["P1", "U1", "U4", "U6", ""]),
            any_text(&["Long-term fostering", "Long-term residential placement", "Adoption", ""]),
        ),
    )
        .prop_map(
            |(
                (person, held, placements, missing, offered, ended),
                (start, review, visit, health, dental, placed, ceased),
                (status, kind, plan),
            )| {
                Record::CarePeriod(CarePeriod {
                    person,
                    started_date: start,
                    legal_status: status,
                    latest_review_date: review,
                    last_visit_date: visit,
                    permanence_plan: plan,
                    last_health_assessment_date: health,
                    last_dental_check_date: dental,
                    number_of_placements: placements,
                    ceased_date: ceased.filter(|_| ended == 0),
                    placement_start_date: placed,
                    placement_type: kind,
                    missing_episodes: missing,
                    return_interview_offered: offered,
                    held,
                    ..CarePeriod::default()
                })
            },
        );
    let leaver = (
        (any_person(as_at), any_held(), date.clone(), date),
        any_text(&["Yes", "No", "Died", "Refu", "NREQ", "Rhom", ""]),
        any_text(&["U", "G", "H", "R", ""]),
        any_text(&["Suitable", "Unsuitable", ""]),
        any_text(&["F1", "P3", "F5", "G4", ""]),
        any_text(&["Relevant child", "Former relevant child", "Qualifying care leaver", ""]),
        any_text(&["Ada", ""]),
    )
        .prop_map(
            |((person, held, review, contact), in_touch, home, suitability, activity, eligibility, adviser)| {
                Record::CareLeaver(CareLeaver {
                    person,
                    personal_adviser: adviser,
                    eligibility,
                    pathway_plan_review_date: review,
                    in_touch,
                    latest_contact_date: contact,
                    accommodation: home,
                    accommodation_suitability: suitability,
                    activity,
                    held,
                    ..CareLeaver::default()
                })
            },
        );
    prop_oneof![contact, referral, assessment, enquiry, need, plan, care, leaver]
}

/// Children of any kind, and the day they are looked at.
pub fn any_children() -> impl Strategy<Value = (NaiveDate, Vec<Journey>)> {
    any_as_at().prop_flat_map(|as_at| {
        let children = vec(vec(any_record(as_at), 0..12), 1..6).prop_map(|children| {
            let named = |(number, records): (usize, Vec<Record>)| named_child(&format!("{number:03}"), records);
            children.into_iter().enumerate().map(named).collect()
        });
        (Just(as_at), children)
    })
}

/// A council that knows the generator's teams.
pub fn council_of(as_at: NaiveDate) -> Council {
    Council::as_at(&as_at.to_string()).team("North").team("South")
}

fn of(id: &str, council: &Council, children: &[Journey]) -> Vec<Fact> {
    children.iter().flat_map(|journey| council.facts(id, journey)).collect()
}

/// When the clock of a fact stopped, where it did.
fn end(fact: &Fact, journey: &SoundJourney, as_at: NaiveDate) -> Option<NaiveDate> {
    let position = usize::from(fact.position);
    match fact.measure {
        "CON-01" => {
            let received = journey.contacts[position].contact_date;
            journey.referrals.iter().filter_map(|row| row.referral_date).filter(|date| Some(*date) >= received).min()
        }
        "ASM-01" => journey.assessments[position].assessment_auth_date,
        "S47-01" => journey.section_47s[position].icpc_date,
        "CPP-08" | "CPP-12" => journey.protection_plans[position].cp_plan_end_date,
        _ => Some(as_at),
    }
}

/// Measures whose clock being in time puts a unit in the numerator, and those whose clock being past it does.
const IN_TIME: &[&str] = &[
    "CON-01", "ASM-01", "S47-01", "CPP-01", "CPP-05", "CPP-12", "CIN-01", "CLA-01", "CLA-03", "CLA-07", "CLA-09",
    "CL-04", "CL-05",
];
const PAST_TIME: &[&str] = &["ASM-02", "S47-02", "CPP-06", "CPP-07", "CPP-08", "CIN-03", "DOR-01", "CLA-06"];

proptest! {
    #[test]
    fn the_figure_is_the_number_of_lines((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for measure in CORE {
            let facts = of(measure.id, &council, &children);
            let figure = measure.figure(&tallies(&facts), &council.standards);
            let lines = measure.lines(facts, &council.standards);
            prop_assert_eq!(figure.denominator, lines.len() as u64, "{}", measure.id);
            prop_assert_eq!(figure.value().is_none(), lines.is_empty(), "{}", measure.id);
            if measure.counting == Counting::ChildrenPerWorker {
                let held: u64 = lines.iter().map(|line| match line {
                    Line::Worker { children, .. } => *children,
                    Line::Child(_) => 0,
                }).sum();
                prop_assert_eq!(figure.numerator, held, "{}", measure.id);
            } else {
                let in_numerator = lines.iter().filter(|line| line.numerator() == Some(true)).count();
                prop_assert_eq!(figure.numerator, in_numerator as u64, "{}", measure.id);
            }
        }
    }

    #[test]
    fn the_figures_of_the_teams_add_up_to_the_whole((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for measure in CORE.iter().filter(|measure| measure.counting == Counting::Units) {
            let facts = of(measure.id, &council, &children);
            let tallies = tallies(&facts);
            let whole = measure.figure(&tallies, &council.standards);
            let teams: BTreeSet<_> = tallies.iter().map(|tally| tally.team.clone()).collect();
            let mut sum = (0, 0);
            for team in teams {
                let of_team: Vec<&Tally> = tallies.iter().filter(|tally| tally.team == team).collect();
                let figure = measure.figure(of_team, &council.standards);
                sum = (sum.0 + figure.numerator, sum.1 + figure.denominator);
            }
            prop_assert_eq!(sum, (whole.numerator, whole.denominator), "{}", measure.id);
        }
    }

    #[test]
    fn a_unit_is_in_time_exactly_when_its_clock_stopped_by_the_due_day((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            let sound = journey.clone().read_as_at(as_at);
            for measure in CORE {
                for fact in council.facts(measure.id, journey) {
                    prop_assert_eq!(fact.start.is_some(), fact.due.is_some(), "{:?}", &fact);
                    prop_assert_eq!(fact.start.is_some(), fact.days.is_some(), "{:?}", &fact);
                    let end = end(&fact, &sound, as_at);
                    let in_time = fact.due.is_some() && end.is_some_and(|end| Some(end) <= fact.due);
                    if IN_TIME.contains(&measure.id) {
                        prop_assert_eq!(fact.numerator, in_time, "{:?}", &fact);
                    } else if measure.id == "CLA-06" && fact.due.is_none() {
                        prop_assert!(!fact.numerator, "{:?}", &fact);
                    } else if PAST_TIME.contains(&measure.id) {
                        prop_assert_eq!(fact.numerator, !in_time, "{:?}", &fact);
                    } else {
                        prop_assert_eq!(fact.start, None, "{:?}", &fact);
                    }
                }
            }
        }
    }

    #[test]
    fn every_measure_at_once_is_each_measure_by_itself((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            let at_once = domain::measures::evaluate(&journey.clone().read_as_at(as_at), &council.context());
            let one_by_one: Vec<_> = CORE.iter().flat_map(|measure| council.facts(measure.id, journey)).collect();
            prop_assert_eq!(at_once, one_by_one);
        }
    }

    #[test]
    fn names_are_shown_as_first_met((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in &children {
            for fact in domain::measures::evaluate(&journey.clone().read_as_at(as_at), &council.context()) {
                prop_assert!(fact.team.as_deref().is_none_or(|team| ["North", "South"].contains(&team)));
            }
        }
    }
}
