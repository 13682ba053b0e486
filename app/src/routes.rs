//! The app: every address and its page.

use crate::pages;
use crate::visit::Visit;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

/// The app, from the skip link down.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let leaving = RwSignal::new(false);
    view! {
        <Title formatter=|text| format!("{text} - Performance Surgery") />
        // The browser's own jump: it moves the focus, the router's would only scroll.
        <a class="govuk-skip-link" href="#main" rel="external">
            "Skip to main content"
        </a>
        <div class="busy" class:busy--on=move || leaving.get() aria-hidden="true"></div>
        <Router set_is_routing=leaving>
            {live_region()}
            <FlatRoutes fallback=pages::not_found>
                <Route path=path!("/sign-in") view=pages::sign_in ssr=SsrMode::Async />
                <Route path=path!("/") view=pages::home ssr=SsrMode::Async />
                <Route path=path!("/services/:service") view=pages::service ssr=SsrMode::Async />
                <Route path=path!("/teams/:team") view=pages::team ssr=SsrMode::Async />
                <Route path=path!("/measures/:id") view=pages::measure ssr=SsrMode::Async />
                <Route path=path!("/measures/:id/children") view=pages::list ssr=SsrMode::Async />
                <Route path=path!("/children/:id") view=pages::child ssr=SsrMode::Async />
                <Route path=path!("/data") view=pages::data ssr=SsrMode::Async />
                <Route path=path!("/data/extracts/:id") view=pages::extract ssr=SsrMode::Async />
                <Route path=path!("/data/loads/:id") view=pages::load ssr=SsrMode::Async />
                <Route path=path!("/help") view=pages::help ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// Says aloud what has changed on a page that stays.
fn live_region() -> impl IntoView {
    let visit = Visit::begin();
    view! {
        <div class="govuk-visually-hidden" role="status" aria-live="polite">
            {move || visit.said.get()}
        </div>
    }
}
