//! `ids`.

use crate::common::{Case, Made, back, contact, day, id, need, needs, plan};
use domain::holds::{HoldKind, named_ids};
use domain::record::{Need, Person, Record};

fn held(case: &Case) -> bool {
    case.kinds().contains(&HoldKind::Ids)
}

/// Children in need, of whom so many are on a plan under another spelling of the id.
fn spelled(rows: usize, otherwise: usize, spelling: fn(usize) -> String) -> Made {
    let mut made = Made::default();
    for number in 0..400 {
        made.add(format!("00{}", 41_000 + number).into(), need(back(1)));
    }
    for number in 0..rows {
        let id = if number < otherwise { spelling(number) } else { format!("00{}", 41_000 + number) };
        made.add(id.into(), plan(back(1)));
    }
    made
}

#[test]
fn ids_without_their_zeros_in_one_list_hold_from_a_twentieth_on() {
    let bare = |number: usize| format!("{}", 41_000 + number);
    for (rows, otherwise, is_held) in [(100, 5, true), (100, 4, false), (9, 9, false), (10, 1, true), (40, 40, true)] {
        let case = Case::of(&spelled(rows, otherwise, bare));
        assert_eq!(held(&case), is_held, "{otherwise} of {rows}");
    }
    let holds = Case::of(&spelled(40, 40, bare)).holds();
    assert_eq!((holds[0].list.as_deref(), holds[0].now.as_deref()), (Some("L7"), Some("40 of 40")));
    assert!(!holds[0].message.contains("41000"), "no id of a child stands in it");
}

#[test]
fn ids_that_the_extract_before_writes_otherwise_are_named_where_they_are_few() {
    let mut now = needs(100);
    for number in 0..4 {
        now.rows[number].0 = format!("c{number:04}").into();
    }
    let case = Case::after(&now, &needs(100));
    assert!(!held(&case));
    let named = named_ids(&case.now, case.before.as_ref());
    assert_eq!(named.iter().map(|id| &*id.child).collect::<Vec<_>>(), ["c0000", "c0001", "c0002", "c0003"]);
    assert!(named_ids(&case.now, None).is_empty());
}

#[test]
fn spaces_and_capitals_make_another_id_too() {
    let spaced: fn(usize) -> String = |number| format!("00{} ", 41_000 + number);
    assert!(held(&Case::of(&spelled(40, 40, spaced))));
    let (mut upper, mut lower) = (Made::default(), Made::default());
    for number in 0..40 {
        upper.add(format!("AB{number:03}").into(), need(back(1)));
        lower.add(format!("ab{number:03}").into(), need(back(9)));
    }
    assert!(held(&Case::after(&upper, &lower)), "against the extract before");
    assert!(!held(&Case::after(&upper, &upper)));
}

#[test]
fn scientific_notation_holds_from_a_twentieth_on() {
    for (bad, is_held) in [(5, true), (4, false)] {
        let mut made = needs(100 - bad);
        for number in 0..bad {
            made.add(format!("4.{number}0001E+12").into(), need(back(1)));
        }
        assert_eq!(held(&Case::of(&made)), is_held, "{bad}");
    }
}

#[test]
fn one_id_on_a_twentieth_of_the_rows_and_five_holds() {
    for (rows, of_one, is_held) in [(100, 5, true), (100, 4, false), (101, 5, false), (10, 5, true), (9, 9, false)] {
        let mut made = Made::default();
        for number in 0..rows {
            made.add(id(if number < of_one { 0 } else { number }), contact(back(number as i64 % 90)));
        }
        assert_eq!(held(&Case::of(&made)), is_held, "{of_one} of {rows}");
    }
}

fn born(date: &str) -> Record {
    let person = Person { date_of_birth: Some(day(date)), ..Person::default() };
    Record::Need(Need { person, cin_start_date: Some(day("2025-01-01")), ..Need::default() })
}

#[test]
fn two_dates_of_birth_hold_from_three_children_and_a_half_in_a_hundred_on() {
    for (children, two, is_held) in [(300, 3, true), (300, 2, false), (600, 3, false), (599, 3, true), (800, 5, true)] {
        let mut made = Made::default();
        for number in 0..children {
            made.add(id(number), born("2015-01-01"));
            if number < two {
                made.add(id(number), plan(back(1))).add(id(number), born("2016-01-01"));
            }
        }
        let case = Case::of(&made);
        assert_eq!(held(&case), is_held, "{two} of {children}");
    }
}

#[test]
fn an_expected_birth_is_no_second_date_of_birth() {
    let mut made = needs(30);
    for number in 0..10 {
        made.add(id(number), born("2027-02-01"));
    }
    assert!(!held(&Case::of(&made)));
}

#[test]
fn another_councils_children_are_unknown() {
    for (known, is_held) in [(20, false), (19, true), (40, false), (0, true)] {
        let mut now = Made::default();
        for number in 0..40 {
            now.add(id(if number < known { number } else { 1_000 + number }), need(back(1)));
        }
        assert_eq!(held(&Case::after(&now, &needs(40))), is_held, "{known} of 40 are known");
    }
    let mut few = Made::default();
    for number in 0..9 {
        few.add(id(2_000 + number), need(back(1)));
    }
    assert!(!held(&Case::after(&few, &needs(9))), "nine are too few");
}
