//! Which column stands where: the header row of a sheet matched to the format.

use super::format::{ColumnFormat, Kind, ListFormat, lists, normalised};
use super::likeness::Likeness;
use crate::cells::{Value, trim};
use domain::record::List;

/// Whether a column of the format stands under the header at a place.
type Rule<'a> = dyn Fn(&ColumnFormat, usize) -> bool + 'a;

/// A header row matched to a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// For each column of the format, where it stands.
    pub(super) positions: Vec<Option<usize>>,
    /// Headers as typed, trimmed; empty where there is none.
    pub(super) headers: Vec<String>,
    /// Headers given a second time for a column already found.
    pub(super) repeated: Vec<usize>,
    /// Headers that are no column of the list.
    pub(super) unknown: Vec<usize>,
    /// Columns of the format that were taken for the likeness of their header alone.
    pub(super) resembling: Vec<usize>,
    /// Columns of the format that were not taken, for more than one header resembles them: with those headers.
    pub(super) ambiguous: Vec<(usize, Vec<usize>)>,
}

/// Matches a row to a list's columns: every exact name first, then every variant, then what pivot tables make of either,
/// then resemblance; each only for columns and headers still free.
pub(super) fn match_row(format: &ListFormat, cells: &[Value<'_>]) -> Matched {
    let headers: Vec<String> = cells.iter().map(|cell| header_text(*cell)).collect();
    let names: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
    let mut positions = vec![None; format.columns.len()];
    let mut taken = vec![false; headers.len()];

    let official = |column: &ColumnFormat, at: usize| column.names.first() == Some(&names[at]);
    let variant = |column: &ColumnFormat, at: usize| column.names.contains(&names[at]);
    let pivot = |column: &ColumnFormat, at: usize| {
        // What a pivot table counts of an id is no id.
        column.kind != Kind::Id
            && within_pivot(&names[at]).is_some_and(|name| column.names.iter().any(|known| known == name))
    };
    let rules: [&Rule<'_>; 3] = [&official, &variant, &pivot];
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
    let likeness = Likeness::of(format, &headers, &positions, &taken);
    for (column, at) in &likeness.taken {
        positions[*column] = Some(*at);
        taken[*at] = true;
    }

    let mut matched = Matched {
        positions,
        headers,
        resembling: likeness.taken.into_iter().map(|(column, _)| column).collect(),
        ambiguous: likeness.ambiguous,
        ..Matched::default()
    };
    for at in (0..names.len()).filter(|at| !taken[*at] && !matched.headers[*at].is_empty()) {
        if format.columns.iter().any(|column| variant(column, at)) || names[..at].contains(&names[at]) {
            matched.repeated.push(at);
        } else {
            matched.unknown.push(at);
        }
    }
    matched
}

/// The header of which a pivot table made another: `sumofage` is `age`.
fn within_pivot(name: &str) -> Option<&str> {
    ["sumof", "countof", "maxof", "minof", "averageof"].into_iter().find_map(|prefix| name.strip_prefix(prefix))
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

    /// Unknown headers that look as if they were the id: a person has to say which is.
    pub(super) fn like_an_id(&self) -> Vec<String> {
        let is_id = |header: &str| {
            let spaced = header.replace(['_', '-'], " ");
            let words = spaced.split(|c: char| !c.is_alphanumeric());
            let says_id = |word: &str| {
                ["id", "ids", "identifier", "uid", "upi"].iter().any(|name| word.eq_ignore_ascii_case(name))
                    || word.ends_with("ID")
                    || word.ends_with("Id")
            };
            words.into_iter().any(says_id)
        };
        self.unknown.iter().filter_map(|at| self.headers.get(*at)).filter(|header| is_id(header)).cloned().collect()
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
    #[case("Sum of Number of Referrals in Last 12 Months", "Number of Referrals in Last 12 Months")]
    #[case("Count of Referral NFA?", "Referral NFA?")]
    #[case("Max of ReferralDate", "Date of referral")]
    fn headers_of_a_pivot_table_are_those_within(#[case] header: &str, #[case] column: &str) {
        assert_eq!(found(List::Referrals, &[header]), [(column.to_owned(), 0)]);
    }

    #[rstest]
    #[case("Sibling group ID (child)")]
    #[case("Count of Child Unique ID")]
    #[case("Child protection plan id")]
    #[case("ID of the child's case")]
    fn the_id_is_never_taken_by_resemblance(#[case] header: &str) {
        assert_eq!(found(List::Contacts, &[header]), []);
    }

    #[test]
    fn a_header_that_resembles_a_column_is_taken_and_told() {
        let format = list_format(List::Referrals).expect("a format for every list");
        let matched = match_row(format, &row(&["Child Unique ID", "Date of previous referral", "Gender"]));
        let resembling: Vec<_> = matched.resembling.iter().map(|at| format.columns[*at].header.as_str()).collect();
        assert_eq!((resembling, matched.ambiguous.len()), (vec!["Date of referral"], 0));
    }

    #[rstest]
    #[case(&["Date of previous referral", "Referral Date"], Some(1))]
    #[case(&["Date of previous referral", "Date of referral"], Some(1))]
    #[case(&["Date of previous referral", "Date of first referral"], None)]
    #[case(&["Date of previous referral", "Referral date (latest)"], None)]
    #[case(&["Date of the previous open referral", "Date of latest referral"], Some(1))]
    fn a_better_or_equal_candidate_keeps_a_resembling_header_out(#[case] headers: &[&str], #[case] at: Option<usize>) {
        let format = list_format(List::Referrals).expect("a format for every list");
        let matched = match_row(format, &row(headers));
        let column = format.columns.iter().position(|column| column.header == "Date of referral").expect("a column");
        assert_eq!(matched.positions[column], at, "{matched:?}");
        assert_eq!(matched.ambiguous.len(), usize::from(at.is_none()));
    }

    #[test]
    fn headers_that_look_like_an_id_are_named() {
        let format = list_format(List::Contacts).expect("a format for every list");
        let headers = ["Case ID", "Sibling group ID (child)", "family_id", "MosaicID", "Video", "Date of Contact"];
        assert_eq!(match_row(format, &row(&headers)).like_an_id(), headers[..4]);
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
