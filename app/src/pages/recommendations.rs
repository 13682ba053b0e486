//! `/admin/recommendations`: what was recommended, and what is done about it?

use super::headlines;
use crate::components::{Place, Section, empty, form, framed};
use crate::data::{Page, RecommendationRow, RecommendationsPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The list with its progress, and the form for who may load one.
pub fn recommendations(page: Page<RecommendationsPage>) -> Fragment {
    let Page { frame, body } = page;
    let list = if body.rows.is_empty() {
        let next = view! { <p>"The analyst or the administrator loads the improvement plan here, one recommendation a line."</p> };
        empty("No recommendation has been loaded yet.", next.into_any())
    } else {
        rows(&body.rows, body.counts)
    };
    let load = body.form.as_ref().map(|one| {
        view! {
            <section class="group">
                <h2 class="group__title">{one.title.clone()}</h2>
                {form(one)}
            </section>
        }
    });
    let view = view! {
        <p class="lead">
            "What the improvement plan and inspections recommended. An action can say which recommendation it answers, and the progress stands beside it."
        </p>
        {list}
        {load}
    };
    let place = Place {
        section: Section::Standards,
        crumbs: vec![headlines(&frame)],
        title: "Recommendations",
        caption: "Improvement plan and inspections",
    };
    framed(&frame, place, view.into_any())
}

fn rows(rows: &[RecommendationRow], counts: bool) -> AnyView {
    let mut html = Markup::with_capacity(rows.len() * 400);
    for row in rows {
        html.raw("<tr><th scope=\"row\">").link(&row.reference.href, &row.reference.text);
        html.raw("<small>").text(&row.source).raw("</small></th><td data-label=\"What it asks for\">");
        html.text(&row.title).raw("</td><td data-label=\"State\">").text(&row.state).raw("</td>");
        if counts {
            let numbers = [("Actions open", row.open), ("Of these late", row.late), ("Actions closed", row.closed)];
            for (label, number) in numbers {
                html.raw("<td class=\"number\" data-label=\"").raw(label).raw("\">").number(number).raw("</td>");
            }
        }
        html.raw("</tr>");
    }
    let heads = counts.then(|| {
        ["Actions open", "Of these late", "Actions closed"]
            .map(|text| view! { <th scope="col" class="number">{text}</th> })
            .collect_view()
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Recommendations">
            <table class="table">
                <caption class="govuk-visually-hidden">"Recommendations and the actions that answer them"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Recommendation"</th>
                        <th scope="col">"What it asks for"</th>
                        <th scope="col">"State"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody inner_html=html.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}
