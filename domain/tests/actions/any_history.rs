//! What holds for any course of things: random commands of random people, and random words of the data.

use crate::common::*;
use domain::action::{Amendment, Author, Command, DataWord, Doer, Event, History, Priority, State};
use domain::ids::{EvidenceId, UserId};
use domain::scope::{Area, Role};
use proptest::prelude::*;

fn people() -> Vec<Somebody> {
    vec![
        director(),
        head(),
        second_head(),
        manager(),
        Somebody::new(5, Role::Analyst, Area::All),
        Somebody::new(6, Role::Director, south()),
        Somebody::new(7, Role::Member, Area::All),
    ]
}

fn command(choice: u8, n: u64, people: &[Somebody]) -> Command<'_> {
    let day = day(TODAY) + chrono::Days::new(n % 60);
    match choice {
        0 => Command::Amend(Amendment { what: Some(format!("Do {n}")), ..Amendment::default() }),
        1 => Command::Amend(Amendment {
            doer: Some(Doer::User(UserId(4))),
            priority: Some(Priority::ALL[n as usize % 3]),
            ..Amendment::default()
        }),
        2 => Command::MoveDue { to: day, reason: "Away" },
        3 => Command::Progress { text: "Booked", links: &[] },
        4 => Command::AddEvidence { evidence: EvidenceId(n as i64), name: "a.pdf" },
        5 => Command::HandOver { to: people[n as usize % people.len()].person(), reason: "Leaves" },
        6 | 7 => Command::Report { what_changed: "Seen" },
        8 => Command::SendBack { reason: "Which?" },
        9 | 10 => Command::Confirm,
        11 => Command::Reopen { reason: "Not so" },
        _ => Command::Withdraw { reason: "Error" },
    }
}

/// Whether the action keeps the promises of the log.
fn is_sound(history: &History) {
    let action = history.action();
    assert_eq!(action.version as usize, history.events().len());
    let heads = [head().user, second_head().user];
    assert!(heads.contains(&action.accountable), "accountable is always a Head of Service");
    assert_eq!(action.state == State::Closed, action.closing.is_some());
    let answered = matches!(action.state, State::Reported | State::Closed);
    assert!(action.state == State::Withdrawn || answered == action.report.is_some());
    if let (Some(report), Some(closing)) = (&action.report, &action.closing) {
        assert_ne!(report.by, closing.by);
        assert_ne!(action.accountable, closing.by);
    }
}

proptest! {
    #[test]
    fn replaying_gives_the_present_state_and_json_keeps_every_event(
        steps in proptest::collection::vec((0u8..20, 0usize..7, 0u64..1_000), 0..40),
    ) {
        let people = people();
        let mut history = recorded();
        for (choice, who, n) in steps {
            if choice >= 13 {
                let word = [DataWord::Confirmed, DataWord::Contradicted, DataWord::Silent][n as usize % 3];
                let as_at = day(TODAY) + chrono::Days::new(n % 90);
                if let Some(kind) = history.action().hear("100", word, as_at) {
                    let event = history.next(moment(), Author::Data, kind);
                    history.push(event).unwrap();
                }
            } else if let Ok(kind) = ask(&history, command(choice, n, &people), &people[who]) {
                let event = history.next(moment(), Author::Person(people[who].user), kind);
                history.push(event).unwrap();
            }
            is_sound(&history);
        }
        let kept = serde_json::to_string(history.events()).unwrap();
        let read: Vec<Event> = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(&read, history.events());
        let replayed = History::of(read).unwrap();
        prop_assert_eq!(replayed.action(), history.action());
        // To any moment: the first so many events make the action as it stood then.
        for upto in 1..=history.events().len() {
            let then = History::of(history.events()[..upto].to_vec()).unwrap();
            prop_assert_eq!(then.action().version as usize, upto);
        }
    }
}
