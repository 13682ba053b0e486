//! Dates on the command line: one form, so that 01/02/2024 is never a guess.

use chrono::NaiveDate;

/// Reads a date written as YYYY-MM-DD.
///
/// # Errors
/// Says the form that is wanted, and the date as it may have been meant.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if let Some(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_plain) {
        return Ok(date);
    }
    let forms = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d"];
    let meant = forms.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    Err(match meant.filter(|date| (1900..=2200).contains(&chrono::Datelike::year(date))) {
        Some(date) => format!("write the date as YYYY-MM-DD: {date}"),
        None if is_plain => "there is no such day. Write the date as YYYY-MM-DD, such as 2024-01-31".to_owned(),
        None => "write the date as YYYY-MM-DD, such as 2024-01-31".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_form() {
        assert_eq!(day("2024-01-31"), Ok(NaiveDate::from_ymd_opt(2024, 1, 31).unwrap()));
        assert_eq!(day(" 2024-02-29 "), Ok(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()));
    }

    #[test]
    fn another_form_is_refused_with_the_date_as_it_may_be_meant() {
        for text in ["31/01/2024", "31-01-2024", "31.01.2024", "2024/01/31", "20240131", "2024-1-31"] {
            assert_eq!(day(text), Err("write the date as YYYY-MM-DD: 2024-01-31".to_owned()), "{text}");
        }
        for text in ["", "yesterday", "31/31/2024", "31/01/24", "2024-01"] {
            assert_eq!(day(text), Err("write the date as YYYY-MM-DD, such as 2024-01-31".to_owned()), "{text}");
        }
        for text in ["2024-02-30", "2023-02-29", "2024-13-01"] {
            assert!(day(text).unwrap_err().starts_with("there is no such day"), "{text}");
        }
    }
}
