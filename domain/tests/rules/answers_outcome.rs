//! What later extracts make of an answer. Standards: proof is due 5 working days after the answer, a booking may come true
//! up to 2 working days late.

use crate::common::*;
use domain::answers::Outcome::*;
use domain::answers::{Given, Outcome, Said, SaidKind, Sighting, act, outcome, shows_an_act_by, sighting};
use domain::calendar::WorkingDays;
use domain::change::{Row, Span};
use domain::record::{Held, List, ProtectionPlan, Record};
use domain::standards::Standards;
use proptest::collection::vec;
use proptest::prelude::*;

/// Monday. Five working days later is Monday 16 February; the last visit on record was on 12 January.
const ANSWERED: &str = "2026-02-09";
const LAST: &str = "2026-01-12";

/// An extract with this latest visit.
fn shows(as_at: &str, visit: &str) -> Sighting {
    Sighting {
        as_at: day(as_at),
        is_there: true,
        has_ended: false,
        act: on(visit),
        has_moved: false,
        is_altered: false,
    }
}

fn of(said: &Said, later: &[Sighting]) -> Outcome {
    let given = Given { said, on: day(ANSWERED), last: on(LAST) };
    outcome(&given, later, &Standards::default(), &WorkingDays::england())
}

fn done(later: &[(&str, &str)]) -> Outcome {
    let later: Vec<Sighting> = later.iter().map(|(as_at, visit)| shows(as_at, visit)).collect();
    of(&Said::Done { on: day("2026-02-04") }, &later)
}

fn confirmed(by: &str) -> Outcome {
    Confirmed { by: day(by) }
}

fn refuted(by: &str) -> Outcome {
    NotConfirmed { by: day(by) }
}

#[test]
fn a_visit_said_to_be_made_is_confirmed_by_the_very_day() {
    assert_eq!(done(&[("2026-02-13", LAST), ("2026-02-20", "2026-02-04")]), confirmed("2026-02-20"));
    assert_eq!(done(&[("2026-02-13", "2026-02-04")]), confirmed("2026-02-13"));
}

#[test]
fn it_is_not_confirmed_by_the_first_extract_after_the_days_for_proof() {
    assert_eq!(done(&[]), Waiting);
    assert_eq!(done(&[("2026-02-13", LAST)]), Waiting);
    assert_eq!(done(&[("2026-02-16", LAST)]), Waiting, "the fifth working day");
    assert_eq!(done(&[("2026-02-17", LAST)]), refuted("2026-02-17"));
    assert_eq!(done(&[("2026-02-13", LAST), ("2026-02-20", LAST), ("2026-02-27", LAST)]), refuted("2026-02-20"));
    assert_eq!(done(&[("2026-02-20", "")]), refuted("2026-02-20"));
}

#[test]
fn proof_that_comes_late_is_proof() {
    assert_eq!(done(&[("2026-02-20", LAST), ("2026-03-06", "2026-02-04")]), confirmed("2026-03-06"));
}

#[test]
fn another_day_before_the_answer_is_another_date_once_the_days_for_proof_are_over() {
    assert_eq!(done(&[("2026-02-13", "2026-02-02")]), Waiting, "the day itself may follow");
    assert_eq!(done(&[("2026-02-20", "2026-02-02")]), AnotherDate { on: day("2026-02-02") });
    assert_eq!(done(&[("2026-02-20", ANSWERED)]), AnotherDate { on: day(ANSWERED) });
    assert_eq!(done(&[("2026-02-13", "2026-02-02"), ("2026-02-20", "2026-02-04")]), confirmed("2026-02-20"));
    let both = [("2026-02-13", "2026-02-02"), ("2026-02-20", "2026-02-18")];
    assert_eq!(done(&both), AnotherDate { on: day("2026-02-02") }, "before it was overtaken");
}

#[test]
fn a_visit_after_the_answer_hides_the_one_that_was_meant() {
    assert_eq!(done(&[("2026-02-13", "2026-02-10")]), Overtaken { by: day("2026-02-13") });
    assert_eq!(
        done(&[("2026-02-20", LAST), ("2026-02-27", "2026-02-24")]),
        refuted("2026-02-20"),
        "proof was due before"
    );
}

#[test]
fn a_booking_comes_true_up_to_two_working_days_late_and_early_too() {
    // Booked for Thursday 12 February: true up to Monday 16, proof due after Monday 23.
    let of = |later: &[(&str, &str)]| {
        let later: Vec<Sighting> = later.iter().map(|(as_at, visit)| shows(as_at, visit)).collect();
        of(&Said::Booked { on: day("2026-02-12") }, &later)
    };
    for visit in [ANSWERED, "2026-02-12", "2026-02-16"] {
        assert_eq!(of(&[("2026-02-20", visit)]), confirmed("2026-02-20"), "{visit}");
    }
    assert_eq!(of(&[("2026-02-20", "2026-02-08")]), Waiting, "before it was booked");
    assert_eq!(of(&[("2026-02-20", "2026-02-17")]), Overtaken { by: day("2026-02-20") });
    assert_eq!(of(&[("2026-02-23", LAST)]), Waiting);
    assert_eq!(of(&[("2026-02-24", LAST)]), refuted("2026-02-24"));
    assert_eq!(of(&[]), Waiting);
}

#[test]
fn a_wrong_record_is_altered_ended_taken_out_or_filled_in() {
    let wrong = Said::from_parts(SaidKind::RecordWrong, None, Some("The plan ended".to_owned())).unwrap();
    let same = shows("2026-02-13", LAST);
    for changed in [
        Sighting { is_altered: true, ..same },
        Sighting { has_ended: true, ..same },
        Sighting { is_there: false, act: None, ..same },
        shows("2026-02-13", "2026-02-04"),
    ] {
        assert_eq!(of(&wrong, &[changed]), confirmed("2026-02-13"), "{changed:?}");
    }
    assert_eq!(of(&wrong, &[same]), Waiting);
    assert_eq!(of(&wrong, &[shows("2026-02-13", "2026-02-11")]), Waiting, "a visit made since corrects nothing");
    assert_eq!(of(&wrong, &[same, shows("2026-02-20", LAST)]), refuted("2026-02-20"));
}

#[test]
fn a_child_of_another_team_is_moved_there() {
    let not_ours = Said::from_parts(SaidKind::NotOurs, None, Some("Moved in January".to_owned())).unwrap();
    let same = shows("2026-02-13", LAST);
    assert_eq!(of(&not_ours, &[Sighting { has_moved: true, ..same }]), confirmed("2026-02-13"));
    assert_eq!(of(&not_ours, &[Sighting { is_there: false, ..same }]), Overtaken { by: day("2026-02-13") });
    assert_eq!(of(&not_ours, &[Sighting { has_ended: true, ..same }]), Overtaken { by: day("2026-02-13") });
    assert_eq!(of(&not_ours, &[same]), Waiting);
    assert_eq!(of(&not_ours, &[same, shows("2026-02-17", LAST)]), refuted("2026-02-17"));
}

#[test]
fn not_visited_stands_unless_a_visit_comes_to_light() {
    let not_done = Said::from_parts(SaidKind::NotDone, None, Some("No answer at the door".to_owned())).unwrap();
    assert_eq!(of(&not_done, &[]), Stands);
    assert_eq!(of(&not_done, &[shows("2026-02-20", "2026-02-10")]), Stands);
    assert_eq!(of(&not_done, &[shows("2026-02-13", "2026-02-04")]), refuted("2026-02-13"));
}

#[test]
fn the_days_for_proof_are_a_standard() {
    let mut standards = Standards::default();
    standards.set("answer_proof_working_days", "10").unwrap();
    let said = Said::Done { on: day("2026-02-04") };
    let given = Given { said: &said, on: day(ANSWERED), last: on(LAST) };
    let of = |as_at| outcome(&given, &[shows(as_at, LAST)], &standards, &WorkingDays::england());
    assert_eq!((of("2026-02-23"), of("2026-02-24")), (Waiting, refuted("2026-02-24")));
}

fn plan(start: &str, visit: &str, end: &str, team: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        cp_plan_end_date: on(end),
        held: Held { team: text(team), worker: None },
        ..ProtectionPlan::default()
    })
}

#[test]
fn a_sighting_follows_the_row_of_the_answer() {
    let rows = |records: Vec<Record>| Row::of_journey(&child(records), List::ProtectionPlans);
    let then = rows(vec![plan("2024-01-08", "", "2024-06-03", "North"), plan("2025-06-02", LAST, "", "North")]);
    let span = Span { from: day("2026-02-06"), to: day("2026-02-13") };
    let of = |now: Vec<Record>| sighting(act(the("CPP-01")).unwrap(), (&then, 1), &rows(now), span);
    let same = shows("2026-02-13", LAST);
    assert_eq!(of(vec![plan("2025-06-02", LAST, "", "NORTH")]), same);
    assert_eq!(of(vec![plan("2025-06-02", "2026-02-04", "", "North")]), Sighting { act: on("2026-02-04"), ..same });
    assert_eq!(of(vec![plan("2025-06-02", "2026-02-14", "", "North")]), Sighting { act: None, ..same });
    assert_eq!(of(vec![plan("2025-06-02", LAST, "", "South")]), Sighting { has_moved: true, ..same });
    assert_eq!(of(vec![plan("2025-06-02", LAST, "2026-02-10", "North")]), Sighting { has_ended: true, ..same });
    assert_eq!(of(vec![plan("2025-05-26", LAST, "", "North")]), Sighting { is_altered: true, ..same });
    let gone = of(vec![plan("2024-01-08", "", "2024-06-03", "North")]);
    assert!(!gone.is_there && gone.act.is_none());
}

proptest! {
    #[test]
    fn what_the_next_extracts_settled_no_further_extract_unsettles(
        visits in vec(prop_oneof![Just(None), (0..60_i64).prop_map(Some)], 0..8),
        said_on in 0..28_i64,
        kind in 0..3_u8,
    ) {
        let first = day(LAST);
        let at = |days: i64| first + chrono::TimeDelta::days(days);
        let later: Vec<Sighting> = visits
            .iter()
            .enumerate()
            .map(|(week, visit)| {
                let as_at = at(32 + 7 * week as i64);
                Sighting { as_at, act: visit.map(at).filter(|day| *day <= as_at), ..shows(LAST, "") }
            })
            .collect();
        let said = match kind {
            0 => Said::Done { on: at(said_on) },
            1 => Said::Booked { on: at(said_on + 28) },
            _ => Said::from_parts(SaidKind::NotDone, None, Some("a".to_owned())).unwrap(),
        };
        let mut settled: Option<bool> = None;
        for known in 0..=later.len() {
            let outcome = of(&said, &later[..known]);
            // Only proof of the very day may come after all.
            let is_late_proof = matches!(outcome, Confirmed { .. });
            if let Some(before) = settled {
                prop_assert!(outcome.came_true() == Some(before) || is_late_proof, "{said:?} {outcome:?}");
            }
            settled = outcome.came_true().or(settled);
            if let (Said::Done { on }, Confirmed { by }) = (&said, outcome) {
                prop_assert!(later[..known].iter().any(|sighting| sighting.as_at == by && sighting.act == Some(*on)));
            }
        }
        let shown = shows_an_act_by(&later, on(LAST), day(ANSWERED));
        prop_assert_eq!(shown.is_some(), later.iter().any(|s| s.act.is_some_and(|day| day > first && day <= at(28))));
    }
}
