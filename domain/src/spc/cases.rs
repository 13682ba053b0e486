//! Series as a table holds them: a row is a point, and the rows of one case, in order, are its series.
//!
//! The columns are `case` and `y`, then any of `target`, `polarity`, `screen`, `fix_after` and `rebase`, in any order.
//! A case's settings stand in its first row and are not looked at below it, but for `rebase`, which is true on the
//! first point of a new segment. A blank `y` is a place without a value. Without a polarity neither direction is better.

use super::{FixAfter, Settings};
use crate::measures::Polarity;
use std::collections::HashMap;

/// A series with its settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its values in order.
    pub values: Vec<Option<f64>>,
    /// How it is to be judged.
    pub settings: Settings,
}

/// A header row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHeader {
    /// A column that must be there is not.
    #[error("the column '{0}' is missing. Put the headers in the first row: {names}", names = Column::names())]
    Missing(&'static str),
    /// A column is there twice.
    #[error("the column '{0}' is there twice. Keep one of them")]
    Twice(&'static str),
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}, column {column}: '{value}' does not fit. Write {needs}")]
pub struct BadCell {
    /// The row, as the caller counts.
    pub row: u64,
    /// The column's header.
    pub column: String,
    /// What the cell holds; its beginning when that is long.
    pub value: String,
    /// What would fit.
    pub needs: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Case,
    Y,
    Target,
    Polarity,
    Screen,
    FixAfter,
    Rebase,
}

impl Column {
    const ALL: [Self; 7] =
        [Self::Case, Self::Y, Self::Target, Self::Polarity, Self::Screen, Self::FixAfter, Self::Rebase];

    const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Y => "y",
            Self::Target => "target",
            Self::Polarity => "polarity",
            Self::Screen => "screen",
            Self::FixAfter => "fix_after",
            Self::Rebase => "rebase",
        }
    }

    fn names() -> String {
        Self::ALL.map(Self::name).join(",")
    }

    fn of(header: &str) -> Option<Self> {
        let header = header.trim();
        Self::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(header))
    }
}

/// Reads a table row by row.
#[derive(Debug)]
pub struct CaseReader {
    headers: Vec<String>,
    columns: Vec<Option<Column>>,
    cases: Vec<Case>,
    by_name: HashMap<String, usize>,
    bad: Vec<BadCell>,
}

impl CaseReader {
    /// A reader for the table with these headers.
    ///
    /// # Errors
    /// When a column that must be there is not, or one is there twice.
    pub fn new<'a>(headers: impl IntoIterator<Item = &'a str>) -> Result<Self, BadHeader> {
        let headers: Vec<String> = headers.into_iter().map(|header| header.trim().to_owned()).collect();
        let columns: Vec<Option<Column>> = headers.iter().map(|header| Column::of(header)).collect();
        for column in Column::ALL {
            match columns.iter().flatten().filter(|found| **found == column).count() {
                0 if matches!(column, Column::Case | Column::Y) => return Err(BadHeader::Missing(column.name())),
                0 | 1 => {}
                _ => return Err(BadHeader::Twice(column.name())),
            }
        }
        Ok(Self { headers, columns, cases: Vec::new(), by_name: HashMap::new(), bad: Vec::new() })
    }

    /// Headers of columns that are not read.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .zip(&self.columns)
            .filter(|(header, column)| column.is_none() && !header.is_empty())
            .map(|(header, _)| header.as_str())
    }

    /// Takes a row. One without anything in it is passed over; cells that are not there are blank.
    pub fn row<'a>(&mut self, number: u64, cells: impl IntoIterator<Item = &'a str>) {
        let cells: Vec<&str> = cells.into_iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            return;
        }
        let mut row = Row { number, columns: &self.columns, cells: &cells, bad: &mut self.bad };
        row.no_more_cells_than_headers();
        let name = row.name();
        let value = row.number(Column::Y, "a number such as 12.5, or nothing where there is no value");
        let rebase = row.yes(Column::Rebase);
        let place = self.by_name.get(&name).copied().unwrap_or_else(|| {
            self.cases.push(Case { name: name.clone(), values: Vec::new(), settings: row.settings() });
            self.by_name.insert(name, self.cases.len() - 1);
            self.cases.len() - 1
        });
        if let Some(case) = self.cases.get_mut(place) {
            if rebase {
                case.settings.rebase.push(case.values.len());
            }
            case.values.push(value);
        }
    }

    /// The cases in the order of their first rows.
    ///
    /// # Errors
    /// Every cell that cannot be read.
    pub fn finish(self) -> Result<Vec<Case>, Vec<BadCell>> {
        if self.bad.is_empty() { Ok(self.cases) } else { Err(self.bad) }
    }
}

/// A row being read; what does not fit goes to `bad`.
struct Row<'a> {
    number: u64,
    columns: &'a [Option<Column>],
    cells: &'a [&'a str],
    bad: &'a mut Vec<BadCell>,
}

/// More of a cell is not shown.
const SHOWN: usize = 40;

impl Row<'_> {
    fn cell(&self, column: Column) -> &str {
        let place = self.columns.iter().position(|found| *found == Some(column));
        place.and_then(|place| self.cells.get(place)).copied().unwrap_or_default()
    }

    fn bad(&mut self, column: &str, value: &str, needs: &str) {
        let value = value.chars().take(SHOWN).collect();
        self.bad.push(BadCell { row: self.number, column: column.to_owned(), value, needs: needs.to_owned() });
    }

    fn no_more_cells_than_headers(&mut self) {
        let cells = self.cells;
        if let Some(cell) = cells.iter().skip(self.columns.len()).find(|cell| !cell.is_empty()) {
            let needs = "as many cells as there are headers, with a point as decimal mark, not a comma";
            self.bad(&format!("{} (which has no header)", self.columns.len() + 1), cell, needs);
        }
    }

    /// What a cell reads as, or a complaint; blank reads as nothing.
    fn read<T>(&mut self, column: Column, needs: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell(column).to_owned();
        if cell.is_empty() {
            return None;
        }
        let value = read(&cell);
        if value.is_none() {
            self.bad(column.name(), &cell, needs);
        }
        value
    }

    fn name(&mut self) -> String {
        let name = self.cell(Column::Case).to_owned();
        if name.is_empty() {
            self.bad(Column::Case.name(), "", "the name of the series the point belongs to");
        }
        name
    }

    fn number(&mut self, column: Column, needs: &str) -> Option<f64> {
        self.read(column, needs, number)
    }

    fn yes(&mut self, column: Column) -> bool {
        self.read(column, "true or false", |cell| match cell.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
        .unwrap_or_default()
    }

    fn settings(&mut self) -> Settings {
        let polarity =
            self.read(Column::Polarity, "high, low or neutral", |cell| match cell.to_ascii_lowercase().as_str() {
                "high" => Some(Polarity::High),
                "low" => Some(Polarity::Low),
                "neutral" => Some(Polarity::Neutral),
                _ => None,
            });
        let needs = format!("a whole number of {} or more, or nothing", FixAfter::FEWEST);
        Settings {
            polarity: polarity.unwrap_or(Polarity::Neutral),
            target: self.number(Column::Target, "a number such as 12.5, or nothing without a target"),
            screen_outliers: self.yes(Column::Screen),
            fix_after: self.read(Column::FixAfter, &needs, |cell| FixAfter::new(whole(cell)?).ok()),
            rebase: Vec::new(),
        }
    }
}

fn number(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A whole number, written `12` or, as programs without whole numbers do, `12.0`.
fn whole(cell: &str) -> Option<usize> {
    let digits = cell.strip_suffix(".0").unwrap_or(cell);
    digits.parse().ok()
}
