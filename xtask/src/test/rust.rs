//! The parts that cargo runs.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Outcome;
use super::counts::Counts;
use crate::postgres::Postgres;
use crate::{site, steps, workspace};

/// Never `--workspace`: `app` is one thing for the server and another for the browser, and the two features do
/// not join. The browser's half is linted for this machine, which needs no second toolchain.
const LINTED: &[&[&str]] = &[
    &["--package", "domain", "--package", "ingest", "--package", "xtask", "--all-targets"],
    &["--package", "app", "--features", "ssr", "--all-targets"],
    &["--package", "frontend", "--package", "app", "--lib"],
    &["--package", "server", "--all-targets"],
];

/// Every file is as rustfmt writes it.
pub fn format() -> Result<Outcome> {
    steps::run(steps::cargo().args(["fmt", "--all", "--check"])).context("`cargo fmt --all` puts it right")?;
    Ok(Outcome::default())
}

/// clippy has nothing to say. All crates are looked at before the first failure is reported.
pub fn lint() -> Result<Outcome> {
    site::ensure_folder()?;
    let mut bad = Vec::new();
    for &which in LINTED {
        let mut clippy = steps::cargo();
        clippy.args(["clippy", "--quiet"]).args(which).args(["--", "-D", "warnings"]);
        if steps::run(&mut clippy).is_err() {
            bad.push(which.join(" "));
        }
    }
    match bad.is_empty() {
        true => Ok(Outcome::default()),
        false => bail!("clippy complains about: {}", bad.join("; ")),
    }
}

/// The tests of one crate.
pub fn tests(which: &[&str]) -> Result<Outcome> {
    Ok(Outcome::counted(counted(cargo_test(which))?))
}

/// The server's tests; each that touches a store has a SQLite and a PostgreSQL variant. Without a PostgreSQL the
/// second are left out, and this says so.
pub fn server_tests() -> Result<Outcome> {
    site::ensure_folder()?;
    let mut test = cargo_test(&["--package", "server"]);
    let postgres = match std::env::var("TEST_DATABASE_URL") {
        Ok(_) => None,
        Err(_) => Some(Postgres::start()),
    };
    let mut not_run = None;
    match &postgres {
        None => println!("    PostgreSQL: the one of TEST_DATABASE_URL"),
        Some(Ok(postgres)) => {
            println!("    PostgreSQL: a cluster of its own at {}", postgres.url());
            test.env("TEST_DATABASE_URL", postgres.url());
        }
        Some(Err(error)) => not_run = Some(format!("the PostgreSQL variants: {error:#}")),
    }
    if not_run.is_none() || workspace::in_ci() {
        test.env("REQUIRE_POSTGRES", "1");
    }
    let counts = counted(test)?;
    Ok(Outcome { counts, not_run })
}

fn cargo_test(which: &[&str]) -> Command {
    let mut test = steps::cargo();
    test.args(["test", "--no-fail-fast"]).args(which);
    test
}

/// Runs `cargo test`, shows its words and counts. An error when it failed without a failed test.
fn counted(mut test: Command) -> Result<Counts> {
    let mut running = test.stdout(Stdio::piped()).spawn().context("cargo could not be started")?;
    let mut counts = Counts::default();
    if let Some(out) = running.stdout.take() {
        for line in BufReader::new(out).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            counts += Counts::of_cargo_line(&line);
        }
    }
    let status = running.wait()?;
    if !status.success() && counts.failed == 0 {
        if counts.passed == 0 {
            bail!("the tests did not compile or did not start ({status})");
        }
        // Some tests ran and another binary of the same crate did not build, or was killed.
        counts.failed = 1;
    }
    Ok(counts)
}
