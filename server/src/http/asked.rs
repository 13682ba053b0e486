//! What no address and no form may hold, whatever it is for: a NUL, which one of the two databases cannot keep as text,
//! and a day so far off that reckoning with it leads out of the calendar.

use super::LARGEST_REQUEST;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use chrono::{Datelike as _, NaiveDate};
use std::ops::RangeInclusive;

/// The years a day may lie in. The oldest people on record and the furthest plans are well within.
const YEARS: RangeInclusive<i32> = 1900..=2199;

/// Why a request is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    Nul,
    FarDay,
    NotWhole,
    TooLarge,
}

impl Unreadable {
    pub(crate) fn status(self) -> StatusCode {
        if self == Self::TooLarge { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST }
    }

    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Nul => "What was sent holds a character that no text has. Go back and write it again.",
            Self::FarDay => "A date is too far off: the years 1900 to 2199 are known. Go back and choose another.",
            Self::NotWhole => "The form did not arrive whole. Go back and send it again.",
            Self::TooLarge => "What was sent is larger than any form of this site. Go back and send less.",
        }
    }
}

/// The request as it came, when its address and its form can be read. Files are not looked into.
pub(crate) async fn readable(request: Request) -> Result<Request, Unreadable> {
    if has_nul(request.uri().path().as_bytes()) {
        return Err(Unreadable::Nul);
    }
    check(request.uri().query().unwrap_or_default().as_bytes())?;
    if request.method() != Method::POST || !is_form(request.headers()) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let form = match to_bytes(body, LARGEST_REQUEST).await {
        Ok(form) => form,
        Err(error) => return Err(if is_limit(&error) { Unreadable::TooLarge } else { Unreadable::NotWhole }),
    };
    check(&form)?;
    Ok(Request::from_parts(parts, Body::from(form)))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

fn is_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(|error| error.is::<http_body_util::LengthLimitError>())
}

fn has_nul(text: &[u8]) -> bool {
    percent_encoding::percent_decode(text).any(|byte| byte == 0)
}

fn check(fields: &[u8]) -> Result<(), Unreadable> {
    if has_nul(fields) {
        return Err(Unreadable::Nul);
    }
    if form_urlencoded::parse(fields).any(|(_, value)| is_far_day(value.trim())) {
        return Err(Unreadable::FarDay);
    }
    Ok(())
}

/// Whether a text is a day outside of [`YEARS`], or one of so many digits that no calendar has it.
fn is_far_day(text: &str) -> bool {
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let mut parts = digits.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(year) || !is_number(month) || !is_number(day) || month.len() > 2 || day.len() > 2 {
        return false;
    }
    match text.parse::<NaiveDate>() {
        Ok(date) => !YEARS.contains(&date.year()),
        Err(_) => (sign || year.len() > 4) && month.len() == 2 && day.len() == 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_out_of_the_calendar_are_known_and_everything_else_is_left_alone() {
        for far in ["999999-01-01", "-0001-01-01", "-1-01-01", "9999-12-31", "0000-01-01", "1899-12-31", "2200-01-01"] {
            assert!(is_far_day(far), "{far}");
        }
        for fits in ["1900-01-01", "2199-12-31", "2026-02-31", "2026-02", "", "-", "-1", "CPP-07-1", "12-3", "7-8-9-10"]
        {
            assert!(!is_far_day(fits), "{fits}");
        }
    }

    #[tokio::test]
    async fn a_nul_is_found_in_path_query_and_form_and_nothing_is_taken_off() {
        let post = |body: &str| {
            let request = Request::post("/surgeries").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            request.body(Body::from(body.to_owned())).unwrap()
        };
        for address in ["/children/a%00", "/actions?team=a%00b"] {
            let request = Request::get(address).body(Body::empty()).unwrap();
            assert_eq!(readable(request).await.unwrap_err(), Unreadable::Nul, "{address}");
        }
        assert_eq!(readable(post("text=a%00")).await.unwrap_err(), Unreadable::Nul);
        assert_eq!(readable(post("day=9999-12-31")).await.unwrap_err(), Unreadable::FarDay);
        assert_eq!(readable(post(&"a".repeat(LARGEST_REQUEST + 1))).await.unwrap_err(), Unreadable::TooLarge);
        let sent = "text=a%E2%80%AE+b&day=2026-01-01";
        let body = readable(post(sent)).await.unwrap().into_body();
        assert_eq!(to_bytes(body, 100).await.unwrap(), sent.as_bytes());
    }
}
