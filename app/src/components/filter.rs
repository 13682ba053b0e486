//! The filter of a list: a plain GET form, sent without a reload once the app runs.

use crate::data::Choice;
use crate::visit;
use leptos::form::form_data_from_event;
use leptos::prelude::*;
use leptos::web_sys::{SubmitEvent, UrlSearchParams};

/// A drop-down: its field's name, its label, what stands for "no choice", and the choices.
pub struct Select {
    /// The field's name in the address.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The words of "all of them".
    pub all: &'static str,
    /// What may be chosen.
    pub choices: Vec<Choice>,
}

/// The form; `kept` is what else stands in the address. Drop-downs with fewer than two choices are left out.
pub fn filter(action: String, selects: Vec<Select>, kept: Vec<(String, String)>) -> AnyView {
    let selects: Vec<_> = selects.into_iter().filter(|select| select.choices.len() > 1).collect();
    (!selects.is_empty())
        .then(|| {
            let chosen = selects.iter().any(|select| select.choices.iter().any(|choice| choice.chosen));
            let way = visit::way();
            let to = action.clone();
            let submit = move |event: SubmitEvent| {
                if let (Some(way), Some(query)) = (&way, query_of(&event)) {
                    event.prevent_default();
                    way(&format!("{to}?{query}"));
                }
            };
            let clear = chosen.then(|| {
                let href = format!("{action}?{}", kept_query(&kept));
                view! {
                    <a class="filter__clear" href=href>
                        "Clear"
                    </a>
                }
            });
            let kept = kept
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view();
            view! {
                <form class="filter" method="get" action=action aria-label="Filter" on:submit=submit>
                    {kept}
                    {selects.into_iter().map(drop_down).collect_view()}
                    <button class="govuk-button govuk-button--secondary filter__button">"Filter"</button>
                    {clear}
                </form>
            }
        })
        .into_any()
}

fn drop_down(select: Select) -> AnyView {
    let none = !select.choices.iter().any(|choice| choice.chosen);
    let options = select
        .choices
        .into_iter()
        .map(|choice| {
            let text = choice.value.clone();
            view! {
                <option value=choice.value selected=choice.chosen prop:selected=choice.chosen>
                    {text}
                </option>
            }
        })
        .collect_view();
    let id = format!("filter-{}", select.name);
    view! {
        <div class="filter__field">
            <label class="govuk-label" for=id.clone()>
                {select.label}
            </label>
            <select class="govuk-select" id=id name=select.name>
                <option value="" selected=none prop:selected=none>
                    {select.all}
                </option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The form's fields as they stand in an address, without the empty ones.
fn query_of(event: &SubmitEvent) -> Option<String> {
    let fields = form_data_from_event(event).ok()?;
    let query = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let query = query.to_string().as_string()?;
    Some(query.split('&').filter(|field| !field.ends_with('=')).collect::<Vec<_>>().join("&"))
}

fn kept_query(kept: &[(String, String)]) -> String {
    use crate::markup::in_address;
    kept.iter().map(|(name, value)| format!("{name}={}", in_address(value))).collect::<Vec<_>>().join("&")
}
