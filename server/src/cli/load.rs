//! `surgery load FILE... --as-at YYYY-MM-DD`.

use crate::cli::day;
use crate::cli::output::{print, print_json, say};
use crate::clock::Clock;
use crate::db::Db;
use crate::load::{FigureChange, Forecast, ListCounts, LoadError, LoadReport, LoadRequest, Outcome, load};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::holds::{Confirmed, HoldKind, UnknownKind};
use domain::measures::figure::Figure;
use indicatif::{ProgressBar, ProgressStyle};
use ingest::{Format, InputFile, Progress};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct LoadArgs {
    /// The files of one extract: a workbook, or one CSV file a list; the council's own tables organisation.csv,
    /// workforce.csv and targets.csv may come with it, or alone.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The date the extract is as at. It is never guessed.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: NaiveDate,
    /// The format; auto looks at each file.
    #[arg(long, value_enum, default_value = "auto")]
    format: FormatArg,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// Say what would happen, with every figure before and after, and change nothing.
    #[arg(long)]
    check: bool,
    /// Load although it is held for these kinds, or for all: you looked at what is held.
    #[arg(long, value_name = "KIND", num_args = 1.., value_delimiter = ',')]
    confirm: Vec<ConfirmArg>,
    /// Why what is held is right; it is kept with the extract.
    #[arg(long, value_name = "REASON", requires = "confirm")]
    why: Option<String>,
}

/// A kind of hold, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConfirmArg {
    Kind(HoldKind),
    All,
}

impl FromStr for ConfirmArg {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        if text == "all" { Ok(Self::All) } else { text.parse().map(Self::Kind) }
    }
}

fn confirmed(kinds: &[ConfirmArg]) -> Confirmed {
    if kinds.contains(&ConfirmArg::All) {
        return Confirmed::All;
    }
    let kind = |arg: &ConfirmArg| match arg {
        ConfirmArg::Kind(kind) => Some(*kind),
        ConfirmArg::All => None,
    };
    Confirmed::Kinds(kinds.iter().filter_map(kind).collect())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Auto,
    AnnexA,
    Ssd,
    Local,
}

impl LoadArgs {
    /// Whether the files are there: asked before a database is made for them.
    pub(crate) fn find_files(&self) -> anyhow::Result<()> {
        for path in &self.files {
            if let Err(reason) = std::fs::File::open(path) {
                let file = path.display().to_string();
                return Err(LoadError::Open { file, reason }.into());
            }
        }
        Ok(())
    }
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

/// Exit code of a load that is held: nothing was changed, a person has to look.
const HELD: u8 = 3;

pub(crate) async fn run(db: &Db, clock: &Clock, args: LoadArgs) -> anyhow::Result<ExitCode> {
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
        confirmed: confirmed(&args.confirm),
        why: args.why.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty()),
        check: args.check,
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
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Checked(forecast) => {
            show(&forecast, args.json)?;
            say(&format!("Nothing was changed. {}", forecast.message));
            Ok(say_held(&forecast, "It would be held:"))
        }
        Outcome::Held(forecast) => {
            show(&forecast, args.json)?;
            say(&format!("Nothing was changed. {}", forecast.message));
            Ok(say_held(&forecast, "surgery: nothing was loaded, because this extract is unusual:"))
        }
    }
}

fn show(forecast: &Forecast, json: bool) -> anyhow::Result<()> {
    if json { print_json(forecast) } else { print(&forecast_in_words(forecast)) }
}

/// Says why it is held, and what to do; answers the exit code.
fn say_held(forecast: &Forecast, head: &str) -> ExitCode {
    if forecast.held.is_empty() {
        return ExitCode::SUCCESS;
    }
    say(head);
    for hold in &forecast.held {
        say(&format!("  {}: {}", hold.kind, hold.message));
    }
    let kinds: BTreeSet<&str> = forecast.held.iter().map(|hold| hold.kind.name()).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(" ");
    say(&format!("If you have looked and it is right, load it with --confirm {kinds} --why \"...\""));
    ExitCode::from(HELD)
}

fn lists_in_words(lists: &[ListCounts]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<13} {:>9} {:>9} {:>9} {:>9} {:>9}  sheet",
        "list", "rows in", "loaded", "rejected", "duplicate", "warnings"
    );
    for list in lists {
        let _ = writeln!(
            text,
            "{:<13} {:>9} {:>9} {:>9} {:>9} {:>9}  {}",
            list.list, list.rows_in, list.loaded, list.rejected, list.duplicate, list.warnings, list.sheet
        );
    }
    text
}

/// What would load, the problems by kind, and every figure before and after.
fn forecast_in_words(forecast: &Forecast) -> String {
    let mut text = lists_in_words(&forecast.lists);
    for group in forecast.groups.iter().take(50) {
        let _ = writeln!(text, "{}: {}", group.list, group.in_words());
    }
    let _ = writeln!(text, "{:<8} {:>15} {:>15}", "figure", "before", "after");
    let shown = |figure: Option<Figure>| match figure {
        Some(Figure { numerator, denominator }) => format!("{numerator} of {denominator}"),
        None => "-".to_owned(),
    };
    for FigureChange { id, before, after } in &forecast.figures {
        let mark = if before == after { "" } else { " *" };
        let _ = writeln!(text, "{id:<8} {:>15} {:>15}{mark}", shown(*before), shown(*after));
    }
    text.truncate(text.trim_end().len());
    text
}

fn in_words(report: &LoadReport) -> String {
    let mut text = lists_in_words(&report.lists);
    for group in &report.problem_groups {
        let _ = writeln!(text, "{}: {}", group.list, group.text);
    }
    let kept = report.problems.len() as u64;
    if report.problems_total > kept && !report.unchanged {
        let _ = writeln!(
            text,
            "Row by row only the first {kept} of {} problems are kept: put these right, and the next load shows the rest.",
            report.problems_total
        );
    }
    text.push_str(&report.message);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::ProblemGroupReport;

    #[test]
    fn problems_are_told_a_line_a_kind_and_a_list_that_is_cut_says_so() {
        let group = ProblemGroupReport {
            list: "L7".to_owned(),
            column: Some("Date of the Last Statutory Visit".to_owned()),
            kind: "not-a-date",
            count: 412,
            examples: vec!["30/OCT/26".to_owned()],
            text: "412 dates in Date of the Last Statutory Visit could not be read: 30/OCT/26 …".to_owned(),
            message: "not a date".to_owned(),
        };
        let mut report = LoadReport {
            extract: Some(1),
            as_at: NaiveDate::default(),
            format: "annex-a".to_owned(),
            lists: Vec::new(),
            problems: Vec::new(),
            problems_total: 412,
            problem_groups: vec![group],
            unchanged: false,
            records_new: 0,
            records_ended: 0,
            records_same: 0,
            mapping: Vec::new(),
            message: "Loaded.".to_owned(),
        };
        let text = in_words(&report);
        assert!(text.contains("\nL7: 412 dates in Date of the Last Statutory Visit could not be read: 30/OCT/26 …\n"));
        assert!(text.contains("only the first 0 of 412 problems are kept"), "{text}");
        report.problems_total = 0;
        assert!(!in_words(&report).contains("only the first"));
    }
}
