//! A surgery from planned to closed.

use crate::common::*;
use domain::ids::{ActionId, ExtractId, UserId};
use domain::scope::Role;
use domain::surgery::{
    Attendee, ItemDraft, ItemId, NoteKind, Presence, Stage, Surgery, SurgeryCommand as Command, SurgeryEvent,
    SurgeryEventKind, SurgeryRefusal,
};

const FIRST: ItemId = ItemId(1);
const SECOND: ItemId = ItemId(2);

fn write<'a>(item: ItemId, note: NoteKind, text: &'a str, over: u32) -> Command<'a> {
    Command::Write { item, note, text, over }
}

#[test]
fn it_is_planned_prepared_held_and_closed() {
    let mut held = Held::planned();
    assert_eq!(held.ask(Command::Start, &director()), Err(SurgeryRefusal::NotNow(Stage::Planned)));
    let items = vec![ItemDraft::own("Visits".into())];
    held.act(Command::Prepare { extract: ExtractId(7), as_at: day("2026-02-27"), items }, &analyst());
    assert_eq!(held.surgery.evidence, Some((ExtractId(7), day("2026-02-27"))));
    let again = Command::Prepare { extract: ExtractId(8), as_at: day("2026-03-06"), items: Vec::new() };
    assert_eq!(held.ask(again, &analyst()), Err(SurgeryRefusal::NotNow(Stage::Prepared)), "evidence is frozen");
    assert_eq!(held.ask(Command::Close, &director()), Err(SurgeryRefusal::NotNow(Stage::Prepared)));
    held.act(Command::Start, &director());
    assert_eq!((held.surgery.stage, held.surgery.shown), (Stage::InSession, Some(FIRST)));
    held.act(Command::Close, &director());
    assert_eq!((held.surgery.stage, held.surgery.shown), (Stage::Closed, None));
    assert!(held.surgery.started_at.is_some() && held.surgery.closed_at.is_some());
}

#[test]
fn nothing_is_changed_after_it_is_closed_or_cancelled() {
    let closed = Held::closed();
    let mut cancelled = Held::prepared();
    cancelled.act(Command::Cancel { reason: "Inspection" }, &director());
    for (held, stage) in [(closed, Stage::Closed), (cancelled, Stage::Cancelled)] {
        for command in [
            Command::MoveDate { to: day("2026-04-01"), reason: "x" },
            Command::Cancel { reason: "x" },
            Command::AddItem(ItemDraft::own("x".into())),
            Command::RemoveItem(FIRST),
            Command::MoveItem { item: FIRST, to: 1 },
            write(FIRST, NoteKind::Discussion, "x", 0),
            Command::Start,
            Command::Show(FIRST),
            Command::NoteAttendance { who: Attendee::User(UserId(1)), presence: Presence::Present },
            Command::Link { item: None, action: ActionId(1) },
            Command::Close,
        ] {
            let words = format!("{command:?}");
            assert_eq!(held.ask(command, &director()), Err(SurgeryRefusal::NotNow(stage)), "{words}");
        }
    }
}

#[test]
fn two_writers_of_one_note_get_a_conflict_and_not_a_silent_loss() {
    let mut held = Held::in_session();
    held.act(write(FIRST, NoteKind::Discussion, "Four of ten were away", 0), &director());
    let mine = || write(FIRST, NoteKind::Discussion, "Two were in hospital", 0);
    let answer = held.ask(mine(), &director());
    let Err(SurgeryRefusal::Conflict { theirs }) = answer else { panic!("{answer:?}") };
    assert_eq!(theirs.text, "Four of ten were away");
    assert_eq!(theirs.written, Some((director().user, moment())));
    held.act(write(FIRST, NoteKind::Discussion, "Four were away, two in hospital", theirs.version), &director());
    assert_eq!(held.surgery.item(FIRST).unwrap().discussion.text, "Four were away, two in hospital");
}

#[test]
fn writers_of_different_notes_do_not_disturb_each_other() {
    let mut held = Held::in_session();
    held.act(write(FIRST, NoteKind::Discussion, "One", 0), &director());
    held.act(write(SECOND, NoteKind::Discussion, "Two", 0), &director());
    held.act(write(FIRST, NoteKind::Narrative, "Three", 0), &director());
    assert_eq!(held.surgery.item(FIRST).unwrap().narrative.text, "Three");
}

#[test]
fn a_note_can_be_cleared_and_what_is_the_same_is_no_change() {
    let mut held = Held::in_session();
    assert_eq!(held.ask(write(FIRST, NoteKind::Discussion, " ", 0), &director()), Err(SurgeryRefusal::NothingChanged));
    held.act(write(FIRST, NoteKind::Discussion, "One", 0), &director());
    let version = held.surgery.item(FIRST).unwrap().discussion.version;
    held.act(write(FIRST, NoteKind::Discussion, "", version), &director());
    assert_eq!(held.surgery.item(FIRST).unwrap().discussion.text, "");
}

#[test]
fn items_are_added_moved_and_taken_off_and_a_number_is_never_given_twice() {
    let mut held = Held::prepared();
    held.act(Command::AddItem(ItemDraft::own(" Foster  carers ".into())), &manager());
    held.act(Command::MoveItem { item: ItemId(3), to: 0 }, &analyst());
    let order = |held: &Held| held.surgery.items.iter().map(|item| item.id.0).collect::<Vec<_>>();
    assert_eq!(order(&held), [3, 1, 2]);
    assert_eq!(held.surgery.items[0].draft.title, "Foster carers");
    held.act(Command::RemoveItem(ItemId(3)), &analyst());
    held.act(Command::AddItem(ItemDraft::own("Court".into())), &head());
    assert_eq!(order(&held), [1, 2, 4]);
    assert_eq!(held.ask(Command::RemoveItem(ItemId(3)), &analyst()), Err(SurgeryRefusal::NoSuchItem));
    held.act(Command::MoveItem { item: FIRST, to: 99 }, &analyst());
    assert_eq!(order(&held), [2, 4, 1]);
}

#[test]
fn what_the_room_looks_at_goes_with_its_item() {
    let mut held = Held::in_session();
    held.act(Command::Show(SECOND), &director());
    assert_eq!(held.surgery.shown, Some(SECOND));
    assert_eq!(held.ask(Command::Show(ItemId(9)), &director()), Err(SurgeryRefusal::NoSuchItem));
    held.act(Command::RemoveItem(SECOND), &director());
    assert_eq!(held.surgery.shown, None);
}

#[test]
fn a_date_and_a_leader_change_with_a_reason() {
    let mut held = Held::planned();
    assert!(matches!(held.ask(Command::Cancel { reason: " " }, &director()), Err(SurgeryRefusal::Text(_))));
    held.act(Command::MoveDate { to: day("2026-03-12"), reason: "Inspection" }, &director());
    assert_eq!(held.surgery.date, day("2026-03-12"));
    let other = Somebody::new(9, Role::Director, service("North"));
    held.act(Command::ChangeLeader { to: other.person(), reason: "Ill" }, &director());
    assert_eq!(held.surgery.leader, other.user);
    let head = head();
    let to_head = Command::ChangeLeader { to: head.person(), reason: "Ill" };
    assert_eq!(held.ask(to_head, &director()), Err(SurgeryRefusal::NotLeader), "a Director leads that of a service");
}

#[test]
fn attendance_is_noted_once_a_person() {
    let mut held = Held::in_session();
    let note = |who: Attendee, presence| Command::NoteAttendance { who, presence };
    held.act(note(Attendee::User(UserId(2)), Presence::Apologies), &director());
    held.act(note(Attendee::Named("A guest, the schools' service".into()), Presence::Present), &director());
    held.act(note(Attendee::User(UserId(2)), Presence::Present), &director());
    let noted: Vec<_> = held.surgery.attendance.iter().map(|one| one.presence).collect();
    assert_eq!(noted, [Presence::Present, Presence::Present]);
}

#[test]
fn an_action_is_linked_once() {
    let mut held = Held::in_session();
    held.act(Command::Link { item: Some(FIRST), action: ActionId(1) }, &director());
    let again = Command::Link { item: Some(SECOND), action: ActionId(1) };
    assert_eq!(held.ask(again, &director()), Err(SurgeryRefusal::LinkedAlready));
    let nowhere = Command::Link { item: Some(ItemId(9)), action: ActionId(2) };
    assert_eq!(held.ask(nowhere, &director()), Err(SurgeryRefusal::NoSuchItem));
}

#[test]
fn events_that_cannot_follow_make_no_surgery() {
    let first = Held::planned().events.remove(0);
    let second = |sequence, kind| SurgeryEvent { sequence, at: moment(), by: UserId(1), kind };
    assert!(Surgery::of(&[]).is_err());
    assert!(Surgery::of(&[second(1, SurgeryEventKind::Closed)]).is_err());
    assert!(Surgery::of(&[first.clone(), second(3, SurgeryEventKind::Cancelled { reason: "x".into() })]).is_err());
    assert!(Surgery::of(&[first.clone(), second(2, SurgeryEventKind::Started)]).is_err());
    assert!(Surgery::of(&[first.clone(), second(2, first.kind.clone())]).is_err());
}
