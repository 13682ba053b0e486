//! What is asked of the action log beside its pages: forms, files in and out. The desk decides who
//! may, and puts it on record.

use super::exports::{self, no_page};
use super::gate::{Asked, gate};
use super::{Site, frame, pages, plain};
use crate::desk::actions::{self, Answered, Fields, NotHandedOver};
use crate::desk::export::Export;
use crate::desk::recommendations::{self, NotLoaded};
use crate::state::Visit;
use crate::store::actions::NewFile;
use app::data::Page;
use app::error::PageError;
use app::fragment::Fragment;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::action::LARGEST_EVIDENCE;
use leptos::nonce::Nonce;

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
        .layer(from_fn(frame::in_time))
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

async fn upload(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(number): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let refused = |text: &str| plain::page(StatusCode::BAD_REQUEST, "The file was not added", text);
    let (mut name, mut content, mut seen) = (String::new(), Vec::new(), 0);
    if let Ok(mut form) = form {
        loop {
            let part = match form.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(_) => {
                    return refused("The file did not arrive whole, or is larger than 10 MB. Go back and try again.");
                }
            };
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().unwrap_or_default().to_owned();
            let Ok(bytes) = part.bytes().await else {
                return refused("The file did not arrive whole, or is larger than 10 MB. Go back and try again.");
            };
            match field.as_str() {
                "version" => seen = String::from_utf8_lossy(&bytes).trim().parse().unwrap_or(0),
                "file" => (name, content) = (file_name, bytes.to_vec()),
                _ => {}
            }
        }
    }
    let file = NewFile { name: &name, content: &content };
    match actions::upload(&site.state, &visit, &number, seen, file).await {
        Ok(Ok(to)) => Redirect::to(&to).into_response(),
        Ok(Err(refusal)) => refused(&format!(
            "The answer was: {refusal}. Go back to the action, look at it again and add the file there."
        )),
        Err(error) => no_page(&site, nonce.0, &error).await,
    }
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
