//! How many tests passed, read from what the runners print.

use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

/// Tests by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Did what they should.
    pub passed: u64,
    /// Did not.
    pub failed: u64,
    /// Marked not to run.
    pub skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Counts {
    /// One line of `cargo test`: "test result: ok. 12 passed; 0 failed; 1 ignored; …". Other lines count nothing.
    pub fn of_cargo_line(line: &str) -> Self {
        let mut counts = Self::default();
        let Some((_, figures)) = line.split_once("test result: ") else {
            return counts;
        };
        let figures = figures.split_once(". ").map_or(figures, |(_, figures)| figures);
        for figure in figures.split(';') {
            let mut words = figure.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            match what {
                "passed" => counts.passed = number,
                "failed" => counts.failed = number,
                "ignored" => counts.skipped = number,
                _ => {}
            }
        }
        counts
    }

    /// The JSON report of Playwright. A test that passed at the second attempt has passed; one that the runner
    /// could not even load is among the errors and has failed.
    pub fn of_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let stat = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Self {
            passed: stat("expected") + stat("flaky"),
            failed: stat("unexpected") + errors,
            skipped: stat("skipped"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_cargo_test_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(Counts::of_cargo_line(line), Counts { passed: 12, failed: 3, skipped: 1 });
        assert_eq!(Counts::of_cargo_line("running 3 tests"), Counts::default());
    }

    #[test]
    fn the_figures_of_playwright_are_read() {
        let report = r#"{"errors":[],"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2}}"#;
        assert_eq!(Counts::of_playwright(report).unwrap(), Counts { passed: 8, failed: 1, skipped: 2 });
        let report = r#"{"errors":[{"message":"no such file"}],"stats":{"expected":0}}"#;
        assert_eq!(Counts::of_playwright(report).unwrap().failed, 1);
    }
}
