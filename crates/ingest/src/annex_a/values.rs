//! Values that repeat over many rows, looked up once.

use super::report::Report;
use crate::cells::{Value, trim};
use crate::coded::{Codes, Match};
use crate::problems::ProblemKind;
use std::collections::{HashMap, HashSet};

/// Distinct values remembered for a column. Columns with more are free text.
const REMEMBERED: usize = 1000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Finding {
    Known,
    LetterAgainstText,
    Unknown,
}

/// A coded column: its code set, and what its values turned out to be.
pub(super) struct CodeCache {
    codes: &'static Codes,
    /// Whether other values than the codes are expected too.
    open: bool,
    known: HashMap<String, (String, Finding)>,
}

impl CodeCache {
    pub(super) fn new(codes: &'static Codes, open: bool) -> Self {
        Self { codes, open, known: HashMap::new() }
    }

    /// The canonical form of a value, or the value as typed when it is none of the codes; and whether it is one of those
    /// expected.
    pub(super) fn canonical(
        &mut self,
        value: Value<'_>,
        report: &mut Report<'_>,
        scratch: &mut String,
    ) -> (String, bool) {
        let text = value.text(scratch);
        let (canonical, finding) = match self.known.get(text) {
            Some((canonical, finding)) => (canonical.clone(), *finding),
            None => {
                let (canonical, finding) = match self.codes.find(text) {
                    Match::Known(code) => (code.to_owned(), Finding::Known),
                    Match::LetterAgainstText(code) => (code.to_owned(), Finding::LetterAgainstText),
                    Match::Unknown => (trim(text).to_owned(), Finding::Unknown),
                };
                if self.known.len() < REMEMBERED && text.len() <= 200 {
                    self.known.insert(text.to_owned(), (canonical.clone(), finding));
                }
                (canonical, finding)
            }
        };
        match finding {
            Finding::Known => {}
            Finding::LetterAgainstText => {
                report.warn(
                    ProblemKind::LetterAgainstText,
                    value,
                    "its letter and its text say different things, read by its letter: correct the one that is wrong",
                );
            }
            Finding::Unknown if self.open => {}
            Finding::Unknown => {
                let example = self.codes.example();
                report.warn_with(ProblemKind::UnknownCode, value, || {
                    format!(
                        "not one of the codes of this column, kept as typed: use an Annex A code, such as \"{example}\""
                    )
                });
                return (canonical, false);
            }
        }
        (canonical, true)
    }
}

/// Names of one kind on one sheet, in the order met.
#[derive(Default)]
pub(super) struct Names {
    pub(super) met: Vec<String>,
    known: HashMap<String, String>,
    keys: HashSet<String>,
}

impl Names {
    /// Notes a name and gives it with its white space collapsed; `None` when nothing is left.
    pub(super) fn meet(&mut self, name: &str) -> Option<String> {
        if let Some(collapsed) = self.known.get(name) {
            return Some(collapsed.clone());
        }
        let collapsed = domain::names::collapse(name);
        if collapsed.is_empty() {
            return None;
        }
        if self.keys.insert(domain::names::name_key(&collapsed)) {
            self.met.push(collapsed.clone());
        }
        self.known.insert(name.to_owned(), collapsed.clone());
        Some(collapsed)
    }
}
