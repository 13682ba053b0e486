//! The council's own mapping: what a header, a code, a team or a worker of its files is meant to be.
//!
//! Set once by an analyst, dated like a standard, and applied to each load as at that date or later. A file is read as the
//! mapping says, and the load's report says how often. Nothing is mapped twice: what a mapping gives is final.

use crate::names::name_key;
use crate::record::List;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MappingKind {
    /// A column's header.
    Header,
    /// A value of a coded column.
    Code,
    /// A team's name.
    Team,
    /// A worker's name.
    Worker,
}

impl MappingKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Header, Self::Code, Self::Team, Self::Worker];

    /// Its name in files and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Code => "code",
            Self::Team => "team",
            Self::Worker => "worker",
        }
    }

    /// The kind of a name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// What is written in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Written {
    /// What is mapped.
    pub kind: MappingKind,
    /// The list, for headers and codes; `None` is every list that has the column.
    pub list: Option<u8>,
    /// The official header of the column, for codes.
    pub column: Option<String>,
    /// As it stands in the file.
    pub text: String,
}

/// One line of the mapping, from a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingLine {
    /// What is written, and where.
    pub written: Written,
    /// What it is meant to be: an official header, an Annex A code, a name. `None` takes the line before back.
    pub meant: Option<String>,
    /// The first as-at date of loads that are read so.
    pub applies_from: NaiveDate,
}

/// A line that cannot be, and what would.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// Nothing is written.
    #[error("what is written in the file is missing: give it as it stands there")]
    NothingWritten,
    /// It maps something onto itself.
    #[error("\"{0}\" would be read as itself: give what it is meant to be")]
    Itself(String),
    /// A code needs its column.
    #[error("a code belongs to a column: give the column's official header, such as \"Case status\"")]
    NoColumn,
    /// A team or worker has no list or column.
    #[error("teams and workers are the same in every list: leave list and column blank")]
    NamesHaveNoColumn,
    /// The list is unknown.
    #[error("there is no list \"{0}\": give L1 to L11, or leave it blank for every list")]
    NoList(String),
}

impl MappingLine {
    /// Checks what can be known without the format: see the reader of files for headers and codes.
    ///
    /// # Errors
    /// When the line says nothing, maps something onto itself, or names a column where none belongs.
    pub fn checked(self) -> Result<Self, BadMapping> {
        let Written { kind, list, column, text } = &self.written;
        if text.trim().is_empty() {
            return Err(BadMapping::NothingWritten);
        }
        match kind {
            MappingKind::Code if column.is_none() => return Err(BadMapping::NoColumn),
            MappingKind::Team | MappingKind::Worker if list.is_some() || column.is_some() => {
                return Err(BadMapping::NamesHaveNoColumn);
            }
            _ => {}
        }
        if let Some(meant) = &self.meant
            && self.written.key() == (Written { text: meant.clone(), ..self.written.clone() }).key()
        {
            return Err(BadMapping::Itself(text.clone()));
        }
        Ok(self)
    }
}

/// The list of a label, `L7` or `7`; a blank is every list.
///
/// # Errors
/// When there is no such list.
pub fn list_of(label: &str) -> Result<Option<u8>, BadMapping> {
    let label = label.trim();
    if label.is_empty() {
        return Ok(None);
    }
    let number = label.trim_start_matches(['L', 'l']).parse().ok();
    match number.and_then(List::from_number) {
        Some(list) => Ok(Some(list.number())),
        None => Err(BadMapping::NoList(label.to_owned())),
    }
}

/// What makes two written texts the same: headers by letters and digits, everything else as names are.
type Key = (MappingKind, Option<u8>, String, String);

impl Written {
    fn key(&self) -> Key {
        key(self.kind, self.list, self.column.as_deref().unwrap_or_default(), &self.text)
    }
}

fn key(kind: MappingKind, list: Option<u8>, column: &str, text: &str) -> Key {
    let text = if kind == MappingKind::Header { letters_and_digits(text) } else { name_key(text) };
    (kind, list, letters_and_digits(column), text)
}

/// Lower case, and nothing but letters and digits: what headers and sheet names are compared by.
#[must_use]
pub fn letters_and_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The mapping in force on a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    lines: BTreeMap<Key, MappingLine>,
}

impl Mapping {
    /// The lines in force on a date, of all that were set, in the order in which they were: of several for the same text the
    /// last of the latest date counts.
    #[must_use]
    pub fn on(date: NaiveDate, set: impl IntoIterator<Item = MappingLine>) -> Self {
        let mut lines: BTreeMap<Key, MappingLine> = BTreeMap::new();
        for line in set.into_iter().filter(|line| line.applies_from <= date) {
            let key = line.written.key();
            if lines.get(&key).is_none_or(|known| known.applies_from <= line.applies_from) {
                lines.insert(key, line);
            }
        }
        lines.retain(|_, line| line.meant.is_some());
        Self { lines }
    }

    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines in force, by kind, list, column and text.
    pub fn lines(&self) -> impl Iterator<Item = &MappingLine> {
        self.lines.values()
    }

    /// The official header that a header of a list is meant to be.
    #[must_use]
    pub fn header(&self, list: List, typed: &str) -> Option<&MappingLine> {
        self.find(MappingKind::Header, Some(list), "", typed)
    }

    /// What a value of a coded column is meant to be. `column` is the official header.
    #[must_use]
    pub fn code(&self, list: List, column: &str, typed: &str) -> Option<&MappingLine> {
        self.find(MappingKind::Code, Some(list), column, typed)
    }

    /// The team that a name is meant to be.
    #[must_use]
    pub fn team(&self, typed: &str) -> Option<&MappingLine> {
        self.find(MappingKind::Team, None, "", typed)
    }

    /// The worker that a name is meant to be.
    #[must_use]
    pub fn worker(&self, typed: &str) -> Option<&MappingLine> {
        self.find(MappingKind::Worker, None, "", typed)
    }

    /// A line of the list counts before one of every list.
    fn find(&self, kind: MappingKind, list: Option<List>, column: &str, typed: &str) -> Option<&MappingLine> {
        if self.lines.is_empty() {
            return None;
        }
        let of_list = list.and_then(|list| self.lines.get(&key(kind, Some(list.number()), column, typed)));
        of_list.or_else(|| self.lines.get(&key(kind, None, column, typed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(kind: MappingKind, list: Option<u8>, column: Option<&str>, text: &str, meant: Option<&str>) -> MappingLine {
        let written = Written { kind, list, column: column.map(str::to_owned), text: text.to_owned() };
        MappingLine { written, meant: meant.map(str::to_owned), applies_from: day("2026-01-01") }
    }

    fn code(text: &str, meant: Option<&str>, from: &str) -> MappingLine {
        MappingLine { applies_from: day(from), ..line(MappingKind::Code, None, Some("Case status"), text, meant) }
    }

    fn meant(found: Option<&MappingLine>) -> Option<&str> {
        found.and_then(|line| line.meant.as_deref())
    }

    #[test]
    fn a_line_counts_from_its_date_until_another_takes_its_place() {
        let set = [
            code("CIN", Some("Child in need plan"), "2026-01-01"),
            code("CIN", Some("Open assessment"), "2026-03-01"),
            code("CIN", None, "2026-05-01"),
        ];
        let on = |date: &str| {
            let mapping = Mapping::on(day(date), set.clone());
            meant(mapping.code(List::ChildrenInNeed, "Case status", "cin")).map(str::to_owned)
        };
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-01-01").as_deref(), Some("Child in need plan"));
        assert_eq!(on("2026-02-28").as_deref(), Some("Child in need plan"));
        assert_eq!(on("2026-03-01").as_deref(), Some("Open assessment"));
        assert_eq!(on("2026-05-01"), None);
    }

    #[test]
    fn of_one_date_the_line_set_last_counts() {
        let set = [code("CIN", Some("A"), "2026-01-01"), code("CIN", Some("B"), "2026-01-01")];
        let mapping = Mapping::on(day("2026-01-01"), set);
        assert_eq!(meant(mapping.code(List::ChildrenInNeed, "Case status", "CIN")), Some("B"));
        assert_eq!(mapping.lines().count(), 1);
    }

    #[test]
    fn a_line_of_one_list_counts_before_one_of_every_list() {
        let set = [
            line(MappingKind::Header, None, None, "Client No", Some("Child Unique ID")),
            line(MappingKind::Header, Some(11), None, "Client No", Some("Individual adopter identifier")),
        ];
        let mapping = Mapping::on(day("2026-02-01"), set);
        assert_eq!(meant(mapping.header(List::ChildrenInNeed, "client no.")), Some("Child Unique ID"));
        assert_eq!(meant(mapping.header(List::Adopters, "Client_No")), Some("Individual adopter identifier"));
    }

    #[test]
    fn headers_are_compared_by_letters_and_digits_and_names_as_names() {
        let set = [
            line(MappingKind::Team, None, None, "CIN  North", Some("North 1")),
            line(MappingKind::Worker, None, None, "Alder, Ada", Some("Ada Alder")),
        ];
        let mapping = Mapping::on(day("2026-02-01"), set);
        assert_eq!(meant(mapping.team("cin\u{a0}north")), Some("North 1"));
        assert_eq!(meant(mapping.worker("ALDER,  Ada")), Some("Ada Alder"));
        assert_eq!(mapping.team("Alder, Ada"), None);
    }

    #[rstest]
    #[case(line(MappingKind::Code, None, None, "CIN", Some("x")), BadMapping::NoColumn)]
    #[case(line(MappingKind::Team, Some(7), None, "A", Some("B")), BadMapping::NamesHaveNoColumn)]
    #[case(line(MappingKind::Team, None, None, "North 1", Some("NORTH  1")), BadMapping::Itself("North 1".into()))]
    #[case(line(MappingKind::Header, None, None, " ", Some("Gender")), BadMapping::NothingWritten)]
    fn a_line_that_cannot_be_says_why(#[case] line: MappingLine, #[case] why: BadMapping) {
        assert_eq!(line.checked(), Err(why));
    }

    #[rstest]
    #[case("", Ok(None))]
    #[case("L7", Ok(Some(7)))]
    #[case("11", Ok(Some(11)))]
    #[case("L12", Err(BadMapping::NoList("L12".into())))]
    #[case("seven", Err(BadMapping::NoList("seven".into())))]
    fn lists_by_their_label(#[case] label: &str, #[case] expected: Result<Option<u8>, BadMapping>) {
        assert_eq!(list_of(label), expected);
    }
}
