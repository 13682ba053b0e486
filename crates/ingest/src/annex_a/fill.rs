//! One cell into its field of the record; what it cannot be is reported and counted.

use super::checks::EARLIEST_YEAR;
use super::layout::{Column, Tally, Target};
use super::report::Report;
use super::slots::Slot;
use super::values::Names;
use crate::cells::{Value, is_blank_placeholder};
use crate::dates::{DateRead, NumberOrder, number_order};
use crate::problems::ProblemKind;
use crate::profile::DateForms;
use chrono::{Datelike, NaiveDate};
use domain::record::Record;

/// The one date column in which 1 January 1900 is a date.
const BIRTH: &str = "Date of Birth";

/// What filling the fields of a row needs.
pub(super) struct Filling<'r, 'a> {
    pub(super) record: &'r mut Record,
    pub(super) report: &'r mut Report<'a>,
    pub(super) teams: &'r mut Names,
    pub(super) workers: &'r mut Names,
    pub(super) scratch: &'r mut String,
    /// The age given on the row, in completed years.
    pub(super) age: &'r mut Option<i64>,
    pub(super) as_at: NaiveDate,
    /// Characters of one cell that are read.
    pub(super) cell_chars: usize,
}

impl Filling<'_, '_> {
    /// Reads one cell. Whether it says something, readable or not.
    pub(super) fn cell(&mut self, column: &mut Column, raw: Value<'_>) -> bool {
        let value = self.report.cut(column.header, raw.cleaned(), self.cell_chars);
        self.report.column = column.header;
        match value {
            Value::Empty => {
                if let Value::Text(text) = raw.trimmed()
                    && is_blank_placeholder(text)
                {
                    Tally::count(&mut column.tally.placeholders, Value::Text(text));
                }
                return false;
            }
            Value::Error(_) => {
                column.tally.errors += 1;
                let message = "a formula's error, read as blank: put the formula right, or type the value";
                self.report.warn(ProblemKind::ErrorCell, value, message);
                return false;
            }
            Value::Uncalculated => {
                column.tally.uncalculated += 1;
                let message = "a formula that was never calculated, read as blank: open the workbook in Excel, save it and load again";
                self.report.warn(ProblemKind::FormulaWithoutValue, value, message);
                return false;
            }
            _ => {}
        }
        let is_readable = match &mut column.target {
            Target::Id => true,
            Target::Age => {
                *self.age = value.completed_years();
                true
            }
            Target::Slot(Slot::Date(field), _) => {
                let read = match (value.date(), column.header == BIRTH) {
                    (DateRead::Placeholder(date), true) => DateRead::Date(date),
                    (DateRead::Zero, true) => DateRead::Bad,
                    (read, _) => read,
                };
                count_form(&mut column.tally.dates, value, read);
                match read {
                    DateRead::Date(date) => {
                        self.check_year(value, date);
                        if let Some(field) = field(self.record) {
                            *field = Some(date);
                        }
                        true
                    }
                    DateRead::Placeholder(_) | DateRead::Zero => {
                        Tally::count(&mut column.tally.no_dates, value);
                        return false;
                    }
                    DateRead::Bad => {
                        self.report.warn(
                            ProblemKind::NotADate,
                            value,
                            "not a date, read as blank: give it as DD/MM/YYYY",
                        );
                        false
                    }
                }
            }
            Target::Slot(Slot::Number(field), _) => match (value.whole(), field(self.record)) {
                (Ok(number), Some(field)) => {
                    *field = number;
                    true
                }
                _ => {
                    let message = "not a whole number, read as blank: give it in digits";
                    self.report.warn(ProblemKind::NotANumber, value, message);
                    false
                }
            },
            Target::Slot(Slot::Code(field), codes) => match (codes, field(self.record)) {
                (Some(codes), Some(field)) => {
                    let (code, is_known) = codes.canonical(value, self.report, self.scratch);
                    *field = Some(code);
                    // In a column that no measure reads, words of the council's own mislead no figure.
                    is_known || !column.is_measured
                }
                _ => true,
            },
            Target::Slot(slot, _) => {
                self.text(*slot, value);
                true
            }
        };
        column.tally.filled += 1;
        column.tally.unreadable += u64::from(!is_readable);
        true
    }

    fn text(&mut self, slot: Slot, value: Value<'_>) {
        match slot {
            Slot::Text(field) => {
                if let Some(field) = field(self.record) {
                    *field = Some(domain::names::collapse(value.text(self.scratch))).filter(|text| !text.is_empty());
                }
            }
            Slot::Reference(field) => {
                if let Some(field) = field(self.record) {
                    *field = value.id(self.scratch).map(str::to_owned);
                }
            }
            Slot::Team(field) => {
                if let Some(field) = field(self.record) {
                    *field = self.teams.meet(value.text(self.scratch));
                    if field.as_deref().is_some_and(domain::names::reads_like_no_team) {
                        let message = "reads like no team, kept as written: leave the cell blank, or give the team";
                        self.report.warn(ProblemKind::TeamPlaceholder, value, message);
                    }
                }
            }
            Slot::Worker(field) => {
                if let Some(field) = field(self.record) {
                    *field = self.workers.meet(value.text(self.scratch));
                }
            }
            Slot::Date(_) | Slot::Code(_) | Slot::Number(_) => {}
        }
    }

    /// Reports a year in which nothing on a list can have happened.
    fn check_year(&mut self, value: Value<'_>, date: NaiveDate) {
        if date.year() < EARLIEST_YEAR || date.year() > self.as_at.year() + 2 {
            self.report.warn(ProblemKind::ImpossibleYear, value, "an impossible year: correct the date");
        }
    }
}

/// Counts how a date was written.
fn count_form(forms: &mut DateForms, value: Value<'_>, read: DateRead) {
    match (value, read) {
        (Value::Text(text), _) => match number_order(text) {
            Some(NumberOrder::DayFirst) => forms.day_first += 1,
            Some(NumberOrder::MonthFirst) => forms.month_first += 1,
            Some(NumberOrder::Either) => forms.either += 1,
            None => {}
        },
        (Value::Date(_) | Value::Number(..), DateRead::Date(date)) => {
            if date.day() > 12 {
                forms.cells_after_12 += 1;
            } else {
                forms.cells_to_12 += 1;
            }
        }
        _ => {}
    }
}
