//! A measure over time to take away: the points of its chart.

use super::OfMeasure;
use crate::charts::{ControlPoint, TrendPoint};
use crate::desk::ViewerDesk;
use crate::desk::export::{Export, ExportFormat, notes, notes_of_measure, written};
use crate::desk::measure::{self, Course};
use crate::export::{Cell, Sheet};
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
    let (asked, rebases) = (ViewerDesk::asked(council), desk.rebases().await?);
    let maker = desk.cards(council, &asked, selection, &rebases);
    let Course { points, months, unfinished, control, .. } = measure::course(&maker, measure);
    desk.allow(ACTION, measure.id, Some(of.detail(points.len()))).await?;
    let judged = control.as_ref().map_or(&[][..], |control| control.points.as_slice());
    let number = |number: Option<u64>| {
        number.map_or(Cell::Blank, |number| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX)))
    };
    let row = |point: &TrendPoint| {
        let month = months.iter().find(|(date, _)| *date == point.date);
        let mut row = vec![
            Cell::text(month.map(|(_, month)| month.to_string()).as_deref()),
            Cell::Date(point.date),
            number(point.numerator),
            number(point.denominator),
            point.value.map_or(Cell::Blank, Cell::Decimal),
        ];
        row.extend(judgement(judged.iter().find(|judged| judged.date == point.date)));
        row
    };
    let mut sheet = Sheet {
        name: "Trend",
        head: vec![
            "Month",
            "Date",
            "Numerator",
            "Denominator",
            "Value",
            "Mean",
            "Lower limit",
            "Upper limit",
            "Signal",
            "Limits restarted",
        ],
        rows: points.iter().map(row).collect(),
        notes: notes_of_measure(measure, council, &asked, &of.place(&desk)),
    };
    sheet.notes.push(
        "A row without numbers: the extract does not hold what the measure needs, or small numbers are not shown."
            .to_owned(),
    );
    if !months.is_empty() {
        sheet.notes.push("A row is a calendar month, by the last day counted of it.".to_owned());
    }
    for month in months.iter().filter(|(date, _)| unfinished.contains(date)).map(|(_, month)| month.name()) {
        sheet.notes.push(format!("{month} is not finished, and not judged."));
    }
    if let Some(control) = control {
        sheet.notes.push(control.verdict.clone());
        sheet.notes.extend(control.why_no_limits.map(str::to_owned));
    }
    sheet.notes.extend(notes(&desk, Some(council), points.len()));
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
