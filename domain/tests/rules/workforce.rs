//! WF-01, WF-02.

use crate::common::*;
use domain::journey::Journey;
use domain::measures::Fact;
use domain::measures::figure::{Line, Tally, tallies};
use domain::record::{Held, Need, Record};

fn held_by(worker: &str, team: &str, children: usize) -> Vec<Journey> {
    let need = Record::Need(Need { held: Held { team: text(team), worker: text(worker) }, ..Need::default() });
    (0..children).map(|number| named_child(&format!("{worker}{team}{number}"), [need.clone()])).collect()
}

fn facts(id: &str, council: &Council, children: &[Journey]) -> Vec<Fact> {
    children.iter().flat_map(|journey| council.facts(id, journey)).collect()
}

fn of_team<'a>(tallies: &'a [Tally], team: &'a str) -> impl Iterator<Item = &'a Tally> {
    tallies.iter().filter(move |tally| tally.team.as_deref() == Some(team))
}

#[test]
fn wf_01_is_children_per_real_worker() {
    let council = Council::as_at("2024-01-31").worker("Ada").worker("ADA ");
    let children = [held_by("Ada", "A", 3), held_by("ADA ", "A", 1), held_by("Duty", "A", 5), held_by("Ben", "A", 2)];
    let facts = facts("WF-01", &council, &children.concat());
    let figure = the("WF-01").figure(&tallies(&facts), &council.standards);
    assert_eq!((figure.numerator, figure.denominator, figure.value()), (6, 2, Some(3.0)));
}

#[test]
fn wf_02_takes_the_nineteenth_child_to_be_above_eighteen() {
    let council = Council::as_at("2024-01-31");
    for (children, above) in [(18, 0), (19, 1)] {
        let facts = facts("WF-02", &council, &held_by("Ada", "A", children));
        let figure = the("WF-02").figure(&tallies(&facts), &council.standards);
        assert_eq!((figure.numerator, figure.denominator), (above, 1), "{children}");
    }
}

#[test]
fn a_worker_with_children_in_two_teams_counts_in_both_on_the_children_of_each() {
    let council = Council::as_at("2024-01-31");
    let children = [held_by("Ada", "A", 10), held_by("Ada", "B", 9), held_by("Ben", "B", 19)].concat();
    let facts = facts("WF-02", &council, &children);
    let tallies = tallies(&facts);
    let wf_02 = the("WF-02");
    let whole = wf_02.figure(&tallies, &council.standards);
    assert_eq!((whole.numerator, whole.denominator), (2, 2));
    let a = wf_02.figure(of_team(&tallies, "A"), &council.standards);
    assert_eq!((a.numerator, a.denominator), (0, 1));
    let b = wf_02.figure(of_team(&tallies, "B"), &council.standards);
    assert_eq!((b.numerator, b.denominator), (1, 2));
}

#[test]
fn a_line_is_a_worker_with_the_children_held() {
    let council = Council::as_at("2024-01-31");
    let children = [held_by("Ada", "A", 2), held_by("Ben", "", 1)].concat();
    let lines = the("WF-01").lines(facts("WF-01", &council, &children), &council.standards);
    let held: Vec<_> = lines
        .iter()
        .map(|line| match line {
            Line::Worker { worker, children, numerator } => (&**worker, *children, *numerator),
            Line::Child(_) => panic!("a worker is the unit"),
        })
        .collect();
    assert_eq!(held, [("Ada", 2, None), ("Ben", 1, None)]);
}

#[test]
fn without_a_real_worker_there_is_no_value() {
    let council = Council::as_at("2024-01-31");
    let facts = facts("WF-01", &council, &held_by("Duty", "A", 3));
    assert_eq!(the("WF-01").figure(&tallies(&facts), &council.standards).value(), None);
}
