//! The agenda made from the data.

use crate::common::*;
use domain::funnel::Place;
use domain::ids::ActionId;
use domain::measures::figure::Figure;
use domain::measures::measure;
use domain::scope::Area;
use domain::signal::{Mark, Reason, Span, Verdict};
use domain::spc::{Direction, Rule, Variation};
use domain::surgery::agenda::{ActionBefore, AgendaInput, ChildrenOfMeasure, MeasureNow, TeamNow, agenda};
use domain::surgery::{Frozen, ItemDraft, ItemKind, Link, RegisterName};

fn nothing() -> AgendaInput {
    AgendaInput {
        as_at: day("2026-02-27"),
        open_children: Some(200),
        actions: Vec::new(),
        measures: Vec::new(),
        teams: Vec::new(),
        attention: Vec::new(),
        unallocated: Vec::new(),
        managers: Vec::new(),
        dormant: Vec::new(),
        answers: Vec::new(),
        falling_due: Vec::new(),
        group: service("North"),
    }
}

fn figure(numerator: u64, denominator: u64) -> Figure {
    Figure { numerator, denominator }
}

fn now(id: &str, numerator: u64, denominator: u64, variation: Option<Variation>) -> MeasureNow {
    let measure = measure(id).unwrap();
    MeasureNow {
        measure,
        figure: figure(numerator, denominator),
        verdict: variation.map(verdict),
        assurance: None,
        target: measure.target.map(|target| target.value),
        children: vec![child("1")],
    }
}

/// A verdict with this variation, since November 2025.
fn verdict(variation: Variation) -> Verdict {
    if variation == Variation::Common {
        return Verdict::NoRealChange;
    }
    let (since, until) = (Span::month(day("2025-11-01")), Span::month(day("2026-01-31")));
    let mark = Mark { reason: Reason::Rule(Rule::Shift), direction: Direction::Up };
    Verdict::Changed { variation, direction: Direction::Up, since, until, mark }
}

fn titles(items: &[ItemDraft]) -> Vec<&str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

#[test]
fn nothing_to_show_is_an_empty_agenda() {
    assert_eq!(agenda(&nothing()), []);
}

#[test]
fn late_actions_come_first_with_the_change_of_their_measure() {
    let action = |id, late, due, reported| ActionBefore {
        action: ActionId(id),
        what: "Visit".into(),
        due: day(due),
        working_days_late: late,
        reported,
        baseline: Some(Frozen { as_at: day("2026-01-30"), figure: figure(7, 10) }),
        now: Some(figure(9, 10)),
        children: vec![child("1")],
    };
    let actions = vec![
        action(1, 0, "2026-03-20", false),
        action(2, 12, "2026-02-10", false),
        action(3, 1, "2026-02-26", false),
        action(4, 30, "2026-01-10", true),
    ];
    let items = agenda(&AgendaInput { actions, ..nothing() });
    assert_eq!(
        titles(&items),
        [
            "A-000002, 12 working days late: Visit",
            "A-000003, 1 working day late: Visit",
            "A-000001, to be done: Visit",
            "A-000004, reported, to be confirmed: Visit",
        ]
    );
    assert_eq!(items[0].before.unwrap().figure, figure(7, 10));
    assert_eq!(items[0].figure, Some(Frozen { as_at: day("2026-02-27"), figure: figure(9, 10) }));
    assert_eq!(items[0].link, Some(Link::Action { action: ActionId(2) }));
}

#[test]
fn measures_come_worst_first_and_those_on_target_stay_away() {
    let measures = vec![
        now("CPP-01", 96, 100, Some(Variation::Common)),
        now("CIN-01", 90, 100, Some(Variation::Common)),
        now("ALL-01", 60, 100, Some(Variation::Common)),
        now("CPP-05", 100, 100, Some(Variation::Improvement)),
        now("CLA-01", 99, 100, Some(Variation::Concern)),
        now("CLA-03", 0, 0, None),
    ];
    let items = agenda(&AgendaInput { measures, ..nothing() });
    let ids: Vec<_> = items
        .iter()
        .map(|item| match &item.link {
            Some(Link::Measure { measure, .. }) => measure.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids[0], "CLA-01", "a true change for the worse before any gap");
    assert_eq!(ids[1], "ALL-01", "the widest gap next");
    assert_eq!(*ids.last().unwrap(), "CPP-05", "what is on target and better comes last");
    assert!(!ids.contains(&"CPP-01") && !ids.contains(&"CLA-03"));
    assert!(items[0].title.ends_with(": getting worse since November 2025"), "{}", items[0].title);
    assert!(items[1].title.ends_with(": 40.0 short"), "{}", items[1].title);
    assert!(items.iter().all(|item| item.figure.is_some() && item.kind == ItemKind::Measure));
}

#[test]
fn measures_that_got_better_on_target_are_one_item() {
    let better = |id| now(id, 100, 100, Some(Variation::Improvement));
    let measures = vec![
        better("CPP-05"),
        better("CPP-01"),
        // Better, and still off its target: to be talked about by itself.
        now("ALL-01", 60, 100, Some(Variation::Improvement)),
        // Neither good nor bad.
        now("S47-04", 60, 100, Some(Variation::ChangedUp)),
    ];
    let items = agenda(&AgendaInput { measures, ..nothing() });
    let [off_target, neutral, better] = &items[..] else { panic!("{:?}", titles(&items)) };
    assert!(off_target.title.ends_with(": getting better since November 2025, 40.0 short"), "{}", off_target.title);
    assert!(neutral.title.ends_with(": higher than usual since November 2025"), "{}", neutral.title);
    let names = ["CPP-01", "CPP-05"].map(|id| measure(id).unwrap().name).join("; ");
    assert_eq!(better.title, format!("2 measures are getting better. {names}"));
    assert_eq!((better.kind, &better.link, better.figure), (ItemKind::Measure, &None, None));
}

#[test]
fn a_measure_leads_to_those_on_its_wrong_side() {
    let measures = vec![now("CPP-01", 50, 100, None), now("ASM-02", 50, 100, None)];
    let items = agenda(&AgendaInput { measures, ..nothing() });
    for item in items {
        let Some(Link::Measure { measure, group, numerator }) = item.link else { panic!("{:?}", item.link) };
        assert_eq!((numerator, group), (Some(measure == "ASM-02"), service("North")));
    }
}

#[test]
fn teams_that_truly_differ_come_with_the_worse_side_first() {
    let team = |name: &str, place| TeamNow {
        measure: measure("CPP-01").unwrap(),
        team: name.into(),
        figure: figure(5, 10),
        place,
        children: Vec::new(),
    };
    let teams = vec![
        team("Good", Place::VeryHigh),
        team("Usual", Place::Within),
        team("Low", Place::Low),
        team("Very low", Place::VeryLow),
    ];
    let items = agenda(&AgendaInput { teams, ..nothing() });
    let starts: Vec<_> = items.iter().map(|item| item.title.split(',').next().unwrap()).collect();
    assert_eq!(starts, ["Very low", "Low", "Good"]);
    assert!(items[0].title.ends_with("far below its service by more than chance"), "{}", items[0].title);
    assert!(matches!(&items[0].link, Some(Link::Measure { group: Area::Team(team), .. }) if team == "Very low"));
}

#[test]
fn teams_that_are_no_worse_come_together() {
    let team = |name: &str, id, place| TeamNow {
        measure: measure(id).unwrap(),
        team: name.into(),
        figure: figure(5, 10),
        place,
        children: vec![child("1")],
    };
    let teams = vec![
        team("A", "CPP-01", Place::High),
        team("B", "CIN-01", Place::VeryHigh),
        team("A", "S47-04", Place::Low),
        team("B", "S47-04", Place::VeryHigh),
        team("C", "CIN-01", Place::Low),
    ];
    let items = agenda(&AgendaInput { teams, ..nothing() });
    let name = |id| measure(id).unwrap().name;
    assert_eq!(
        titles(&items),
        [
            format!("C, {}: below its service by more than chance", name("CIN-01")),
            format!("{}, teams that differ by more than chance: B far above; A below", name("S47-04")),
            format!("Better than their service by more than chance: B, {}; A, {}", name("CIN-01"), name("CPP-01")),
        ]
    );
    let Some(Link::Measure { measure, group, numerator: None }) = &items[1].link else { panic!("{:?}", items[1]) };
    assert_eq!((measure.as_str(), group), ("S47-04", &service("North")));
    assert!(items[1].children.is_empty() && items[2].link.is_none());
}

#[test]
fn registers_answers_and_what_falls_due_bring_their_children() {
    let of = |id, count: usize| ChildrenOfMeasure {
        measure: measure(id).unwrap(),
        children: (0..count).map(|one| child(&one.to_string())).collect(),
    };
    let input = AgendaInput {
        attention: vec![child("1"), child("2")],
        unallocated: vec![child("3")],
        dormant: vec![child("4")],
        answers: vec![of("CPP-01", 1), of("CIN-01", 0)],
        falling_due: vec![of("CPP-01", 1), of("CLA-01", 3)],
        group: team("A"),
        ..nothing()
    };
    let items = agenda(&input);
    let kinds: Vec<_> = items.iter().map(|item| (item.kind, item.children.len())).collect();
    assert_eq!(
        kinds,
        [
            (ItemKind::Attention, 2),
            (ItemKind::Unallocated, 1),
            (ItemKind::Dormant, 1),
            (ItemKind::Answers, 1),
            (ItemKind::FallingDue, 3),
            (ItemKind::FallingDue, 1),
        ]
    );
    assert_eq!(items[0].figure.unwrap().figure, figure(2, 200));
    let register = RegisterName::Attention;
    assert_eq!(items[0].link, Some(Link::Register { register, team: Some("A".into()) }));
}

#[test]
fn the_kinds_stand_in_the_order_of_the_agenda() {
    let input = AgendaInput {
        falling_due: vec![ChildrenOfMeasure { measure: measure("CPP-01").unwrap(), children: vec![child("1")] }],
        managers: vec![child("1")],
        measures: vec![now("CPP-01", 50, 100, None)],
        ..nothing()
    };
    let items = agenda(&input);
    assert!(items.is_sorted_by_key(|item| ItemKind::ALL.iter().position(|kind| *kind == item.kind)));
    assert_eq!(items.len(), 3);
}
