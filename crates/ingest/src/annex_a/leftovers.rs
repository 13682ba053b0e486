//! Rows that are no child: totals, counts, footers, notes, and rows that number or describe the columns.

use crate::cells::Value;
use crate::problems::ProblemKind;
use regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::LazyLock;

fn pattern(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(true).build().ok()
}

/// Totals and counts, as people and pivot tables write them.
static TOTAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:grand|sub|overall|running)?[\s\-]*totals?\b.*|.{0,100}\s(?:sub)?total|sum(?:\s+of\b.*)?|average|mean|median|(?:record|row|distinct)?\s*count(?:\s+of\b.*|\s*[:=].*)?|.{0,100}\scount|(?:number|no\.?|count)\s+of\s+(?:rows?|records?|children|cases|entries|results)\b.*|(?:rows?|records?|children|cases|results)\s*[:=]\s*[\d,]+|\(?[\d,]+\s+(?:rows?|records?|children|cases|results|entries)(?:\(s\))?(?:\s+(?:affected|selected|returned|fetched|found|exported|in total|in set)\b.*)?[\s.)]*)\W*$",
    )
});

/// Report lines and the last words of SQL clients.
static FOOTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:completion time\b.*|end of (?:report|file|data|list|extract|table|export|sheet)\b.*|(?:report|data|extract|export|query|list)\s+(?:run|ran|generated|produced|created|extracted|executed|printed|completed|as\s+at|date|ends?|prepared)\b.*|(?:run|generated|produced|created|extracted|exported|printed|prepared|compiled|source|refreshed|last refreshed)\s*(?:by|on|at|from|date|:)\b?.*|(?:as at|as of)\s.*\d.*|page\s+\d+.*|(?:official|confidential|restricted|protect)(?:[\s\-:]+sensitive)?\b.*|notes?\s*[:\-].*|n\.?b\.?\s*[:\-].*|\*+\s*end\b.*|sql>.*|pl/sql procedure.*|elapsed\s*:.*|warning:\s.*|copyright\b.*|(?:applied\s+)?filters?\s*(?:applied)?\s*[:].*|no (?:data|records?|rows?|results?|children|cases|returns?)(?:\s.*)?|nil return.*|nil|nothing to report.*|this report\b.*|this list\b.*)$",
    )
});

/// Rows that show what a column holds.
static EXAMPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:e\.?\s?g\b\.?|for example|example|sample|format|description|data type|mandatory|required|guidance)\b.*$",
    )
});

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Longer texts are read to here only.
const MOST_READ: usize = 200;

/// What a text where an id should stand is, when it is none: a total or a footer.
pub(super) fn words_of_no_child(text: &str) -> Option<(ProblemKind, &'static str)> {
    // An id has a digit and no spaces; only what is unlike that is looked at more closely.
    let mut has_digit = false;
    let mut is_plain = true;
    for c in text.chars() {
        has_digit |= c.is_ascii_digit();
        is_plain &= c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    }
    if is_plain && has_digit {
        return None;
    }
    if text.chars().all(|c| !c.is_alphanumeric()) {
        return Some((ProblemKind::FooterRow, "a ruled line, not a child: row left out. Delete it before exporting"));
    }
    let text = text.char_indices().nth(MOST_READ).map_or(text, |(end, _)| &text[..end]);
    if matches(&TOTAL, text) {
        Some((ProblemKind::TotalRow, "a total or a count, not a child: row left out. Delete it before exporting"))
    } else if matches(&FOOTER, text) {
        Some((ProblemKind::FooterRow, "a line about the report, not a child: row left out. Delete it before exporting"))
    } else if matches(&EXAMPLE, text) {
        Some((ProblemKind::ColumnDescriptionRow, "describes the columns, not a child: row left out. Delete it"))
    } else {
        None
    }
}

/// Whether a row numbers the columns: `1, 2, 3`, `(a), (b), (c)`.
pub(super) fn numbers_the_columns(cells: &[Value<'_>]) -> bool {
    let mut scratch = String::new();
    let place = |value: Value<'_>, scratch: &mut String| {
        let mut own = String::new();
        let text = value.text(&mut own).trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '[' | ']' | ' '));
        scratch.clear();
        scratch.push_str(text);
        match scratch.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => Some(u32::from(letter.to_ascii_lowercase() - b'a')),
            _ => scratch.parse::<u32>().ok().filter(|number| *number < 1000),
        }
    };
    let filled: Vec<Option<u32>> = cells
        .iter()
        .map(|cell| cell.cleaned())
        .filter(|cell| !cell.is_empty())
        .map(|cell| place(cell, &mut scratch))
        .collect();
    filled.len() >= 3
        && filled.windows(2).all(|pair| matches!(pair, [Some(before), Some(after)] if *after == before + 1))
}

/// The shapes of the ids of a list: which kinds of character they hold and how long they are.
#[derive(Debug, Default)]
pub(super) struct IdShapes {
    /// Shortest and longest, by what the ids are made of.
    lengths: HashMap<u8, (usize, usize)>,
}

impl IdShapes {
    /// Whether no id was met yet.
    pub(super) fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    pub(super) fn meet(&mut self, id: &str) {
        let (kinds, length) = shape(id);
        let known = self.lengths.entry(kinds).or_insert((length, length));
        *known = (known.0.min(length), known.1.max(length));
    }

    /// Whether an id is like those met: made of the same, and about as long.
    pub(super) fn fits(&self, id: &str) -> bool {
        let (kinds, length) = shape(id);
        self.lengths
            .get(&kinds)
            .is_some_and(|(shortest, longest)| length + 1 >= *shortest && length <= longest.saturating_add(1))
    }
}

/// What an id is made of, and how long it is.
fn shape(id: &str) -> (u8, usize) {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        c if c.is_alphabetic() => 2,
        c if c.is_whitespace() => 4,
        '-' | '_' | '/' | '.' => 8,
        _ => 16,
    };
    (id.chars().fold(0, |kinds, c| kinds | kind(c)), id.chars().count())
}

/// Whether a text may be an id where nothing is known of the others: a digit, and no spaces.
pub(super) fn may_be_an_id(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_whitespace)
}

/// A row kept aside until the shapes of the other ids are known.
pub(super) struct SetAside {
    pub(super) row: u32,
    cells: Vec<Kept>,
    pub(super) nul: bool,
    /// What it is, if its id turns out to be unlike the others.
    pub(super) otherwise: ProblemKind,
}

enum Kept {
    Text(String),
    Other(Value<'static>),
}

impl SetAside {
    pub(super) fn new(row: u32, cells: &[Value<'_>], nul: bool, otherwise: ProblemKind) -> Self {
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let keep = |cell: &Value<'_>| match *cell {
            Value::Text(text) => Kept::Text(text.to_owned()),
            Value::Empty => Kept::Other(Value::Empty),
            Value::Number(number, is_1904) => Kept::Other(Value::Number(number, is_1904)),
            Value::Date(serial) => Kept::Other(Value::Date(serial)),
            Value::Bool(value) => Kept::Other(Value::Bool(value)),
            Value::Error(error) => Kept::Other(Value::Error(error)),
            Value::Uncalculated => Kept::Other(Value::Uncalculated),
        };
        Self { row, cells: cells[..filled].iter().map(keep).collect(), nul, otherwise }
    }

    pub(super) fn cells(&self) -> Vec<Value<'_>> {
        self.cells
            .iter()
            .map(|cell| match cell {
                Kept::Text(text) => Value::Text(text),
                Kept::Other(value) => *value,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Total")]
    #[case("TOTAL:")]
    #[case("Grand Total")]
    #[case("Grand total: 120")]
    #[case("Sub-total")]
    #[case("Subtotal")]
    #[case("Total children 47")]
    #[case("410001 Total")]
    #[case("Ashfield 1 Count")]
    #[case("Count")]
    #[case("Count: 12")]
    #[case("Record count: 12")]
    #[case("Number of records 12")]
    #[case("12 Count")]
    #[case("12 records")]
    #[case("12 rows")]
    #[case("(14 rows affected)")]
    #[case("(1 row affected)")]
    #[case("14 rows selected.")]
    #[case("1,204 row(s) returned")]
    #[case("Rows: 12")]
    #[case("Sum")]
    fn totals_and_counts(#[case] text: &str) {
        assert_eq!(words_of_no_child(text).map(|(kind, _)| kind), Some(ProblemKind::TotalRow), "{text}");
    }

    #[rstest]
    #[case("Completion time: 2026-10-30T06:00:01.1234567+00:00")]
    #[case("Report run 30/10/2026 06:00 by Mosaic")]
    #[case("End of report")]
    #[case("*** End of Report ***")]
    #[case("Run by: A. Nalyst")]
    #[case("Run date 30/10/2026")]
    #[case("Generated on 30/10/2026")]
    #[case("Produced by the performance team")]
    #[case("Data as at 30/10/2026")]
    #[case("As at 30 October 2026")]
    #[case("Page 1 of 3")]
    #[case("OFFICIAL-SENSITIVE")]
    #[case("Official: Sensitive")]
    #[case("Note: excludes short breaks")]
    #[case("Notes:")]
    #[case("Source: Liquidlogic")]
    #[case("No records found")]
    #[case("No data")]
    #[case("-------")]
    #[case("=====")]
    #[case("Nil return")]
    #[case("Elapsed: 00:00:01.12")]
    #[case("Filters applied: open cases")]
    fn report_lines(#[case] text: &str) {
        assert_eq!(words_of_no_child(text).map(|(kind, _)| kind), Some(ProblemKind::FooterRow), "{text}");
    }

    #[rstest]
    #[case("410001")]
    #[case("AB123")]
    #[case("TOTAL1")]
    #[case("P-1001")]
    #[case("6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    #[case("AB 123")]
    #[case("totally")]
    #[case("NBX")]
    #[case("ADA")]
    #[case("Pagesmith")]
    fn ids_are_no_words(#[case] text: &str) {
        assert_eq!(words_of_no_child(text), None, "{text}");
    }

    #[test]
    fn rows_that_number_the_columns() {
        let texts = |cells: &[&'static str]| cells.iter().map(|cell| Value::Text(cell)).collect::<Vec<_>>();
        assert!(numbers_the_columns(&texts(&["1", "2", "3", "4"])));
        assert!(numbers_the_columns(&texts(&["(a)", "(b)", "(c)"])));
        assert!(numbers_the_columns(&[
            Value::Number(1.0, false),
            Value::Number(2.0, false),
            Value::Number(3.0, false)
        ]));
        assert!(!numbers_the_columns(&texts(&["1", "2"])));
        assert!(!numbers_the_columns(&texts(&["1", "2", "4"])));
        assert!(!numbers_the_columns(&texts(&["1", "a) Male", "3"])));
    }

    #[test]
    fn ids_are_alike_by_what_they_are_made_of_and_about_as_long() {
        let mut shapes = IdShapes::default();
        assert!(shapes.is_empty() && !shapes.fits("1"));
        for id in ["410001", "99871", "AB12"] {
            shapes.meet(id);
        }
        for id in ["410002", "1234567", "1234", "CD345"] {
            assert!(shapes.fits(id), "{id}");
        }
        for id in ["47", "12345678", "See notes", "End", "AB-12"] {
            assert!(!shapes.fits(id), "{id}");
        }
    }
}
