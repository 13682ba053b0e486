//! `/measures/:id/children`: who?

mod query;
mod rows;
mod shown;

use crate::council::Council;
use crate::desk::here::Here;
use crate::desk::measure::place;
use crate::desk::standing::{self, Tab};
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::{self, Asked, Listed, NO_SERVICE, NO_TEAM, NO_WORKER, Selection};
use crate::state::{AppState, Visit};
use app::data::{Choice, Column, Link, ListPage, ListQuery, Tab as TabLink};
use app::desk::Answer;
use app::error::PageError;
use domain::measures::figure::Line;
use domain::measures::{Counting, Measure, Polarity};
use domain::names::name_key;
use domain::scope::Scope;
pub(super) use query::{Show, View};
use rustc_hash::FxHashSet;
pub(super) use shown::{NO_LONGER_YOURS, Shown};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) async fn page(desk: &ViewerDesk, id: &str, query: &ListQuery) -> Answer<ListPage> {
    let Some((council, measure)) = readable(desk, id).await? else {
        return desk.deny("read list", id).await;
    };
    let view = View::of(query, &council)?;
    let all = read(&desk.state, &desk.visit, &council, measure, &view).await?;
    let shown = Shown::on(desk, &council).await?;
    // The list is on record before any of it is laid out.
    desk.allow("read list", measure.id, Some(view.detail())).await?;
    let page = lay_out(&council, &desk.visit.viewer.scope, measure, &view, (all, &shown));
    let here = Here::with(view.path(measure), view.everything());
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

/// The newest extract and the measure, for a viewer who may read lists.
pub(super) async fn readable(
    desk: &ViewerDesk,
    id: &str,
) -> Result<Option<(Arc<Council>, &'static Measure)>, PageError> {
    if !desk.visit.viewer.scope.reads_children() {
        return Ok(None);
    }
    let council = desk.council().await?;
    Ok(council.zip(domain::measures::measure(id)))
}

/// Every line of the view's selection that the viewer may read.
pub(super) async fn read(
    state: &AppState,
    visit: &Visit,
    council: &Council,
    measure: &'static Measure,
    view: &View,
) -> Result<Listed, PageError> {
    reading::list(&state.db, council, &visit.viewer.scope, measure, &view.asked, &view.selection).await.map_err(failed)
}

/// Keeps the lines of one tab.
pub(super) fn keep(lines: &mut Vec<Line>, measure: &Measure, council: &Council, show: Show) {
    let wanted = match show {
        Show::All => return,
        Show::Act => Tab::Act,
        Show::Soon => Tab::Soon,
        Show::Done => Tab::Done,
    };
    lines.retain(|line| standing::tab(measure, line, council.as_at()) == wanted);
}

fn lay_out(
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    view: &View,
    (all, shown): (Listed, &Shown),
) -> ListPage {
    let figure = figure_of(measure, &all, &view.asked);
    let tabs = tabs(council, measure, view, &all.lines);
    let choices = Choices::of(council, scope, &view.selection, &all.lines);
    let mut lines = all.lines;
    keep(&mut lines, measure, council, view.show);
    query::sort(&mut lines, view.sort);
    let total = lines.len() as u64;
    let pages = total.div_ceil(view.size).max(1);
    let page = view.page.min(pages);
    let rows = lines
        .iter()
        .skip(usize::try_from((page - 1) * view.size).unwrap_or(usize::MAX))
        .take(usize::try_from(view.size).unwrap_or(usize::MAX))
        .map(|line| rows::row(council, measure, view, line, shown))
        .collect();
    ListPage {
        id: measure.id.to_owned(),
        name: measure.name.to_owned(),
        measure_href: council.links().measure(measure.id, &Selection { worker: None, ..view.selection.clone() }),
        place: place(&view.selection, scope.reaches_everything()),
        figure,
        period: words::period(measure, view.asked.period, council.as_at()),
        numerator: measure.numerator_text(&view.asked.standards),
        tabs,
        services: choices.services,
        teams: choices.teams,
        workers: choices.workers,
        kept: view.kept_by_filters(),
        columns: columns(measure, view),
        of_workers: measure.counting != Counting::Units,
        rows,
        total,
        page,
        pages,
        previous: (page > 1).then(|| view.href(measure, |query| query.page = page - 1)),
        next: (page < pages).then(|| view.href(measure, |query| query.page = page + 1)),
        exports: [("csv", "Take away as CSV"), ("xlsx", "Take away as Excel workbook")]
            .into_iter()
            .map(|(ending, text)| Link { text: text.to_owned(), href: view.export_href(measure, ending) })
            .collect(),
    }
}

/// The figure of the whole selection: the count of these very lines.
fn figure_of(measure: &Measure, listed: &Listed, asked: &Asked) -> app::data::FigureText {
    let figure = listed.supplied.then(|| {
        let numerator = match measure.counting {
            Counting::ChildrenPerWorker => listed
                .lines
                .iter()
                .map(|line| match line {
                    Line::Worker { children, .. } => *children,
                    Line::Child(_) => 1,
                })
                .sum(),
            Counting::Units | Counting::WorkersAboveLimit => {
                listed.lines.iter().filter(|line| line.numerator() == Some(true)).count() as u64
            }
        };
        domain::measures::figure::Figure { numerator, denominator: listed.lines.len() as u64 }
    });
    words::figure(measure, &asked.standards, figure)
}

fn tabs(council: &Council, measure: &Measure, view: &View, lines: &[Line]) -> Vec<TabLink> {
    let mut counts = [0_u64; 3];
    for line in lines {
        counts[standing::tab(measure, line, council.as_at()) as usize] += 1;
    }
    let [act, soon, done] = counts;
    let mut tabs = vec![(Show::All, "All", lines.len() as u64)];
    if measure.polarity != Polarity::Neutral && measure.counting != Counting::ChildrenPerWorker {
        tabs.push((Show::Act, "To act on", act));
        if soon > 0 || view.show == Show::Soon {
            tabs.push((Show::Soon, "Due soon", soon));
        }
        tabs.push((Show::Done, "Nothing to do", done));
    }
    tabs.into_iter()
        .map(|(show, text, count)| TabLink {
            text: text.to_owned(),
            count,
            href: view.href(measure, |query| {
                query.show = show;
                query.page = 1;
            }),
            current: view.show == show,
        })
        .collect()
}

fn columns(measure: &Measure, view: &View) -> Vec<Column> {
    let headings: &[(&str, query::By)] = if measure.counting == Counting::Units {
        &[
            ("Child", query::By::Child),
            ("Team", query::By::Team),
            ("Worker", query::By::Worker),
            ("Clock began", query::By::Start),
            ("Due", query::By::Due),
            ("Time so far", query::By::Days),
        ]
    } else {
        &[("Worker", query::By::Worker), ("Children held", query::By::Days)]
    };
    // The state is what the tabs sort by.
    let last = match measure.counting {
        Counting::Units => Some("State"),
        Counting::WorkersAboveLimit => Some("Limit"),
        Counting::ChildrenPerWorker => None,
    };
    let unsorted = last.map(|text| Column { text: text.to_owned(), href: String::new(), sorted: "none".to_owned() });
    headings
        .iter()
        .map(|(text, by)| {
            let current = view.sort.by == *by;
            Column {
                text: (*text).to_owned(),
                href: view.href(measure, |query| {
                    query.sort = query::Sort { by: *by, descending: current && !view.sort.descending };
                    query.page = 1;
                }),
                sorted: match (current, view.sort.descending) {
                    (false, _) => "none",
                    (true, false) => "ascending",
                    (true, true) => "descending",
                }
                .to_owned(),
            }
        })
        .chain(unsorted)
        .collect()
}

/// What the filters offer: only what stands on lines the viewer may read, and teams within the scope.
struct Choices {
    services: Vec<Choice>,
    teams: Vec<Choice>,
    workers: Vec<Choice>,
}

impl Choices {
    fn of(council: &Council, scope: &Scope, selection: &Selection, lines: &[Line]) -> Self {
        let organisation = &council.organisation;
        let in_scope = organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team)));
        let (mut services, mut teams, mut workers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let note = |names: &mut BTreeMap<String, String>, name: &str| {
            names.entry(name_key(name)).or_insert_with(|| name.to_owned());
        };
        for place in in_scope {
            note(&mut services, &place.service);
            if selection.service.as_deref().is_none_or(|service| name_key(service) == name_key(&place.service)) {
                note(&mut teams, &place.team);
            }
        }
        // Hundreds of lines share a few names, each kept in one place: what was met there is not noted again.
        let (mut met_teams, mut met_workers) = (Met::default(), Met::default());
        for line in lines {
            let worker = match line {
                Line::Child(fact) => {
                    if met_teams.is_new(fact.team.as_ref()) {
                        note(&mut teams, fact.team.as_deref().unwrap_or(NO_TEAM));
                        if fact.team.as_deref().and_then(|team| organisation.service(team)).is_none() {
                            note(&mut services, NO_SERVICE);
                        }
                    }
                    fact.worker.as_ref()
                }
                Line::Worker { worker, .. } => Some(worker),
            };
            if met_workers.is_new(worker) {
                note(&mut workers, worker.map_or(NO_WORKER, |worker| worker));
            }
        }
        Self {
            services: choices(services, selection.service.as_deref()),
            teams: choices(teams, selection.team.as_deref()),
            workers: choices(workers, selection.worker.as_deref()),
        }
    }
}

/// Names met, by where they are kept.
#[derive(Default)]
struct Met(FxHashSet<Option<*const u8>>);

impl Met {
    fn is_new(&mut self, name: Option<&Arc<str>>) -> bool {
        self.0.insert(name.map(|name| name.as_ptr()))
    }
}

pub(super) fn choices(names: BTreeMap<String, String>, chosen: Option<&str>) -> Vec<Choice> {
    let chosen = chosen.map(name_key);
    names.into_iter().map(|(key, value)| Choice { chosen: chosen.as_ref() == Some(&key), value }).collect()
}

/// Sorts lines as the view says.
pub(super) fn sort_lines(lines: &mut [Line], view: &View) {
    query::sort(lines, view.sort);
}
