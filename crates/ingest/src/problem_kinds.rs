//! The kinds of problem, each with the name it is kept under and the words for many of it.

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $one:literal, $many:literal;)*) => {
        /// What kind of problem it is. Its name is kept with each extract, so a name once used is never given to another
        /// kind.
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum ProblemKind {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl ProblemKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in files and in the database: `not-a-date`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The kind of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }

            /// What one problem of the kind is, and what several are. `{n}` is their number, `{column}` the column.
            const fn phrases(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant => ($one, $many),)*
                }
            }
        }
    };
}

kinds! {
    /// Anything that happens too seldom for a kind of its own.
    #[default]
    Other, "other", "1 other problem in {column}", "{n} other problems in {column}";

    /// A cell of a date column that is no date; reads as blank.
    NotADate, "not-a-date", "1 date in {column} could not be read", "{n} dates in {column} could not be read";
    /// A cell of a number column that is no whole number; reads as blank.
    NotANumber, "not-a-number", "1 number in {column} could not be read", "{n} numbers in {column} could not be read";
    /// A value that is none of the column's codes; kept as typed.
    UnknownCode, "unknown-code", "1 value in {column} is not one of its codes", "{n} values in {column} are not among its codes";
    /// Letter and text name different codes; the letter counts.
    LetterAgainstText, "letter-against-text",
        "1 value in {column} has a letter and a text that say different things",
        "{n} values in {column} have a letter and a text that say different things";
    /// A formula's error; reads as blank.
    ErrorCell, "error-cell", "1 cell in {column} holds a formula's error", "{n} cells in {column} hold a formula's error";
    /// A formula that the workbook holds no value of.
    FormulaWithoutValue, "formula-without-value",
        "1 formula in {column} was never calculated", "{n} formulas in {column} were never calculated";
    /// 1 January 1900 or 31 December 9999, which stand for no date.
    NoDatePlaceholder, "no-date-placeholder",
        "1 date in {column} stands for no date and reads as blank",
        "{n} dates in {column} stand for no date and read as blank";
    /// A placeholder of the export that stands for a blank.
    BlankPlaceholder, "blank-placeholder",
        "1 placeholder in {column} reads as blank", "{n} placeholders in {column} read as blank";
    /// A text longer than a cell can be.
    CutText, "cut-text", "1 text in {column} was too long and was cut", "{n} texts in {column} were too long and were cut";

    /// A year before 1900 or more than two years after the as-at date.
    ImpossibleYear, "impossible-year",
        "1 date in {column} has an impossible year", "{n} dates in {column} have an impossible year";
    /// A birth that makes someone on a list of children older than 25.
    TooOldForAChild, "too-old-for-a-child",
        "1 date in {column} makes a child older than 25", "{n} dates in {column} make a child older than 25";
    /// A start more than nine months before the birth.
    StartBeforeBirth, "start-before-birth",
        "1 date in {column} lies more than nine months before the child's birth",
        "{n} dates in {column} lie more than nine months before the child's birth";
    /// A birth later than any that is expected.
    BirthTooLate, "birth-too-late",
        "1 date in {column} is later than any expected birth", "{n} dates in {column} are later than any expected birth";
    /// Something that has happened lies after the as-at date; reads as blank.
    AfterAsAt, "after-as-at",
        "1 date in {column} lies after the as-at date", "{n} dates in {column} lie after the as-at date";
    /// Some of all the extract's events lie after the as-at date, too few to hold the load.
    EventsAfterAsAt, "events-after-as-at",
        "some visits, contacts and referrals lie after the as-at date",
        "some visits, contacts and referrals lie after the as-at date";
    /// A start after its own end; reads as blank.
    StartAfterEnd, "start-after-end", "1 start in {column} lies after its end", "{n} starts in {column} lie after their end";

    /// A row without its id; rejected.
    NoId, "no-id", "1 row has no id and was left out", "{n} rows have no id and were left out";
    /// An id that a spreadsheet may have rounded.
    RoundedId, "rounded-id",
        "1 id in {column} may have been rounded by a spreadsheet", "{n} ids in {column} may have been rounded by a spreadsheet";
    /// A row equal to an earlier one; counted once.
    DuplicateRow, "duplicate-row",
        "1 row is the same as an earlier one and was counted once",
        "{n} rows are the same as an earlier one and were counted once";
    /// The headers once more among the data.
    RepeatedHeaders, "repeated-headers",
        "the headers stand once more among the rows", "the headers stand {n} times more among the rows";
    /// A total or a count; rejected.
    TotalRow, "total-row", "1 row of totals was left out", "{n} rows of totals were left out";
    /// The totals row of an Excel table; rejected.
    TableTotalsRow, "table-totals-row",
        "1 totals row of an Excel table was left out", "{n} totals rows of Excel tables were left out";
    /// A footer or note; rejected.
    FooterRow, "footer-row", "1 footer or note below the rows was left out", "{n} footers or notes were left out";
    /// A row that numbers or describes the columns; rejected.
    ColumnDescriptionRow, "column-description-row",
        "1 row that numbers or describes the columns was left out",
        "{n} rows that number or describe the columns were left out";
    /// A row whose id is unlike the others and that holds hardly anything else; rejected.
    StrayRow, "stray-row",
        "1 row was left out: its id is unlike the others and it holds hardly anything else",
        "{n} rows were left out: their ids are unlike the others and they hold hardly anything else";
    /// A row with an id like the others and little else; loaded.
    AlmostEmpty, "almost-empty",
        "1 row holds little more than an id", "{n} rows hold little more than an id";
    /// A second open row of one child.
    SecondOpenRow, "second-open-row",
        "1 child has a second open row", "{n} rows are a second open row of a child";
    /// Closed by its status without a closure date.
    ClosedWithoutDate, "closed-without-date",
        "1 row is closed by its status but has no closure date", "{n} rows are closed by their status but have no closure date";
    /// More cells than headers, in a text file.
    MoreCellsThanHeaders, "more-cells-than-headers",
        "1 row has more cells than there are headers", "{n} rows have more cells than there are headers";
    /// Cells in a column without a header.
    CellsWithoutHeader, "cells-without-header",
        "cells without a header were left out", "cells without a header were left out";
    /// Cells beyond the columns that are read.
    CellsFarRight, "cells-far-right",
        "cells far to the right were left out", "cells far to the right were left out";
    /// Bytes that are no text.
    NulBytes, "nul-bytes", "1 row holds bytes that are no text", "{n} rows hold bytes that are no text";

    /// A column of the template that is not in the sheet.
    MissingColumn, "missing-column", "{column} is missing", "{column} is missing";
    /// A column given a second time.
    RepeatedColumn, "repeated-column", "{column} is given twice", "{column} is given {n} times more";
    /// A column that is not in the template.
    UnknownColumn, "unknown-column", "{column} is an unknown column and was left out",
        "{column} is an unknown column and was left out";
    /// A header taken for a column by its likeness alone.
    HeaderByResemblance, "header-by-resemblance", "{column} was read from a header that resembles it",
        "{column} was read from a header that resembles it";
    /// Headers of which more than one could be the column, so that none was taken.
    HeaderAmbiguous, "header-ambiguous", "{column} could be more than one header and was not read",
        "{column} could be more than one header and was not read";
    /// Rows above the headers.
    TitlesAbove, "titles-above", "rows above the headers were passed over", "rows above the headers were passed over";

    /// A sheet of a list that is hidden; loaded.
    HiddenSheet, "hidden-sheet", "1 hidden sheet was loaded", "{n} hidden sheets were loaded";
    /// Rows hidden by a filter or by hand; loaded.
    FilteredRows, "filtered-rows", "a sheet with hidden rows was loaded whole", "{n} sheets with hidden rows were loaded whole";
    /// A sheet that ends where a spreadsheet program must end.
    SheetLimit, "sheet-limit", "a sheet ends at the last row its program can hold",
        "{n} sheets end at the last row their program can hold";
    /// An exact copy of a sheet; left out.
    SheetCopy, "sheet-copy", "1 copy of a sheet was left out", "{n} copies of sheets were left out";
    /// A sheet of a list without rows; left out.
    SheetWithoutRows, "sheet-without-rows", "1 sheet without rows was left out", "{n} sheets without rows were left out";
    /// A sheet named as a list without its headers; left out.
    SheetWithoutHeaders, "sheet-without-headers",
        "1 sheet without headers was left out", "{n} sheets without headers were left out";
    /// A sheet with a list's headers but another name; left out.
    UnnamedSheet, "unnamed-sheet", "1 sheet with the headers of a list but not its name was left out",
        "{n} sheets with the headers of a list but not its name were left out";

    /// A team that reads like no team.
    TeamPlaceholder, "team-placeholder",
        "1 row has a team that reads like none", "{n} rows have a team that reads like none";
    /// Names that may be one person written in two ways.
    NamesAlike, "names-alike", "1 person may be written in two ways", "{n} people may be written in two ways";
    /// Two dates of birth for one id.
    ConflictingBirthDates, "conflicting-birth-dates",
        "1 child has two dates of birth", "{n} rows give a child another date of birth than an earlier row";
    /// Ids that differ only in leading zeros, case or spaces.
    IdsAlike, "ids-alike",
        "1 id differs from another only in leading zeros, case or spaces",
        "{n} ids differ from another only in leading zeros, case or spaces";

    /// A required cell of an own table is blank.
    BlankCell, "blank-cell", "1 cell in {column} is blank", "{n} cells in {column} are blank";
    /// A cell of an own table that is neither yes nor no.
    NotYesOrNo, "not-yes-or-no", "1 value in {column} is neither yes nor no", "{n} values in {column} are neither yes nor no";
    /// A role that no page knows; kept as written.
    UnknownRole, "unknown-role", "1 role in {column} is not known", "{n} roles in {column} are not known";
    /// Full-time equivalents that cannot be.
    BadFte, "bad-fte", "1 value in {column} is no full-time equivalent", "{n} values in {column} are no full-time equivalents";
    /// A line of the council's mapping that cannot be.
    BadMapping, "bad-mapping", "1 line of the mapping cannot be", "{n} lines of the mapping cannot be";
    /// A target or tolerance that does not fit its indicator.
    BadTarget, "bad-target", "1 value in {column} does not fit its indicator", "{n} values in {column} do not fit their indicator";
    /// An indicator that does not exist.
    UnknownIndicator, "unknown-indicator", "1 indicator in {column} is not known", "{n} indicators in {column} are not known";
    /// A team that no extract has.
    UnknownTeam, "unknown-team", "1 team in {column} is not known", "{n} teams in {column} are not known";
    /// A worker whom no extract has.
    UnknownWorker, "unknown-worker", "1 worker in {column} is not known", "{n} workers in {column} are not known";
    /// A line that cannot stand beside an earlier one.
    ClashingRow, "clashing-row", "1 row clashes with an earlier one", "{n} rows clash with an earlier one";
    /// A team and a service on one line, of which only one can be meant.
    TeamAndService, "team-and-service", "1 row names a team and a service", "{n} rows name a team and a service";
}

impl ProblemKind {
    /// Problems of this kind in a column, in one sentence: `412 dates in Date of Last Visit could not be read: 30-OCT-26 …`.
    #[must_use]
    pub fn sentence(self, count: u64, column: Option<&str>, examples: &[String]) -> String {
        let (one, many) = self.phrases();
        let phrase = if count == 1 { one } else { many };
        let phrase = match column {
            Some(column) => phrase.replace("{column}", column),
            None => phrase.replace(" in {column}", "").replace("{column}", "a column"),
        };
        let mut sentence = phrase.replace("{n}", &with_commas(count));
        if let Some(first) = sentence.get(..1) {
            let upper = first.to_uppercase();
            sentence.replace_range(..1, &upper);
        }
        if !examples.is_empty() {
            let shown: Vec<String> =
                examples.iter().map(|example| example.replace(char::is_control, " ").trim().to_owned()).collect();
            sentence.push_str(": ");
            sentence.push_str(&shown.join(", "));
            if count > examples.len() as u64 {
                sentence.push_str(" …");
            }
        }
        sentence
    }
}

/// `12,345`.
fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_a_name_of_its_own_that_reads_back() {
        let names: HashSet<_> = ProblemKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), ProblemKind::ALL.len());
        for kind in ProblemKind::ALL {
            assert!(kind.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", kind.name());
            assert_eq!(ProblemKind::from_name(kind.name()), Some(*kind));
            let json = serde_json::to_string(kind).expect("a name");
            assert_eq!(json, format!("\"{}\"", kind.name()));
        }
    }

    #[test]
    fn many_of_a_kind_are_one_sentence_with_examples() {
        let examples = ["30/10/26".to_owned(), "31/10/26".to_owned()];
        assert_eq!(
            ProblemKind::NotADate.sentence(1412, Some("Date of Last Visit"), &examples),
            "1,412 dates in Date of Last Visit could not be read: 30/10/26, 31/10/26 …"
        );
        assert_eq!(
            ProblemKind::NotADate.sentence(1, Some("Date of Last Visit"), &examples[..1]),
            "1 date in Date of Last Visit could not be read: 30/10/26"
        );
        assert_eq!(ProblemKind::NoId.sentence(2, None, &[]), "2 rows have no id and were left out");
        assert_eq!(ProblemKind::MissingColumn.sentence(1, Some("Gender"), &[]), "Gender is missing");
    }

    #[test]
    fn no_sentence_keeps_a_gap_to_fill() {
        for kind in ProblemKind::ALL {
            for count in [1, 2] {
                for column in [None, Some("Gender")] {
                    let sentence = kind.sentence(count, column, &[]);
                    assert!(!sentence.contains(['{', '}']), "{sentence}");
                    assert!(sentence.chars().next().is_some_and(|first| !first.is_lowercase()), "{sentence}");
                }
            }
        }
    }
}
