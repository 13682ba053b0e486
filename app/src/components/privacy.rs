//! The privacy screen.

use leptos::prelude::*;

/// Hides who the lines of the page's lists are about, for projecting. It is the style sheet's work alone, so it needs
/// no script. One a page.
pub fn privacy() -> AnyView {
    view! {
        <p class="privacy">
            <input type="checkbox" id="privacy" autocomplete="off" />
            <label for="privacy">"Privacy screen: hide the children’s ids"</label>
        </p>
    }
    .into_any()
}
