//! What a page says when it has no answer. Nothing in it tells a forbidden thing from an unknown one.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageError {
    /// Unknown, or not this viewer's to see: the same for both.
    NotFound,
    /// Nobody is signed in.
    SignInNeeded,
    /// What was asked cannot be read (a date, a page number): which part, and what fits.
    BadRequest(String),
    /// Something failed on our side; it is in the log under this request number.
    Failed,
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("There is no such page, or it is not yours to see."),
            Self::SignInNeeded => f.write_str("Sign in to see this page."),
            Self::BadRequest(what) => f.write_str(what),
            Self::Failed => f.write_str(
                "Something went wrong on our side. Nothing was changed. Try again, or tell your administrator.",
            ),
        }
    }
}

impl std::error::Error for PageError {}

#[cfg(feature = "ssr")]
impl PageError {
    /// The status of a response that says so.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        match self {
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::SignInNeeded => http::StatusCode::UNAUTHORIZED,
            Self::BadRequest(_) => http::StatusCode::BAD_REQUEST,
            Self::Failed => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Failed
    }
}
