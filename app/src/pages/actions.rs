//! `/actions`: what was decided, who answers for it, and is it done?

use super::action_lines::lines;
use super::headlines;
use crate::components::{Place, Section, empty, fields, framed, options, table, tabs};
use crate::data::{ActionSection, Form, Link, LogFilter, LogPage, Page, Table};
use crate::fragment::Fragment;
use leptos::prelude::*;

/// The tabs, the filter, the lines, then how the log goes.
pub fn actions(page: Page<LogPage>) -> Fragment {
    let Page { frame, body: page } = page;
    let add = page.add.clone().map(|link| {
        view! {
            <p>
                <a class="govuk-button" href=link.href>
                    {link.text}
                </a>
            </p>
        }
    });
    let contents = if page.sections.iter().all(|section| section.lines.is_empty()) {
        let next = view! { <p>"Choose another tab, or clear the filter. An action is recorded in a surgery, from a child’s line, or here."</p> };
        empty("No action fits what you have chosen.", next.into_any())
    } else {
        match &page.hand_over {
            Some(form) => handing_over(form, &page.sections),
            None => page.sections.iter().map(|one| section(one, false)).collect_view().into_any(),
        }
    };
    let views = page
        .views
        .iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href.clone()>{link.text.clone()}</a>
                </li>
            }
        })
        .collect_view();
    let news = page.total.clone();
    let view = view! {
        {add}
        {tabs("Which actions", page.tabs)}
        <p class="lead">{page.about}</p>
        {filter(&page.filters, &page.kept)}
        <ul class="inline">{views}</ul>
        <p class="listed__lines">
            <strong>{page.total}</strong>
        </p>
        {contents}
        {steps(page.first, page.next)}
        {exports(page.exports)}
        {totals(&page.totals)}
    };
    let place =
        Place { section: Section::Actions, crumbs: vec![headlines(&frame)], title: &page.title, caption: "Action log" };
    framed(&frame, place, view.into_any()).with_news(news)
}

fn totals(totals: &[crate::data::LogTotals]) -> AnyView {
    (!totals.is_empty())
        .then(|| {
            let tables = totals
                .iter()
                .map(|one| {
                    table(&Table { caption: one.caption.clone(), head: one.head.clone(), rows: one.rows.clone() })
                })
                .collect_view();
            view! {
                <section class="group" id="totals">
                    <h2 class="group__title">"How the log goes"</h2>
                    {tables}
                </section>
            }
        })
        .into_any()
}

fn section(section: &ActionSection, chosen: bool) -> AnyView {
    if section.lines.is_empty() {
        return ().into_any();
    }
    let title = (!section.title.is_empty()).then(|| view! { <h2 class="group__title">{section.title.clone()}</h2> });
    let label = if section.title.is_empty() { "Actions" } else { &section.title };
    view! {
        <section class="group">
            {title}
            {lines(&section.lines, label, chosen)}
        </section>
    }
    .into_any()
}

/// The lines with boxes, and below them to whom they go.
fn handing_over(form: &Form, sections: &[ActionSection]) -> AnyView {
    let sections = sections.iter().map(|one| section(one, true)).collect_view();
    view! {
        <form class="stack" method="post" action=form.action.clone() id=form.id.clone()>
            {sections}
            <section class="group">
                <h2 class="group__title">{form.title.clone()}</h2>
                <p class="note">{form.about.clone()}</p>
                {fields(form)}
                <button class="govuk-button">{form.button.clone()}</button>
            </section>
        </form>
    }
    .into_any()
}

fn filter(filters: &[LogFilter], kept: &[(String, String)]) -> AnyView {
    if filters.is_empty() {
        return ().into_any();
    }
    let kept = kept
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    let selects = filters
        .iter()
        .map(|filter| {
            let id = format!("filter-{}", filter.name);
            let none = !filter.picks.iter().any(|pick| pick.chosen);
            view! {
                <div class="filter__field">
                    <label class="govuk-label" for=id.clone()>
                        {filter.label.clone()}
                    </label>
                    <select class="govuk-select" id=id name=filter.name.clone()>
                        <option value="" selected=none>
                            {filter.all.clone()}
                        </option>
                        {options(&filter.picks)}
                    </select>
                </div>
            }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action="/actions" aria-label="Filter">
            {kept}
            {selects}
            <button class="govuk-button govuk-button--secondary filter__button">"Filter"</button>
        </form>
    }
    .into_any()
}

fn steps(first: Option<String>, next: Option<String>) -> AnyView {
    if first.is_none() && next.is_none() {
        return ().into_any();
    }
    let step = |href: Option<String>, text: &'static str| {
        href.map(|href| {
            view! {
                <a class="pages__link" href=href>
                    {text}
                </a>
            }
        })
    };
    view! {
        <nav class="pages" aria-label="Pages">
            {step(first, "Back to the first page")}
            {step(next, "Next page")}
        </nav>
    }
    .into_any()
}

fn exports(exports: Vec<Link>) -> AnyView {
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
            <h2 class="exports__title">"Take it with you"</h2>
            <ul class="inline">{links}</ul>
            <p class="note">"An export holds the same lines and is recorded like a look at the log."</p>
        </section>
    }
    .into_any()
}
