//! The binary `surgery`.

use mimalloc::MiMalloc;
use server::cli::{arguments, run};
use std::process::ExitCode;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// A page is thousands of small texts: an allocator made for that answers it in two thirds of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = arguments();
    tracing_subscriber::registry()
        .with(tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr))
        .with(levels())
        .init();
    // A panic's words may hold what was being read: the log gets its place only.
    server::http::panics::log_places_only();
    // Pages wait for each other in places: fewer than four threads could leave one waiting for itself.
    let threads = std::thread::available_parallelism().map_or(4, usize::from).max(4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(run(cli)),
        Err(_) => ExitCode::from(1),
    }
}

/// What is logged: as `SURGERY_LOG` says (`warn,server=debug`), or warnings, and of the server what it does.
fn levels() -> Targets {
    let wanted = std::env::var("SURGERY_LOG").ok().and_then(|levels| levels.parse().ok());
    wanted.unwrap_or_else(|| Targets::new().with_default(LevelFilter::WARN).with_target("server", LevelFilter::INFO))
}
