//! `/measures/:id/children`: who?

use super::action_lines::about_chosen;
use super::answer::{about_many, filter_by_answer};
use super::headlines;
use super::list_rows::{body, head};
use crate::components::{Place, Section, Select, empty, exports, figure, filter, framed, pagination, privacy, tabs};
use crate::data::{Link, ListPage, Page};
use crate::fragment::Fragment;
use crate::markup::{counted, in_address};
use leptos::prelude::*;

/// The figure, and exactly its lines.
pub fn list(page: Page<ListPage>) -> Fragment {
    let Page { frame, body: page } = page;
    let lines = counted(page.total, "line", "lines");
    let news = format!("{lines}. Page {} of {}.", page.page, page.pages.max(1));
    let caption = [page.place.as_str(), page.period.as_str()].into_iter().filter(|part| !part.is_empty());
    let caption = caption.collect::<Vec<_>>().join(" · ");
    let crumbs = vec![headlines(&frame), Link { text: page.name.clone(), href: page.measure_href.clone() }];
    let action = format!("/measures/{}/children", in_address(&page.id));
    let title = if page.of_workers { format!("{}: workers", page.name) } else { format!("{}: children", page.name) };
    let selects = vec![
        Select { name: "service", label: "Service", all: "All services", choices: page.services },
        Select { name: "team", label: "Team", all: "All teams", choices: page.teams },
        Select { name: "worker", label: "Worker", all: "All workers", choices: page.workers },
    ];
    let (by_answer, many) = page
        .answers
        .map(|answers| (filter_by_answer(answers.tabs, answers.overview), answers.form.as_ref().map(about_many)))
        .unzip();
    let contents = if page.rows.is_empty() {
        let next = view! { <p>"Choose another tab, or clear the filter. The figure above counts the same lines as the list."</p> };
        empty("No line fits what you have chosen.", next.into_any()).into_any()
    } else {
        let caption = if page.of_workers { "The workers behind the figure" } else { "The children behind the figure" };
        let choosing = page.add.is_some();
        let rows = body(&page.rows, &page.columns, choosing);
        let table = view! {
            <div class="scroll" tabindex="0" role="region" aria-label=caption>
                <table class="table list">
                    <caption class="govuk-visually-hidden">{caption}</caption>
                    <thead inner_html=head(&page.columns, choosing)></thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
        };
        match page.add {
            Some(kept) => about_chosen(&kept, table.into_any(), "Add one action about the chosen lines"),
            None => table.into_any(),
        }
    };
    let privacy = (!page.of_workers).then(privacy);
    let view = view! {
        <div class="listed">
            {figure(page.figure)}
            <p class="listed__lines">
                <strong>{lines}</strong>
                {(!page.numerator.is_empty()).then(|| format!("Counted: {}", page.numerator))}
            </p>
        </div>
        {tabs("Which lines", page.tabs)}
        {by_answer}
        <div class="tools">
            {filter(action, selects, page.kept)}
            {privacy}
        </div>
        {contents}
        {many}
        {pagination(page.page, page.pages, page.previous, page.next)}
        {exports(page.exports)}
    };
    let place = Place { section: Section::Headlines, crumbs, title: &title, caption: &caption };
    framed(&frame, place, view.into_any()).with_news(news)
}
