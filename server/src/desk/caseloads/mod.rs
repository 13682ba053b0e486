//! `/caseloads`: who holds how many children, beside the workforce file.

mod export;
mod rows;
mod totals;

pub use export::file;

use crate::council::Council;
use crate::desk::choices::Choices;
use crate::desk::export::take_away;
use crate::desk::here::Here;
use crate::desk::links::{CASELOADS, of_selection, with_query};
use crate::desk::measure::{self, place};
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::{self, NO_TEAM, Selection};
use app::data::{CaseloadQuery, CaseloadsPage};
use app::desk::Answer;
use app::error::PageError;
use domain::caseload::Caseloads;
use domain::scope::Scope;

/// What stands in the audit.
const ACTION: &str = "read caseloads";
/// Workers a page.
const WORKERS: usize = 100;
/// What stands where a file was not supplied.
const NOT_SUPPLIED: &str = "Not supplied";

pub(super) async fn page(desk: &ViewerDesk, query: &CaseloadQuery) -> Answer<CaseloadsPage> {
    let scope = &desk.visit.viewer.scope;
    if !scope.reads_children() {
        return desk.deny(ACTION, "caseloads").await;
    }
    let Some(council) = desk.council().await? else {
        return Ok(desk.framed(None, CaseloadsPage { page: 1, pages: 1, ..CaseloadsPage::default() }));
    };
    let Some(selection) = selection(&council, scope, query) else {
        return desk.deny(ACTION, "caseloads").await;
    };
    let found = read(desk, &council, &selection).await?;
    let number = query.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1);
    // On record before any of it is laid out.
    desk.allow(ACTION, "caseloads", Some(detail(&council, &selection))).await?;
    let page = lay_out(&council, scope, &selection, found.as_ref(), number);
    let here = Here::of(CASELOADS.to_owned(), &selection);
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

/// What is asked for, of what the viewer may read; `None` for an unknown or forbidden service or team.
fn selection(council: &Council, scope: &Scope, query: &CaseloadQuery) -> Option<Selection> {
    let named =
        |name: &Option<String>| name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let (service, team) = (named(&query.service), named(&query.team));
    // A team may stand in the workforce file alone.
    let of_workforce = |team: &str| {
        let lines = council.workforce.iter().flat_map(|(_, workforce)| workforce.lines());
        let mut teams = lines.filter_map(|line| line.team.as_deref());
        let found = teams.find(|other| domain::names::name_key(other) == domain::names::name_key(team))?;
        scope.allows_children_of(Some(found)).then(|| found.to_owned())
    };
    measure::selection(council, scope, service.as_deref(), team.as_deref()).or_else(|| {
        let service = measure::selection(council, scope, service.as_deref(), None)?;
        Some(Selection { team: Some(of_workforce(team.as_deref()?)?), ..service })
    })
}

async fn read(desk: &ViewerDesk, council: &Council, selection: &Selection) -> Result<Option<Caseloads>, PageError> {
    let asked = ViewerDesk::asked(council);
    reading::caseloads(&desk.state.db, council, &desk.visit.viewer.scope, &asked, selection).await.map_err(failed)
}

/// What the audit keeps of it: no worker and no child.
fn detail(council: &Council, selection: &Selection) -> String {
    let selected = of_selection(selection).into_iter().map(|(name, value)| format!("{name} {value}"));
    let date = council.links().date().map(|(_, date)| format!("as at {date}"));
    let parts: Vec<String> = selected.chain(date).collect();
    if parts.is_empty() { "all in scope".to_owned() } else { parts.join(", ") }
}

fn lay_out(
    council: &Council,
    scope: &Scope,
    selection: &Selection,
    found: Option<&Caseloads>,
    number: usize,
) -> CaseloadsPage {
    let links = council.links();
    let choices = choices(council, scope, selection, found);
    let workers = found.map(|found| found.workers.as_slice()).unwrap_or_default();
    let pages = workers.len().div_ceil(WORKERS).max(1);
    let number = number.clamp(1, pages);
    let page_at = |number: usize| links.caseloads(selection, &[("page", number.to_string())]);
    let supplied = council.workforce.is_some() && found.is_some();
    CaseloadsPage {
        place: place(selection, scope.reaches_everything()),
        workforce: workforce_in_words(council, found.is_some()),
        supplied,
        limit: format!(
            "More than {} children is above the limit, whatever the hours. A child counts once, with its current worker.",
            council.standards.caseload_limit
        ),
        services: choices.services(),
        teams: choices.teams(),
        kept: links.date().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        totals: totals::of(council, selection, found),
        by_team: found
            .map(|found| found.teams.iter().map(|line| rows::team(links, selection, line)).collect())
            .unwrap_or_default(),
        workers: workers
            .iter()
            .skip((number - 1) * WORKERS)
            .take(WORKERS)
            .map(|line| rows::worker(council, selection, line))
            .collect(),
        total: workers.len() as u64,
        page: number as u64,
        pages: pages as u64,
        previous: (number > 1).then(|| page_at(number - 1)),
        next: (number < pages).then(|| page_at(number + 1)),
        exports: take_away(|ending| {
            let query: Vec<_> = of_selection(selection).into_iter().chain(links.date()).collect();
            with_query(&format!("{CASELOADS}.{ending}"), &query)
        }),
    }
}

/// Services and teams in scope, and those of the lines.
fn choices<'a>(
    council: &'a Council,
    scope: &Scope,
    selection: &'a Selection,
    found: Option<&Caseloads>,
) -> Choices<'a> {
    let mut choices = Choices::in_scope(council, scope, selection);
    found.iter().flat_map(|found| &found.teams).for_each(|line| choices.note_team(line.team.as_ref()));
    choices
}

fn workforce_in_words(council: &Council, counted: bool) -> String {
    if !counted {
        return "The extract does not say who holds a child, so caseloads are not supplied.".to_owned();
    }
    match &council.workforce {
        Some((as_at, _)) => format!("The workforce is that of workforce.csv as at {}.", words::date(*as_at)),
        None => "No workforce.csv was loaded up to this date: hours, agency, newly qualified workers and managers’ \
                 teams read “not supplied”."
            .to_owned(),
    }
}

/// A team's name, or what stands for none.
fn team_name(team: Option<&str>) -> &str {
    team.unwrap_or(NO_TEAM)
}
