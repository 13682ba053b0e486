//! The command line: names, flags, exit codes and JSON keys here are what scripts rely on.

mod backup;
mod database;
pub(crate) mod dates;
mod demo;
mod extract;
mod indicators;
mod list;
mod load;
pub(crate) mod names;
pub(crate) mod output;
mod restore;
mod spc;
mod trend;
mod user;
mod verify;

use crate::clock::Clock;
use crate::council::Council;
use crate::db::Db;
use crate::http::ServeOptions;
use crate::reading::{Ask, ReadError};
use crate::store::extracts::Which;
use anyhow::Context as _;
use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _, Parser, Subcommand};
use database::Makes;
use dates::day;
use domain::scope::{HoldsTheDatabase, Scope};
use names::WrongUsage;
use std::path::PathBuf;
use std::process::ExitCode;

/// The command line: its user holds the database itself. Nothing outside this folder can make one, so that no request reads
/// with the scope of everything.
struct CommandLine;

impl HoldsTheDatabase for CommandLine {}

/// What the command line reads with.
fn everything() -> Scope {
    Scope::operator(&CommandLine)
}

/// Performance surgery as software: from a headline figure to the child behind it.
#[derive(Debug, Parser)]
#[command(name = "surgery", version, about, propagate_version = true)]
pub struct Cli {
    /// Where the data is kept: sqlite://PATH (made when absent) or postgres://USER@HOST/NAME.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://data/surgery.db",
        global = true,
        hide_env_values = true
    )]
    pub database_url: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages.
    Serve(ServeOptions),
    /// Load the files of one extract.
    Load(load::LoadArgs),
    /// The extracts that are loaded: list them, take one out, put one to another date.
    #[command(subcommand)]
    Extract(extract::ExtractCommand),
    /// Figures of measures.
    Indicators(indicators::IndicatorsArgs),
    /// The list of children behind a figure.
    List(list::ListArgs),
    /// Write a fictional authority's extracts, one set a week.
    Demo(demo::DemoArgs),
    /// Bring the database's tables up to date.
    Migrate,
    /// Copy the database to a file while it is in use (SQLite).
    Backup {
        /// The file to make; it must not exist.
        file: PathBuf,
    },
    /// Put a copy made by 'backup' in the database's place (SQLite; stop the server first).
    Restore {
        /// The copy.
        file: PathBuf,
    },
    /// Check the database's integrity, whether what is stored fits together, and the audit's chain.
    Verify {
        /// Also count every extract anew from its records and compare; takes as long as loading them took.
        #[arg(long)]
        recount: bool,
    },
    /// Control charts of the series in a CSV file.
    Spc(spc::SpcArgs),
    /// A measure month by month, with its limits and its verdict.
    Trend(trend::TrendArgs),
    /// Write so many invented actions into a demo's log, for measuring.
    #[command(hide = true)]
    FillActions {
        /// How many.
        #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        count: u32,
    },
    /// Accounts and what they may see.
    #[command(subcommand)]
    User(user::UserCommand),
}

impl Command {
    /// Whether it makes a database where there is none.
    const fn makes(&self) -> Makes {
        match self {
            Self::Serve(_) | Self::Load(_) | Self::Demo(_) | Self::Migrate | Self::User(user::UserCommand::Add(_)) => {
                Makes::Database
            }
            _ => Makes::Nothing,
        }
    }
}

/// The dates and standards of a question.
#[derive(Debug, Clone, Args)]
pub struct AskArgs {
    /// The extract as at this date, or the last before it. Default: the newest.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<NaiveDate>,
    /// First day of the period. Default: three months before as-at, plus a day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// Last day of the period. Default: the as-at date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
    /// Ask with another standard, once; may be repeated.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = name_and_value)]
    set: Vec<(String, String)>,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .ok_or_else(|| "write it as NAME=VALUE".to_owned())
}

impl AskArgs {
    fn ask(&self) -> Ask {
        Ask { from: self.from, to: self.to, standards: self.set.clone() }
    }

    /// The council as at the date asked for.
    async fn council(&self, db: &Db) -> anyhow::Result<Council> {
        names::known_standards(self.set.iter().map(|(name, _)| name.as_str()))?;
        let which = self.as_at.map_or(Which::Newest, Which::OnOrBefore);
        let Some(council) = Council::read_as_at(db, which).await? else {
            if let (Some(as_at), Some(first)) =
                (self.as_at, Council::read(db).await?.and_then(|c| c.extracts.first().map(|e| e.as_at)))
            {
                anyhow::bail!("nothing is loaded as at {as_at} or before; the first extract is as at {first}");
            }
            return Err(ReadError::NoExtract.into());
        };
        if let Some(asked) = self.as_at.filter(|asked| *asked != council.as_at()) {
            output::say(&format!(
                "No extract is as at {asked}; this is the last before it, as at {}.",
                council.as_at()
            ));
        }
        Ok(council)
    }
}

/// Reads the command line; a wrong one ends the process, as clap does.
#[must_use]
pub fn arguments() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| without_passwords(error, std::env::args()).exit())
}

/// Somebody may type a password behind `user add` or `user password`: an argument too many is not repeated there.
fn without_passwords(error: clap::Error, mut arguments: impl Iterator<Item = String>) -> clap::Error {
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg) else { return error };
    let is_plain = error.kind() == ErrorKind::UnknownArgument && !unknown.starts_with('-');
    if is_plain && arguments.any(|argument| argument == "user") {
        let words = "there is an argument too many (not shown: it may be a password). A password is asked for, or read from \
                     the first line of stdin";
        return Cli::command().error(ErrorKind::UnknownArgument, words);
    }
    error
}

/// Runs a command and says how it went: 0 done, 1 failed (a line on stderr), 2 wrong usage (by clap, or a name that is
/// not known), 3 a load is held.
pub async fn run(cli: Cli) -> ExitCode {
    match answer(cli).await {
        Ok(code) => code,
        Err(error) => {
            output::say(&format!("surgery: {error:#}"));
            ExitCode::from(if error.is::<WrongUsage>() { 2 } else { 1 })
        }
    }
}

async fn answer(cli: Cli) -> anyhow::Result<ExitCode> {
    let address = cli.database_url.as_str();
    let clock = Clock::real();
    match cli.command {
        Command::Load(ref args) => args.find_files()?,
        Command::Restore { file } => return restore::restore(address, &clock, &file).await.map(done),
        Command::Demo(args) if !args.load => return demo::write_only(&args, &clock).map(done),
        Command::Spc(args) => return spc::run(&args).map(done),
        _ => {}
    }
    let db = database::open(address, cli.command.makes()).await?;
    // A copy is taken and a check is made of the database as it is.
    let as_it_is = matches!(cli.command, Command::Backup { .. } | Command::Verify { .. });
    let counted = match as_it_is {
        true => 0,
        false => {
            crate::load::bring_figures_up_to_date(&db, &clock).await.context("the figures cannot be counted anew")?
        }
    };
    if counted > 0 {
        output::say(&format!("This version counts a measure otherwise: {counted} extracts were counted anew."));
    }
    let code = match cli.command {
        Command::Serve(options) => crate::http::serve(db.clone(), clock, &options).await.map(done),
        Command::Load(args) => load::run(&db, &clock, args).await,
        Command::Extract(command) => extract::run(&db, &clock, command).await.map(done),
        Command::Indicators(args) => indicators::run(&db, &args).await.map(done),
        Command::List(args) => list::run(&db, &args).await.map(done),
        Command::Trend(args) => trend::run(&db, &args).await.map(done),
        Command::Demo(args) => demo::write_and_load(&db, &clock, &args).await.map(done),
        Command::Migrate => {
            output::say("The tables are up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Backup { file } => backup::backup(&db, &file).await.map(done),
        Command::Restore { .. } | Command::Spc(_) => Ok(ExitCode::SUCCESS),
        Command::Verify { recount } => verify::run(&db, recount).await.map(done),
        Command::FillActions { count } => crate::demo::fill_actions(&db, count).await.map(done).map_err(Into::into),
        Command::User(command) => user::run(&db, &clock, command).await.map(done),
    };
    db.close().await;
    code
}

/// A command that did its work.
fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}
