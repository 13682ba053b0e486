//! Pages without an answer. Nothing tells a page that is not the viewer's from one that does not exist.

use crate::components::{heading, unframed};
use crate::error::PageError;
use leptos::prelude::*;

/// The page for an address that no route knows, with status 404.
pub fn not_found() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    no_answer(&PageError::NotFound)
}

/// Says why there is no page and what to do.
pub fn no_answer(error: &PageError) -> AnyView {
    let title = match error {
        PageError::NotFound => "Page not found",
        PageError::SignInNeeded => "Sign in",
        PageError::BadRequest(_) => "This address cannot be read",
        PageError::Failed => "Something went wrong",
    };
    let next = match error {
        PageError::NotFound => view! {
            <p>
                "If someone sent you the address, ask them whether the child or the team is one of yours. If you typed it, check it letter by letter."
            </p>
            {to_headlines()}
        }
        .into_any(),
        PageError::SignInNeeded => view! {
            <p>"You are not signed in, or you were away for so long that you were signed out. Nothing was lost."</p>
            <p>
                <a class="govuk-button" href="/sign-in" rel="external">
                    "Sign in"
                </a>
            </p>
        }
        .into_any(),
        PageError::BadRequest(_) => view! {
            <p>"Go back and choose again, or start from the headlines."</p>
            {to_headlines()}
        }
        .into_any(),
        PageError::Failed => view! {
            <p>"If it happens again, note the time and what you were doing, and pass both on: the cause is in the log."</p>
            {to_headlines()}
        }
        .into_any(),
    };
    let page = view! {
        {heading(title, "", String::new())}
        <p class="lead">{error.to_string()}</p>
        {next}
    };
    unframed(false, page.into_any())
}

fn to_headlines() -> AnyView {
    view! {
        <p>
            <a href="/">"Go to the headlines"</a>
        </p>
    }
    .into_any()
}
