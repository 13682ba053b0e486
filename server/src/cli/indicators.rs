//! `surgery indicators`.

use crate::cli::AskArgs;
use crate::cli::names::known_measure;
use crate::cli::output::{print, print_json};
use crate::db::Db;
use crate::reading::{Asked, By, figures_by};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::measures::{BEYOND, CORE, Measure, beyond};
use serde::Serialize;

#[derive(Debug, Args)]
pub(crate) struct IndicatorsArgs {
    #[command(flatten)]
    ask: AskArgs,
    /// Figures of the whole or of every group.
    #[arg(long, value_enum, default_value = "none")]
    by: ByArg,
    /// Only this measure; may be repeated.
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,
    /// How to write them.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ByArg {
    None,
    Service,
    Team,
    Worker,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Csv,
    Table,
}

#[derive(Debug, Serialize)]
struct Answer {
    as_at: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
    indicators: Vec<Indicator>,
}

#[derive(Debug, Serialize)]
struct Indicator {
    id: &'static str,
    by: Option<String>,
    numerator: Option<u64>,
    denominator: Option<u64>,
    value: Option<f64>,
    status: &'static str,
}

/// The measures asked for, and the indicators that nothing loaded can feed yet.
fn asked_for(ids: &[String]) -> anyhow::Result<(Vec<&'static Measure>, Vec<&'static str>)> {
    if ids.is_empty() {
        return Ok((CORE.iter().collect(), BEYOND.iter().map(|(id, _)| *id).collect()));
    }
    let (mut measures, mut waiting) = (Vec::new(), Vec::new());
    for id in ids {
        match beyond(id) {
            Some(id) => waiting.push(id),
            None => measures.push(known_measure(id)?),
        }
    }
    Ok((measures, waiting))
}

impl Indicator {
    const fn not_supplied(id: &'static str) -> Self {
        Self { id, by: None, numerator: None, denominator: None, value: None, status: "not_supplied" }
    }
}

pub(crate) async fn run(db: &Db, args: &IndicatorsArgs) -> anyhow::Result<()> {
    let (measures, waiting) = asked_for(&args.ids)?;
    let council = args.ask.council(db).await?;
    let asked = Asked::of(&council, &args.ask.ask())?;
    let by = match args.by {
        ByArg::None => By::Whole,
        ByArg::Service => By::Service,
        ByArg::Team => By::Team,
        ByArg::Worker => By::Worker,
    };
    let scope = super::everything();
    let mut indicators = Vec::new();
    for measure in measures {
        match figures_by(db, &council, &scope, measure, &asked, by).await? {
            None => indicators.push(Indicator::not_supplied(measure.id)),
            Some(groups) => indicators.extend(groups.into_iter().map(|group| Indicator {
                id: measure.id,
                by: group.name,
                numerator: Some(group.figure.numerator),
                denominator: Some(group.figure.denominator),
                value: group.figure.value(),
                status: "measured",
            })),
        }
    }
    indicators.extend(waiting.into_iter().map(Indicator::not_supplied));
    let answer = Answer { as_at: council.as_at(), from: asked.period.from, to: asked.period.to, indicators };
    match args.format {
        Format::Json => print_json(&answer),
        Format::Csv => print(csv(&answer)?.trim_end()),
        Format::Table => print(&table(&answer)),
    }
}

fn csv(answer: &Answer) -> anyhow::Result<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["as_at", "from", "to", "id", "by", "numerator", "denominator", "value", "status"])?;
    for indicator in &answer.indicators {
        rows.write_record([
            answer.as_at.to_string(),
            answer.from.to_string(),
            answer.to.to_string(),
            indicator.id.to_owned(),
            crate::export::inert(indicator.by.as_deref().unwrap_or_default()).into_owned(),
            indicator.numerator.map_or_else(String::new, |n| n.to_string()),
            indicator.denominator.map_or_else(String::new, |n| n.to_string()),
            indicator.value.map_or_else(String::new, |v| v.to_string()),
            indicator.status.to_owned(),
        ])?;
    }
    Ok(String::from_utf8(rows.into_inner().map_err(|error| error.into_error())?)?)
}

fn table(answer: &Answer) -> String {
    use std::fmt::Write as _;
    let mut text = format!("As at {}; periods run from {} to {}\n", answer.as_at, answer.from, answer.to);
    let _ = writeln!(text, "{:<8} {:<32} {:>9} {:>11} {:>8}", "id", "", "numerator", "denominator", "value");
    for indicator in &answer.indicators {
        let number = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let value = match (indicator.value, indicator.status) {
            (_, "not_supplied") => "not supplied".to_owned(),
            (None, _) => "no value".to_owned(),
            (Some(value), _) if indicator.id == "WF-01" => format!("{value:.1}"),
            (Some(value), _) => format!("{:.1}%", value * 100.0),
        };
        let _ = writeln!(
            text,
            "{:<8} {:<32} {:>9} {:>11} {:>8}",
            indicator.id,
            indicator.by.as_deref().unwrap_or_default(),
            number(indicator.numerator),
            number(indicator.denominator),
            value
        );
    }
    text.truncate(text.trim_end().len());
    text
}
