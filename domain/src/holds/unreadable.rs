//! `unreadable`: too many cells of a column cannot be read, or far fewer can than before.

use super::columns::{ColumnFacts, ListFacts, expected_of_all, expected_of_open};
use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, day, title};
use crate::record::List;

/// Cells that cannot be read: so many, and more than so many of a hundred that are not blank.
const UNREADABLE: (u64, u64) = (5, 10);
/// A fall of the readable: so many cells, and so many of a hundred.
const FALL: (u64, u64) = (5, 20);

pub(super) fn holds(now: &Gathered, before: Option<&Before>) -> Vec<Hold> {
    let mut holds = Vec::new();
    for list in List::ALL {
        let Some(facts) = now.lists.get(&list.number()) else { continue };
        for column in &facts.columns {
            if column.unreadable >= UNREADABLE.0 && column.unreadable * 100 > column.filled * UNREADABLE.1 {
                holds.push(unreadable(list, column));
            } else if let Some(earlier) = before.and_then(|before| before.lists.get(&list.number()))
                && let Some(facts_before) = &earlier.facts
                && let Some(fall) = fall(list, column, facts, facts_before)
            {
                holds.push(fall.hold(list, &column.column, &day(earlier.as_at)));
            }
        }
    }
    holds
}

fn unreadable(list: List, column: &ColumnFacts) -> Hold {
    let ColumnFacts { column: header, filled, unreadable, uncalculated, .. } = column;
    let remedy = if uncalculated * 2 > *unreadable {
        "They are formulas without a value: open the workbook in Excel and save it."
    } else {
        "Look at its problems, correct the export, and load again."
    };
    let message = format!(
        "{}: {unreadable} of {filled} cells of \"{header}\" cannot be read and would count as blank. {remedy}",
        title(list)
    );
    Hold::new(HoldKind::Unreadable, message).on(list).now(format!("{unreadable} of {filled}"))
}

/// Readable cells among the rows that are expected to have one, then and now.
struct Fall {
    then: (u64, u64),
    now: (u64, u64),
}

/// A fall of the readable share, of a column that every row or every open row is expected to fill.
fn fall(list: List, column: &ColumnFacts, facts: &ListFacts, before: &ListFacts) -> Option<Fall> {
    let header = column.column.as_str();
    let earlier = before.column(header)?;
    let readable = |column: &ColumnFacts, rows: u64| {
        if expected_of_open(list).contains(&header) {
            // How many of the unreadable are in open rows is not known; many of them are held for themselves.
            Some((column.open_filled, column.open_rows))
        } else {
            expected_of_all(list).contains(&header).then(|| (column.filled.saturating_sub(column.unreadable), rows))
        }
    };
    let (then, now) = (readable(earlier, before.rows)?, readable(column, facts.rows)?);
    // A column that is blank as a whole is `blank-column`.
    if then.1 == 0 || now.1 == 0 || now.0 == 0 {
        return None;
    }
    let cells = then.0 >= now.0 + FALL.0;
    // then.0 / then.1 - now.0 / now.1 >= 20 / 100, in whole numbers.
    let share = then.0 * now.1 * 100 >= now.0 * then.1 * 100 + FALL.1 * then.1 * now.1;
    (cells && share).then_some(Fall { then, now })
}

impl Fall {
    fn hold(&self, list: List, header: &str, before: &str) -> Hold {
        let Self { then, now } = self;
        let message = format!(
            "{}: \"{header}\" can be read in {} of {} rows that should have it; in the extract as at {before} it could in {} of {}. Check how the column was exported.",
            title(list),
            now.0,
            now.1,
            then.0,
            then.1
        );
        Hold::new(HoldKind::Unreadable, message)
            .on(list)
            .numbers(format!("{} of {}", then.0, then.1), format!("{} of {}", now.0, now.1))
    }
}
