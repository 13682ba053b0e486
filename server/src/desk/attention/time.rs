//! The registers' time: how long a line has been there, and how the number went and where that leads.

use super::view::View;
use crate::charts::{self, TrendInput, TrendPoint, Unit};
use crate::council::{Council, Register};
use crate::desk::words;
use crate::reading::{RegisterWeek, Stay};
use app::data::{Chart, Column};
use chrono::{Days, NaiveDate};

/// Days back at which earlier numbers stand: four and twelve weeks.
pub(super) const BACK: [i64; 2] = [28, 84];
/// A path to none that is longer says nothing of use.
const LONGEST_PATH_WEEKS: u64 = 52;

/// "3 July 2026, 17 weeks"; "31 October 2025 or before, 52 weeks or more".
pub(in crate::desk) fn stay(stay: Stay, as_at: NaiveDate) -> String {
    let since = words::date(stay.since);
    let days = u64::try_from((as_at - stay.since).num_days()).unwrap_or_default();
    let long = if days < 7 { words::count(days, "day", "days") } else { words::count(days / 7, "week", "weeks") };
    match (stay.or_before, days) {
        (true, 0) => format!("{since} or before"),
        (true, _) => format!("{since} or before, {long} or more"),
        (false, 0) => format!("{since}, new"),
        (false, _) => format!("{since}, {long}"),
    }
}

/// The heading of how long each line has been here.
pub(super) fn heading(council: &Council, view: &View) -> Column {
    Column {
        text: "On this list since".to_owned(),
        href: view.href(council.links(), |view| {
            view.order = view.order.turned();
            view.page = 1;
        }),
        sorted: view.order.sorted().to_owned(),
    }
}

/// The extract in force so many days before the last.
pub(super) fn back(weeks: &[RegisterWeek], days: i64) -> Option<&RegisterWeek> {
    let now = weeks.last()?;
    let then = now.as_at - chrono::TimeDelta::days(days);
    weeks.iter().rev().find(|week| week.as_at <= then)
}

/// "12 now, 20 four weeks ago, 18 twelve weeks ago.", and of the weekly watch where that leads.
pub(super) fn pace(register: Register, weeks: &[RegisterWeek]) -> String {
    let Some(now) = weeks.last() else { return String::new() };
    let earlier: Vec<&RegisterWeek> = BACK.into_iter().filter_map(|days| back(weeks, days)).collect();
    let numbers = earlier.iter().map(|week| format!("{} {}", none_or(week.lines), ago(now.as_at, week.as_at)));
    let numbers: Vec<String> = [format!("{} now", none_or(now.lines))].into_iter().chain(numbers).collect();
    let sentence = words::sentence(&format!("{}.", numbers.join(", ")));
    if !is_watched(register) {
        return sentence;
    }
    format!("{sentence} {}", outlook(weeks)).trim_end().to_owned()
}

/// The lists that should have no line at all.
pub(super) const fn is_watched(register: Register) -> bool {
    matches!(register, Register::Unallocated | Register::Managers)
}

fn none_or(number: u64) -> String {
    if number == 0 { "none".to_owned() } else { words::thousands(number) }
}

/// "four weeks ago", or the date of an extract that is of another day.
fn ago(now: NaiveDate, then: NaiveDate) -> String {
    match (now - then).num_days() {
        28 => "four weeks ago".to_owned(),
        84 => "twelve weeks ago".to_owned(),
        _ => format!("on {}", words::date(then)),
    }
}

/// Where the last four weeks lead, as far as it can be said honestly: nothing is drawn out of a number that rises, stands
/// still or is no lower than twelve weeks ago.
fn outlook(weeks: &[RegisterWeek]) -> String {
    let Some(now) = weeks.last() else { return String::new() };
    if now.lines == 0 {
        let run = weeks.iter().rev().take_while(|week| week.lines == 0).last();
        let since =
            run.filter(|week| week.as_at < now.as_at).map(|week| format!("None since {}.", words::date(week.as_at)));
        return since.unwrap_or_default();
    }
    let Some(four) = back(weeks, BACK[0]) else { return "There are too few weeks to tell where it leads.".to_owned() };
    if now.lines >= four.lines {
        let change = if now.lines == four.lines { "The number stands still" } else { "The number rises" };
        return format!("{change}: this way it does not come down to none.");
    }
    match path(weeks) {
        Some(day) => format!("At the pace of the last four weeks, none by {}.", words::date(day)),
        None if back(weeks, BACK[1]).is_some_and(|twelve| twelve.lines <= now.lines) => {
            "It fell in these four weeks but not over twelve: that is no pace to go by.".to_owned()
        }
        None => "At the pace of the last four weeks it takes more than a year to come down to none.".to_owned(),
    }
}

/// The day on which the number is none if it falls on as in the last four weeks.
fn path(weeks: &[RegisterWeek]) -> Option<NaiveDate> {
    let (now, four) = (weeks.last()?, back(weeks, BACK[0])?);
    let fallen = four.lines.checked_sub(now.lines).filter(|fallen| *fallen > 0 && now.lines > 0)?;
    if back(weeks, BACK[1]).is_some_and(|twelve| twelve.lines <= now.lines) {
        return None;
    }
    let days = u64::try_from((now.as_at - four.as_at).num_days()).ok()?;
    let needed = now.lines.checked_mul(days)?.div_ceil(fallen).div_ceil(7);
    (needed <= LONGEST_PATH_WEEKS).then(|| now.as_at.checked_add_days(Days::new(needed * 7))).flatten()
}

/// The number extract by extract; `None` where there is one only.
pub(super) fn trend(register: Register, title: &str, weeks: &[RegisterWeek]) -> Option<Chart> {
    if weeks.len() < 2 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a chart is drawn in f64")]
    let point = |week: &RegisterWeek| TrendPoint {
        date: week.as_at,
        value: Some(week.lines as f64),
        numerator: None,
        denominator: None,
    };
    let points: Vec<TrendPoint> = weeks.iter().map(point).collect();
    let day = is_watched(register).then(|| path(weeks)).flatten();
    Some(charts::trend(&TrendInput {
        months: &[],
        unfinished: &[],
        behind: None,
        id: "register",
        title,
        points: &points,
        unit: Unit::Count,
        target: None,
        targets_then: &[],
        england: None,
        higher_is_better: is_watched(register).then_some(false),
        suppressed: false,
        control: None,
        path: day.map(|day| (day, format!("At the pace of the last four weeks, none by {}", words::date(day)))),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Weekly numbers up to 30 October 2026.
    fn weeks(numbers: &[u64]) -> Vec<RegisterWeek> {
        let week = |(at, lines): (usize, &u64)| RegisterWeek {
            as_at: day("2026-10-30") - Days::new(7 * (numbers.len() - 1 - at) as u64),
            lines: *lines,
            by_team: BTreeMap::new(),
        };
        numbers.iter().enumerate().map(week).collect()
    }

    fn watch(numbers: &[u64]) -> String {
        pace(Register::Unallocated, &weeks(numbers))
    }

    #[test]
    fn a_stay_says_since_when_and_how_long() {
        let of = |since: &str, or_before| stay(Stay { since: day(since), or_before }, day("2026-10-30"));
        assert_eq!(of("2026-07-03", false), "3 July 2026, 17 weeks");
        assert_eq!(of("2026-10-30", false), "30 October 2026, new");
        assert_eq!(of("2026-10-29", false), "29 October 2026, 1 day");
        assert_eq!(of("2025-11-07", true), "7 November 2025 or before, 51 weeks or more");
        assert_eq!(of("2026-10-30", true), "30 October 2026 or before");
    }

    #[test]
    fn the_path_to_none_goes_on_as_the_last_four_weeks_went() {
        // 8 fewer in 4 weeks: 12 more take 6 weeks.
        assert_eq!(
            watch(&[20, 19, 17, 15, 12]),
            "12 now, 20 four weeks ago. At the pace of the last four weeks, none by 11 December 2026."
        );
        assert_eq!(path(&weeks(&[20, 19, 17, 15, 12])), Some(day("2026-12-11")));
        // 5 fewer in 4 weeks: 12 more take 9.6 weeks, so they are none in the tenth.
        assert_eq!(path(&weeks(&[17, 17, 17, 17, 12])), Some(day("2027-01-08")));
    }

    #[test]
    fn no_path_is_drawn_out_of_what_does_not_fall() {
        assert_eq!(
            watch(&[12, 9, 8, 7, 12]),
            "12 now, 12 four weeks ago. The number stands still: this way it does not come down to none."
        );
        assert_eq!(
            watch(&[8, 9, 8, 7, 12]),
            "12 now, 8 four weeks ago. The number rises: this way it does not come down to none."
        );
        let mut swings = vec![10; 8];
        swings.extend([20, 18, 16, 14, 12]);
        assert_eq!(
            watch(&swings),
            "12 now, 20 four weeks ago, 10 twelve weeks ago. It fell in these four weeks but not over twelve: that is no \
             pace to go by."
        );
        assert_eq!(
            watch(&[101, 101, 101, 101, 100]),
            "100 now, 101 four weeks ago. At the pace of the last four weeks it takes more than a year to come down to none."
        );
        for numbers in [&[12, 9, 8, 7, 12][..], &swings, &[101, 101, 101, 101, 100], &[5, 4, 3, 2, 0], &[9, 4]] {
            assert_eq!(path(&weeks(numbers)), None, "{numbers:?}");
        }
    }

    #[test]
    fn none_is_said_with_how_long_it_has_been_so_and_few_weeks_say_nothing() {
        assert_eq!(watch(&[5, 4, 0, 0, 0]), "None now, 5 four weeks ago. None since 16 October 2026.");
        assert_eq!(watch(&[5, 4, 3, 2, 0]), "None now, 5 four weeks ago.");
        assert_eq!(watch(&[9, 4]), "4 now. There are too few weeks to tell where it leads.");
        assert_eq!(watch(&[]), "");
        assert_eq!(pace(Register::Attention, &weeks(&[20, 19, 17, 15, 12])), "12 now, 20 four weeks ago.");
    }
}
