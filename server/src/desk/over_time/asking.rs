//! What such a page is asked for: whose children, as at when, and what else stands in its address.

use crate::council::Council;
use crate::desk::here::Here;
use crate::desk::{ViewerDesk, links, measure, words};
use crate::reading::Selection;
use app::data::{Narrow, NarrowSelect, Page, TablesQuery};
use app::error::PageError;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The extract and the selection of a page, for who reads children.
pub(in crate::desk) struct Asking {
    pub(in crate::desk) council: Arc<Council>,
    /// Today's access decides who may be named.
    pub(in crate::desk) newest: Arc<Council>,
    pub(in crate::desk) selection: Selection,
}

impl Asking {
    /// `None` for who reads no child, before the first load, and for a service or team that is unknown or forbidden.
    pub(in crate::desk) async fn of(desk: &ViewerDesk, query: &TablesQuery) -> Result<Option<Self>, PageError> {
        let scope = &desk.visit.viewer.scope;
        if !scope.reads_children() {
            return Ok(None);
        }
        let (Some(council), Some(newest)) = (desk.council().await?, desk.newest().await?) else { return Ok(None) };
        let selection = measure::selection(&council, scope, query.service.as_deref(), query.team.as_deref());
        Ok(selection.map(|selection| Self { council, newest, selection }))
    }

    /// The first extract that is looked at: those of the last three months.
    pub(in crate::desk) fn since(&self) -> NaiveDate {
        self.council.period().from
    }

    /// "28 November 2025 to 27 February 2026".
    pub(in crate::desk) fn looked_at(&self) -> String {
        words::between(self.council.period())
    }

    /// "Whole council", a service or a team.
    pub(in crate::desk) fn place(&self, desk: &ViewerDesk) -> String {
        measure::place(&self.selection, desk.visit.viewer.scope.reaches_everything())
    }

    /// What the audit keeps of it.
    pub(in crate::desk) fn detail(&self) -> String {
        let parts = links::of_selection(&self.selection).into_iter().map(|(name, value)| format!("{name} {value}"));
        parts.chain([format!("as at {}", self.council.as_at())]).collect::<Vec<_>>().join(", ")
    }

    /// The form with the services and teams in scope, and more drop-downs behind them.
    pub(in crate::desk) fn narrow(
        &self,
        desk: &ViewerDesk,
        path: &str,
        more: Vec<NarrowSelect>,
        mut kept: Vec<(String, String)>,
    ) -> Narrow {
        let scope = &desk.visit.viewer.scope;
        let (mut services, mut teams) = (BTreeSet::new(), BTreeSet::new());
        for place in self.council.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team))) {
            services.insert(place.service.clone());
            if self.selection.service.as_ref().is_none_or(|service| *service == place.service) {
                teams.insert(place.team.clone());
            }
        }
        let mut selects = vec![
            choose("service", "Service", "All services", services, self.selection.service.as_deref()),
            choose("team", "Team", "All teams", teams, self.selection.team.as_deref()),
        ];
        selects.retain(|select| select.options.len() > 2);
        selects.extend(more);
        kept.extend(self.council.links().date().map(|(name, value)| (name.to_owned(), value)));
        Narrow { action: path.to_owned(), selects, dates: Vec::new(), kept }
    }

    /// The page in its frame, with its dates.
    pub(in crate::desk) fn framed<T>(&self, desk: &ViewerDesk, path: &str, body: T) -> Page<T> {
        desk.framed_at(Some(&self.council), Some(Here::of(path.to_owned(), &self.selection)), body)
    }
}

/// A drop-down of names, with "all of them" first.
fn choose(
    name: &str,
    label: &str,
    all: &str,
    names: impl IntoIterator<Item = String>,
    chosen: Option<&str>,
) -> NarrowSelect {
    let options = names.into_iter().map(|value| (value.clone(), value.clone(), chosen == Some(value.as_str())));
    NarrowSelect {
        name: name.to_owned(),
        label: label.to_owned(),
        options: std::iter::once((String::new(), all.to_owned(), chosen.is_none())).chain(options).collect(),
    }
}
