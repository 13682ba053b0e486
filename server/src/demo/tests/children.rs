//! The children: as old as in England, with somebody for each, and none where no child stays.

use super::super::calendar::Day;
use super::super::county::{FRONT_DOOR, TEAMS};
use super::super::lists::Cell;
use super::{date, first_day, rows, rows_of, text, week};
use domain::names::name_key;

/// Shares of the open rows of a list, in hundredths, by age: unborn, under one, one to four, five to nine, ten to fifteen,
/// sixteen and more. Of three weeks far from each other, as a share of few children moves by chance.
fn ages(list: usize, end: usize) -> [f64; 6] {
    let mut counts = [0.0; 6];
    for number in [1, 26, 52] {
        for row in rows(number, list).into_iter().filter(|row| row[end] == Cell::Blank) {
            let Cell::Count(age) = row[4] else { panic!("an age is a number") };
            let band = match age {
                ..0 => 0,
                0 => 1,
                1..5 => 2,
                5..10 => 3,
                10..16 => 4,
                _ => 5,
            };
            counts[band] += 1.0;
        }
    }
    let all: f64 = counts.iter().sum();
    counts.map(|count| 100.0 * count / all)
}

fn close(what: &str, is: [f64; 6], national: [f64; 6], by: f64) {
    for (band, (is, national)) in is.iter().zip(national).enumerate() {
        assert!((is - national).abs() <= by, "{what}, band {band}: {is:.1} and not about {national}");
    }
}

#[test]
fn children_in_need_on_plans_and_in_care_are_as_old_as_in_england() {
    close("in need", ages(6, 9), [1.5, 5.0, 17.0, 23.0, 34.5, 19.0], 4.0);
    close("on plans", ages(7, 12), [2.0, 10.0, 25.0, 29.0, 30.0, 4.0], 5.0);
    close("in care", ages(8, 19), [0.0, 5.0, 13.0, 18.0, 38.0, 26.0], 6.0);
    let (plans, care) = (ages(7, 12), ages(8, 19));
    assert!((8.0..14.0).contains(&plans[1]), "under-ones on plans: {:.1}", plans[1]);
    assert!((3.0..7.5).contains(&care[1]), "under-ones in care: {:.1}", care[1]);
    assert!((0.8..4.0).contains(&plans[0]) && care[0] == 0.0, "unborn: {:.1}, {:.1}", plans[0], care[0]);
}

#[test]
fn an_age_given_is_the_age_as_at_the_extract() {
    for row in rows(30, 6) {
        let (Some(birth), Cell::Count(age)) = (date(&row[3]), &row[4]) else { continue };
        assert_eq!(*age, super::super::calendar::age_at(birth, week(30)));
    }
}

#[test]
fn nobody_stays_at_the_front_door_or_in_assessment_for_most_of_a_year() {
    for number in [1, 20, 40, 52] {
        for row in rows(number, 6).into_iter().filter(|row| row[9] == Cell::Blank) {
            let team = TEAMS.iter().find(|team| name_key(team.name) == name_key(text(&row[12])));
            let Some(team) = team.filter(|team| team.service == FRONT_DOOR) else { continue };
            let stays = date(&row[6]).map_or(0, |start| week(number) - start);
            let longest = if team.kind == "Front Door" { 21 } else { 230 };
            assert!(stays <= longest, "{}: {stays} days", team.name);
        }
    }
}

#[test]
fn every_care_leaver_has_a_worker_who_is_the_personal_adviser() {
    for number in [1, 30, 52] {
        let leavers = rows(number, 9);
        assert!(leavers.len() > 100);
        for row in leavers {
            assert!(!text(&row[8]).is_empty() && row[8] == row[9], "{row:?}");
        }
    }
}

#[test]
fn nobody_is_late_for_a_visit_without_end() {
    // List, last seen, end, status, and the days after which the next visit has been made whatever else there was to do.
    for (list, seen, end, longest) in [(6, 8, 9, 135), (7, 9, 12, 80)] {
        for number in [1, 14, 27, 40, 52] {
            let mut beyond = 0;
            for row in rows(number, list).into_iter().filter(|row| row[end] == Cell::Blank) {
                // A start that is not known reads as long ago: there are few, and they are named as faults.
                let Some(start) = date(&row[6]) else { continue };
                if list == 6 && !text(&row[11]).starts_with("c)") {
                    continue;
                }
                let last = date(&row[seen]).filter(|day| *day <= week(number)).map_or(start, |day| day.max(start));
                // A start that was mistyped as too early is a fault like others, and as seldom.
                beyond += u32::from(week(number) - last > longest);
                assert!(week(number) - last <= 260, "list {list}, week {number}: {row:?}");
            }
            assert!(beyond <= 2, "list {list}, week {number}: {beyond} are late without end");
        }
    }
}

#[test]
fn the_same_children_are_there_on_both_sides_of_the_seam() {
    // The last month ends in the week before the first week.
    let month: Day = week(1) - 7;
    let open = |rows: Vec<Vec<Cell<'static>>>| rows.iter().filter(|row| row[9] == Cell::Blank).count() as f64;
    let (before, after) = (open(rows_of(&super::YEAR, month, 6)), open(rows(1, 6)));
    assert!((before - after).abs() / before < 0.03, "{before} and {after}");
    assert!(first_day() < month);
}

#[test]
fn no_open_row_vanishes_without_an_end() {
    for (list, end) in [(6, 9), (7, 12), (8, 19)] {
        for (then, now) in [(20, 21), (20, 24)] {
            let later = rows(now, list);
            let open: Vec<_> = rows(then, list).into_iter().filter(|row| row[end] == Cell::Blank).collect();
            let is_gone = |row: &&Vec<Cell>| !later.iter().any(|other| other[0] == row[0]);
            let gone = open.iter().filter(is_gone).count();
            assert!(gone * 50 < open.len(), "list {list}: {gone} of {}", open.len());
        }
    }
}

#[test]
fn list_6_and_the_lists_of_plans_and_care_know_the_same_children() {
    for (status, list, end) in [("a)", 8, 19), ("b)", 7, 12)] {
        let known = rows(33, list);
        let known: Vec<_> = known.iter().filter(|row| row[end] == Cell::Blank).map(|row| &row[0]).collect();
        let said: Vec<_> = rows(33, 6).into_iter().filter(|row| text(&row[11]).starts_with(status)).collect();
        let unknown = said.iter().filter(|row| row[0] != Cell::Blank && !known.contains(&&row[0])).count();
        assert!(unknown < 5, "{status} {unknown} of {}", said.len());
    }
}
