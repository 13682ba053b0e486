//! `/data/altered`: what extracts say of a time that was over, otherwise than the extracts before.

use super::{Asking, cell, linked, part};
use crate::desk::export::{Export, ExportFormat, notes, take_away, written};
use crate::desk::links::{of_selection, with_query};
use crate::desk::{ViewerDesk, failed, words};
use crate::export::{Cell, Sheet};
use crate::reading::{self, AlteredLine, AlteredPage, AskAltered, NO_TEAM, NO_WORKER};
use crate::state::{AppState, Visit};
use crate::store::people::{Kind, reference};
use app::data::{Link, NarrowSelect, TablePart, TablesPage, TablesQuery};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::change::What;
use domain::record::List;

const PATH: &str = "/data/altered";
/// Lines a page.
const SIZE: usize = 50;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &TablesQuery) -> Answer<TablesPage> {
    const ACTION: &str = "read altered";
    let Some(asking) = Asking::of(desk, query).await? else { return desk.deny(ACTION, "altered").await };
    let list = list(query.list.as_deref());
    let asked = query.page.as_ref().and_then(|page| page.parse().ok()).filter(|page| *page >= 1).unwrap_or(1);
    let mut page = asked;
    let mut found = read(desk, &asking, list, (page, SIZE)).await?;
    let pages = found.total.div_ceil(SIZE).max(1);
    if page > pages {
        page = pages;
        found = read(desk, &asking, list, (page, SIZE)).await?;
    }
    desk.allow(ACTION, "altered", Some(format!("{}, page {page}", asking.detail()))).await?;
    let address = |path: &str, page: usize| {
        let mut query = of_selection(&asking.selection);
        query.extend(list.map(|list| ("list", list.number().to_string())));
        query.extend((page > 1).then(|| ("page", page.to_string())));
        query.extend(asking.council.links().date());
        with_query(path, &query)
    };
    let body = TablesPage {
        title: "Altered in retrospect".to_owned(),
        caption: asking.place(desk),
        crumbs: vec![linked("Data", "/data")],
        of_data: true,
        lead: vec![
            format!(
                "{} in the extracts from {}: an earlier extract had said something of a time that was already over, and the next one says otherwise.",
                words::count(found.total as u64, "alteration", "alterations"),
                asking.looked_at()
            ),
            "A correction may be right. Ask why where a figure follows from it. What was blank and is filled in is not here: it is recorded late, or new.".to_owned(),
        ],
        narrow: asking.narrow(desk, PATH, vec![lists(list)], Vec::new()),
        parts: vec![by_team(&found), by_list(&found), lines(&asking, &found)],
        page: page as u64,
        pages: pages as u64,
        previous: (page > 1).then(|| address(PATH, page - 1)),
        next: (page < pages).then(|| address(PATH, page + 1)),
        exports: take_away(|ending| address(&format!("{PATH}.{ending}"), 1)),
        ..TablesPage::default()
    };
    Ok(asking.framed(desk, PATH, body))
}

/// Every alteration of the selection as a file, scoped as the page is and audited before it is made.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub(in crate::desk) async fn file(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    const ACTION: &str = "export altered";
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let Some(asking) = Asking::of(&desk, query).await? else { return desk.deny(ACTION, "altered").await };
    let found = read(&desk, &asking, list(query.list.as_deref()), (1, usize::MAX)).await?;
    desk.allow(ACTION, "altered", Some(format!("{}, {} lines", asking.detail(), found.lines.len()))).await?;
    let as_at = asking.council.as_at();
    let row = |line: &AlteredLine| {
        vec![
            Cell::Text(line.child.as_deref().unwrap_or(NO_LONGER_YOURS).to_owned()),
            Cell::Text(line.team.as_deref().unwrap_or(NO_TEAM).to_owned()),
            Cell::Text(line.worker.as_deref().unwrap_or(NO_WORKER).to_owned()),
            Cell::Text(line.list.name().to_owned()),
            Cell::Text(what(line).to_owned()),
            Cell::Text(was(line)),
            Cell::Date(line.first_seen),
            Cell::Text(now(line)),
            Cell::Date(line.came),
        ]
    };
    let mut sheet = Sheet {
        name: "Altered",
        head: vec!["Child", "Team", "Worker", "List", "What", "It was", "First seen", "It is now", "Came with"],
        rows: found.lines.iter().map(row).collect(),
        notes: vec![format!(
            "Altered in retrospect, in the extracts from {}: {}",
            asking.looked_at(),
            asking.place(&desk)
        )],
    };
    sheet.notes.extend(list(query.list.as_deref()).map(|list| format!("Filter: {}.", list.name())));
    sheet.notes.extend(notes(&desk, Some(&asking.council), found.lines.len()));
    written(&sheet, &format!("altered-{as_at}"), format)
}

/// What stands in place of a child's id.
const NO_LONGER_YOURS: &str = "No longer in your teams";

async fn read(
    desk: &ViewerDesk,
    asking: &Asking,
    list: Option<List>,
    (page, size): (usize, usize),
) -> Result<AlteredPage, PageError> {
    let ask = AskAltered { from: asking.since(), selection: &asking.selection, list, page, size };
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    reading::altered(db, &desk.state.council, (&asking.council, &asking.newest), scope, &ask).await.map_err(failed)
}

fn list(asked: Option<&str>) -> Option<List> {
    asked.and_then(|number| number.parse().ok()).and_then(List::from_number)
}

fn lists(chosen: Option<List>) -> NarrowSelect {
    let of_children = List::ALL.into_iter().filter(|list| *list != List::Adopters);
    let options = of_children.map(|list| (list.number().to_string(), list.name().to_owned(), chosen == Some(list)));
    NarrowSelect {
        name: "list".to_owned(),
        label: "List".to_owned(),
        options: std::iter::once((String::new(), "All lists".to_owned(), chosen.is_none())).chain(options).collect(),
    }
}

fn by_team(found: &AlteredPage) -> TablePart {
    let counts = found.by_team.iter().map(|(team, count)| (team.as_deref().unwrap_or(NO_TEAM).to_owned(), *count));
    counted("By team", "Team", counts.collect())
}

fn by_list(found: &AlteredPage) -> TablePart {
    counted("By list", "List", found.by_list.iter().map(|(list, count)| (list.name().to_owned(), *count)).collect())
}

fn counted(title: &str, what: &str, counts: Vec<(String, u64)>) -> TablePart {
    TablePart {
        head: [what, "Alterations"].map(str::to_owned).into(),
        rows: counts.into_iter().map(|(name, count)| vec![cell(&name), cell(&words::thousands(count))]).collect(),
        empty: NOTHING.to_owned(),
        ..part(title)
    }
}

const NOTHING: &str = "Nothing was altered. Choose another team, another list or a later extract.";

fn lines(asking: &Asking, found: &AlteredPage) -> TablePart {
    let head = ["Child", "Team", "What", "It was", "First seen", "It is now", "Came with"];
    TablePart {
        head: head.map(str::to_owned).into(),
        rows: found.lines.iter().map(|line| row(asking, line)).collect(),
        empty: NOTHING.to_owned(),
        ..part("What was altered, the newest extract first")
    }
}

fn row(asking: &Asking, line: &AlteredLine) -> Vec<Link> {
    let council = &asking.council;
    let child = line.child.as_deref().map_or_else(
        || cell(NO_LONGER_YOURS),
        |child| linked(child, &council.links().child(&reference(&council.reference_key, Kind::Child, child))),
    );
    vec![
        child,
        cell(line.team.as_deref().unwrap_or(NO_TEAM)),
        cell(&format!("{}: {}", line.list.name(), what(line))),
        cell(&was(line)),
        cell(&words::date(line.first_seen)),
        cell(&now(line)),
        cell(&words::date(line.came)),
    ]
}

fn what(line: &AlteredLine) -> &'static str {
    match line.what {
        What::Value(field) => field.header,
        What::Row => "The whole row",
    }
}

fn was(line: &AlteredLine) -> String {
    match (line.what, &line.was) {
        (What::Row, Some(start)) => format!("began on {}", read_out(start)),
        (What::Row, None) => "without a start".to_owned(),
        (What::Value(_), was) => was.as_deref().map_or_else(|| "blank".to_owned(), read_out),
    }
}

fn now(line: &AlteredLine) -> String {
    match line.what {
        What::Row => "gone".to_owned(),
        What::Value(_) => line.now.as_deref().map_or_else(|| "blank".to_owned(), read_out),
    }
}

/// A date as people write it; a code as it is.
fn read_out(value: &str) -> String {
    value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), words::date)
}
