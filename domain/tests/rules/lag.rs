//! How late events were recorded, between the extract without them and the first with them.

use crate::common::*;
use domain::calendar::WorkingDays;
use domain::change::Row;
use domain::lag::{Bounds, Recorded, appeared, by_team, by_worker, whole};
use domain::record::{List, ProtectionPlan, Record};
use domain::standards::Standards;
use proptest::prelude::*;

fn bounds(event: &str, absent: &str, seen: &str) -> Bounds {
    Bounds { event: day(event), absent: day(absent), seen: day(seen) }
}

#[test]
fn the_lag_lies_between_the_day_after_the_extract_without_it_and_the_one_with_it() {
    // Event, as-at without it, as-at with it; calendar days at the least and at the most.
    for (event, absent, seen, least, most) in [
        ("2026-02-03", "2026-01-30", "2026-02-06", 0, 3),
        ("2026-01-31", "2026-01-30", "2026-02-06", 0, 6),
        ("2026-01-30", "2026-01-30", "2026-02-06", 1, 7),
        ("2026-01-12", "2026-01-30", "2026-02-06", 19, 25),
        ("2026-02-06", "2026-01-30", "2026-02-06", 0, 0),
    ] {
        let bounds = bounds(event, absent, seen);
        assert_eq!((bounds.at_least(), bounds.at_most()), (least, most), "{event}");
    }
}

#[test]
fn late_for_certain_is_what_could_not_have_been_recorded_in_time() {
    // Two working days after Wednesday 28 January end on Friday 30 January.
    let (mut standards, calendar) = (Standards::default(), WorkingDays::england());
    let is_late = |event: &str, standards: &Standards| {
        bounds(event, "2026-01-30", "2026-02-06").is_certainly_late(standards, &calendar)
    };
    assert!(is_late("2026-01-28", &standards));
    assert!(!is_late("2026-01-29", &standards), "it may have been recorded on the Monday");
    assert!(!is_late("2026-02-03", &standards));
    standards.set("recording_working_days", "3").unwrap();
    assert!(!is_late("2026-01-28", &standards));
    assert!(is_late("2026-01-27", &standards));
    standards.set("recording_working_days", "0").unwrap();
    assert!(is_late("2026-01-30", &standards) && !is_late("2026-01-31", &standards));
}

fn rows(plans: &[(&str, &str, &str)]) -> Vec<Row> {
    let record = |(start, visit, end): &(&str, &str, &str)| {
        Record::ProtectionPlan(ProtectionPlan {
            cp_plan_start_date: on(start),
            last_visit_date: on(visit),
            cp_plan_end_date: on(end),
            ..ProtectionPlan::default()
        })
    };
    Row::of_journey(&child(plans.iter().map(record)), List::ProtectionPlans)
}

/// Column and day of each event that appeared from 30 January to 6 February.
fn events(before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]) -> Vec<String> {
    appeared(&rows(before), &rows(after), (day("2026-01-30"), day("2026-02-06")))
        .iter()
        .map(|event| format!("{} {}", event.field.name, event.bounds.event))
        .collect()
}

#[test]
fn an_event_appears_once_with_the_first_extract_that_holds_it() {
    let open = ("2025-06-02", "2026-01-20", "");
    assert!(events(&[open], &[open]).is_empty());
    assert_eq!(events(&[open], &[("2025-06-02", "2026-02-03", "")]), ["last_visit_date 2026-02-03"]);
    assert_eq!(events(&[open], &[("2025-06-02", "2026-01-28", "")]), ["last_visit_date 2026-01-28"], "recorded late");
    assert_eq!(events(&[], &[open]), ["cp_plan_start_date 2025-06-02", "last_visit_date 2026-01-20"]);
    assert_eq!(events(&[open], &[("2025-06-02", "2026-01-20", "2026-02-04")]), ["cp_plan_end_date 2026-02-04"]);
    // It may stand on another row now.
    assert!(events(&[open], &[("2025-06-02", "2026-01-20", ""), ("2025-06-02", "2026-01-20", "")]).is_empty());
}

#[test]
fn a_visit_before_a_new_row_began_had_no_row_to_be_recorded_on() {
    assert_eq!(events(&[], &[("2026-01-20", "2026-01-19", "")]), ["cp_plan_start_date 2026-01-20"]);
    assert_eq!(events(&[], &[("2026-01-20", "2026-01-20", "")]).len(), 2);
    assert!(events(&[], &[("", "2026-01-19", "")]).is_empty());
}

#[test]
fn an_alteration_is_no_recording() {
    let open = ("2025-06-02", "2026-01-20", "2026-01-27");
    assert!(events(&[open], &[("2025-06-02", "2026-01-19", "2026-01-27")]).is_empty(), "a visit moved back");
    assert!(events(&[open], &[("2025-06-02", "2026-01-20", "2026-01-28")]).is_empty(), "another end");
    assert!(events(&[open], &[("2025-06-09", "2026-01-20", "2026-01-27")]).is_empty(), "another start");
}

#[test]
fn a_date_ahead_has_not_taken_place() {
    assert!(events(&[], &[("2026-02-07", "2027-01-20", "")]).is_empty());
    assert_eq!(events(&[("", "", "")], &[("", "2026-02-06", "")]), ["last_visit_date 2026-02-06"]);
}

fn recorded(team: &str, worker: &str, event: &str, is_late: bool) -> Recorded {
    let name = |name: &str| (!name.is_empty()).then(|| name.into());
    Recorded { bounds: bounds(event, "2026-01-30", "2026-02-06"), team: name(team), worker: name(worker), is_late }
}

#[test]
fn groups_say_how_many_how_late_and_up_to_how_many_days() {
    let events = [
        recorded("North", "Ada", "2026-02-05", false),
        recorded("north ", "Ben", "2026-01-12", true),
        recorded("North", "Ada", "2026-02-03", false),
        recorded("", "", "2026-01-27", true),
    ];
    let lines = |lags: Vec<domain::lag::Lag>| {
        let line = |lag: domain::lag::Lag| {
            (
                lag.name.map(|name| name.to_string()).unwrap_or_default(),
                lag.events,
                lag.certainly_late,
                lag.median_at_most,
            )
        };
        lags.into_iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(lines(by_team(&events)), [(String::new(), 1, 1, 10), ("North".to_owned(), 3, 1, 3)]);
    let workers = [(String::new(), 1, 1, 10), ("Ada".to_owned(), 2, 0, 1), ("Ben".to_owned(), 1, 1, 25)];
    assert_eq!(lines(by_worker(&events)), workers);
    assert_eq!(lines(whole(&events).into_iter().collect()), [(String::new(), 4, 2, 3)]);
    assert!(whole([]).is_none());
}

proptest! {
    #[test]
    fn the_day_it_was_recorded_lies_within_the_bounds(event in 0..60_i64, recorded in 0..40_i64, every in 1..14_i64) {
        // Extracts every few days hold what was recorded by the end of their day.
        let first = day("2026-01-01");
        let at = |days: i64| first + chrono::TimeDelta::days(days);
        let recorded = event + recorded;
        let seen = (recorded + every - 1) / every * every;
        let bounds = Bounds { event: at(event), absent: at(seen - every), seen: at(seen) };
        prop_assert!(bounds.at_least() <= recorded - event && recorded - event <= bounds.at_most());
        let (standards, calendar) = (Standards::default(), WorkingDays::england());
        if bounds.is_certainly_late(&standards, &calendar) {
            prop_assert!(calendar.elapsed(at(event), at(recorded)) > 2 || at(recorded) > calendar.due(at(event), 2));
        }
    }
}
