//! Server functions: one a page. Each is a public endpoint and each asks the viewer's [`Desk`](crate::desk::Desk),
//! which checks, scopes and audits; what comes back is the page, rendered. They are POST, so that nothing asked for
//! stands in an address or a log.

// `#[server]` makes a public struct of the arguments, without a place for their documentation.
#![expect(missing_docs)]

use crate::data::{
    CaseloadQuery, ListQuery, LogQuery, NewActionQuery, ProblemsQuery, RegisterQuery, SurgeriesQuery, TablesQuery,
};
use crate::error::PageError;
use crate::fragment::Fragment;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::{Fragment, PageError};
    use crate::desk::SharedDesk;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    /// The viewer's desk; without one there is no answer.
    pub(super) fn desk() -> Result<SharedDesk, PageError> {
        use_context::<SharedDesk>().ok_or(PageError::Failed)
    }

    /// The viewer's desk as at the date of the address.
    pub(super) fn desk_at(date: Option<String>) -> Result<SharedDesk, PageError> {
        status(desk()?.at(date.as_deref()))
    }

    /// The page of an answer; an error gives the response the status it deserves.
    pub(super) fn page<T>(
        answer: Result<T, PageError>,
        show: impl FnOnce(T) -> Fragment,
    ) -> Result<Fragment, PageError> {
        status(answer).map(show)
    }

    /// Gives the response the status an error deserves.
    fn status<T>(answer: Result<T, PageError>) -> Result<T, PageError> {
        if let (Err(error), Some(response)) = (&answer, use_context::<ResponseOptions>()) {
            response.set_status(error.status());
        }
        answer
    }
}
#[cfg(feature = "ssr")]
use crate::pages;
#[cfg(feature = "ssr")]
use on_the_server::{desk, desk_at, page};

/// The sign-in page.
#[server(endpoint = "sign-in")]
pub async fn load_sign_in(failed: Option<String>, next: Option<String>) -> Result<Fragment, PageError> {
    page(desk()?.sign_in().await, |data| pages::sign_in(data, failed.is_some(), next))
}

/// The home page.
#[server(endpoint = "home")]
pub async fn load_home(as_at: Option<String>) -> Result<Fragment, PageError> {
    page(desk_at(as_at)?.home().await, pages::home)
}

/// A service.
#[server(endpoint = "service")]
pub async fn load_service(service: String, as_at: Option<String>) -> Result<Fragment, PageError> {
    page(desk_at(as_at)?.service(&service).await, pages::service)
}

/// A team.
#[server(endpoint = "team")]
pub async fn load_team(team: String, as_at: Option<String>) -> Result<Fragment, PageError> {
    page(desk_at(as_at)?.team(&team).await, pages::team)
}

/// A measure, for the whole, a service or a team.
#[server(endpoint = "measure")]
pub async fn load_measure(
    id: String,
    service: Option<String>,
    team: Option<String>,
    as_at: Option<String>,
) -> Result<Fragment, PageError> {
    page(desk_at(as_at)?.measure(&id, service.as_deref(), team.as_deref()).await, pages::measure)
}

/// The list behind a figure.
#[server(endpoint = "children")]
pub async fn load_children(id: String, #[server(default)] query: ListQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.children(&id, &query).await, pages::list)
}

/// The form for one late child.
#[server(endpoint = "answer")]
pub async fn load_answer(id: String, unit: String, #[server(default)] query: ListQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.answer(&id, &unit, &query).await, pages::answer)
}

/// What changed in a measure's figure.
#[server(endpoint = "changes")]
pub async fn load_changes(id: String, #[server(default)] query: TablesQuery) -> Result<Fragment, PageError> {
    page(desk()?.changes(&id, &query).await, pages::tables)
}

/// Managers' answers.
#[server(endpoint = "answers")]
pub async fn load_answers(#[server(default)] query: TablesQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.answers(&query).await, pages::tables)
}

/// How late things are recorded.
#[server(endpoint = "lag")]
pub async fn load_lag(#[server(default)] query: TablesQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.lag(&query).await, pages::tables)
}

/// What was altered in retrospect.
#[server(endpoint = "altered")]
pub async fn load_altered(#[server(default)] query: TablesQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.altered(&query).await, pages::tables)
}

/// What is wrong in the records.
#[server(endpoint = "problems")]
pub async fn load_problems(#[server(default)] query: ProblemsQuery) -> Result<Fragment, PageError> {
    page(desk()?.problems(&query).await, pages::tables)
}

/// The registers.
#[server(endpoint = "attention")]
pub async fn load_attention(#[server(default)] query: RegisterQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.attention(&query).await, pages::attention)
}

/// Caseloads.
#[server(endpoint = "caseloads")]
pub async fn load_caseloads(#[server(default)] query: CaseloadQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.caseloads(&query).await, pages::caseloads)
}

/// One child.
#[server(endpoint = "child")]
pub async fn load_child(reference: String, as_at: Option<String>) -> Result<Fragment, PageError> {
    page(desk_at(as_at)?.child(&reference).await, pages::child)
}

/// Extracts and data quality.
#[server(endpoint = "data")]
pub async fn load_data() -> Result<Fragment, PageError> {
    page(desk()?.data().await, pages::data)
}

/// What one load did.
#[server(endpoint = "extract")]
pub async fn load_extract(id: String) -> Result<Fragment, PageError> {
    page(desk()?.extract(&id).await, pages::extract)
}

/// One load on its way.
#[server(endpoint = "load")]
pub async fn load_load(id: String) -> Result<Fragment, PageError> {
    page(desk()?.load(&id).await, pages::load)
}

/// Standards.
#[server(endpoint = "standards")]
pub async fn load_standards() -> Result<Fragment, PageError> {
    page(desk()?.standards().await, pages::standards)
}

/// The mapping.
#[server(endpoint = "mapping")]
pub async fn load_mapping() -> Result<Fragment, PageError> {
    page(desk()?.mapping().await, pages::mapping)
}

/// Targets.
#[server(endpoint = "targets")]
pub async fn load_targets() -> Result<Fragment, PageError> {
    page(desk()?.targets().await, pages::targets)
}

/// The action log.
#[server(endpoint = "actions")]
pub async fn load_actions(#[server(default)] query: LogQuery) -> Result<Fragment, PageError> {
    page(desk()?.actions(&query).await, pages::actions)
}

/// A new action.
#[server(endpoint = "new-action")]
pub async fn load_new_action(#[server(default)] query: NewActionQuery) -> Result<Fragment, PageError> {
    page(desk_at(query.as_at.clone())?.new_action(&query).await, pages::new_action)
}

/// One action.
#[server(endpoint = "action")]
pub async fn load_action(number: String) -> Result<Fragment, PageError> {
    page(desk()?.action(&number).await, pages::action)
}

/// What waits for the viewer.
#[server(endpoint = "notices")]
pub async fn load_notices() -> Result<Fragment, PageError> {
    page(desk()?.notices().await, pages::notices)
}

/// Recommendations.
#[server(endpoint = "recommendations")]
pub async fn load_recommendations() -> Result<Fragment, PageError> {
    page(desk()?.recommendations().await, pages::recommendations)
}

/// Surgeries.
#[server(endpoint = "surgeries")]
pub async fn load_surgeries(#[server(default)] query: SurgeriesQuery) -> Result<Fragment, PageError> {
    page(desk()?.surgeries(&query).await, pages::surgeries)
}

/// What surgeries found and what came of it.
#[server(endpoint = "evidence")]
pub async fn load_evidence(#[server(default)] query: TablesQuery) -> Result<Fragment, PageError> {
    page(desk()?.evidence(&query).await, pages::tables)
}

/// One surgery.
#[server(endpoint = "surgery")]
pub async fn load_surgery(id: String, item: Option<String>) -> Result<Fragment, PageError> {
    page(desk()?.surgery(&id, item.as_deref()).await, pages::surgery)
}

/// Help.
#[server(endpoint = "help")]
pub async fn load_help() -> Result<Fragment, PageError> {
    page(desk()?.help().await, pages::help)
}

/// The tour.
#[server(endpoint = "tour")]
pub async fn load_tour() -> Result<Fragment, PageError> {
    page(desk()?.tour().await, pages::tour)
}
