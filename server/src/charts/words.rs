//! Dates and numbers as charts write them, and how much room they take.

use chrono::NaiveDate;

/// "3 November 2025".
pub(super) fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "3 Nov 25".
pub(super) fn short_date(date: NaiveDate) -> String {
    date.format("%-d %b %y").to_string()
}

/// "1 spell", "1,250 spells".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}

/// "12,345".
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One line without control characters, runs of spaces as one.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// One line that takes at most `width` pixels, with "…" where it was cut.
pub(super) fn fitted(text: &str, size: i32, width: i32) -> String {
    let line = one_line(text);
    if text_width(&line, size) <= width {
        return line;
    }
    let mut cut = String::new();
    let mut used = ems('…');
    for letter in line.chars() {
        used += ems(letter);
        if used * f64::from(size) > f64::from(width) {
            break;
        }
        cut.push(letter);
    }
    format!("{}…", cut.trim_end())
}

/// The pixels a line takes in a wide sans-serif: an estimate on the safe side, as the server has no fonts.
pub(super) fn text_width(text: &str, size: i32) -> i32 {
    let ems: f64 = text.chars().map(ems).sum();
    (ems * f64::from(size)).ceil() as i32
}

fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | ':' | ';' | '|' | '!' | 'I' | ' ' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.95,
        'A'..='Z' => 0.7,
        '0'..='9' => 0.62,
        ' '..='\u{24f}' => 0.6,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_to_its_room() {
        let cut = fitted("Child protection plan for neglect", 16, 120);
        assert!(cut.ends_with('…') && text_width(&cut, 16) <= 120, "{cut}");
        assert_eq!(fitted("CP\r\n plan\0", 16, 120), "CP plan");
        assert_eq!(fitted("anything", 16, 0), "…");
    }

    #[test]
    fn dates_and_numbers_read_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2025, 11, 3).unwrap();
        assert_eq!((long_date(date), short_date(date)), ("3 November 2025".to_owned(), "3 Nov 25".to_owned()));
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(count(1, "spell", "spells"), "1 spell");
    }
}
