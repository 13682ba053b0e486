//! The format as data: sheets, columns, header variants and code sets of the eleven lists.

use crate::coded::{Choice, Codes};
pub(crate) use domain::mapping::letters_and_digits as normalised;
use domain::record::List;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// The id of the child, or of the adopter on List 11.
    Id,
    /// The age, which is worked out from the date of birth instead.
    Age,
    /// A coded value.
    Code,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// Free text.
    Text,
}

#[derive(Deserialize)]
struct RawFormat {
    lists: Vec<RawList>,
    choices: HashMap<String, Vec<Choice>>,
}

#[derive(Deserialize)]
struct RawList {
    list: u8,
    sheets: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    columns: Vec<RawColumn>,
}

#[derive(Deserialize)]
struct RawColumn {
    header: String,
    kind: Kind,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    choices: Option<String>,
    #[serde(default)]
    open: bool,
}

/// A column of a list.
#[derive(Debug)]
pub(super) struct ColumnFormat {
    /// The official header.
    pub(super) header: String,
    pub(super) kind: Kind,
    /// The official header and its variants, normalised; the official one first.
    pub(super) names: Vec<String>,
    /// Patterns tried last, on headers and columns not matched otherwise.
    pub(super) patterns: Vec<Regex>,
    /// The code set of a coded column.
    pub(super) codes: Option<Codes>,
    /// Whether other values than the codes are expected too.
    pub(super) open: bool,
    /// Whether more than three lists have the column, so that it does not tell lists apart.
    pub(super) common: bool,
}

/// A list: how its sheet is named and what columns it has.
#[derive(Debug)]
pub(super) struct ListFormat {
    pub(super) list: List,
    /// Names of its sheet, normalised.
    pub(super) sheets: Vec<String>,
    /// Short names of its sheet, normalised, which a sheet of something else may have too.
    pub(super) short: Vec<String>,
    pub(super) columns: Vec<ColumnFormat>,
}

static LISTS: LazyLock<Vec<ListFormat>> =
    LazyLock::new(|| match serde_json::from_str::<RawFormat>(include_str!("format.json")) {
        Ok(raw) => build(&raw),
        Err(_) => Vec::new(), // The file is compiled in, and a test reads it.
    });

/// Every list, in order.
pub(super) fn lists() -> &'static [ListFormat] {
    &LISTS
}

/// One list's format.
pub(super) fn list_format(list: List) -> Option<&'static ListFormat> {
    LISTS.iter().find(|format| format.list == list)
}

fn build(raw: &RawFormat) -> Vec<ListFormat> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for column in raw.lists.iter().flat_map(|list| &list.columns) {
        *seen.entry(&column.header).or_default() += 1;
    }
    let column = |column: &RawColumn| ColumnFormat {
        header: column.header.clone(),
        kind: column.kind,
        names: std::iter::once(&column.header).chain(&column.variants).map(|name| normalised(name)).collect(),
        patterns: column
            .patterns
            .iter()
            .filter_map(|pattern| RegexBuilder::new(pattern).case_insensitive(true).build().ok())
            .collect(),
        codes: column
            .choices
            .as_ref()
            .and_then(|name| raw.choices.get(name))
            .map(|choices| Codes::new(choices.clone())),
        open: column.open,
        common: seen.get(column.header.as_str()).is_some_and(|lists| *lists > 3),
    };
    raw.lists
        .iter()
        .filter_map(|list| {
            Some(ListFormat {
                list: List::from_number(list.list)?,
                sheets: list.sheets.iter().map(|name| normalised(name)).collect(),
                short: list.short.iter().map(|name| normalised(name)).collect(),
                columns: list.columns.iter().map(column).collect(),
            })
        })
        .collect()
}

/// The text of a canonical code, for pages: legal status `C2` is `FCO`. `header` is the official one.
#[must_use]
pub fn label(list: List, header: &str, code: &str) -> Option<&'static str> {
    let column = list_format(list)?.columns.iter().find(|column| column.header == header)?;
    let choice = column.codes.as_ref()?.choices().iter().find(|choice| choice.canonical() == code)?;
    Some(choice.label.as_deref().unwrap_or(&choice.text))
}

/// The official headers of a list, in the order of the template.
#[must_use]
pub fn official_headers(list: List) -> Vec<&'static str> {
    list_format(list)
        .map_or_else(Vec::new, |format| format.columns.iter().map(|column| column.header.as_str()).collect())
}

/// The official headers of coded columns, each once, in the order of the lists.
#[must_use]
pub fn coded_headers() -> Vec<&'static str> {
    let mut headers = Vec::new();
    for column in lists().iter().flat_map(|format| &format.columns).filter(|column| column.codes.is_some()) {
        if !headers.contains(&column.header.as_str()) {
            headers.push(column.header.as_str());
        }
    }
    headers
}

/// The choices of a coded column as the official template writes them (`b) No`); none for other columns.
#[must_use]
pub fn choices(list: List, header: &str) -> Vec<String> {
    let column = list_format(list).and_then(|format| format.columns.iter().find(|column| column.header == header));
    let codes = column.and_then(|column| column.codes.as_ref());
    codes.map_or_else(Vec::new, |codes| codes.choices().iter().map(Choice::as_template).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annex_a::slots::slots;
    use rstest::rstest;

    #[test]
    fn the_format_file_holds_eleven_lists_and_every_column_has_its_place_in_the_record() {
        assert_eq!(lists().iter().map(|format| format.list).collect::<Vec<_>>(), List::ALL);
        for format in lists() {
            let expected: Vec<_> = format
                .columns
                .iter()
                .filter(|column| !matches!(column.kind, Kind::Id | Kind::Age))
                .map(|column| column.header.as_str())
                .collect();
            let placed: Vec<_> = slots(format.list).iter().map(|(header, _)| *header).collect();
            assert_eq!(placed, expected, "{}", format.list.label());
            for column in &format.columns {
                assert_eq!(column.codes.is_some(), column.kind == Kind::Code, "{}", column.header);
            }
        }
    }

    #[rstest]
    #[case(List::ChildrenInCare, "Child's Legal Status", "C2", Some("FCO"))]
    #[case(List::Contacts, "Ethnicity", "WBRI", Some("White British"))]
    #[case(List::Contacts, "Contact Source", "3B", Some("Health services: health visitor"))]
    #[case(List::ChildrenInCare, "Placement Type", "U4", Some("Foster placement - long term"))]
    #[case(List::ChildrenInNeed, "Case status", "Child in need plan", Some("Child in need plan"))]
    #[case(List::ChildrenInCare, "Child's Legal Status", "Q9", None)]
    #[case(List::Contacts, "Child Unique ID", "1", None)]
    fn labels(#[case] list: List, #[case] header: &str, #[case] code: &str, #[case] expected: Option<&str>) {
        assert_eq!(label(list, header, code), expected);
    }
}
