//! Pages rendered to a string, with made-up data.

mod pages;
mod samples;
mod speed;

use leptos::prelude::*;

/// Renders as the server does, within an owner.
fn html(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    owner.with(|| {
        leptos_meta::provide_meta_context();
        view().to_html()
    })
}
