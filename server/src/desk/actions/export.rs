//! The log to take away: the very lines of the page, all pages of them.

use super::Today;
use super::lines::{in_words, said};
use super::log::{EXPORT, MOST, default_tab, lines};
use super::people::People;
use super::query::View;
use crate::desk::ViewerDesk;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::export::{Cell, Sheet};
use crate::state::{AppState, Visit};
use app::data::LogQuery;
use app::error::PageError;

/// The lines of a view as a file, scoped as the page is and audited before it is made. It names no child.
///
/// # Errors
/// As the page: not found for who reads no action.
pub(crate) async fn export(
    state: &AppState,
    visit: &Visit,
    query: &LogQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !visit.viewer.scope.reads_children() {
        return desk.deny(EXPORT, "actions").await;
    }
    let (people, today) = (People::of(&desk).await?, Today::of(&desk).await?);
    let query = LogQuery { after: None, ..query.clone() };
    let view = View::of(&query, default_tab(&desk, today.date), &people, &today);
    if view.vacant && !super::hand_over::may(&desk) {
        return desk.deny(EXPORT, "without a Head of Service").await;
    }
    let kept = lines(&desk, &view, MOST).await?;
    desk.allow(EXPORT, "actions", Some(format!("{}, {} lines", view.detail(), kept.len()))).await?;
    let kept = said(&desk, &kept).await?;
    let shown = in_words(&desk, &kept, &people, &today).await?;
    let rows = kept.iter().zip(shown).map(|(line, shown)| {
        vec![
            Cell::Text(shown.number.text),
            Cell::Text(shown.what),
            Cell::Text(shown.about),
            Cell::Text(shown.accountable),
            Cell::Text(shown.doer),
            Cell::Date(line.due),
            Cell::Date(line.first_due),
            Cell::Text(shown.time),
            Cell::Text(shown.state),
            Cell::Text(shown.step),
            Cell::text(line.measure.as_deref()),
            Cell::Text(shown.data),
            Cell::text(line.report.as_ref().map(|(text, ..)| text.as_str())),
            Cell::Number(i64::from(line.reopened)),
        ]
    });
    let head = vec![
        "Action",
        "What is to be done",
        "About",
        "Accountable",
        "Who does it",
        "Due",
        "Due at first",
        "Time",
        "State",
        "Escalation",
        "Measure",
        "The data",
        "What changed",
        "Came back",
    ];
    let mut sheet = Sheet { name: "Actions", head, rows: rows.collect(), notes: vec![view.detail()] };
    if kept.len() >= MOST as usize {
        sheet.notes.push(format!("Cut off after {MOST} lines: choose a filter."));
    }
    sheet.notes.extend(notes(&desk, None, kept.len()));
    written(&sheet, &format!("actions-{}", today.date), format)
}
