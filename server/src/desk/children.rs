//! `/measures/:id/children`: who?

mod query;
mod rows;

use crate::council::Council;
use crate::desk::answers::list::OnList;
use crate::desk::choices::Choices;
use crate::desk::export::take_away;
use crate::desk::here::Here;
use crate::desk::links::of_selection;
use crate::desk::measure::place;
use crate::desk::shown::Shown;
use crate::desk::standing::{self, Tab};
use crate::desk::{ViewerDesk, actions, failed, words};
use crate::reading::{self, Asked, Listed, Selection};
use crate::state::{AppState, Visit};
use app::data::{Column, ListPage, ListQuery, ListRow, Tab as TabLink};
use app::desk::Answer;
use app::error::PageError;
use domain::measures::figure::Line;
use domain::measures::{Counting, Measure, Polarity};
use domain::scope::Scope;
pub(super) use query::{Show, View, cohort_name};
use std::sync::Arc;

pub(super) async fn page(desk: &ViewerDesk, id: &str, query: &ListQuery) -> Answer<ListPage> {
    let Some((council, measure)) = readable(desk, id).await? else {
        return desk.deny("read list", id).await;
    };
    let view = View::of(query, &council)?;
    let all = read(&desk.state, &desk.visit, &council, measure, &view).await?;
    let asked = (&view.asked, &view.selection);
    let answers = OnList::of(desk, &council, measure, asked, &all.lines).await?;
    let shown = Shown::on(desk, &council).await?;
    // The list is on record before any of it is laid out.
    desk.allow("read list", measure.id, Some(view.detail())).await?;
    let mut page = lay_out(&council, &desk.visit.viewer.scope, measure, &view, (all, &shown, answers.as_ref()));
    if actions::may_record(desk) && measure.counting == Counting::Units {
        page.add = Some(kept_by_action(measure, &view, &council));
    } else {
        page.rows.iter_mut().for_each(|row| row.reference = None);
    }
    let here = Here::with(view.path(measure), view.everything());
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

/// What begins an action about lines of this list: the figure's measure, group and date.
fn kept_by_action(measure: &Measure, view: &View, council: &Council) -> Vec<(String, String)> {
    let group = Selection { worker: None, ..view.selection.clone() };
    let along =
        [("measure", measure.id.to_owned())].into_iter().chain(of_selection(&group)).chain(council.links().date());
    along.map(|(name, value)| (name.to_owned(), value)).collect()
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

/// Keeps the late lines of the cohort that the view asks for; a measure without answers has none to ask for.
pub(super) fn keep_answered(lines: &mut Vec<Line>, answers: Option<&OnList>, view: &View) {
    if let (Some(answers), Some(cohort)) = (answers, view.answer) {
        answers.keep(lines, cohort);
    }
}

fn lay_out(
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    view: &View,
    (all, shown, answers): (Listed, &Shown, Option<&OnList>),
) -> ListPage {
    let figure = figure_of(measure, &all, &view.asked);
    let tabs = tabs(council, measure, view, &all.lines);
    let choices = choices(council, scope, &view.selection, &all.lines);
    let mut lines = all.lines;
    keep(&mut lines, measure, council, view.show);
    keep_answered(&mut lines, answers, view);
    query::sort(&mut lines, view.sort);
    let total = lines.len() as u64;
    let pages = total.div_ceil(view.size).max(1);
    let page = view.page.min(pages);
    let rows = lines
        .iter()
        .skip(usize::try_from((page - 1) * view.size).unwrap_or(usize::MAX))
        .take(usize::try_from(view.size).unwrap_or(usize::MAX))
        .map(|line| ListRow {
            answer: answers.and_then(|answers| answers.row(council, measure, view, line)),
            ..rows::row(council, measure, view, line, shown)
        })
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
        services: choices.services(),
        teams: choices.teams(),
        workers: choices.workers(),
        kept: view.kept_by_filters(),
        columns: columns(measure, view, answers.is_some()),
        answers: answers.map(|answers| answers.panel(council, measure, view)),
        of_workers: measure.counting != Counting::Units,
        rows,
        total,
        page,
        pages,
        previous: (page > 1).then(|| view.href(measure, |query| query.page = page - 1)),
        next: (page < pages).then(|| view.href(measure, |query| query.page = page + 1)),
        exports: take_away(|ending| view.export_href(measure, ending)),
        add: None,
    }
}

/// The figure of the whole selection: the count of these very lines.
pub(super) fn figure_of(measure: &Measure, listed: &Listed, asked: &Asked) -> app::data::FigureText {
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
    words::figure(measure, &asked.standards, asked.period, figure)
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
            open_ended: false,
        })
        .collect()
}

fn columns(measure: &Measure, view: &View, has_answers: bool) -> Vec<Column> {
    let headings: Vec<(&str, query::By)> = if measure.counting == Counting::Units {
        let event = measure.event().map(|event| (event.name, query::By::Event));
        [("Child", query::By::Child)]
            .into_iter()
            .chain(event)
            .chain([
                ("Team", query::By::Team),
                ("Worker", query::By::Worker),
                ("Clock began", query::By::Start),
                ("Due", query::By::Due),
                ("Time so far", query::By::Days),
            ])
            .collect()
    } else {
        vec![("Worker", query::By::Worker), ("Children held", query::By::Days)]
    };
    // The state is what the tabs sort by.
    let last = match measure.counting {
        Counting::Units => Some("State"),
        Counting::WorkersAboveLimit => Some("Limit"),
        Counting::ChildrenPerWorker => None,
    };
    let answer = has_answers.then_some("Answer");
    let unsorted = last.into_iter().chain(answer).map(|text| Column {
        text: text.to_owned(),
        href: String::new(),
        sorted: "none".to_owned(),
    });
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
fn choices<'a>(council: &'a Council, scope: &Scope, selection: &'a Selection, lines: &[Line]) -> Choices<'a> {
    let mut choices = Choices::in_scope(council, scope, selection);
    for line in lines {
        match line {
            Line::Child(fact) => {
                choices.note_team(fact.team.as_ref());
                choices.note_worker(fact.worker.as_ref());
            }
            Line::Worker { worker, .. } => choices.note_worker(Some(worker)),
        }
    }
    choices
}

/// Sorts lines as the view says.
pub(super) fn sort_lines(lines: &mut [Line], view: &View) {
    query::sort(lines, view.sort);
}
