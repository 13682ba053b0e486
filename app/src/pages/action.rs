//! `/actions/:number`: what, why, who answers for it, by when, and is it done?

use super::to_actions;
use crate::components::{Place, Section, fields, form, framed, link_list, pairs, privacy, tag, tag_class};
use crate::data::{ActionChild, ActionPage, Conflict, EvidenceRow, Form, HistoryRow, Link, Page};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// How it stands, what the data says, what may be done now, then everything that happened.
pub fn action(page: Page<ActionPage>) -> Fragment {
    let Page { frame, body } = page;
    let moves = (!body.moves.is_empty()).then(|| {
        let moves = body.moves.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        view! {
            <section class="group">
                <h2 class="group__title">"Moves of the due date"</h2>
                <ul class="bullets">{moves}</ul>
            </section>
        }
    });
    let finding = (!body.finding.is_empty()).then(|| {
        view! {
            <h3>"What the data showed then"</h3>
            {pairs(body.finding.clone())}
        }
    });
    let effect = (!body.effect.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"What became of the measure"</h2>
                {pairs(body.effect.clone())}
            </section>
        }
    });
    let report = body.report.as_ref().map(|report| {
        view! {
            <section class="group">
                <h2 class="group__title">"Report of what changed"</h2>
                <p class="written">{report.text.clone()}</p>
                <p class="note">{format!("{}, {}", report.who, report.when)}</p>
            </section>
        }
    });
    let step = (!body.step.is_empty()).then(|| view! { <p class="warning">{body.step.clone()}</p> });
    let forms = body.forms.iter().map(folded).collect_view();
    let may = (!body.forms.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group__title">"What you can do now"</h2>
                {forms}
            </section>
        }
    });
    let view = view! {
        {body.conflict.as_ref().map(conflict)}
        {body.refused.as_deref().map(|why| refusal("Nothing was changed", why))}
        <p>{tag(body.state.clone(), body.standing)} " " {body.time.clone()}</p>
        {step}
        <p class="lead written">{body.what.clone()}</p>
        {pairs(body.facts.clone())}
        {leads_to(&body.links)}
        {report}
        <section class="group">
            <h2 class="group__title">"Why"</h2>
            <p class="written">{body.why.clone()}</p>
            {finding}
        </section>
        {children(&body.children, &body.hidden)}
        {effect}
        {may}
        {evidence(&body.evidence, body.upload.as_ref())}
        {moves}
        {history(&body.history)}
    };
    let place = Place { section: Section::Actions, crumbs: vec![to_actions()], title: &body.number, caption: "Action" };
    framed(&frame, place, view.into_any())
}

/// Why something was not done; said at once to those who hear the page.
pub fn refusal(title: &'static str, why: &str) -> AnyView {
    view! {
        <div class="govuk-error-summary" role="alert" tabindex="-1">
            <h2 class="govuk-error-summary__title">{title}</h2>
            <div class="govuk-error-summary__body">{why.to_owned()}</div>
        </div>
    }
    .into_any()
}

fn conflict(conflict: &Conflict) -> AnyView {
    let theirs = conflict.theirs.iter().map(happened).collect_view();
    view! {
        <div class="govuk-error-summary" role="alert" tabindex="-1">
            <h2 class="govuk-error-summary__title">
                "Somebody else has changed this action since you opened it"
            </h2>
            <div class="govuk-error-summary__body">
                <p>
                    "Nothing of yours was saved yet, and nothing is lost: what you wrote stands below and in the form. Compare both, then send the form again."
                </p>
                <h3>"What was done meanwhile"</h3>
                <ul class="bullets">{theirs}</ul>
                <h3>"What you wrote"</h3>
                {pairs(conflict.yours.clone())}
            </div>
        </div>
    }
    .into_any()
}

fn happened(row: &HistoryRow) -> AnyView {
    view! {
        <li>
            {format!("{}, {}: {}", row.who, row.when, row.what)}
            <span class="written">{if row.text.is_empty() { String::new() } else { format!(" “{}”", row.text) }}</span>
        </li>
    }
    .into_any()
}

fn folded(one: &Form) -> AnyView {
    view! {
        <details class="govuk-details" open=one.open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{one.title.clone()}</span>
            </summary>
            <div class="govuk-details__text">{form(one)}</div>
        </details>
    }
    .into_any()
}

fn children(children: &[ActionChild], hidden: &str) -> AnyView {
    if children.is_empty() && hidden.is_empty() {
        return ().into_any();
    }
    let mut html = Markup::with_capacity(children.len() * 240);
    for row in children {
        html.raw("<tr><th scope=\"row\" class=\"who\">").link(&row.child.href, &row.child.text);
        html.raw("</th><td data-label=\"Team then\">").text(&row.team).raw("</td><td data-label=\"The data\">");
        html.raw("<strong class=\"").raw(tag_class(row.standing)).raw("\">").text(&row.data).raw("</strong></td></tr>");
    }
    let table = (!children.is_empty()).then(|| {
        view! {
            {privacy()}
            <div class="scroll" tabindex="0" role="region" aria-label="What the data says of each child">
                <table class="table list">
                    <caption class="govuk-visually-hidden">"What the data says of each child"</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="who">
                                "Child"
                            </th>
                            <th scope="col">"Team then"</th>
                            <th scope="col">"What the data says"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        }
    });
    let hidden = (!hidden.is_empty()).then(|| view! { <p class="note">{hidden.to_owned()}</p> });
    view! {
        <section class="group">
            <h2 class="group__title">"Children"</h2>
            {table}
            {hidden}
        </section>
    }
    .into_any()
}

/// The pages of what it is about.
fn leads_to(links: &[Link]) -> Option<AnyView> {
    (!links.is_empty()).then(|| {
        view! {
            <dl class="pairs">
                <div>
                    <dt>"See the figures of"</dt>
                    <dd>{link_list(links.to_vec())}</dd>
                </div>
            </dl>
        }
        .into_any()
    })
}

/// The way to a file; its name alone where the viewer may not open it.
fn file(file: &Link) -> AnyView {
    if file.href.is_empty() {
        return view! { {file.text.clone()} " (about a child not yours to see)" }.into_any();
    }
    view! { <a href=file.href.clone() download="" rel="external">{file.text.clone()}</a> }.into_any()
}

fn evidence(rows: &[EvidenceRow], upload: Option<&Form>) -> AnyView {
    if rows.is_empty() && upload.is_none() {
        return ().into_any();
    }
    let files = rows
        .iter()
        .map(|row| {
            view! {
                <li>
                    {file(&row.file)}
                    <small>{format!(" {}", row.added)}</small>
                </li>
            }
        })
        .collect_view();
    let files = if rows.is_empty() {
        view! { <p>"No file was added yet."</p> }.into_any()
    } else {
        view! { <ul class="bullets">{files}</ul> }.into_any()
    };
    let upload = upload.map(|form| {
        let (id, hint) = (format!("{}-file", form.id), format!("{}-file-hint", form.id));
        view! {
            <form class="stack" method="post" action=form.action.clone() enctype="multipart/form-data">
                {fields(form)}
                <div class="govuk-form-group">
                    <label class="govuk-label" for=id.clone()>
                        {form.title.clone()}
                    </label>
                    <div class="govuk-hint" id=hint.clone()>
                        {form.about.clone()}
                    </div>
                    <input
                        class="govuk-file-upload"
                        type="file"
                        id=id
                        name="file"
                        required=true
                        accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.txt,.csv"
                        aria-describedby=hint
                    />
                </div>
                <button class="govuk-button govuk-button--secondary">{form.button.clone()}</button>
            </form>
        }
    });
    view! {
        <section class="group">
            <h2 class="group__title">"Evidence"</h2>
            {files}
            {upload}
        </section>
    }
    .into_any()
}

fn history(rows: &[HistoryRow]) -> AnyView {
    let mut html = Markup::with_capacity(rows.len() * 300);
    for row in rows {
        html.raw("<tr><td class=\"nowrap\" data-label=\"When\">").text(&row.when);
        html.raw("</td><td data-label=\"Who\">").text(&row.who).raw("</td><th scope=\"row\">").text(&row.what);
        html.raw("</th><td class=\"written\" data-label=\"In words\">").text(&row.text);
        for link in &row.links {
            // Only text: it leads out of the product, and nobody here has seen where to.
            html.raw("<small>").text(link).raw("</small>");
        }
        html.raw("</td></tr>");
    }
    view! {
        <section class="group">
            <h2 class="group__title">"What happened, newest first"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="What happened">
                <table class="table table--cards">
                    <caption class="govuk-visually-hidden">"Everything that happened to this action"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"In words"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=html.into_html()></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
