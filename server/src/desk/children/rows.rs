//! A line of a list in words.

use crate::council::Council;
use crate::desk::children::View;
use crate::desk::children::shown::{NO_LONGER_YOURS, Shown};
use crate::desk::standing::{is_bad, state};
use crate::desk::words;
use crate::reading::{NO_TEAM, NO_WORKER, Selection};
use crate::store::people::{Kind, reference};
use app::data::{ListRow, Standing};
use domain::measures::Measure;
use domain::measures::figure::Line;

pub(super) fn row(council: &Council, measure: &Measure, view: &View, line: &Line, shown: &Shown) -> ListRow {
    match line {
        Line::Child(fact) => {
            let (words, standing) = state(measure, fact, council.as_at());
            let named = shown.names(&fact.child_id);
            let key = &council.reference_key;
            ListRow {
                who: if named { fact.child_id.to_string() } else { NO_LONGER_YOURS.to_owned() },
                href: named.then(|| council.links().child(&reference(key, Kind::Child, &fact.child_id))),
                team: fact.team.as_deref().unwrap_or(NO_TEAM).to_owned(),
                worker: fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned(),
                start: words::date_or_dash(fact.start),
                due: words::date_or_dash(fact.due),
                days: words::days(measure, fact, &council.calendar, &view.asked.standards),
                state: words.to_owned(),
                standing,
            }
        }
        Line::Worker { worker, children, numerator } => {
            let selection = Selection { worker: Some(worker.to_string()), ..view.selection.clone() };
            let bad = is_bad(measure, *numerator);
            ListRow {
                who: worker.to_string(),
                href: Some(council.links().children("ALL-01", &selection, &[])),
                // The second and third column of a list of workers.
                team: words::count(*children, "child", "children"),
                worker: limit_in_words(*numerator, view.asked.standards.caseload_limit),
                start: String::new(),
                due: String::new(),
                days: String::new(),
                state: String::new(),
                standing: match (numerator, bad) {
                    (None, _) => Standing::Neutral,
                    (_, true) => Standing::Bad,
                    (_, false) => Standing::Good,
                },
            }
        }
    }
}

fn limit_in_words(above: Option<bool>, limit: u32) -> String {
    match above {
        None => String::new(),
        Some(true) => format!("Above the limit of {limit}"),
        Some(false) => "Within the limit".to_owned(),
    }
}
