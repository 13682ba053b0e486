//! Pages that are tables: a few sentences, a form that narrows them down, tables, and files to take away.

use super::headlines;
use crate::components::{Place, Section, exports, framed, pagination, tabs};
use crate::data::{Narrow, NarrowDate, NarrowSelect, Page, TablePart, TablesPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// Every part in order.
pub fn tables(page: Page<TablesPage>) -> Fragment {
    let Page { frame, body } = page;
    let mut crumbs = vec![headlines(&frame)];
    crumbs.extend(body.crumbs);
    let lead = body.lead.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    let tabs = (!body.tabs.is_empty()).then(|| tabs("What is shown", body.tabs));
    let parts = body.parts.iter().enumerate().map(|(at, part)| part_of(at, part)).collect_view();
    let view = view! {
        <div class="lead-in">{lead}</div>
        {tabs}
        {narrow(body.narrow)}
        {parts}
        {pagination(body.page, body.pages, body.previous, body.next)}
        {exports(body.exports)}
    };
    let section = match (body.of_data, body.of_surgeries) {
        (true, _) => Section::Data,
        (_, true) => Section::Surgeries,
        _ => Section::Headlines,
    };
    let place = Place { section, crumbs, title: &body.title, caption: &body.caption };
    framed(&frame, place, view.into_any())
}

fn narrow(form: Narrow) -> AnyView {
    let selects: Vec<_> = form.selects.into_iter().filter(|select| select.options.len() > 1).collect();
    (!selects.is_empty())
        .then(|| {
            let kept = form
                .kept
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view();
            view! {
                <div class="tools">
                    <form class="filter" method="get" action=form.action aria-label="Filter">
                        {kept}
                        {selects.into_iter().map(drop_down).collect_view()}
                        {form.dates.into_iter().map(date).collect_view()}
                        <button class="govuk-button govuk-button--secondary filter__button">"Show"</button>
                    </form>
                </div>
            }
        })
        .into_any()
}

fn drop_down(select: NarrowSelect) -> AnyView {
    let options = select
        .options
        .into_iter()
        .map(|(value, text, chosen)| {
            view! {
                <option value=value selected=chosen>
                    {text}
                </option>
            }
        })
        .collect_view();
    let id = format!("narrow-{}", select.name);
    view! {
        <div class="filter__field">
            <label class="govuk-label" for=id.clone()>
                {select.label}
            </label>
            <select class="govuk-select" id=id name=select.name>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn date(field: NarrowDate) -> AnyView {
    let id = format!("narrow-{}", field.name);
    view! {
        <div class="filter__field">
            <label class="govuk-label" for=id.clone()>
                {field.label}
            </label>
            <input class="govuk-input" type="date" id=id name=field.name value=field.value />
        </div>
    }
    .into_any()
}

fn part_of(at: usize, part: &TablePart) -> AnyView {
    let id = format!("part-{at}");
    let labelled = id.clone();
    let note = (!part.note.is_empty()).then(|| view! { <p class="note">{part.note.clone()}</p> });
    let contents = if part.rows.is_empty() {
        view! { <p class="note">{part.empty.clone()}</p> }.into_any()
    } else {
        let label = part.title.clone();
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="table table--cards table--short">
                    <caption class="govuk-visually-hidden">{part.title.clone()}</caption>
                    <thead inner_html=head(part)></thead>
                    <tbody inner_html=rows(part)></tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="group" aria-labelledby=labelled>
            <h2 class="group__title" id=id>
                {part.title.clone()}
            </h2>
            {note}
            {contents}
        </section>
    }
    .into_any()
}

fn head(part: &TablePart) -> String {
    let mut html = Markup::with_capacity(part.head.len() * 40);
    html.raw("<tr>");
    for text in &part.head {
        html.raw("<th scope=\"col\">").text(text).raw("</th>");
    }
    html.raw("</tr>");
    html.into_html()
}

fn rows(part: &TablePart) -> String {
    let mut html = Markup::with_capacity(part.rows.len() * part.head.len() * 60);
    for row in &part.rows {
        html.raw("<tr>");
        for (at, cell) in row.iter().enumerate() {
            if at == 0 {
                html.raw("<th scope=\"row\">");
            } else {
                let column = part.head.get(at).map_or("", String::as_str);
                html.cell_of(column);
            }
            html.link(&cell.href, &cell.text);
            html.raw(if at == 0 { "</th>" } else { "</td>" });
        }
        html.raw("</tr>");
    }
    html.into_html()
}
