//! The binary `surgery`.

use clap::Parser as _;
use mimalloc::MiMalloc;
use server::cli::{Cli, run};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A page is thousands of small texts: an allocator made for that answers it in two thirds of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::try_from_env("SURGERY_LOG").unwrap_or_else(|_| EnvFilter::new("warn,server=info")))
        .with_writer(std::io::stderr)
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
