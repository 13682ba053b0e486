//! Which passwords are refused: short ones, common ones, one's own name, and what is guessed early.
//!
//! zxcvbn brings the lists (some 30,000 leaked passwords, English words and names) and estimates how many guesses a
//! password takes.

use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Score, zxcvbn};

/// Fewest characters of a password (NCSC and OWASP ASVS 6.2.1 ask for 8 or more; there is no second factor here).
pub const SHORTEST_PASSWORD: usize = 12;
/// Most characters of a password: enough for any passphrase, little enough to hash.
pub const LONGEST_PASSWORD: usize = 256;
/// The score that a password must reach: a hundred million guesses or more.
const LOWEST_SCORE: Score = Score::Three;
/// Words that somebody who guesses tries first, here.
const OUR_WORDS: [&str; 9] =
    ["surgery", "surgeries", "council", "password", "performance", "children", "services", "social", "safeguarding"];

/// Why a password is refused. None of it repeats the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("a password needs at least {SHORTEST_PASSWORD} characters")]
    Short,
    /// Too long.
    #[error("a password has at most {LONGEST_PASSWORD} characters")]
    Long,
    /// The name, or a word everybody here knows.
    #[error(
        "the password is the person's name, or a word of this site, with or without digits and signs around it: choose another"
    )]
    Name,
    /// On the list.
    #[error(
        "the password is a common one, with or without digits and signs around it: choose another, such as four words that have nothing to do with each other"
    )]
    Common,
    /// Few guesses find it.
    #[error(
        "the password is guessed early, being made of common words, names, dates or rows of keys: choose a longer one, such as four words that have nothing to do with each other"
    )]
    Guessed,
}

/// Checks a new password of the account of these names.
///
/// # Errors
/// Says what is wrong with it.
pub(super) fn check(password: &str, user_name: &str, full_name: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Err(PasswordError::Short);
    }
    if length > LONGEST_PASSWORD {
        return Err(PasswordError::Long);
    }
    let own = own_words(user_name, full_name);
    let words: Vec<&str> = own.iter().map(String::as_str).chain(OUR_WORDS).collect();
    let plain = password.trim().to_lowercase();
    let cores = [
        plain.as_str(),
        plain.trim_matches(|c: char| !c.is_alphanumeric()),
        plain.trim_matches(|c: char| !c.is_alphabetic()),
    ];
    if cores.iter().any(|core| words.contains(&letters_and_digits(core).as_str()) || words.contains(core)) {
        return Err(PasswordError::Name);
    }
    if cores.iter().any(|core| is_listed(core)) {
        return Err(PasswordError::Common);
    }
    if zxcvbn(password, &words).score() < LOWEST_SCORE {
        return Err(PasswordError::Guessed);
    }
    Ok(())
}

/// The person's names, whole, in their parts and with the parts run together either way round.
fn own_words(user_name: &str, full_name: &str) -> Vec<String> {
    const SHORTEST_WORD: usize = 3;
    let mut words = Vec::new();
    for name in [user_name, full_name] {
        let name = name.trim().to_lowercase();
        let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let backwards: Vec<&str> = parts.iter().rev().copied().collect();
        words.extend([parts.concat(), backwards.concat(), name.clone()]);
        words.extend(parts.into_iter().map(str::to_owned));
    }
    words.retain(|word| word.chars().count() >= SHORTEST_WORD);
    words
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the whole text is one entry of a list.
fn is_listed(text: &str) -> bool {
    let found = zxcvbn(text, &[]);
    matches!(found.sequence(), [only] if matches!(only.pattern, MatchPattern::Dictionary(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(password: &str) -> Result<(), PasswordError> {
        check(password, "jane.ashworth@example", "Jane Ashworth")
    }

    #[test]
    fn a_password_has_twelve_characters_at_least_and_256_at_most() {
        assert_eq!(checked("qzv kwd jxp"), Err(PasswordError::Short));
        assert_eq!(checked("qzv kwd jxpm"), Ok(()));
        let long: String = "q z vkw djx pmyt ".repeat(17);
        let at_most: String = long.chars().take(256).collect();
        assert_eq!(checked(&at_most), Ok(()));
        assert_eq!(checked(&format!("{at_most}x")), Err(PasswordError::Long));
        assert_eq!(checked("пароль на стене длинный"), Ok(()), "characters are counted, not bytes");
    }

    /// The list holds whatever the case, and whatever digits and signs stand at the ends.
    #[test]
    fn a_common_password_is_refused_however_it_is_dressed() {
        for password in [
            "Password1234!",
            "PASSWORD!!!!!!",
            "1234password",
            "princess83917462",
            "!!!LiverPool2024!!!",
            "unbelievable",
            "Administrator1",
            "Chelsea1905!!",
            "P4ssw0rd!2024",
            "letmein!!2026",
            "1q2w3e4r5t6y",
            "Manchester2024!",
            "sunshine.........",
        ] {
            assert!(checked(password).is_err(), "{password}");
        }
    }

    #[test]
    fn what_is_guessed_early_is_refused() {
        for password in [
            "123456789012",
            "qwertyuiop123",
            "passwordpassword",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabc",
            "abcdefghijkl",
            "1qaz2wsx3edc",
            "iloveyou1234",
            "01/02/1984!!",
            "Welcome12345!",
            "Summer2026!!",
        ] {
            assert!(checked(password).is_err(), "{password}");
        }
    }

    #[test]
    fn the_persons_name_and_the_words_of_this_site_are_refused() {
        for password in [
            "jane.ashworth@example",
            "Jane.Ashworth@Example",
            "JaneAshworth1!",
            "ashworthjane99",
            "2026 Jane Ashworth",
            "Ashworth123456",
            "Surgery2026!!!",
            "Council-2026-!",
            "Safeguarding1",
        ] {
            assert!(checked(password).is_err(), "{password}");
        }
        assert_eq!(checked("Surgery83917462"), Err(PasswordError::Name));
        assert_eq!(checked("Ashworth83917462"), Err(PasswordError::Name));
    }

    #[test]
    fn a_passphrase_is_taken() {
        for password in
            ["a long walk by the sea", "correct horse battery staple", "twelve otters mend kettles", "x7#Qm9!vLp2w"]
        {
            assert_eq!(checked(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn no_refusal_repeats_the_password() {
        for password in ["hunter2", "Liverpool2024", "Ashworth123456"] {
            let said = checked(password).unwrap_err().to_string();
            assert!(!said.to_lowercase().contains(&password.to_lowercase()), "{said}");
        }
    }
}
