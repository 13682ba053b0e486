//! Addresses within the product. They carry measures, teams, services and workers, and of a child its reference.

use crate::reading::Selection;
use chrono::NaiveDate;
use domain::ids::ActionId;

/// A path segment or query value that can hold anything.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Addresses that stay at one extract: without a date at the newest, whichever that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Links {
    at: Option<NaiveDate>,
}

impl Links {
    /// At an earlier extract, or at the newest.
    pub(crate) const fn at(at: Option<NaiveDate>) -> Self {
        Self { at }
    }

    /// `/`.
    pub(crate) fn home(self) -> String {
        self.address("/", Vec::new())
    }

    /// `/services/NAME`.
    pub(crate) fn service(self, name: &str) -> String {
        self.address(&format!("/services/{}", encoded(name)), Vec::new())
    }

    /// `/teams/NAME`.
    pub(crate) fn team(self, name: &str) -> String {
        self.address(&format!("/teams/{}", encoded(name)), Vec::new())
    }

    /// `/children/REFERENCE`.
    pub(crate) fn child(self, reference: &str) -> String {
        self.address(&format!("/children/{reference}"), Vec::new())
    }

    /// `/actions/A-000123`.
    pub(crate) fn action(id: ActionId) -> String {
        format!("/actions/{id}")
    }

    /// `/attention` for a selection, with more query values.
    pub(crate) fn attention(self, selection: &Selection, more: &[(&'static str, String)]) -> String {
        let mut query = of_selection(selection);
        query.extend(more.iter().cloned());
        self.address(ATTENTION, query)
    }

    /// `/caseloads` for a selection, with more query values.
    pub(crate) fn caseloads(self, selection: &Selection, more: &[(&'static str, String)]) -> String {
        let mut query = of_selection(selection);
        query.extend(more.iter().cloned());
        self.address(CASELOADS, query)
    }

    /// `/measures/ID` for a selection.
    pub(crate) fn measure(self, id: &str, selection: &Selection) -> String {
        self.address(&format!("/measures/{id}"), of_selection(selection))
    }

    /// `/measures/ID/children` for a selection, with more query values.
    pub(crate) fn children(self, id: &str, selection: &Selection, more: &[(&'static str, String)]) -> String {
        let mut query = of_selection(selection);
        query.extend(more.iter().cloned());
        self.address(&format!("/measures/{id}/children"), query)
    }

    /// `/answers` for a selection.
    pub(crate) fn answers(self, selection: &Selection) -> String {
        self.address("/answers", of_selection(selection))
    }

    /// What stands in the address for the date.
    pub(crate) fn date(self) -> Option<(&'static str, String)> {
        self.at.map(|date| (AS_AT, date.to_string()))
    }

    fn address(self, path: &str, mut query: Vec<(&'static str, String)>) -> String {
        query.extend(self.date());
        with_query(path, &query)
    }
}

/// The registers' path.
pub(crate) const ATTENTION: &str = "/attention";

/// The caseloads' path.
pub(crate) const CASELOADS: &str = "/caseloads";

/// The name of the date in an address.
pub(crate) const AS_AT: &str = "as_at";

pub(crate) fn of_selection(selection: &Selection) -> Vec<(&'static str, String)> {
    [("service", &selection.service), ("team", &selection.team), ("worker", &selection.worker)]
        .into_iter()
        .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
        .collect()
}

/// A path with query values.
pub(crate) fn with_query(path: &str, query: &[(&'static str, String)]) -> String {
    let mut address = path.to_owned();
    for (index, (name, value)) in query.iter().enumerate() {
        address.push(if index == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_date_behind_everything_else() {
        let links = Links::at(NaiveDate::from_ymd_opt(2026, 9, 4));
        let selection = Selection { team: Some("North & West".to_owned()), ..Selection::default() };
        assert_eq!(
            links.children("CPP-01", &selection, &[("show", "act".to_owned())]),
            "/measures/CPP-01/children?team=North%20%26%20West&show=act&as_at=2026%2D09%2D04"
        );
        assert_eq!(Links::at(None).home(), "/");
    }
}
