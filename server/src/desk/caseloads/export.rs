//! The table by worker to take away: the very lines of the page, all pages of them.

use super::{detail, read, rows, selection};
use crate::desk::ViewerDesk;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::export::{Cell, Sheet};
use crate::state::{AppState, Visit};
use app::data::CaseloadQuery;
use app::error::PageError;
use domain::caseload::WorkerCaseload;

/// Caseloads as a file, scoped as the page is and audited before it is made.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &CaseloadQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    const ACTION: &str = "export caseloads";
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let scope = &visit.viewer.scope;
    let council = if scope.reads_children() { desk.council().await? } else { None };
    let asked = council.as_deref().and_then(|council| Some((council, selection(council, scope, query)?)));
    let Some((council, selection)) = asked else { return desk.deny(ACTION, "caseloads").await };
    let found = read(&desk, council, &selection).await?;
    let workers = found.map(|found| found.workers).unwrap_or_default();
    let detail = format!("{}, {} lines", detail(council, &selection), workers.len());
    desk.allow(ACTION, "caseloads", Some(detail)).await?;
    let mut sheet = Sheet {
        name: "Caseloads",
        head: vec![
            "Worker",
            "Team",
            "Children held",
            "Above the limit",
            "Role",
            "Full-time equivalents",
            "Children per full-time equivalent",
            "Agency",
            "Newly qualified",
            "To know",
        ],
        rows: workers.iter().map(row).collect(),
        notes: vec![
            format!("Caseloads, {}", crate::desk::measure::place(&selection, scope.reaches_everything())),
            super::workforce_in_words(council, true),
        ],
    };
    sheet.notes.extend(notes(&desk, Some(council), workers.len()));
    written(&sheet, &format!("caseloads-{}", council.as_at()), format)
}

fn row(line: &WorkerCaseload) -> Vec<Cell> {
    let yes_no = |yes: bool| Cell::Text(if yes { "Yes" } else { "No" }.to_owned());
    let post = line.in_post();
    let marks: Vec<String> = rows::marks(line).into_iter().map(|(text, _)| text).collect();
    vec![
        Cell::Text(line.worker.to_string()),
        Cell::Text(rows::teams(line)),
        Cell::Number(i64::try_from(line.children).unwrap_or(i64::MAX)),
        yes_no(line.above),
        Cell::Text(rows::role(line)),
        post.and_then(|post| post.fte).map_or(Cell::Blank, |fte| Cell::Decimal(fte.value())),
        line.children_per_fte().map_or(Cell::Blank, |value| Cell::Decimal((value * 10.0).round() / 10.0)),
        post.and_then(|post| post.agency).map_or(Cell::Blank, yes_no),
        post.and_then(|post| post.newly_qualified).map_or(Cell::Blank, yes_no),
        Cell::Text(marks.join(", ")),
    ]
}
