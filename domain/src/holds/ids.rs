//! `ids`: ids that a spreadsheet has changed, one id for many, two dates of birth for one id, or another council's ids.

use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, counted, day, title};
use crate::record::{List, Person, Record};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Rows from which a list is judged.
const ROWS: u64 = 10;
/// Rows of a hundred that are too many.
const SHARE: u64 = 5;
/// Rows of one id that are too many.
const ONE_ID: u64 = 5;
/// Children with two dates of birth: more than so many, and more than so many of a thousand.
const TWO_BIRTHS: (usize, usize) = (2, 5);
/// Children open now from which another council's file is told.
const OPEN: usize = 10;
/// Ids named one by one at most.
const NAMED: usize = 200;

/// The ids of an extract, list by list, and each child's dates of birth.
#[derive(Debug, Default)]
pub(super) struct IdFacts {
    /// Rows of each id.
    rows: BTreeMap<List, HashMap<Arc<str>, u64>>,
    births: HashMap<Arc<str>, Vec<NaiveDate>>,
}

/// An id that the extract before has in another spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedId {
    /// The list it stands in.
    pub list: List,
    /// The child.
    pub child: Arc<str>,
}

impl IdFacts {
    pub(super) fn row(&mut self, id: &Arc<str>, record: &Record) {
        *self.rows.entry(record.list()).or_default().entry(Arc::clone(id)).or_default() += 1;
        if let Some(born) = person(record).and_then(|person| person.date_of_birth) {
            let births = self.births.entry(Arc::clone(id)).or_default();
            if !births.contains(&born) {
                births.push(born);
            }
        }
    }

    fn of_children(&self) -> impl Iterator<Item = (List, &HashMap<Arc<str>, u64>)> {
        self.rows.iter().map(|(list, rows)| (*list, rows)).filter(|(list, _)| *list != List::Adopters)
    }

    /// Children with more than one date of birth; one that lies ahead is an expected birth and is left aside.
    fn two_births(&self, as_at: NaiveDate) -> impl Iterator<Item = &Arc<str>> {
        let two = move |births: &[NaiveDate]| births.iter().filter(|born| **born <= as_at).count() > 1;
        self.births.iter().filter(move |(_, births)| two(births)).map(|(id, _)| id)
    }
}

pub(super) fn person(record: &Record) -> Option<&Person> {
    match record {
        Record::Contact(row) => Some(&row.person),
        Record::EarlyHelp(row) => Some(&row.person),
        Record::Referral(row) => Some(&row.person),
        Record::Assessment(row) => Some(&row.person),
        Record::Section47(row) => Some(&row.person),
        Record::Need(row) => Some(&row.person),
        Record::ProtectionPlan(row) => Some(&row.person),
        Record::CarePeriod(row) => Some(&row.person),
        Record::CareLeaver(row) => Some(&row.person),
        Record::Adoption(row) => Some(&row.person),
        Record::Adopter(_) => None,
    }
}

pub(super) fn holds(as_at: NaiveDate, now: &Gathered, before: Option<&Before>) -> Vec<Hold> {
    let mut holds: Vec<Hold> = scientific(&now.ids).into_iter().collect();
    holds.extend(written_otherwise(&now.ids, before));
    holds.extend(one_for_many(&now.ids));
    holds.extend(two_births(as_at, &now.ids));
    holds.extend(another_councils(now, before));
    holds
}

/// `4.10001E+12`: what a spreadsheet makes of a long number.
fn is_scientific(id: &str) -> bool {
    let Some((digits, power)) = id.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    // Without a point or a sign it may be an id like 12E5.
    let is_marked = digits.contains('.') || id.contains('+');
    is_marked && all_digits(whole) && all_digits(decimals) && all_digits(power)
}

fn scientific(ids: &IdFacts) -> Option<Hold> {
    let of = |(list, rows): (&List, &HashMap<Arc<str>, u64>)| {
        let all: u64 = rows.values().sum();
        let bad: u64 = rows.iter().filter(|(id, _)| is_scientific(id)).map(|(_, rows)| rows).sum();
        (bad > 0 && all >= ROWS && bad * 100 >= all * SHARE).then_some((*list, bad, all))
    };
    let (list, bad, all) = ids.rows.iter().filter_map(of).max_by_key(|(_, bad, all)| (bad * 1000 / all, *bad))?;
    let message = format!(
        "{}: {bad} of {} have an id like 4.1E+12, which a spreadsheet makes of a long number; children share it. Export again with the id as text.",
        title(list),
        counted(all, "row", "rows")
    );
    Some(Hold::new(HoldKind::Ids, message).on(list).now(format!("{bad} of {all}")))
}

/// An id without what a spreadsheet, or another export, changes: leading zeros, case, spaces.
fn bare(id: &str) -> String {
    let bare: String = id.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let without_zeros = bare.trim_start_matches('0');
    if without_zeros.is_empty() { "0".to_owned() } else { without_zeros.to_owned() }
}

/// Ids of the extract that are written otherwise elsewhere: in another list, or in the extract before.
fn variants<'a>(ids: &'a IdFacts, before: Option<&'a Before>) -> HashSet<&'a Arc<str>> {
    let earlier = before.into_iter().flat_map(|before| &before.ids);
    let mut spellings: HashMap<String, Vec<&Arc<str>>> = HashMap::new();
    for id in ids.of_children().flat_map(|(_, rows)| rows.keys()).chain(earlier) {
        let known = spellings.entry(bare(id)).or_default();
        if !known.contains(&id) {
            known.push(id);
        }
    }
    spellings.into_values().filter(|known| known.len() > 1).flatten().collect()
}

fn written_otherwise(ids: &IdFacts, before: Option<&Before>) -> Option<Hold> {
    let variants = variants(ids, before);
    if variants.is_empty() {
        return None;
    }
    let of = |(list, rows): (List, &HashMap<Arc<str>, u64>)| {
        let all: u64 = rows.values().sum();
        let bad: u64 = rows.iter().filter(|(id, _)| variants.contains(id)).map(|(_, rows)| rows).sum();
        (all >= ROWS && bad > 0 && bad * 100 >= all * SHARE).then_some((list, bad, all))
    };
    let (list, bad, all) = ids.of_children().filter_map(of).max_by_key(|(_, bad, all)| (bad * 1000 / all, *bad))?;
    let message = format!(
        "{}: {bad} of {} have an id that is written otherwise in another list or in the extract before, with other leading zeros, capitals or spaces. They would count as other children. Export the ids alike, as text.",
        title(list),
        counted(all, "row", "rows")
    );
    Some(Hold::new(HoldKind::Ids, message).on(list).now(format!("{bad} of {all}")))
}

fn one_for_many(ids: &IdFacts) -> Vec<Hold> {
    let of = |(list, rows): (&List, &HashMap<Arc<str>, u64>)| {
        let (all, most): (u64, u64) = (rows.values().sum(), rows.values().copied().max().unwrap_or_default());
        (all >= ROWS && most >= ONE_ID && most * 100 >= all * SHARE).then(|| {
            let message = format!(
                "{}: one id stands on {most} of {}. Check that the id is the child's own and not a family's, a worker's or a placeholder.",
                title(*list),
                counted(all, "row", "rows")
            );
            Hold::new(HoldKind::Ids, message).on(*list).now(format!("{most} of {all}"))
        })
    };
    ids.rows.iter().filter_map(of).collect()
}

fn two_births(as_at: NaiveDate, ids: &IdFacts) -> Option<Hold> {
    let (two, all) = (ids.two_births(as_at).count(), ids.births.len());
    (two > TWO_BIRTHS.0 && two * 1000 > all * TWO_BIRTHS.1).then(|| {
        let message = format!(
            "{two} of {} have two dates of birth in this set. Check that the lists are of one council and day, and that no ids or dates have slipped.",
            counted(all as u64, "child", "children")
        );
        Hold::new(HoldKind::Ids, message).now(format!("{two} of {all}"))
    })
}

fn another_councils(now: &Gathered, before: Option<&Before>) -> Option<Hold> {
    let before = before.filter(|before| !before.ids.is_empty())?;
    let open = now.spells.open();
    let unknown = open.iter().filter(|id| !before.ids.contains(*id)).count();
    (open.len() >= OPEN && unknown * 2 > open.len()).then(|| {
        let message = format!(
            "{unknown} of {} open in lists 6 to 8 are unknown to the extract as at {}. Check that this is your council's file, and that its ids are the same as before.",
            counted(open.len() as u64, "child", "children"),
            day(before.as_at)
        );
        Hold::new(HoldKind::Ids, message).now(format!("{unknown} of {}", open.len()))
    })
}

/// Ids that the extract before writes otherwise: named where they are too few to hold. What differs within the extract is
/// named where it is read.
pub(super) fn named(now: &Gathered, before: Option<&Before>) -> Vec<NamedId> {
    let Some(before) = before else { return Vec::new() };
    let known: HashSet<String> = before.ids.iter().map(|id| bare(id)).collect();
    let mut named: Vec<NamedId> = now
        .ids
        .of_children()
        .flat_map(|(list, rows)| rows.keys().map(move |id| (list, id)))
        .filter(|(_, id)| !before.ids.contains(*id) && known.contains(&bare(id)))
        .map(|(list, id)| NamedId { list, child: Arc::clone(id) })
        .collect();
    named.sort_by(|a, b| (a.list, &a.child).cmp(&(b.list, &b.child)));
    named.truncate(NAMED);
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_scientific_notation_is_told_from_an_id_with_an_e() {
        for id in ["4.10001E+12", "4E+12", "1.0e12", "4.1E-3"] {
            assert!(is_scientific(id), "{id}");
        }
        for id in ["12E5", "E12", "410001", "A.1E+2", "4.1E+", "4.E+12", "LE+12"] {
            assert!(!is_scientific(id), "{id}");
        }
    }

    #[test]
    fn zeros_case_and_spaces_make_no_other_id() {
        for id in ["0041ab", " 41 AB", "41AB", "41\u{a0}ab"] {
            assert_eq!(bare(id), "41ab", "{id}");
        }
        assert_eq!(bare("000"), bare("0"));
        assert_ne!(bare("410"), bare("41"));
    }
}
