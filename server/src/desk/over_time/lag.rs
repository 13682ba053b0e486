//! `/data/lag`: how late visits and other events are recorded, by team and by worker; and the same of one child.

use super::{Asking, cell, linked, part};
use crate::council::Council;
use crate::db::{Db, DbError};
use crate::desk::export::{Export, ExportFormat, notes, take_away, written};
use crate::desk::links::{of_selection, with_query};
use crate::desk::{ViewerDesk, failed, words};
use crate::export::{Cell, Sheet};
use crate::reading::{self, AskLag, Lags, NO_TEAM, NO_WORKER};
use crate::state::{AppState, Visit};
use crate::store::versions;
use app::data::{NarrowSelect, Table, TablePart, TablesPage, TablesQuery};
use app::desk::Answer;
use app::error::PageError;
use domain::change::{Row, Version};
use domain::lag::{Appeared, Lag, appeared};
use domain::measures::Period;
use domain::record::List;
use std::sync::Arc;

const ACTION: &str = "read lag";
const PATH: &str = "/data/lag";
/// Events of a child that are told: the last.
const OF_CHILD: usize = 12;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &TablesQuery) -> Answer<TablesPage> {
    let Some(asking) = Asking::of(desk, query).await? else { return desk.deny(ACTION, "lag").await };
    let council = &asking.council;
    let visits_alone = of_visits_alone(query);
    let Some(lags) = read(desk, &asking, visits_alone).await? else { return desk.deny(ACTION, "lag").await };
    desk.allow(ACTION, "lag", Some(asking.detail())).await?;
    let address = |ending: &str| {
        let mut query = of_selection(&asking.selection);
        query.extend((!visits_alone).then(|| ("show", "all".to_owned())));
        query.extend(council.links().date());
        with_query(&format!("{PATH}.{ending}"), &query)
    };
    let body = TablesPage {
        title: "How late things are recorded".to_owned(),
        caption: asking.place(desk),
        crumbs: vec![linked("Data", "/data")],
        of_data: true,
        lead: lead(council, &lags),
        narrow: asking.narrow(desk, PATH, vec![events(visits_alone)], Vec::new()),
        parts: vec![
            of_groups("By team", "Team", NO_TEAM, &lags.by_team),
            of_groups("By worker", "Worker", NO_WORKER, &lags.by_worker),
        ],
        page: 1,
        pages: 1,
        exports: take_away(address),
        ..TablesPage::default()
    };
    Ok(asking.framed(desk, PATH, body))
}

fn of_visits_alone(query: &TablesQuery) -> bool {
    query.show.as_deref() != Some("all")
}

async fn read(desk: &ViewerDesk, asking: &Asking, visits_alone: bool) -> Result<Option<Lags>, PageError> {
    let ask = AskLag { from: asking.since(), selection: &asking.selection, visits_alone, list: None };
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    reading::lag(db, &desk.state.council, &asking.council, scope, &ask).await.map_err(failed)
}

/// How late things are recorded, by team and by worker, as a file, scoped as the page is and audited before it is made.
///
/// # Errors
/// As the page: not found for unknown and forbidden alike.
pub async fn file(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    const ACTION: &str = "export lag";
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let Some(asking) = Asking::of(&desk, query).await? else { return desk.deny(ACTION, "lag").await };
    let visits_alone = of_visits_alone(query);
    let Some(lags) = read(&desk, &asking, visits_alone).await? else { return desk.deny(ACTION, "lag").await };
    let number = |number: u64| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
    let row = |by: &str, none: &str, lag: &Lag| {
        vec![
            Cell::Text(by.to_owned()),
            Cell::Text(lag.name.as_deref().unwrap_or(none).to_owned()),
            number(lag.events),
            Cell::Number(lag.median_at_most),
            number(lag.certainly_late),
        ]
    };
    let mut rows: Vec<_> = lags.by_team.iter().map(|lag| row("Team", NO_TEAM, lag)).collect();
    rows.extend(lags.by_worker.iter().map(|lag| row("Worker", NO_WORKER, lag)));
    let lines = rows.len();
    desk.allow(ACTION, "lag", Some(format!("{}, {lines} lines", asking.detail()))).await?;
    let of = if visits_alone { "visits, and seeing the child" } else { "every dated event" };
    let mut sheet = Sheet {
        name: "Lag",
        head: vec!["By", "Name", "Events", "Half recorded within days, at most", "Certainly late"],
        rows,
        notes: vec![format!("How late things are recorded: {of}, {}", asking.place(&desk))],
    };
    sheet.notes.extend(lead(&asking.council, &lags));
    sheet.notes.extend(notes(&desk, Some(&asking.council), lines));
    written(&sheet, &format!("lag-{}", asking.council.as_at()), format)
}

fn events(visits_alone: bool) -> NarrowSelect {
    NarrowSelect {
        name: "show".to_owned(),
        label: "Events".to_owned(),
        options: vec![
            (String::new(), "Visits, and seeing the child".to_owned(), visits_alone),
            ("all".to_owned(), "Every dated event".to_owned(), !visits_alone),
        ],
    }
}

fn lead(council: &Council, lags: &Lags) -> Vec<String> {
    let standard = council.standards.recording_working_days;
    let mut lead = vec![format!(
        "The standard in force: on record within {} of the event.",
        words::count(standard.into(), "working day", "working days")
    )];
    match (&lags.whole, lags.since) {
        (Some(whole), Some(since)) => lead.push(format!(
            "{} appeared in the extracts from {}. Half were recorded up to {} after they took place, or sooner; {} of them ({}) certainly late.",
            words::count(whole.events, "event", "events"),
            words::between(Period { from: since, to: council.as_at() }),
            days(whole.median_at_most),
            words::thousands(whole.certainly_late),
            late_share(whole)
        )),
        (None, Some(since)) => lead.push(format!("No such event appeared in the extracts since {}.", words::date(since))),
        (_, None) => lead.push(
            "One extract alone tells nothing of when its events were recorded. With the next one loaded, this page does."
                .to_owned(),
        ),
    }
    lead.push("Nobody knows the day on which something was recorded: it was after the last extract without it and by the first with it. \"Up to\" is the later of the two. \"Certainly late\" is what cannot have been recorded in time, whichever day it was. A visit that another overtook before the next extract was never seen.".to_owned());
    if lags.is_first_left_out {
        lead.push("The first extract that holds a list or a column says nothing of when its events were recorded. They are left out.".to_owned());
    }
    lead
}

fn days(days: i64) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn late_share(lag: &Lag) -> String {
    // Counts of events are far below what a number of this kind holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "counts of events")]
    words::share(lag.certainly_late as f64 / lag.events.max(1) as f64)
}

fn of_groups(title: &str, who: &str, none: &str, lags: &[Lag]) -> TablePart {
    let row = |lag: &Lag| {
        vec![
            cell(lag.name.as_deref().unwrap_or(none)),
            cell(&words::thousands(lag.events)),
            cell(&format!("up to {}", days(lag.median_at_most))),
            cell(&format!(
                "{} of {} ({})",
                words::thousands(lag.certainly_late),
                words::thousands(lag.events),
                late_share(lag)
            )),
        ]
    };
    TablePart {
        head: [who, "Events", "Half recorded within", "Certainly late"].map(str::to_owned).into(),
        rows: lags.iter().map(row).collect(),
        empty: "No such event appeared. Choose another team or other events.".to_owned(),
        ..part(title)
    }
}

/// When the last visits to a child were recorded, as far as the extracts tell; `None` where they tell nothing. The caller
/// has settled that the viewer may open the child.
pub(in crate::desk) async fn of_child(db: &Db, council: &Council, child: &Arc<str>) -> Result<Option<Table>, DbError> {
    let mut found: Vec<Appeared> = Vec::new();
    for list in [List::ChildrenInNeed, List::ProtectionPlans, List::ChildrenInCare] {
        let versions = versions::of_children(db, std::slice::from_ref(child), list).await?;
        let versions = versions.get(child).map_or(&[][..], Vec::as_slice);
        for pair in council.extracts.windows(2) {
            let [before, after] = pair else { continue };
            // The first extract that holds a column says nothing of when its days were recorded.
            let columns = before.supplied.lists.get(&list.number());
            let appeared =
                appeared(&rows(versions, before.as_at), &rows(versions, after.as_at), (before.as_at, after.as_at));
            found.extend(appeared.into_iter().filter(|event| {
                let is_new = !versions.iter().any(|version| {
                    version.from < after.as_at && version.row.date(event.field) == Some(event.bounds.event)
                });
                event.field.is_visit
                    && is_new
                    && columns.is_some_and(|columns| columns.contains_key(event.field.header))
            }));
        }
    }
    found.sort_by_key(|event| std::cmp::Reverse(event.bounds.event));
    found.truncate(OF_CHILD);
    let row = |event: &Appeared| {
        let bounds = &event.bounds;
        let is_late = bounds.is_certainly_late(&council.standards, &council.calendar);
        vec![
            words::date(bounds.event),
            event.field.header.to_owned(),
            format!("after {}, by {}", words::date(bounds.absent), words::date(bounds.seen)),
            format!("up to {}", days(bounds.at_most())),
            if is_late { "Certainly late" } else { "Cannot be told to be late" }.to_owned(),
        ]
    };
    Ok((!found.is_empty()).then(|| Table {
        caption: "The last visits, newest first".to_owned(),
        head: ["Day", "What", "Recorded", "Later by", "Against the standard"].map(str::to_owned).into(),
        rows: found.iter().map(row).collect(),
    }))
}

/// The rows of a list in the extract as at a date.
fn rows(versions: &[Version], on: chrono::NaiveDate) -> Vec<Row> {
    let mut there: Vec<&Version> =
        versions.iter().filter(|version| version.from <= on && version.to.is_none_or(|to| to > on)).collect();
    there.sort_by_key(|version| version.place);
    there.into_iter().map(|version| version.row.clone()).collect()
}
