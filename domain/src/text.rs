//! What people write: checked once at the border.

/// The most letters of a text that tells something.
pub const LONGEST_TEXT: usize = 4_000;
/// The most letters of a line: a reason, a name.
pub const LONGEST_LINE: usize = 300;

/// A text that cannot be kept, and what would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing is written.
    #[error("{0} is missing: write it in a few words")]
    Missing(&'static str),
    /// Too much is written.
    #[error("{name} is longer than {most} letters: say it in fewer")]
    TooLong {
        /// What the text is.
        name: &'static str,
        /// The most letters.
        most: usize,
    },
}

/// A text of several lines, trimmed. `name` says what it is: "The report".
///
/// # Errors
/// When it is blank or longer than [`LONGEST_TEXT`].
pub fn text(name: &'static str, written: &str) -> Result<String, BadText> {
    let kept: String = written.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    checked(name, kept.trim(), LONGEST_TEXT)
}

/// A text on one line, its white space collapsed.
///
/// # Errors
/// When it is blank or longer than [`LONGEST_LINE`].
pub fn line(name: &'static str, written: &str) -> Result<String, BadText> {
    let kept = crate::names::collapse(&written.replace(|c: char| c.is_control(), " "));
    checked(name, &kept, LONGEST_LINE)
}

fn checked(name: &'static str, kept: &str, most: usize) -> Result<String, BadText> {
    match kept.chars().count() {
        0 => Err(BadText::Missing(name)),
        letters if letters > most => Err(BadText::TooLong { name, most }),
        _ => Ok(kept.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_lines_and_a_line_has_one() {
        assert_eq!(text("The report", " one\r\ntwo\u{0} ").unwrap(), "one\ntwo");
        assert_eq!(line("The reason", " one\r\n two ").unwrap(), "one two");
    }

    #[test]
    fn blank_and_endless_are_refused_with_what_to_do() {
        assert_eq!(
            text("The report", " \n\t").unwrap_err().to_string(),
            "The report is missing: write it in a few words"
        );
        assert_eq!(line("The reason", &"x".repeat(LONGEST_LINE)).map(|kept| kept.len()), Ok(LONGEST_LINE));
        assert!(matches!(line("The reason", &"é".repeat(LONGEST_LINE + 1)), Err(BadText::TooLong { .. })));
    }
}
