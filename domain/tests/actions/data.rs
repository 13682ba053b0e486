//! What later extracts say: of a child, and of a measure.

use crate::common::*;
use chrono::{Days, NaiveDate};
use domain::action::{Aim, Author, Baseline, Command, DataWord, EventKind, History, Reading, State, effect, verdict};
use domain::measures::figure::Figure;
use domain::measures::{CORE, Fact, Polarity, Timing, measure};
use domain::signal::{Judgement, Point, Question, Span, Step, judge};
use domain::spc::{Direction, Variation};

fn fact(id: &str, numerator: bool, start: Option<&str>) -> Fact {
    Fact {
        measure: measure(id).unwrap().id,
        child_id: "100".into(),
        list: 0,
        position: 0,
        team: None,
        worker: None,
        numerator,
        start: start.map(day),
        due: None,
        days: None,
        event: None,
    }
}

/// The word of an action recorded on [`TODAY`].
fn word(id: &str, facts: &[Fact]) -> DataWord {
    verdict(measure(id).unwrap(), facts, day(TODAY))
}

#[test]
fn where_high_is_good_the_numerator_confirms_and_where_low_is_good_it_contradicts() {
    use DataWord::{Confirmed, Contradicted};
    for (id, numerator, says) in [
        ("CPP-01", true, Confirmed),
        ("CPP-01", false, Contradicted),
        ("ALL-01", true, Confirmed),
        ("ALL-01", false, Contradicted),
        ("DOR-01", true, Contradicted),
        ("DOR-01", false, Confirmed),
        ("ASM-02", true, Contradicted),
        ("ASM-02", false, Confirmed),
    ] {
        assert_eq!(word(id, &[fact(id, numerator, None)]), says, "{id} {numerator}");
    }
}

#[test]
fn leaving_the_denominator_confirms_only_where_it_is_the_cure() {
    let confirms: Vec<_> =
        CORE.iter().filter(|one| word(one.id, &[]) == DataWord::Confirmed).map(|one| one.id).collect();
    assert_eq!(confirms, ["ASM-02", "S47-02", "CPP-06", "CPP-07", "CIN-03"]);
    assert_eq!(word("ALL-01", &[]), DataWord::Silent, "a child no longer open was not allocated a worker by that");
}

#[test]
fn what_has_happened_cannot_be_undone_and_context_has_no_side() {
    for id in ["REF-02", "ASM-01", "WF-02"] {
        for numerator in [true, false] {
            assert_eq!(word(id, &[fact(id, numerator, None)]), DataWord::Silent, "{id}");
        }
    }
    for measure in CORE.iter().filter(|measure| measure.polarity == Polarity::Neutral) {
        assert_eq!(word(measure.id, &[fact(measure.id, true, None)]), DataWord::Silent, "{}", measure.id);
    }
}

#[test]
fn a_clock_that_began_after_the_recording_is_another_matter() {
    assert_eq!(word("CPP-01", &[fact("CPP-01", false, Some(TODAY))]), DataWord::Contradicted);
    assert_eq!(
        word("CPP-01", &[fact("CPP-01", false, Some("2026-03-03"))]),
        DataWord::Confirmed,
        "visited, late again"
    );
    assert_eq!(word("ASM-02", &[fact("ASM-02", true, Some("2026-03-03"))]), DataWord::Confirmed, "the next assessment");
}

#[test]
fn one_unit_on_the_wrong_side_is_enough() {
    assert_eq!(word("CPP-01", &[fact("CPP-01", true, None), fact("CPP-01", false, None)]), DataWord::Contradicted);
}

fn hear(history: &mut History, word: DataWord, as_at: &str) -> bool {
    let Some(kind) = history.action().hear("100", word, day(as_at)) else { return false };
    let event = history.next(moment(), Author::Data, kind);
    history.push(event).unwrap();
    true
}

#[test]
fn a_closed_action_that_the_data_contradicts_comes_back() {
    let mut history = closed();
    assert!(hear(&mut history, DataWord::Contradicted, "2026-03-06"));
    let action = history.action();
    assert_eq!((action.state, action.reopened, &action.report), (State::Open, 1, &None));
    assert!(!hear(&mut history, DataWord::Contradicted, "2026-03-13"), "that an open action is not done is no news");
    act(&mut history, Command::Report { what_changed: "Now seen" }, &head());
    act(&mut history, Command::Confirm, &director());
    assert!(hear(&mut history, DataWord::Contradicted, "2026-03-20"), "the second report is contradicted as well");
    assert_eq!(history.action().reopened, 2);
}

#[test]
fn what_the_data_has_confirmed_of_a_closed_action_stays_confirmed() {
    let mut history = closed();
    assert!(hear(&mut history, DataWord::Confirmed, "2026-03-06"));
    assert_eq!(history.action().state, State::Closed);
    assert!(!hear(&mut history, DataWord::Confirmed, "2026-03-13"));
    assert!(!hear(&mut history, DataWord::Contradicted, "2026-06-05"), "a later lapse is another matter");
}

#[test]
fn an_extract_from_before_the_report_does_not_contradict_it() {
    let mut history = closed();
    assert!(!hear(&mut history, DataWord::Contradicted, "2026-03-01"));
    assert!(hear(&mut history, DataWord::Contradicted, TODAY));
}

#[test]
fn a_reported_action_is_told_once_and_stays_reported() {
    let mut history = reported();
    assert!(hear(&mut history, DataWord::Contradicted, "2026-03-06"));
    assert_eq!(history.action().state, State::Reported);
    assert!(!hear(&mut history, DataWord::Contradicted, "2026-03-13"));
    assert!(hear(&mut history, DataWord::Confirmed, "2026-03-20"));
}

#[test]
fn the_data_is_heard_in_the_order_of_its_dates_and_about_the_actions_children() {
    let mut history = recorded();
    assert!(hear(&mut history, DataWord::Confirmed, "2026-03-06"));
    assert!(!hear(&mut history, DataWord::Contradicted, "2026-03-06"));
    assert!(hear(&mut history, DataWord::Contradicted, "2026-03-13"));
    assert_eq!(history.action().hear("999", DataWord::Confirmed, day("2026-04-01")), None);
    assert_eq!(history.action().hear("100", DataWord::Silent, day("2026-04-01")), None);
    act(&mut history, Command::Withdraw { reason: "Error" }, &director());
    assert_eq!(history.action().hear("100", DataWord::Confirmed, day("2026-04-01")), None);
}

#[test]
fn every_word_has_its_own_sentence() {
    let words = [DataWord::Confirmed, DataWord::Contradicted, DataWord::Silent].map(DataWord::sentence);
    assert!(words.iter().all(|sentence| sentence.ends_with('.')));
    assert_ne!(words[0], words[1]);
    assert_ne!(words[1], words[2]);
    assert!(matches!(recorded().events()[0].kind, EventKind::Recorded(_)));
}

/// Weekly figures of 100 units each.
fn weekly(from: &str, numerators: &[u64]) -> Vec<Reading> {
    let first = day(from);
    numerators
        .iter()
        .zip(0u64..)
        .map(|(numerator, week)| Reading {
            as_at: first + Days::new(7 * week),
            figure: Some(Figure { numerator: *numerator, denominator: 100 }),
        })
        .collect()
}

fn aim(as_at: NaiveDate, numerator: u64) -> Aim {
    let baseline = Baseline { as_at, figure: Figure { numerator, denominator: 100 } };
    Aim { measure: "CPP-01".into(), group: north(), baseline: Some(baseline) }
}

/// The judgement of months of 100 units each, as at their last days up to June 2026.
fn judgement(numerators: &[u64], cuts: &[NaiveDate]) -> Option<Judgement> {
    let mut span = Span::month(day("2026-06-30"));
    let mut points: Vec<Point> = Vec::new();
    for numerator in numerators.iter().rev() {
        let figure = Some(Figure { numerator: *numerator, denominator: 100 });
        points.insert(0, Point { span, as_at: Some(span.to()), figure, finished: true });
        span = span.previous();
    }
    let asked = Question {
        timing: Timing::AtDate,
        step: Step::Month,
        carries_over: false,
        polarity: Polarity::High,
        target: None,
        cuts,
    };
    judge(&points, &asked)
}

#[test]
fn a_measures_action_shows_the_values_one_and_three_months_on() {
    let history = weekly("2026-01-02", &[70; 20]);
    let judged = judgement(&[70; 20], &[]);
    let effect = effect(&aim(day("2026-01-30"), 70), day("2026-02-01"), &history, Timing::AtDate, judged.as_ref());
    assert_eq!(effect.baseline.unwrap().as_at, day("2026-01-30"));
    // A month after 30 January is 28 February, clamped; the next extract is that of 6 March.
    assert_eq!(effect.after_one_month.unwrap().as_at, day("2026-03-06"));
    assert_eq!(effect.after_three_months.unwrap().as_at, day("2026-05-01"));
    assert_eq!((effect.variation, effect.first_mark), (Some(Variation::Common), None));
}

#[test]
fn what_has_not_come_yet_is_not_shown() {
    let history = weekly("2026-01-02", &[70; 6]);
    let judged = judgement(&[70; 6], &[]);
    let effect = effect(&aim(day("2026-01-30"), 70), day("2026-02-01"), &history, Timing::AtDate, judged.as_ref());
    assert_eq!((effect.after_one_month, effect.after_three_months, effect.variation), (None, None, None));
}

#[test]
fn the_chart_tells_a_true_change_after_the_baseline() {
    let judged = judgement(&[70, 72, 69, 71, 70, 72, 69, 71, 70, 72, 69, 71, 70, 88, 89], &[]);
    let told = |baseline: &str, timing| {
        effect(&aim(day(baseline), 72), day(baseline), &[], timing, judged.as_ref()).first_mark
    };
    let (month, signal) = told("2026-04-30", Timing::AtDate).unwrap();
    assert_eq!((month.to_string().as_str(), signal.direction), ("2026-05", Direction::Up));
    // A month of events that had begun before the baseline says nothing of what came after it.
    assert_eq!(told("2026-05-12", Timing::InPeriod).unwrap().0.to_string(), "2026-06");
    assert_eq!(told("2026-05-12", Timing::AtDate).unwrap().0.to_string(), "2026-05");
    assert_eq!(told("2026-06-30", Timing::AtDate), None);
}

#[test]
fn a_chart_begun_anew_is_judged_when_it_has_points_enough() {
    let judged = |cut| {
        let judged = judgement(&[70; 20], &[day(cut)]);
        effect(&aim(day("2026-01-02"), 70), day("2026-01-02"), &[], Timing::AtDate, judged.as_ref()).variation
    };
    assert_eq!(judged("2025-07-01"), None);
    assert_eq!(judged("2025-06-30"), Some(Variation::Common));
}
