//! How far a load has come, and the names that stand in it.

use ingest::Progress;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Characters of a file's name at most.
const MOST_NAME: usize = 100;

/// What a running load does and how many rows it has read, sheet by sheet.
#[derive(Debug, Default)]
pub(super) struct Watched(Mutex<Steps>);

#[derive(Debug, Default)]
struct Steps {
    step: String,
    rows: BTreeMap<String, u64>,
}

impl Watched {
    pub(super) fn begin(&self, step: &str) {
        let mut steps = locked(&self.0);
        step.clone_into(&mut steps.step);
        steps.rows.clear();
    }

    pub(super) fn now(&self) -> (String, u64) {
        let steps = locked(&self.0);
        (steps.step.clone(), steps.rows.values().sum())
    }
}

impl Progress for Watched {
    fn rows(&self, sheet: &str, done: u64) {
        let sheet = clean_name(sheet);
        let mut steps = locked(&self.0);
        steps.step = format!("Reading {sheet}");
        steps.rows.insert(sheet, done);
    }
}

/// A lock whose holder panicked still holds whole values here: each is set in one step.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file's name without folders, control characters and marks that turn the direction of writing; its ending is kept.
pub(super) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !hidden(*c)).collect();
    let clean = clean.trim();
    let length = clean.chars().count();
    match clean.rsplit_once('.') {
        _ if clean.is_empty() => "unnamed file".to_owned(),
        Some((stem, ending)) if length > MOST_NAME && ending.chars().count() <= 10 => {
            let room = MOST_NAME - 1 - ending.chars().count();
            format!("{}.{ending}", stem.chars().take(room).collect::<String>())
        }
        _ => clean.chars().take(MOST_NAME).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_loses_its_folders_and_what_cannot_be_seen() {
        for (sent, kept) in [
            ("list_7.csv", "list_7.csv"),
            ("C:\\Users\\A\\Annex A.xlsx", "Annex A.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb\0.csv", "ab.csv"),
            ("\u{202e}xslx.csv", "xslx.csv"),
            ("folder/", "unnamed file"),
        ] {
            assert_eq!(clean_name(sent), kept);
        }
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_ending() {
        let name = clean_name(&format!("{}.xlsx", "é".repeat(300)));
        assert_eq!(name.chars().count(), 100);
        assert!(name.ends_with("é.xlsx"));
        assert_eq!(clean_name(&"x".repeat(300)).len(), 100);
    }

    #[test]
    fn rows_add_up_over_the_sheets_that_are_read_side_by_side() {
        let watched = Watched::default();
        watched.rows("List_7", 1_000);
        watched.rows("List_8", 2_000);
        watched.rows("List_7", 3_000);
        assert_eq!(watched.now(), ("Reading List_7".to_owned(), 5_000));
    }
}
