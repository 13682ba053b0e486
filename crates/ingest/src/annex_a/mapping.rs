//! The council's mapping against the format: whether what a line gives is a column or a code that there is.

use super::format::{ColumnFormat, ListFormat, lists, normalised};
use crate::coded::Match;
use domain::mapping::{MappingKind, MappingLine};
use domain::record::List;

/// A line that gives what the format does not know, and what it does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotInFormat {
    /// No such column.
    #[error("no list has a column \"{0}\": give the official header, such as \"{1}\"")]
    Column(String, String),
    /// The column holds no codes.
    #[error("the column \"{0}\" holds no codes: only coded columns can have their values mapped")]
    NotCoded(String),
    /// No such code.
    #[error("\"{value}\" is none of the codes of \"{column}\": give one of them, such as \"{example}\"")]
    Code {
        /// The value.
        value: String,
        /// The column.
        column: String,
        /// One of its codes.
        example: String,
    },
}

/// Checks that a line gives an official header, or a code of its column. Teams and workers may be called anything.
///
/// # Errors
/// When it does not.
pub fn check(line: &MappingLine) -> Result<(), NotInFormat> {
    let list = line.written.list.and_then(List::from_number);
    let Some(meant) = &line.meant else { return Ok(()) };
    match line.written.kind {
        MappingKind::Team | MappingKind::Worker => Ok(()),
        MappingKind::Header => columns(list, meant).next().map(|_| ()).ok_or_else(|| no_column(list, meant)),
        MappingKind::Code => {
            let header = line.written.column.as_deref().unwrap_or_default();
            let mut found = columns(list, header).peekable();
            if found.peek().is_none() {
                return Err(no_column(list, header));
            }
            let codes: Vec<_> = found.filter_map(|column| column.codes.as_ref()).collect();
            let Some(first) = codes.first() else { return Err(NotInFormat::NotCoded(header.to_owned())) };
            // Lists that share a header may have codes of their own: one of them is enough.
            if codes.iter().any(|codes| codes.find(meant) != Match::Unknown) {
                return Ok(());
            }
            let (value, column, example) = (meant.clone(), header.to_owned(), first.example());
            Err(NotInFormat::Code { value, column, example })
        }
    }
}

/// The columns of a list, or of every list, that have this official header.
fn columns(list: Option<List>, header: &str) -> impl Iterator<Item = &'static ColumnFormat> {
    let wanted = normalised(header);
    of(list).flat_map(|format| &format.columns).filter(move |column| normalised(&column.header) == wanted)
}

fn of(list: Option<List>) -> impl Iterator<Item = &'static ListFormat> {
    lists().iter().filter(move |format| list.is_none_or(|list| list == format.list))
}

/// The nearest official header, by the words that it shares.
fn no_column(list: Option<List>, header: &str) -> NotInFormat {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wanted = words(header);
    let shared = |column: &&ColumnFormat| words(&column.header).iter().filter(|word| wanted.contains(word)).count();
    let all = of(list).flat_map(|format| &format.columns);
    let nearest = all.max_by_key(|column| (shared(column), std::cmp::Reverse(column.header.len())));
    NotInFormat::Column(header.to_owned(), nearest.map(|column| column.header.clone()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::mapping::Written;
    use rstest::rstest;

    fn line(kind: MappingKind, list: Option<u8>, column: Option<&str>, meant: &str) -> MappingLine {
        let written = Written { kind, list, column: column.map(str::to_owned), text: "as typed".to_owned() };
        MappingLine { written, meant: Some(meant.to_owned()), applies_from: chrono::NaiveDate::MIN }
    }

    #[rstest]
    #[case(line(MappingKind::Header, Some(6), None, "CIN Start Date"), true)]
    #[case(line(MappingKind::Header, Some(7), None, "CIN Start Date"), false)]
    #[case(line(MappingKind::Header, None, None, "cin start date"), true)]
    #[case(line(MappingKind::Header, None, None, "Start of need"), false)]
    #[case(line(MappingKind::Code, None, Some("Case status"), "Child in need plan"), true)]
    #[case(line(MappingKind::Code, Some(6), Some("Case status"), "c)"), true)]
    #[case(line(MappingKind::Code, Some(6), Some("Case status"), "CIN"), false)]
    #[case(line(MappingKind::Code, Some(6), Some("CIN Start Date"), "01/01/2026"), false)]
    #[case(line(MappingKind::Code, Some(6), Some("Status of case"), "c)"), false)]
    #[case(line(MappingKind::Team, None, None, "Any team at all"), true)]
    fn a_line_gives_what_the_format_knows(#[case] line: MappingLine, #[case] fits: bool) {
        assert_eq!(check(&line).is_ok(), fits, "{:?}", check(&line));
    }

    #[test]
    fn the_nearest_header_is_offered() {
        let line = line(MappingKind::Header, Some(6), None, "Date child last seen");
        let said = check(&line).map_err(|error| error.to_string());
        assert!(said.as_ref().is_err_and(|said| said.contains("Date Child Was Last Seen")), "{said:?}");
    }
}
