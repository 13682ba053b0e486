//! The facts that the rules for holding a load compare, gathered from what was read.

use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::holds::{ColumnFacts, DateForms, Gathered, GivenAge};
use ingest::{ColumnProfile, Extract as Read};

/// One pass over the rows that were read.
pub(super) fn gather(read: &Read, as_at: NaiveDate, calendar: &WorkingDays) -> Gathered {
    let mut gathered = Gathered::default();
    for list in &read.lists {
        gathered.list(list.list, list.columns.iter().map(column).collect());
        for row in &list.rows {
            gathered.row(as_at, &row.child_id, &row.record);
        }
    }
    gathered.ages = read.ages.iter().map(|given| GivenAge { age: given.age, born: given.born }).collect();
    gathered.finish(as_at, calendar);
    gathered
}

fn column(profile: &ColumnProfile) -> ColumnFacts {
    let dates = profile.dates;
    ColumnFacts {
        column: profile.column.clone(),
        filled: profile.filled,
        unreadable: profile.unreadable,
        uncalculated: profile.uncalculated,
        dates: DateForms {
            day_first: dates.day_first,
            month_first: dates.month_first,
            either: dates.either,
            cells_to_12: dates.cells_to_12,
            cells_after_12: dates.cells_after_12,
        },
        open_rows: profile.open_rows,
        open_filled: profile.open_filled,
    }
}
