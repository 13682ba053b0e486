//! What managers may say of a late child, and into which cohort it goes.

use crate::common::*;
use domain::answers::{BadAnswer, Cohort, Cohorts, LONGEST_REASON, Outcome, Rate, Said, SaidKind, check, cohort};

const TODAY: &str = "2026-02-09";

fn done(date: &str) -> Said {
    Said::Done { on: day(date) }
}

fn booked(date: &str) -> Said {
    Said::Booked { on: day(date) }
}

fn because(kind: SaidKind, reason: &str) -> Said {
    Said::from_parts(kind, None, Some(reason.to_owned())).unwrap()
}

#[test]
fn a_visit_that_was_made_lies_after_the_last_on_record_and_not_ahead() {
    let of = |date: &str, last: &str| check(&done(date), day(TODAY), on(last)).map(|_| ());
    assert_eq!(of(TODAY, ""), Ok(()));
    assert_eq!(of("2026-02-10", ""), Err(BadAnswer::NotYet { on: day("2026-02-10") }));
    assert_eq!(of("2026-01-21", "2026-01-20"), Ok(()));
    assert_eq!(of("2026-01-20", "2026-01-20"), Err(BadAnswer::OnRecord { on: day("2026-01-20") }));
    let before = BadAnswer::BeforeTheLast { on: day("2026-01-19"), last: day("2026-01-20") };
    assert_eq!(of("2026-01-19", "2026-01-20"), Err(before));
}

#[test]
fn a_booking_is_for_today_or_later() {
    let of = |date: &str| check(&booked(date), day(TODAY), on("2026-01-20")).map(|_| ());
    assert_eq!(of(TODAY), Ok(()));
    assert_eq!(of("2026-02-08"), Err(BadAnswer::Over { on: day("2026-02-08") }));
}

#[test]
fn what_has_no_day_needs_a_reason_on_one_line() {
    for kind in SaidKind::ALL.into_iter().filter(|kind| !kind.has_day()) {
        let of = |reason: &str| check(&because(kind, reason), day(TODAY), None);
        assert_eq!(of("  The family\r\n was  away "), Ok(because(kind, "The family was away")));
        assert_eq!(of(" \n "), Err(BadAnswer::NoReason));
        assert!(of(&"é".repeat(LONGEST_REASON)).is_ok());
        assert_eq!(of(&"é".repeat(LONGEST_REASON + 1)), Err(BadAnswer::LongReason));
    }
}

#[test]
fn a_refusal_says_what_would_do() {
    let refused = check(&done("2026-02-10"), day(TODAY), None).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "10 February 2026 is still to come. Say that it is booked for that day, or give the day on which it was done"
    );
}

#[test]
fn an_answer_is_the_sum_of_its_parts() {
    for said in [done(TODAY), booked(TODAY), because(SaidKind::NotDone, "a"), because(SaidKind::NotOurs, "b")] {
        let again = Said::from_parts(said.kind(), said.day(), said.reason().map(str::to_owned));
        assert_eq!(again, Some(said.clone()));
        assert_eq!(SaidKind::from_name(said.kind().name()), Some(said.kind()));
        let other =
            Said::from_parts(said.kind(), said.reason().map(|_| day(TODAY)), said.day().map(|_| "c".to_owned()));
        assert_eq!(other, None, "a day where a reason belongs, or a reason where a day does");
    }
}

#[test]
fn the_cohort_follows_what_came_of_the_answer() {
    let by = day("2026-02-20");
    let confirmed = Outcome::Confirmed { by };
    let refuted = Outcome::NotConfirmed { by };
    let overtaken = Outcome::Overtaken { by };
    let another = Outcome::AnotherDate { on: by };
    let (wrong, not_ours, not_done) =
        (because(SaidKind::RecordWrong, "a"), because(SaidKind::NotOurs, "b"), because(SaidKind::NotDone, "c"));
    for (said, outcome, expected) in [
        (&done("2026-02-05"), Outcome::Waiting, Cohort::DoneNotRecorded),
        (&done("2026-02-05"), confirmed, Cohort::DoneNotRecorded),
        (&done("2026-02-05"), another, Cohort::DoneNotRecorded),
        (&done("2026-02-05"), refuted, Cohort::NotDone),
        (&done("2026-02-05"), overtaken, Cohort::NotDone),
        (&booked("2026-02-05"), Outcome::Waiting, Cohort::NotDone),
        (&booked("2026-02-05"), confirmed, Cohort::NotDone),
        (&not_done, Outcome::Stands, Cohort::NotDone),
        (&wrong, Outcome::Waiting, Cohort::Disputed),
        (&wrong, confirmed, Cohort::Disputed),
        (&wrong, refuted, Cohort::NotDone),
        (&not_ours, Outcome::Waiting, Cohort::Disputed),
        (&not_ours, overtaken, Cohort::Disputed),
        (&not_ours, refuted, Cohort::NotDone),
    ] {
        assert_eq!(cohort(Some((said, outcome)), false), expected, "{said:?} {outcome:?}");
        assert_eq!(cohort(Some((said, outcome)), true), Cohort::DoneNotRecorded, "shown by an extract: {said:?}");
    }
    assert_eq!(cohort(None, false), Cohort::NoAnswer);
    assert_eq!(cohort(None, true), Cohort::DoneNotRecorded);
}

#[test]
fn cohorts_and_rates_count_what_they_say() {
    let cohorts: Cohorts = Cohort::ALL.into_iter().chain([Cohort::NotDone]).collect();
    assert_eq!((cohorts.done_not_recorded, cohorts.not_done, cohorts.disputed, cohorts.no_answer), (1, 2, 1, 1));
    assert_eq!(cohorts.total(), 5);
    let by = day("2026-02-20");
    let all = [
        Outcome::Confirmed { by },
        Outcome::AnotherDate { on: by },
        Outcome::NotConfirmed { by },
        Outcome::Waiting,
        Outcome::Overtaken { by },
        Outcome::Stands,
    ];
    let rate: Rate = all.into_iter().collect();
    assert_eq!((rate.came_true, rate.settled, rate.given, rate.value()), (2, 3, 6, Some(2.0 / 3.0)));
    assert_eq!(all[3..].iter().copied().collect::<Rate>().value(), None);
}
