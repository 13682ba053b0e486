//! A list to take away: the very lines of the page, all pages of them.

use crate::desk::answers::list::OnList;
use crate::desk::children::{self, View, keep, keep_answered};
use crate::desk::shown::Shown;
use crate::desk::{ViewerDesk, over_time, standing, words};
use crate::export::{self as file, Cell, Sheet};
use crate::reading::{NO_TEAM, NO_WORKER};
use crate::state::{AppState, Visit};
use app::data::{Link, ListQuery, TablesQuery};
use app::error::PageError;
use domain::measures::Counting;
use domain::measures::figure::Line;

/// A file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated values, UTF-8.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// The links of a page to its list as files; `href` makes the address from a file's ending.
pub(super) fn take_away(href: impl Fn(&str) -> String) -> Vec<Link> {
    [("csv", "Take away as CSV"), ("xlsx", "Take away as Excel workbook")]
        .into_iter()
        .map(|(ending, text)| Link { text: text.to_owned(), href: href(ending) })
        .collect()
}

/// A file.
#[derive(Debug, Clone)]
pub struct Export {
    /// Its name: what it holds and the as-at date.
    pub file_name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// The list of a measure as a file, scoped as the page is and audited before it is made.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn list(
    state: &AppState,
    visit: &Visit,
    id: &str,
    query: &ListQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let Some((council, measure)) = children::readable(&desk, id).await? else {
        return desk.deny("export list", id).await;
    };
    let view = View::of(query, &council)?;
    let listed = children::read(state, visit, &council, measure, &view).await?;
    let answers = OnList::of(&desk, &council, measure, (&view.asked, &view.selection), &listed.lines).await?;
    // The figure is that of the whole selection, as at the top of the page, whichever tab is taken away.
    let figure = children::figure_of(measure, &listed, &view.asked);
    let mut lines = listed.lines;
    keep(&mut lines, measure, &council, view.show);
    keep_answered(&mut lines, answers.as_ref(), &view);
    children::sort_lines(&mut lines, &view);
    let shown = Shown::on(&desk, &council).await?;
    desk.allow("export list", measure.id, Some(format!("{}, {} lines", view.detail(), lines.len()))).await?;

    let of_children = measure.counting == Counting::Units;
    let mut sheet = Sheet {
        head: if of_children {
            vec!["Child", "Team", "Worker", "Clock began", "Due", "Days", "In numerator", "State"]
        } else {
            vec!["Worker", "Children held", "Above the limit"]
        },
        ..Sheet::default()
    };
    if answers.is_some() {
        sheet.head.extend(["Cohort", "Answer", "What came of it"]);
    }
    let yes_no = |yes: bool| Cell::Text(if yes { "Yes" } else { "No" }.to_owned());
    for line in &lines {
        sheet.rows.push(match line {
            Line::Child(fact) => vec![
                Cell::Text(shown.id(&fact.child_id).to_owned()),
                Cell::Text(fact.team.as_deref().unwrap_or(NO_TEAM).to_owned()),
                Cell::Text(fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned()),
                Cell::date(fact.start),
                Cell::date(fact.due),
                fact.days.map_or(Cell::Blank, Cell::Number),
                yes_no(fact.numerator),
                Cell::Text(standing::state(measure, fact, council.as_at()).0.to_owned()),
            ],
            Line::Worker { worker, children, numerator } => vec![
                Cell::Text(worker.to_string()),
                Cell::Number(i64::try_from(*children).unwrap_or(i64::MAX)),
                numerator.map_or(Cell::Blank, yes_no),
            ],
        });
        if let (Some(answers), Some(row)) = (&answers, sheet.rows.last_mut()) {
            row.extend(answers.cells(line).map(|text| if text.is_empty() { Cell::Blank } else { Cell::Text(text) }));
        }
    }
    sheet.notes = vec![
        format!("{} {}, {}", measure.id, measure.name, words::period(measure, view.asked.period, council.as_at())),
        format!("Figure: {}, {}", figure.value, figure.detail),
        format!("Data as at {}. {} lines.", words::date(council.as_at()), lines.len()),
        format!("Taken away by {} on {}.", visit.viewer.full_name, words::time(state.clock.now_ms())),
    ];
    written(&sheet, &format!("{}-{}", measure.id, council.as_at()), format)
}

/// Every alteration in retrospect as a file: see `/data/altered`.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn altered(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    over_time::altered_file(state, visit, query, format).await
}

/// The table as a file of a name without its ending.
pub(super) fn written(sheet: &Sheet, name: &str, format: ExportFormat) -> Result<Export, PageError> {
    let failed = |error: file::ExportError| {
        tracing::error!(%error, "a list could not be written to a file");
        PageError::Failed
    };
    let (ending, content_type, body) = match format {
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8", file::csv(sheet).map_err(failed)?),
        ExportFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            file::xlsx(sheet).map_err(failed)?,
        ),
    };
    Ok(Export { file_name: format!("{name}.{ending}"), content_type, body })
}
