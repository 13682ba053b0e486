//! The table at the end, and the verdict.

use std::time::Duration;

use anyhow::Result;

use super::Outcome;
use super::counts::Counts;
use crate::steps::human;

/// One part and what became of it.
pub struct Row {
    /// The part's name.
    pub name: String,
    /// Its counts, or why it failed without any.
    pub outcome: Result<Outcome>,
    /// How long it took.
    pub time: Duration,
}

/// All parts that were asked for.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Row {
    /// A part that failed without counting a failed test (it did not compile, say) counts as one failure.
    fn counts(&self) -> Counts {
        match &self.outcome {
            Ok(outcome) => outcome.counts,
            Err(_) => Counts { failed: 1, ..Counts::default() },
        }
    }

    fn verdict(&self) -> &'static str {
        match &self.outcome {
            Err(_) => "failed",
            Ok(outcome) if outcome.counts.failed > 0 => "failed",
            Ok(outcome) if outcome.not_run.is_some() => "could not run all",
            Ok(_) => "ok",
        }
    }

    fn not_run(&self) -> Option<&str> {
        self.outcome.as_ref().ok()?.not_run.as_deref()
    }
}

impl Report {
    /// Adds a part.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Prints the table, what could not run, and the totals on a line of their own.
    pub fn print(&self) {
        println!("\n{:<9} {:>7} {:>7} {:>8} {:>13}  result", "part", "passed", "failed", "skipped", "time");
        for row in &self.rows {
            let counts = row.counts();
            println!(
                "{:<9} {:>7} {:>7} {:>8} {:>13}  {}",
                row.name,
                counts.passed,
                counts.failed,
                counts.skipped,
                human(row.time),
                row.verdict()
            );
        }
        println!();
        for row in &self.rows {
            if let Some(why) = row.not_run() {
                println!("could not run in {}: {why}", row.name);
            }
        }
        let total = self.total();
        println!("{} passed, {} failed", total.passed, total.failed);
    }

    /// Nothing failed; and where `strict`, nothing was left out.
    pub fn is_good(&self, strict: bool) -> bool {
        self.total().failed == 0 && !(strict && self.rows.iter().any(|row| row.not_run().is_some()))
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for row in &self.rows {
            total += row.counts();
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcome: Result<Outcome>) -> Report {
        Report { rows: vec![Row { name: "server".into(), outcome, time: Duration::ZERO }] }
    }

    #[test]
    fn a_part_that_does_not_compile_is_a_failure() {
        let broken = report(Err(anyhow::anyhow!("cargo ended with 101")));
        assert_eq!(broken.total().failed, 1);
        assert!(!broken.is_good(false));
    }

    #[test]
    fn what_could_not_run_fails_in_ci_alone() {
        let partial = report(Ok(Outcome::unable("no Chromium")));
        assert!(partial.is_good(false));
        assert!(!partial.is_good(true));
    }
}
