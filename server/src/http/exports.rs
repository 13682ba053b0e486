//! Pages as CSV and XLSX files, to take away: lists of children, workers, actions and problems, and figures. Scoped and put on
//! record by the desk before they are sent.

use super::gate::{Asked, gate};
use super::pages::PageNonce;
use super::{Site, pages, plain};
use crate::desk::export::{self, Export, ExportFormat};
use crate::desk::{actions, answers, attention, caseloads, evidence, files, over_time, problems};
use crate::state::Visit;
use app::data::{CaseloadQuery, ListQuery, LogQuery, ProblemsQuery, RegisterQuery, TablesQuery};
use app::error::PageError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};
use leptos::nonce::Nonce;

pub(crate) fn routes(site: &Site) -> Router<Site> {
    use ExportFormat::{Csv, Xlsx};
    Router::new()
        .route("/measures/{id}/children.csv", list(Csv))
        .route("/measures/{id}/children.xlsx", list(Xlsx))
        .route("/attention.csv", of_register(Csv))
        .route("/attention.xlsx", of_register(Xlsx))
        .route("/actions.csv", of_log(Csv))
        .route("/actions.xlsx", of_log(Xlsx))
        .route("/caseloads.csv", of_caseloads(Csv))
        .route("/caseloads.xlsx", of_caseloads(Xlsx))
        .route("/surgeries/evidence.csv", of_evidence(Csv))
        .route("/surgeries/evidence.xlsx", of_evidence(Xlsx))
        .route("/data/altered.csv", altered(Csv))
        .route("/data/altered.xlsx", altered(Xlsx))
        .route("/data/lag.csv", of_tables(Csv, Of::Lag))
        .route("/data/lag.xlsx", of_tables(Xlsx, Of::Lag))
        .route("/answers.csv", of_tables(Csv, Of::Answers))
        .route("/answers.xlsx", of_tables(Xlsx, Of::Answers))
        .route("/headlines.csv", of_tables(Csv, Of::Headlines))
        .route("/headlines.xlsx", of_tables(Xlsx, Of::Headlines))
        .route("/measures/{id}/trend.csv", of_measure(Csv, OfMeasure::Trend))
        .route("/measures/{id}/trend.xlsx", of_measure(Xlsx, OfMeasure::Trend))
        .route("/measures/{id}/teams.csv", of_measure(Csv, OfMeasure::Teams))
        .route("/measures/{id}/teams.xlsx", of_measure(Xlsx, OfMeasure::Teams))
        .route("/admin/targets.csv", of_settings(Csv, Settings::Targets))
        .route("/admin/targets.xlsx", of_settings(Xlsx, Settings::Targets))
        .route("/admin/standards.csv", of_settings(Csv, Settings::Standards))
        .route("/admin/standards.xlsx", of_settings(Xlsx, Settings::Standards))
        .route("/data/problems.csv", of_problems(Csv))
        .route("/data/problems.xlsx", of_problems(Xlsx))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

type Asking<T> = Result<Query<T>, QueryRejection>;
type Who = (State<Site>, Extension<Visit>, PageNonce);

fn list(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, Path(id): Path<String>, query: Asking<ListQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, export::list(&site.state, &visit, &id, &query, format).await).await
    })
}

fn of_register(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<RegisterQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, attention::file(&site.state, &visit, &query, format).await).await
    })
}

fn of_caseloads(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<CaseloadQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, caseloads::file(&site.state, &visit, &query, format).await).await
    })
}

fn of_evidence(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<TablesQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, evidence::file(&site.state, &visit, &query, format).await).await
    })
}

fn altered(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<TablesQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, export::altered(&site.state, &visit, &query, format).await).await
    })
}

fn of_log(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<LogQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, actions::export(&site.state, &visit, &query, format).await).await
    })
}

/// Files of pages that are narrowed like tables.
#[derive(Debug, Clone, Copy)]
enum Of {
    Answers,
    Headlines,
    Lag,
}

fn of_tables(format: ExportFormat, of: Of) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<TablesQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        let file = match of {
            Of::Answers => answers::file(&site.state, &visit, &query, format).await,
            Of::Headlines => files::headlines(&site.state, &visit, &query, format).await,
            Of::Lag => over_time::lag_file(&site.state, &visit, &query, format).await,
        };
        sent(&site, nonce, file).await
    })
}

/// Files of a measure's page.
#[derive(Debug, Clone, Copy)]
enum OfMeasure {
    Trend,
    Teams,
}

fn of_measure(format: ExportFormat, of: OfMeasure) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, Path(id): Path<String>, query: Asking<TablesQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        let file = match of {
            OfMeasure::Trend => files::trend(&site.state, &visit, &id, &query, format).await,
            OfMeasure::Teams => files::teams(&site.state, &visit, &id, &query, format).await,
        };
        sent(&site, nonce, file).await
    })
}

/// What is set for the whole council.
#[derive(Debug, Clone, Copy)]
enum Settings {
    Targets,
    Standards,
}

fn of_settings(format: ExportFormat, of: Settings) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who| {
        let file = match of {
            Settings::Targets => files::targets(&site.state, &visit, format).await,
            Settings::Standards => files::standards(&site.state, &visit, format).await,
        };
        sent(&site, nonce, file).await
    })
}

fn of_problems(format: ExportFormat) -> MethodRouter<Site> {
    get(async move |(State(site), Extension(visit), nonce): Who, query: Asking<ProblemsQuery>| {
        let Ok(Query(query)) = query else { return unreadable() };
        sent(&site, nonce, problems::file(&site.state, &visit, &query, format).await).await
    })
}

async fn sent(site: &Site, nonce: PageNonce, file: Result<Export, PageError>) -> Response {
    match file {
        Ok(export) => attachment(export),
        Err(error) => no_page(site, nonce.0, &error).await,
    }
}

/// What is answered in place of a file or of a changed page.
pub(super) async fn no_page(site: &Site, nonce: Nonce, error: &PageError) -> Response {
    match error {
        PageError::NotFound => pages::not_found(site, nonce).await,
        PageError::SignInNeeded => plain::sign_in_needed(),
        PageError::BadRequest(_) => unreadable(),
        PageError::Busy => plain::busy(),
        PageError::Unreachable | PageError::Failed => plain::failed(),
    }
}

fn unreadable() -> Response {
    plain::page(
        StatusCode::BAD_REQUEST,
        "This address cannot be read",
        "A filter in the address cannot be read. Go back to the list and choose again.",
    )
}

pub(super) fn attachment(export: Export) -> Response {
    let name = plain_name(&export.file_name);
    let mut response = export.body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(export.content_type));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A file's name with nothing in it that needs quoting.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
}

/// Characters of a file's name that need no quoting in a header or on any system.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ')
}
