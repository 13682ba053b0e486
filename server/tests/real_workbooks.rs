//! Figures of workbooks that others made, kept as a snapshot: they change only where a rule changes, and then on purpose.
//!
//! The workbooks stay where they are, beside the project; without them the test says so and ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops at its first surprise"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Workbooks, and the dates they are read as at: the last day the data speaks of, and two months later.
const WORKBOOKS: &[(&str, &[&str])] = &[
    ("data/annex_a/liia_2024.xlsx", &["2020-10-31", "2020-12-31"]),
    ("data/annex_a/ofsted_template_2019.xlsx", &["2019-03-31"]),
    ("trials/loads/00_base/annex_a.xlsx", &["2026-10-30"]),
];

fn surgery(database: &Path, args: &[&str]) -> String {
    let address = format!("sqlite://{}", database.display());
    let ran =
        Command::new(env!("CARGO_BIN_EXE_surgery")).args(["--database-url", &address]).args(args).output().unwrap();
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

/// Each measure's figure as a whole, then those of its teams, largest first: teams by their numbers, never by name.
fn figures(database: &Path) -> String {
    let read = |by: &str| -> serde_json::Value {
        serde_json::from_str(&surgery(database, &["indicators", "--by", by, "--format", "json"])).unwrap()
    };
    let figure = |one: &serde_json::Value| match one["status"].as_str() {
        Some("measured") => format!("{}/{}", one["numerator"], one["denominator"]),
        status => status.unwrap_or("no status").to_owned(),
    };
    let mut teams: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in read("team")["indicators"].as_array().unwrap() {
        teams.entry(one["id"].as_str().unwrap().to_owned()).or_default().push(figure(one));
    }
    let mut text = String::new();
    for one in read("none")["indicators"].as_array().unwrap() {
        let id = one["id"].as_str().unwrap();
        let mut of_teams = teams.remove(id).unwrap_or_default();
        of_teams.sort_by_key(|figure| std::cmp::Reverse(figure.rsplit('/').next().and_then(|n| n.parse::<u64>().ok())));
        let line = format!("{id} {} | {}", figure(one), of_teams.join(" "));
        writeln!(text, "{}", line.trim_end_matches([' ', '|'])).unwrap();
    }
    text
}

#[test]
fn figures_of_real_workbooks_change_only_with_a_rule() {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    for (workbook, dates) in WORKBOOKS {
        let path = shared.join(workbook);
        if !path.exists() {
            eprintln!("not run: {} is not there", path.display());
            continue;
        }
        for as_at in *dates {
            let folder = tempfile::tempdir().unwrap();
            let database = folder.path().join("surgery.db");
            // Two of them are samples that no council would send: they are held, and loaded all the same.
            let path_text = path.to_str().unwrap();
            surgery(&database, &["load", path_text, "--as-at", as_at, "--confirm", "all", "--why", "a sample"]);
            let name = format!("{} as at {as_at}", workbook.rsplit_once('/').unwrap().0.replace('/', "_"));
            let name = format!("{name} {}", path.file_stem().unwrap().to_str().unwrap()).replace(' ', "_");
            insta::assert_snapshot!(name, figures(&database));
        }
    }
}
