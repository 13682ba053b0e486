//! The small faults of real extracts, in small numbers: dates that are none, visits in the future, ends before
//! starts, closed without a date, rows twice, rows without an id, names and codes written another way.
//!
//! A row that has a fault keeps it for five weeks of thirteen, as if it were found and put right.

use super::calendar::{Day, date_of};
use super::chance::mix;
use super::lists::{Cell, Row};
use chrono::Datelike as _;
use std::borrow::Cow;

/// Days from the start of a row's spell in which a fault of its last visit can stand. An open row of an old spell has none:
/// a visit that cannot be read reads as none, and the child would be late by years for a slip of the pen.
const YOUNG: Day = 55;

/// The columns of a list that faults can befall, counted from nought.
struct Columns {
    team: Option<usize>,
    /// A visit, or what else can only lie in the past, and how many rows there are to each with a fault of it.
    happened: Option<(usize, u64)>,
    /// A start and its end.
    span: Option<(usize, usize)>,
    /// One row in so many is open to each fault of dates.
    one_in: u64,
}

fn columns(list: usize) -> Columns {
    let columns = |team, happened, span, one_in| Columns { team, happened, span, one_in };
    match list {
        3 => columns(Some(9), None, None, 1000),
        4 => columns(Some(10), None, Some((6, 8)), 500),
        5 => columns(Some(12), None, Some((6, 8)), 300),
        6 => columns(Some(12), Some((8, 60)), Some((6, 9)), 420),
        7 => columns(Some(15), Some((9, 40)), Some((6, 12)), 110),
        8 => columns(Some(32), Some((16, 30)), Some((7, 19)), 120),
        9 => columns(Some(7), Some((13, 100)), None, 100),
        _ => columns(None, None, None, 1000),
    }
}

/// Hands the row on: mostly as it is, rarely with a fault, rarely twice.
pub(super) fn emit<'w, E>(
    as_at: Day,
    list: usize,
    mut row: Row<'w>,
    next: &mut dyn FnMut(Row<'w>) -> Result<(), E>,
) -> Result<(), E> {
    let key = key_of(list, &row);
    let columns = columns(list);
    let fault = |number: u64, one_in: u64| {
        let draw = mix([key, number, 5]);
        let week = (as_at / 7).unsigned_abs() as u64 + (draw >> 32) % 13;
        draw.is_multiple_of(one_in.max(1)) && week % 13 < 5
    };
    write_another_way(&mut row, key, columns.team);
    let is_young = columns.span.is_none_or(|(start, end)| {
        row[end] != Cell::Blank || matches!(row[start], Cell::Date(started) if started + YOUNG > as_at)
    });
    if let Some((column, one_in)) = columns.happened.filter(|_| is_young) {
        if fault(1, one_in) {
            row[column] = Cell::Text(Cow::Owned(format!("31/02/{}", date_of(as_at).year())));
        } else if let (true, Cell::Date(day)) = (fault(2, one_in), &mut row[column]) {
            // The year mistyped.
            *day += 365;
        }
    }
    if let Some((start, end)) = columns.span {
        if fault(3, columns.one_in / 2)
            && let Cell::Date(ended) = row[end]
        {
            row[start] = Cell::Date(ended + 6);
        } else if fault(4, columns.one_in * 4) {
            row[start] = "not known".into();
        } else if list == 6
            && fault(5, columns.one_in / 2)
            && matches!(row[end], Cell::Date(ended) if ended + YOUNG > as_at)
        {
            row[end] = Cell::Blank;
        }
    }
    if matches!(list, 1 | 3 | 4 | 6) && fault(6, 900) {
        row[0] = Cell::Blank;
    }
    if fault(7, 500) {
        next(row.clone())?;
    }
    next(row)
}

/// What stays the same about a row from week to week.
fn key_of(list: usize, row: &Row) -> u64 {
    let id = match &row[0] {
        Cell::Text(id) => id.bytes().fold(7, |key: u64, byte| key.wrapping_mul(31).wrapping_add(u64::from(byte))),
        _ => 0,
    };
    let day = row.iter().skip(5).find_map(|cell| if let Cell::Date(day) = cell { Some(*day) } else { None });
    mix([id, list as u64, u64::from(day.unwrap_or(0).unsigned_abs())])
}

/// A team name in capitals or with stray spaces, a code without its letter.
fn write_another_way(row: &mut Row, key: u64, team: Option<usize>) {
    if let Some(Cell::Text(name)) = team.and_then(|column| row.get_mut(column)) {
        match mix([key, 11, 0]) % 420 {
            0 => *name = Cow::Owned(name.to_uppercase()),
            1 => *name = Cow::Owned(format!(" {name}")),
            2 => *name = Cow::Owned(format!("{name}  ")),
            3 => *name = Cow::Owned(name.replace(' ', "\u{a0}")),
            _ => {}
        }
    }
    if mix([key, 12, 0]).is_multiple_of(40) {
        for cell in row.iter_mut() {
            if let Cell::Text(text) = cell
                && matches!(&**text, "a) Yes" | "b) No")
            {
                *text = Cow::Owned(text[3..].to_owned());
            }
        }
    }
}
