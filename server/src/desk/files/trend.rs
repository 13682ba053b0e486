//! A measure over time to take away: the points of its chart.

use super::{OfMeasure, figure_cells};
use crate::charts::ControlPoint;
use crate::desk::ViewerDesk;
use crate::desk::export::{Export, ExportFormat, notes, notes_of_measure, written};
use crate::export::{Cell, Sheet};
use crate::reading;
use crate::state::{AppState, Visit};
use app::data::TablesQuery;
use app::error::PageError;

const ACTION: &str = "export trend";

/// Every point of the measure's chart as a file.
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
    let Some(of) = OfMeasure::of(&desk, id, query).await? else { return desk.deny(ACTION, id).await };
    let OfMeasure { council, measure, selection } = &of;
    let scope = &visit.viewer.scope;
    let (asked, rebases) = (ViewerDesk::asked(council), desk.rebases().await?);
    let maker = desk.cards(council, &asked, selection, &rebases);
    let history = reading::history(council, scope, measure, selection);
    let control = maker.judged(measure, &history).map(|judged| judged.control());
    let points = control.as_ref().map_or(&[][..], |control| control.points.as_slice());
    desk.allow(ACTION, measure.id, Some(of.detail(history.len()))).await?;
    let row = |(as_at, figure): &(chrono::NaiveDate, Option<domain::measures::figure::Figure>)| {
        let mut row = vec![Cell::Date(*as_at)];
        row.extend(figure_cells(measure, *figure, scope.suppresses()));
        row.extend(judgement(points.iter().find(|point| point.date == *as_at)));
        row
    };
    let mut sheet = Sheet {
        name: "Trend",
        head: vec![
            "As at",
            "Numerator",
            "Denominator",
            "Value",
            "Status",
            "Mean",
            "Lower limit",
            "Upper limit",
            "Signal",
            "Limits restarted",
        ],
        rows: history.iter().map(row).collect(),
        notes: notes_of_measure(measure, council, &asked, &of.place(&desk)),
    };
    sheet.notes.extend(control.map(|control| control.verdict));
    sheet.notes.extend(notes(&desk, Some(council), history.len()));
    written(&sheet, &of.file_name("trend"), format)
}

/// Mean, limits, what makes the point special, and why the limits begin anew there.
fn judgement(point: Option<&ControlPoint>) -> [Cell; 5] {
    let number = |value: Option<f64>| value.map_or(Cell::Blank, Cell::Decimal);
    let limits = point.and_then(|point| point.limits);
    [
        number(point.and_then(|point| point.mean)),
        number(limits.map(|(lower, _)| lower)),
        number(limits.map(|(_, upper)| upper)),
        Cell::text(point.and_then(|point| point.special.as_ref()).map(|special| special.words.as_str())),
        Cell::text(point.and_then(|point| point.step.as_ref()).map(|step| step.reason.as_str())),
    ]
}
