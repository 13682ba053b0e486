//! One cell, whatever kind of file it stood in.

use super::dates::{self, DateRead};
use domain::formula::as_written;
use std::fmt::Write as _;

/// A cell's value, borrowed from the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text as typed.
    Text(&'a str),
    /// A number without a date format, and whether the workbook counts days from 1904.
    Number(f64, bool),
    /// A cell with a date format: its serial number in the 1900 date system.
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A formula's error, `#REF!`.
    Error(&'static str),
    /// A formula that the workbook holds no value of.
    Uncalculated,
}

/// Trims white space of every kind, the non-breaking and the invisible too.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}

/// Blank under "Rules for all", 7, once trimmed.
fn is_blank_marker(text: &str) -> bool {
    let is = |marker: &str| text.eq_ignore_ascii_case(marker);
    match text.len() {
        1 => text == "-",
        3 => is("n/a"),
        4 => is("#n/a") || is("null"),
        _ => is_blank_placeholder(text),
    }
}

/// Placeholders of exports that stand for a blank; the load says where they stood.
pub(super) fn is_blank_placeholder(text: &str) -> bool {
    match text.len() {
        6 => text.eq_ignore_ascii_case("ssd_ph"),
        16 => text.eq_ignore_ascii_case("placeholder_data"),
        _ => false,
    }
}

/// A formula's error written as text, as a workbook saved as CSV has it.
fn error_in_text(text: &str) -> Option<&'static str> {
    const ERRORS: [&str; 6] = ["#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"];
    if !text.starts_with('#') {
        return None;
    }
    ERRORS.into_iter().find(|error| text.eq_ignore_ascii_case(error))
}

impl<'a> Value<'a> {
    /// The value with its text trimmed, without the apostrophe that a file of ours puts before what begins like a formula.
    pub(super) fn trimmed(self) -> Self {
        match self {
            Self::Text(text) => match trim(as_written(trim(text))) {
                "" => Self::Empty,
                text => Self::Text(text),
            },
            other => other,
        }
    }

    /// The value with its text trimmed, and every blank marker made empty. Errors stay, so that they can be told: see
    /// [`Value::is_usable`].
    pub(super) fn cleaned(self) -> Self {
        match self.trimmed() {
            Self::Text(text) if is_blank_marker(text) => Self::Empty,
            Self::Text(text) => error_in_text(text).map_or(Self::Text(text), Self::Error),
            Self::Error("#N/A") => Self::Empty,
            other => other,
        }
    }

    /// Whether a cleaned value says something: it is neither blank nor a formula's error nor a formula without a value.
    pub(super) fn is_usable(self) -> bool {
        !matches!(self, Self::Empty | Self::Error(_) | Self::Uncalculated)
    }

    /// Whether a cleaned value is blank.
    pub(super) fn is_empty(self) -> bool {
        self == Self::Empty
    }

    /// Writes a cleaned value as text: whole numbers without a point, dates as DD/MM/YYYY.
    pub(super) fn write(self, out: &mut String) {
        // Writing to a String cannot fail.
        let _ = match self {
            Self::Empty => Ok(()),
            Self::Text(text) => out.write_str(text),
            Self::Number(number, _) => write_number(number, out),
            Self::Date(serial) => match dates::from_serial(serial) {
                Some(date) if serial.fract() == 0.0 => write!(out, "{}", date.format("%d/%m/%Y")),
                Some(date) => write!(out, "{} {:.5}", date.format("%d/%m/%Y"), serial.fract()),
                None => write_number(serial, out),
            },
            Self::Bool(value) => out.write_str(if value { "TRUE" } else { "FALSE" }),
            Self::Error(error) => out.write_str(error),
            Self::Uncalculated => out.write_str("a formula without a value"),
        };
    }

    /// The value as people see it in the sheet.
    pub(super) fn shown(self) -> String {
        let mut out = String::new();
        match self {
            Self::Date(serial) => Self::Date(serial.floor()).write(&mut out),
            other => other.write(&mut out),
        }
        out
    }

    /// The value as text without a copy where it is one.
    pub(super) fn text(self, scratch: &'a mut String) -> &'a str {
        match self {
            Self::Text(text) => text,
            other => {
                scratch.clear();
                other.write(scratch);
                scratch
            }
        }
    }

    /// What the value says in a date column.
    pub(super) fn date(self) -> DateRead {
        match self {
            Self::Text(text) => dates::read_text(text),
            Self::Number(number, is_1904) => dates::read_number(number, is_1904),
            Self::Date(serial) => dates::read_serial(serial),
            Self::Empty | Self::Bool(_) | Self::Error(_) | Self::Uncalculated => DateRead::Bad,
        }
    }

    /// The value of a whole-number column. `Err` when it is no whole number.
    pub(super) fn whole(self) -> Result<Option<i64>, ()> {
        match self {
            Self::Empty => Ok(None),
            Self::Text(text) => match text.parse::<i64>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => text.parse::<f64>().map_err(|_| ()).and_then(whole).map(Some),
            },
            Self::Number(number, _) => whole(number).map(Some),
            Self::Date(_) | Self::Bool(_) | Self::Error(_) | Self::Uncalculated => Err(()),
        }
    }

    /// Completed years, as an age is given: `6`, `6.138`, `6 years`. `None` when it is none, or of the unborn.
    pub(super) fn completed_years(self) -> Option<i64> {
        let years = match self {
            Self::Text(text) => {
                let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
                let (number, unit) = text.split_at(end);
                let is_years =
                    matches!(trim(unit).to_ascii_lowercase().as_str(), "" | "y" | "yr" | "yrs" | "year" | "years");
                number.parse::<f64>().ok().filter(|_| is_years)?
            }
            Self::Number(number, _) => number,
            _ => return None,
        };
        whole(years.floor()).ok().filter(|years| (0..=120).contains(years))
    }

    /// The value of an id column: the number 123, 123.0 and the text `123` are one id.
    pub(super) fn id(self, scratch: &'a mut String) -> Option<&'a str> {
        match self {
            Self::Empty | Self::Error(_) | Self::Uncalculated => None,
            Self::Text(text) => Some(without_point(text)),
            Self::Date(serial) => Some(Self::Number(serial, false).text(scratch)),
            other => Some(other.text(scratch)),
        }
    }
}

/// `123.0`, as programs that know only decimals write the id 123.
fn without_point(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(number)
            if !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            number
        }
        _ => text,
    }
}

/// Whether an id lost digits to a spreadsheet: more than the 15 a number keeps, or shown as a power of ten.
pub(super) fn may_be_rounded(value: Value<'_>) -> bool {
    match value {
        Value::Number(number, _) => number.abs() >= 1e15,
        Value::Text(text) => {
            let upper = text.as_bytes();
            upper.first().is_some_and(u8::is_ascii_digit)
                && upper.windows(2).any(|pair| pair == b"E+" || pair == b"e+")
                && upper.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'E' | b'e' | b'+'))
        }
        _ => false,
    }
}

fn whole(number: f64) -> Result<i64, ()> {
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the test before")]
    if number.fract() == 0.0 && number.abs() <= 1e12 { Ok(number as i64) } else { Err(()) }
}

fn write_number(number: f64, out: &mut String) -> std::fmt::Result {
    if number.fract() == 0.0 && number.abs() < 1e18 {
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the test before")]
        let whole = number as i64;
        write!(out, "{whole}")
    } else {
        write!(out, "{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("")]
    #[case("  ")]
    #[case("\u{a0}\u{a0}")]
    #[case("N/A")]
    #[case("n/a")]
    #[case(" #N/A ")]
    #[case("#n/a")]
    #[case("null")]
    #[case("NULL\u{a0}")]
    #[case("-")]
    #[case("SSD_PH")]
    #[case(" ssd_ph ")]
    #[case("PLACEHOLDER_DATA")]
    #[case("Placeholder_Data")]
    fn blanks(#[case] text: &str) {
        assert!(Value::Text(text).cleaned().is_empty(), "{text:?}");
    }

    #[rstest]
    #[case("0")]
    #[case("na")]
    #[case("--")]
    #[case("none")]
    #[case("#REF!")]
    fn not_blank(#[case] text: &str) {
        assert!(!Value::Text(text).cleaned().is_empty(), "{text:?}");
    }

    #[test]
    fn the_apostrophe_of_a_file_that_was_taken_away_is_taken_off_again() {
        for text in ["=1+1", "+44 1632 960000", "@home", "-2", "'=quoted", "|x", "%"] {
            let exported = domain::formula::inert(text);
            assert_eq!(Value::Text(&exported).cleaned(), Value::Text(text), "{exported}");
        }
        for text in ["'tis", "O'Neill", "''", "'123"] {
            assert_eq!(Value::Text(text).cleaned(), Value::Text(text));
        }
    }

    #[test]
    fn error_cells_are_bad_values_but_not_available_is_blank() {
        assert!(Value::Error("#N/A").cleaned().is_empty());
        assert_eq!(Value::Error("#REF!").cleaned().date(), DateRead::Bad);
        for text in ["#REF!", " #name? ", "#VALUE!", "#DIV/0!", "#NUM!", "#null!"] {
            let value = Value::Text(text).cleaned();
            assert!(matches!(value, Value::Error(_)) && !value.is_usable(), "{text}");
        }
        assert!(Value::Text("#1").cleaned().is_usable());
        assert!(!Value::Uncalculated.is_usable() && !Value::Uncalculated.is_empty());
    }

    #[rstest]
    #[case(Value::Number(123.0, false), Some("123"))]
    #[case(Value::Text("123"), Some("123"))]
    #[case(Value::Text("123.0"), Some("123"))]
    #[case(Value::Text("00123"), Some("00123"))]
    #[case(Value::Text("00123.0"), Some("00123.0"))]
    #[case(Value::Text("aB1"), Some("aB1"))]
    #[case(Value::Text("\u{a0}123 "), Some("123"))]
    #[case(Value::Text(" - "), None)]
    #[case(Value::Date(123.0), Some("123"))]
    #[case(Value::Number(9_007_199_254_740_991.0, false), Some("9007199254740991"))]
    #[case(Value::Error("#REF!"), None)]
    fn ids(#[case] value: Value<'_>, #[case] expected: Option<&str>) {
        let mut scratch = String::new();
        assert_eq!(value.cleaned().id(&mut scratch), expected);
    }

    #[rstest]
    #[case(Value::Text("2"), Ok(Some(2)))]
    #[case(Value::Text("2.0"), Ok(Some(2)))]
    #[case(Value::Number(2.0, false), Ok(Some(2)))]
    #[case(Value::Number(2.5, false), Err(()))]
    #[case(Value::Text("two"), Err(()))]
    #[case(Value::Text("N/A"), Ok(None))]
    #[case(Value::Text("1e300"), Err(()))]
    #[case(Value::Text("inf"), Err(()))]
    fn whole_numbers(#[case] value: Value<'_>, #[case] expected: Result<Option<i64>, ()>) {
        assert_eq!(value.cleaned().whole(), expected);
    }

    #[test]
    fn a_time_of_day_is_dropped_from_a_date_cell() {
        assert_eq!(Value::Date(43831.75).date(), DateRead::from(chrono::NaiveDate::from_ymd_opt(2020, 1, 1)));
        assert_eq!(Value::Date(43831.75).shown(), "01/01/2020");
    }

    #[rstest]
    #[case(Value::Number(1e15, false), true)]
    #[case(Value::Text("1.23457E+11"), true)]
    #[case(Value::Text("1234567890123456"), false)]
    #[case(Value::Text("E+5"), false)]
    fn rounded_ids(#[case] value: Value<'_>, #[case] expected: bool) {
        assert_eq!(may_be_rounded(value), expected);
    }
}
