//! Targets and standards to take away: the rows of their pages.

use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::desk::{ViewerDesk, standards as standards_page, targets as targets_page};
use crate::export::{Cell, Sheet};
use crate::state::{AppState, Visit};
use app::error::PageError;

/// The targets in force as a file.
///
/// # Errors
/// As the page: not found for who may not read it.
pub async fn targets(state: &AppState, visit: &Visit, format: ExportFormat) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let rows: Vec<Vec<Cell>> = targets_page::page(&desk)
        .await?
        .body
        .targets
        .into_iter()
        .map(|row| {
            let warning = row.warning.as_deref();
            let cells = [row.measure.text, row.place, row.target, row.tolerance, row.origin];
            cells.into_iter().map(filled).chain([Cell::text(warning)]).collect()
        })
        .collect();
    let what = "Targets in force. One of a team counts before its service's, and that before the whole council's.";
    let head = vec!["Measure", "For", "Target", "Close within", "Since", "To know"];
    file(&desk, Sheet { name: "Targets", head, rows, notes: vec![what.to_owned()] }, "targets", format).await
}

/// The standards in force as a file.
///
/// # Errors
/// As the page: not found for who may not read it.
pub async fn standards(state: &AppState, visit: &Visit, format: ExportFormat) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let rows: Vec<Vec<Cell>> = standards_page::page(&desk)
        .await?
        .body
        .standards
        .into_iter()
        .map(|row| {
            let unset = row.default.as_deref();
            let cells = [row.name, row.words, row.value, row.measures];
            cells.into_iter().map(filled).chain([Cell::text(unset)]).collect()
        })
        .collect();
    let what = "Standards in force: how the figures are counted.";
    let head = vec!["Name", "Standard", "Value", "Used by", "Value before anybody set one"];
    file(&desk, Sheet { name: "Standards", head, rows, notes: vec![what.to_owned()] }, "standards", format).await
}

async fn file(
    desk: &ViewerDesk,
    mut sheet: Sheet,
    what: &'static str,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let lines = sheet.rows.len();
    desk.allow(&format!("export {what}"), what, Some(format!("{lines} lines"))).await?;
    let council = desk.newest().await?;
    sheet.notes.extend(notes(desk, council.as_deref(), lines));
    written(&sheet, &format!("{what}-{}", desk.state.clock.today()), format)
}

fn filled(text: String) -> Cell {
    if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
}
