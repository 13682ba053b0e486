//! The headlines to take away: one row a measure.

use super::figure_cells;
use crate::desk::export::{Export, ExportFormat, notes, written};
use crate::desk::{ViewerDesk, measure, suppress, words};
use crate::export::{Cell, Sheet};
use crate::reading::Selection;
use crate::state::{AppState, Visit};
use app::data::TablesQuery;
use app::error::PageError;
use domain::measures::Timing;

const ACTION: &str = "export headlines";

/// The figures of the home page as a file, with small numbers hidden from who gets them hidden there.
///
/// # Errors
/// Not found for who counts nothing.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let scope = &visit.viewer.scope;
    let council = if scope.reads_counts() { desk.council().await? } else { None };
    let Some(council) = council else { return desk.deny(ACTION, "headlines").await };
    let (asked, selection) = (ViewerDesk::asked(&council), Selection::default());
    let rebases = desk.rebases().await?;
    let maker = desk.cards(&council, &asked, &selection, &rebases);
    let mut rows = Vec::new();
    for measure in maker.measures() {
        let (figure, card) = (maker.figure(measure).await?, maker.card(measure).await?);
        let from = match measure.timing {
            Timing::InPeriod => asked.period.from,
            Timing::AtDate => council.as_at(),
        };
        let shown = suppress::may_be_shown(&council, scope, measure, council.as_at());
        let target = maker.target(measure).filter(|_| shown);
        let mut row = vec![
            Cell::Text(measure.id.to_owned()),
            Cell::Text(measure.name.to_owned()),
            Cell::Text(measure.group.title().to_owned()),
            Cell::Date(from),
            Cell::Date(asked.period.to),
        ];
        row.extend(figure_cells(figure, shown));
        row.extend([
            target.map_or(Cell::Blank, |aim| Cell::Decimal(aim.value.value())),
            Cell::text(card.target.map(|remark| remark.text).as_deref()),
            Cell::text(card.change.map(|remark| remark.text).as_deref()),
            Cell::text(card.signal.map(|signal| signal.variation.remark.text).as_deref()),
            Cell::text(card.england.as_deref()),
        ]);
        rows.push(row);
    }
    let lines = rows.len();
    let place = measure::place(&selection, scope.reaches_everything());
    desk.allow(ACTION, "headlines", Some(format!("as at {}, {lines} lines", council.as_at()))).await?;
    let mut sheet = Sheet {
        name: "Headlines",
        head: vec![
            "Measure",
            "Name",
            "Group",
            "From",
            "To",
            "Numerator",
            "Denominator",
            "Value",
            "Status",
            "Target",
            "Against the target",
            "Change",
            "Over time",
            "England",
        ],
        rows,
        notes: vec![
            format!("Headlines: {place}"),
            format!(
                "Measures in a period count {}; the others stand as on {}. From and To say which.",
                words::between(asked.period),
                words::date(council.as_at())
            ),
            "Value is numerator / denominator; WF-01 is children for each worker. By the standards in force on the date: \
             see the file of the standards."
                .to_owned(),
        ],
    };
    sheet.notes.extend(notes(&desk, Some(&council), lines));
    written(&sheet, &format!("headlines-{}", council.as_at()), format)
}
