//! Coded values: whatever a council typed, in its canonical form ("Rules for all", 8).

use serde::Deserialize;
use std::collections::HashMap;

/// One choice of a coded column, as the format file holds it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Choice {
    /// Its letter in the official template, `b` of `b) No`.
    pub(super) letter: Option<String>,
    /// Its code, `N1`.
    pub(super) code: Option<String>,
    /// Its text.
    pub(super) text: String,
    /// What pages show for the code, where the text alone says too little.
    pub(super) label: Option<String>,
    /// Other texts seen for it.
    #[serde(default)]
    pub(super) also: Vec<String>,
}

impl Choice {
    /// The code where the choice has one, else its text.
    pub(super) fn canonical(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.text)
    }

    /// The choice as the official template writes it.
    pub(super) fn as_template(&self) -> String {
        let letter = self.letter.as_ref().map(|letter| format!("{letter}) ")).unwrap_or_default();
        let code = self.code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default();
        format!("{letter}{code}{}", self.text)
    }
}

/// What a typed value turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match<'a> {
    /// One of the choices.
    Known(&'a str),
    /// Letter and text name two different choices; the letter counts.
    LetterAgainstText(&'a str),
    /// None of them.
    Unknown,
}

/// The choices of a coded column, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Codes {
    choices: Vec<Choice>,
    by_code: HashMap<String, usize>,
    by_letter: HashMap<String, usize>,
    /// `None` where two choices share a text.
    by_text: HashMap<String, Option<usize>>,
}

impl Codes {
    pub(super) fn new(choices: Vec<Choice>) -> Self {
        let mut codes = Self::default();
        for (index, choice) in choices.iter().enumerate() {
            if let Some(code) = &choice.code {
                codes.by_code.insert(key(code), index);
            }
            if let Some(letter) = &choice.letter {
                codes.by_letter.insert(letter.clone(), index);
            }
            for text in std::iter::once(&choice.text).chain(&choice.also) {
                let entry = codes.by_text.entry(key(text)).or_insert(Some(index));
                if *entry != Some(index) {
                    *entry = None;
                }
            }
        }
        codes.choices = choices;
        codes.add_yes_and_no();
        codes
    }

    fn add_yes_and_no(&mut self) {
        let yes = self.by_text.get("yes").copied().flatten();
        let no = self.by_text.get("no").copied().flatten();
        if let (Some(yes), Some(no)) = (yes, no) {
            for (text, index) in [("y", yes), ("1", yes), ("true", yes), ("n", no), ("0", no), ("false", no)] {
                self.by_text.entry(text.to_owned()).or_insert(Some(index));
            }
        }
    }

    /// The choices, for labels.
    pub(super) fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The first choice as the official template writes it, for messages.
    pub(super) fn example(&self) -> String {
        self.choices.first().map(Choice::as_template).unwrap_or_default()
    }

    /// The choice a value names: by code, then by letter, then by text.
    pub(super) fn find(&self, value: &str) -> Match<'_> {
        let whole = key(value);
        let (letter, rest) = split_letter(&whole);
        let text = |text: &str| self.by_text.get(text).copied().flatten();
        if let Some(index) = self.code(&whole).or_else(|| self.code(rest)) {
            return self.known(index);
        }
        if let Some(index) = letter.and_then(|letter| self.by_letter.get(letter)).copied() {
            return match text(rest) {
                Some(other) if other != index => Match::LetterAgainstText(self.choices[index].canonical()),
                _ => self.known(index),
            };
        }
        text(&whole).or_else(|| text(rest)).map_or(Match::Unknown, |index| self.known(index))
    }

    fn known(&self, index: usize) -> Match<'_> {
        self.choices.get(index).map_or(Match::Unknown, |choice| Match::Known(choice.canonical()))
    }

    /// The choice whose code the text is, or begins with: `n1`, `n1: anything`, `c2 - full care order`.
    fn code(&self, text: &str) -> Option<usize> {
        let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        let index = *self.by_code.get(token)?;
        let separated = match rest.strip_prefix(' ') {
            None => true,
            // A short code before a plain word may be a word itself: "a house", "4 siblings".
            Some(words) => {
                token.len() > 1
                    || words.starts_with([':', '-', ')', '.', '/'])
                    || key(&self.choices.get(index)?.text) == words
            }
        };
        (separated && !rest.starts_with('/')).then_some(index)
    }
}

/// The letter of `b) no`, `b)` and `b`, and what follows it.
fn split_letter(text: &str) -> (Option<&str>, &str) {
    let is_letter = |letter: &str| {
        let letters = letter.trim_end_matches(|c: char| c.is_ascii_digit());
        !letters.is_empty() && letter.len() <= 3 && letters.bytes().all(|b| b.is_ascii_lowercase())
    };
    match text.split_once(')') {
        Some((letter, rest)) if is_letter(letter.trim_end()) => (Some(letter.trim_end()), rest.trim_start()),
        _ if is_letter(text) => (Some(text), ""),
        _ => (None, text),
    }
}

/// What makes two texts the same: case ignored, white space collapsed, quotes and dashes of every shape made one.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '‘' | '’' | '‛' | '`' | '´' => '\'',
            '“' | '”' | '„' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out.truncate(out.trim_end().len());
    out
}
