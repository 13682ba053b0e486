//! What holds for any course of a meeting.

use crate::common::*;
use domain::ids::{ActionId, ExtractId, UserId};
use domain::surgery::{
    Attendee, ItemDraft, ItemId, NoteKind, Presence, Stage, Surgery, SurgeryCommand as Command, SurgeryEvent,
};
use proptest::prelude::*;

fn command(choice: u8, n: u32) -> Command<'static> {
    let item = ItemId(n % 6);
    let note = if n.is_multiple_of(2) { NoteKind::Narrative } else { NoteKind::Discussion };
    match choice {
        0 => Command::Prepare {
            extract: ExtractId(1),
            as_at: day("2026-02-27"),
            items: vec![ItemDraft::own("x".into())],
        },
        1 | 2 => Command::AddItem(ItemDraft::own(format!("Item {n}"))),
        3 => Command::RemoveItem(item),
        4 => Command::MoveItem { item, to: n % 9 },
        5 | 6 => Command::Write { item, note, text: ["One", "Two", ""][n as usize % 3], over: n % 12 },
        7 => Command::Start,
        8 => Command::Show(item),
        9 => Command::NoteAttendance {
            who: Attendee::User(UserId(i64::from(n % 4))),
            presence: Presence::ALL[n as usize % 3],
        },
        10 => Command::Link { item: Some(item), action: ActionId(i64::from(n % 5)) },
        11 => Command::MoveDate { to: day("2026-04-01"), reason: "x" },
        _ if n.is_multiple_of(5) => Command::Close,
        _ => Command::Cancel { reason: "x" },
    }
}

proptest! {
    #[test]
    fn replaying_gives_the_present_state_and_json_keeps_every_event(
        begin in 0u8..3,
        steps in proptest::collection::vec((0u8..13, 0usize..4, 0u32..1_000), 0..60),
    ) {
        let people = [director(), head(), manager(), analyst()];
        let mut held = [Held::planned, Held::prepared, Held::in_session][usize::from(begin)]();
        for (choice, who, n) in steps {
            if let Ok(kind) = held.ask(command(choice, n), &people[who]) {
                held.push(kind, people[who].user);
            }
            let surgery = &held.surgery;
            let mut ids: Vec<_> = surgery.items.iter().map(|item| item.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), surgery.items.len());
            prop_assert!(ids.last().is_none_or(|last| last.0 < surgery.next_item));
            prop_assert!(surgery.shown.is_none_or(|shown| surgery.item(shown).is_some()));
            prop_assert_eq!(surgery.stage == Stage::Closed, surgery.closed_at.is_some());
        }
        let kept = serde_json::to_string(&held.events).unwrap();
        let read: Vec<SurgeryEvent> = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(&read, &held.events);
        prop_assert_eq!(Surgery::of(&read).unwrap(), held.surgery);
    }
}
