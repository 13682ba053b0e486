//! `date`.

use crate::common::{AS_AT, Case, Made, back, contact, day, id, need, plan, referral};
use chrono::{NaiveDate, TimeDelta};
use domain::calendar::add_months;
use domain::holds::{GivenAge, HoldKind, said};

fn contacts(dates: impl IntoIterator<Item = NaiveDate>) -> Made {
    let mut made = Made::default();
    for (number, date) in dates.into_iter().enumerate() {
        made.add(id(number), contact(date));
    }
    made
}

#[test]
fn a_day_that_has_not_come_is_held_and_today_is_not() {
    let mut case = Case::of(&contacts([back(1)]));
    for (today, held) in [(back(0), false), (back(1), true), (back(-1), false)] {
        case.today = today;
        assert_eq!(!case.kinds().is_empty(), held, "{today}");
    }
}

#[test]
fn events_after_as_at_hold_from_five_and_a_hundredth_of_them_on() {
    // Friday 30 October: three working days later is Wednesday 4 November.
    for (late, all, date, held) in [
        (5, 500, "2026-11-05", true),
        (5, 501, "2026-11-05", false),
        (4, 50, "2026-11-05", false),
        (5, 50, "2026-11-04", false),
        (5, 50, "2027-10-30", true),
    ] {
        let dates = (0..late).map(|_| day(date)).chain((late..all).map(|_| back(1)));
        let case = Case::of(&contacts(dates));
        assert_eq!(case.kinds() == [HoldKind::Date], held, "{late} of {all} on {date}");
        let is_said = !said(case.as_at, &domain::calendar::WorkingDays::england(), &case.now).is_empty();
        assert_eq!(is_said, !held && date != "2026-11-04", "fewer are said: {late} of {all} on {date}");
    }
}

#[test]
fn the_days_between_christmas_and_the_new_year_are_no_working_days() {
    // Wednesday 23 December: the next three days that count are 4, 5 and 6 January.
    for (date, held) in [("2027-01-06", false), ("2027-01-07", true)] {
        let made = contacts((0..40).map(|n| if n < 6 { day(date) } else { day("2026-12-22") }));
        let as_at = day("2026-12-23");
        let mut case = Case::of(&made);
        (case.as_at, case.today, case.now) = (as_at, day("2027-02-01"), made.gather(as_at));
        assert_eq!(case.kinds() == [HoldKind::Date], held, "{date}");
    }
}

/// So many contacts a weekday over 60 days up to a date.
fn steady(until: NaiveDate, a_day: usize) -> Vec<NaiveDate> {
    (0..60).flat_map(|days| std::iter::repeat_n(until - TimeDelta::days(days), a_day)).collect()
}

#[test]
fn a_list_whose_events_stop_is_held_and_says_how_old_the_newest_is() {
    let before = contacts(steady(back(8), 2));
    // The last ten working days up to Friday 30 October begin on Monday 19.
    for (newest, held) in [("2026-10-19", false), ("2026-10-18", true)] {
        let case = Case::after(&contacts(steady(day(newest), 2)), &before);
        assert_eq!(case.kinds() == [HoldKind::Date], held, "{newest}");
    }
    let holds = Case::after(&contacts(steady(day("2026-09-29"), 2)), &before).holds();
    assert!(holds[0].message.contains("is 31 days before"), "{}", holds[0].message);
    assert_eq!(
        (holds[0].list.as_deref(), holds[0].before.as_deref(), holds[0].now.as_deref()),
        (Some("L1"), Some("2026-10-22"), Some("2026-09-29"))
    );
}

#[test]
fn small_lists_are_pooled_and_never_judged_alone() {
    let of = |referrals: usize, contacts: usize, until: NaiveDate| {
        let mut made = Made::default();
        for number in 0..referrals {
            made.add(id(number), referral(until));
        }
        for number in 0..contacts {
            made.add(id(number), contact(until));
        }
        made
    };
    let stale = |referrals, contacts| {
        Case::after(&of(referrals, contacts, back(40)), &of(referrals, contacts, back(8))).kinds()
    };
    assert_eq!(stale(10, 10), [HoldKind::Date]);
    assert!(stale(10, 9).is_empty());
    assert_eq!(stale(20, 0), [HoldKind::Date]);
    assert!(stale(19, 0).is_empty());
    // One that goes on is enough for the pool.
    let mut now = of(10, 10, back(40));
    now.add(id(99), contact(back(2)));
    assert!(Case::after(&now, &of(10, 10, back(8))).kinds().is_empty());
}

#[test]
fn a_first_extract_is_judged_by_its_own_pace() {
    let mut fresh = contacts(steady(back(1), 2));
    assert!(Case::of(&fresh).kinds().is_empty());
    for number in 0..40 {
        fresh.add(id(number), plan(back(45)));
    }
    let holds = Case::of(&fresh).holds();
    assert_eq!((holds.len(), holds[0].kind, holds[0].list.as_deref()), (1, HoldKind::Date, Some("L7")));
    assert!(holds[0].message.contains("45 days before"), "{}", holds[0].message);
    assert_eq!(Case::of(&contacts(steady(back(31), 2))).kinds(), [HoldKind::Date], "last month's file");
}

#[test]
fn a_small_council_in_a_quiet_august_is_not_held() {
    let mut made = Made::default();
    for number in 0..60 {
        // Seen every six weeks or so: one or two a working day.
        made.add(id(number), need(back(20 + (number as i64 * 7) % 180)));
    }
    let before = contacts((0..15).map(|n| back(10 + n * 3)));
    assert!(Case::after(&made, &before).kinds().iter().all(|kind| *kind != HoldKind::Date));
}

/// Ages of children born on every day of some years, as they were on a date.
fn ages(on: NaiveDate, children: i64, wrong: i64) -> Vec<GivenAge> {
    let given = |number: i64| {
        let born = day("2010-01-01") + TimeDelta::days(number * 37 % 5000);
        let age = (0..).take_while(|years| add_months(born, (years + 1) * 12) <= on).count() as i64;
        GivenAge { age: if number < wrong { age + 5 } else { age }, born }
    };
    (0..children).map(given).collect()
}

#[test]
fn ages_that_fit_another_date_are_held() {
    let mut case = Case::of(&contacts([day("2025-10-29"), back(1)]));
    case.now.ages = ages(day("2025-10-30"), 500, 0);
    let holds = case.holds();
    assert_eq!((holds.len(), holds[0].kind, holds[0].now.as_deref()), (1, HoldKind::Date, Some(AS_AT)));
    assert!(holds[0].message.starts_with("Ages of 500 of 500 fit"), "{}", holds[0].message);
    // The date that is offered is near the one the list was made on.
    let fits: NaiveDate = holds[0].before.as_deref().unwrap().parse().unwrap();
    assert!((fits - day("2025-10-30")).num_days().abs() <= 10, "{fits}");

    // Of the days that fit alike it is the one nearest to the newest event.
    let mut early = Case::of(&contacts([day("2026-10-30")]));
    (early.as_at, early.now.ages) = (day("2025-10-30"), ages(day("2026-10-30"), 200, 0));
    let hold = early.holds().into_iter().find(|hold| hold.message.starts_with("Ages of 200 of 200")).unwrap();
    assert_eq!(hold.before.as_deref(), Some("2026-10-30"));

    case.now.ages = ages(day("2025-10-30"), 19, 0);
    assert!(case.kinds().is_empty(), "too few");
    case.now.ages = ages(day("2023-10-30"), 500, 0);
    assert!(case.kinds().is_empty(), "no date is looked for beyond two years");
}

#[test]
fn ages_that_are_wrong_everywhere_and_those_of_a_few_days_later_are_no_other_date() {
    let mut case = Case::of(&contacts([back(1)]));
    case.now.ages = ages(day(AS_AT), 500, 100);
    assert!(case.kinds().is_empty(), "no other date fits better");
    case.now.ages = ages(back(-4), 500, 0);
    assert!(case.kinds().is_empty(), "made on the Tuesday after");
    case.now.ages = vec![GivenAge { age: 0, born: back(-60) }; 30];
    assert!(case.kinds().is_empty(), "not yet born");
}
