//! The story, counted simply over the rows of the first and the last weeks.

use super::super::calendar::{Calendar, Day, months_after};
use super::super::county::{TEAMS, organisation};
use super::super::lists::Cell;
use super::{YEAR, date, first_day, last_day, rows, rows_of, text, week};
use domain::names::name_key;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(week(1) - 2000, last_day() + 400));

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Open assessments past 45 working days, and open assessments.
fn backlog(day: Day) -> (usize, usize) {
    let open: Vec<_> = rows_of(&YEAR, day, 4).into_iter().filter(|row| row[8] == Cell::Blank).collect();
    let late = open.iter().filter(|row| date(&row[6]).is_none_or(|start| day > CALENDAR.due(start, 45)));
    (late.count(), open.len())
}

/// Of the open rows of List 6 (a plan of need) or 7: those with a visit in time or too new for one, by team.
fn visited(number: Day, list: usize) -> BTreeMap<String, (usize, usize)> {
    let (visit, end, team, limit) = if list == 7 { (9, 12, 15, 10) } else { (8, 9, 12, 20) };
    let as_at = week(number);
    let mut teams = BTreeMap::new();
    for row in rows(number, list) {
        if row[end] != Cell::Blank || (list == 6 && !text(&row[11]).starts_with("c)")) {
            continue;
        }
        let in_time = |day: Day| day <= as_at && as_at <= CALENDAR.due(day, limit);
        let (on_time, all) = teams.entry(name_key(text(&row[team]))).or_insert((0, 0));
        *on_time += usize::from([6, visit].iter().any(|column| date(&row[*column]).is_some_and(in_time)));
        *all += 1;
    }
    teams
}

fn total(teams: &BTreeMap<String, (usize, usize)>, lagging: Option<bool>) -> f64 {
    let wanted = |name: &str| {
        lagging.is_none_or(|lagging| TEAMS.iter().any(|team| team.lagging == lagging && name_key(team.name) == name))
    };
    let (on_time, all) = teams
        .iter()
        .filter(|(name, _)| wanted(name))
        .fold((0, 0), |(on_time, all), (_, (part, whole))| (on_time + part, all + whole));
    share(on_time, all)
}

/// Open children, those without a real worker, and those held by a manager.
fn allocation(number: Day) -> (usize, usize, usize) {
    let open: Vec<_> = rows(number, 6).into_iter().filter(|row| row[9] == Cell::Blank).collect();
    let teams: BTreeSet<String> = TEAMS.iter().map(|team| name_key(team.name)).collect();
    let managers: BTreeSet<_> = organisation().into_iter().filter_map(|place| place.team_manager).collect();
    let nobody = |name: &str| ["", "Unallocated", "Duty"].contains(&name) || teams.contains(&name_key(name));
    let unallocated = open.iter().filter(|row| nobody(text(&row[13]))).count();
    let managed = open.iter().filter(|row| managers.contains(text(&row[13]))).count();
    (open.len(), unallocated, managed)
}

/// Plans open for eighteen months and more.
fn long_plans(number: Day) -> usize {
    let open = rows(number, 7).into_iter().filter(|row| row[12] == Cell::Blank);
    open.filter(|row| date(&row[6]).is_none_or(|start| months_after(start, 18) <= week(number))).count()
}

#[test]
fn the_backlog_of_late_assessments_melts_to_a_handful() {
    let ((late, open), (left, _)) = (backlog(first_day()), backlog(week(52)));
    assert!((0.2..0.4).contains(&share(late, open)), "{late} of {open}");
    assert!((1..=18).contains(&left), "{left}");
}

#[test]
fn visits_on_protection_plans_come_on_time() {
    let (first, last) = (total(&visited(1, 7), None), total(&visited(52, 7), None));
    assert!((0.60..0.77).contains(&first), "{first}");
    assert!((0.94..0.99).contains(&last), "{last}");
}

#[test]
fn two_teams_lag_on_visits_throughout() {
    for list in [6, 7] {
        let mut lagging = 0.0;
        let mut others = 0.0;
        for number in [1, 10, 20, 30, 40, 52] {
            let teams = visited(number, list);
            lagging += total(&teams, Some(true)) / 6.0;
            others += total(&teams, Some(false)) / 6.0;
        }
        assert!(lagging + 0.06 < others, "list {list}: {lagging} and {others}");
    }
}

#[test]
fn unallocated_cases_and_cases_held_by_managers_fall_to_a_few() {
    let ((open, nobody, managed), (still_open, left, still_managed)) = (allocation(1), allocation(52));
    assert!((0.045..0.08).contains(&share(nobody, open)), "{nobody} of {open}");
    assert!((1..still_open / 80).contains(&left), "{left} of {still_open}");
    assert!(managed > 4 * still_managed && managed > 20, "{managed} and {still_managed}");
}

#[test]
fn the_number_of_open_children_is_about_what_was_asked_for() {
    for number in [1, 26, 52] {
        let (open, ..) = allocation(number);
        assert!((1700..2200).contains(&open), "week {number}: {open}");
    }
}

#[test]
fn long_plans_fall_slowly_and_some_are_left() {
    let (first, last) = (long_plans(1) + long_plans(4), long_plans(49) + long_plans(52));
    assert!(first > last && last >= 8, "{first} and {last}");
}

/// Rows of two weeks by child, for children with one row in each.
fn pairs(list: usize, earlier: Day, later: Day) -> Vec<(Vec<Cell<'static>>, Vec<Cell<'static>>)> {
    let by_child = |number| -> BTreeMap<String, Vec<Cell<'static>>> {
        rows(number, list).into_iter().map(|row| (text(&row[0]).to_owned(), row)).collect()
    };
    let mut later = by_child(later);
    by_child(earlier).into_iter().filter_map(|(id, row)| Some((row, later.remove(&id)?))).collect()
}

#[test]
fn visits_are_written_up_weeks_later() {
    let as_at = week(10);
    let late = pairs(7, 10, 13).into_iter().filter(|(then, now)| {
        let (Some(then), Some(now)) = (date(&then[9]), date(&now[9])) else { return false };
        // Made before week 10 and unknown in week 10.
        then < now && now <= as_at
    });
    assert!(late.count() >= 2);
}

#[test]
fn a_few_starts_are_corrected_in_retrospect() {
    let corrected = (10..30).flat_map(|number| pairs(6, number, number + 1));
    let corrected = corrected.filter(|(then, now)| match (date(&then[6]), date(&now[6])) {
        (Some(then), Some(now)) => then < now && now - then < 12,
        _ => false,
    });
    let count = corrected.count();
    assert!((5..120).contains(&count), "{count}");
}

#[test]
fn children_move_team() {
    let moved = pairs(6, 20, 30).iter().filter(|(then, now)| then[12] != now[12] && now[9] == Cell::Blank).count();
    assert!(moved > 50, "{moved}");
}

#[test]
fn the_last_week_has_faults_but_few() {
    let bad_dates = rows(52, 6).iter().filter(|row| matches!(row[8], Cell::Text(_))).count();
    let future = rows(52, 6).iter().filter(|row| date(&row[8]).is_some_and(|day| day > week(52))).count();
    let without_id: usize =
        [1, 3, 4, 6].map(|list| rows(52, list).iter().filter(|row| row[0] == Cell::Blank).count()).iter().sum();
    for (what, count) in [("bad dates", bad_dates), ("future visits", future), ("without an id", without_id)] {
        assert!((1..12).contains(&count), "{what}: {count}");
    }
}

#[test]
fn the_world_forgets_what_no_week_can_see() {
    assert!(YEAR.lives.len() < 20_000, "{}", YEAR.lives.len());
    let workers = YEAR.setting.workforce.size();
    assert!((130..170).contains(&workers), "{workers}");
}
