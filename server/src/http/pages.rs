//! The app: its pages, its server functions, and the page for what is not there.

use super::gate::{Asked, gate};
use super::{LARGEST_REQUEST, Site, documents, plain};
use crate::desk::{DoorDesk, ViewerDesk};
use crate::state::Visit;
use any_spawner::Executor;
use app::ROUTES;
use app::desk::SharedDesk;
use app::error::PageError;
use app::fragment::Fragment;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, REFERER};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use std::sync::Arc;

/// The one page without a viewer.
const SIGN_IN: &str = "/sign-in";
/// The one server function without a viewer: the sign-in page's. Every other is behind the gate, new ones too.
pub const OPEN_FUNCTION: &str = "/api/sign-in";

/// The nonce of this answer.
pub(crate) type PageNonce = Extension<Nonce>;

/// Every page and every server function there is.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    // Of several servers in one process the first sets it for all.
    let _ = Executor::init_tokio();
    let mut pages = Router::new();
    // Not from leptos: while it lists the routes, no resource of the whole process loads, and a page that another
    // server renders meanwhile stands still for good.
    for &(route, _) in ROUTES {
        if route != SIGN_IN {
            pages = pages.route(route, get(page));
        }
    }
    let mut functions = Router::new();
    for (path, method) in server_fn_paths() {
        // Functions are POST; one that is not is nowhere to be found, and the test that lists them says so.
        if path != OPEN_FUNCTION && method == Method::POST {
            functions = functions.route(path, post(function));
        }
    }
    let behind = |asked| from_fn_with_state((site.clone(), asked), gate);
    pages
        .route_layer(behind(Asked::Page))
        .merge(functions.route_layer(behind(Asked::Function)))
        .route(SIGN_IN, get(door_page))
        .route(OPEN_FUNCTION, post(door_function))
}

async fn page(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: PageNonce,
    route: MatchedPath,
    request: Request,
) -> Response {
    let desk: SharedDesk = Arc::new(ViewerDesk::new(site.state.clone(), visit));
    let page = app::prepare(desk, route.as_str(), &address(&request)).await;
    documents::answer(&site, page, &nonce.0).await
}

async fn door_page(State(site): State<Site>, nonce: PageNonce, route: MatchedPath, request: Request) -> Response {
    let desk: SharedDesk = Arc::new(DoorDesk::new(site.state.clone()));
    let page = app::prepare(desk, route.as_str(), &address(&request)).await;
    documents::answer(&site, page, &nonce.0).await
}

/// What was asked for, path and query.
fn address(request: &Request) -> String {
    request.uri().path_and_query().map_or_else(|| request.uri().path().to_owned(), ToString::to_string)
}

async fn function(State(site): State<Site>, Extension(visit): Extension<Visit>, request: Request) -> Response {
    call(Arc::new(ViewerDesk::new(site.state.clone(), visit)), request).await
}

async fn door_function(State(site): State<Site>, request: Request) -> Response {
    call(Arc::new(DoorDesk::new(site.state.clone())), request).await
}

/// A page made as the answer to a form.
pub(crate) async fn made(site: &Site, nonce: &Nonce, status: StatusCode, page: Fragment) -> Response {
    let mut response = documents::answer(site, Ok(page), nonce).await;
    *response.status_mut() = status;
    response
}

/// Unknown addresses, and known ones asked in another way.
pub(crate) async fn unknown(State(site): State<Site>, nonce: PageNonce) -> Response {
    not_found(&site, nonce.0).await
}

/// The one answer to what does not exist and to what is not this viewer's to see.
pub(crate) async fn not_found(site: &Site, nonce: Nonce) -> Response {
    documents::answer(site, Err(PageError::NotFound), &nonce).await
}

/// Runs a server function. `Accept` and `Referer` are taken off: with them leptos answers a form by redirecting to
/// wherever `Referer` says, with the error in the address.
async fn call(desk: SharedDesk, mut request: Request) -> Response {
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|value| {
        value.to_str().is_ok_and(|value| value.split(';').next().is_some_and(|kind| kind.trim() == FORM))
    });
    if !form {
        return plain::text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "");
    }
    request.headers_mut().remove(ACCEPT);
    request.headers_mut().remove(REFERER);
    let answer = leptos_axum::handle_server_fns_with_context(move || provide_context(Arc::clone(&desk)), request);
    with_own_status(answer.await.into_response()).await
}

/// An error of which the app could not set the status, since it never came to be asked: leptos answers 500 to whatever a
/// function cannot read.
async fn with_own_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(said) = to_bytes(body, LARGEST_REQUEST).await else { return plain::failed() };
    if let Ok(error) = serde_json::from_slice::<PageError>(&said) {
        parts.status = error.status();
    }
    Response::from_parts(parts, Body::from(said))
}

/// How the app's server functions are called.
const FORM: &str = "application/x-www-form-urlencoded";
