//! The stretch of time that a point of a chart stands for: a calendar month, or a week from Monday to Sunday.

use crate::calendar::{add_days, add_months, minus_days};
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a judged point stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A calendar month.
    #[default]
    Month,
    /// A week, Monday to Sunday.
    Week,
}

impl Step {
    /// Its stable name: `month` or `week`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
        }
    }

    /// "1 month", "7 weeks".
    #[must_use]
    pub fn count(self, many: usize) -> String {
        format!("{many} {}{}", self.name(), if many == 1 { "" } else { "s" })
    }
}

/// A calendar month or a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    /// The month or week that a date lies in.
    #[must_use]
    pub fn of(step: Step, date: NaiveDate) -> Self {
        match step {
            Step::Month => {
                let from = minus_days(date, date.day0());
                Self { from, to: minus_days(add_months(from, 1), 1) }
            }
            Step::Week => {
                let from = minus_days(date, date.weekday().num_days_from_monday());
                Self { from, to: add_days(from, 6) }
            }
        }
    }

    /// The calendar month that a date lies in.
    #[must_use]
    pub fn month(date: NaiveDate) -> Self {
        Self::of(Step::Month, date)
    }

    /// Its first day.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// Its last day.
    #[must_use]
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// Which of the two it is.
    pub(super) const fn step(self) -> Step {
        if self.to.signed_duration_since(self.from).num_days() < 7 { Step::Week } else { Step::Month }
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.step(), add_days(self.to, 1))
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.step(), minus_days(self.from, 1))
    }

    /// Whether a date lies in it.
    #[must_use]
    pub fn has(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// "October 2026"; of a week "the week to 18 October 2026".
    #[must_use]
    pub fn name(self) -> String {
        match self.step() {
            Step::Month => self.from.format("%B %Y").to_string(),
            Step::Week => self.to.format("the week to %-d %B %Y").to_string(),
        }
    }

    /// "October"; of a week "the week to 18 October".
    #[must_use]
    pub fn short_name(self) -> String {
        match self.step() {
            Step::Month => self.from.format("%B").to_string(),
            Step::Week => self.to.format("the week to %-d %B").to_string(),
        }
    }
}

/// As machines read it: `2026-10`, and of a week its Monday, `2026-10-12`.
impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step() {
            Step::Month => write!(formatter, "{}", self.from.format("%Y-%m")),
            Step::Week => write!(formatter, "{}", self.from),
        }
    }
}
