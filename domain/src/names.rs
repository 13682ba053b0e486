//! Names of teams and workers: when two are the same, and how they are shown.
//!
//! Source: "Rules for all", 8: names are the same when equal after white space is collapsed (non-breaking
//! too), case ignored, and apostrophes and hyphens made one; shown as first met.

use crate::text::is_hidden;
use std::collections::HashMap;
use std::sync::Arc;

/// White space collapsed (non-breaking and other Unicode spaces too) and trimmed, and without what is not seen; case kept.
#[must_use]
pub fn collapse(name: &str) -> String {
    if !name.is_ascii() && name.contains(is_hidden) {
        let seen: String = name.chars().filter(|c| !is_hidden(*c)).collect();
        return collapse(&seen);
    }
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What makes two names the same: collapsed and in lower case, with one apostrophe and one hyphen.
#[must_use]
pub fn name_key(name: &str) -> String {
    let key = collapse(name).to_lowercase();
    if key.is_ascii() {
        return key;
    }
    let one = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2010}' | '\u{2013}' | '\u{2014}' => '-',
        other => other,
    };
    key.chars().map(one).collect()
}

/// What two ways of writing one person have in common: `Alder, Ada`, `Ada Alder` and `Ada Alder (SW1234)`. Such names
/// are offered as one, never merged.
#[must_use]
pub fn person_key(name: &str) -> String {
    let key = name_key(name);
    let bare = match (key.find('('), key.ends_with(')')) {
        (Some(at), true) if at > 0 => key.get(..at).unwrap_or(&key),
        _ => &key,
    };
    match bare.split_once(',') {
        Some((family, given)) => collapse(&format!("{given} {family}")),
        None => collapse(bare),
    }
}

/// What is written where no team is known.
const NO_TEAM: [&str; 29] = [
    "unallocated",
    "not allocated",
    "unassigned",
    "not assigned",
    "none",
    "nan",
    "nil",
    "null",
    "n/a",
    "na",
    "n/k",
    "nk",
    "(blank)",
    "blank",
    "pending",
    "tbc",
    "tba",
    "to be confirmed",
    "to be allocated",
    "vacant",
    "vacancy",
    "unknown",
    "not known",
    "not recorded",
    "not applicable",
    "no team",
    "no team allocated",
    "?",
    "(no team)",
];

/// Whether a team's name reads like no team: `None`, `(blank)`, `Not recorded`.
#[must_use]
pub fn reads_like_no_team(name: &str) -> bool {
    name.len() <= 20 && {
        let key = name_key(name);
        NO_TEAM.contains(&key.as_str()) || (!key.is_empty() && key.chars().all(|c| !c.is_alphanumeric()))
    }
}

/// Words that stand where no worker is known, beside those that the standards list.
const NO_WORKER_WORDS: [&str; 12] = [
    "blank",
    "nil",
    "null",
    "n/a",
    "na",
    "nk",
    "not known",
    "not recorded",
    "not assigned",
    "no worker",
    "to be confirmed",
    "to be allocated",
];

/// Whether a worker's name looks like a placeholder that the standards may not list yet: it is offered to be listed.
#[must_use]
pub fn looks_like_no_worker(name: &str) -> bool {
    const PARTS: [&str; 8] = [
        "unallocated",
        "not allocated",
        "unassigned",
        "vacant",
        "vacancy",
        "awaiting allocation",
        "no worker",
        "placeholder",
    ];
    let key = name_key(name);
    NO_WORKER_WORDS.contains(&key.as_str())
        || PARTS.iter().any(|part| key.contains(part))
        || (!key.is_empty() && key.chars().all(|c| !c.is_alphabetic()))
}

/// What sorts ids in the order people expect: by length, then by letters, so that 9 comes before 10.
#[must_use]
pub fn id_order(id: &str) -> (usize, &str) {
    (id.len(), id)
}

/// The names of one extract, each shown as it was first met.
#[derive(Debug, Clone, Default)]
pub struct Names {
    teams: Spellings,
    workers: Spellings,
}

/// The names of one kind.
#[derive(Debug, Clone, Default)]
struct Spellings {
    /// What is shown, by the name's key.
    by_key: HashMap<String, Arc<str>>,
    /// The same by each spelling met, so that a name met before is found without making its key.
    by_spelling: HashMap<String, Arc<str>>,
}

impl Names {
    /// Notes a team name met while reading the extract, in the order of lists and rows.
    pub fn meet_team(&mut self, name: &str) {
        self.teams.meet(name);
    }

    /// Notes a worker's name met while reading the extract, in the order of lists and rows.
    pub fn meet_worker(&mut self, name: &str) {
        self.workers.meet(name);
    }

    /// The team's name as first met in the extract.
    #[must_use]
    pub fn team(&self, name: &str) -> Arc<str> {
        self.teams.shown(name)
    }

    /// The worker's name as first met in the extract.
    #[must_use]
    pub fn worker(&self, name: &str) -> Arc<str> {
        self.workers.shown(name)
    }

    /// Whether the extract has a team of this name.
    #[must_use]
    pub fn is_team(&self, name: &str) -> bool {
        self.is_team_key(&name_key(name))
    }

    /// Whether the extract has a team of this key.
    pub(crate) fn is_team_key(&self, key: &str) -> bool {
        self.teams.by_key.contains_key(key)
    }

    /// Every team of the extract as shown, in the order of the alphabet.
    #[must_use]
    pub fn teams(&self) -> Vec<Arc<str>> {
        self.teams.sorted()
    }

    /// Every worker of the extract as shown, in the order of the alphabet.
    #[must_use]
    pub fn workers(&self) -> Vec<Arc<str>> {
        self.workers.sorted()
    }
}

impl Spellings {
    fn meet(&mut self, name: &str) {
        if self.by_spelling.contains_key(name) {
            return;
        }
        let key = name_key(name);
        if !key.is_empty() {
            let shown = self.by_key.entry(key).or_insert_with(|| collapse(name).into());
            self.by_spelling.insert(name.to_owned(), Arc::clone(shown));
        }
    }

    fn shown(&self, name: &str) -> Arc<str> {
        let known = self.by_spelling.get(name).or_else(|| self.by_key.get(&name_key(name)));
        known.cloned().unwrap_or_else(|| collapse(name).into())
    }

    fn sorted(&self) -> Vec<Arc<str>> {
        let mut all: Vec<_> = self.by_key.values().cloned().collect();
        all.sort_by_key(|name| name.to_lowercase());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_whatever_their_spaces_and_case() {
        assert_eq!(name_key(" North\u{a0} Team  1 "), name_key("north team 1"));
    }

    #[test]
    fn two_names_that_look_alike_are_the_same() {
        for other in
            ["Ada\u{200b} Alder", "\u{202e}Ada Alder\u{202c}", "A\u{ad}da Alder", "\u{feff}Ada\u{2060}\u{a0}Alder"]
        {
            assert_eq!(collapse(other), "Ada Alder", "{other:?}");
            assert_eq!(name_key(other), name_key("Ada Alder"), "{other:?}");
        }
        assert_eq!(collapse("\u{200b}\u{2800}"), "");
    }

    #[test]
    fn names_are_the_same_whatever_their_apostrophes_and_hyphens() {
        for other in [
            "O\u{2019}Neill-Smith",
            "O\u{2018}Neill\u{2010}Smith",
            "o'neill\u{2013}smith",
            "O\u{2019}NEILL\u{2014}SMITH",
        ] {
            assert_eq!(name_key(other), name_key("O'Neill-Smith"), "{other}");
        }
        assert_ne!(name_key("ONeill Smith"), name_key("O'Neill-Smith"));
    }

    #[test]
    fn one_person_written_in_several_ways_is_offered_as_one() {
        for other in ["Alder, Ada", "ALDER,ADA", "Ada  Alder (SW1234)", "Alder, Ada (SW1234)"] {
            assert_eq!(person_key(other), person_key("Ada Alder"), "{other}");
            assert_ne!(name_key(other), name_key("Ada Alder"), "{other}");
        }
        assert_ne!(person_key("Ada Alder"), person_key("Adam Alder"));
        assert_eq!(person_key("(blank)"), "(blank)");
    }

    #[test]
    fn teams_that_read_like_none() {
        for name in ["NaN", "None", "(blank)", "Not recorded", "Unallocated", "--", "?", "N/K", "TBC"] {
            assert!(reads_like_no_team(name), "{name}");
        }
        for name in ["Duty", "Duty and Assessment", "Team 1", "Agency", "North", "1"] {
            assert!(!reads_like_no_team(name), "{name}");
        }
    }

    #[test]
    fn workers_that_look_like_none_are_offered() {
        for name in ["Unallocated CIN", "Vacant post 3", "Not recorded", "--", "00000", "awaiting allocation"] {
            assert!(looks_like_no_worker(name), "{name}");
        }
        assert!(!looks_like_no_worker("Ada Byron"));
    }

    #[test]
    fn a_name_is_shown_as_first_met() {
        let mut names = Names::default();
        names.meet_team("North  Team");
        names.meet_team("NORTH TEAM");
        assert_eq!(&*names.team(" north\u{a0}team"), "North Team");
        assert!(names.is_team("NORTH TEAM"));
        assert_eq!(names.teams().len(), 1);
    }
}
