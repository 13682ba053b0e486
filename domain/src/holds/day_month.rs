//! `day-month`: in one column some dates say the day first and others the month, so that those that can be either may be
//! another day.

use super::columns::{ColumnFacts, DateForms};
use super::gathered::Gathered;
use super::{Hold, HoldKind, title};
use crate::record::List;

/// Values of each order: so many, and so many of a hundred.
const EACH: (u64, u64) = (3, 1);
/// A spreadsheet swapped half: so many real dates, all with a day of 12 or less, beside so many texts, all after 12.
const HALF: (u64, u64) = (8, 5);

pub(super) fn holds(now: &Gathered) -> Vec<Hold> {
    let lists = List::ALL.into_iter().filter_map(|list| Some((list, now.lists.get(&list.number())?)));
    lists.flat_map(|(list, facts)| facts.columns.iter().filter_map(move |column| hold(list, column))).collect()
}

fn hold(list: List, column: &ColumnFacts) -> Option<Hold> {
    let (header, forms) = (&column.column, column.dates);
    let many = |count: u64| count >= EACH.0 && count * 100 >= column.filled * EACH.1;
    if many(forms.month_first) && many(forms.day_first) {
        let (day, month) = (forms.day_first, forms.month_first);
        let message = format!(
            "{}: in \"{header}\" {month} dates can only be month before day and {day} only day before month, so no one can tell which the others are. Export the column again as DD/MM/YYYY or YYYY-MM-DD.",
            title(list)
        );
        return Some(Hold::new(HoldKind::DayMonth, message).on(list).now(format!("{month} beside {day}")));
    }
    is_half_swapped(forms).then(|| {
        let (cells, texts) = (forms.cells_to_12, forms.day_first);
        let message = format!(
            "{}: in \"{header}\" all {cells} real dates have a day of 12 or less and all {texts} dates in text a later one. A spreadsheet has read day and month the wrong way round where it could. Export the column again without opening it in a spreadsheet, or as YYYY-MM-DD.",
            title(list)
        );
        Hold::new(HoldKind::DayMonth, message).on(list).now(format!("{cells} beside {texts}"))
    })
}

fn is_half_swapped(forms: DateForms) -> bool {
    let real = forms.cells_to_12 >= HALF.0 && forms.cells_after_12 == 0;
    let texts = forms.day_first >= HALF.1 && forms.either == 0 && forms.month_first == 0;
    real && texts
}
