//! What a workbook says of its sheets beside their cells: which are hidden, which have hidden rows, and where an Excel
//! table ends in a row of totals. All of it is read from parts that were looked into already; a part that is not
//! written as it should be says nothing.

use super::zip_guard::Parts;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashMap;

/// What is known of a sheet beside its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SheetFacts {
    /// Whether the sheet is hidden.
    pub(super) is_hidden: bool,
    /// Whether rows of it are hidden, by a filter or by hand.
    pub(super) has_hidden_rows: bool,
    /// Totals rows of Excel tables, from 1.
    pub(super) totals_rows: Vec<u32>,
}

/// The facts of every sheet of a workbook, by the sheet's name.
pub(super) fn sheet_facts(parts: &Parts) -> HashMap<String, SheetFacts> {
    const WORKBOOK: &str = "xl/workbook.xml";
    let targets = relations(parts, WORKBOOK);
    let mut facts = HashMap::new();
    elements(parts.text(WORKBOOK), |element| {
        if element.local_name().as_ref() != "sheet" {
            return;
        }
        let Some(name) = attribute(element, "name") else { return };
        let path = attribute(element, "id").and_then(|id| targets.get(&id).cloned());
        let state = attribute(element, "state");
        let mut of_sheet = SheetFacts {
            is_hidden: state.is_some_and(|state| state.eq_ignore_ascii_case("hidden") || state == "veryHidden"),
            ..SheetFacts::default()
        };
        if let Some(path) = path {
            of_sheet.has_hidden_rows = parts.has_hidden_rows(&path);
            for table in relations(parts, &path).values().filter(|target| target.contains("/tables/")) {
                of_sheet.totals_rows.extend(totals_rows(parts.text(table)));
            }
        }
        facts.insert(name, of_sheet);
    });
    facts
}

/// The totals rows that a table's part names.
fn totals_rows(table: &str) -> Vec<u32> {
    let mut rows = Vec::new();
    elements(table, |element| {
        if element.local_name().as_ref() != "table" {
            return;
        }
        let count = attribute(element, "totalsRowCount").and_then(|count| count.parse::<u32>().ok()).unwrap_or(0);
        let range = attribute(element, "ref").unwrap_or_default();
        let last = range.rsplit(':').next().unwrap_or_default();
        let last = last.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
        if let Some(last) = last.filter(|_| (1..10).contains(&count)) {
            rows.extend((last.saturating_sub(count - 1)..=last).filter(|row| *row > 0));
        }
    });
    rows
}

/// Where the relations of a part lead, by their ids.
fn relations(parts: &Parts, path: &str) -> HashMap<String, String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let mut targets = HashMap::new();
    elements(parts.text(&format!("{folder}/_rels/{file}.rels")), |element| {
        if element.local_name().as_ref() != "Relationship" {
            return;
        }
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            targets.insert(id, resolved(folder, &target));
        }
    });
    targets
}

/// A target from within a folder, without dots and in lower case.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/").to_ascii_lowercase()
}

/// Every element of a part as long as it reads.
fn elements(text: &str, mut each: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => each(&element),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// An attribute by its name without a prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name).and_then(|attribute| {
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [u32; 0] = [];

    #[test]
    fn the_last_rows_of_a_table_with_totals() {
        assert_eq!(totals_rows("<table ref=\"A2:Q17\" totalsRowCount=\"1\"><autoFilter/></table>"), [17]);
        assert_eq!(totals_rows("<table ref=\"A2:Q17\" totalsRowCount=\"2\">"), [16, 17]);
        assert_eq!(totals_rows("<table ref=\"A2:Q17\" totalsRowShown=\"0\"/>"), NONE);
        assert_eq!(totals_rows("<table ref=\"nonsense\" totalsRowCount=\"1\"/>"), NONE);
        assert_eq!(totals_rows("<table ref=\"A1\" totalsRowCount=\"9999999999\"/>"), NONE);
        assert_eq!(totals_rows("no table at all <"), NONE);
    }

    #[test]
    fn targets_are_found_from_their_folder() {
        assert_eq!(resolved("xl", "worksheets/Sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "../../../etc/passwd"), "etc/passwd");
    }
}
