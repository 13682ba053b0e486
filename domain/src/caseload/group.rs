//! The caseload of a group of workers: a team, or the whole of a selection.

use super::{InFile, Posts, Sources, either, in_file};
use crate::measures::figure::{Tally, children_by_worker, is_above};
use crate::names::name_key;
use crate::workforce::{Fte, WorkforceLine};
use std::collections::BTreeMap;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// How many.
    pub part: u64,
    /// Of how many of whom it is known.
    pub whole: u64,
}

impl Part {
    fn of(answers: impl IntoIterator<Item = Option<bool>>) -> Self {
        answers
            .into_iter()
            .flatten()
            .fold(Self::default(), |sum, yes| Self { part: sum.part + u64::from(yes), whole: sum.whole + 1 })
    }
}

/// The caseload of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Caseload {
    /// Children held: the numerator of WF-01.
    pub children: u64,
    /// Workers who hold one: the denominator of WF-01 and of WF-02.
    pub workers: u64,
    /// Workers above the limit: the numerator of WF-02.
    pub above: u64,
    /// Managers who hold children.
    pub managers_holding: u64,
    /// What the workforce file adds; `None` where no file was supplied.
    pub staff: Option<Staff>,
}

/// What the workforce file says of a group. Workers are counted by head, and one with two lines once.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    /// Workers in post, managers apart.
    pub workers: u64,
    /// Managers in post.
    pub managers: u64,
    /// Agency workers, of those in post of whom it is known; managers too.
    pub agency: Part,
    /// Newly qualified workers, of those in post of whom it is known.
    pub newly_qualified: Part,
    /// Children held by workers whose time is known and more than none.
    pub children_with_fte: u64,
    /// The full-time equivalents of those workers.
    pub fte: Fte,
    /// Workers who hold children and whose time is not known, or none: their children are not in the two above.
    pub holders_without_fte: u64,
    /// Workers who hold children and are not in post in the file.
    pub not_in_post: u64,
    /// Workers in post, managers apart, who hold no child of the group.
    pub without_child: u64,
}

impl Staff {
    /// Children for each full-time equivalent, of the workers whose time is known.
    #[must_use]
    pub fn children_per_fte(&self) -> Option<f64> {
        self.fte.share_of(self.children_with_fte)
    }

    /// Workers for each manager, by head; `None` without a manager.
    #[must_use]
    pub fn workers_per_manager(&self) -> Option<f64> {
        (self.managers > 0).then(|| self.workers as f64 / self.managers as f64)
    }
}

impl Caseload {
    /// The caseload of the group with these tallies and lines of the workforce.
    pub(super) fn of<'a>(
        sources: &Sources<'_>,
        tallies: impl IntoIterator<Item = &'a Tally>,
        posts: &Posts<'_>,
    ) -> Self {
        let held = children_by_worker(tallies);
        let children = |(_, children): &(_, u64)| *children;
        Self {
            children: held.values().map(children).sum(),
            workers: held.len() as u64,
            above: held.values().map(children).filter(|children| is_above(*children, sources.standards)).count() as u64,
            managers_holding: held.keys().filter(|worker| sources.managers.has(worker)).count() as u64,
            staff: sources.workforce.map(|_| {
                let held = held.iter().map(|(worker, held)| (name_key(worker), children(held)));
                staff(sources, posts, &held.collect())
            }),
        }
    }
}

/// `held` are children by the worker's key.
fn staff(sources: &Sources<'_>, posts: &Posts<'_>, held: &BTreeMap<String, u64>) -> Staff {
    let (managers, workers): (Vec<&String>, Vec<&String>) = posts.keys().partition(|key| sources.managers.has(key));
    let answers = |answer: fn(&WorkforceLine) -> Option<bool>| {
        Part::of(posts.values().map(|lines| either(lines.iter().map(|line| answer(line)))))
    };
    let mut staff = Staff {
        workers: workers.len() as u64,
        managers: managers.len() as u64,
        agency: answers(|line| line.agency),
        newly_qualified: answers(|line| line.newly_qualified),
        children_with_fte: 0,
        fte: Fte::default(),
        holders_without_fte: 0,
        not_in_post: 0,
        without_child: workers.iter().filter(|key| !held.contains_key(**key)).count() as u64,
    };
    for (worker, children) in held {
        let fte = match in_file(sources, posts, worker) {
            InFile::InPost(post) => post.fte.filter(|fte| fte.parts() > 0),
            InFile::Missing | InFile::Left(_) | InFile::NotSupplied => {
                staff.not_in_post += 1;
                None
            }
        };
        match fte {
            Some(fte) => {
                staff.children_with_fte += children;
                staff.fte = staff.fte + fte;
            }
            None => staff.holders_without_fte += 1,
        }
    }
    staff
}
