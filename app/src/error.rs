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
    /// The server did not answer: the browser is offline, or nothing is there. Said in the browser only.
    Unreachable,
    /// Others' changes take so long that this one could not be saved.
    Busy,
    /// Something failed on our side; it is in the log under this request number.
    Failed,
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("There is no such page, or it is not yours to see."),
            Self::SignInNeeded => f.write_str("Sign in to see this page."),
            Self::BadRequest(what) => f.write_str(what),
            Self::Unreachable => f.write_str(
                "There was no answer: this device is offline, or the server is not running. The page was not loaded.",
            ),
            Self::Busy => f.write_str(
                "Another change is being saved at this moment, and it takes long. Nothing of yours was changed: try again in a minute.",
            ),
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
            Self::Unreachable | Self::Busy => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // The request was not answered, or its answer broke off.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            // On the server: what was sent is not what the function takes.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::BadRequest(
                "What was sent cannot be read: something is missing, or is not what it has to be. Open the page again."
                    .to_owned(),
            ),
            _ => Self::Failed,
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_does_not_answer_is_not_a_fault_on_our_side() {
        let offline = PageError::from_server_fn_error(ServerFnErrorErr::Request("Failed to fetch".to_owned()));
        assert_eq!(offline, PageError::Unreachable);
        let page = crate::bare::no_answer(&offline);
        assert!(page.html.contains("offline") && !page.html.contains("our side") && !page.html.contains("the log"));
        let bug = PageError::from_server_fn_error(ServerFnErrorErr::Deserialization("x".to_owned()));
        assert_eq!(bug, PageError::Failed);
        let missing = PageError::from_server_fn_error(ServerFnErrorErr::Args("missing field `id`".to_owned()));
        assert!(matches!(missing, PageError::BadRequest(words) if !words.contains("field")));
    }
}
