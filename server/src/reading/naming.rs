//! Who may be told who a child is. One rule, wherever the child's id comes from: an extract, an event, an agenda or a text
//! that somebody typed. Today's facts and the viewer's scope decide, not what they were when the id was written down.

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::store::people;
use domain::ids::ChildId;
use domain::scope::Scope;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What stands in a typed text where a child was named who is not the reader's.
const NOT_YOURS: &str = "[a child not yours to see]";
/// The same in what leaves the site.
const NOBODYS: &str = "[a child]";
/// A run of digits is taken for an id from this length on: shorter ones are days, years and numbers of visits.
const DIGITS: usize = 5;
/// The same for what has a letter and a digit.
const MIXED: usize = 4;
/// The same for a child whom the record is about.
const OF_RECORD: usize = 3;
/// How many parts an id may have, as in "CH-2024/00123".
const PARTS: usize = 4;

/// The children of whom a viewer may be told who they are today.
#[derive(Debug, Clone)]
pub(crate) struct Named(Whom);

#[derive(Debug, Clone)]
enum Whom {
    /// Every child: the viewer reads them all.
    All,
    /// None, for what leaves the site.
    Nobody { known: Arc<KnownChildren> },
    /// Only these; `known` are all children there are, by their id in small letters.
    Only { theirs: HashSet<Arc<str>>, known: Arc<KnownChildren> },
}

/// Every child of whom anything is kept, by the id in small letters.
pub(crate) type KnownChildren = HashMap<Box<str>, Arc<str>>;

/// Reads every child's id.
pub(crate) async fn known_children(db: &Db) -> Result<Arc<KnownChildren>, DbError> {
    let ids = people::ids_of_children(db).await?;
    Ok(Arc::new(ids.into_iter().map(|id| (id.to_lowercase().into(), id.into())).collect()))
}

impl Named {
    /// `newest` is the newest extract, whatever extract is looked at: `None` before the first, when nobody has a child.
    pub(crate) async fn of(db: &Db, newest: Option<&Council>, scope: &Scope) -> Result<Self, DbError> {
        if scope.reaches_everything() && scope.reads_children() {
            return Ok(Self(Whom::All));
        }
        let (theirs, known) = match newest {
            Some(newest) => {
                (Council::still_theirs(newest, db, scope).await?, Council::known_children(newest, db).await?)
            }
            None => (HashSet::new(), known_children(db).await?),
        };
        Ok(Self(Whom::Only { theirs, known }))
    }

    /// Nobody may be told, whoever asks.
    pub(crate) async fn nobody(db: &Db, newest: Option<&Council>) -> Result<Self, DbError> {
        let known = match newest {
            Some(newest) => Council::known_children(newest, db).await?,
            None => known_children(db).await?,
        };
        Ok(Self(Whom::Nobody { known }))
    }

    /// Whether the viewer reads every child.
    pub(crate) const fn reads_all(&self) -> bool {
        matches!(self.0, Whom::All)
    }

    /// Whether the viewer may be told who this is.
    pub(crate) fn has(&self, child: &str) -> bool {
        match &self.0 {
            Whom::All => true,
            Whom::Nobody { .. } => false,
            Whom::Only { theirs, .. } => theirs.contains(child),
        }
    }

    /// A child of an extract, where the viewer may be told.
    pub(crate) fn name(&self, child: &Arc<str>) -> Option<Arc<str>> {
        self.has(child).then(|| Arc::clone(child))
    }

    /// A child whose id was kept with something that happened, where the viewer may be told.
    pub(crate) fn kept<'a>(&self, child: &'a ChildId) -> Option<&'a str> {
        Some(child.as_kept()).filter(|id| self.has(id))
    }

    /// A text that somebody typed, without the ids of children who are not the viewer's.
    pub(crate) fn text(&self, text: &str) -> String {
        self.text_of(text, &[])
    }

    /// The same for the text of a record about some children, whose ids are found even where they are short.
    pub(crate) fn text_of(&self, text: &str, about: &[&ChildId]) -> String {
        let (known, instead) = match &self.0 {
            Whom::All => return text.to_owned(),
            Whom::Nobody { known } => (known, NOBODYS),
            Whom::Only { known, .. } => (known, NOT_YOURS),
        };
        let hides = |candidate: &str| {
            let is_of_record = |id: &&&ChildId| id.as_kept().eq_ignore_ascii_case(candidate);
            match about.iter().find(is_of_record).filter(|_| candidate.len() >= OF_RECORD) {
                Some(id) => !self.has(id.as_kept()),
                None => {
                    looks_like_an_id(candidate)
                        && !self.has(candidate)
                        && known.get(candidate.to_lowercase().as_str()).is_some_and(|id| !self.has(id))
                }
            }
        };
        without(text, instead, hides).into_owned()
    }
}

fn looks_like_an_id(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let least = if digits == word.len() { DIGITS } else { MIXED };
    digits > 0 && word.len() >= least
}

/// Puts `instead` in the place of every word that is to be hidden. A word is a run of letters and digits, or several
/// with signs between them and no blank.
fn without<'a>(text: &'a str, instead: &str, hides: impl Fn(&str) -> bool) -> Cow<'a, str> {
    let words = words(text);
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(&(start, _)) = words.get(at) {
        let joined = |last: &usize| {
            let gaps = words[at..=*last].windows(2).map(|pair| &text[pair[0].1..pair[1].0]);
            gaps.into_iter().all(|gap| gap.chars().count() == 1 && !gap.contains(char::is_whitespace))
        };
        let ends = (at..words.len().min(at + PARTS)).take_while(joined);
        let hidden = ends.collect::<Vec<_>>().into_iter().rev().find(|last| hides(&text[start..words[*last].1]));
        match hidden {
            Some(last) => {
                out.push_str(&text[done..start]);
                out.push_str(instead);
                done = words[last].1;
                at = last + 1;
            }
            None => at += 1,
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where the runs of letters and digits of a text begin and end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
        let end = at + sign.len_utf8();
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 = end,
            _ => words.push((at, end)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(theirs: &[&str], others: &[&str]) -> Named {
        let known = theirs.iter().chain(others).map(|id| (id.to_lowercase().into(), Arc::from(*id))).collect();
        let theirs = theirs.iter().map(|id| Arc::from(*id)).collect();
        Named(Whom::Only { theirs, known: Arc::new(known) })
    }

    #[test]
    fn a_kept_id_is_told_only_to_whom_the_child_is_today() {
        let named = named(&["10001"], &["10002"]);
        assert_eq!(named.kept(&ChildId::new("10001")), Some("10001"));
        assert_eq!(named.kept(&ChildId::new("10002")), None);
        assert_eq!(named.kept(&ChildId::new("unknown")), None);
        assert_eq!(Named(Whom::All).kept(&ChildId::new("10002")), Some("10002"));
    }

    #[test]
    fn a_typed_text_loses_the_ids_of_others_and_nothing_else() {
        let named = named(&["10001"], &["10002", "CH-2024/77", "c900", "2026", "12"]);
        for (typed, shown) in [
            ("See 10002, then 10001.", "See [a child not yours to see], then 10001."),
            ("(10002)", "([a child not yours to see])"),
            ("note_10002.pdf", "note_[a child not yours to see].pdf"),
            ("ch-2024/77 was seen", "[a child not yours to see] was seen"),
            ("C900: late", "[a child not yours to see]: late"),
            ("310002 and 1000", "310002 and 1000"),
            ("12 visits in 2026", "12 visits in 2026"),
            ("Zoë’s 10002–10001", "Zoë’s [a child not yours to see]–10001"),
            ("", ""),
        ] {
            assert_eq!(named.text(typed), shown);
        }
        assert_eq!(Named(Whom::All).text("See 10002"), "See 10002");
    }

    #[test]
    fn a_short_id_is_found_in_the_text_of_a_record_about_that_child() {
        let named = named(&["2025"], &["2026"]);
        let about = [&ChildId::new("2026"), &ChildId::new("2025")];
        assert_eq!(named.text_of("2026 and 2025", &about), "[a child not yours to see] and 2025");
        assert_eq!(named.text("2026 and 2025"), "2026 and 2025");
    }
}
