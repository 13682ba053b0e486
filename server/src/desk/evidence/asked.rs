//! Of which time the evidence is told.
//!
//! Who reads children chooses any days. Who gets small numbers only as "c" gets whole calendar quarters that are over, and
//! of several quarters only what could be shown of each: two periods that differ by a day or a month would otherwise tell
//! by their difference what each hides.

use crate::desk::words;
use app::data::{Narrow, NarrowDate, NarrowSelect, TablesQuery};
use app::error::PageError;
use chrono::NaiveDate;
use domain::calendar::{add_days, minus_months};
use domain::evidence::whole_quarters;
use domain::measures::Period;

/// The months that are offered, the first of them where nothing is asked for.
const MONTHS: [(u32, &str, &str); 3] =
    [(3, "3", "The last three months"), (6, "6", "The last six months"), (12, "12", "The last twelve months")];

/// The time asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// What is counted apart and added up: one period, or the quarters; none where no whole quarter is over.
    pub(super) periods: Vec<Period>,
    months: Option<&'static str>,
    from: String,
    to: String,
    in_quarters: bool,
}

impl Asked {
    /// # Errors
    /// When a date cannot be read, or the last comes before the first.
    pub(super) fn of(query: &TablesQuery, today: NaiveDate, in_quarters: bool) -> Result<Self, PageError> {
        let filled =
            |value: &Option<String>| value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (from, to) = (filled(&query.from), filled(&query.to));
        let read = |text: &Option<String>| {
            text.as_deref().map(str::parse::<NaiveDate>).transpose().map_err(|_| {
                PageError::BadRequest("The address has a date that cannot be read: write it as 2026-10-30.".to_owned())
            })
        };
        let dates = (read(&from)?, read(&to)?);
        let months = match dates {
            (None, None) => {
                let shown = filled(&query.show);
                let known = MONTHS.into_iter().find(|(_, name, _)| Some(*name) == shown.as_deref());
                Some(known.unwrap_or(MONTHS[0]))
            }
            _ => None,
        };
        let last = dates.1.unwrap_or(today).min(today);
        let first = match (months, dates.0) {
            (Some((months, ..)), _) if in_quarters => minus_months(first_of_quarter(today), months),
            (Some((months, ..)), _) => add_days(minus_months(last, months), 1),
            (None, first) => first.unwrap_or_else(|| add_days(minus_months(last, 3), 1)),
        };
        if first > last {
            return Err(PageError::BadRequest("The first date comes after the last.".to_owned()));
        }
        let periods =
            if in_quarters { whole_quarters(first, last, today) } else { vec![Period { from: first, to: last }] };
        Ok(Self {
            periods,
            months: months.map(|(_, name, _)| name),
            from: from.unwrap_or_default(),
            to: to.unwrap_or_default(),
            in_quarters,
        })
    }

    /// From the first day to the last.
    pub(super) fn whole(&self) -> Option<Period> {
        Some(Period { from: self.periods.first()?.from, to: self.periods.last()?.to })
    }

    /// "1 August to 30 October 2026".
    pub(super) fn in_words(&self) -> String {
        self.whole().map_or_else(|| "No whole quarter".to_owned(), words::between)
    }

    /// The form.
    pub(super) fn narrow(&self, path: &str) -> Narrow {
        let months = MONTHS.into_iter().map(|(_, name, words)| {
            let words = if self.in_quarters { in_quarters(name) } else { words };
            (name.to_owned(), words.to_owned(), self.months == Some(name))
        });
        let own = self.months.is_none().then(|| (String::new(), "Two dates".to_owned(), true));
        Narrow {
            action: path.to_owned(),
            selects: vec![NarrowSelect {
                name: "show".to_owned(),
                label: "Period".to_owned(),
                options: own.into_iter().chain(months).collect(),
            }],
            dates: [("from", "or from", &self.from), ("to", "to", &self.to)]
                .into_iter()
                .map(|(name, label, value)| NarrowDate {
                    name: name.to_owned(),
                    label: label.to_owned(),
                    value: value.clone(),
                })
                .collect(),
            kept: Vec::new(),
        }
    }

    /// The query of the same page as a file.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        match self.months {
            Some(months) => vec![("show", months.to_owned())],
            None => [("from", &self.from), ("to", &self.to)]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name, value.clone()))
                .collect(),
        }
    }
}

fn in_quarters(months: &str) -> &'static str {
    match months {
        "3" => "The last quarter",
        "6" => "The last two quarters",
        _ => "The last four quarters",
    }
}

fn first_of_quarter(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(show: &str, from: &str, to: &str, in_quarters: bool) -> Result<String, PageError> {
        let some = |text: &str| Some(text.to_owned());
        let query = TablesQuery { show: some(show), from: some(from), to: some(to), ..TablesQuery::default() };
        Asked::of(&query, "2026-05-20".parse().unwrap(), in_quarters)
            .map(|asked| format!("{} in {}", asked.in_words(), asked.periods.len()))
    }

    #[test]
    fn who_reads_children_chooses_any_days_up_to_today() {
        assert_eq!(asked("", "", "", false).unwrap(), "21 February to 20 May 2026 in 1");
        assert_eq!(asked("12", "", "", false).unwrap(), "21 May 2025 to 20 May 2026 in 1");
        assert_eq!(asked("12", "2026-03-02", "2026-03-04", false).unwrap(), "2 March to 4 March 2026 in 1");
        assert_eq!(asked("", "2026-03-02", "2027-03-04", false).unwrap(), "2 March to 20 May 2026 in 1");
        assert!(asked("", "2026-03-05", "2026-03-04", false).is_err());
        assert!(asked("", "yesterday", "", false).is_err());
    }

    #[test]
    fn who_gets_no_small_number_gets_whole_quarters() {
        assert_eq!(asked("", "", "", true).unwrap(), "1 January to 31 March 2026 in 1");
        assert_eq!(asked("12", "", "", true).unwrap(), "1 April 2025 to 31 March 2026 in 4");
        assert_eq!(asked("", "2025-09-30", "2026-03-31", true).unwrap(), "1 October 2025 to 31 March 2026 in 2");
        assert_eq!(asked("", "2026-01-02", "2026-05-20", true).unwrap(), "No whole quarter in 0");
    }
}
