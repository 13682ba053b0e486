//! `POST /measures/{id}/rebase`: a control chart begins anew from a date, or a cut is taken back. The desk decides who
//! may, and puts it on record.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::desk::rebases::{self, NotRebased, RebaseForm};
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
        .route("/measures/{id}/rebase", post(rebase))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

async fn rebase(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    Path(id): Path<String>,
    form: Result<Form<RebaseForm>, FormRejection>,
) -> Response {
    // A form that cannot be read says nothing, and is told so once it is known who asks.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    match rebases::rebase(&site.state, &visit, &id, &form).await {
        Ok(page) => Redirect::to(&page).into_response(),
        Err(NotRebased::Page(PageError::NotFound)) => pages::not_found(&site, nonce.0).await,
        Err(NotRebased::Page(PageError::SignInNeeded)) => plain::sign_in_needed(),
        Err(NotRebased::Page(PageError::Busy)) => plain::busy(),
        Err(NotRebased::Page(PageError::BadRequest(_) | PageError::Unreachable | PageError::Failed)) => plain::failed(),
        Err(error) => {
            plain::page(StatusCode::BAD_REQUEST, "The chart was not changed", &plain::sentence(&error.to_string()))
        }
    }
}
