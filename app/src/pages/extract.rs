//! `/data/extracts/:id`: what this load did, list by list, and what was wrong, kind by kind.

use super::to_data;
use crate::components::{Place, Section, form, framed};
use crate::data::{ExtractPage, Form, ListReport, Page, ProblemGroup};
use crate::fragment::Fragment;
use crate::markup::{Markup, counted};
use leptos::prelude::*;

/// List by list, then the problems by kind.
pub fn extract(page: Page<ExtractPage>) -> Fragment {
    let Page { frame, body } = page;
    let total = counted(body.problems_total, "problem", "problems");
    let news = format!("{total}.");
    let problems = if body.problems.is_empty() {
        view! { <p class="note">"No problem was found in this extract."</p> }.into_any()
    } else {
        view! {
            {by_kind(&body.problems, "Problems by kind")}
            <p>
                <a href=body.rows.href>{body.rows.text}</a>
            </p>
        }
        .into_any()
    };
    let cut = body.cut.map(|cut| view! { <p class="warning">{cut}</p> });
    let view = view! {
        <p>{body.loaded}</p>
        {body.changes.into_iter().map(|change| view! { <p>{change}</p> }).collect_view()}
        <section class="group">
            <h2 class="group__title">"List by list"</h2>
            {lists(&body.lists)}
            <p class="note">"Rows in = loaded + rejected + duplicate, for every list."</p>
        </section>
        <section class="group">
            <h2 class="group__title" id="problems">
                {total}
            </h2>
            {cut}
            {problems}
        </section>
        {put_right(&body.forms)}
    };
    let place = Place {
        section: Section::Data,
        crumbs: vec![to_data()],
        title: &format!("Extract as at {}", body.as_at),
        caption: "What the load did",
    };
    framed(&frame, place, view.into_any()).with_news(news)
}

/// Moving and removing the extract, each folded until it is wanted.
fn put_right(forms: &[Form]) -> Option<AnyView> {
    let one = |one: &Form| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{one.title.clone()}</span>
                </summary>
                <div class="govuk-details__text">{form(one)}</div>
            </details>
        }
    };
    (!forms.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"Is this the wrong file or the wrong date?"</h2>
                {forms.iter().map(one).collect_view()}
            </section>
        }
        .into_any()
    })
}

fn lists(lists: &[ListReport]) -> AnyView {
    let mut rows = Markup::with_capacity(lists.len() * 320);
    let mut sums = [0u64; 5];
    for list in lists {
        rows.raw("<tr><td>").text(&list.list).raw("</td><th scope=\"row\">").text(&list.name);
        rows.raw("</th><td>").text(&list.sheet).raw("</td>");
        counts(&mut rows, list.counts);
        rows.raw("</tr>");
        for (sum, count) in sums.iter_mut().zip(list.counts) {
            *sum = sum.saturating_add(count);
        }
    }
    let mut foot = Markup::with_capacity(300);
    foot.raw("<tr><td></td><th scope=\"row\">All lists</th><td></td>");
    counts(&mut foot, sums);
    foot.raw("</tr>");
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Rows of each list">
            <table class="table">
                <caption class="govuk-visually-hidden">"Rows of each list"</caption>
                <thead>
                    <tr>
                        <th scope="col">"List"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Sheet or file"</th>
                        <th scope="col" class="number">
                            "Rows in"
                        </th>
                        <th scope="col" class="number">
                            "= Loaded"
                        </th>
                        <th scope="col" class="number">
                            "+ Rejected"
                        </th>
                        <th scope="col" class="number">
                            "+ Duplicate"
                        </th>
                        <th scope="col" class="number">
                            "Warnings"
                        </th>
                    </tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
                <tfoot inner_html=foot.into_html()></tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn counts(html: &mut Markup, counts: [u64; 5]) {
    for count in counts {
        html.raw("<td class=\"number\">").number(count).raw("</td>");
    }
}

/// Problems of one kind a line.
pub(super) fn by_kind(problems: &[ProblemGroup], caption: &'static str) -> AnyView {
    let mut rows = Markup::with_capacity(problems.len() * 320);
    for row in problems {
        rows.raw("<tr><th scope=\"row\">").link(&row.text.href, &row.text.text).raw("</th>");
        rows.cell_of("List").text(&row.list).raw("</td>");
        rows.raw("<td class=\"number\" data-label=\"How many\">").number(row.count).raw("</td>");
        rows.cell_of("What to do").text(&row.message).raw("</td></tr>");
    }
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=caption>
            <table class="table table--cards table--short">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"What is wrong"</th>
                        <th scope="col">"List"</th>
                        <th scope="col" class="number">
                            "How many"
                        </th>
                        <th scope="col">"What to do"</th>
                    </tr>
                </thead>
                <tbody inner_html=rows.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}
