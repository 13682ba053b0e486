//! Playwright and axe in Chromium, against the release binary.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Outcome;
use super::counts::Counts;
use crate::steps::{self, Done, step};
use crate::{browser, npm, workspace};

/// Runs the specs in `end2end/tests`; they start the binary themselves.
pub fn run(binary: &Path) -> Result<Outcome> {
    let chromium = match browser::ensure() {
        Ok(chromium) => chromium,
        Err(error) => return Ok(Outcome::unable(format!("{error:#}"))),
    };
    step("packages for the browser tests", || npm::ensure("end2end"))?;
    let folder = workspace::root().join("end2end");
    step("types of the browser tests", || {
        steps::run(steps::command(npm::program("end2end", "tsc")).current_dir(&folder).arg("--noEmit"))?;
        Ok(Done::Made)
    })?;

    let report = workspace::work().join("playwright.json");
    fs::create_dir_all(workspace::work())?;
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut playwright = steps::command(npm::program("end2end", "playwright"));
    playwright
        .current_dir(&folder)
        .arg("test")
        .env("SURGERY_BIN", binary)
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT_REPORT", &report);
    let ran = steps::run(&mut playwright);
    let counts = match fs::read_to_string(&report) {
        Ok(text) => Counts::of_playwright(&text)?,
        Err(_) => {
            return ran.map(|()| Outcome::default()).context("Playwright wrote no report");
        }
    };
    match ran {
        Err(error) if counts.failed == 0 => Err(error),
        _ => Ok(Outcome::counted(counts)),
    }
}
