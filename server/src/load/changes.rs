//! What is unusual about an extract, and what loading it would change: a person confirms before it happens.

use crate::load::LoadRequest;
use crate::load::assembly::Assembly;
use crate::load::report::ListCounts;
use crate::store::extracts::Extract;
use crate::store::people::Kind;
use chrono::NaiveDate;
use domain::record::List;
use ingest::Extract as Read;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Lists smaller than this may halve without a question.
const FEW: u64 = 20;

/// What a load would change among the stored versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) new: u64,
    pub(crate) ended: u64,
    pub(crate) same: u64,
}

/// Reasons to ask before loading; none when nothing is unusual.
pub(crate) fn reasons_to_ask(
    LoadRequest { as_at, asked_on, .. }: &LoadRequest,
    read: &Read,
    assembly: &Assembly,
    before: Option<&Extract>,
    newest: Option<NaiveDate>,
    children_before: &HashSet<i64>,
    known: &HashMap<(Kind, Arc<str>), i64>,
) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(today) = asked_on.filter(|today| as_at > today) {
        reasons.push(format!(
            "The as-at date {as_at} lies after today, {today}. If it is mistyped, cancel and give the right one: every extract after it would count as older."
        ));
    }
    if let Some(newest) = newest.filter(|newest| as_at < newest) {
        reasons.push(format!(
            "This extract is as at {as_at}; the newest one loaded is as at {newest}. It would be put in its place in the past and the newest figures would stay."
        ));
    }
    let stored = before.and_then(|extract| ListCounts::read_all(&extract.report).ok()).unwrap_or_default();
    // The report names the council's own tables too. They are no lists: one that does not come again stays as it was.
    let is_list = |label: &str| List::ALL.into_iter().any(|list| list.label() == label);
    for list in stored.iter().filter(|list| list.loaded >= FEW && is_list(&list.list)) {
        let now = read.lists.iter().find(|read| read.list.label() == list.list);
        match now {
            None => reasons
                .push(format!("{} had {} rows in the extract before and is not in this one.", list.list, list.loaded)),
            Some(now) if now.loaded * 2 < list.loaded => reasons.push(format!(
                "{} had {} rows in the extract before and has {} in this one.",
                list.list, list.loaded, now.loaded
            )),
            Some(_) => {}
        }
    }
    if children_before.len() as u64 >= FEW {
        let now: HashSet<i64> = assembly.people.iter().filter_map(|person| known.get(person)).copied().collect();
        let gone = children_before.iter().filter(|child| !now.contains(child)).count();
        if gone * 2 > children_before.len() {
            reasons.push(format!(
                "{gone} of the {} children of the extract before are not in this one: is it another council's, or an incomplete one?",
                children_before.len()
            ));
        }
    }
    reasons
}

impl Changed {
    /// What would change, in a sentence.
    pub(crate) fn sentence(self) -> String {
        format!(
            "It would add {} new or changed records, end {} and leave {} as they are.",
            self.new, self.ended, self.same
        )
    }
}
