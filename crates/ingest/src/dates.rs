//! Dates as councils type them. In numbers the day always comes before the month and a year has four digits; beside a
//! month by name nothing can be mistaken, so that the month may come first and the year may have two digits.

use chrono::{Datelike, NaiveDate};

/// Numbers that read as dates in a date column though no date format says so: 18 May 1927 to 31 December 2100.
/// Smaller ones are years or counts ("2024"), not dates.
const PLAIN_SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=73_415.0;

/// Numbers that read as year, month and day in eight digits.
const EIGHT_DIGITS: std::ops::RangeInclusive<f64> = 19_000_101.0..=99_991_231.0;

/// No date is written with more bytes than these, its time and spaces of every kind included.
const LONGEST: usize = 80;

/// Days from the 1900 to the 1904 date system.
const DAYS_TO_1904: f64 = 1462.0;

/// The last day Excel knows, 31 December 9999.
const LAST_SERIAL: f64 = 2_958_465.0;

/// The date of a serial number in the 1900 date system; the time of day is dropped.
pub(super) fn from_serial(serial: f64) -> Option<NaiveDate> {
    // Half a millisecond up, as Excel rounds when it shows the cell.
    let day = (serial + 0.5 / 86_400_000.0).floor();
    if !(1.0..=LAST_SERIAL).contains(&day) || day == 60.0 {
        return None; // Excel's day 60 is 29 February 1900, which never was.
    }
    #[expect(clippy::cast_possible_truncation, reason = "within 1..=2_958_465")]
    let day = day as i64;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, if day < 60 { 31 } else { 30 })?;
    epoch.checked_add_signed(chrono::TimeDelta::try_days(day)?)
}

/// The date of a plain number in a date column, when it can only be one.
pub(super) fn from_number(number: f64, is_1904: bool) -> Option<NaiveDate> {
    let serial = if is_1904 { number + DAYS_TO_1904 } else { number };
    PLAIN_SERIALS.contains(&serial).then(|| from_serial(serial))?
}

/// A date cell's serial number moved to the 1900 date system.
pub(super) fn serial_1900(serial: f64, is_1904: bool) -> f64 {
    if is_1904 { serial + DAYS_TO_1904 } else { serial }
}

/// What a cell of a date column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateRead {
    /// A date.
    Date(NaiveDate),
    /// 1 January 1900 or 31 December 9999, which stand for none outside a date of birth.
    Placeholder(NaiveDate),
    /// What programs write for no date at all: day 0, `00/00/0000`.
    Zero,
    /// No date.
    Bad,
}

impl From<Option<NaiveDate>> for DateRead {
    fn from(date: Option<NaiveDate>) -> Self {
        match date {
            None => Self::Bad,
            Some(date)
                if (date.year(), date.ordinal()) == (1900, 1) || (date.year(), date.ordinal()) == (9999, 365) =>
            {
                Self::Placeholder(date)
            }
            Some(date) => Self::Date(date),
        }
    }
}

/// What a date cell's serial number says; day 0 stands for no date, as spreadsheets show a blank they add up.
pub(super) fn read_serial(serial: f64) -> DateRead {
    if (0.0..1.0).contains(&serial) { DateRead::Zero } else { from_serial(serial).into() }
}

/// What a number in a date column says: a serial number, or year, month and day in eight digits.
pub(super) fn read_number(number: f64, is_1904: bool) -> DateRead {
    if !is_1904 && (number == 0.0 || number == 1.0 || number == LAST_SERIAL) {
        return read_serial(number);
    }
    if number.fract() == 0.0 && EIGHT_DIGITS.contains(&number) {
        return eight_digits(&format!("{number:.0}")).into();
    }
    from_number(number, is_1904).into()
}

/// What a text in a date column says: day/month/year, ISO, a month by name, eight digits, or a serial number. A time
/// after it is dropped.
pub(super) fn read_text(text: &str) -> DateRead {
    let text = text.trim();
    if text.len() > LONGEST {
        return DateRead::Bad;
    }
    let plain: String;
    let text = if text.is_ascii() {
        text
    } else {
        plain = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        if !plain.is_ascii() {
            return DateRead::Bad;
        }
        &plain
    };
    if is_zero(text.as_bytes()) { DateRead::Zero } else { from_ascii(text.as_bytes()).into() }
}

/// Dates of nothing but zeros, and the day before 1900 began: `0`, `00/00/0000`, `00/01/1900`.
fn is_zero(text: &[u8]) -> bool {
    let date = text.iter().position(|b| matches!(b, b' ' | b'T')).map_or(text, |end| &text[..end]);
    let is_all_zero = date.iter().all(|b| matches!(b, b'0' | b'/' | b'-' | b'.')) && date.contains(&b'0');
    is_all_zero
        || matches!(
            date,
            b"00/01/1900" | b"0/1/1900" | b"1/0/1900" | b"00-01-1900" | b"0-Jan-00" | b"00-Jan-00" | b"00-Jan-1900"
        )
}

/// Whether a text of three numbers and a four-digit year puts the day first, the month first, or can be either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberOrder {
    DayFirst,
    MonthFirst,
    Either,
}

/// The order of day and month in a text of three numbers; `None` of any other text.
pub(super) fn number_order(text: &str) -> Option<NumberOrder> {
    let (first, rest) = digits(text.trim().as_bytes());
    let separator = rest.first().filter(|b| matches!(b, b'/' | b'-' | b'.'))?;
    let (second, rest) = digits(rest.get(1..)?);
    let rest = rest.strip_prefix(std::slice::from_ref(separator))?;
    let (year, rest) = digits(rest);
    if year.len() != 4 || !is_time(rest) {
        return None;
    }
    let fits = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let (first, second) = (number(first, 2)?, number(second, 2)?);
    match (fits(first, second), fits(second, first)) {
        (true, true) => Some(NumberOrder::Either),
        (true, false) => Some(NumberOrder::DayFirst),
        (false, true) => Some(NumberOrder::MonthFirst),
        (false, false) => None,
    }
}

fn from_ascii(bytes: &[u8]) -> Option<NaiveDate> {
    let bytes = without_weekday(bytes);
    let (first, rest) = digits(bytes);
    match (first.len(), rest.first()) {
        (0, Some(_)) => month_first(rest),
        (4, Some(separator @ (b'-' | b'/' | b'.' | b' '))) => {
            let rest = rest.get(1..)?;
            let (month, rest) = if rest.first().is_some_and(u8::is_ascii_digit) && *separator != b' ' {
                let (month, rest) = digits(rest);
                (number(month, 2)?, rest)
            } else {
                named_month(rest)?
            };
            if rest.first() != Some(separator) {
                return None;
            }
            let (day, rest) = digits(rest.get(1..)?);
            is_time(rest).then(|| ymd(first, month, day))?
        }
        (1 | 2, Some(_)) => day_first(first, ordinal(rest)),
        (8, next) if next.is_none_or(|next| matches!(next, b' ' | b'T')) => {
            is_time(rest).then(|| eight_digits(std::str::from_utf8(first).ok()?))?
        }
        _ => plain_serial(std::str::from_utf8(bytes).ok()?),
    }
}

/// `30/10/2026`, `30 October 2026`, `30-OCT-26`, `30OCT2026`.
fn day_first(day: &[u8], rest: &[u8]) -> Option<NaiveDate> {
    let separator = *rest.first()?;
    if separator.is_ascii_alphabetic() {
        let (month, rest) = named_month(rest)?;
        let (year, rest) = digits(rest);
        return is_time(rest).then(|| named(year, month, day))?;
    }
    if !matches!(separator, b'/' | b'-' | b'.' | b' ') {
        return None;
    }
    let rest = rest.get(1..)?;
    if rest.first().is_some_and(u8::is_ascii_digit) && separator != b' ' {
        let (month, rest) = digits(rest);
        let rest = rest.strip_prefix(&[separator]).or_else(|| rest.strip_prefix(b" "))?;
        let (year, rest) = digits(rest);
        return is_time(rest).then(|| ymd(year, number(month, 2)?, day))?;
    }
    let (month, rest) = named_month(rest.strip_prefix(b"of ").unwrap_or(rest))?;
    // "3 March, 2024" and "03-Mar 2024" are typed too.
    let rest = match rest {
        [b',', b' ', rest @ ..] | [b',' | b' ', rest @ ..] => rest,
        [next, rest @ ..] if *next == separator => rest,
        _ => return None,
    };
    let (year, rest) = digits(rest);
    is_time(rest).then(|| named(year, month, day))?
}

/// `Oct 30 2026 12:00AM`, `October 30, 2026`: with its name the month may come first.
fn month_first(text: &[u8]) -> Option<NaiveDate> {
    let (month, rest) = named_month(text)?;
    let rest = match rest {
        [b' ' | b'-' | b'/', rest @ ..] => rest.trim_ascii_start(),
        _ => return None,
    };
    let (day, rest) = digits(rest);
    let rest = match ordinal(rest) {
        [b',', rest @ ..] => rest.trim_ascii_start(),
        [b' ' | b'-' | b'/', rest @ ..] => rest,
        _ => return None,
    };
    let (year, rest) = digits(rest);
    is_time(rest).then(|| named(year, month, day))?
}

/// `Friday, 30 October 2026` without its first word.
fn without_weekday(text: &[u8]) -> &[u8] {
    const DAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];
    let end = text.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let is_day = word.get(..3).is_some_and(|start| DAYS.contains(&start.to_ascii_lowercase().as_slice()))
        && (word.len() == 3 || word.to_ascii_lowercase().ends_with(b"day"));
    match rest {
        [b',', rest @ ..] | [b' ', rest @ ..] if is_day => rest.trim_ascii_start(),
        _ => text,
    }
}

/// `20261030`.
fn eight_digits(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.as_bytes().split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let is_year = number(year, 4).is_some_and(|year| (1900..=2100).contains(&year) || year == 9999);
    is_year.then(|| ymd(year, number(month, 2)?, day))?
}

/// A text that is a serial number ("43831").
fn plain_serial(text: &str) -> Option<NaiveDate> {
    let looks_like_one = text.len() >= 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    looks_like_one.then(|| from_number(text.parse().ok()?, false))?
}

/// A date whose month stood by its name: two digits of a year are those of the century nearest to children's lives.
fn named(year: &[u8], month: u32, day: &[u8]) -> Option<NaiveDate> {
    if year.len() != 2 {
        return ymd(year, month, day);
    }
    let year = number(year, 2)?;
    let century = if year < 50 { 2000 } else { 1900 };
    NaiveDate::from_ymd_opt(i32::try_from(century + year).ok()?, month, number(day, 2)?)
}

fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    bytes.split_at(end)
}

fn number(digits: &[u8], most: usize) -> Option<u32> {
    (!digits.is_empty() && digits.len() <= most).then_some(())?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn ymd(year: &[u8], month: u32, day: &[u8]) -> Option<NaiveDate> {
    let year = (year.len() == 4).then(|| number(year, 4))?.filter(|year| *year >= 1000)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(day, 2)?)
}

fn ordinal(rest: &[u8]) -> &[u8] {
    match rest {
        [a, b, rest @ ..]
            if matches!(&[a.to_ascii_lowercase(), b.to_ascii_lowercase()], b"st" | b"nd" | b"rd" | b"th") =>
        {
            rest
        }
        _ => rest,
    }
}

fn named_month(bytes: &[u8]) -> Option<(u32, &[u8])> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let end = bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len());
    let (name, rest) = bytes.split_at(end);
    let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
    let position = MONTHS
        .iter()
        .position(|month| *month == name || month[..3] == name || (name == "sept" && *month == "september"))?;
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    Some((u32::try_from(position).ok()? + 1, rest))
}

/// Whether what follows a date is nothing or a time of day.
fn is_time(rest: &[u8]) -> bool {
    if rest.is_empty() {
        return true;
    }
    if !matches!(rest.first(), Some(b' ' | b'T' | b't')) {
        return false;
    }
    let (hour, rest) = digits(rest[1..].trim_ascii_start());
    let (Some(hour), [b':' | b'.', rest @ ..]) = (number(hour, 2), rest) else { return false };
    let (minute, rest) = digits(rest);
    let Some(minute) = number(minute, 2) else { return false };
    let tail = rest.iter().all(|b| {
        b.is_ascii_digit()
            || matches!(b, b':' | b'.' | b'+' | b'-' | b' ' | b'Z' | b'z' | b'A' | b'P' | b'M' | b'a' | b'p' | b'm')
    });
    hour < 24 && minute < 60 && tail
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn from_text(text: &str) -> Option<NaiveDate> {
        match read_text(text) {
            DateRead::Date(date) | DateRead::Placeholder(date) => Some(date),
            DateRead::Zero | DateRead::Bad => None,
        }
    }

    fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[rstest]
    #[case("03/04/2024")]
    #[case("3/4/2024")]
    #[case("3-4-2024")]
    #[case("03.04.2024")]
    #[case("03/04/2024 00:00:00")]
    #[case("03/04/2024 11:59 PM")]
    #[case("2024-04-03")]
    #[case("2024-04-03T09:30:00Z")]
    #[case("2024-04-03 00:00:00.000")]
    #[case("2024/04/03")]
    #[case("3 April 2024")]
    #[case("3rd April 2024")]
    #[case("03-Apr-2024")]
    #[case("3 apr. 2024")]
    #[case("3\u{a0}April 2024")]
    #[case(" 03/04/2024 ")]
    #[case("45385")]
    #[case("45385.5")]
    #[case::oracle("03-APR-24")]
    #[case::oracle_with_time("03-APR-24 09.30.00.000000000 AM")]
    #[case::two_digit_year_named("3-Apr-24")]
    #[case::two_digit_year_with_spaces("3 April 24")]
    #[case::capitals("03-APR-2024")]
    #[case::sql_server("Apr  3 2024 12:00AM")]
    #[case::sql_server_with_seconds("Apr  3 2024 12:00:00:000AM")]
    #[case::month_first_by_name("April 3, 2024")]
    #[case::month_first_by_name("Apr 3 2024")]
    #[case::month_first_by_name("April 3rd, 2024")]
    #[case::eight_digits("20240403")]
    #[case::eight_digits_with_time("20240403 00:00:00")]
    #[case::sas("03APR2024")]
    #[case::weekday("Wednesday, 3 April 2024")]
    #[case::weekday("Wed 03/04/2024")]
    #[case::year_first_by_name("2024-Apr-03")]
    #[case::of("3rd of April 2024")]
    fn the_third_of_april(#[case] text: &str) {
        assert_eq!(from_text(text), date(2024, 4, 3), "{text}");
    }

    #[rstest]
    #[case::never_month_first("04/13/2024")]
    #[case::impossible("31/02/2024")]
    #[case::impossible_leap("29/02/2023")]
    #[case::two_digit_year("03/04/24")]
    #[case::three_digit_year("03/04/202")]
    #[case::year_of_two_digits_padded("03/04/0024")]
    #[case::mixed_iso("2024-04/03")]
    #[case::word("tomorrow")]
    #[case::a_year_is_no_date("2024")]
    #[case::small_number("7")]
    #[case::day_first_in_eight_digits("03042024")]
    #[case::impossible_in_eight_digits("20241332")]
    #[case::long_year("03/04/20265")]
    #[case::two_digit_year_first("24-04-03")]
    #[case::three_digit_year_named("3-Apr-202")]
    #[case::a_word_that_begins_like_a_month("Mayor 3 2024")]
    #[case::a_word_that_begins_like_a_day("Sunny 3 April 2024")]
    #[case::beyond("99999")]
    #[case::tail("03/04/2024?")]
    #[case::hour_25("03/04/2024 25:00")]
    #[case::empty("")]
    #[case::a_sentence("not known, the worker has left and nobody wrote it down")]
    #[case::a_long_sentence(&"unknown ".repeat(5000))]
    #[case::unicode("０３/０４/２０２４")]
    fn not_a_date(#[case] text: &str) {
        assert_eq!(from_text(text), None, "{text}");
    }

    #[rstest]
    #[case(1.0, date(1900, 1, 1))]
    #[case(59.0, date(1900, 2, 28))]
    #[case(60.0, None)]
    #[case(61.0, date(1900, 3, 1))]
    #[case(43831.0, date(2020, 1, 1))]
    #[case(43831.999, date(2020, 1, 1))]
    #[case(43_830.999_999_999, date(2020, 1, 1))]
    #[case(0.5, None)]
    #[case(-3.0, None)]
    #[case(f64::NAN, None)]
    #[case(f64::INFINITY, None)]
    #[case(2_958_465.0, date(9999, 12, 31))]
    #[case(2_958_466.0, None)]
    fn serials(#[case] serial: f64, #[case] expected: Option<NaiveDate>) {
        assert_eq!(from_serial(serial), expected);
    }

    #[test]
    fn the_1904_system_is_1462_days_behind() {
        assert_eq!(from_number(43831.0 - 1462.0, true), date(2020, 1, 1));
        assert_eq!(from_serial(serial_1900(0.0, true)), date(1904, 1, 1));
    }

    #[rstest]
    #[case("01/01/1900", date(1900, 1, 1))]
    #[case("1900-01-01 00:00:00.000", date(1900, 1, 1))]
    #[case("Jan  1 1900 12:00AM", date(1900, 1, 1))]
    #[case("19000101", date(1900, 1, 1))]
    #[case("31/12/9999", date(9999, 12, 31))]
    #[case("9999-12-31 23:59:59", date(9999, 12, 31))]
    #[case("31-DEC-9999", date(9999, 12, 31))]
    #[case("99991231", date(9999, 12, 31))]
    fn some_dates_stand_for_none(#[case] text: &str, #[case] expected: Option<NaiveDate>) {
        assert_eq!(Some(read_text(text)), expected.map(DateRead::Placeholder), "{text}");
    }

    #[rstest]
    #[case("0")]
    #[case("00/00/0000")]
    #[case("0000-00-00 00:00:00")]
    #[case("00/01/1900")]
    fn zeros_are_no_date(#[case] text: &str) {
        assert_eq!(read_text(text), DateRead::Zero, "{text}");
    }

    #[rstest]
    #[case(0.0, DateRead::Zero)]
    #[case(1.0, DateRead::Placeholder(NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day")))]
    #[case(2_958_465.0, DateRead::Placeholder(NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day")))]
    #[case(2.0, DateRead::Bad)]
    #[case(45385.0, DateRead::Date(NaiveDate::from_ymd_opt(2024, 4, 3).expect("a day")))]
    #[case(20_240_403.0, DateRead::Date(NaiveDate::from_ymd_opt(2024, 4, 3).expect("a day")))]
    #[case(20_241_332.0, DateRead::Bad)]
    #[case(1e9, DateRead::Bad)]
    #[case(f64::NAN, DateRead::Bad)]
    fn numbers_in_a_date_column(#[case] number: f64, #[case] expected: DateRead) {
        assert_eq!(read_number(number, false), expected);
    }

    #[rstest]
    #[case("98", 1998)]
    #[case("50", 1950)]
    #[case("49", 2049)]
    #[case("26", 2026)]
    fn two_digits_of_a_year_beside_a_named_month(#[case] year: &str, #[case] expected: i32) {
        assert_eq!(from_text(&format!("3-Apr-{year}")), date(expected, 4, 3));
    }

    #[rstest]
    #[case("30/10/2026", Some(NumberOrder::DayFirst))]
    #[case("10/30/2026", Some(NumberOrder::MonthFirst))]
    #[case("05/10/2026 00:00", Some(NumberOrder::Either))]
    #[case("12-12-2026", Some(NumberOrder::Either))]
    #[case("13/13/2026", None)]
    #[case("30/10/26", None)]
    #[case("2026-10-05", None)]
    #[case("05-Oct-2026", None)]
    #[case("45385", None)]
    fn which_of_two_numbers_is_the_day(#[case] text: &str, #[case] expected: Option<NumberOrder>) {
        assert_eq!(number_order(text), expected);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,200}") {
            let _ = (read_text(&text), number_order(&text));
        }

        #[test]
        fn a_written_date_reads_back(days in 0i64..400_000) {
            let day = NaiveDate::from_ymd_opt(1600, 1, 1).and_then(|d| d.checked_add_signed(chrono::TimeDelta::try_days(days)?));
            if let Some(day) = day {
                for pattern in [
                    "%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%-d %B %Y", "%d.%m.%Y %H:%M", "%b %e %Y 12:00AM", "%B %-d, %Y",
                    "%d%b%Y", "%A, %d %B %Y",
                ] {
                    let text = day.and_time(chrono::NaiveTime::MIN).format(pattern).to_string();
                    proptest::prop_assert_eq!(from_text(&text), Some(day), "{}", text);
                }
            }
        }
    }
}
