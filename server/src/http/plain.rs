//! Answers without the app: short pages that need nothing to work, for when something is wrong.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::{Html, IntoResponse as _};
use std::any::Any;
use std::borrow::Cow;

/// A page of a title and a sentence, both ours: nothing that came from outside is in it.
pub(crate) fn page(status: StatusCode, title: &'static str, text: &str) -> Response<Body> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} - Performance Surgery</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p><p><a href=\"/\">Go to the headlines</a></p></main></body></html>\n"
    );
    (status, Html(page)).into_response()
}

/// Text from outside, fit for an element's content.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// 500: it is in the log, and nothing of it is in the answer.
pub(crate) fn failed() -> Response<Body> {
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Something went wrong on our side. Try again. If it happens again, note the time and what you were doing, and pass both on.",
    )
}

/// 500 after a panic, whose text stays in the log.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a request ended in a panic");
    failed()
}

/// 401 for what is not a page.
pub(crate) fn sign_in_needed() -> Response<Body> {
    page(
        StatusCode::UNAUTHORIZED,
        "Sign in",
        "You are not signed in, or you were away for so long that you were signed out.",
    )
}

/// 403: the request was made by another site's page.
pub(crate) fn from_elsewhere() -> Response<Body> {
    page(
        StatusCode::FORBIDDEN,
        "Not accepted",
        "This was sent from another site, so it was not accepted and nothing was changed. Open the page here and send it again.",
    )
}

/// 429 with the seconds to wait.
pub(crate) fn wait(seconds: u64, text: &str) -> Response<Body> {
    let mut response = page(StatusCode::TOO_MANY_REQUESTS, "Wait a little", text);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Plain text.
pub(crate) fn text(status: StatusCode, text: impl Into<Cow<'static, str>>) -> Response<Body> {
    let mut response = (status, text.into()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
