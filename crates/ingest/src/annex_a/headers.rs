//! Which column stands where: the header row of a sheet matched to the format.

use super::format::{ColumnFormat, Kind, ListFormat, lists, normalised};
use crate::cells::{Value, trim};
use domain::record::List;

/// Whether a column of the format stands under the header at a place.
type Rule<'a> = dyn Fn(&ColumnFormat, usize) -> bool + 'a;

/// A header row matched to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matched {
    /// For each column of the format, where it stands.
    pub(super) positions: Vec<Option<usize>>,
    /// Headers as typed, trimmed; empty where there is none.
    pub(super) headers: Vec<String>,
    /// Headers given a second time for a column already found.
    pub(super) repeated: Vec<usize>,
    /// Headers that are no column of the list.
    pub(super) unknown: Vec<usize>,
}

/// Matches a row to a list's columns: every exact name first, then every variant, then the patterns, each
/// only for columns and headers still free.
pub(super) fn match_row(format: &ListFormat, cells: &[Value<'_>]) -> Matched {
    let headers: Vec<String> = cells.iter().map(|cell| header_text(*cell)).collect();
    let names: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
    let mut positions = vec![None; format.columns.len()];
    let mut taken = vec![false; headers.len()];

    // A header may stand on several lines of its cell.
    let lines: Vec<String> =
        headers.iter().map(|header| header.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let official = |column: &ColumnFormat, at: usize| column.names.first() == Some(&names[at]);
    let variant = |column: &ColumnFormat, at: usize| column.names.contains(&names[at]);
    let pattern = |column: &ColumnFormat, at: usize| column.patterns.iter().any(|pattern| pattern.is_match(&lines[at]));
    let rules: [&Rule<'_>; 3] = [&official, &variant, &pattern];
    for rule in rules {
        for (column, position) in format.columns.iter().zip(&mut positions) {
            if position.is_none() {
                *position = (0..headers.len()).find(|at| !taken[*at] && !names[*at].is_empty() && rule(column, *at));
                if let Some(at) = *position {
                    taken[at] = true;
                }
            }
        }
    }

    let mut matched = Matched { positions, headers, repeated: Vec::new(), unknown: Vec::new() };
    for at in (0..names.len()).filter(|at| !taken[*at] && !matched.headers[*at].is_empty()) {
        if format.columns.iter().any(|column| variant(column, at)) || names[..at].contains(&names[at]) {
            matched.repeated.push(at);
        } else {
            matched.unknown.push(at);
        }
    }
    matched
}

fn header_text(cell: Value<'_>) -> String {
    match cell {
        Value::Text(text) => trim(text).chars().take(300).collect(),
        Value::Empty => String::new(),
        other => other.shown(),
    }
}

impl Matched {
    /// Where the id stands.
    pub(super) fn id(&self, format: &ListFormat) -> Option<usize> {
        let column = format.columns.iter().position(|column| column.kind == Kind::Id)?;
        self.positions.get(column).copied().flatten()
    }

    /// How many columns beside the id were found.
    pub(super) fn others(&self, format: &ListFormat) -> usize {
        self.count(format, |column| column.kind != Kind::Id)
    }

    /// How many columns were found that few other lists have.
    pub(super) fn distinctive(&self, format: &ListFormat) -> usize {
        self.count(format, |column| column.kind != Kind::Id && !column.common)
    }

    fn count(&self, format: &ListFormat, which: impl Fn(&ColumnFormat) -> bool) -> usize {
        self.positions
            .iter()
            .zip(&format.columns)
            .filter(|(position, column)| position.is_some() && which(column))
            .count()
    }

    /// Whether the row is the list's header row: the id and at least two other columns.
    pub(super) fn is_header(&self, format: &ListFormat) -> bool {
        self.id(format).is_some() && self.others(format) >= 2
    }

    /// Whether the row would be the header row if it had the id column.
    pub(super) fn lacks_only_the_id(&self, format: &ListFormat) -> bool {
        self.id(format).is_none() && self.others(format) >= 3 && self.distinctive(format) >= 2
    }
}

/// The list whose headers a row holds, when they are those of exactly one.
pub(super) fn list_of_headers(cells: &[Value<'_>]) -> Option<List> {
    let mut best: Option<(usize, List)> = None;
    let mut tied = false;
    for format in lists() {
        let matched = match_row(format, cells);
        let distinctive = matched.distinctive(format);
        if matched.id(format).is_none()
            || distinctive < 2 && matched.unknown.len() + matched.repeated.len() > 0
            || distinctive == 0
        {
            continue;
        }
        match best {
            Some((most, _)) if most > distinctive => {}
            Some((most, _)) if most == distinctive => tied = true,
            _ => (best, tied) = (Some((distinctive, format.list)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, list)| list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annex_a::format::list_format;
    use rstest::rstest;

    fn row<'a>(headers: &[&'a str]) -> Vec<Value<'a>> {
        headers.iter().map(|header| Value::Text(header)).collect()
    }

    fn found(list: List, headers: &[&str]) -> Vec<(String, usize)> {
        let format = list_format(list).expect("a format for every list");
        let matched = match_row(format, &row(headers));
        let named = format.columns.iter().zip(&matched.positions);
        named.filter_map(|(column, position)| position.map(|at| (column.header.clone(), at))).collect()
    }

    #[test]
    fn the_age_pattern_takes_no_header_of_another_column() {
        // "Age" matches inside "Latest Category..."-like words only after every better match is made.
        let headers = ["Language", "Age", "Child Unique ID", "Date of Contact"];
        let found = found(List::Contacts, &headers);
        assert!(found.contains(&("Age of Child (Years)".into(), 1)), "{found:?}");
        assert!(!found.iter().any(|(_, at)| *at == 0));
    }

    #[rstest]
    #[case("LA In Touch ")]
    #[case("LA in touch")]
    #[case("la_in_touch")]
    #[case("LA IN TOUCH?")]
    fn headers_match_whatever_their_case_and_punctuation(#[case] header: &str) {
        assert_eq!(found(List::CareLeavers, &[header]), [("LA In Touch".to_owned(), 0)]);
    }

    #[rstest]
    #[case(List::ChildrenInCare, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))")]
    #[case(
        List::ChildrenInCare,
        "Is this a second or subsequent episode of being a Looked After Child within the last 12 months (Y/N)"
    )]
    #[case(List::ChildrenInCare, "Child’s Legal Status")]
    #[case(
        List::ChildrenInCare,
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
    )]
    #[case(List::Assessments, "Was the child assessed as requiring LA children's social care support?")]
    #[case(List::Referrals, "Date of the referral")]
    #[case(List::CareLeavers, "Allocated Personal Adviser")]
    #[case(List::Contacts, "Child ID")]
    #[case(List::Contacts, "ID of child")]
    #[case(List::Contacts, "child_id")]
    fn variants_and_patterns(#[case] list: List, #[case] header: &str) {
        assert_eq!(found(list, &[header]).len(), 1, "{header}");
    }

    #[test]
    fn a_second_header_of_the_same_column_is_repeated_and_a_foreign_one_unknown() {
        let format = list_format(List::Contacts).expect("a format for every list");
        let matched = match_row(format, &row(&["Child Unique ID", "Gender", "gender", "Shoe size", "", "Shoe size"]));
        assert_eq!((matched.repeated, matched.unknown), (vec![2, 5], vec![3]));
    }

    #[test]
    fn official_headers_identify_every_list() {
        for format in lists() {
            let headers: Vec<Value<'_>> = format.columns.iter().map(|column| Value::Text(&column.header)).collect();
            assert_eq!(list_of_headers(&headers), Some(format.list));
        }
    }

    #[test]
    fn common_headers_alone_identify_no_list() {
        assert_eq!(list_of_headers(&row(&["Child Unique ID", "Gender", "Ethnicity", "Date of Birth"])), None);
    }
}
