//! Plain tables and lists.

use crate::data::{Link, Table};
use crate::markup::Markup;
use leptos::prelude::*;

/// A table as wide as it needs to be, in a region of its own that scrolls; the first column heads its line.
pub fn table(table: &Table) -> AnyView {
    let mut head = Markup::with_capacity(table.head.len() * 40);
    for text in &table.head {
        head.raw("<th scope=\"col\">").text(text).raw("</th>");
    }
    let mut rows = Markup::with_capacity(table.rows.len() * table.head.len() * 24);
    for cells in &table.rows {
        rows.raw("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            if at == 0 {
                rows.raw("<th scope=\"row\">").text(cell).raw("</th>");
            } else {
                let column = table.head.get(at).map_or("", String::as_str);
                rows.cell_of(column).text(cell).raw("</td>");
            }
        }
        rows.raw("</tr>");
    }
    let label = table.caption.clone();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table table--cards table--short">
                <caption>{table.caption.clone()}</caption>
                <thead>
                    <tr inner_html=head.into_html()></tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Names with their values, one below the other.
pub fn pairs(pairs: Vec<(String, String)>) -> AnyView {
    let pairs = pairs.into_iter().map(|(name, value)| pair(name, value.into_any())).collect_view();
    view! { <dl class="pairs">{pairs}</dl> }.into_any()
}

/// Short names with short values, side by side where there is room.
pub fn facts(facts: Vec<(String, AnyView)>) -> AnyView {
    let facts = facts.into_iter().map(|(name, value)| pair(name, value)).collect_view();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

fn pair(name: String, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// Links below each other.
pub fn link_list(links: Vec<Link>) -> AnyView {
    let links = links
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href>{link.text}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="links">{links}</ul> }.into_any()
}
