//! A council to ask, and children to ask about.

use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::journey::Journey;
use domain::measures::{Context, Fact, Measure, Period, Supplied, evaluate_one, measure};
use domain::names::Names;
use domain::record::Record;
use domain::standards::Standards;
use std::collections::BTreeMap;

/// The unit is in the numerator.
pub const YES: Option<bool> = Some(true);
/// The unit is in the denominator alone.
pub const NO: Option<bool> = Some(false);
/// There is no unit.
pub const NONE: Option<bool> = None;

/// The columns of Annex A, `L7<tab>header` a line.
pub const HEADERS: &str = include_str!("annex_a_headers.txt");

/// A date as written.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A date as written, or a blank.
pub fn on(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| day(text))
}

/// A text, or a blank.
pub fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// A child with these records, in the order of the sheet.
pub fn child(records: impl IntoIterator<Item = Record>) -> Journey {
    named_child("007", records)
}

/// A child of this id with these records.
pub fn named_child(id: &str, records: impl IntoIterator<Item = Record>) -> Journey {
    let mut journey = Journey::new(id.into());
    for record in records {
        journey.push(record);
    }
    journey
}

/// Everything beside the child.
pub struct Council {
    /// The as-at date.
    pub as_at: NaiveDate,
    /// The period.
    pub period: Period,
    /// The standards.
    pub standards: Standards,
    /// Working days.
    pub calendar: WorkingDays,
    /// Names met.
    pub names: Names,
    /// What the extract supplied.
    pub supplied: Supplied,
}

impl Council {
    /// A council with default standards and every column of Annex A, as at a date.
    pub fn as_at(date: &str) -> Self {
        let mut lists: BTreeMap<u8, BTreeMap<String, u64>> = BTreeMap::new();
        for line in HEADERS.lines() {
            let (list, header) = line.split_once('\t').unwrap();
            lists.entry(list[1..].parse().unwrap()).or_default().insert(header.to_owned(), 1);
        }
        Self {
            as_at: day(date),
            period: Period::up_to(day(date)),
            standards: Standards::default(),
            calendar: WorkingDays::england(),
            names: Names::default(),
            supplied: Supplied { lists },
        }
    }

    /// With another period.
    pub fn period(mut self, from: &str, to: &str) -> Self {
        self.period = Period { from: day(from), to: day(to) };
        self
    }

    /// With another standard.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.standards.set(name, value).unwrap();
        self
    }

    /// With a team's name in the extract.
    pub fn team(mut self, name: &str) -> Self {
        self.names.meet_team(name);
        self
    }

    /// With a worker's name in the extract.
    pub fn worker(mut self, name: &str) -> Self {
        self.names.meet_worker(name);
        self
    }

    /// What measures are given beside the child.
    pub fn context(&self) -> Context<'_> {
        Context {
            as_at: self.as_at,
            period: self.period,
            standards: &self.standards,
            calendar: &self.calendar,
            names: &self.names,
            supplied: &self.supplied,
        }
    }

    /// The facts of one measure about one child.
    pub fn facts(&self, id: &str, journey: &Journey) -> Vec<Fact> {
        evaluate_one(the(id), &journey.clone().read_as_at(self.as_at), &self.context())
    }

    /// The only fact of one measure about one child.
    pub fn fact(&self, id: &str, journey: &Journey) -> Option<Fact> {
        let mut facts = self.facts(id, journey);
        assert!(facts.len() <= 1, "{id} has {} units here", facts.len());
        facts.pop()
    }

    /// Whether the only unit is in the numerator; `None` where there is no unit.
    pub fn verdict(&self, id: &str, records: impl IntoIterator<Item = Record>) -> Option<bool> {
        self.fact(id, &child(records)).map(|fact| fact.numerator)
    }

    /// Whether each unit is in the numerator, in the order of the sheet.
    pub fn verdicts(&self, id: &str, records: impl IntoIterator<Item = Record>) -> Vec<bool> {
        self.facts(id, &child(records)).into_iter().map(|fact| fact.numerator).collect()
    }

    /// Start, due and days of the only unit.
    pub fn clock(&self, id: &str, records: impl IntoIterator<Item = Record>) -> (String, String, Option<i64>) {
        let fact = self.fact(id, &child(records)).unwrap();
        let shown = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        (shown(fact.start), shown(fact.due), fact.days)
    }
}

/// What [`Council::clock`] gives for these.
pub fn clock(start: &str, due: &str, days: i64) -> (String, String, Option<i64>) {
    (start.to_owned(), due.to_owned(), Some(days))
}

/// What [`Council::clock`] gives where nothing is known.
pub fn no_clock() -> (String, String, Option<i64>) {
    (String::new(), String::new(), None)
}

/// The measure of this id.
pub fn the(id: &str) -> &'static Measure {
    measure(id).unwrap()
}
