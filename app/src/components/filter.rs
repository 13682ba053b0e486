//! The filter of a list: a plain GET form, which the running app sends without a reload.

use crate::data::Choice;
use crate::markup::{Markup, in_address};
use leptos::prelude::*;

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
            let clear = chosen.then(|| {
                let kept: Vec<_> = kept.iter().map(|(name, value)| format!("{name}={}", in_address(value))).collect();
                let href = format!("{action}?{}", kept.join("&"));
                view! {
                    <a class="filter__clear" href=href data-noscroll="">
                        "Clear"
                    </a>
                }
            });
            let kept = kept
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view();
            view! {
                <form class="filter" method="get" action=action aria-label="Filter">
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
    let id = format!("filter-{}", select.name);
    view! {
        <div class="filter__field">
            <label class="govuk-label" for=id.clone()>
                {select.label}
            </label>
            <select class="govuk-select" id=id name=select.name inner_html=options(select.all, &select.choices)></select>
        </div>
    }
    .into_any()
}

/// The options as one piece of markup: a council has hundreds of workers.
fn options(all: &'static str, choices: &[Choice]) -> String {
    let none = !choices.iter().any(|choice| choice.chosen);
    let mut html = Markup::with_capacity(80 + choices.len() * 72);
    html.raw("<option value=\"\"").raw(if none { " selected>" } else { ">" }).raw(all).raw("</option>");
    for choice in choices {
        html.raw("<option value=\"").text(&choice.value).raw(if choice.chosen { "\" selected>" } else { "\">" });
        html.text(&choice.value).raw("</option>");
    }
    html.into_html()
}
