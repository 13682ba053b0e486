//! `POST /measures/{id}/answers`: what a manager says of late children. The desk decides who may, and the store keeps all of
//! it with its audit rows or nothing.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::desk::answers::{self, AnswerFields, NotGiven};
use crate::state::Visit;
use app::error::PageError;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, Router, routing::post};

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/measures/{id}/answers", post(give))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

async fn give(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: Result<Form<AnswerFields>, FormRejection>,
) -> Response {
    // A form that cannot be read says nothing, and is told so once it is known who asks.
    let fields = form.map(|Form(fields)| fields).unwrap_or_default();
    match answers::give(&site.state, &visit, &id, &fields).await {
        Ok(list) => Redirect::to(&list).into_response(),
        Err(NotGiven::Page(PageError::NotFound)) => pages::not_found(&site, nonce.0).await,
        Err(NotGiven::Page(PageError::SignInNeeded)) => plain::sign_in_needed(),
        Err(NotGiven::Page(PageError::Busy)) => plain::busy(),
        Err(NotGiven::Page(PageError::BadRequest(_) | PageError::Unreachable | PageError::Failed)) => plain::failed(),
        Err(error) => plain::page(StatusCode::BAD_REQUEST, "No answer was kept", &plain::sentence(&error.to_string())),
    }
}
