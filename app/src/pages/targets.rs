//! `/admin/targets`: what each measure should reach, where, since when and why.

use super::to_standards;
use crate::components::{Place, Section, exports, framed};
use crate::data::{Page, TargetChangeRow, TargetForm, TargetRow, TargetsPage};
use crate::fragment::Fragment;
use crate::markup::Markup;
use leptos::prelude::*;

/// The targets in force, the form for those who may set one, and every change.
pub fn targets(page: Page<TargetsPage>) -> Fragment {
    let Page { frame, body } = page;
    let form = body.form.map(form);
    let view = view! {
        <p class="lead">
            "What each measure should reach. A team’s own target counts before its service’s, and that before the whole council’s. A target applies from a date: figures as at earlier dates keep the target of their time."
        </p>
        <section class="group">
            <h2 class="group__title">"In force now"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Targets in force">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Measure"</th>
                            <th scope="col">"For"</th>
                            <th scope="col">"Target"</th>
                            <th scope="col">"Close within"</th>
                            <th scope="col">"Since"</th>
                        </tr>
                    </thead>
                    <tbody inner_html=in_force(&body.targets)></tbody>
                </table>
            </div>
        </section>
        {form}
        <section class="group">
            <h2 class="group__title">"What was set"</h2>
            {changes(&body.changes)}
        </section>
        {exports(body.exports)}
    };
    let place = Place {
        section: Section::Standards,
        crumbs: vec![to_standards()],
        title: "Targets",
        caption: "What the figures should reach",
    };
    framed(&frame, place, view.into_any())
}

fn in_force(targets: &[TargetRow]) -> String {
    let mut html = Markup::with_capacity(targets.len() * 300);
    for row in targets {
        html.raw("<tr><th scope=\"row\">").link(&row.measure.href, &row.measure.text);
        html.raw("</th><td data-label=\"For\">").text(&row.place);
        if let Some(warning) = &row.warning {
            html.raw(" <strong class=\"tag tag--near\">").text(warning).raw("</strong>");
        }
        html.raw("</td><td data-label=\"Target\"><strong>").text(&row.target).raw("</strong></td>");
        for (label, text) in [("Close within", &row.tolerance), ("Since", &row.origin)] {
            html.raw("<td data-label=\"").raw(label).raw("\">").text(text).raw("</td>");
        }
        html.raw("</tr>");
    }
    html.into_html()
}

fn form(form: TargetForm) -> AnyView {
    let measures = form.measures.into_iter().map(|(id, name)| {
        let text = format!("{id} {name}");
        view! { <option value=id>{text}</option> }
    });
    let places = |kind: &'static str, names: Vec<String>| {
        let option = move |name: String| {
            let value = format!("{kind}:{name}");
            view! { <option value=value>{name}</option> }
        };
        names.into_iter().map(option).collect_view()
    };
    view! {
        <section class="group">
            <h2 class="group__title">"Set a target"</h2>
            <form class="stack" method="post" action="/admin/targets">
                <div class="govuk-form-group">
                    <label class="govuk-label" for="measure">
                        "Measure"
                    </label>
                    <select class="govuk-select" id="measure" name="measure" required>
                        {measures.collect_view()}
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="area">
                        "For"
                    </label>
                    <select class="govuk-select" id="area" name="area" required>
                        <option value="all">"Whole council"</option>
                        <optgroup label="Services">{places("service", form.services)}</optgroup>
                        <optgroup label="Teams">{places("team", form.teams)}</optgroup>
                    </select>
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="target">
                        "Target"
                    </label>
                    <div class="govuk-hint" id="target-hint">
                        "95% or 0.95; of children per worker a number such as 16. Leave it empty to take the target back: the next wider one counts again."
                    </div>
                    <input class="govuk-input govuk-input--width-10" id="target" name="target" autocomplete="off" aria-describedby="target-hint" />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="tolerance">
                        "Close within"
                    </label>
                    <div class="govuk-hint" id="tolerance-hint">
                        "A figure that misses the target by no more than this is close to it, as 2.5%. May be empty."
                    </div>
                    <input
                        class="govuk-input govuk-input--width-10"
                        id="tolerance"
                        name="tolerance"
                        autocomplete="off"
                        aria-describedby="tolerance-hint"
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="applies-from">
                        "Applies from"
                    </label>
                    <div class="govuk-hint" id="applies-from-hint">
                        "Figures as at this date and later stand beside it, those already loaded too."
                    </div>
                    <input
                        class="govuk-input govuk-input--width-10"
                        type="date"
                        id="applies-from"
                        name="applies_from"
                        value=form.from
                        aria-describedby="applies-from-hint"
                        required
                    />
                </div>
                <div class="govuk-form-group">
                    <label class="govuk-label" for="reason">
                        "Reason"
                    </label>
                    <div class="govuk-hint" id="reason-hint">
                        "Stands beside the target for good. Name no child."
                    </div>
                    <input class="govuk-input" id="reason" name="reason" maxlength="300" autocomplete="off" aria-describedby="reason-hint" required />
                </div>
                <button class="govuk-button">"Set the target"</button>
            </form>
        </section>
    }
    .into_any()
}

fn changes(changes: &[TargetChangeRow]) -> AnyView {
    if changes.is_empty() {
        return view! { <p>"None was set yet: every target is the measure’s own."</p> }.into_any();
    }
    let mut html = Markup::with_capacity(changes.len() * 300);
    for change in changes {
        html.raw("<tr><th scope=\"row\">").text(&change.measure).raw("</th>");
        for (label, text) in [
            ("For", &change.place),
            ("Target", &change.target),
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
        <div class="scroll" tabindex="0" role="region" aria-label="Changes of targets">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Measure"</th>
                        <th scope="col">"For"</th>
                        <th scope="col">"Target"</th>
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
