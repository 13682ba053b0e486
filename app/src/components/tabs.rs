//! Views of the same page, side by side, each with its count.

use crate::data::Tab;
use crate::markup::thousands;
use leptos::prelude::*;

/// The tabs; `label` says what they choose.
pub fn tabs(label: &'static str, tabs: Vec<Tab>) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=tab.current.then_some("page") data-noscroll="">
                        {tab.text}" "
                        <span class="tabs__count">{thousands(tab.count)}{tab.open_ended.then_some("+")}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}
