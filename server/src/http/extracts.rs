//! `POST /data/extracts/{id}/remove` and `/move`. The desk decides who may, and puts it on record.
//!
//! Counting a large extract anew may take longer than a page: these have no limit of time.

use super::gate::{Asked, gate};
use super::{LARGEST_REQUEST, Site, pages, plain};
use crate::db::DbError;
use crate::desk::extract_forms::{ExtractAct, ExtractForm, NotChanged, change};
use crate::load::ChangeError;
use crate::state::Visit;
use app::error::PageError;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::{Extension, Router, routing::post};
use leptos::nonce::Nonce;
use tower_http::limit::RequestBodyLimitLayer;

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/data/extracts/{id}/remove", post(remove))
        .route("/data/extracts/{id}/move", post(move_to))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
        .layer(RequestBodyLimitLayer::new(LARGEST_REQUEST))
}

type SentForm = Result<Form<ExtractForm>, FormRejection>;

async fn remove(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: SentForm,
) -> Response {
    answer(&site, &visit, nonce.0, (&id, ExtractAct::Remove), form).await
}

async fn move_to(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: SentForm,
) -> Response {
    answer(&site, &visit, nonce.0, (&id, ExtractAct::Move), form).await
}

async fn answer(site: &Site, visit: &Visit, nonce: Nonce, (id, act): (&str, ExtractAct), form: SentForm) -> Response {
    // A form that cannot be read says nothing, and is told so once it is known who asks.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let (done, not_done) = match act {
        ExtractAct::Remove => ("The extract was removed", "The extract was not removed"),
        ExtractAct::Move => ("The extract was moved", "The extract was not moved"),
    };
    match change(&site.state, visit, (id, act), &form).await {
        Ok(changed) => plain::page(StatusCode::OK, done, &changed.message),
        Err(NotChanged::Page(PageError::NotFound)) => pages::not_found(site, nonce).await,
        Err(NotChanged::Page(PageError::SignInNeeded)) => plain::sign_in_needed(),
        Err(NotChanged::Page(PageError::Busy) | NotChanged::Change(ChangeError::Db(DbError::Busy))) => plain::busy(),
        Err(NotChanged::Page(_)) => plain::failed(),
        Err(NotChanged::Change(ChangeError::Db(error))) => {
            tracing::error!(%error, "an extract could not be changed");
            plain::failed()
        }
        Err(error) => plain::page(StatusCode::BAD_REQUEST, not_done, &plain::sentence(&error.to_string())),
    }
}
