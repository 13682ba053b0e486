//! The document round every page: rendered by leptos once for the site's files as they are, filled in for each answer.

use super::Site;
use app::error::PageError;
use app::fragment::Fragment;
use app::{Assets, Stencil};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Uri;
use axum::response::{Html, IntoResponse as _, Response};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use std::sync::{Arc, PoisonError, RwLock};

/// Any route with a page: the document is the same for all.
const ANY: &str = "/help";
/// More than the document round a page ever has (bytes).
const LARGEST: usize = 256 * 1024;

/// The document, and the files it names.
#[derive(Debug, Default)]
pub(super) struct Documents(RwLock<Option<(Assets, Arc<Stencil>)>>);

impl Documents {
    async fn stencil(&self, assets: Assets) -> Option<Arc<Stencil>> {
        if let Some((of, stencil)) = &*self.0.read().unwrap_or_else(PoisonError::into_inner)
            && *of == assets
        {
            return Some(Arc::clone(stencil));
        }
        let stencil = Arc::new(rendered(&assets).await?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((assets, Arc::clone(&stencil)));
        Some(stencil)
    }
}

/// A page in its document, with its status. The nonce is ours, so that header and page agree.
pub(super) async fn answer(site: &Site, page: Result<Fragment, PageError>, nonce: &Nonce) -> Response {
    let status = page.as_ref().err().map(PageError::status).unwrap_or_default();
    let Some(stencil) = site.documents.stencil(site.assets.names()).await else {
        tracing::error!("the document round the pages has no place for them");
        return super::plain::failed();
    };
    (status, Html(stencil.fill(page, nonce))).into_response()
}

async fn rendered(assets: &Assets) -> Option<Stencil> {
    let nonce = Nonce::new();
    let (of_page, assets) = (nonce.clone(), assets.clone());
    let provide = move || provide_context(of_page.clone());
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static(ANY);
    let response = leptos_axum::render_app_async_with_context(provide, move || app::shell(&assets))(request).await;
    let document = to_bytes(response.into_body(), LARGEST).await.ok()?;
    Stencil::cut(std::str::from_utf8(&document).ok()?, &nonce)
}
