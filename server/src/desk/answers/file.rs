//! The answers team by team to take away: the counts of the page. The children are in the list of each measure, with what
//! was said of them.

use super::say;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::desk::over_time::Asking;
use crate::desk::{ViewerDesk, failed, words};
use crate::export::{Cell, Sheet};
use crate::reading::{self, NO_TEAM};
use crate::state::{AppState, Visit};
use app::data::TablesQuery;
use app::error::PageError;
use domain::answers::{Cohort, act};
use domain::measures::CORE;

const ACTION: &str = "export answers";

/// Of every team's late children, who was visited and who was not, by what managers said; and how often that came true.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let Some(asking) = Asking::of(&desk, query).await? else { return desk.deny(ACTION, "answers").await };
    let (db, scope, council) = (&state.db, &visit.viewer.scope, &asking.council);
    let number = |number: u64| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
    let mut rows = Vec::new();
    for measure in CORE {
        let Some(act) = act(measure).filter(|act| act.is_visit()) else { continue };
        let both = (&**council, &*asking.newest);
        let late = reading::late_units(db, both, scope, measure, &asking.selection).await.map_err(failed)?;
        let Some(late) = late else { continue };
        let rates = reading::answer_rates(db, council, scope, measure, &asking.selection, asking.since());
        let rates = rates.await.map_err(failed)?;
        for (team, counts) in super::overview::teams(&late, &rates) {
            let rate = super::overview::rate_of(&rates, team.as_deref());
            let mut row = vec![
                Cell::Text(measure.id.to_owned()),
                Cell::Text(measure.name.to_owned()),
                Cell::Text(team.as_deref().unwrap_or(NO_TEAM).to_owned()),
                number(counts.total()),
            ];
            let cohorts = [counts.done_not_recorded, counts.not_done, counts.disputed, counts.no_answer];
            row.extend(cohorts.map(number));
            row.extend([rate.given, rate.settled, rate.came_true].map(number));
            row.push(Cell::Text(say::cohort(act, Cohort::DoneNotRecorded)));
            rows.push(row);
        }
    }
    let lines = rows.len();
    desk.allow(ACTION, "answers", Some(format!("{}, {lines} lines", asking.detail()))).await?;
    let mut sheet = Sheet {
        name: "Answers",
        head: vec![
            "Measure",
            "Name",
            "Team",
            "Late",
            "Done, not recorded",
            "Not done",
            "Disputed",
            "No answer",
            "Answers given",
            "Answers settled",
            "Answers that came true",
            "Done means",
        ],
        rows,
        notes: vec![
            format!("Managers' answers: {}", asking.place(&desk)),
            format!("Late on {}; answers given since {}.", words::date(council.as_at()), words::date(asking.since())),
        ],
    };
    sheet.notes.extend(notes(&desk, Some(council), lines));
    written(&sheet, &format!("answers-{}", council.as_at()), format)
}
