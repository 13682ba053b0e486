//! Which list a sheet or a file holds, by its name.

use super::format::{ListFormat, lists, normalised};
use domain::record::List;
use regex::Regex;
use std::sync::LazyLock;

/// "List_7", "list 07", "Annex A List 7 - Child protection", "AA_7_child_protection". The digits are taken whole: List 1
/// is not List 10.
static NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^aa_|(?:^|[^a-z])list[\s_\-.#]*)0*(\d+)(.*)$").ok());

/// How surely a name is a list's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// The list.
    pub(super) list: List,
    /// Whether the name is the list's and nothing else; otherwise a sheet without headers is no list.
    pub(super) surely: bool,
}

/// The list of a sheet, by its name.
pub(super) fn list_of_sheet(name: &str) -> Option<Named> {
    let plain = normalised(name);
    if let Some(format) = lists().iter().find(|format| format.sheets.contains(&plain)) {
        return Some(Named { list: format.list, surely: true });
    }
    if let Some(format) = short(&plain) {
        return Some(Named { list: format.list, surely: false });
    }
    let (list, rest) = numbered(name)?;
    let rest = normalised(rest);
    let known = lists()
        .iter()
        .filter(|format| format.list == list)
        .flat_map(|format| &format.sheets)
        .any(|sheet| *sheet == rest);
    Some(Named { list, surely: rest.is_empty() || known })
}

/// The list of a CSV file, by its name without folders.
pub(super) fn list_of_file(name: &str) -> Option<List> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if let Some((list, _)) = numbered(stem) {
        return Some(list);
    }
    let plain = normalised(stem);
    if let Some(format) = short(&plain) {
        return Some(format.list);
    }
    let mut named = lists().iter().filter(|format| {
        format
            .sheets
            .iter()
            .any(|sheet| sheet.len() > 3 && !sheet.starts_with("list") && plain.contains(sheet.as_str()))
    });
    match (named.next(), named.next()) {
        (Some(format), None) => Some(format.list),
        _ => None,
    }
}

/// The list that goes by a short name: "CP", "LAC".
fn short(plain: &str) -> Option<&'static ListFormat> {
    lists().iter().find(|format| format.short.iter().any(|short| short == plain))
}

fn numbered(name: &str) -> Option<(List, &str)> {
    let found = NUMBERED.as_ref()?.captures(name)?;
    let list = List::from_number(found.get(1)?.as_str().parse().ok()?)?;
    Some((list, found.get(2).map_or("", |rest| rest.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("List_1", 1)]
    #[case("List 1", 1)]
    #[case("list1", 1)]
    #[case("List 1 ", 1)]
    #[case("LIST-01", 1)]
    #[case("List_10", 10)]
    #[case("List 11", 11)]
    #[case("Contacts", 1)]
    #[case("children in care", 8)]
    #[case("Sec47 and ICPC", 5)]
    #[case("List 7: Child protection", 7)]
    #[case("Annex A List 9", 9)]
    fn sheets(#[case] name: &str, #[case] number: u8) {
        assert_eq!(list_of_sheet(name), List::from_number(number).map(|list| Named { list, surely: true }), "{name}");
    }

    #[rstest]
    #[case("Front_Sheet")]
    #[case("Guidance")]
    #[case("Codes_used")]
    #[case("FAQ_and_changes")]
    #[case("List_12")]
    #[case("List 0")]
    #[case("Checklist 1")]
    #[case("")]
    #[case("List_110")]
    fn no_list(#[case] name: &str) {
        assert_eq!(list_of_sheet(name), None, "{name}");
    }

    #[test]
    fn a_list_with_more_in_its_name_is_probably_that_list() {
        assert_eq!(list_of_sheet("List 1 notes"), Some(Named { list: List::Contacts, surely: false }));
        assert_eq!(list_of_sheet("List 1 (2)"), Some(Named { list: List::Contacts, surely: false }));
    }

    #[rstest]
    #[case("CP", 7)]
    #[case("CPP", 7)]
    #[case("CLA", 8)]
    #[case("lac", 8)]
    #[case("CIN", 6)]
    #[case("S47", 5)]
    #[case("EHA", 2)]
    #[case("Refs", 3)]
    fn a_short_name_is_a_list_if_the_headers_say_so(#[case] name: &str, #[case] number: u8) {
        assert_eq!(list_of_sheet(name), List::from_number(number).map(|list| Named { list, surely: false }), "{name}");
        assert_eq!(list_of_file(&format!("{name}.csv")), List::from_number(number));
    }

    #[rstest]
    #[case("list_7.csv", Some(7))]
    #[case("2024-01-31 Annex A list 10.csv", Some(10))]
    #[case("list11_final.csv", Some(11))]
    #[case("contacts.csv", Some(1))]
    #[case("Early Help 2024.csv", Some(2))]
    #[case("children_in_need.csv", Some(6))]
    #[case("children_in_need_assessments.csv", None)]
    #[case("extract.csv", None)]
    #[case("prefs.csv", None)]
    #[case("AA_2_early_help_assessments.csv", Some(2))]
    #[case("AA_10_adoption.csv", Some(10))]
    #[case("cinema.csv", None)]
    fn files(#[case] name: &str, #[case] number: Option<u8>) {
        assert_eq!(list_of_file(name), number.and_then(List::from_number), "{name}");
    }
}
