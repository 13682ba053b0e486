//! The gate before everything that needs a viewer: no session, no way in.

use super::asked::{Unreadable, readable};
use super::frame::{Asker, RequestId};
use super::local_path::sign_in_path;
use super::{Site, pages, plain, session};
use crate::desk::sends::{self, MayNotSend};
use crate::state::Visit;
use crate::store::audit::Decision;
use app::error::PageError;
use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::nonce::Nonce;
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
        None => answered(&site, &visit, asked, request, next).await,
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

/// The answer to a viewer: a refusal of who may not send the form before a byte of it is read, and of what cannot be
/// read before it reaches the databases. What is refused is on record.
async fn answered(site: &Site, visit: &Visit, asked: Asked, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    if request.method() == Method::POST
        && let Some(MayNotSend { action, subject }) = sends::refused(&site.state, visit, route, request.uri().path())
    {
        let nonce = request.extensions().get::<Nonce>().cloned().unwrap_or_default();
        return match site.state.record(visit, action, Some(subject), None, Decision::Deny).await {
            Ok(()) => pages::not_found(site, nonce).await,
            Err(_) => plain::failed(),
        };
    }
    let response = match readable(request).await {
        Ok(request) => next.run(request).await,
        Err(why) => unreadable(asked, why),
    };
    // A desk that knew what was asked for has put it on record itself.
    let is_off_record = response.status() == StatusCode::BAD_REQUEST && !visit.is_on_record();
    if is_off_record
        && site.state.record(visit, UNREADABLE, Some(route.to_owned()), None, Decision::Deny).await.is_err()
    {
        return failed(asked);
    }
    response
}

/// What stands in the audit where a request could not be read, or what it asked for could not be done.
const UNREADABLE: &str = "bad request";

fn unreadable(asked: Asked, why: Unreadable) -> Response {
    match asked {
        Asked::Function => in_the_apps_words(why.status(), &PageError::BadRequest(why.sentence().to_owned())),
        Asked::Page | Asked::Other => plain::page(why.status(), "This cannot be read", why.sentence()),
    }
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
