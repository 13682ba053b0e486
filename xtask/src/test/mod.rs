//! Every check and every test, part by part, with one table at the end.

mod browsers;
mod counts;
mod report;
mod rust;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::{server_bin, workspace};
use counts::Counts;
use report::{Report, Row};

/// The parts, in the order they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// `cargo fmt --check`
    Format,
    /// clippy without warnings
    Lint,
    /// The rules
    Domain,
    /// Files into records
    Ingest,
    /// This tool
    Xtask,
    /// Pages and components
    App,
    /// The server, on SQLite and on PostgreSQL
    Server,
    /// The site and the release binary
    Build,
    /// Playwright and axe in Chromium, against the release binary
    Browser,
}

/// What a part came to.
#[derive(Default)]
pub struct Outcome {
    /// Tests by result.
    pub counts: Counts,
    /// Why something in it could not run.
    pub not_run: Option<String>,
}

/// Runs the chosen parts, or all; fails when anything failed, or in CI could not run.
pub fn run(only: &[Part]) -> ExitCode {
    let mut report = Report::default();
    let mut binary = None;
    for &part in Part::value_variants() {
        if !wanted(part, only) {
            continue;
        }
        let name = part.name();
        println!("\n━━ {name}");
        let start = Instant::now();
        let outcome = run_part(part, &mut binary);
        let row = Row { name, outcome, time: start.elapsed() };
        if let Err(error) = &row.outcome {
            eprintln!("{} failed: {error:#}", row.name);
        }
        report.add(row);
    }
    report.print();
    if report.is_good(workspace::in_ci()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The browser tests need the binary, so asking for them asks for the build.
fn wanted(part: Part, only: &[Part]) -> bool {
    only.is_empty() || only.contains(&part) || (part == Part::Build && only.contains(&Part::Browser))
}

fn run_part(part: Part, binary: &mut Option<PathBuf>) -> Result<Outcome> {
    match part {
        Part::Format => rust::format(),
        Part::Lint => rust::lint(),
        Part::Domain => rust::tests(&["--package", "domain"]),
        Part::Ingest => rust::tests(&["--package", "ingest"]),
        Part::Xtask => rust::tests(&["--package", "xtask"]),
        Part::App => rust::tests(&["--package", "app", "--features", "ssr"]),
        Part::Server => rust::server_tests(),
        Part::Build => {
            *binary = Some(server_bin::build_all()?);
            Ok(Outcome::default())
        }
        Part::Browser => match binary {
            Some(binary) => browsers::run(binary),
            None => Ok(Outcome::unable("there is no binary to test: the build failed")),
        },
    }
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl Outcome {
    /// A part that ran and counted these.
    fn counted(counts: Counts) -> Self {
        Self { counts, not_run: None }
    }

    /// A part that could not run at all.
    fn unable(why: impl Into<String>) -> Self {
        Self { counts: Counts::default(), not_run: Some(why.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_tests_ask_for_the_build() {
        assert!(wanted(Part::Build, &[Part::Browser]));
        assert!(!wanted(Part::Lint, &[Part::Browser]));
        assert!(wanted(Part::Lint, &[]));
    }
}
