//! What stands where there is nothing: why, and what to do next.

use leptos::prelude::*;

/// A sentence and what to do.
pub fn empty(text: &str, next: AnyView) -> AnyView {
    view! {
        <div class="empty">
            <p class="empty__text">{text.to_owned()}</p>
            {next}
        </div>
    }
    .into_any()
}
