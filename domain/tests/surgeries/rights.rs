//! Who may do what with a surgery.

use crate::common::*;
use domain::ids::{ActionId, ExtractId};
use domain::scope::{Area, Role};
use domain::surgery::{
    Attendee, ItemDraft, ItemId, ItemKind, Meeting, NoteKind, Presence, Remit, SurgeryCommand as Command,
    SurgeryRefusal,
};

fn commands() -> Vec<(&'static str, Held, Command<'static>)> {
    let item = ItemId(1);
    let prepare = Command::Prepare { extract: ExtractId(1), as_at: day("2026-02-27"), items: Vec::new() };
    let discuss = Command::Write { item, note: NoteKind::Discussion, text: "x", over: 0 };
    let narrate = Command::Write { item, note: NoteKind::Narrative, text: "x", over: 0 };
    vec![
        ("move date", Held::planned(), Command::MoveDate { to: day("2026-04-01"), reason: "x" }),
        ("cancel", Held::planned(), Command::Cancel { reason: "x" }),
        ("prepare", Held::planned(), prepare),
        ("add own item", Held::prepared(), Command::AddItem(ItemDraft::own("x".into()))),
        ("remove item", Held::prepared(), Command::RemoveItem(item)),
        ("move item", Held::prepared(), Command::MoveItem { item, to: 1 }),
        ("narrate before", Held::prepared(), narrate.clone()),
        ("narrate in session", Held::in_session(), narrate),
        ("discuss", Held::in_session(), discuss),
        ("start", Held::prepared(), Command::Start),
        ("show", Held::in_session(), Command::Show(item)),
        (
            "attendance",
            Held::in_session(),
            Command::NoteAttendance { who: Attendee::Named("x".into()), presence: Presence::Present },
        ),
        ("link", Held::in_session(), Command::Link { item: None, action: ActionId(1) }),
        ("close", Held::in_session(), Command::Close),
    ]
}

fn allowed(somebody: &Somebody) -> Vec<&'static str> {
    let may =
        |(name, held, command): (&'static str, Held, Command<'_>)| held.ask(command, somebody).is_ok().then_some(name);
    commands().into_iter().filter_map(may).collect()
}

#[test]
fn a_director_of_the_area_does_everything() {
    assert_eq!(allowed(&director()).len(), commands().len());
    assert_eq!(allowed(&Somebody::new(9, Role::Director, Area::All)).len(), commands().len());
    assert_eq!(allowed(&Somebody::new(9, Role::Director, service("South"))), [""; 0]);
}

#[test]
fn an_analyst_prepares_and_narrates_before_the_meeting() {
    assert_eq!(allowed(&analyst()), ["prepare", "add own item", "remove item", "move item", "narrate before"]);
}

#[test]
fn heads_of_service_and_managers_put_items_on_the_agenda() {
    assert_eq!(allowed(&head()), ["add own item", "link"]);
    assert_eq!(allowed(&manager()), ["add own item"]);
    assert_eq!(allowed(&Somebody::new(9, Role::TeamManager, team("C"))), [""; 0]);
    let as_data = ItemDraft { kind: ItemKind::Measure, ..ItemDraft::own("x".into()) };
    assert_eq!(Held::prepared().ask(Command::AddItem(as_data), &manager()), Err(SurgeryRefusal::NotAllowed));
}

#[test]
fn others_change_nothing_and_members_and_administrators_do_not_even_read() {
    let organisation = organisation();
    let meeting = Meeting { today: day(TODAY), organisation: &organisation };
    for (role, reads) in [(Role::QualityLead, true), (Role::Member, false), (Role::Administrator, false)] {
        let somebody = Somebody::new(9, role, Area::All);
        assert_eq!(allowed(&somebody), [""; 0], "{role:?}");
        assert_eq!(Held::prepared().surgery.may_be_read_by(&somebody.person(), &meeting), reads, "{role:?}");
    }
    assert!(Held::prepared().surgery.may_be_read_by(&manager().person(), &meeting));
    let far = Somebody::new(9, Role::TeamManager, team("C"));
    assert!(!Held::prepared().surgery.may_be_read_by(&far.person(), &meeting));
}

#[test]
fn a_director_leads_that_of_a_service_and_a_head_of_service_that_of_teams() {
    assert_eq!(plan(of_north(), &head(), &director()), Err(SurgeryRefusal::NotLeader));
    assert_eq!(plan(of_north(), &director(), &head()), Err(SurgeryRefusal::NotAllowed));
    assert!(plan(of_a(), &head(), &head()).is_ok());
    assert!(plan(of_a(), &head(), &director()).is_ok());
    let of_two = || Remit::Teams { teams: vec!["A".into(), "C".into()] };
    assert_eq!(plan(of_two(), &head(), &head()), Err(SurgeryRefusal::NotAllowed), "C is not hers");
    assert_eq!(plan(of_a(), &manager(), &director()), Err(SurgeryRefusal::NotLeader));
    assert_eq!(plan(of_a(), &analyst(), &analyst()), Err(SurgeryRefusal::NotAllowed));
    assert_eq!(plan(Remit::Service { service: "East".into() }, &director(), &director()), Err(SurgeryRefusal::NoRemit));
    assert_eq!(plan(Remit::Teams { teams: vec![" ".into()] }, &head(), &head()), Err(SurgeryRefusal::NoRemit));
}

#[test]
fn the_leader_of_a_teams_surgery_does_everything_in_it() {
    let kind = plan(of_a(), &head(), &head()).unwrap();
    let event = domain::surgery::SurgeryEvent { sequence: 1, at: moment(), by: head().user, kind };
    let mut held =
        Held { surgery: domain::surgery::Surgery::of(std::slice::from_ref(&event)).unwrap(), events: vec![event] };
    held.act(Command::Prepare { extract: ExtractId(1), as_at: day("2026-02-27"), items: Vec::new() }, &head());
    held.act(Command::Start, &head());
    held.act(Command::Close, &head());
    let mut gone = head();
    gone.grants[0].valid_to = Some(day("2026-03-01"));
    assert_eq!(Held::planned().ask(Command::Cancel { reason: "x" }, &gone), Err(SurgeryRefusal::NotAllowed));
}
