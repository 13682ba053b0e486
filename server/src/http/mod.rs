//! The web server: what stands between a browser and a viewer's desk.
//!
//! | module | what it does |
//! |---|---|
//! | [`serve`], `connections` | listens, accepts, stops gracefully |
//! | `frame` | around every request: number, nonce, headers, log, time limit |
//! | [`session`], `gate`, `asked` | who asks; nobody gets past without a session, and nothing that cannot be read |
//! | `sign_in`, `guesses`, `throttle`, `local_path`, `address` | signing in and out |
//! | `pages`, `documents` | the app's pages and server functions, and the document round them |
//! | `exports`, `loads`, `staging`, `pace`, `turns` | files out and in |
//! | `extracts` | removing and moving an extract |
//! | `answers`, `rebases`, `standards`, `targets`, `tour` | what is set by a form |
//! | `calendars` | calendars to subscribe to, without a session |
//! | `actions`, `surgeries` | forms and files of the action log and of surgeries; the stream of a surgery |
//! | [`guard`] | stops an account that opens very many children |
//! | `assets`, `headers`, `plain`, `health`, `metrics`, [`panics`], `options` | the rest |
//!
//! Architecture invariant: no handler here reads a child, a list or a count. They ask a desk, which takes the
//! viewer's scope and puts the look on record.

mod actions;
mod address;
mod answers;
mod asked;
mod assets;
mod calendars;
mod connections;
mod documents;
mod exports;
mod extracts;
mod frame;
mod gate;
pub mod guard;
pub mod guesses;
mod headers;
mod health;
mod loads;
mod local_path;
mod mapping;
mod metrics;
mod options;
mod pace;
mod pages;
pub mod panics;
mod plain;
mod rebases;
mod serve;
pub mod session;
mod sign_in;
mod staging;
mod standards;
mod surgeries;
mod targets;
mod throttle;
mod tour;
mod turns;

pub use frame::REQUEST_ID;
pub use guard::ReadingGuard;
pub use loads::LARGEST_UPLOAD;
pub use options::{PublicUrl, Secret, ServeOptions, SmtpUrl};
pub use pages::OPEN_FUNCTION;
pub use serve::{Patience, answer, serve};

use crate::state::AppState;
use assets::SiteFiles;
use axum::http::header::ALLOW;
use axum::middleware::{from_fn, from_fn_with_state, map_request, map_response};
use axum::routing::{get, post};
use axum::{Router, body::Body, http::Response};
use session::Touching;
use std::ops::Deref;
use std::sync::Arc;
use throttle::Throttle;
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::limit::RequestBodyLimitLayer;

/// Most bytes of a request that is no upload.
const LARGEST_REQUEST: usize = 64 * 1024;
/// Answers smaller than this (bytes) go out as they are.
const WORTH_COMPRESSING: u64 = 1_024;
/// Passwords hashed at the same time.
const HASHING: usize = 2;
/// Uploads received at the same time.
const UPLOADS: usize = 2;
/// Files for actions received at the same time: each is held in memory until it is kept.
const EVIDENCE: usize = 4;

/// The running site: the server's parts, and what only the web needs. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Site(Arc<Parts>);

#[derive(Debug)]
pub(crate) struct Parts {
    state: AppState,
    options: ServeOptions,
    assets: SiteFiles,
    documents: documents::Documents,
    /// Who guesses addresses of calendars.
    feeds: Throttle,
    touching: Touching,
    hashing: Semaphore,
    uploads: Semaphore,
    evidence: Semaphore,
    turns: turns::Turns,
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Every address there is, behind every layer.
pub fn router(state: AppState, options: &ServeOptions) -> Router {
    let state = AppState { address: Arc::new(options.address()), writes: options.smtp_url.is_some(), ..state };
    let site = Site(Arc::new(Parts {
        state,
        options: options.clone(),
        assets: SiteFiles::read(),
        documents: documents::Documents::default(),
        feeds: Throttle::default(),
        touching: Touching::default(),
        hashing: Semaphore::new(HASHING),
        uploads: Semaphore::new(UPLOADS),
        evidence: Semaphore::new(EVIDENCE),
        turns: turns::Turns::default(),
    }));
    let mut quick = Router::new()
        .merge(pages::routes(&site))
        .merge(exports::routes(&site))
        .merge(rebases::routes(&site))
        .merge(answers::routes(&site))
        .merge(standards::routes(&site))
        .merge(mapping::routes(&site))
        .merge(targets::routes(&site))
        .merge(tour::routes(&site))
        .merge(actions::routes(&site))
        .merge(surgeries::routes(&site))
        .merge(calendars::routes(&site))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/pkg/{*path}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz));
    if options.metrics_token.is_some() {
        quick = quick.route("/metrics", get(metrics::with_token));
    }
    let all = quick
        .fallback(pages::unknown)
        .layer(RequestBodyLimitLayer::new(LARGEST_REQUEST))
        .layer(from_fn(frame::in_time))
        .merge(loads::routes(&site))
        .merge(extracts::routes(&site))
        .merge(actions::uploads(&site))
        .method_not_allowed_fallback(pages::unknown)
        .layer(from_fn_with_state(site.clone(), frame::with_its_file))
        .layer(CsrfLayer::new().with_rejection_response(from_elsewhere))
        .layer(map_request(pace::at_pace))
        .layer(CatchPanicLayer::custom(plain::panicked));
    let all = if options.no_compression { all } else { all.layer(compression()) };
    let all = all.layer(from_fn_with_state(site.clone(), frame::frame)).with_state(site);
    // A router names the methods it allows outside of its own layers; here it is one service in another router.
    Router::new().fallback_service(all).layer(map_response(without_allowed_methods))
}

/// An address that is not there for this method or viewer looks like one that is nowhere.
async fn without_allowed_methods(mut answer: Response<Body>) -> Response<Body> {
    answer.headers_mut().remove(ALLOW);
    answer
}

fn from_elsewhere(_: ProtectionError) -> Response<Body> {
    tracing::warn!("a request that another site made was refused");
    plain::from_elsewhere()
}

/// The fastest level: pages are made anew for each viewer, so the time counts more than the last tenth of the size.
fn compression() -> CompressionLayer<impl tower_http::compression::Predicate> {
    let worth = SizeAbove::new(WORTH_COMPRESSING)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/vnd.openxmlformats"));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth)
}
