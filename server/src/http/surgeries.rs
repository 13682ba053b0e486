//! What is done with surgeries by a form, their minutes as a file, and the stream that says when one has changed. The
//! desk decides who may, and puts it on record.

use super::frame::RequestId;
use super::gate::{Asked, gate};
use super::{Site, pages, plain, session};
use crate::desk::surgeries::{self, NotChanged, PlanningForm, SurgeryForm};
use crate::state::Visit;
use crate::store::audit::Decision;
use app::error::PageError;
use app::pages as views;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, HeaderMap, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::ids::SurgeryId;
use futures_util::stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// How often an open stream asks whether its reader may still read.
const STILL: Duration = Duration::from_secs(3);
/// How often a stream says that it is there, whatever happens.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/surgeries", post(plan))
        .route("/surgeries/{id}", post(change))
        .route("/surgeries/{id}/minutes.html", get(minutes))
        .route("/surgeries/{id}/live", get(live))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

async fn plan(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    form: Result<Form<PlanningForm>, FormRejection>,
) -> Response {
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let refused = match surgeries::plan(&site.state, &visit, &form).await {
        Ok(to) => return Redirect::to(&to).into_response(),
        Err(NotChanged::Page(error)) => return no_page(&site, nonce, &error).await,
        Err(refused) => refused.to_string(),
    };
    match surgeries::refused_list(&site.state, &visit, refused).await {
        Ok(page) => pages::made(&site, &nonce, StatusCode::BAD_REQUEST, views::surgeries(page)).await,
        Err(error) => no_page(&site, nonce, &error).await,
    }
}

async fn change(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: Result<Form<SurgeryForm>, FormRejection>,
) -> Response {
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let (status, notice, conflict) = match surgeries::change(&site.state, &visit, &id, &form).await {
        Ok(to) => return Redirect::to(&to).into_response(),
        Err(NotChanged::Page(error)) => return no_page(&site, nonce, &error).await,
        Err(NotChanged::Refused(words)) => (StatusCode::BAD_REQUEST, Some(words), None),
        Err(NotChanged::Conflict(both)) => (StatusCode::CONFLICT, None, Some(*both)),
    };
    match surgeries::refused(&site.state, &visit, &id, notice, conflict).await {
        Ok(page) => pages::made(&site, &nonce, status, views::surgery(page)).await,
        Err(error) => no_page(&site, nonce, &error).await,
    }
}

async fn minutes(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
) -> Response {
    match surgeries::minutes(&site.state, &visit, &id).await {
        Ok((name, html)) => {
            let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ' ') { c } else { '_' };
            let name: String = name.chars().map(plain).collect();
            let mut response = Html(html).into_response();
            if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
                response.headers_mut().insert(CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(error) => no_page(&site, nonce, &error).await,
    }
}

async fn no_page(site: &Site, nonce: pages::PageNonce, error: &PageError) -> Response {
    match error {
        PageError::NotFound => pages::not_found(site, nonce.0).await,
        PageError::SignInNeeded => plain::sign_in_needed(),
        PageError::Busy => plain::busy(),
        PageError::BadRequest(_) | PageError::Unreachable | PageError::Failed => plain::failed(),
    }
}

/// Which version the page shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    seen: String,
}

/// The stream: "changed", with the version, whenever the surgery has one that its reader has not seen. No name, no id,
/// no count, and signs of life at fixed intervals.
async fn live(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    Extension(request): Extension<RequestId>,
    nonce: pages::PageNonce,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(seen): Query<Seen>,
) -> Response {
    let (surgery, version) = match surgeries::may_follow(&site.state, &visit, &id).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            let subject: String = id.chars().filter(|c| !c.is_control()).take(120).collect();
            return match site.state.record(&visit, "follow surgery", Some(subject), None, Decision::Deny).await {
                Ok(()) => pages::not_found(&site, nonce.0).await,
                Err(_) => plain::failed(),
            };
        }
        Err(_) => return plain::failed(),
    };
    let following = Following {
        changes: site.state.live.listen(surgery, version),
        told: seen.seen.parse().unwrap_or(version),
        still: ticks(STILL),
        alive: ticks(KEEP_ALIVE),
        site,
        headers,
        request,
        surgery,
    };
    Sse::new(stream::unfold(following, next)).into_response()
}

fn ticks(every: Duration) -> Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// An open stream.
struct Following {
    site: Site,
    headers: HeaderMap,
    request: RequestId,
    surgery: SurgeryId,
    changes: watch::Receiver<u32>,
    /// The last version that the reader knows of.
    told: u32,
    still: Interval,
    alive: Interval,
}

impl Following {
    /// Whether the session goes on and the surgery is still the reader's to read.
    async fn may_go_on(&self) -> bool {
        let Ok(Some(visit)) = session::still(&self.site, &self.headers, &self.request).await else { return false };
        let id = self.surgery.0.to_string();
        matches!(surgeries::may_follow(&self.site.state, &visit, &id).await, Ok(Some(_)))
    }
}

async fn next(mut following: Following) -> Option<(Result<Event, Infallible>, Following)> {
    loop {
        let version = *following.changes.borrow_and_update();
        if version > following.told {
            // Who has lost the right learns nothing more, not even that something happened.
            if !following.may_go_on().await {
                return None;
            }
            following.told = version;
            let event = Event::default().event("changed").data(version.to_string());
            return Some((Ok(event), following));
        }
        tokio::select! {
            changed = following.changes.changed() => changed.ok()?,
            _ = following.still.tick() => {
                if !following.may_go_on().await {
                    return None;
                }
            }
            _ = following.alive.tick() => return Some((Ok(Event::default().comment("")), following)),
        }
    }
}
