//! `GET /calendar/{secret}.ics`: a person's calendar, for programs that know no session. The address is the key, so only
//! its hash is looked up; one that is unknown, ended or a disabled account's is not found, like everything unknown, and
//! who tries many has to wait. `POST /notices` gives the own calendar an address, or ends it.

use super::frame::RequestId;
use super::gate::{Asked, gate};
use super::guesses::Wait;
use super::{Site, address, pages, plain};
use crate::db::DbError;
use crate::desk::actions;
use crate::desk::calendar::{self, FeedChange};
use crate::state::Visit;
use crate::store::audit::{Decision, Entry};
use crate::store::feeds;
use crate::token::Token;
use app::error::PageError;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;

/// The time of the last fetch is kept to the hour (milliseconds).
const TOUCH_AFTER_MS: i64 = 60 * 60 * 1_000;

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/notices", post(change))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
        .route("/calendar/{file}", get(feed))
}

/// What the page of notices sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct FeedForm {
    /// `renew` or `end`.
    #[serde(rename = "do")]
    what: String,
}

async fn change(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    form: Result<Form<FeedForm>, FormRejection>,
) -> Response {
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let asked = match form.what.as_str() {
        "renew" => FeedChange::Renew,
        "end" => FeedChange::End,
        _ => return pages::not_found(&site, nonce.0).await,
    };
    let made = match calendar::change(&site.state, &visit, asked).await {
        Ok(None) => return Redirect::to("/notices").into_response(),
        Ok(Some(address)) => actions::with_address(&site.state, &visit, address).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(page) => pages::made(&site, &nonce, StatusCode::OK, app::pages::notices(page)).await,
        Err(PageError::NotFound) => pages::not_found(&site, nonce.0).await,
        Err(_) => plain::failed(),
    }
}

async fn feed(
    State(site): State<Site>,
    Extension(id): Extension<RequestId>,
    peer: address::Peer,
    nonce: pages::PageNonce,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let from = peer.address(site.options.proxies, &headers);
    let token = file.strip_suffix(".ics").and_then(Token::read);
    let key = token.as_ref().map_or_else(|| "no token".to_owned(), Token::hash);
    let tried = match site.feeds.begin(key, from, site.state.clock.now_ms()) {
        Ok(tried) => tried,
        Err(wait) => return refuse(&site, &id, wait).await,
    };
    match owner(&site, &id, token).await {
        Ok(Some(visit)) => {
            site.feeds.succeeded(&tried);
            calendar_of(&site, &visit).await
        }
        Ok(None) => match denied(&site, &id, "no such calendar").await {
            Ok(()) => pages::not_found(&site, nonce.0).await,
            Err(failed) => failed,
        },
        Err(error) => {
            tracing::error!(%error, "a calendar could not be looked up");
            plain::failed()
        }
    }
}

/// Whose calendar it is, as of now.
async fn owner(site: &Site, id: &RequestId, token: Option<Token>) -> Result<Option<Visit>, DbError> {
    let Some(token) = token else { return Ok(None) };
    let db = &site.state.db;
    let Some((user, fetched_at)) = feeds::owner(db, &token.hash()).await? else { return Ok(None) };
    let visit = site.state.visit_of(user, id.0.clone()).await?;
    let now = site.state.clock.now_ms();
    if visit.is_some() && fetched_at.is_none_or(|at| now - at >= TOUCH_AFTER_MS) {
        feeds::touch(db, user, now).await?;
    }
    Ok(visit)
}

async fn calendar_of(site: &Site, visit: &Visit) -> Response {
    match calendar::feed(&site.state, visit).await {
        Ok(text) => {
            let mut response = text.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"surgery.ics\""));
            response
        }
        Err(_) => plain::failed(),
    }
}

async fn denied(site: &Site, id: &RequestId, detail: &str) -> Result<(), Response> {
    let entry = Entry {
        at: site.state.clock.now_ms(),
        actor: "-".to_owned(),
        action: calendar::READ.to_owned(),
        subject: None,
        detail: Some(detail.to_owned()),
        decision: Decision::Deny,
        request_id: id.0.to_string(),
    };
    site.state.audit.keep(entry).await.map_err(|_| plain::failed())
}

async fn refuse(site: &Site, id: &RequestId, wait: Wait) -> Response {
    if wait.first {
        tracing::warn!("too many addresses of calendars were tried: a client has to wait");
        if let Err(failed) = denied(site, id, "too many addresses tried").await {
            return failed;
        }
    }
    plain::wait(wait.seconds, "There were too many addresses of calendars that are not there. Try again later.")
}
