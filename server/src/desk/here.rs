//! A page's own address, so that the page can be asked for as at another date.

use crate::council::Council;
use crate::desk::{links, words};
use crate::reading::Selection;
use app::data::{DateChoice, Dates};
use domain::scope::Scope;
use domain::suppress::published_dates;

/// A path and what stands behind it, without a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Here {
    path: String,
    query: Vec<(String, String)>,
}

impl Here {
    /// A page without a query.
    pub(super) fn path(path: String) -> Self {
        Self { path, query: Vec::new() }
    }

    /// A page for a selection.
    pub(super) fn of(path: String, selection: &Selection) -> Self {
        let query = links::of_selection(selection).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { path, query }
    }

    /// A page whose query is known.
    pub(super) fn with(path: String, mut query: Vec<(String, String)>) -> Self {
        query.retain(|(name, _)| name != links::AS_AT);
        Self { path, query }
    }

    /// The dates to choose from, newest first; none where there is no other.
    pub(super) fn dates(self, council: &Council, scope: &Scope) -> Option<Dates> {
        let published = scope.suppresses().then(|| published_dates(&council.dates));
        let dates = published.as_deref().unwrap_or(&council.dates);
        if dates.len() < 2 {
            return None;
        }
        let newest = dates.last();
        let choices = dates
            .iter()
            .rev()
            .map(|date| DateChoice {
                // The newest has no date in its address, so that a link to it stays with the newest.
                value: if Some(date) == newest { String::new() } else { date.to_string() },
                text: words::date(*date),
                chosen: *date == council.as_at(),
            })
            .collect();
        Some(Dates {
            action: self.path,
            kept: self.query,
            choices,
            past: newest.is_some_and(|newest| *newest > council.as_at()),
        })
    }
}
