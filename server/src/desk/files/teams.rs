//! A measure's teams to take away.

use super::{OfMeasure, figure_cells};
use crate::desk::export::{Export, ExportFormat, notes, notes_of_measure, written};
use crate::desk::funnel_words::differs;
use crate::desk::{ViewerDesk, measure};
use crate::export::{Cell, Sheet};
use crate::state::{AppState, Visit};
use app::data::TablesQuery;
use app::error::PageError;

const ACTION: &str = "export teams";

/// A measure's teams side by side as a file. Who is shown no breakdown gets none here either.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    id: &str,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let of = if visit.viewer.scope.suppresses() { None } else { OfMeasure::of(&desk, id, query).await? };
    let Some(of) = of else { return desk.deny(ACTION, id).await };
    let OfMeasure { council, measure, selection } = &of;
    let asked = ViewerDesk::asked(council);
    let maker = desk.cards(council, &asked, selection, &[]);
    let (teams, whole) = measure::figures_of_teams(&desk, &maker, measure).await?;
    desk.allow(ACTION, measure.id, Some(of.detail(teams.len()))).await?;
    let lines = teams.len();
    let row = |(team, figure): (String, domain::measures::figure::Figure)| {
        let service = council.organisation.service(&team).unwrap_or("Not mapped").to_owned();
        let mut row = vec![Cell::Text(team), Cell::Text(service)];
        row.extend(figure_cells(Some(figure), true));
        row.push(Cell::text(differs(measure, Some(figure), whole).map(|remark| remark.text).as_deref()));
        row
    };
    let mut sheet = Sheet {
        name: "Teams",
        head: vec!["Team", "Service", "Numerator", "Denominator", "Value", "Status", "Against the whole"],
        rows: teams.into_iter().map(row).collect(),
        notes: notes_of_measure(measure, council, &asked, &of.place(&desk)),
    };
    sheet.notes.extend(notes(&desk, Some(council), lines));
    written(&sheet, &of.file_name("teams"), format)
}
