//! A line of a list in words.

use crate::council::Council;
use crate::desk::children::View;
use crate::desk::shown::Shown;
use crate::desk::standing::{is_bad, state};
use crate::desk::words;
use crate::reading::{NO_TEAM, NO_WORKER, Selection};
use app::data::{ListRow, Standing};
use domain::measures::Measure;
use domain::measures::figure::Line;

pub(super) fn row(council: &Council, measure: &Measure, view: &View, line: &Line, shown: &Shown) -> ListRow {
    match line {
        Line::Child(fact) => {
            let (words, standing) = state(measure, fact, council.as_at());
            let reference = shown.reference(council, &fact.child_id);
            ListRow {
                who: shown.id(&fact.child_id).to_owned(),
                href: reference.as_deref().map(|reference| council.links().child(reference)),
                event: measure.event().map(|_| words::date_or_dash(fact.event)),
                team: fact.team.as_deref().unwrap_or(NO_TEAM).to_owned(),
                worker: fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned(),
                start: words::date_or_dash(fact.start),
                due: words::date_or_dash(fact.due),
                days: words::days(measure, fact, &council.calendar, &view.asked.standards),
                state: words.to_owned(),
                answer: None,
                standing,
                reference,
            }
        }
        Line::Worker { worker, children, numerator } => {
            let selection = Selection { worker: Some(worker.to_string()), ..view.selection.clone() };
            let bad = is_bad(measure, *numerator);
            ListRow {
                who: worker.to_string(),
                href: Some(council.links().children("ALL-01", &selection, &[])),
                event: None,
                // The second and third column of a list of workers.
                team: words::count(*children, "child", "children"),
                worker: limit_in_words(*numerator, view.asked.standards.caseload_limit),
                start: String::new(),
                due: String::new(),
                days: String::new(),
                state: String::new(),
                answer: None,
                standing: match (numerator, bad) {
                    (None, _) => Standing::Neutral,
                    (_, true) => Standing::Bad,
                    (_, false) => Standing::Good,
                },
                reference: None,
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
