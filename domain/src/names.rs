//! Names of teams and workers: when two are the same, and how they are shown.
//!
//! Source: "Rules for all", 8: names are the same when equal after white space is collapsed (non-breaking
//! too) and case ignored; shown as first met.

use std::collections::HashMap;
use std::sync::Arc;

/// White space collapsed (non-breaking and other Unicode spaces too) and trimmed; case kept.
#[must_use]
pub fn collapse(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What makes two names the same: collapsed and in lower case.
#[must_use]
pub fn name_key(name: &str) -> String {
    collapse(name).to_lowercase()
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
    fn a_name_is_shown_as_first_met() {
        let mut names = Names::default();
        names.meet_team("North  Team");
        names.meet_team("NORTH TEAM");
        assert_eq!(&*names.team(" north\u{a0}team"), "North Team");
        assert!(names.is_team("NORTH TEAM"));
        assert_eq!(names.teams().len(), 1);
    }
}
