//! `missing-list`.

use crate::common::{Case, Made, back, care, contact, id, need, need_of, needs, plan};
use domain::holds::{Hold, HoldKind};
use domain::record::{List, Need, Record};

fn contacts(rows: usize) -> Made {
    let mut made = Made::default();
    for number in 0..rows {
        made.add(id(number), contact(back(2)));
    }
    made
}

fn missing(case: &Case) -> Vec<Hold> {
    case.holds().into_iter().filter(|hold| hold.kind == HoldKind::MissingList).collect()
}

#[test]
fn a_list_may_not_lose_half_its_rows_from_twenty_on() {
    for (then, now, held) in [(20, 10, true), (20, 11, false), (19, 1, false), (200, 100, true), (200, 101, false)] {
        let case = Case::after(&contacts(now), &contacts(then));
        assert_eq!(!missing(&case).is_empty(), held, "{then} to {now}");
    }
    let holds = missing(&Case::after(&contacts(19), &contacts(40)));
    assert_eq!(
        (holds[0].list.as_deref(), holds[0].before.as_deref(), holds[0].now.as_deref()),
        (Some("L1"), Some("40"), Some("19"))
    );
}

#[test]
fn a_list_of_five_may_not_be_absent_or_have_headers_only() {
    for (then, held) in [(5, true), (4, false), (20, true)] {
        let mut now = needs(30);
        let mut before = needs(30);
        for number in 0..then {
            before.add(id(number), contact(back(9)));
        }
        assert_eq!(!missing(&Case::after(&now, &before)).is_empty(), held, "{then} and absent");
        now.columns(List::Contacts, Vec::new());
        assert_eq!(!missing(&Case::after(&now, &before)).is_empty(), held, "{then} and headers only");
    }
}

#[test]
fn a_partial_set_is_compared_with_the_last_extract_that_held_the_list() {
    let mut before = needs(30);
    before.add(id(1), contact(back(9)));
    let mut case = Case::after(&contacts(9), &before);
    // Contacts were last held by an extract a month ago.
    let earlier = case.before.as_mut().unwrap().lists.get_mut(&1).unwrap();
    (earlier.as_at, earlier.rows) = (back(30), 40);
    let holds = missing(&case);
    let contacts = holds.iter().find(|hold| hold.list.as_deref() == Some("L1")).unwrap();
    assert!(contacts.message.contains("30 September 2026"), "{}", contacts.message);
    assert_eq!(contacts.before.as_deref(), Some("40"));
}

fn ended(days_ago: i64) -> Record {
    Record::Need(Need {
        cin_start_date: Some("2025-01-01".parse().unwrap()),
        cin_closure_date: Some(back(days_ago)),
        ..Need::default()
    })
}

#[test]
fn open_rows_that_vanish_hold_from_ten_and_more_than_a_tenth_on() {
    for (all, gone, held) in [(90, 10, true), (100, 10, false), (100, 11, true), (80, 9, false), (30, 9, false)] {
        let case = Case::after(&needs(all - gone), &needs(all));
        assert_eq!(!missing(&case).is_empty(), held, "{gone} of {all}");
    }
}

#[test]
fn rows_that_have_an_end_did_not_vanish_and_a_corrected_start_is_the_same_row() {
    let mut now = Made::default();
    for number in 0..100 {
        match number {
            0..40 => now.add(id(number), ended(3)),
            // Ended before the extract before, and recorded late: its start is the same.
            40..60 => now.add(id(number), ended(60)),
            60..80 => now.add(id(number), Record::Need(Need { cin_start_date: Some(back(400)), ..Need::default() })),
            _ => now.add(id(number), need(back(1))),
        };
    }
    assert!(missing(&Case::after(&now, &needs(100))).is_empty());
}

#[test]
fn children_of_one_list_who_vanish_are_not_hidden_by_the_others() {
    let (mut before, mut now) = (needs(500), needs(500));
    for number in 0..100 {
        before.add(id(number), plan(back(9)));
        if number >= 15 {
            now.add(id(number), plan(back(2)));
        }
    }
    let holds = missing(&Case::after(&now, &before));
    assert_eq!((holds.len(), holds[0].list.as_deref(), holds[0].now.as_deref()), (1, Some("L7"), Some("85")));
}

#[test]
fn a_service_that_vanishes_is_held_however_small_in_the_whole() {
    let mut case = Case::after(&needs(485), &needs(500));
    assert!(missing(&case).is_empty(), "3 in a hundred");
    for row in &mut case.before.as_mut().unwrap().open {
        if *row.child >= *id(470) {
            row.service = Some("Disabilities".to_owned());
        }
    }
    let holds = missing(&case);
    assert!(holds[0].message.contains("15 of 30 open rows of the service Disabilities"), "{}", holds[0].message);
}

#[test]
fn children_in_care_whom_list_8_does_not_know_hold_a_first_extract() {
    for (status, in_list, known, held) in [
        ("Looked after child", 40, 35, true),
        ("Looked after child", 40, 36, false),
        ("Looked after child", 101, 96, false),
        ("Looked after child", 100, 95, true),
        ("Looked after child", 5, 0, true),
        ("Looked after child", 4, 0, false),
        ("Child in need plan", 40, 0, false),
    ] {
        let mut made = Made::default();
        for number in 0..in_list {
            made.add(id(number), need_of(status));
            if number < known {
                made.add(id(number), care());
            }
        }
        assert_eq!(!missing(&Case::of(&made)).is_empty(), held, "{status}: {known} of {in_list}");
    }
}

#[test]
fn children_on_a_plan_whom_list_7_does_not_know_are_held_too() {
    let mut made = Made::default();
    for number in 0..10 {
        made.add(id(number), need_of("Child Protection plan"));
    }
    assert_eq!(missing(&Case::of(&made))[0].list.as_deref(), Some("L7"));
}
