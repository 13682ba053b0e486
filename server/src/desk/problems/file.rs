//! Problems to take away: the very lines of the page, all pages of them.

use super::page::{cut, list_words, who};
use super::query::Asking;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::desk::measure::place;
use crate::desk::{ViewerDesk, words};
use crate::export::{Cell, Sheet};
use crate::reading::{OnRow, SeenProblem, Selection};
use crate::state::{AppState, Visit};
use app::data::ProblemsQuery;
use app::error::PageError;

const ACTION: &str = "export problems";

/// The problems as a file, scoped as the page is and audited before it is made.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &ProblemsQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let Some(asking) = Asking::of(&desk, query).await? else { return desk.deny(ACTION, "problems").await };
    let found = asking.found();
    let lines = words::count(found.len() as u64, "line", "lines");
    let detail = [asking.detail(), lines].into_iter().filter(|part| !part.is_empty());
    desk.allow(ACTION, &asking.subject(), Some(detail.collect::<Vec<_>>().join(", "))).await?;
    let selection = Selection { team: asking.team.clone(), ..Selection::default() };
    let mut sheet = Sheet {
        name: "Problems",
        head: vec![
            "Child",
            "Team",
            "List",
            "Row",
            "Column",
            "As supplied",
            "Severity",
            "Kind",
            "What is wrong, and what to do",
        ],
        rows: found.iter().map(|seen| row(&asking, seen)).collect(),
        notes: vec![
            format!(
                "Record quality: {}, extract {} as at {}",
                place(&selection, visit.viewer.scope.reaches_everything()),
                asking.extract.id,
                words::date(asking.extract.as_at)
            ),
            format!(
                "Filter: {}",
                Some(asking.detail()).filter(|detail| !detail.is_empty()).unwrap_or("none".to_owned())
            ),
        ],
    };
    sheet.notes.extend(cut(&asking));
    sheet.notes.extend(notes(&desk, None, found.len()));
    written(&sheet, &format!("problems-{}", asking.extract.as_at), format)
}

fn row(asking: &Asking, seen: &SeenProblem) -> Vec<Cell> {
    let problem = &seen.problem;
    let text = |text: &str| if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) };
    vec![
        if seen.on == OnRow::Nobody { Cell::Blank } else { text(who(&seen.on)) },
        text(&asking.team_of(problem.team_key.as_deref())),
        text(&list_words(&problem.list)),
        problem.row_number.map_or(Cell::Blank, Cell::Number),
        Cell::text(problem.column_name.as_deref()),
        Cell::text(problem.value.as_deref()),
        text(&problem.severity),
        text(&problem.kind),
        text(&words::sentence(&problem.message)),
    ]
}
