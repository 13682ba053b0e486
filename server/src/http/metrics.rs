//! `GET /metrics` for Prometheus: on a listener of its own, or on the site to who has the token. Off by default.

use super::{Site, plain};
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;

/// How long answers take, by method, route and status.
pub(crate) const REQUEST_SECONDS: &str = "surgery_request_seconds";
/// Upper bounds of the histogram, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to record. Once a process; without it metrics cost nothing and `/metrics` is not there.
///
/// # Errors
/// When another recorder is installed.
pub(crate) fn install() -> anyhow::Result<()> {
    if RECORDER.get().is_some() {
        return Ok(());
    }
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.to_owned()), &SECONDS)?;
    let handle = builder.install_recorder()?;
    ::metrics::describe_histogram!(REQUEST_SECONDS, ::metrics::Unit::Seconds, "Time to answer a request");
    // A second one cannot come in between: the recorder installs but once.
    let _ = RECORDER.set(handle);
    Ok(())
}

/// Lets the recorder drop what nobody asks for any more; called every few seconds.
pub(crate) fn upkeep() {
    if let Some(recorder) = RECORDER.get() {
        recorder.run_upkeep();
    }
}

/// The listener of its own.
pub(crate) fn own_router() -> Router {
    Router::new().route("/metrics", get(|| async { render() }))
}

/// On the site: only with the token; everybody else finds no such page.
pub(crate) async fn with_token(
    State(site): State<Site>,
    headers: HeaderMap,
    nonce: super::pages::PageNonce,
) -> Response {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let wanted = site.options.metrics_token.as_ref();
    let known = given.zip(wanted).is_some_and(|(given, wanted)| digest(given) == digest(wanted.as_str()));
    if known { render() } else { super::pages::not_found(&site, nonce.0).await }
}

/// Comparing digests takes the same time wherever the texts differ.
fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

fn render() -> Response {
    let Some(recorder) = RECORDER.get() else {
        return plain::text(StatusCode::SERVICE_UNAVAILABLE, "metrics are not recorded\n");
    };
    let mut response = recorder.render().into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    response
}
