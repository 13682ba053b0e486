//! What is asked of the action log beside its pages: forms, files in and out. The desk decides who
//! may, and puts it on record.

use super::exports::{self, no_page};
use super::gate::{Asked, gate};
use super::{Site, pages, plain, turns};
use crate::desk::actions::{self, Answered, Fields, NotHandedOver};
use crate::desk::export::Export;
use crate::desk::recommendations::{self, NotLoaded};
use crate::state::Visit;
use crate::store::actions::NewFile;
use app::data::Page;
use app::error::PageError;
use app::fragment::Fragment;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, FromRequest as _, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::action::LARGEST_EVIDENCE;
use leptos::nonce::Nonce;
use std::time::Duration;
use tokio::time::timeout;

/// How long a file waits for others to arrive.
const WAIT: Duration = Duration::from_secs(30);
/// How long a whole file may take; each part of it has its pace beside.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Most bytes of a version's number.
const LONGEST_VERSION: usize = 32;

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/actions/new", post(record))
        .route("/actions/hand-over", post(hand_over))
        .route("/actions/{number}", post(change))
        .route("/actions/{number}/evidence/{id}", get(evidence))
        .route("/admin/recommendations", post(recommendations))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

/// Files in: larger than any other request of the log, so outside its limit.
pub(crate) fn uploads(site: &Site) -> Router<Site> {
    Router::new()
        .route("/actions/{number}/evidence", post(upload))
        .layer(DefaultBodyLimit::max(LARGEST_EVIDENCE + 64 * 1024))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

/// A form that cannot be read says nothing, and is refused once it is known who asks.
fn fields(sent: Sent) -> Fields {
    Fields::of(sent.map(|Form(fields)| fields).unwrap_or_default())
}

async fn change(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(number): Path<String>,
    sent: Sent,
) -> Response {
    let answer = actions::change(&site.state, &visit, &number, &fields(sent)).await;
    answered(&site, &nonce, answer, app::pages::action).await
}

async fn record(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    sent: Sent,
) -> Response {
    let answer = actions::record(&site.state, &visit, &fields(sent)).await;
    answered(&site, &nonce, answer, app::pages::new_action).await
}

/// To the page of what was done; or the page again, at the same address, with what was sent.
async fn answered<T>(
    site: &Site,
    nonce: &Nonce,
    answer: Result<Answered<T>, PageError>,
    show: fn(Page<T>) -> Fragment,
) -> Response {
    match answer {
        Ok(Answered::Done(to)) => Redirect::to(&to).into_response(),
        Ok(Answered::Refused(page)) => pages::made(site, nonce, StatusCode::UNPROCESSABLE_ENTITY, show(*page)).await,
        Ok(Answered::Conflict(page)) => pages::made(site, nonce, StatusCode::CONFLICT, show(*page)).await,
        Err(error) => no_page(site, nonce.clone(), &error).await,
    }
}

async fn hand_over(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    sent: Sent,
) -> Response {
    match actions::hand_over(&site.state, &visit, &fields(sent)).await {
        Ok(()) => Redirect::to("/actions?tab=all&office=vacant").into_response(),
        Err(NotHandedOver::Page(error)) => no_page(&site, nonce.0, &error).await,
        Err(error) => {
            plain::page(StatusCode::BAD_REQUEST, "Nothing was handed over", &plain::sentence(&error.to_string()))
        }
    }
}

async fn recommendations(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    sent: Sent,
) -> Response {
    match recommendations::load(&site.state, &visit, &fields(sent)).await {
        Ok(()) => Redirect::to("/admin/recommendations").into_response(),
        Err(NotLoaded::Page(error)) => no_page(&site, nonce.0, &error).await,
        Err(error) => plain::page(StatusCode::BAD_REQUEST, "No list was loaded", &plain::sentence(&error.to_string())),
    }
}

/// A file for an action. Who may not add one is refused before it is read; an account sends one at a time, and few are
/// held in memory at once.
async fn upload(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(number): Path<String>,
    request: Request,
) -> Response {
    if let Err(error) = actions::may_add(&site.state, &visit, &number).await {
        return no_page(&site, nonce.0, &error).await;
    }
    let Some(_own) = site.turns.begin(visit.viewer.user_id) else { return turns::refused() };
    // Nothing of the body is read while it waits.
    let Ok(Ok(_place)) = timeout(WAIT, site.evidence.acquire()).await else { return plain::busy() };
    let (seen, name, content) = match timeout(LONGEST, receive(request)).await {
        Ok(Ok(received)) => received,
        Ok(Err(())) | Err(_) => {
            return not_added("The file did not arrive whole, or is larger than 10 MB. Go back and try again.");
        }
    };
    let file = NewFile { name: &name, content: &content };
    match actions::upload(&site.state, &visit, &number, seen, file).await {
        Ok(Ok(to)) => Redirect::to(&to).into_response(),
        Ok(Err(refusal)) => not_added(&format!(
            "The answer was: {refusal}. Go back to the action, look at it again and add the file there."
        )),
        Err(error) => no_page(&site, nonce.0, &error).await,
    }
}

fn not_added(text: &str) -> Response {
    plain::page(StatusCode::BAD_REQUEST, "The file was not added", text)
}

/// The version the sender saw, and the file's name and content. A form that is none holds nothing.
async fn receive(request: Request) -> Result<(u32, String, Vec<u8>), ()> {
    let (mut seen, mut name, mut content) = (0, String::new(), Vec::new());
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return Ok((seen, name, content)) };
    while let Some(mut part) = form.next_field().await.map_err(drop)? {
        let is_file = match part.name() {
            Some("file") => true,
            Some("version") => false,
            _ => continue,
        };
        let file_name = part.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(drop)? {
            bytes.extend_from_slice(&chunk);
            if !is_file && bytes.len() > LONGEST_VERSION {
                return Err(());
            }
        }
        if is_file {
            (name, content) = (file_name, bytes);
        } else {
            seen = String::from_utf8_lossy(&bytes).trim().parse().unwrap_or(0);
        }
    }
    Ok((seen, name, content))
}

/// Always a download, never shown in the site's own name.
async fn evidence(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path((number, id)): Path<(String, String)>,
) -> Response {
    match actions::evidence(&site.state, &visit, &number, &id).await {
        Ok(file) => exports::attachment(Export {
            file_name: file.name,
            content_type: file.kind.media_type(),
            body: file.content,
        }),
        Err(error) => no_page(&site, nonce.0, &error).await,
    }
}
