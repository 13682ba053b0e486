//! Server functions: one a page. Each is a public endpoint and each asks the viewer's [`Desk`](crate::desk::Desk),
//! which checks, scopes and audits. They are POST, so that nothing asked for stands in an address or a log.

// `#[server]` makes a public struct of the arguments, without a place for their documentation.
#![expect(missing_docs)]

use crate::data::{
    ChildPage, DataPage, ExtractPage, HelpPage, HomePage, ListPage, ListQuery, LoadPage, MeasurePage, Page,
    ServicePage, SignInPage, TeamPage,
};
use crate::error::PageError;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::PageError;
    use crate::desk::SharedDesk;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    /// The viewer's desk; without one there is no answer.
    pub(super) fn desk() -> Result<SharedDesk, PageError> {
        use_context::<SharedDesk>().ok_or(PageError::Failed)
    }

    /// Gives the response the status its error deserves.
    pub(super) fn with_status<T>(answer: Result<T, PageError>) -> Result<T, PageError> {
        if let (Err(error), Some(response)) = (&answer, use_context::<ResponseOptions>()) {
            response.set_status(match error {
                PageError::NotFound => http::StatusCode::NOT_FOUND,
                PageError::SignInNeeded => http::StatusCode::UNAUTHORIZED,
                PageError::BadRequest(_) => http::StatusCode::BAD_REQUEST,
                PageError::Failed => http::StatusCode::INTERNAL_SERVER_ERROR,
            });
        }
        answer
    }
}
#[cfg(feature = "ssr")]
use on_the_server::{desk, with_status};

/// The sign-in page's data.
#[server(endpoint = "sign-in")]
pub async fn load_sign_in() -> Result<SignInPage, PageError> {
    with_status(desk()?.sign_in().await)
}

/// The home page's data.
#[server(endpoint = "home")]
pub async fn load_home() -> Result<Page<HomePage>, PageError> {
    with_status(desk()?.home().await)
}

/// A service's data.
#[server(endpoint = "service")]
pub async fn load_service(service: String) -> Result<Page<ServicePage>, PageError> {
    with_status(desk()?.service(&service).await)
}

/// A team's data.
#[server(endpoint = "team")]
pub async fn load_team(team: String) -> Result<Page<TeamPage>, PageError> {
    with_status(desk()?.team(&team).await)
}

/// A measure's data, for the whole, a service or a team.
#[server(endpoint = "measure")]
pub async fn load_measure(
    id: String,
    service: Option<String>,
    team: Option<String>,
) -> Result<Page<MeasurePage>, PageError> {
    with_status(desk()?.measure(&id, service.as_deref(), team.as_deref()).await)
}

/// The list behind a figure.
#[server(endpoint = "children")]
pub async fn load_children(id: String, #[server(default)] query: ListQuery) -> Result<Page<ListPage>, PageError> {
    with_status(desk()?.children(&id, &query).await)
}

/// One child.
#[server(endpoint = "child")]
pub async fn load_child(reference: String) -> Result<Page<ChildPage>, PageError> {
    with_status(desk()?.child(&reference).await)
}

/// Extracts and data quality.
#[server(endpoint = "data")]
pub async fn load_data() -> Result<Page<DataPage>, PageError> {
    with_status(desk()?.data().await)
}

/// What one load did.
#[server(endpoint = "extract")]
pub async fn load_extract(id: String, page: Option<String>) -> Result<Page<ExtractPage>, PageError> {
    with_status(desk()?.extract(&id, page.as_deref()).await)
}

/// One load on its way.
#[server(endpoint = "load")]
pub async fn load_load(id: String) -> Result<Page<LoadPage>, PageError> {
    with_status(desk()?.load(&id).await)
}

/// Help.
#[server(endpoint = "help")]
pub async fn load_help() -> Result<Page<HelpPage>, PageError> {
    with_status(desk()?.help().await)
}
