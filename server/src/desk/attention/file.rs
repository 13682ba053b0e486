//! A register to take away: the very lines of the page, all pages of them.

use super::view::View;
use super::{past, read, rows};
use crate::council::OnRegister;
use crate::desk::ViewerDesk;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::desk::measure::place;
use crate::desk::shown::Shown;
use crate::export::{Cell, Sheet};
use crate::reading::{NO_TEAM, NO_WORKER};
use crate::state::{AppState, Visit};
use app::data::RegisterQuery;
use app::error::PageError;
use std::sync::Arc;

/// What stands in the audit.
const ACTION: &str = "export register";

/// A register as a file, scoped as the page is and audited before it is made. Dates are days; "Weeks on it" are whole
/// weeks up to the as-at date, at least so many where the child was on the first extract's register already.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &RegisterQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let (scope, view) = (&visit.viewer.scope, View { page: 1, ..View::of(query) });
    let council = if scope.reads_children() { desk.council().await? } else { None };
    let Some(council) = council.as_deref() else { return desk.deny(ACTION, view.name()).await };
    let shown = Shown::on(&desk, council).await?;
    let all = read(&desk, council, view.register, &view.selection).await?;
    let stays = past(&desk, council, &view).await?.stays;
    let mut lines: Vec<&Arc<OnRegister>> = all.iter().filter(|line| view.has(line)).collect();
    view.order.sort(&mut lines, &stays);
    desk.allow(ACTION, view.name(), Some(format!("{}, {} lines", view.detail(council.links()), lines.len()))).await?;

    // Some registers have no date of their own for a line.
    let dated = rows::dated(view.register);
    let row = |line: &&Arc<OnRegister>| {
        let stay = stays.get(&line.child_id);
        let who = [
            Cell::Text(shown.id(&line.child_id).to_owned()),
            Cell::Text(line.team.as_deref().unwrap_or(NO_TEAM).to_owned()),
            Cell::Text(line.worker.as_deref().unwrap_or(NO_WORKER).to_owned()),
            Cell::Text(rows::reasons(line, council).join("; ")),
        ];
        let on_list = [
            Cell::date(stay.map(|stay| stay.since)),
            stay.map_or(Cell::Blank, |stay| Cell::Number((council.as_at() - stay.since).num_days() / 7)),
        ];
        who.into_iter().chain(dated.map(|_| Cell::date(line.since()))).chain(on_list).collect()
    };
    let mut sheet = Sheet {
        name: "Register",
        head: ["Child", "Team", "Worker", "Why"]
            .into_iter()
            .chain(dated)
            .chain(["On this list since", "Weeks on it"])
            .collect(),
        rows: lines.iter().map(row).collect(),
        notes: vec![
            format!("{}, {}", view.title(), place(&view.selection, scope.reaches_everything())),
            format!("Filter: {}.", view.detail(council.links())),
        ],
    };
    sheet.notes.extend(notes(&desk, Some(council), lines.len()));
    written(&sheet, &format!("{}-{}", view.name(), council.as_at()), format)
}
