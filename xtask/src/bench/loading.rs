//! How long and with how much memory `surgery load` takes in a large extract.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine;
use crate::demo::{self, Demo};
use crate::{stamp, steps};

/// The size of extract to measure with.
const ROWS: u64 = 100_000;
/// A first guess, corrected by what it loads.
const FIRST_CHILDREN: u32 = 2_000;

/// One load, measured.
pub struct Load {
    format: &'static str,
    rows: u64,
    megabytes: f64,
    time: Duration,
    peak_kb: u64,
}

/// One extract on disk.
struct Extract {
    files: Vec<PathBuf>,
    as_at: String,
}

/// Generates an extract of about 100,000 rows, as a workbook and as CSV files, and loads each into a new database.
pub fn measure(binary: &Path, folder: &Path) -> Result<Vec<Load>> {
    let trial = measure_one(binary, folder, FIRST_CHILDREN, "csv")?;
    let children = u32::try_from(u64::from(FIRST_CHILDREN) * ROWS / trial.rows.max(1))?;
    ["xlsx", "csv"].into_iter().map(|format| measure_one(binary, folder, children, format)).collect()
}

fn measure_one(binary: &Path, folder: &Path, children: u32, format: &'static str) -> Result<Load> {
    let name = format!("{format}-{children}");
    let files = folder.join(&name);
    steps::run(demo::generate(binary, &Demo { children, months: 0, weeks: 1 }, &files).args(["--format", format]))?;
    load(binary, &folder.join(name).with_extension("db"), &extract(&files)?, format)
}

/// The loads as a table in Markdown.
pub fn table(loads: &[Load]) -> String {
    let mut text = String::from(
        "## Loading one extract\n\n| format | rows | files, MB | time, s | rows a second | peak memory, MB |\n\
         |---|---:|---:|---:|---:|---:|\n",
    );
    for load in loads {
        let seconds = load.time.as_secs_f64();
        text += &format!(
            "| {} | {} | {:.1} | {:.1} | {:.0} | {} |\n",
            load.format,
            load.rows,
            load.megabytes,
            seconds,
            load.rows as f64 / seconds,
            load.peak_kb / 1024
        );
    }
    text + "\n"
}

/// The files of one week, with the as-at date that their folder is named for.
fn extract(folder: &Path) -> Result<Extract> {
    let mut files = Vec::new();
    stamp::collect(folder, &mut files)?;
    files.sort();
    let first = files.first().context("the demonstration wrote no file")?;
    let path = first.strip_prefix(folder).unwrap_or(first).to_string_lossy();
    let as_at = date_in(&path).with_context(|| format!("{path} carries no date"))?.to_owned();
    Ok(Extract { files, as_at })
}

/// The first YYYY-MM-DD in a path.
fn date_in(path: &str) -> Option<&str> {
    let is_date = |text: &str| {
        text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    (0..path.len()).find_map(|start| path.get(start..start + 10).filter(|text| is_date(text)))
}

fn load(binary: &Path, database: &Path, extract: &Extract, format: &'static str) -> Result<Load> {
    let mut bytes = 0;
    for file in &extract.files {
        bytes += fs::metadata(file)?.len();
    }
    let answer = tempfile::NamedTempFile::new()?;
    let mut command = steps::command(binary);
    command
        .arg("load")
        .args(&extract.files)
        .args(["--as-at", &extract.as_at, "--json"])
        .env("DATABASE_URL", demo::address(database))
        .stdin(Stdio::null())
        .stdout(answer.reopen()?);
    let start = Instant::now();
    let mut child = command.spawn().context("surgery could not be started")?;
    let peak_kb = peak_until_end(&mut child)?;
    let time = start.elapsed();
    let status = child.wait()?;
    if !status.success() {
        bail!("loading the {format} extract ended with {status}");
    }
    let rows = rows_in(&fs::read_to_string(answer.path())?)?;
    Ok(Load { format, rows, megabytes: bytes as f64 / 1e6, time, peak_kb })
}

/// Watches the high-water mark of a process's memory until it ends.
fn peak_until_end(child: &mut Child) -> Result<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let now = machine::field(&status, "VmHWM");
        let now = now.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0);
        peak = peak.max(now);
        sleep(Duration::from_millis(10));
    }
    Ok(peak)
}

/// The rows of all lists in the answer of `surgery load --json`.
fn rows_in(answer: &str) -> Result<u64> {
    let answer: Value = serde_json::from_str(answer).context("`surgery load --json` wrote no JSON")?;
    let lists = answer["lists"].as_array().context("`surgery load --json` names no lists")?;
    Ok(lists.iter().filter_map(|list| list["rows_in"].as_u64()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_extract_is_in_its_path() {
        assert_eq!(date_in("2024-01-31/annex_a.xlsx"), Some("2024-01-31"));
        assert_eq!(date_in("week-01/annex_a_2024-01-31.xlsx"), Some("2024-01-31"));
        assert_eq!(date_in("annex_a.xlsx"), None);
    }

    #[test]
    fn the_rows_of_all_lists_count() {
        let answer = r#"{"lists":[{"list":"L1","rows_in":120},{"list":"L7","rows_in":3}]}"#;
        assert_eq!(rows_in(answer).unwrap(), 123);
    }
}
