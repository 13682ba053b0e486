//! The app in the browser and around every page: each address and what to ask for.

use crate::address;
#[cfg(not(feature = "ssr"))]
use crate::asking::page;
use crate::bare::no_answer;
use crate::error::PageError;
use crate::sheet::put;
#[cfg(feature = "ssr")]
use crate::stencil::page;
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
            <FlatRoutes fallback=not_found>
                <Route path=path!("/sign-in") view=|| page(address::sign_in) ssr=SsrMode::Async />
                <Route path=path!("/") view=|| page(address::home) ssr=SsrMode::Async />
                <Route path=path!("/services/:service") view=|| page(address::service) ssr=SsrMode::Async />
                <Route path=path!("/teams/:team") view=|| page(address::team) ssr=SsrMode::Async />
                <Route path=path!("/measures/:id") view=|| page(address::measure) ssr=SsrMode::Async />
                <Route path=path!("/measures/:id/children") view=|| page(address::children) ssr=SsrMode::Async />
                <Route path=path!("/measures/:id/answer") view=|| page(address::answer) ssr=SsrMode::Async />
                <Route path=path!("/measures/:id/changes") view=|| page(address::changes) ssr=SsrMode::Async />
                <Route path=path!("/answers") view=|| page(address::answers) ssr=SsrMode::Async />
                <Route path=path!("/data/lag") view=|| page(address::lag) ssr=SsrMode::Async />
                <Route path=path!("/data/altered") view=|| page(address::altered) ssr=SsrMode::Async />
                <Route path=path!("/data/problems") view=|| page(address::problems) ssr=SsrMode::Async />
                <Route path=path!("/attention") view=|| page(address::attention) ssr=SsrMode::Async />
                <Route path=path!("/caseloads") view=|| page(address::caseloads) ssr=SsrMode::Async />
                <Route path=path!("/children/:id") view=|| page(address::child) ssr=SsrMode::Async />
                <Route path=path!("/data") view=|| page(address::data) ssr=SsrMode::Async />
                <Route path=path!("/data/extracts/:id") view=|| page(address::extract) ssr=SsrMode::Async />
                <Route path=path!("/data/loads/:id") view=|| page(address::load) ssr=SsrMode::Async />
                <Route path=path!("/data/mapping") view=|| page(address::mapping) ssr=SsrMode::Async />
                <Route path=path!("/admin/standards") view=|| page(address::standards) ssr=SsrMode::Async />
                <Route path=path!("/admin/targets") view=|| page(address::targets) ssr=SsrMode::Async />
                <Route path=path!("/actions") view=|| page(address::actions) ssr=SsrMode::Async />
                <Route path=path!("/actions/new") view=|| page(address::new_action) ssr=SsrMode::Async />
                <Route path=path!("/actions/:number") view=|| page(address::action) ssr=SsrMode::Async />
                <Route path=path!("/notices") view=|| page(address::notices) ssr=SsrMode::Async />
                <Route path=path!("/admin/recommendations") view=|| page(address::recommendations) ssr=SsrMode::Async />
                <Route path=path!("/surgeries") view=|| page(address::surgeries) ssr=SsrMode::Async />
                <Route path=path!("/surgeries/evidence") view=|| page(address::evidence) ssr=SsrMode::Async />
                <Route path=path!("/surgeries/:id") view=|| page(address::surgery) ssr=SsrMode::Async />
                <Route path=path!("/help") view=|| page(address::help) ssr=SsrMode::Async />
                <Route path=path!("/help/tour") view=|| page(address::tour) ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// Says aloud what has changed on a page that stays.
fn live_region() -> AnyView {
    let visit = Visit::begin();
    view! {
        <div class="govuk-visually-hidden" role="status" aria-live="polite">
            {move || visit.said.get()}
        </div>
    }
    .into_any()
}

/// The page for an address that no route knows.
fn not_found() -> AnyView {
    put(no_answer(&PageError::NotFound))
}
