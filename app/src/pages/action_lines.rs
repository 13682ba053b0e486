//! Lines of the action log, as a table, on the log and on other pages.

use crate::components::tag_class;
use crate::data::{ActionLine, ActionsHere};
use crate::markup::Markup;
use leptos::prelude::*;

/// The lines; with `chosen`, each with a box to choose it by.
pub fn lines(lines: &[ActionLine], label: &str, chosen: bool) -> AnyView {
    let mut head = Markup::default();
    if chosen {
        head.raw("<th scope=\"col\"><span class=\"govuk-visually-hidden\">Choose</span></th>");
    }
    for text in ["Action", "What is to be done", "About", "Accountable", "Who does it", "Due", "State"] {
        head.raw("<th scope=\"col\">").raw(text).raw("</th>");
    }
    let mut html = Markup::with_capacity(lines.len() * 700);
    for one in lines {
        line(&mut html, one, chosen);
    }
    let (label, caption) = (label.to_owned(), label.to_owned());
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table table--cards">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead>
                    <tr inner_html=head.into_html()></tr>
                </thead>
                <tbody inner_html=html.into_html()></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(html: &mut Markup, line: &ActionLine, chosen: bool) {
    html.raw("<tr>");
    if chosen {
        html.raw("<td><input type=\"checkbox\" name=\"action\" value=\"")
            .text(&line.key)
            .raw("\" aria-label=\"Choose ");
        html.text(&line.number.text).raw("\"></td>");
    }
    html.raw("<th scope=\"row\" class=\"nowrap\">").link(&line.number.href, &line.number.text).raw("</th>");
    html.raw("<td data-label=\"What is to be done\">").text(&line.what);
    if !line.data.is_empty() {
        html.raw("<small>").text(&line.data).raw("</small>");
    }
    html.raw("</td><td data-label=\"About\">").text(&line.about);
    html.raw("</td><td data-label=\"Accountable\">").text(&line.accountable);
    if line.vacant {
        html.raw("<small>Not Head of Service any more</small>");
    }
    html.raw("</td><td data-label=\"Who does it\">").text(&line.doer);
    html.raw("</td><td data-label=\"Due\"><span class=\"nowrap\">")
        .text(&line.due)
        .raw("</span><small>")
        .text(&line.time)
        .raw("</small>");
    html.raw("</td><td data-label=\"State\"><strong class=\"").raw(tag_class(line.standing)).raw("\">");
    html.text(&line.state).raw("</strong>");
    if !line.step.is_empty() {
        html.raw("<small>").text(&line.step).raw("</small>");
    }
    html.raw("</td></tr>");
}

/// A section of another page: its actions, and the way to record one.
pub fn here(actions: &ActionsHere, none: &'static str) -> AnyView {
    let lines = if actions.lines.is_empty() {
        view! { <p>{none}</p> }.into_any()
    } else {
        lines(&actions.lines, "Actions", false)
    };
    let all = actions.all.clone().map(|link| {
        view! {
            <p>
                <a href=link.href>{link.text}</a>
            </p>
        }
    });
    let add = actions.add.clone().map(|link| {
        view! {
            <p>
                <a class="govuk-button govuk-button--secondary" href=link.href>
                    {link.text}
                </a>
            </p>
        }
    });
    view! {
        <section class="group">
            <h2 class="group__title" id="actions">
                "Actions"
            </h2>
            {lines}
            {all}
            {add}
        </section>
    }
    .into_any()
}

/// Lines of children, each with a box, within the form that begins an action about those chosen. `kept` is sent along.
pub fn about_chosen(kept: &[(String, String)], lines: AnyView, words: &'static str) -> AnyView {
    let kept = kept
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    view! {
        <form method="get" action="/actions/new" aria-label="Add an action">
            {kept}
            {lines}
            <p>
                <button class="govuk-button govuk-button--secondary">{words}</button>
            </p>
        </form>
    }
    .into_any()
}
