//! Figures to take away: the headlines, a measure over time and by team, targets and standards. Each is scoped as its page
//! is and on record before it is made. Lists of children and other lines are in [`super::export`] and beside their pages.

mod headlines;
mod settings;
mod teams;
mod trend;

pub use headlines::file as headlines;
pub use settings::{standards, targets};
pub use teams::file as teams;
pub use trend::file as trend;

use super::links::{of_selection, with_query};
use super::{ViewerDesk, measure, words};
use crate::council::Council;
use crate::export::Cell;
use crate::reading::Selection;
use app::data::TablesQuery;
use app::error::PageError;
use domain::measures::Measure;
use domain::measures::figure::Figure;
use std::sync::Arc;

/// A measure and a part of the council.
struct OfMeasure {
    council: Arc<Council>,
    measure: &'static Measure,
    selection: Selection,
}

impl OfMeasure {
    /// As the measure's page: `None` for what is unknown or not the viewer's.
    async fn of(desk: &ViewerDesk, id: &str, query: &TablesQuery) -> Result<Option<Self>, PageError> {
        let scope = &desk.visit.viewer.scope;
        let (Some(council), Some(measure)) = (desk.council().await?, domain::measures::measure(id)) else {
            return Ok(None);
        };
        if !measure::is_readable(scope, measure, query.service.is_some() || query.team.is_some()) {
            return Ok(None);
        }
        let selection = measure::selection(&council, scope, query.service.as_deref(), query.team.as_deref());
        Ok(selection.map(|selection| Self { council, measure, selection }))
    }

    fn place(&self, desk: &ViewerDesk) -> String {
        measure::place(&self.selection, desk.visit.viewer.scope.reaches_everything())
    }

    /// What the audit keeps of it.
    fn detail(&self, lines: usize) -> String {
        let parts = of_selection(&self.selection).into_iter().map(|(name, value)| format!("{name} {value}"));
        let rest = [format!("as at {}", self.council.as_at()), words::count(lines as u64, "line", "lines")];
        parts.chain(rest).collect::<Vec<_>>().join(", ")
    }

    fn file_name(&self, what: &str) -> String {
        format!("{}-{what}-{}", self.measure.id, self.council.as_at())
    }
}

/// The address of a measure's file: "trend" or "teams".
pub(super) fn of_measure_href(
    council: &Council,
    measure: &Measure,
    selection: &Selection,
    what: &str,
    ending: &str,
) -> String {
    let mut query = of_selection(selection);
    query.extend(council.links().date());
    with_query(&format!("/measures/{}/{what}.{ending}", measure.id), &query)
}

/// Numerator, denominator, value and what they are: "Measured", "Not supplied", or "c" for who gets no small number.
fn figure_cells(figure: Option<Figure>, shown: bool) -> [Cell; 4] {
    let status = |text: &str| Cell::Text(text.to_owned());
    let none = |text| [Cell::Blank, Cell::Blank, Cell::Blank, status(text)];
    let count = |number| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
    match figure {
        None => none("Not supplied"),
        Some(_) if !shown => none("c: a small number, not shown"),
        Some(figure) => [
            count(figure.numerator),
            count(figure.denominator),
            figure.value().map_or(Cell::Blank, Cell::Decimal),
            status("Measured"),
        ],
    }
}
