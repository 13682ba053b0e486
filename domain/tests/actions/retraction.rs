//! What an extract said of an action is taken back when the extract is taken out or moved.

use crate::common::*;
use domain::action::{Author, Command, DataWord, Draft, EventKind, Finding, History, State};

fn hear(history: &mut History, word: DataWord, as_at: &str) {
    let kind = history.action().hear("100", word, day(as_at)).unwrap();
    let event = history.next(moment(), Author::Data, kind);
    history.push(event).unwrap();
}

/// Takes back everything the extract of a date said; answers how many events that took.
fn retract(history: &mut History, as_at: &str) -> usize {
    let kinds = history.action().retractions(day(as_at), "Another council's file");
    let events = kinds.len();
    for kind in kinds {
        let event = history.next(moment(), Author::Data, kind);
        history.push(event).unwrap();
    }
    events
}

#[test]
fn an_action_that_came_back_by_an_extract_is_closed_again_as_it_was() {
    let mut history = closed();
    let before = history.action().clone();
    hear(&mut history, DataWord::Contradicted, "2026-03-06");
    assert_eq!(history.action().state, State::Open);
    assert_eq!(retract(&mut history, "2026-03-06"), 1);
    let after = history.action();
    assert_eq!((after.state, &after.report, &after.closing), (State::Closed, &before.report, &before.closing));
    assert_eq!((after.reopened, &after.data, after.reports), (0, &before.data, before.reports));
    assert_eq!(retract(&mut history, "2026-03-06"), 0, "it is taken back once");
}

#[test]
fn what_a_person_did_about_it_since_stays() {
    let mut history = closed();
    hear(&mut history, DataWord::Contradicted, "2026-03-06");
    act(&mut history, Command::Progress { text: "Asked the team", links: &[] }, &head());
    assert_eq!(retract(&mut history, "2026-03-06"), 1);
    assert_eq!((history.action().state, history.action().reopened), (State::Open, 1));
    assert!(history.action().data.is_empty());
    act(&mut history, Command::Report { what_changed: "Seen" }, &head());
    act(&mut history, Command::Confirm, &director());
    assert_eq!(history.action().state, State::Closed);
}

#[test]
fn the_word_before_counts_again_and_a_later_word_stays() {
    let mut history = recorded();
    hear(&mut history, DataWord::Confirmed, "2026-03-06");
    hear(&mut history, DataWord::Contradicted, "2026-03-13");
    hear(&mut history, DataWord::Confirmed, "2026-03-20");
    retract(&mut history, "2026-03-13");
    let word = |history: &History| history.action().data.get(&"100".into()).map(|word| (word.word, word.as_at));
    assert_eq!(word(&history), Some((DataWord::Confirmed, day("2026-03-20"))));
    retract(&mut history, "2026-03-20");
    assert_eq!(word(&history), Some((DataWord::Confirmed, day("2026-03-06"))));
    retract(&mut history, "2026-03-06");
    assert_eq!(word(&history), None);
}

#[test]
fn the_extract_that_takes_its_place_is_heard_as_the_first_was() {
    let mut history = closed();
    hear(&mut history, DataWord::Confirmed, "2026-03-06");
    assert_eq!(history.action().hear("100", DataWord::Contradicted, day("2026-03-06")), None);
    retract(&mut history, "2026-03-06");
    hear(&mut history, DataWord::Contradicted, "2026-03-06");
    assert_eq!(history.action().state, State::Open);
}

#[test]
fn a_withdrawn_action_stays_withdrawn() {
    let mut history = recorded();
    hear(&mut history, DataWord::Confirmed, "2026-03-06");
    act(&mut history, Command::Withdraw { reason: "Error" }, &director());
    assert_eq!(retract(&mut history, "2026-03-06"), 1);
    assert_eq!(history.action().state, State::Withdrawn);
    let again = History::of(history.events().to_vec()).unwrap();
    assert_eq!(&again, &history, "the events make the same action again");
}

#[test]
fn a_finding_from_another_councils_file_loses_its_children_and_says_so() {
    let finding = Finding {
        as_at: day("2026-02-27"),
        measure: Some("CPP-01".to_owned()),
        group: north(),
        numerator: 1,
        denominator: 3,
        children: vec!["100".into(), "X".into()],
    };
    let kind =
        record(Draft { finding: Some(finding), ..draft(about_a_child(), Some(head().person())) }, &director()).unwrap();
    assert_eq!(kind.redacted(day("2026-03-06"), "Taken out"), None, "of another extract");
    let Some(EventKind::Recorded(recorded)) = kind.redacted(day("2026-02-27"), "Taken out on 2 March") else {
        panic!("it names children")
    };
    assert!(recorded.why.text.ends_with("[Taken out on 2 March]"), "{}", recorded.why.text);
    let finding = recorded.why.finding.clone().unwrap();
    assert_eq!((finding.children.len(), finding.numerator, finding.denominator), (0, 1, 3));
    assert_eq!(EventKind::Recorded(recorded).redacted(day("2026-02-27"), "Again"), None);
}
