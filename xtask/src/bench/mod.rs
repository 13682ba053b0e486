//! Measuring: loading, the list page under load, the action log, pages of the past, what a browser downloads, and the rules' own benchmarks (criterion).
//! The result is `docs/bench.md`, with the machine it was measured on; criterion keeps a report of its own.

mod action_log;
mod http;
mod loading;
mod machine;
mod pages;
mod past;
mod served;

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::steps::{self, Done, step};
use crate::{server_bin, site, workspace};

/// Measures all and writes `docs/bench.md`.
pub fn run(requests: usize) -> Result<()> {
    let sizes = site::build()?;
    let binary = server_bin::build()?;
    let folder = tempfile::Builder::new().prefix("surgery-bench-").tempdir()?;

    let mut loads = Vec::new();
    step("loading", || {
        loads = loading::measure(&binary, folder.path())?;
        Ok(Done::Made)
    })?;
    let mut served = None;
    step("the list page under load", || {
        served = Some(pages::measure(&binary, folder.path(), requests)?);
        Ok(Done::Made)
    })?;

    let (mut log, mut past) = (None, None);
    step("the action log", || {
        log = Some(action_log::measure(&binary, folder.path())?);
        Ok(Done::Made)
    })?;
    step("pages of the past", || {
        past = Some(past::measure(&binary, folder.path())?);
        Ok(Done::Made)
    })?;

    let mut text = String::from(
        "# Measured\n\nWritten by `cargo xtask bench`; run it to measure again. All data is invented.\n\n",
    );
    text += &machine::describe();
    text += &loading::table(&loads);
    if let Some(served) = served {
        text += &served.table();
    }
    text += &log.map(|log| log.table()).unwrap_or_default();
    text += &past.map(|past| past.table()).unwrap_or_default();
    text += &sizes_table(&sizes);
    let file = workspace::root().join("docs/bench.md");
    fs::create_dir_all(workspace::root().join("docs"))?;
    fs::write(&file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    println!("\n{text}\nwritten to docs/bench.md");
    step("benchmarks of the rules", || {
        // Their figures stay in criterion's own report.
        steps::run(steps::cargo().args(["bench", "--package", "domain", "--package", "ingest", "--benches"]))?;
        Ok(Done::Made)
    })
}

fn sizes_table(sizes: &[site::Size]) -> String {
    let kind = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let kb = |bytes: u64| bytes as f64 / 1000.0;
    let mut text = String::from(
        "## What a browser downloads once\n\n| file | raw, kB | gzip, kB | brotli, kB |\n|---|---:|---:|---:|\n",
    );
    for size in sizes {
        text += &format!(
            "| {} | {:.1} | {:.1} | {:.1} |\n",
            kind(&size.name),
            kb(size.raw),
            kb(size.gzip),
            kb(size.brotli)
        );
    }
    text
}

/// The value below which this share of the sorted values lies.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_values_measured() {
        let spans: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&spans, 0.50), Duration::from_millis(50));
        assert_eq!(percentile(&spans, 0.99), Duration::from_millis(99));
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }
}
