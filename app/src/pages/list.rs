//! `/measures/:id/children`: who?

use super::list_rows::{body, head};
use super::{headlines, in_path};
use crate::api::load_children;
use crate::components::{Section, Select, answer, empty, figure, filter, framed, heading, pagination};
use crate::data::{Link, ListPage, ListQuery, Page, Tab};
use crate::markup::{counted, in_address, thousands};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page.
pub fn list() -> impl IntoView {
    let id = in_path("id");
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let field = |name: &str| query.get(name).filter(|value| !value.is_empty());
        ListQuery {
            service: field("service"),
            team: field("team"),
            worker: field("worker"),
            show: field("show"),
            sort: field("sort"),
            page: field("page"),
            size: field("size"),
            from: field("from"),
            to: field("to"),
        }
    });
    let page = Resource::new(move || (id.get(), asked.get()), |(id, query)| load_children(id, query));
    answer(page, show)
}

/// The figure, and exactly its lines.
pub fn show(page: Page<ListPage>) -> AnyView {
    let Page { frame, body: page } = page;
    let lines = counted(page.total, "line", "lines");
    let news = format!("{lines}. Page {} of {}.", page.page, page.pages.max(1));
    let caption = [page.place.as_str(), page.period.as_str()].into_iter().filter(|part| !part.is_empty());
    let caption = caption.collect::<Vec<_>>().join(" · ");
    let crumbs = vec![headlines(), Link { text: page.name.clone(), href: page.measure_href.clone() }];
    let action = format!("/measures/{}/children", in_address(&page.id));
    let title = if page.of_workers { format!("{}: workers", page.name) } else { format!("{}: children", page.name) };
    let selects = vec![
        Select { name: "service", label: "Service", all: "All services", choices: page.services },
        Select { name: "team", label: "Team", all: "All teams", choices: page.teams },
        Select { name: "worker", label: "Worker", all: "All workers", choices: page.workers },
    ];
    let contents = if page.rows.is_empty() {
        let next = view! { <p>"Choose another tab, or clear the filter. The figure above counts the same lines as the list."</p> };
        empty("No line fits what you have chosen.", next.into_any()).into_any()
    } else {
        let caption = if page.of_workers { "The workers behind the figure" } else { "The children behind the figure" };
        let rows = body(&page.rows, &page.columns);
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=caption>
                <table class="table list">
                    <caption class="govuk-visually-hidden">{caption}</caption>
                    <thead>
                        <tr>{head(page.columns)}</tr>
                    </thead>
                    <tbody inner_html=rows></tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let privacy = (!page.of_workers).then(privacy);
    let view = view! {
        {heading(&title, &caption, news)}
        <div class="listed">
            {figure(page.figure)}
            <p class="listed__lines">
                <strong>{lines}</strong>
                {(!page.numerator.is_empty()).then(|| format!("Counted: {}", page.numerator))}
            </p>
        </div>
        {tabs(page.tabs)}
        <div class="tools">
            {filter(action, selects, page.kept)}
            {privacy}
        </div>
        {contents}
        {pagination(page.page, page.pages, page.previous, page.next)}
        {exports(page.exports)}
    };
    framed(&frame, Section::Headlines, crumbs, view.into_any())
}

/// Hides who the lines are about, for projecting. It is the style sheet's work alone, so it needs no script.
fn privacy() -> AnyView {
    view! {
        <p class="privacy">
            <input type="checkbox" id="privacy" autocomplete="off" />
            <label for="privacy">"Privacy screen: hide the children’s ids"</label>
        </p>
    }
    .into_any()
}

fn tabs(tabs: Vec<Tab>) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=tab.current.then_some("page") data-noscroll="">
                        {tab.text}" "
                        <span class="tabs__count">{thousands(tab.count)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label="Which lines">
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}

fn exports(exports: Vec<Link>) -> AnyView {
    (!exports.is_empty())
        .then(|| {
            let links = exports
                .into_iter()
                .map(|link| {
                    view! {
                        <li>
                            <a href=link.href download="" rel="external">
                                {link.text}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="exports">
                    <h2 class="exports__title">"Take the whole list with you"</h2>
                    <ul class="inline">{links}</ul>
                    <p class="note">"An export holds the same lines and is recorded like a look at the list."</p>
                </section>
            }
        })
        .into_any()
}
