//! `GET /measures/{id}/children.csv` and `.xlsx`: the list behind a figure, to take away; `/data/altered.csv` and `.xlsx`.
//! Scoped and put on record by
//! the desk before it is sent.

use super::gate::{Asked, gate};
use super::{Site, pages, plain};
use crate::desk::export::{self, Export, ExportFormat};
use crate::state::Visit;
use app::data::{ListQuery, TablesQuery};
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
    let made = export::list(&site.state, &visit, &id, &query, format).await;
    answer(&site, nonce, made).await
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
    let made = export::altered(&site.state, &visit, &query, format).await;
    answer(&site, nonce, made).await
}

async fn answer(site: &Site, nonce: pages::PageNonce, made: Result<Export, PageError>) -> Response {
    match made {
        Ok(export) => attachment(export),
        Err(PageError::NotFound) => pages::not_found(site, nonce.0).await,
        Err(PageError::BadRequest(_)) => unreadable(),
        Err(PageError::SignInNeeded) => plain::sign_in_needed(),
        Err(PageError::Failed) => plain::failed(),
    }
}

fn unreadable() -> Response {
    plain::page(
        StatusCode::BAD_REQUEST,
        "This address cannot be read",
        "A filter in the address cannot be read. Go back to the list and choose again.",
    )
}

fn attachment(export: Export) -> Response {
    let name: String = export.file_name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut response = export.body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(export.content_type));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Characters of a file's name that need no quoting in a header or on any system.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ')
}
