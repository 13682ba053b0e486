//! `same-file` and `replaces`, and what is confirmed.

use crate::common::{Case, back, day, needs};
use domain::holds::{Changes, Confirmed, HoldKind, OtherExtract, Replaced};
use domain::record::List;
use std::collections::BTreeSet;

const NOTHING: Changes = Changes { new: 0, changed: 0, ended: 0, same: 40 };

#[test]
fn the_very_files_of_another_date_are_held_and_those_of_this_date_are_not() {
    let mut case = Case::of(&needs(40));
    for (date, content, held) in [
        ("2026-10-23", Some("this"), true),
        ("2026-11-06", Some("this"), true),
        ("2026-10-30", Some("this"), false),
        ("2026-10-23", Some("other"), false),
        ("2026-10-23", None, false),
    ] {
        case.others = vec![OtherExtract { as_at: day(date), content: content.map(str::to_owned) }];
        assert_eq!(case.kinds() == [HoldKind::SameFile], held, "{date} {content:?}");
    }
}

#[test]
fn nothing_new_is_held_more_than_three_days_later() {
    for (days, changes, held) in [
        (4, NOTHING, true),
        (3, NOTHING, false),
        (30, Changes { new: 1, ..NOTHING }, false),
        (30, Changes { changed: 1, ..NOTHING }, false),
        (30, Changes { ended: 1, ..NOTHING }, false),
    ] {
        let mut case = Case::of(&needs(40));
        (case.before, case.changes) = (Some(needs(40).before(back(days))), changes);
        assert_eq!(case.kinds() == [HoldKind::SameFile], held, "{days} days, {changes:?}");
    }
}

#[test]
fn another_extract_of_the_date_is_replaced_only_when_somebody_says_so() {
    let mut case = Case::of(&needs(40));
    case.replaced = Some(Replaced { lists: vec![List::ChildrenInNeed, List::ChildrenInCare], rows: 77 });
    case.changes = Changes { new: 3, changed: 2, ended: 39, same: 35 };
    let holds = case.holds();
    assert_eq!(
        (holds.len(), holds[0].kind, holds[0].before.as_deref(), holds[0].now.as_deref()),
        (1, HoldKind::Replaces, Some("77"), Some("40"))
    );
    for words in ["3 records would be new", "2 changed", "39 gone", "lacks List 8 (Children in care)"] {
        assert!(holds[0].message.contains(words), "{words}: {}", holds[0].message);
    }
}

#[test]
fn own_tables_alone_replace_nothing() {
    let mut case = Case::of(&crate::common::Made::default());
    case.replaced = Some(Replaced { lists: vec![List::ChildrenInNeed], rows: 77 });
    case.others = vec![OtherExtract { as_at: back(7), content: Some("this".to_owned()) }];
    assert!(case.kinds().is_empty());
}

#[test]
fn a_confirmation_covers_its_own_kinds_and_no_other() {
    let mut case = Case::of(&needs(40));
    assert!(Confirmed::default().covers(&case.holds()), "nothing is held");
    case.today = back(10);
    case.replaced = Some(Replaced::default());
    let of = |kinds: &[HoldKind]| Confirmed::Kinds(kinds.iter().copied().collect::<BTreeSet<_>>());
    let holds = case.holds();
    assert!(!Confirmed::default().covers(&holds));
    assert!(!of(&[HoldKind::Date]).covers(&holds));
    assert!(!of(&[HoldKind::Replaces, HoldKind::Ids]).covers(&holds));
    assert!(of(&[HoldKind::Replaces, HoldKind::Date]).covers(&holds));
    assert!(Confirmed::All.covers(&holds));
}

#[test]
fn a_kind_reads_back_by_its_name() {
    for kind in HoldKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
    }
    assert!("dates".parse::<HoldKind>().unwrap_err().to_string().contains("missing-list"));
}
