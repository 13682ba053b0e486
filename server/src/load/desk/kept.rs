//! What a load in the browser was held for, or what a check found: kept with the load until it is answered.
//!
//! It holds no row of a child: problems are counted by kind.

use crate::load::forecast::{FigureChange, Forecast};
use crate::load::report::ListCounts;
use domain::holds::Hold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// The problems of a forecast by list, column and message, most first.
pub(crate) fn by_kind(forecast: &Forecast) -> Vec<ProblemCount> {
    let mut kinds: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    for problem in &forecast.problems {
        let column = problem.column.as_deref().unwrap_or_default();
        *kinds.entry((&problem.list, column, &problem.message)).or_default() += 1;
    }
    let mut kinds: Vec<ProblemCount> = kinds
        .into_iter()
        .map(|((list, column, message), count)| ProblemCount {
            list: list.to_owned(),
            column: column.to_owned(),
            message: message.to_owned(),
            count,
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    kinds.truncate(MOST_KINDS);
    kinds
}
