//! Answers without the app: short pages that need no script and no viewer, for when something is wrong or done.

use super::assets;
use app::error::PageError;
use app::{Assets, Markup};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::{Html, IntoResponse as _};
use std::any::Any;
use std::borrow::Cow;

/// A page of a title and a text, of which each line is a paragraph. It looks like the product and needs no script.
pub(crate) fn page(status: StatusCode, title: &'static str, text: &str) -> Response<Body> {
    let Assets { css, favicon, .. } = assets::names();
    let mut page = Markup::with_capacity(text.len() + 2_000);
    page.raw(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light\"><meta name=\"theme-color\" content=\"#12344d\">",
    );
    // Without the site's files the page stands on its own.
    if !css.is_empty() {
        page.raw("<link rel=\"stylesheet\" href=\"").text(&css).raw("\">");
        page.raw("<link rel=\"icon\" type=\"image/svg+xml\" href=\"").text(&favicon).raw("\">");
    }
    page.raw("<title>").text(title).raw(" - Performance Surgery</title></head><body>");
    page.markup(&app::plain(title, text)).raw("</body></html>\n");
    (status, Html(page.into_html())).into_response()
}

/// A refusal's words as a sentence: with a capital and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if capital.ends_with(['.', '!', '?']) { capital } else { format!("{capital}.") }
}

/// 500: it is in the log, and nothing of it is in the answer.
pub(crate) fn failed() -> Response<Body> {
    page(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Something went wrong on our side. Try again. If it happens again, note the time and what you were doing, and pass both on.",
    )
}

/// 503: others' changes take long.
pub(crate) fn busy() -> Response<Body> {
    page(StatusCode::SERVICE_UNAVAILABLE, "Try again in a minute", &PageError::Busy.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    #[tokio::test]
    async fn what_came_from_outside_is_text_and_nothing_else() {
        let answer = page(
            StatusCode::BAD_REQUEST,
            "Nothing was changed",
            "<b>32/13/2026</b> is \"no\" date & so on.\nTry again.",
        );
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("&lt;b&gt;32/13/2026&lt;/b&gt;") && !body.contains("<b>"), "{body}");
        assert!(body.contains("date &amp; so on."), "{body}");
        // The product's own header and a way home.
        assert!(body.contains("class=\"header__name\" href=\"/\"") && body.contains("Go to the headlines"), "{body}");
        assert!(body.contains("<p>Try again.</p>"), "{body}");
    }

    #[test]
    fn a_refusal_is_said_as_a_sentence() {
        assert_eq!(sentence("the date is taken"), "The date is taken.");
        assert_eq!(sentence("Nothing was changed."), "Nothing was changed.");
        assert_eq!(sentence(""), ".");
    }
}
