//! `surgery spc FILE`: control charts of the series in a CSV file. Needs no database.

use crate::cli::output::{print, print_json, say};
use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};
use domain::spc::answer::{Answer, JudgedCase};
use domain::spc::cases::{Case, CaseReader};
use domain::spc::points_missing;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct SpcArgs {
    /// A CSV file with the columns case and y, then any of target, polarity, screen, fix_after and rebase.
    file: PathBuf,
    /// How to write the charts.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Table,
}

/// More bad cells than this are only counted.
const BAD_CELLS_SHOWN: usize = 20;

pub(crate) fn run(args: &SpcArgs) -> anyhow::Result<()> {
    let file = args.file.display().to_string();
    let bytes = std::fs::read(&args.file)
        .map_err(|error| anyhow!("{file}: cannot be read ({error}). Check that it is there"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow!("{file}: its text is not UTF-8. Save it as CSV UTF-8 (comma delimited)"))?;
    let answer = Answer::of(cases(&file, text.trim_start_matches('\u{feff}'))?);
    match args.format {
        Format::Json => print_json(&answer),
        Format::Table => print(&table(&answer)),
    }
}

/// The series a CSV text holds. Rows are numbered as an editor numbers lines, blank ones too.
fn cases(file: &str, text: &str) -> anyhow::Result<Vec<Case>> {
    // One that is never closed swallows every row below it into a cell.
    if text.matches('"').count() % 2 == 1 {
        bail!("{file}: a quotation mark is never closed. Close it, or take it away");
    }
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    rows.read_record(&mut record)?;
    let mut reader = CaseReader::new(record.iter()).map_err(|error| anyhow!("{file}: {error}"))?;
    for column in reader.unread() {
        say(&format!("{file}: the column '{column}' is not read."));
    }
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let start = usize::try_from(rows.position().byte())?;
        if !rows.read_record(&mut record)? {
            break;
        }
        reader.row(lines.of(start), record.iter());
    }
    reader.finish().map_err(|bad| {
        let mut shown: Vec<String> = bad.iter().take(BAD_CELLS_SHOWN).map(|cell| format!("{file}: {cell}")).collect();
        if bad.len() > BAD_CELLS_SHOWN {
            shown.push(format!("{file}: and {} more", bad.len() - BAD_CELLS_SHOWN));
        }
        anyhow!(shown.join("\n"))
    })
}

/// Counts the lines of a text up to a place, going forward only.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at `start`, or after the line ends there.
    fn of(&mut self, start: usize) -> u64 {
        let rest = self.text.get(start..).unwrap_or_default();
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
        self.at = start;
        self.line
    }
}

/// A line for each case, with the lines of its last segment.
fn table(answer: &Answer) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "{:<24} {:>6} {:>10} {:>10} {:>10} {:<12} {}\n",
        "case", "points", "mean", "lower", "upper", "variation", "assurance"
    );
    for case in &answer.cases {
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        let values: Vec<Option<f64>> = case.points.iter().map(|point| point.y).collect();
        let points = values.iter().flatten().count();
        let missing = points_missing(&values);
        if missing > 0 {
            let _ = writeln!(text, "{:<24} {points:>6} {missing} more needed for limits", case.case);
            continue;
        }
        let (mean, lower, upper) = last_lines(case);
        let _ = writeln!(
            text,
            "{:<24} {points:>6} {:>10} {:>10} {:>10} {:<12} {}",
            case.case,
            number(mean),
            number(lower),
            number(upper),
            case.variation,
            case.assurance.unwrap_or("-")
        );
    }
    text.truncate(text.trim_end().len());
    text
}

fn last_lines(case: &JudgedCase) -> (Option<f64>, Option<f64>, Option<f64>) {
    case.points.last().map_or((None, None, None), |point| (point.mean, point.lower, point.upper))
}
