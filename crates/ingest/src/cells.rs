//! One cell, whatever kind of file it stood in.

use super::dates;
use chrono::NaiveDate;
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
}

/// Trims white space of every kind, the non-breaking and the invisible too.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}

/// Blank under "Rules for all", 7, once trimmed.
fn is_blank_marker(text: &str) -> bool {
    match text.len() {
        1 => text == "-",
        3 => text.eq_ignore_ascii_case("n/a"),
        4 => text.eq_ignore_ascii_case("#n/a") || text.eq_ignore_ascii_case("null"),
        _ => false,
    }
}

impl<'a> Value<'a> {
    /// The value with its text trimmed.
    pub(super) fn trimmed(self) -> Self {
        match self {
            Self::Text(text) => match trim(text) {
                "" => Self::Empty,
                text => Self::Text(text),
            },
            other => other,
        }
    }

    /// The value with its text trimmed, and every blank marker made empty.
    pub(super) fn cleaned(self) -> Self {
        match self.trimmed() {
            Self::Text(text) if is_blank_marker(text) => Self::Empty,
            Self::Error("#N/A") => Self::Empty,
            other => other,
        }
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

    /// The value of a date column. `Err` when it is no date.
    pub(super) fn date(self) -> Result<Option<NaiveDate>, ()> {
        match self {
            Self::Empty => Ok(None),
            Self::Text(text) => dates::from_text(text).map(Some).ok_or(()),
            Self::Number(number, is_1904) => dates::from_number(number, is_1904).map(Some).ok_or(()),
            Self::Date(serial) => dates::from_serial(serial).map(Some).ok_or(()),
            Self::Bool(_) | Self::Error(_) => Err(()),
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
            Self::Date(_) | Self::Bool(_) | Self::Error(_) => Err(()),
        }
    }

    /// The value of an id column: the number 123, 123.0 and the text `123` are one id.
    pub(super) fn id(self, scratch: &'a mut String) -> Option<&'a str> {
        match self {
            Self::Empty | Self::Error(_) => None,
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
    fn error_cells_are_bad_values_but_not_available_is_blank() {
        assert!(Value::Error("#N/A").cleaned().is_empty());
        assert_eq!(Value::Error("#REF!").cleaned().date(), Err(()));
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
        assert_eq!(Value::Date(43831.75).date(), Ok(NaiveDate::from_ymd_opt(2020, 1, 1)));
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
