//! What a load in the browser was held for, or what a check found: kept with the load until it is answered.
//!
//! It holds no row of a child: problems are counted by kind.

use crate::load::forecast::{FigureChange, Forecast};
use crate::load::report::ListCounts;
use domain::holds::Hold;
use ingest::ProblemGroup;
use serde::{Deserialize, Serialize};

/// Kinds of problems kept at most.
const MOST_KINDS: usize = 100;

/// A forecast as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForecast {
    /// Whether it was only a check; else the load was asked for and held.
    pub checked: bool,
    /// Why it is held.
    pub held: Vec<Hold>,
    /// What would happen to the records, in a sentence.
    pub message: String,
    /// Every measure as a whole, before and after.
    pub figures: Vec<FigureChange>,
    /// Problems by kind, most first.
    pub problems: Vec<ProblemCount>,
    /// List by list.
    pub lists: Vec<ListCounts>,
}

/// Problems of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCount {
    /// The list.
    pub list: String,
    /// The column.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// How many.
    pub count: u64,
}

impl KeptForecast {
    /// What is kept of a forecast.
    #[must_use]
    pub fn of(forecast: Forecast, checked: bool) -> Self {
        let problems = by_kind(&forecast);
        let Forecast { held, lists, figures, message, .. } = forecast;
        Self { checked, held, message, figures, problems, lists }
    }
}

/// The problems of a forecast by kind, most first. No value of a row stands in it.
fn by_kind(forecast: &Forecast) -> Vec<ProblemCount> {
    let count = |group: &ProblemGroup| ProblemCount {
        list: group.list.clone(),
        column: group.column.clone().unwrap_or_default(),
        message: group.kind.sentence(group.count, group.column.as_deref(), &[]),
        count: group.count,
    };
    let mut kinds: Vec<ProblemCount> = forecast.groups.iter().map(count).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    kinds.truncate(MOST_KINDS);
    kinds
}
