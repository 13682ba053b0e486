//! Dates as councils type them. The day always comes before the month; a year has four digits.

use chrono::NaiveDate;

/// Numbers that read as dates in a date column though no date format says so: 18 May 1927 to 31 December 2100.
/// Smaller ones are years or counts ("2024"), not dates.
const PLAIN_SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=73_415.0;

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

/// The date of a text: day/month/year, ISO, a month by name, or a serial number. A time after it is dropped.
pub(super) fn from_text(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if text.is_ascii() {
        return from_ascii(text);
    }
    let plain: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if plain.is_ascii() { from_ascii(&plain) } else { None }
}

fn from_ascii(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let (first, rest) = digits(bytes);
    match (first.len(), rest.first()) {
        (4, Some(separator @ (b'-' | b'/' | b'.'))) => {
            let (month, rest) = digits(rest.get(1..)?);
            if rest.first() != Some(separator) {
                return None;
            }
            let (day, rest) = digits(rest.get(1..)?);
            is_time(rest).then(|| ymd(first, number(month, 2)?, day))?
        }
        (1 | 2, Some(_)) => {
            let rest = ordinal(rest);
            let separator = *rest.first()?;
            if !matches!(separator, b'/' | b'-' | b'.' | b' ') {
                return None;
            }
            let rest = rest.get(1..)?;
            let (month, rest) = if rest.first().is_some_and(u8::is_ascii_digit) && separator != b' ' {
                let (month, rest) = digits(rest);
                (number(month, 2)?, rest)
            } else {
                named_month(rest)?
            };
            // "3 March, 2024" and "03-Mar 2024" are typed too.
            let rest = match rest {
                [b',', b' ', rest @ ..] | [b',' | b' ', rest @ ..] => rest,
                [next, rest @ ..] if *next == separator => rest,
                _ => return None,
            };
            let (year, rest) = digits(rest);
            is_time(rest).then(|| ymd(year, month, first))?
        }
        _ => plain_serial(text),
    }
}

/// A text that is a serial number ("43831").
fn plain_serial(text: &str) -> Option<NaiveDate> {
    let looks_like_one = text.len() >= 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    looks_like_one.then(|| from_number(text.parse().ok()?, false))?
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
    let (hour, rest) = digits(&rest[1..]);
    let (Some(hour), [b':', rest @ ..]) = (number(hour, 2), rest) else { return false };
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
    fn the_third_of_april(#[case] text: &str) {
        assert_eq!(from_text(text), date(2024, 4, 3), "{text}");
    }

    #[rstest]
    #[case::never_month_first("04/13/2024")]
    #[case::impossible("31/02/2024")]
    #[case::impossible_leap("29/02/2023")]
    #[case::two_digit_year("03/04/24")]
    #[case::two_digit_year_named("3-Apr-24")]
    #[case::three_digit_year("03/04/202")]
    #[case::year_of_two_digits_padded("03/04/0024")]
    #[case::mixed_iso("2024-04/03")]
    #[case::word("tomorrow")]
    #[case::month_first_by_name("April 3, 2024")]
    #[case::a_year_is_no_date("2024")]
    #[case::small_number("7")]
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

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,200}") {
            let _ = from_text(&text);
        }

        #[test]
        fn a_written_date_reads_back(days in 0i64..400_000) {
            let day = NaiveDate::from_ymd_opt(1600, 1, 1).and_then(|d| d.checked_add_signed(chrono::TimeDelta::try_days(days)?));
            if let Some(day) = day {
                for pattern in ["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%-d %B %Y", "%d.%m.%Y %H:%M"] {
                    let text = day.and_time(chrono::NaiveTime::MIN).format(pattern).to_string();
                    proptest::prop_assert_eq!(from_text(&text), Some(day), "{}", text);
                }
            }
        }
    }
}
