//! What the demo authority promises: the form of its files, and its story.

mod children;
mod form;
mod staff;
mod story;

use super::calendar::{Day, day_of};
use super::lists::{Cell, Row, View};
use super::world::World;
use chrono::NaiveDate;
use std::sync::LazyLock;

/// Weeks of the told year.
const WEEKS: Day = 52;

fn last_day() -> Day {
    day_of(NaiveDate::from_ymd_opt(2026, 10, 30).unwrap())
}

fn week(number: Day) -> Day {
    last_day() - 7 * (WEEKS - number)
}

/// The last day of the first month told: fourteen months, and then the weeks.
fn first_day() -> Day {
    day_of(NaiveDate::from_ymd_opt(2024, 9, 30).unwrap())
}

/// Fourteen months and a year in a county of 2,000 open children, made once for all tests.
static YEAR: LazyLock<World> = LazyLock::new(|| World::new(2000, 1, first_day(), last_day()));

fn rows_of(world: &World, as_at: Day, list: usize) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let kept: Result<(), ()> = View::new(world, as_at).rows(list, &mut |row| {
        rows.push(row);
        Ok(())
    });
    kept.unwrap();
    rows
}

/// The rows of a list in a week of the year.
fn rows(number: Day, list: usize) -> Vec<Row<'static>> {
    rows_of(&YEAR, week(number), list)
}

fn date(cell: &Cell) -> Option<Day> {
    if let Cell::Date(day) = cell { Some(*day) } else { None }
}

fn text<'r>(cell: &'r Cell) -> &'r str {
    if let Cell::Text(text) = cell { text } else { "" }
}
