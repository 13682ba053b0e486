//! Texts that begin like a formula: the apostrophe that is put before them in files to take away, and taken off again
//! where such a file is loaded. The one undoes the other, whatever the text.
//!
//! OWASP, CSV injection: `=`, `+`, `-`, `@`, tab and line breaks begin a formula in one program or another.

use std::borrow::Cow;

/// Whether a text begins like a formula behind its apostrophes.
fn is_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%'])
}

/// The text with an apostrophe before it where it begins like a formula, which spreadsheets take for "this is text". One
/// that has apostrophes before such a beginning gets one more, so that [`as_written`] knows its own.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if is_like_a_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the apostrophe of [`inert`].
#[must_use]
pub fn as_written(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(written) if is_like_a_formula(written) => written,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_begins_like_a_formula_is_inert() {
        for text in ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "|x", "%x", "'=1", "''@x"] {
            assert_eq!(inert(text), format!("'{text}"));
        }
        for text in ["North Team 1", "00123", "", "'", "'tis", "O'Neill", "''"] {
            assert_eq!(inert(text), text);
            assert_eq!(as_written(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_away_comes_back_as_it_was(text in "['=+@|%\t\r\na-]{0,8}") {
            let exported = inert(&text);
            prop_assert_eq!(as_written(&exported), text.as_str());
        }
    }
}
