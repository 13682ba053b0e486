//! The site's files, embedded in the release binary with their compressed forms; a debug build reads them from disk.
//!
//! `cargo xtask site` makes them. Without them everything compiles, and pages come without style and script.

use super::headers::IMMUTABLE;
use super::{Site, pages};
use app::Assets;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use axum::response::{IntoResponse as _, Response};
use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Files;

/// `manifest.json`: which file plays which part, by paths below the site's root.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    assets: BTreeMap<String, String>,
}

/// Addresses of the site's files.
#[derive(Debug)]
pub(crate) struct SiteFiles {
    names: Assets,
}

impl SiteFiles {
    /// Reads the manifest.
    pub(crate) fn read() -> Self {
        let names = read_names();
        if names.is_none() {
            tracing::warn!(
                "the site's files are not there: pages come without style and script (cargo xtask site makes them)"
            );
        }
        Self { names: names.unwrap_or_default() }
    }

    /// The addresses that the pages name. In a debug build the site may be built again while the server runs.
    pub(crate) fn names(&self) -> Assets {
        if cfg!(debug_assertions) { read_names().unwrap_or_default() } else { self.names.clone() }
    }
}

/// The addresses that pages without a site name. A release reads them once.
pub(super) fn names() -> Assets {
    static NAMES: OnceLock<Assets> = OnceLock::new();
    if cfg!(debug_assertions) {
        read_names().unwrap_or_default()
    } else {
        NAMES.get_or_init(|| read_names().unwrap_or_default()).clone()
    }
}

fn read_names() -> Option<Assets> {
    let file = Files::get("manifest.json")?;
    let manifest: Manifest = serde_json::from_slice(&file.data).ok()?;
    let address = |path: &str| format!("/{path}");
    Some(Assets {
        js: address(&manifest.js),
        wasm: address(&manifest.wasm),
        css: address(&manifest.css),
        favicon: manifest.assets.get("favicon.svg").map(|path| address(path)).unwrap_or_default(),
    })
}

/// `GET /pkg/*`: names carry a hash of the content, so browsers may keep them for ever.
pub(crate) async fn asset(
    State(site): State<Site>,
    Path(path): Path<String>,
    headers: HeaderMap,
    nonce: pages::PageNonce,
) -> Response {
    let path = format!("pkg/{path}");
    let Some(kind) = content_type(&path) else { return pages::not_found(&site, nonce.0).await };
    let Some((file, encoding)) = best_form(&path, &headers) else { return pages::not_found(&site, nonce.0).await };
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, IMMUTABLE);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// A week, for a name without a hash.
const A_WEEK: HeaderValue = HeaderValue::from_static("public, max-age=604800");

/// `GET /favicon.ico`, which browsers ask for by themselves, again and again where it is not kept.
pub(crate) async fn favicon(State(site): State<Site>, nonce: pages::PageNonce) -> Response {
    let favicon = site.assets.names().favicon;
    let Some(file) = Files::get(favicon.trim_start_matches('/')).filter(|_| !favicon.is_empty()) else {
        return pages::not_found(&site, nonce.0).await;
    };
    let mut response = file.data.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    response.headers_mut().insert(CACHE_CONTROL, A_WEEK);
    response
}

/// The smallest form of a file that the browser takes.
fn best_form(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(headers, encoding)
            && let Some(file) = Files::get(&format!("{path}.{ending}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

/// Whether `Accept-Encoding` names an encoding, and not with `q=0`.
fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused =
            parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0)));
        named && !refused
    })
}

/// By the ending; other files are not served, nor what lies above.
fn content_type(path: &str) -> Option<&'static str> {
    if path.split('/').any(|part| part == "..") {
        return None;
    }
    Some(match path.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_refused_is_not_taken() {
        let takes = |value: &'static str, encoding| {
            takes(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]), encoding)
        };
        assert!(takes("gzip, deflate, br;q=0.9", "br") && takes("GZIP", "gzip"));
        assert!(!takes("gzip, br;q=0", "br") && !takes("brotli", "br") && !takes("", "gzip"));
    }
}
