//! `surgery list INDICATOR`.

use crate::cli::AskArgs;
use crate::cli::names::{known_measure, known_selection};
use crate::cli::output::{print, print_json, say};
use crate::clock::Clock;
use crate::db::Db;
use crate::export;
use crate::reading::{Asked, Selection, list};
use crate::store::audit::{self, Decision, Entry};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::measures::beyond;
use domain::measures::figure::Line;
use serde::Serialize;

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The measure, such as CPP-07.
    indicator: String,
    #[command(flatten)]
    ask: AskArgs,
    /// Only this team; "(no team)" for units without one.
    #[arg(long, conflicts_with_all = ["service", "worker"])]
    team: Option<String>,
    /// Only this service; "(no service)" for teams that are not mapped.
    #[arg(long, conflicts_with = "worker")]
    service: Option<String>,
    /// Only this worker; "(no worker)" for units without one.
    #[arg(long)]
    worker: Option<String>,
    /// Only units in the numerator, or only those outside it.
    #[arg(long, value_enum, default_value = "all")]
    numerator: NumeratorArg,
    /// How to write it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NumeratorArg {
    Yes,
    No,
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Csv,
}

#[derive(Debug, Serialize)]
struct Answer {
    id: &'static str,
    as_at: NaiveDate,
    rows: Vec<Row>,
}

/// A line as scripts read it.
#[derive(Debug, Serialize)]
struct Row {
    child_id: Option<String>,
    team: Option<String>,
    worker: Option<String>,
    start: Option<NaiveDate>,
    due: Option<NaiveDate>,
    days: Option<i64>,
    numerator: Option<bool>,
    /// When it happened, where the unit is an event.
    event: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    children: Option<u64>,
}

impl From<Line> for Row {
    fn from(line: Line) -> Self {
        match line {
            Line::Child(fact) => Self {
                child_id: Some(fact.child_id.to_string()),
                team: fact.team.as_deref().map(str::to_owned),
                worker: fact.worker.as_deref().map(str::to_owned),
                start: fact.start,
                due: fact.due,
                days: fact.days,
                numerator: Some(fact.numerator),
                event: fact.event,
                children: None,
            },
            Line::Worker { worker, children, numerator } => Self {
                child_id: None,
                team: None,
                worker: Some(worker.to_string()),
                start: None,
                due: None,
                days: None,
                numerator,
                event: None,
                children: Some(children),
            },
        }
    }
}

pub(crate) async fn run(db: &Db, args: &ListArgs) -> anyhow::Result<()> {
    if let Some(id) = beyond(&args.indicator) {
        let council = args.ask.council(db).await?;
        say(&format!("{id} is not supplied: nothing that was loaded holds what it needs."));
        return written(args.format, &Answer { id, as_at: council.as_at(), rows: Vec::new() });
    }
    let measure = known_measure(&args.indicator)?;
    let council = args.ask.council(db).await?;
    let asked = Asked::of(&council, &args.ask.ask())?;
    let selection = Selection { service: args.service.clone(), team: args.team.clone(), worker: args.worker.clone() };
    known_selection(db, &council, &selection).await?;
    let mut listed = list(db, &council, &super::everything(), measure, &asked, &selection).await?;
    match args.numerator {
        NumeratorArg::All => {}
        NumeratorArg::Yes => listed.lines.retain(|line| line.numerator() == Some(true)),
        NumeratorArg::No => listed.lines.retain(|line| line.numerator() == Some(false)),
    }
    // The operator's look is on record like anyone's, before it is printed.
    audit::append(
        db,
        &[Entry {
            at: Clock::real().now_ms(),
            actor: "command line".to_owned(),
            action: "read list".to_owned(),
            subject: Some(measure.id.to_owned()),
            detail: Some(format!("as at {}, {} lines", council.as_at(), listed.lines.len())),
            decision: Decision::Allow,
            request_id: "command line".to_owned(),
        }],
    )
    .await?;
    let rows: Vec<Row> = listed.lines.into_iter().map(Row::from).collect();
    written(args.format, &Answer { id: measure.id, as_at: council.as_at(), rows })
}

fn written(format: Format, answer: &Answer) -> anyhow::Result<()> {
    match format {
        Format::Json => print_json(answer),
        Format::Csv => print(csv(&answer.rows)?.trim_end()),
    }
}

fn csv(rows: &[Row]) -> anyhow::Result<String> {
    fn text<T: ToString>(value: Option<&T>) -> String {
        value.map_or_else(String::new, ToString::to_string)
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["child_id", "team", "worker", "start", "due", "days", "numerator", "children", "event"])?;
    for row in rows {
        out.write_record([
            export::inert(row.child_id.as_deref().unwrap_or_default()).into_owned(),
            export::inert(row.team.as_deref().unwrap_or_default()).into_owned(),
            export::inert(row.worker.as_deref().unwrap_or_default()).into_owned(),
            text(row.start.as_ref()),
            text(row.due.as_ref()),
            text(row.days.as_ref()),
            text(row.numerator.as_ref()),
            text(row.children.as_ref()),
            text(row.event.as_ref()),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner().map_err(|error| error.into_error())?)?)
}
