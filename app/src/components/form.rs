//! A form that is sent by POST, from its data.

use crate::data::{Field, FieldKind, Form, Pick};
use crate::markup::Markup;
use leptos::prelude::*;

/// The whole form, with a button.
pub fn form(form: &Form) -> AnyView {
    let about = (!form.about.is_empty()).then(|| view! { <p class="note">{form.about.clone()}</p> });
    view! {
        <form class="stack" method="post" action=form.action.clone() id=form.id.clone()>
            {about}
            {fields(form)}
            <button class="govuk-button">{form.button.clone()}</button>
        </form>
    }
    .into_any()
}

/// What is sent along and what is filled in, for a form that stands round more than this.
pub fn fields(form: &Form) -> AnyView {
    let hidden = form
        .hidden
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    let fields = form.fields.iter().map(|one| field(&form.id, one)).collect_view();
    view! {
        {hidden}
        {fields}
    }
    .into_any()
}

fn field(form: &str, field: &Field) -> AnyView {
    let id = format!("{form}-{}", field.name);
    let hint_id = format!("{id}-hint");
    let has_hint = !field.hint.is_empty();
    let hint = has_hint.then(|| {
        view! {
            <div class="govuk-hint" id=hint_id.clone()>
                {field.hint.clone()}
            </div>
        }
    });
    let described = has_hint.then(|| hint_id.clone());
    let (name, value, required) = (field.name.clone(), field.value.clone(), field.required);
    let input = match field.kind {
        FieldKind::Line => view! {
            <input
                class="govuk-input"
                type="text"
                id=id.clone()
                name=name
                value=value
                required=required
                maxlength="300"
                autocomplete="off"
                aria-describedby=described
            />
        }
        .into_any(),
        FieldKind::Text => view! {
            <textarea
                class="govuk-textarea"
                id=id.clone()
                name=name
                rows="4"
                required=required
                maxlength="4000"
                aria-describedby=described
                inner_html=escaped(&value)
            ></textarea>
        }
        .into_any(),
        FieldKind::Date => view! {
            <input
                class="govuk-input govuk-input--width-10"
                type="date"
                id=id.clone()
                name=name
                value=value
                required=required
                aria-describedby=described
            />
        }
        .into_any(),
        FieldKind::Choice => view! {
            <select class="govuk-select" id=id.clone() name=name required=required aria-describedby=described>
                {options(&field.picks)}
            </select>
        }
        .into_any(),
    };
    view! {
        <div class="govuk-form-group">
            <label class="govuk-label" for=id>
                {field.label.clone()}
            </label>
            {hint}
            {input}
        </div>
    }
    .into_any()
}

/// Leptos takes what stands in a text area for markup already and escapes none of it.
fn escaped(text: &str) -> String {
    let mut html = Markup::with_capacity(text.len());
    html.text(text);
    html.into_html()
}

/// The choices of a drop-down.
pub fn options(picks: &[Pick]) -> AnyView {
    picks
        .iter()
        .map(|pick| {
            view! {
                <option value=pick.value.clone() selected=pick.chosen>
                    {pick.text.clone()}
                </option>
            }
        })
        .collect_view()
        .into_any()
}
