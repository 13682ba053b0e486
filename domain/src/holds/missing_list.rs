//! `missing-list`: a list is absent or half of it is, open rows vanish without an end, or List 6 knows of children in care
//! or on a plan whom their own list does not know.
//!
//! A partial set is compared, list by list, with the last extract that held the list.

use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, counted, day, title};
use crate::journey::is_open;
use crate::names::name_key;
use crate::record::{List, Record};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Rows from which a list may not halve.
const LARGE: u64 = 20;
/// Rows from which a list may not be absent.
const SMALL: u64 = 5;
/// Open rows that vanish: so many, and more than so many of a hundred.
const VANISHED: (u64, u64) = (10, 10);
/// Children whom only List 6 knows: so many, and so many of a hundred.
const UNKNOWN: (usize, usize) = (5, 5);

/// List 6, case status a).
const LOOKED_AFTER: &str = "Looked after child";
/// List 6, case status b).
const ON_A_PLAN: &str = "Child Protection plan";

/// A row of lists 6 to 8 that was open in an extract before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    /// Its list.
    pub list: List,
    /// The child.
    pub child: Arc<str>,
    /// The spell's start.
    pub start: Option<NaiveDate>,
    /// The service of its team then.
    pub service: Option<String>,
}

/// A spell's start and end.
type Spell = (Option<NaiveDate>, Option<NaiveDate>);

/// The spells of lists 6 to 8, and whom List 6 says to be in care or on a plan.
#[derive(Debug, Default)]
pub(super) struct SpellFacts {
    spells: HashMap<(List, Arc<str>), Vec<Spell>>,
    looked_after: HashSet<Arc<str>>,
    on_a_plan: HashSet<Arc<str>>,
    open: HashSet<Arc<str>>,
    open_teams: HashSet<String>,
}

/// The spell of a row of lists 6 to 8.
fn spell(record: &Record) -> Option<Spell> {
    match record {
        Record::Need(row) => Some((row.cin_start_date, row.cin_closure_date)),
        Record::ProtectionPlan(row) => Some((row.cp_plan_start_date, row.cp_plan_end_date)),
        Record::CarePeriod(row) => Some((row.started_date, row.ceased_date)),
        _ => None,
    }
}

impl OpenRow {
    /// The row as it was open on a date; `None` of another list, or where it was not open.
    #[must_use]
    pub fn of(
        record: &Record,
        child: &Arc<str>,
        on: NaiveDate,
        service: impl FnOnce(&str) -> Option<String>,
    ) -> Option<Self> {
        let (start, _) = spell(record).filter(|(start, end)| is_open(*start, *end, on))?;
        let service = record.held().and_then(|held| held.team.as_deref()).and_then(service);
        Some(Self { list: record.list(), child: Arc::clone(child), start, service })
    }
}

impl SpellFacts {
    pub(super) fn row(&mut self, as_at: NaiveDate, id: &Arc<str>, record: &Record) {
        let Some((start, end)) = spell(record) else { return };
        self.spells.entry((record.list(), Arc::clone(id))).or_default().push((start, end));
        if !is_open(start, end, as_at) {
            return;
        }
        self.open.insert(Arc::clone(id));
        if let Some(team) = record.held().and_then(|held| held.team.as_deref()) {
            let key = name_key(team);
            if !self.open_teams.contains(&key) {
                self.open_teams.insert(key);
            }
        }
        if let Record::Need(need) = record {
            match need.case_status.as_deref() {
                Some(LOOKED_AFTER) => self.looked_after.insert(Arc::clone(id)),
                Some(ON_A_PLAN) => self.on_a_plan.insert(Arc::clone(id)),
                _ => false,
            };
        }
    }

    /// Keys of the teams on open rows.
    pub(super) fn open_teams(&self) -> &HashSet<String> {
        &self.open_teams
    }

    /// Children with an open row in lists 6 to 8.
    pub(super) fn open(&self) -> &HashSet<Arc<str>> {
        &self.open
    }
}

pub(super) fn holds(now: &Gathered, before: Option<&Before>) -> Vec<Hold> {
    let Some(before) = before else { return status(now, &[]) };
    let mut holds = lists(now, before);
    let held: Vec<List> = holds.iter().map(|(list, _)| *list).collect();
    let is_there = |row: &&OpenRow| now.lists.contains_key(&row.list.number()) && !held.contains(&row.list);
    let open: Vec<&OpenRow> = before.open.iter().filter(is_there).collect();
    let mut all: Vec<Hold> = holds.drain(..).map(|(_, hold)| hold).collect();
    all.extend(vanished(&open, now, before));
    all.extend(status(now, &held));
    all
}

/// Lists that are absent, have headers only, or half their rows or fewer.
fn lists(now: &Gathered, before: &Before) -> Vec<(List, Hold)> {
    let mut holds = Vec::new();
    for list in List::ALL {
        let Some(earlier) = before.lists.get(&list.number()) else { continue };
        let rows = now.lists.get(&list.number()).map(|facts| facts.rows);
        let what = match rows {
            None if earlier.rows >= SMALL => "it is not in this one".to_owned(),
            Some(0) if earlier.rows >= SMALL => "in this one it has its headers and no rows".to_owned(),
            Some(rows) if earlier.rows >= LARGE && rows * 2 <= earlier.rows => format!("in this one it has {rows}"),
            _ => continue,
        };
        let message = format!(
            "{} had {} in the extract as at {}; {what}. Check that the export is complete.",
            title(list),
            counted(earlier.rows, "row", "rows"),
            day(earlier.as_at)
        );
        let hold = Hold::new(HoldKind::MissingList, message).on(list).numbers(earlier.rows, rows.unwrap_or_default());
        holds.push((list, hold));
    }
    holds
}

/// Open rows of the extracts before that are not in this one and have no end in it: by list, else of all lists together,
/// else by service.
fn vanished(open: &[&OpenRow], now: &Gathered, before: &Before) -> Vec<Hold> {
    let gone = gone(open, now, before);
    let mut by_list: BTreeMap<List, (u64, u64)> = BTreeMap::new();
    let mut by_service: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (row, gone) in open.iter().zip(&gone) {
        let list = by_list.entry(row.list).or_default();
        *list = (list.0 + u64::from(*gone), list.1 + 1);
        if let Some(service) = &row.service {
            let service = by_service.entry(service).or_default();
            *service = (service.0 + u64::from(*gone), service.1 + 1);
        }
    }
    let many = |(gone, all): (u64, u64)| gone >= VANISHED.0 && gone * 100 > all * VANISHED.1;
    let hold = |(gone, all): (u64, u64), place: &str, as_at: NaiveDate| {
        let message = format!(
            "{gone} of {all} open rows{place} of the extract as at {} are not in this one and have no end in it. Check that the export is complete: children do not leave without an end.",
            day(as_at)
        );
        Hold::new(HoldKind::MissingList, message).numbers(all, all - gone)
    };
    let date_of = |list: List| before.lists.get(&list.number()).map_or(before.as_at, |earlier| earlier.as_at);
    let lists: Vec<Hold> = by_list
        .iter()
        .filter(|(_, counts)| many(**counts))
        .map(|(list, counts)| hold(*counts, &format!(" of {}", title(*list)), date_of(*list)).on(*list))
        .collect();
    if !lists.is_empty() {
        return lists;
    }
    let whole = (gone.iter().filter(|gone| **gone).count() as u64, gone.len() as u64);
    if many(whole) {
        return vec![hold(whole, " of lists 6 to 8", before.as_at)];
    }
    let services = by_service.into_iter().filter(|(_, counts)| many(*counts));
    services.map(|(service, counts)| hold(counts, &format!(" of the service {service}"), before.as_at)).collect()
}

/// Which of the rows are gone: the child has fewer rows that could be theirs. A row could be where it has the same start,
/// or was open on the date of the earlier extract, whatever was corrected in it.
fn gone(open: &[&OpenRow], now: &Gathered, before: &Before) -> Vec<bool> {
    let mut of_child: HashMap<(List, &str), Vec<usize>> = HashMap::new();
    for (at, row) in open.iter().enumerate() {
        of_child.entry((row.list, &row.child)).or_default().push(at);
    }
    let mut gone = vec![false; open.len()];
    for ((list, child), rows) in of_child {
        let then = before.lists.get(&list.number()).map_or(before.as_at, |earlier| earlier.as_at);
        let starts: Vec<Option<NaiveDate>> = rows.iter().map(|at| open[*at].start).collect();
        let spells = now.spells.spells.get(&(list, Arc::from(child))).map_or(&[][..], Vec::as_slice);
        let kept = spells.iter().filter(|(start, end)| starts.contains(start) || is_open(*start, *end, then)).count();
        // The ones that are surely still there are those whose start is: they are not the ones that went.
        let mut order = rows;
        order.sort_by_key(|at| !spells.iter().any(|(start, _)| *start == open[*at].start));
        for at in order.into_iter().skip(kept) {
            gone[at] = true;
        }
    }
    gone
}

/// Children whom List 6 says to be in care or on a plan, and whom List 8 or List 7 does not know.
fn status(now: &Gathered, held: &[List]) -> Vec<Hold> {
    let SpellFacts { spells, looked_after, on_a_plan, .. } = &now.spells;
    let of = |list: List, children: &HashSet<Arc<str>>, what: &str| {
        let unknown = children.iter().filter(|child| !spells.contains_key(&(list, Arc::clone(child)))).count();
        let many = unknown >= UNKNOWN.0 && unknown * 100 >= children.len() * UNKNOWN.1 && !held.contains(&list);
        many.then(|| {
            let message = format!(
                "List 6 says of {} that they are {what}; {unknown} of them are not in {}. Check that the list is there and complete.",
                counted(children.len() as u64, "child", "children"),
                title(list)
            );
            Hold::new(HoldKind::MissingList, message).on(list).numbers(children.len(), children.len() - unknown)
        })
    };
    let holds = [
        of(List::ProtectionPlans, on_a_plan, "on a child protection plan"),
        of(List::ChildrenInCare, looked_after, "looked after"),
    ];
    holds.into_iter().flatten().collect()
}
