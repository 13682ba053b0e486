//! Around every request: its number, its nonce, the headers of its answer, its line in the log.
//!
//! The log has the method, the route's template, the status, the time taken, the request's number and the account's:
//! never an address as asked, a name or a child's reference.

use super::{Site, headers, plain};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// The header with the request's number.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long a request may take; uploads have their own limit.
const LONGEST: Duration = Duration::from_secs(30);

/// The request's number: made here, never taken from the client.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// On an answer: the account that asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asker(pub(crate) i64);

/// The outermost layer.
pub(crate) async fn frame(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = RequestId(format!("{:032x}", rand::random::<u128>()).into());
    let nonce = Nonce::new();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(nonce.clone());

    let span = tracing::info_span!("request", id = %id.0);
    let mut response = if has_one_host(request.headers()) {
        next.run(request).instrument(span.clone()).await
    } else {
        plain::page(
            StatusCode::BAD_REQUEST,
            "This request cannot be read",
            "A request names the site it is for once, in the header Host. This one did not, or named two.",
        )
    };

    headers::put(response.headers_mut(), &nonce, site.options.behind_tls);
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let user = response.extensions().get::<Asker>().map(|asker| asker.0);
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    span.in_scope(|| report(&method, route, response.status(), began.elapsed(), user));
    response
}

/// Whether a request names one host. Of two, a proxy in front may take the one and the check of the origin the other.
fn has_one_host(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    host.as_bytes().iter().all(|byte| *byte != b'@') && Authority::try_from(host.as_bytes()).is_ok()
}

fn report(method: &Method, route: &str, status: StatusCode, took: Duration, user: Option<i64>) {
    let (status, ms) = (status.as_u16(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    tracing::info!(%method, route, status, ms, user, "answered");
    let labels = [("method", known(method)), ("route", route.to_owned()), ("status", status.to_string())];
    metrics::histogram!(super::metrics::REQUEST_SECONDS, &labels).record(took.as_secs_f64());
}

/// Methods are free text; only these become labels.
fn known(method: &Method) -> String {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::OPTIONS => method.to_string(),
        _ => "other".to_owned(),
    }
}

/// How the server is may be asked always.
const ALWAYS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Answers nobody out of a database whose file is gone or another by now.
pub(crate) async fn with_its_file(State(site): State<Site>, request: Request, next: Next) -> Response {
    match site.state.db.file_trouble() {
        Some(trouble) if !ALWAYS.contains(&request.uri().path()) => {
            tracing::error!(%trouble, "a request was not answered");
            plain::page(
                StatusCode::SERVICE_UNAVAILABLE,
                "The data cannot be reached",
                "The file of the database is not where it was, so nothing is shown and nothing can be changed. Tell your administrator.",
            )
        }
        _ => next.run(request).await,
    }
}

/// Gives up on a request that takes too long, a slow body among them.
pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(|_| {
        tracing::warn!("a request took too long and was given up");
        plain::page(
            StatusCode::SERVICE_UNAVAILABLE,
            "This takes too long",
            "The answer was not there in half a minute, so it was given up. Try again in a little while.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_for_one_host() {
        let headers = |hosts: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, HeaderValue::from_static(host));
            }
            headers
        };
        for one in ["surgery.example", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(has_one_host(&headers(&[one])), "{one}");
        }
        assert!(!has_one_host(&headers(&[])));
        assert!(!has_one_host(&headers(&["surgery.example", "surgery.example"])));
        for none in ["", "a, b", "a b", "user@surgery.example", "http://surgery.example/"] {
            assert!(!has_one_host(&headers(&[none])), "{none}");
        }
    }
}
