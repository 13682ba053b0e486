//! Addresses within the product. They carry measures, teams, services and workers, and of a child its reference.

use crate::reading::Selection;

/// A path segment or query value that can hold anything.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// `/services/NAME`.
pub(crate) fn service(name: &str) -> String {
    format!("/services/{}", encoded(name))
}

/// `/teams/NAME`.
pub(crate) fn team(name: &str) -> String {
    format!("/teams/{}", encoded(name))
}

/// `/children/REFERENCE`.
pub(crate) fn child(reference: &str) -> String {
    format!("/children/{reference}")
}

/// `/measures/ID` for a selection.
pub(crate) fn measure(id: &str, selection: &Selection) -> String {
    with_query(&format!("/measures/{id}"), &of_selection(selection))
}

/// `/measures/ID/children` for a selection, with more query values.
pub(crate) fn children(id: &str, selection: &Selection, more: &[(&'static str, String)]) -> String {
    let mut query = of_selection(selection);
    query.extend(more.iter().cloned());
    with_query(&format!("/measures/{id}/children"), &query)
}

fn of_selection(selection: &Selection) -> Vec<(&'static str, String)> {
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
