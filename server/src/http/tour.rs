//! `POST /help/tour`: a person wants the tour offered no more, or again.

use super::gate::{Asked, gate};
use super::{Site, plain};
use crate::desk::tour::{self, TourForm};
use crate::state::Visit;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, Router, routing::post};

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new().route(tour::PATH, post(set)).route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

async fn set(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    form: Result<Form<TourForm>, FormRejection>,
) -> Response {
    let known = match form.as_ref().map(|Form(form)| form.show.as_str()) {
        Ok("never") => true,
        Ok("again") => false,
        _ => {
            let text = "The form did not say whether the tour is to be offered. Go back to it and choose again.";
            return plain::page(StatusCode::BAD_REQUEST, "Nothing was changed", text);
        }
    };
    match tour::set_known(&site.state, &visit, known).await {
        // Who does not want it goes on with the headlines; who wants it again stays with it.
        Ok(()) => Redirect::to(if known { "/" } else { tour::PATH }).into_response(),
        Err(_) => plain::failed(),
    }
}
