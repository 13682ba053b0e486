//! The project's own commands: build the site, serve the demonstration, test, measure.
//!
//! `cargo xtask serve` and `cargo xtask test` each start from a fresh clone and install what they need.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a build tool talks to the person who runs it")]

mod bench;
mod browser;
mod debian;
mod demo;
mod npm;
mod postgres;
mod serve;
mod server_bin;
mod site;
mod stamp;
mod steps;
mod test;
mod wasm_std;
mod workspace;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves, tests and measures Performance Surgery.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build all and serve the demonstration authority
    Serve {
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:3000")]
        listen: SocketAddr,
        /// Children in the demonstration authority, when it is made
        #[arg(long, default_value_t = demo::CHILDREN)]
        children: u32,
        /// Make the demonstration's database again, even when there is one
        #[arg(long)]
        fresh: bool,
    },
    /// Build what the browser needs: WebAssembly, scripts, styles
    Site,
    /// Check the format, lint, and run every test
    Test {
        /// Run this part alone (may be given more than once)
        #[arg(long, value_enum)]
        only: Vec<test::Part>,
    },
    /// Measure and write docs/bench.md
    Bench {
        /// Requests of the list page
        #[arg(long, default_value_t = 4_000)]
        requests: usize,
    },
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Serve { listen, children, fresh } => serve::run(listen, children, fresh),
        Task::Site => site::build().map(drop),
        Task::Test { only } => return test::run(&only),
        Task::Bench { requests } => bench::run(requests),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
