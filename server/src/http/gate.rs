//! The gate before everything that needs a viewer: no session, no way in.

use super::frame::{Asker, RequestId};
use super::local_path::sign_in_path;
use super::{Site, plain, session};
use crate::state::Visit;
use crate::store::audit::Decision;
use app::error::PageError;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::FromServerFnError as _;

/// What is asked for, as it decides how a stranger is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A page: to the sign-in page, and back here after.
    Page,
    /// A server function: 401 in the app's words.
    Function,
    /// Anything else: 401.
    Other,
}

/// Lets a request in with its [`Visit`], or turns it away.
pub(crate) async fn gate(
    State((site, asked)): State<(Site, Asked)>,
    Extension(id): Extension<RequestId>,
    mut request: Request,
    next: Next,
) -> Response {
    let visit = match session::visit(&site, request.headers(), &id).await {
        Ok(Some(visit)) => visit,
        Ok(None) => return turn_away(asked, &request),
        Err(error) => {
            tracing::error!(%error, "a session could not be read");
            return failed(asked);
        }
    };
    let user = visit.viewer.user_id;
    request.extensions_mut().insert(visit.clone());
    let changes = asked == Asked::Other && request.method() == Method::POST;
    let mut response = match stopped(&site, user) {
        Some(response) => response,
        None => next.run(request).await,
    };
    if changes {
        // What somebody does shows on the own next page at once.
        site.state.notices.forget(user);
    }
    // Whoever was stopped by this very request gets nothing of its answer either.
    if let Some(stop) = stopped(&site, user) {
        response = if report(&site, &visit).await { stop } else { failed(asked) };
    }
    response.extensions_mut().insert(Asker(user));
    response
}

fn turn_away(asked: Asked, request: &Request) -> Response {
    match asked {
        Asked::Page => {
            let next = request.uri().path_and_query().map(|path| path.as_str());
            Redirect::to(&sign_in_path(false, next)).into_response()
        }
        Asked::Function => in_the_apps_words(StatusCode::UNAUTHORIZED, &PageError::SignInNeeded),
        Asked::Other => plain::sign_in_needed(),
    }
}

fn failed(asked: Asked) -> Response {
    match asked {
        Asked::Function => in_the_apps_words(StatusCode::INTERNAL_SERVER_ERROR, &PageError::Failed),
        Asked::Page | Asked::Other => plain::failed(),
    }
}

fn in_the_apps_words(status: StatusCode, error: &PageError) -> Response {
    let mut response = (status, error.ser()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn stopped(site: &Site, user: i64) -> Option<Response> {
    let seconds = site.state.reading.stopped(user, site.state.clock.now_ms())?;
    Some(plain::wait(
        seconds,
        "Very many children were opened from this account in a few minutes, so it has to wait, and this was put on record. If it was not you, tell your administrator at once.",
    ))
}

/// Once a stop: a line in the log, and one in the audit. Whether it could be kept.
async fn report(site: &Site, visit: &Visit) -> bool {
    if !site.state.reading.take_report(visit.viewer.user_id) {
        return true;
    }
    tracing::warn!(user = visit.viewer.user_id, "an account opened very many children and was stopped");
    let detail = format!("{} children in ten minutes", super::guard::MOST_CHILDREN);
    site.state.record(visit, "alert", None, Some(detail), Decision::Deny).await.is_ok()
}
