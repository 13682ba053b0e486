use super::*;
use crate::desk::Links;
use domain::calendar::WorkingDays;
use domain::measures::{Period, Supplied};
use domain::names::Names;
use domain::record::ProtectionPlan;
use domain::standards::Standards;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fact(measure: &'static str, numerator: bool, start: &str, due: &str, days: i64) -> Fact {
    Fact {
        measure,
        child_id: "1".into(),
        list: List::ProtectionPlans.number(),
        position: 0,
        team: None,
        worker: Some("A Worker".into()),
        numerator,
        start: Some(day(start)),
        due: Some(day(due)),
        days: Some(days),
        event: None,
    }
}

fn with<T>(look: impl FnOnce(&Context<'_>) -> T) -> T {
    let as_at = day("2026-10-30");
    look(&Context {
        as_at,
        period: Period::up_to(as_at),
        standards: &Standards::default(),
        calendar: &WorkingDays::england(),
        names: &Names::default(),
        supplied: &Supplied::default(),
    })
}

#[test]
fn late_clocks_come_first_and_the_rest_as_they_fall_due() {
    let facts = [
        fact("CPP-06", false, "2025-05-05", "2026-11-04", 544),
        fact("CPP-01", false, "2026-10-09", "2026-10-23", 15),
        fact("CPP-05", true, "2026-08-01", "2027-02-01", 91),
        // Two years in one placement are good news, and an assessment of the past is no clock that runs.
        fact("CLA-06", true, "2024-01-01", "2025-12-31", 1_034),
        fact("ASM-01", false, "2026-08-01", "2026-10-02", 50),
    ];
    let told: Vec<(String, String, String)> = with(|context| running(&facts, context, Links::at(None)))
        .into_iter()
        .map(|row| (row.due, row.days, row.state))
        .collect();
    let line = |due: &str, days: &str, state: &str| (due.to_owned(), days.to_owned(), state.to_owned());
    assert_eq!(
        told,
        [
            line("23 October 2026", "15 working days (5 over)", "Late"),
            line("4 November 2026", "544 days", "Limit near"),
            line("1 February 2027", "91 days", "On time"),
        ]
    );
}

#[test]
fn a_measure_says_which_row_it_counts_and_a_caseload_says_nothing_bad_of_a_child() {
    let journey = Journey {
        protection_plans: vec![ProtectionPlan {
            cp_plan_start_date: Some(day("2026-03-03")),
            ..ProtectionPlan::default()
        }],
        ..Journey::default()
    };
    let held =
        Fact { list: 0, start: None, due: None, days: None, ..fact("WF-01", true, "2026-01-01", "2026-01-01", 1) };
    let facts = [fact("CPP-01", false, "2026-10-09", "2026-10-23", 15), held];
    let told = with(|context| says(&facts, &journey, context, Links::at(None)));
    assert_eq!(told[0].detail, "plan of 3 March 2026; due 23 October 2026; 15 working days (5 over)");
    assert_eq!((told[0].state.as_str(), told[0].standing), ("Late", Standing::Bad));
    assert_eq!(told[1].detail, "one of the children held by A Worker");
    assert_eq!((told[1].state.as_str(), told[1].standing), ("Counted", Standing::Neutral));
}
