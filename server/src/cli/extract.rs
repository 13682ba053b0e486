//! `surgery extract list | remove DATE --why W | move DATE DATE --why W`.

use crate::cli::dates::day;
use crate::cli::names::WrongUsage;
use crate::cli::output::{print, print_json, say};
use crate::clock::Clock;
use crate::db::Db;
use crate::load::{ChangeError, ExtractRequest, Frozen, ListCounts, move_extract, remove_extract};
use crate::store::extracts::{self, Extract};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Debug, Subcommand)]
pub(crate) enum ExtractCommand {
    /// Every extract in force, oldest first.
    List(ListArgs),
    /// Take an extract out as if it had never been loaded. What people did on it stays.
    Remove(RemoveArgs),
    /// Put an extract to another date: it was loaded as at the wrong one.
    Move(MoveArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// How to write them.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Table,
}

#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// The date it is as at.
    #[arg(value_name = "DATE", value_parser = day)]
    as_at: NaiveDate,
    /// Why; kept on record.
    #[arg(long, value_name = "REASON")]
    why: String,
    /// It was another council's file: take its children out of findings and agendas that were made on it, too.
    #[arg(long)]
    redact: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MoveArgs {
    /// The date it is as at.
    #[arg(value_name = "DATE", value_parser = day)]
    as_at: NaiveDate,
    /// The date it is really as at.
    #[arg(value_name = "TO", value_parser = day)]
    to: NaiveDate,
    /// Why; kept on record.
    #[arg(long, value_name = "REASON")]
    why: String,
}

#[derive(Debug, Serialize)]
struct Line {
    extract: i64,
    as_at: NaiveDate,
    loaded_at: String,
    loaded_by: String,
    files: Vec<String>,
    rows_loaded: u64,
    problems: i64,
}

impl Line {
    fn of(extract: Extract) -> Result<Self, serde_json::Error> {
        let loaded_at = crate::clock::england_time(extract.loaded_at);
        Ok(Self {
            rows_loaded: ListCounts::read_all(&extract.report)?.iter().map(|list| list.loaded).sum(),
            extract: extract.id,
            as_at: extract.as_at,
            loaded_at: loaded_at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
            loaded_by: extract.loaded_by,
            files: extract.files,
            problems: extract.problems,
        })
    }
}

pub(crate) async fn run(db: &Db, clock: &Clock, command: ExtractCommand) -> anyhow::Result<()> {
    let request = |as_at, why: String| ExtractRequest {
        as_at,
        extract: None,
        reason: why,
        done_by: "command line".to_owned(),
        request_id: "command line".to_owned(),
    };
    let changed = match command {
        ExtractCommand::List(args) => return list(db, &args).await,
        ExtractCommand::Remove(args) => {
            let frozen = if args.redact { Frozen::Redacted } else { Frozen::Kept };
            remove_extract(db, clock, &request(args.as_at, args.why), frozen).await
        }
        ExtractCommand::Move(args) => move_extract(db, clock, &request(args.as_at, args.why), args.to).await,
    };
    match changed {
        Ok(changed) => {
            say(&changed.message);
            Ok(())
        }
        Err(error @ ChangeError::NoReason) => Err(WrongUsage(error.to_string()).into()),
        Err(error) => Err(error.into()),
    }
}

async fn list(db: &Db, args: &ListArgs) -> anyhow::Result<()> {
    let lines: Vec<Line> = extracts::all(db).await?.into_iter().map(Line::of).collect::<Result<_, _>>()?;
    match args.format {
        Format::Json => print_json(&serde_json::json!({ "extracts": lines })),
        Format::Table if lines.is_empty() => {
            say("No extract is loaded.");
            Ok(())
        }
        Format::Table => print(table(&lines).trim_end()),
    }
}

fn table(lines: &[Line]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{:<11} {:>7} {:>9} {:>9}  {:<17} by", "as at", "extract", "rows", "problems", "loaded");
    for line in lines {
        let _ = writeln!(
            text,
            "{:<11} {:>7} {:>9} {:>9}  {:<17} {}",
            line.as_at.to_string(),
            line.extract,
            line.rows_loaded,
            line.problems,
            line.loaded_at,
            line.loaded_by
        );
    }
    text
}
