//! `/admin/standards`: by which standard each figure is counted, since when and why.

use crate::components::{Place, Section, exports, framed};
use crate::data::{ChangeRow, Page, StandardRow, StandardsPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The standards in force, the form for those who may set one, and every change.
pub fn standards(page: Page<StandardsPage>) -> Fragment {
    let Page { frame, body } = page;
    let form = body.may_set.then(|| form(&body.standards, body.from.clone()));
    let view = view! {
        <p class="lead">
            "Every interval, threshold and placeholder behind the figures. A standard applies from a date: figures as at earlier dates keep the standard of their time."
        </p>
        <p>
            <a href="/admin/targets">"What the figures should reach: targets"</a>
        </p>
        <section class="group">
            <h2 class="group__title">"In force now"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Standards in force">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Standard"</th>
                            <th scope="col">"Value"</th>
                            <th scope="col">"Used by"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=in_force(&body.standards)></tbody>
                </table>
            </div>
        </section>
        {form}
        <section class="group">
            <h2 class="group__title">"What was changed"</h2>
            {changes(&body.changes)}
        </section>
        {exports(body.exports)}
    };
    let place = Place {
        section: Section::Standards,
        crumbs: Vec::new(),
        title: "Standards",
        caption: "How the figures are counted",
    };
    framed(&frame, place, view.into_any())
}

fn in_force(standards: &[StandardRow]) -> String {
    let mut html = Markup::with_capacity(standards.len() * 300);
    for standard in standards {
        html.raw("<tr><th scope=\"row\">").text(&standard.words).raw("</th><td data-label=\"Value\"><strong>");
        html.text(&standard.value).raw("</strong>");
        if let Some(default) = &standard.default {
            html.raw(" <span class=\"quiet\">(default ").text(default).raw(")</span>");
        }
        html.raw("</td><td data-label=\"Used by\">").text(&standard.measures).raw("</td></tr>");
    }
    html.into_html()
}

fn form(standards: &[StandardRow], from: String) -> AnyView {
    let options = standards
        .iter()
        .map(|standard| view! { <option value=standard.name.clone()>{format!("{} (now {})", standard.words, standard.value)}</option> })
        .collect_view();
    view! {
        <section class="group">
            <h2 class="group__title">"Set a standard"</h2>
            <form class="stack" method="post" action="/admin/standards">
                <div class="govuk-form-group">
                    <label class="govuk-label" for="standard">
                        "Standard"
                    </label>
                    <select class="govuk-select" id="standard" name="name" required>
                        {options}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="value">
                        "New value"
                    </label>
                    <input class="govuk-input govuk-input--width-20" id="value" name="value" autocomplete="off" required />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="applies-from">
                        "Applies from"
                    </label>
                    <div class="govuk-hint" id="applies-from-hint">
                        "Extracts as at this date and later are counted by it, those already loaded too."
                    </div>
                    <input
                        class="govuk-input govuk-input--width-10"
                        type="date"
                        id="applies-from"
                        name="applies_from"
                        value=from
                        aria-describedby="applies-from-hint"
                        required
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="reason">
                        "Reason"
                    </label>
                    <div class="govuk-hint" id="reason-hint">
                        "Stands beside the change for good. Name no child."
                    </div>
                    <input class="govuk-input" id="reason" name="reason" maxlength="300" autocomplete="off" aria-describedby="reason-hint" required />
                </div>
                <button class="govuk-button">"Set the standard"</button>
            </form>
        </section>
    }
    .into_any()
}

fn changes(changes: &[ChangeRow]) -> AnyView {
    if changes.is_empty() {
        return view! { <p>"Nothing was changed yet: every standard is the default."</p> }.into_any();
    }
    let mut html = Markup::with_capacity(changes.len() * 300);
    for change in changes {
        html.raw("<tr><th scope=\"row\">").text(&change.words).raw("</th>");
        for (label, text) in [
            ("Value", &change.value),
            ("Applies from", &change.applies_from),
            ("Reason", &change.reason),
            ("Set", &change.set),
        ] {
            html.raw("<td data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("</tr>");
    }
    let rows = html.into_html();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Changes of standards">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Standard"</th>
                        <th scope="col">"Value"</th>
                        <th scope="col">"Applies from"</th>
                        <th scope="col">"Reason"</th>
                        <th scope="col">"Set"</th>
                    </tr>
                </thead>
                <tbody inner_html=rows></tbody>
            </table>
        </div>
    }
    .into_any()
}
