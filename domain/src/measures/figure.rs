//! From facts to the figure on a card and to the lines of its list: one count for both.

use super::{Counting, Fact, Measure};
use crate::standards::Standards;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many facts of one measure stand under one team and worker. Tallies are all that is kept of earlier
/// extracts; any figure, for any group of teams and workers, can be made from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The team as shown; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The worker as shown; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
    /// Facts in the numerator.
    pub numerator: u64,
    /// All facts.
    pub denominator: u64,
}

/// A figure: what stands on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Units in the numerator (for children per worker: the children).
    pub numerator: u64,
    /// Units.
    pub denominator: u64,
}

impl Figure {
    /// Numerator / denominator; `None` where the denominator is 0, which never reads 0% or 100%.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }
}

/// One line of the list behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A unit that is a child or a child's row.
    Child(Arc<Fact>),
    /// A unit that is a worker.
    Worker {
        /// The worker as shown.
        worker: Arc<str>,
        /// Children held.
        children: u64,
        /// Above the limit; `None` where the measure is a ratio.
        numerator: Option<bool>,
    },
}

impl Line {
    /// Whether the line is in the numerator; `None` where the measure is a ratio.
    #[must_use]
    pub fn numerator(&self) -> Option<bool> {
        match self {
            Self::Child(fact) => Some(fact.numerator),
            Self::Worker { numerator, .. } => *numerator,
        }
    }

    /// The start of the line's clock.
    #[must_use]
    pub fn start(&self) -> Option<NaiveDate> {
        match self {
            Self::Child(fact) => fact.start,
            Self::Worker { .. } => None,
        }
    }
}

/// Counts facts by team and worker, in the order of their keys.
#[must_use]
pub fn tallies<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Vec<Tally> {
    type TeamAndWorker<'a> = (Option<&'a Arc<str>>, Option<&'a Arc<str>>);
    let mut counts: BTreeMap<TeamAndWorker<'a>, (u64, u64)> = BTreeMap::new();
    for fact in facts {
        let count = counts.entry((fact.team.as_ref(), fact.worker.as_ref())).or_default();
        count.0 += u64::from(fact.numerator);
        count.1 += 1;
    }
    counts
        .into_iter()
        .map(|((team, worker), (numerator, denominator))| Tally {
            team: team.cloned(),
            worker: worker.cloned(),
            numerator,
            denominator,
        })
        .collect()
}

/// Counts facts of several measures, each by team and worker.
#[must_use]
pub fn tallies_by_measure<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> HashMap<&'static str, Vec<Tally>> {
    let mut by_measure: HashMap<&'static str, Vec<&Fact>> = HashMap::new();
    for fact in facts {
        by_measure.entry(fact.measure).or_default().push(fact);
    }
    by_measure.into_iter().map(|(measure, facts)| (measure, tallies(facts))).collect()
}

impl Measure {
    /// The figure of these tallies: the whole, or a group's when only the group's tallies are given.
    #[must_use]
    pub fn figure<'a>(&self, tallies: impl IntoIterator<Item = &'a Tally>, standards: &Standards) -> Figure {
        match self.counting {
            Counting::Units => tallies.into_iter().fold(Figure { numerator: 0, denominator: 0 }, |sum, tally| Figure {
                numerator: sum.numerator + tally.numerator,
                denominator: sum.denominator + tally.denominator,
            }),
            Counting::ChildrenPerWorker => {
                let held = children_by_worker(tallies);
                Figure { numerator: held.values().map(|(_, children)| children).sum(), denominator: held.len() as u64 }
            }
            Counting::WorkersAboveLimit => {
                let held = children_by_worker(tallies);
                let above = held.values().filter(|(_, children)| is_above(*children, standards)).count();
                Figure { numerator: above as u64, denominator: held.len() as u64 }
            }
        }
    }

    /// The lines behind the figure of these facts. Their number is the figure's denominator.
    #[must_use]
    pub fn lines(&self, facts: impl IntoIterator<Item = impl Into<Arc<Fact>>>, standards: &Standards) -> Vec<Line> {
        let facts = facts.into_iter().map(Into::into);
        if self.counting == Counting::Units {
            return facts.map(Line::Child).collect();
        }
        let facts: Vec<_> = facts.collect();
        let tallies = tallies(facts.iter().map(|fact| &**fact));
        children_by_worker(&tallies)
            .into_values()
            .map(|(worker, children)| Line::Worker {
                worker: Arc::clone(worker),
                children,
                numerator: (self.counting == Counting::WorkersAboveLimit).then(|| is_above(children, standards)),
            })
            .collect()
    }
}

/// Whether so many children are above the caseload limit.
pub(crate) fn is_above(children: u64, standards: &Standards) -> bool {
    children > u64::from(standards.caseload_limit)
}

/// Children by worker. Tallies carry names as first met, so that one worker has one spelling.
pub(crate) fn children_by_worker<'a>(
    tallies: impl IntoIterator<Item = &'a Tally>,
) -> BTreeMap<&'a str, (&'a Arc<str>, u64)> {
    let mut held: BTreeMap<&str, (&Arc<str>, u64)> = BTreeMap::new();
    for tally in tallies {
        if let Some(worker) = &tally.worker {
            held.entry(worker).or_insert((worker, 0)).1 += tally.denominator;
        }
    }
    held
}
