//! The app in the browser and around every page: each address and what to ask for.

use crate::address::Address;
use crate::bare::no_answer;
use crate::data::{ListQuery, RegisterQuery};
use crate::error::PageError;
use crate::sheet::{page, put};
use crate::visit::Visit;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::params::ParamsMap;
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
                <Route path=path!("/sign-in") view=sign_in ssr=SsrMode::Async />
                <Route path=path!("/") view=home ssr=SsrMode::Async />
                <Route path=path!("/services/:service") view=service ssr=SsrMode::Async />
                <Route path=path!("/teams/:team") view=team ssr=SsrMode::Async />
                <Route path=path!("/measures/:id") view=measure ssr=SsrMode::Async />
                <Route path=path!("/measures/:id/children") view=children ssr=SsrMode::Async />
                <Route path=path!("/attention") view=attention ssr=SsrMode::Async />
                <Route path=path!("/children/:id") view=child ssr=SsrMode::Async />
                <Route path=path!("/data") view=data ssr=SsrMode::Async />
                <Route path=path!("/data/extracts/:id") view=extract ssr=SsrMode::Async />
                <Route path=path!("/data/loads/:id") view=load ssr=SsrMode::Async />
                <Route path=path!("/admin/standards") view=standards ssr=SsrMode::Async />
                <Route path=path!("/help") view=help ssr=SsrMode::Async />
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

/// The page for an address that no route knows, with status 404.
fn not_found() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    put(no_answer(&PageError::NotFound))
}

fn sign_in() -> AnyView {
    page(|_, query| Address::SignIn { failed: field(query, "failed"), next: field(query, "next") })
}

fn home() -> AnyView {
    page(|_, query| Address::Home(as_at(query)))
}

fn service() -> AnyView {
    page(|path, query| Address::Service(part(path, "service"), as_at(query)))
}

fn team() -> AnyView {
    page(|path, query| Address::Team(part(path, "team"), as_at(query)))
}

fn measure() -> AnyView {
    page(|path, query| Address::Measure {
        id: part(path, "id"),
        service: field(query, "service"),
        team: field(query, "team"),
        as_at: as_at(query),
    })
}

fn children() -> AnyView {
    page(|path, query| {
        let field = |name| field(query, name);
        let query = ListQuery {
            service: field("service"),
            team: field("team"),
            worker: field("worker"),
            show: field("show"),
            sort: field("sort"),
            page: field("page"),
            size: field("size"),
            from: field("from"),
            to: field("to"),
            as_at: field("as_at"),
        };
        Address::Children(part(path, "id"), query)
    })
}

fn attention() -> AnyView {
    page(|_, query| {
        let field = |name| field(query, name);
        Address::Attention(RegisterQuery {
            list: field("list"),
            service: field("service"),
            team: field("team"),
            reason: field("reason"),
            page: field("page"),
            as_at: field("as_at"),
        })
    })
}

fn child() -> AnyView {
    page(|path, query| Address::Child(part(path, "id"), as_at(query)))
}

fn data() -> AnyView {
    page(|_, _| Address::Data)
}

fn extract() -> AnyView {
    page(|path, query| Address::Extract(part(path, "id"), field(query, "page")))
}

fn load() -> AnyView {
    page(|path, _| Address::Load(part(path, "id")))
}

fn standards() -> AnyView {
    page(|_, _| Address::Standards)
}

fn help() -> AnyView {
    page(|_, _| Address::Help)
}

/// As at which date.
fn as_at(query: &ParamsMap) -> Option<String> {
    field(query, "as_at")
}

/// A part of the path; empty where the router has none.
fn part(path: &ParamsMap, name: &str) -> String {
    path.get(name).unwrap_or_default()
}

/// A field of the query; an empty one counts as none.
fn field(query: &ParamsMap, name: &str) -> Option<String> {
    query.get(name).filter(|value| !value.is_empty())
}
