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

/// Whether a character is not seen, or changes how others are seen: two texts with and without it look alike, or one looks
/// like another. Controls of direction, characters of no width, fillers that look like a space, tags, and separators of
/// lines that no page shows. (Unicode Technical Report 36, 2.5 and 3.1.)
#[must_use]
pub const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A text of several lines, trimmed. `name` says what it is: "The report".
///
/// # Errors
/// When it is blank or longer than [`LONGEST_TEXT`].
pub fn text(name: &'static str, written: &str) -> Result<String, BadText> {
    let kept: String =
        written.replace("\r\n", "\n").chars().filter(|c| (!c.is_control() || *c == '\n') && !is_hidden(*c)).collect();
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
    fn what_is_not_seen_is_not_kept() {
        for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{200d}', '\u{feff}', '\u{ad}', '\u{e0041}', '\u{3164}'] {
            assert_eq!(text("The report", &format!("o{hidden}ne\ntwo{hidden}")).unwrap(), "one\ntwo", "{hidden:?}");
            assert_eq!(line("The name", &format!("{hidden}Ada{hidden} Alder")).unwrap(), "Ada Alder", "{hidden:?}");
            assert!(matches!(line("The name", &hidden.to_string()), Err(BadText::Missing(_))), "{hidden:?}");
        }
        assert_eq!(line("The name", "Zoë O’Hára-Łuczak 李").unwrap(), "Zoë O’Hára-Łuczak 李");
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
