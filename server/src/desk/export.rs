//! A list to take away: the very lines of the page, all pages of them.

use crate::council::Council;
use crate::desk::answers::list::OnList;
use crate::desk::children::{self, View, keep, keep_answered};
use crate::desk::measure::place;
use crate::desk::shown::Shown;
use crate::desk::standards::in_words;
use crate::desk::{ViewerDesk, over_time, standing, words};
use crate::export::{self as file, Cell, Sheet};
use crate::reading::{Asked, NO_TEAM, NO_WORKER};
use crate::state::{AppState, Visit};
use app::data::{Link, ListQuery, TablesQuery};
use app::error::PageError;
use domain::measures::figure::Line;
use domain::measures::{Counting, Measure};

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
    take_away_of("Take away", href)
}

/// The same of a page that has several files: "Teams as CSV".
pub(super) fn take_away_of(what: &str, href: impl Fn(&str) -> String) -> Vec<Link> {
    [("csv", "CSV"), ("xlsx", "Excel workbook")]
        .into_iter()
        .map(|(ending, kind)| Link { text: format!("{what} as {kind}"), href: href(ending) })
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
    let event = measure.event();
    let mut sheet = Sheet {
        name: if of_children { "Children" } else { "Workers" },
        head: if of_children {
            let event = event.map(|event| event.name);
            let rest = ["Team", "Worker", "Clock began", "Due", "Days", "In numerator", "State"];
            ["Child"].into_iter().chain(event).chain(rest).collect()
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
            Line::Child(fact) => {
                let mut row = vec![Cell::Text(shown.id(&fact.child_id).to_owned())];
                row.extend(event.map(|_| Cell::date(fact.event)));
                row.extend([
                    Cell::Text(fact.team.as_deref().unwrap_or(NO_TEAM).to_owned()),
                    Cell::Text(fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned()),
                    Cell::date(fact.start),
                    Cell::date(fact.due),
                    fact.days.map_or(Cell::Blank, Cell::Number),
                    yes_no(fact.numerator),
                    Cell::Text(standing::state(measure, fact, council.as_at()).0.to_owned()),
                ]);
                row
            }
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
    let place = place(&view.selection, visit.viewer.scope.reaches_everything());
    sheet.notes = notes_of_measure(measure, &council, &view.asked, &place);
    sheet.notes.push(format!("Figure: {}, {}.", figure.value, figure.detail));
    let filters: Vec<String> = view.everything().into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    if !filters.is_empty() {
        sheet.notes.push(format!("Filter: {}.", filters.join(", ")));
    }
    sheet.notes.extend(notes(&desk, Some(&council), lines.len()));
    written(&sheet, &format!("{}-{}", measure.id, council.as_at()), format)
}

/// What a file of a measure says of it: which, whose, when, what is counted and by which standards.
pub(super) fn notes_of_measure(measure: &Measure, council: &Council, asked: &Asked, place: &str) -> Vec<String> {
    let standards = &asked.standards;
    let mut notes = vec![
        format!("{} {}: {place}", measure.id, measure.name),
        words::sentence(&words::period(measure, asked.period, council.as_at())),
        format!(
            "Counted: {}. Of: {}.",
            measure.numerator_text(standards),
            words::units(measure, standards, asked.period)
        ),
    ];
    notes.extend(
        measure
            .standards
            .iter()
            .filter_map(|name| Some(format!("Standard. {}: {}", in_words(name), standards.get(name)?))),
    );
    notes
}

/// What every file says: as at when, how many lines, who took it away and when.
pub(super) fn notes(desk: &ViewerDesk, council: Option<&Council>, lines: usize) -> Vec<String> {
    let as_at = council.map(|council| format!("Data as at {}.", words::date(council.as_at())));
    let lines = words::count(lines as u64, "line", "lines");
    let taken = format!(
        "{lines}. Taken away by {} on {}.",
        desk.visit.viewer.full_name,
        words::time(desk.state.clock.now_ms())
    );
    as_at.into_iter().chain([taken]).collect()
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
