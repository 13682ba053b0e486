//! Listening, serving and stopping.
//!
//! Our own loop around hyper and not `axum::serve`: that one sets no timer, so a client could hold a connection for
//! ever by sending its headers a byte at a time, or by asking and never reading.

use super::connections::{Addresses, Place};
use super::session::{IDLE_MS, LONGEST_MS};
use super::{ServeOptions, metrics, router, staging};
use crate::clock::Clock;
use crate::council::{bring_months_up_to_date, bring_registers_up_to_date};
use crate::db::Db;
use crate::mail::{self, Mailer};
use crate::private;
use crate::state::AppState;
use crate::store::users;
use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// How patient the server is with its clients.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long a client may take to send a request's headers, and to begin its next request.
    pub headers: Duration,
    /// How long a client may take nothing of an answer.
    pub writing: Duration,
    /// Connections at the same time; the next one waits to be accepted.
    pub connections: usize,
    /// Connections of one address at the same time, the next of which are closed at once. `None` behind a proxy, which is
    /// every client's address.
    pub of_address: Option<usize>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(30),
            writing: Duration::from_secs(30),
            connections: 4_096,
            of_address: None,
        }
    }
}

/// How long requests under way are waited for when the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(8);
/// How often ended sessions are swept out.
const SWEEP: Duration = Duration::from_secs(10 * 60);
/// How often this server says that it is there, for its loads: several times within [`LONGEST_SILENCE_MS`].
///
/// [`LONGEST_SILENCE_MS`]: crate::store::jobs::LONGEST_SILENCE_MS
const WATCH: Duration = Duration::from_secs(20);
/// How often the metrics are tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves a database until Ctrl-C or SIGTERM, then lets the requests under way come to their end.
///
/// # Errors
/// When an address cannot be listened on, or the database fails at the start.
pub async fn serve(db: Db, clock: Clock, options: &ServeOptions) -> anyhow::Result<()> {
    let mailer = Mailer::of(options)?;
    let listener = listen(options.listen).await?;
    let mut state = AppState::start(db, clock).await?;
    if state.demo && !options.is_local() && !options.demo_on_network {
        state.demo = false;
        warn(
            "This database is a demo's, and the site can be reached over a network: nobody signs in without a password. \
             --demo-on-network lets them.",
        );
    }
    if options.is_in_the_clear() {
        warn(
            "WARNING: passwords and children's data go over the network in the clear. Put a proxy with TLS in front and say \
             so with --behind-tls, or listen on 127.0.0.1.",
        );
    }
    state.loads.keep_watch(&state.db, state.clock.now_ms()).await?;
    if let Some(folder) = &options.staging {
        private::make_folder(folder).context("the folder of uploads cannot be made")?;
    }
    staging::sweep(&options.staging.clone().unwrap_or_else(std::env::temp_dir));
    if options.metrics_listen.is_some() || options.metrics_token.is_some() {
        metrics::install()?;
    }
    let mut beside = tokio::task::JoinSet::new();
    if let Some(address) = options.metrics_listen {
        let listener = listen(address).await?;
        beside.spawn(answer(listener, metrics::own_router(), Patience::default(), std::future::pending()));
    }
    let counted = state.db.clone();
    beside.spawn(async move {
        // What an earlier release did not keep is counted before somebody asks for it.
        if let Err(error) = bring_registers_up_to_date(&counted).await {
            tracing::warn!(%error, "the registers of earlier extracts could not be counted");
        }
        if let Err(error) = bring_months_up_to_date(&counted).await {
            tracing::warn!(%error, "the months of earlier extracts could not be counted");
        }
    });
    beside.spawn(every(UPKEEP, || async { metrics::upkeep() }));
    if let Some(mailer) = mailer {
        let writing = state.clone();
        beside.spawn(every(mail::ROUND, move || round(writing.clone(), mailer.clone())));
    }
    let sweeping = state.clone();
    beside.spawn(every(SWEEP, move || sweep_sessions(sweeping.clone())));
    let watching = state.clone();
    beside.spawn(every(WATCH, move || watch_loads(watching.clone())));

    let address = listener.local_addr().unwrap_or(options.listen);
    // The address is bound, the tables are there and everything that may fail at the start has not: requests are answered.
    crate::cli::output::say(&format!("Performance Surgery answers on http://{address}"));
    tracing::info!(%address, "listening");
    let of_address = (options.proxies == 0).then_some(options.connections_of_address);
    let patience = Patience { of_address, ..Patience::default() };
    answer(listener, router(state.clone(), options), patience, stop()).await;
    if let Err(error) = state.loads.stop(&state.db).await {
        tracing::warn!(%error, "the loads that were under way could not be given up");
    }
    tracing::info!("stopped");
    beside.shutdown().await;
    Ok(())
}

/// Says something to whoever starts the server, and to whoever reads its log.
fn warn(words: &str) {
    crate::cli::output::say(words);
    tracing::warn!("{words}");
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))
}

/// Accepts connections and answers them until `stop`, then lets the requests under way come to their end.
pub async fn answer(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Semaphore::new(patience.connections));
    let addresses = Arc::new(Addresses::default());
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (permit, listener.accept().await)
        };
        tokio::select! {
            (permit, accepted) = next => match (permit, accepted) {
                (Ok(permit), Ok((stream, peer))) => {
                    if let Some(place) = addresses.enter(peer, patience.of_address) {
                        connection(stream, (peer, (permit, place)), router.clone(), patience, graceful.watcher());
                    }
                }
                (_, Err(error)) => {
                    // Out of descriptors, or a client that went away: neither ends the server.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                (Err(_), _) => break,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests under way were cut off");
    }
}

fn connection(
    stream: TcpStream,
    (peer, held): (SocketAddr, (OwnedSemaphorePermit, Place)),
    router: Router,
    patience: Patience,
    watcher: hyper_util::server::graceful::Watcher,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.writing));
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let watched = watcher.watch(connection);
    tokio::spawn(async move {
        // A client that goes away or sends no HTTP is its own matter.
        let _ = watched.await;
        drop(held);
    });
}

async fn every<F: Future<Output = ()>>(pause: Duration, work: impl Fn() -> F) {
    loop {
        tokio::time::sleep(pause).await;
        work().await;
    }
}

async fn round(state: AppState, mailer: Mailer) {
    mail::round(&state, &mailer).await;
}

async fn watch_loads(state: AppState) {
    if let Err(error) = state.loads.keep_watch(&state.db, state.clock.now_ms()).await {
        tracing::warn!(%error, "the loads of the servers could not be looked after");
    }
}

async fn sweep_sessions(state: AppState) {
    let now = state.clock.now_ms();
    if let Err(error) = users::sweep_sessions(&state.db, now - LONGEST_MS, now - IDLE_MS).await {
        tracing::warn!(%error, "ended sessions could not be swept out");
    }
}

/// Resolves on Ctrl-C or SIGTERM.
async fn stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
