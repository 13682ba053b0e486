//! `POST /admin/standards`: a standard set from a date.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::db::DbError;
use crate::load::{NewStandard, SetError, set_standard};
use crate::state::Visit;
use crate::store::audit::Decision;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Extension, Router, routing::post};
use domain::names::collapse;
use serde::Deserialize;
use std::time::Duration;

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new().route(PATH, post(set)).route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

const PATH: &str = "/admin/standards";
/// Longest reason kept.
const LONGEST_REASON: usize = 300;
/// How long the answer waits for extracts to be counted anew.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest value: a list of placeholders.
const LONGEST_VALUE: usize = 1_000;

#[derive(Debug, Deserialize)]
struct Asking {
    name: String,
    value: String,
    applies_from: String,
    reason: String,
}

async fn set(
    State(site): State<Site>,
    Extension(visit): Extension<Visit>,
    nonce: pages::PageNonce,
    form: Result<Form<Asking>, FormRejection>,
) -> Response {
    if !visit.viewer.scope.sets_standards() {
        return match site.state.record(&visit, "set standard", None, None, Decision::Deny).await {
            Ok(()) => pages::not_found(&site, nonce.0).await,
            Err(_) => plain::failed(),
        };
    }
    let Ok(Form(asking)) = form else { return refused("The form did not arrive whole. Go back and send it again.") };
    let Ok(applies_from) = asking.applies_from.trim().parse() else {
        return refused("The date from which the standard applies is missing or is no date. Go back and give it.");
    };
    if asking.reason.chars().count() > LONGEST_REASON || asking.value.len() > LONGEST_VALUE {
        return refused("The reason or the value is too long. Go back and say it more shortly.");
    }
    let new = NewStandard {
        name: asking.name,
        value: asking.value,
        applies_from,
        reason: collapse(&asking.reason.replace(char::is_control, " ")),
        set_by: visit.viewer.user_name.clone(),
        request_id: visit.request_id.to_string(),
    };
    let (db, clock) = (site.state.db.clone(), site.state.clock.clone());
    let work = tokio::spawn(async move {
        let answer = set_standard(&db, &clock, &new).await;
        match &answer {
            Ok(extracts) => tracing::info!(extracts, "a standard was set"),
            Err(error) => tracing::warn!(%error, "a standard was not set"),
        }
        answer
    });
    // The work goes on when nobody waits for it any more.
    match tokio::time::timeout(PATIENCE, work).await {
        Err(_) => plain::page(
            StatusCode::ACCEPTED,
            "The standard is being set",
            "Every extract from that date on is counted anew, which takes some minutes. The change stands on the page of standards when it is done.",
        ),
        Ok(Ok(Ok(_))) => Redirect::to(PATH).into_response(),
        Ok(Ok(Err(SetError::Db(DbError::Busy)))) => plain::busy(),
        Ok(Err(_) | Ok(Err(SetError::Db(_)))) => plain::failed(),
        Ok(Ok(Err(SetError::Setting(_)))) => {
            refused("The standard is not known, or the value does not fit it: most need a whole number, 0 or more.")
        }
        Ok(Ok(Err(error @ (SetError::NoReason | SetError::Overtaken | SetError::CutOff)))) => {
            refused(&format!("The answer was: {error}."))
        }
    }
}

fn refused(text: &str) -> Response {
    plain::page(StatusCode::BAD_REQUEST, "The standard was not set", text)
}
