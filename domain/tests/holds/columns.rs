//! `unreadable`, `day-month` and `blank-column`.

use crate::common::{Case, Made, column, needs, open_column};
use domain::holds::{ColumnFacts, DateForms, HoldKind};
use domain::record::List;

const VISIT: &str = "Date of the Last Statutory Visit";
const SEEN: &str = "Date Child Was Last Seen";

fn of(list: List, columns: Vec<ColumnFacts>) -> Made {
    let mut made = Made::default();
    made.columns(list, columns);
    made
}

fn kinds(list: List, column: ColumnFacts) -> Vec<HoldKind> {
    Case::of(&of(list, vec![column])).kinds()
}

#[test]
fn more_than_a_tenth_that_cannot_be_read_holds_from_five_cells_on() {
    for (filled, unreadable, held) in
        [(40, 5, true), (40, 4, false), (50, 5, false), (49, 5, true), (1000, 100, false), (1000, 101, true)]
    {
        let one = ColumnFacts { unreadable, ..column("Ethnicity", filled) };
        assert_eq!(!kinds(List::Contacts, one).is_empty(), held, "{unreadable} of {filled}");
    }
}

#[test]
fn formulas_that_were_never_calculated_say_what_to_do() {
    let one = ColumnFacts { unreadable: 40, uncalculated: 40, ..column(VISIT, 40) };
    let holds = Case::of(&of(List::ProtectionPlans, vec![one])).holds();
    assert_eq!(
        (holds[0].kind, holds[0].list.as_deref(), holds[0].now.as_deref()),
        (HoldKind::Unreadable, Some("L7"), Some("40 of 40"))
    );
    assert!(holds[0].message.contains("open the workbook in Excel and save it"), "{}", holds[0].message);
}

#[test]
fn the_share_that_can_be_read_may_not_fall_by_twenty_points_and_five_cells() {
    // Then and now: open rows that have it, of 100 open rows.
    for (then, now, held) in [(95, 75, true), (95, 76, false), (95, 40, true), (40, 95, false)] {
        let before = of(List::ProtectionPlans, vec![open_column(VISIT, 100, then)]);
        let case = Case::after(&of(List::ProtectionPlans, vec![open_column(VISIT, 100, now)]), &before);
        assert_eq!(case.kinds().contains(&HoldKind::Unreadable), held, "{then} to {now}");
    }
    // A family of five that is new on a plan and not yet visited takes nobody's visit away.
    let before = of(List::ProtectionPlans, vec![open_column(VISIT, 10, 10)]);
    assert!(Case::after(&of(List::ProtectionPlans, vec![open_column(VISIT, 15, 10)]), &before).kinds().is_empty());
    // Four cells are too few, whatever their share.
    let before = of(List::ProtectionPlans, vec![open_column(VISIT, 10, 10)]);
    assert!(Case::after(&of(List::ProtectionPlans, vec![open_column(VISIT, 10, 6)]), &before).kinds().is_empty());
}

#[test]
fn end_and_review_columns_may_empty_as_they_will() {
    let header = "Date of latest review conference";
    let before = of(List::ProtectionPlans, vec![open_column(header, 100, 90), open_column(VISIT, 100, 90)]);
    let now = of(List::ProtectionPlans, vec![open_column(header, 100, 0), open_column(VISIT, 100, 90)]);
    assert!(Case::after(&now, &before).kinds().is_empty());
}

fn dates(filled: u64, dates: DateForms) -> ColumnFacts {
    ColumnFacts { dates, ..column(VISIT, filled) }
}

#[test]
fn month_first_beside_day_first_holds_from_three_and_a_hundredth_of_each() {
    for (filled, month_first, day_first, held) in [
        (100, 3, 3, true),
        (100, 2, 50, false),
        (100, 50, 2, false),
        (400, 3, 300, false),
        (400, 4, 300, true),
        (300, 3, 3, true),
        (301, 3, 3, false),
    ] {
        let forms = DateForms { month_first, day_first, either: 10, ..DateForms::default() };
        let found = kinds(List::ProtectionPlans, dates(filled, forms));
        assert_eq!(found == [HoldKind::DayMonth], held, "{month_first} and {day_first} of {filled}");
    }
}

#[test]
fn a_spreadsheet_that_swapped_half_is_held() {
    let half = DateForms { cells_to_12: 8, day_first: 5, ..DateForms::default() };
    for (forms, held) in [
        (half, true),
        (DateForms { cells_to_12: 7, ..half }, false),
        (DateForms { day_first: 4, ..half }, false),
        (DateForms { cells_after_12: 1, ..half }, false),
        (DateForms { either: 1, ..half }, false),
        (DateForms { cells_to_12: 30, cells_after_12: 50, day_first: 0, ..half }, false),
    ] {
        assert_eq!(kinds(List::ProtectionPlans, dates(100, forms)) == [HoldKind::DayMonth], held, "{forms:?}");
    }
}

#[test]
fn a_first_extract_with_a_blank_column_is_held_from_ten_open_rows_on() {
    for (open, held) in [(10, true), (9, false)] {
        let now = of(List::ChildrenInNeed, vec![open_column("CIN Start Date", open, open), open_column(SEEN, open, 0)]);
        let holds = Case::of(&now).holds();
        assert_eq!(
            holds.iter().any(|hold| hold.kind == HoldKind::BlankColumn && hold.message.contains(SEEN)),
            held,
            "{open}"
        );
    }
    // One that is filled is enough; one that is not there is "not supplied".
    assert!(Case::of(&of(List::ChildrenInNeed, vec![open_column(SEEN, 40, 1)])).kinds().is_empty());
}

#[test]
fn a_blank_column_stays_confirmed_until_it_is_filled() {
    let (filled, blank) = (
        of(List::ChildrenInCare, vec![open_column("Allocated Worker", 30, 29)]),
        of(List::ChildrenInCare, vec![open_column("Allocated Worker", 30, 0)]),
    );
    assert_eq!(Case::after(&blank, &filled).kinds(), [HoldKind::BlankColumn]);
    assert!(Case::after(&blank, &blank).kinds().is_empty());
    assert!(Case::after(&filled, &blank).kinds().is_empty());
    let gone = of(List::ChildrenInCare, vec![open_column("Allocated Team", 30, 30)]);
    assert_eq!(Case::after(&gone, &filled).kinds(), [HoldKind::BlankColumn], "a column that went is blank too");
    assert!(Case::after(&gone, &blank).kinds().is_empty());
}

#[test]
fn an_extract_before_that_kept_no_facts_is_compared_as_far_as_it_goes() {
    let mut case = Case::after(&needs(30), &needs(30));
    for earlier in case.before.as_mut().unwrap().lists.values_mut() {
        earlier.facts = None;
    }
    assert!(case.kinds().is_empty());
}
