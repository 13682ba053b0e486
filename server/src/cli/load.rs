//! `surgery load FILE... --as-at YYYY-MM-DD`.

use crate::cli::output::{print, print_json, say};
use crate::clock::Clock;
use crate::db::Db;
use crate::load::{LoadReport, LoadRequest, Outcome, load};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use ingest::{Format, InputFile, Progress};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct LoadArgs {
    /// The files of one extract: a workbook, or one CSV file a list; the council's own tables organisation.csv,
    /// workforce.csv and targets.csv may come with it, or alone.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The date the extract is as at. It is never guessed.
    #[arg(long, value_name = "DATE")]
    as_at: NaiveDate,
    /// The format; auto looks at each file.
    #[arg(long, value_enum, default_value = "auto")]
    format: FormatArg,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// Load although the extract is older, half empty or another council's: you looked at what would change.
    #[arg(long)]
    confirm: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Auto,
    AnnexA,
    Ssd,
    Local,
}

/// Shows rows as they are read, on a terminal only.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {human_pos} rows") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }
}

impl Progress for Bar {
    fn rows(&self, sheet: &str, done: u64) {
        self.0.set_message(sheet.to_owned());
        self.0.set_position(done);
    }
}

pub(crate) async fn run(db: &Db, clock: &Clock, args: LoadArgs) -> anyhow::Result<()> {
    let files = args
        .files
        .into_iter()
        .map(|path| InputFile {
            name: path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            path,
        })
        .collect();
    let request = LoadRequest {
        files,
        format: match args.format {
            FormatArg::Auto => Format::Auto,
            FormatArg::AnnexA => Format::AnnexA,
            FormatArg::Ssd => Format::Ssd,
            FormatArg::Local => Format::Local,
        },
        as_at: args.as_at,
        loaded_by: "command line".to_owned(),
        request_id: "command line".to_owned(),
        asked_on: None,
        confirmed: args.confirm,
    };
    let bar = Arc::new(Bar::new());
    let outcome = load(db, clock, request, Arc::clone(&bar) as Arc<dyn Progress + Send + Sync>).await;
    bar.0.finish_and_clear();
    match outcome? {
        Outcome::Loaded(report) | Outcome::Unchanged(report) => {
            if args.json {
                print_json(&report)?;
                say(&report.message);
            } else {
                print(&in_words(&report))?;
            }
            Ok(())
        }
        Outcome::Held(reasons) => {
            anyhow::bail!(
                "nothing was loaded, because this extract is unusual:\n  {}\nIf this is right, run the same command with --confirm.",
                reasons.join("\n  ")
            )
        }
    }
}

fn in_words(report: &LoadReport) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<13} {:>9} {:>9} {:>9} {:>9} {:>9}  sheet",
        "list", "rows in", "loaded", "rejected", "duplicate", "warnings"
    );
    for list in &report.lists {
        let _ = writeln!(
            text,
            "{:<13} {:>9} {:>9} {:>9} {:>9} {:>9}  {}",
            list.list, list.rows_in, list.loaded, list.rejected, list.duplicate, list.warnings, list.sheet
        );
    }
    for problem in report.problems.iter().take(50) {
        let place = [
            Some(problem.list.clone()),
            problem.row.map(|row| format!("row {row}")),
            problem.column.clone(),
            problem.value.as_ref().map(|value| format!("'{value}'")),
        ];
        let place: Vec<String> = place.into_iter().flatten().collect();
        let _ = writeln!(text, "{}: {}: {}", problem.severity, place.join(", "), problem.message);
    }
    if report.problems_total > 50 {
        let _ = writeln!(text, "... and {} more problems: --json has the first 10,000", report.problems_total - 50);
    }
    text.push_str(&report.message);
    text
}
