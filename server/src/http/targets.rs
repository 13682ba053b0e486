//! `POST /admin/targets`: a target set from a date. The desk decides who may, and puts it on record.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::desk::targets::{self, NotSet, TargetAsked};
use crate::state::Visit;
use app::error::PageError;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, Router, routing::post};

const PATH: &str = "/admin/targets";

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new().route(PATH, post(set)).route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

async fn set(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    form: Result<Form<TargetAsked>, FormRejection>,
) -> Response {
    // A form that cannot be read says nothing, and is told so once it is known who asks.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    match targets::set(&site.state, &visit, &form).await {
        Ok(()) => Redirect::to(PATH).into_response(),
        Err(NotSet::Page(PageError::NotFound)) => pages::not_found(&site, nonce.0).await,
        Err(NotSet::Page(PageError::SignInNeeded)) => plain::sign_in_needed(),
        Err(NotSet::Page(PageError::Busy)) => plain::busy(),
        Err(NotSet::Page(PageError::BadRequest(_) | PageError::Unreachable | PageError::Failed)) => plain::failed(),
        Err(error) => {
            plain::page(StatusCode::BAD_REQUEST, "The target was not set", &plain::sentence(&error.to_string()))
        }
    }
}
