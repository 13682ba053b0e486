//! Caseloads: the children that each worker and team holds, beside what the workforce file says of them.
//!
//! The children are those of WF-01 and WF-02, counted from the same tallies by the same functions, so that a table here
//! and the list behind either figure never differ. Of the workforce nothing is assumed: what its file does not say is
//! "not known", and a worker who stands on one side alone is shown as such.

mod group;

pub use group::{Caseload, Part, Staff};

use crate::measures::figure::{Tally, children_by_worker, is_above};
use crate::names::name_key;
use crate::registers::Managers;
use crate::standards::Standards;
use crate::workforce::{Fte, Post, Workforce, WorkforceLine};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the workforce file says of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InFile {
    /// There was no file up to that date.
    NotSupplied,
    /// The worker does not stand in it.
    Missing,
    /// The worker left on this day.
    Left(NaiveDate),
    /// The worker is in post.
    InPost(InPost),
}

/// A worker in post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPost {
    /// The role.
    pub role: Option<Post>,
    /// Full-time equivalents; `None` where a line does not say.
    pub fte: Option<Fte>,
    /// Whether through an agency.
    pub agency: Option<bool>,
    /// Whether newly qualified.
    pub newly_qualified: Option<bool>,
    /// Whether the file puts the worker into one of the teams asked about; children may be held in another.
    pub is_here: bool,
}

/// A worker's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCaseload {
    /// The worker, as the extract shows the name first, else as the workforce file writes it.
    pub worker: Arc<str>,
    /// The teams: of the children held; of a worker without any, those of the workforce file.
    pub teams: Vec<Arc<str>>,
    /// Children held.
    pub children: u64,
    /// Whether that is above the caseload limit, as WF-02 counts it.
    pub above: bool,
    /// Whether a manager, by the organisation or the workforce file.
    pub manager: bool,
    /// What the workforce file says.
    pub in_file: InFile,
}

impl WorkerCaseload {
    /// The worker where the file has one in post.
    #[must_use]
    pub fn in_post(&self) -> Option<&InPost> {
        match &self.in_file {
            InFile::InPost(post) => Some(post),
            _ => None,
        }
    }

    /// Children for each full-time equivalent; `None` where the time is not known or none.
    #[must_use]
    pub fn children_per_fte(&self) -> Option<f64> {
        self.in_post()?.fte?.share_of(self.children)
    }
}

/// A team's line.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamCaseload {
    /// The team as shown; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// Its caseload.
    pub caseload: Caseload,
}

/// Caseloads of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Caseloads {
    /// The whole of it; a worker with children in two teams counts once.
    pub whole: Caseload,
    /// By team, in the order of their keys, those without a team last; a worker with children in two teams counts in
    /// both, judged on each team's children ("Rules for all", 11).
    pub teams: Vec<TeamCaseload>,
    /// By worker: the most children first, then by name.
    pub workers: Vec<WorkerCaseload>,
}

/// What caseloads are made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The tallies of WF-01, one for each team and worker: those that may be read and are asked for.
    pub tallies: &'a [Tally],
    /// Lines of the workforce in post, those that may be read and are asked for.
    pub posts: &'a [WorkforceLine],
    /// The whole workforce; `None` where no file was supplied.
    pub workforce: Option<&'a Workforce>,
    /// Who manages.
    pub managers: &'a Managers,
    /// The standards in force.
    pub standards: &'a Standards,
}

/// Lines of the workforce by the worker's key.
type Posts<'a> = BTreeMap<String, Vec<&'a WorkforceLine>>;

fn by_worker<'a>(posts: impl IntoIterator<Item = &'a WorkforceLine>) -> Posts<'a> {
    let mut by_worker = Posts::new();
    for post in posts {
        by_worker.entry(name_key(&post.worker)).or_default().push(post);
    }
    by_worker
}

impl Caseloads {
    /// The caseloads of these sources.
    #[must_use]
    pub fn of(sources: &Sources<'_>) -> Self {
        let posts = by_worker(sources.posts);
        let whole = Caseload::of(sources, sources.tallies, &posts);
        let mut workers = workers(sources, &posts);
        workers.sort_by_cached_key(|line| (Reverse(line.children), name_key(&line.worker)));
        Self { whole, teams: teams(sources), workers }
    }
}

/// What stands under one team.
#[derive(Default)]
struct OfTeam<'a> {
    shown: Option<Arc<str>>,
    tallies: Vec<&'a Tally>,
    posts: Vec<&'a WorkforceLine>,
}

fn teams(sources: &Sources<'_>) -> Vec<TeamCaseload> {
    // Without a team sorts last.
    let key = |team: Option<&str>| (team.is_none(), team.map(name_key).unwrap_or_default());
    let mut teams: BTreeMap<(bool, String), OfTeam<'_>> = BTreeMap::new();
    for tally in sources.tallies {
        let of_team = teams.entry(key(tally.team.as_deref())).or_default();
        if of_team.shown.is_none() {
            of_team.shown.clone_from(&tally.team);
        }
        of_team.tallies.push(tally);
    }
    for post in sources.posts {
        let of_team = teams.entry(key(post.team.as_deref())).or_default();
        if of_team.shown.is_none() {
            of_team.shown = post.team.as_deref().map(Arc::from);
        }
        of_team.posts.push(post);
    }
    teams
        .into_values()
        .map(|OfTeam { shown, tallies, posts }| TeamCaseload {
            caseload: Caseload::of(sources, tallies, &by_worker(posts)),
            team: shown,
        })
        .collect()
}

fn workers(sources: &Sources<'_>, posts: &Posts<'_>) -> Vec<WorkerCaseload> {
    let mut teams: BTreeMap<&str, Vec<Arc<str>>> = BTreeMap::new();
    for tally in sources.tallies {
        if let (Some(worker), Some(team)) = (&tally.worker, &tally.team) {
            teams.entry(worker).or_default().push(Arc::clone(team));
        }
    }
    let mut workers = Vec::new();
    let mut holders = BTreeSet::new();
    for (name, (worker, children)) in children_by_worker(sources.tallies) {
        let key = name_key(name);
        workers.push(WorkerCaseload {
            teams: teams.remove(name).unwrap_or_default(),
            children,
            above: is_above(children, sources.standards),
            manager: sources.managers.has(name),
            in_file: in_file(sources, posts, &key),
            worker: Arc::clone(worker),
        });
        holders.insert(key);
    }
    let without = posts.iter().filter(|(key, _)| !holders.contains(*key));
    workers.extend(without.filter_map(|(key, lines)| {
        Some(WorkerCaseload {
            worker: lines.first()?.worker.as_str().into(),
            teams: lines.iter().filter_map(|line| line.team.as_deref().map(Arc::from)).collect(),
            children: 0,
            above: false,
            manager: sources.managers.has(key),
            in_file: in_file(sources, posts, key),
        })
    }));
    workers
}

/// What the file says of a worker: of the lines of the group where there are any, else of all.
fn in_file(sources: &Sources<'_>, posts: &Posts<'_>, key: &str) -> InFile {
    let Some(workforce) = sources.workforce else { return InFile::NotSupplied };
    let here = posts.get(key);
    let elsewhere = || workforce.of(key).iter().collect();
    let lines: Vec<&WorkforceLine> = here.cloned().unwrap_or_else(elsewhere);
    match (lines.is_empty(), workforce.left(key)) {
        (true, Some(left)) => InFile::Left(left),
        (true, None) => InFile::Missing,
        (false, _) => InFile::InPost(InPost {
            role: lines.iter().find_map(|line| line.role.clone()),
            fte: whole_time(&lines),
            agency: either(lines.iter().map(|line| line.agency)),
            newly_qualified: either(lines.iter().map(|line| line.newly_qualified)),
            is_here: here.is_some(),
        }),
    }
}

/// The time of all lines together; not known where one does not say.
fn whole_time(lines: &[&WorkforceLine]) -> Option<Fte> {
    lines.iter().try_fold(Fte::default(), |sum, line| Some(sum + line.fte?))
}

/// Yes where one says yes, no where one says no and none yes.
fn either(answers: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    answers.into_iter().flatten().reduce(|one, other| one || other)
}
