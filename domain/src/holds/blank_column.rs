//! `blank-column`: a column that every open row is expected to fill is blank in all of them.
//!
//! End, outcome, review and conditional columns are never judged so. Once it was confirmed the extract before has it blank
//! too, so it stays confirmed until it is filled.

use super::columns::expected_of_open;
use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, day, title};
use crate::record::List;

/// Open rows from which a list is judged.
const OPEN_ROWS: u64 = 10;

pub(super) fn holds(now: &Gathered, before: Option<&Before>) -> Vec<Hold> {
    let mut holds = Vec::new();
    for list in [List::ChildrenInNeed, List::ProtectionPlans, List::ChildrenInCare] {
        let Some(facts) = now.lists.get(&list.number()) else { continue };
        let earlier = before.and_then(|before| before.lists.get(&list.number()));
        let open = facts.columns.iter().map(|column| column.open_rows).max().unwrap_or_default();
        if open < OPEN_ROWS {
            continue;
        }
        for header in expected_of_open(list) {
            let column = facts.column(header);
            if column.is_some_and(|column| column.open_filled > 0) {
                continue;
            }
            let then = earlier
                .and_then(|earlier| earlier.facts.as_ref()?.column(header).map(|column| (earlier.as_at, column)));
            // A column that is not there is "not supplied", which misleads nobody unless it was there before.
            let message = match (then, earlier, column) {
                (Some((as_at, then)), ..) if then.open_filled > 0 => format!(
                    "{}: \"{header}\" is {} of the {open} open rows. In the extract as at {} it was filled in {} of {}. Check that the export still joins it.",
                    title(list),
                    if column.is_some() { "blank in each" } else { "missing, for each" },
                    day(as_at),
                    then.open_filled,
                    then.open_rows
                ),
                (_, None, Some(_)) => format!(
                    "{}: \"{header}\" is blank in each of the {open} open rows. Check that the export joins it; confirm if it is not recorded.",
                    title(list)
                ),
                _ => continue,
            };
            let hold = Hold::new(HoldKind::BlankColumn, message).on(list);
            holds.push(match then {
                Some((_, then)) => hold.numbers(then.open_filled, 0),
                None => hold.now(0),
            });
        }
    }
    holds
}
