//! `surgery trend INDICATOR`: a measure's chart with its judgement.

use crate::cli::AskArgs;
use crate::cli::dates::day;
use crate::cli::names::{known_areas, known_measure};
use crate::cli::output::{print, print_json, say};
use crate::council::Council;
use crate::db::Db;
use crate::desk::signal;
use crate::reading::{NO_TEAM, Selection};
use crate::store::rebases;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::measures::beyond;
use domain::names::name_key;
use domain::signal::answer::{Trend, TrendPoint};

#[derive(Debug, Args)]
pub(crate) struct TrendArgs {
    /// The measure, such as ASM-01.
    indicator: String,
    /// Only this team; "(no team)" for units without one.
    #[arg(long, conflicts_with = "service")]
    team: Option<String>,
    /// Only this service; "(no service)" for teams that are not mapped.
    #[arg(long)]
    service: Option<String>,
    /// The extract as at this date, or the last before it. Default: the newest.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<NaiveDate>,
    /// How to write it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Csv,
}

pub(crate) async fn run(db: &Db, args: &TrendArgs) -> anyhow::Result<()> {
    let trend = trend(db, args).await?;
    match args.format {
        Format::Json => print_json(&trend),
        Format::Csv => {
            say(&trend.verdict.words);
            print(csv(&trend.points)?.trim_end())
        }
    }
}

async fn trend(db: &Db, args: &TrendArgs) -> anyhow::Result<Trend> {
    let named = args.team.clone().or_else(|| args.service.clone());
    if let Some(id) = beyond(&args.indicator) {
        return Ok(Trend::nothing(id, named));
    }
    let measure = known_measure(&args.indicator)?;
    known_areas(db, args.service.as_deref(), args.team.as_deref()).await?;
    let ask = AskArgs { as_at: args.as_at, from: None, to: None, set: Vec::new() };
    let council = ask.council(db).await?.with_history(db).await?;
    let selection = Selection {
        team: args.team.as_deref().map(|team| self::team(&council, team)),
        service: args.service.as_deref().map(|service| self::service(&council, service)),
        worker: None,
    };
    let scope = super::everything();
    let cuts = rebases::in_force(db).await?;
    let area = signal::area(&selection, &scope);
    let ours = cuts.iter().filter(|rebase| area.as_ref().is_some_and(|area| rebase.cut.is_of(measure.id, area)));
    let judged = signal::judge(&council, &scope, measure, &selection, ours);
    let by = selection.team.or(selection.service);
    Ok(match judged {
        Some(judged) => Trend::new(measure, by, judged.judgement()),
        None => Trend::nothing(measure.id, by),
    })
}

/// A team's name as it is shown.
fn team(council: &Council, name: &str) -> String {
    if name == NO_TEAM { name.to_owned() } else { council.names.team(name).to_string() }
}

/// A service's name as the organisation has it.
fn service(council: &Council, name: &str) -> String {
    let place = council.organisation.teams().find(|place| name_key(&place.service) == name_key(name));
    place.map_or_else(|| name.to_owned(), |place| place.service.clone())
}

fn csv(points: &[TrendPoint]) -> anyhow::Result<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record([
        "month",
        "from",
        "to",
        "as_at",
        "numerator",
        "denominator",
        "value",
        "judged",
        "label",
        "direction",
        "mean",
        "lower",
        "upper",
    ])?;
    for point in points {
        rows.write_record([
            point.month.clone(),
            point.from.to_string(),
            point.to.to_string(),
            or_blank(point.as_at),
            or_blank(point.numerator),
            or_blank(point.denominator),
            or_blank(point.value),
            point.judged.to_string(),
            or_blank(point.label),
            or_blank(point.direction),
            or_blank(point.mean),
            or_blank(point.lower),
            or_blank(point.upper),
        ])?;
    }
    Ok(String::from_utf8(rows.into_inner().map_err(|error| error.into_error())?)?)
}

fn or_blank<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
