//! `surgery demo`: the fictional authority, as files and, with `--load`, in the database.

use crate::cli::dates::day;
use crate::cli::output::say;
use crate::clock::Clock;
use crate::db::Db;
use crate::demo::{self, DemoFormat, DemoOptions, DemoWeek};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Open children of the fictional authority.
    #[arg(long, default_value_t = 2_000)]
    children: u32,
    /// Weekly extracts.
    #[arg(long, default_value_t = 52)]
    weeks: u32,
    /// Monthly extracts before the weekly ones, each as at the last day of its month.
    #[arg(long, default_value_t = 14)]
    months_before: u32,
    /// The same seed makes the same authority.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write to; one folder an extract is made in it.
    #[arg(long)]
    out: PathBuf,
    /// The last extract's date; `friday` for the last Friday on whose extract people have met by now, so that nothing
    /// looks old.
    #[arg(long, default_value = "2026-10-30")]
    last: Last,
    /// Workbooks, or one CSV file a list.
    #[arg(long, value_enum, default_value = "xlsx")]
    format: FileFormat,
    /// Load the extracts into the database, with a persona of each role to sign in as.
    #[arg(long)]
    pub(crate) load: bool,
    /// Extracts at the end that are written and not loaded: to load them by hand and see what they say.
    #[arg(long, default_value_t = 0, requires = "load")]
    keep_back: usize,
}

/// When the demonstration ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Day(NaiveDate),
    Friday,
}

impl FromStr for Last {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "friday" { Ok(Self::Friday) } else { day(text).map(Self::Day) }
    }
}

impl Last {
    fn day(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Friday => demo::newest_extract(today),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileFormat {
    Xlsx,
    Csv,
}

fn bar(steps: u32, words: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(u64::from(steps));
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} extracts, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message(words);
    bar
}

fn write(args: &DemoArgs, clock: &Clock) -> anyhow::Result<Vec<DemoWeek>> {
    let options = DemoOptions {
        children: args.children,
        months: args.months_before,
        weeks: args.weeks,
        seed: args.seed,
        out: args.out.clone(),
        last_as_at: args.last.day(clock.today()),
        format: match args.format {
            FileFormat::Xlsx => DemoFormat::Xlsx,
            FileFormat::Csv => DemoFormat::Csv,
        },
    };
    let bar = bar(args.months_before.saturating_add(args.weeks), "Writing");
    let weeks = demo::write(&options, &|done, _| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    Ok(weeks)
}

pub(crate) fn write_only(args: &DemoArgs, clock: &Clock) -> anyhow::Result<()> {
    let weeks = write(args, clock)?;
    say(&format!("Wrote {} extracts of a fictional authority to {}.", weeks.len(), args.out.display()));
    Ok(())
}

pub(crate) async fn write_and_load(db: &Db, clock: &Clock, args: &DemoArgs) -> anyhow::Result<()> {
    // Asked before an hour of writing, and again when it is done.
    demo::is_for(db).await?;
    let mut weeks = write(args, clock)?;
    // What is kept back may be loaded later.
    demo::claim_database(db, &weeks).await?;
    weeks.truncate(weeks.len().saturating_sub(args.keep_back));
    let loaded = weeks.len();
    let bar = bar(u32::try_from(loaded).unwrap_or(args.weeks), "Loading");
    demo::load_weeks(db, clock, weeks, &|| bar.inc(1)).await?;
    bar.finish_and_clear();
    say(&format!("The demo authority is loaded: {loaded} extracts. Sign in as one of its people on the sign-in page."));
    Ok(())
}
