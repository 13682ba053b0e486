//! The list behind a figure, the caseloads, the evidence of a period and what was altered in retrospect as CSV and XLSX files, to take away. Scoped
//! and put on record by the desk before they are sent.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::desk::export::{self, Export, ExportFormat};
use crate::desk::{caseloads, evidence};
use crate::state::Visit;
use app::data::{CaseloadQuery, ListQuery, TablesQuery};
use app::error::PageError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Router, routing::get};

pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/measures/{id}/children.csv", get(csv))
        .route("/measures/{id}/children.xlsx", get(xlsx))
        .route("/caseloads.csv", get(caseloads_csv))
        .route("/caseloads.xlsx", get(caseloads_xlsx))
        .route("/surgeries/evidence.csv", get(evidence_csv))
        .route("/surgeries/evidence.xlsx", get(evidence_xlsx))
        .route("/data/altered.csv", get(altered_csv))
        .route("/data/altered.xlsx", get(altered_xlsx))
        .route_layer(from_fn_with_state((site.clone(), Asked::Other), gate))
}

type Asking = Result<Query<ListQuery>, QueryRejection>;

async fn csv(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    id: Path<String>,
    query: Asking,
) -> Response {
    list(site.0, visit.0, nonce, id.0, query, ExportFormat::Csv).await
}

async fn xlsx(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    id: Path<String>,
    query: Asking,
) -> Response {
    list(site.0, visit.0, nonce, id.0, query, ExportFormat::Xlsx).await
}

async fn list(
    site: Site,
    visit: Visit,
    nonce: pages::PageNonce,
    id: String,
    query: Asking,
    format: ExportFormat,
) -> Response {
    let Ok(Query(query)) = query else { return unreadable() };
    sent(&site, nonce, export::list(&site.state, &visit, &id, &query, format).await).await
}

type AskingCaseloads = Result<Query<CaseloadQuery>, QueryRejection>;

async fn caseloads_csv(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingCaseloads,
) -> Response {
    of_caseloads(site.0, visit.0, nonce, query, ExportFormat::Csv).await
}

async fn caseloads_xlsx(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingCaseloads,
) -> Response {
    of_caseloads(site.0, visit.0, nonce, query, ExportFormat::Xlsx).await
}

async fn of_caseloads(
    site: Site,
    visit: Visit,
    nonce: pages::PageNonce,
    query: AskingCaseloads,
    format: ExportFormat,
) -> Response {
    let Ok(Query(query)) = query else { return unreadable() };
    sent(&site, nonce, caseloads::file(&site.state, &visit, &query, format).await).await
}

type AskingTables = Result<Query<TablesQuery>, QueryRejection>;

async fn altered_csv(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingTables,
) -> Response {
    altered(site.0, visit.0, nonce, query, ExportFormat::Csv).await
}

async fn altered_xlsx(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingTables,
) -> Response {
    altered(site.0, visit.0, nonce, query, ExportFormat::Xlsx).await
}

async fn altered(
    site: Site,
    visit: Visit,
    nonce: pages::PageNonce,
    query: AskingTables,
    format: ExportFormat,
) -> Response {
    let Ok(Query(query)) = query else { return unreadable() };
    sent(&site, nonce, export::altered(&site.state, &visit, &query, format).await).await
}

async fn evidence_csv(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingTables,
) -> Response {
    of_evidence(site.0, visit.0, nonce, query, ExportFormat::Csv).await
}

async fn evidence_xlsx(
    site: State<Site>,
    visit: Extension<Visit>,
    nonce: pages::PageNonce,
    query: AskingTables,
) -> Response {
    of_evidence(site.0, visit.0, nonce, query, ExportFormat::Xlsx).await
}

async fn of_evidence(
    site: Site,
    visit: Visit,
    nonce: pages::PageNonce,
    query: AskingTables,
    format: ExportFormat,
) -> Response {
    let Ok(Query(query)) = query else { return unreadable() };
    sent(&site, nonce, evidence::file(&site.state, &visit, &query, format).await).await
}

async fn sent(site: &Site, nonce: pages::PageNonce, file: Result<Export, PageError>) -> Response {
    match file {
        Ok(export) => attachment(export),
        Err(PageError::NotFound) => pages::not_found(site, nonce.0).await,
        Err(PageError::BadRequest(_)) => unreadable(),
        Err(PageError::SignInNeeded) => plain::sign_in_needed(),
        Err(PageError::Failed) => plain::failed(),
    }
}

pub(super) fn unreadable() -> Response {
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
pub(super) fn plain_name(name: &str) -> String {
    name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
}

/// Characters of a file's name that need no quoting in a header or on any system.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ')
}
