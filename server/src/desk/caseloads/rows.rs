//! Lines of caseloads in words.

use super::{NOT_SUPPLIED, team_name};
use crate::council::Council;
use crate::desk::{Links, words};
use crate::reading::{NO_TEAM, Selection};
use app::data::{Link, Standing, TeamCaseloadRow, WorkerCaseloadRow};
use domain::caseload::{InFile, InPost, Part, Staff, TeamCaseload, WorkerCaseload};
use domain::workforce::{Fte, Post};

/// "15.2", or a dash where it cannot be told.
pub(super) fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
}

/// "3 of 12 (25.0%)"; a dash where it is known of nobody.
pub(super) fn part(part: Part) -> String {
    if part.whole == 0 {
        return "–".to_owned();
    }
    let share = words::share(part.part as f64 / part.whole as f64);
    format!("{} of {} ({share})", words::thousands(part.part), words::thousands(part.whole))
}

pub(super) fn team(links: Links, selection: &Selection, line: &TeamCaseload) -> TeamCaseloadRow {
    let caseload = &line.caseload;
    let told = |tell: &dyn Fn(&Staff) -> String| caseload.staff.as_ref().map_or_else(|| NOT_SUPPLIED.to_owned(), tell);
    let name = team_name(line.team.as_deref());
    let of_team = Selection { team: Some(name.to_owned()), ..selection.clone() };
    TeamCaseloadRow {
        team: Link { text: name.to_owned(), href: links.caseloads(&of_team, &[]) },
        children: caseload.children,
        workers: caseload.workers,
        above: caseload.above,
        per_fte: told(&|staff| ratio(staff.children_per_fte())),
        agency: told(&|staff| part(staff.agency)),
        newly_qualified: told(&|staff| part(staff.newly_qualified)),
        per_manager: told(&|staff| ratio(staff.workers_per_manager())),
        managers_holding: caseload.managers_holding,
        not_in_post: told(&|staff| words::thousands(staff.not_in_post)),
        without_child: told(&|staff| words::thousands(staff.without_child)),
    }
}

pub(super) fn worker(council: &Council, selection: &Selection, line: &WorkerCaseload) -> WorkerCaseloadRow {
    let limit = u64::from(council.standards.caseload_limit);
    let selected = Selection { worker: Some(line.worker.to_string()), ..selection.clone() };
    WorkerCaseloadRow {
        worker: line.worker.to_string(),
        href: (line.children > 0).then(|| council.links().children("ALL-01", &selected, &[])),
        team: teams(line),
        children: line.children,
        above: line.above.then(|| format!("{} above the limit of {limit}", line.children.saturating_sub(limit))),
        role: role(line),
        fte: told(line, |post| post.fte.map(|fte| fte.to_string())),
        per_fte: told(line, |_| line.children_per_fte().map(|value| format!("{value:.1}"))),
        marks: marks(line),
    }
}

/// The teams of a worker, one after the other.
pub(super) fn teams(line: &WorkerCaseload) -> String {
    let teams: Vec<&str> = line.teams.iter().map(|team| &**team).collect();
    if teams.is_empty() { NO_TEAM.to_owned() } else { teams.join(", ") }
}

/// The role of a worker.
pub(super) fn role(line: &WorkerCaseload) -> String {
    told(line, |post| post.role.as_ref().map(|role| role.title().to_owned()))
}

/// What the file says: a dash where it does not, and where there is no file that.
fn told(line: &WorkerCaseload, tell: impl FnOnce(&InPost) -> Option<String>) -> String {
    match &line.in_file {
        InFile::NotSupplied => NOT_SUPPLIED.to_owned(),
        InFile::InPost(post) => tell(post).unwrap_or_else(|| "–".to_owned()),
        InFile::Missing | InFile::Left(_) => "–".to_owned(),
    }
}

/// What to know of a worker, the most urgent first.
pub(super) fn marks(line: &WorkerCaseload) -> Vec<(String, Standing)> {
    let mut marks = Vec::new();
    let mut mark = |text: &str, standing| marks.push((text.to_owned(), standing));
    match &line.in_file {
        InFile::Left(day) => mark(&format!("Left on {}", words::date(*day)), Standing::Bad),
        InFile::Missing => mark("Not in the workforce file", Standing::Near),
        InFile::NotSupplied | InFile::InPost(_) => {}
    }
    if line.manager {
        match line.children {
            0 => mark("Manager", Standing::Neutral),
            _ => mark("Manager who holds cases", Standing::Bad),
        }
    }
    let Some(post) = line.in_post() else { return marks };
    if line.children == 0 && !line.manager {
        mark("Holds no child", Standing::Near);
    }
    if !post.is_here {
        mark("Of another team in the workforce file", Standing::Near);
    }
    if post.fte == Some(Fte::default()) {
        mark("No hours", Standing::Near);
    }
    for (answer, text) in [(post.newly_qualified, "Newly qualified"), (post.agency, "Agency")] {
        if answer == Some(true) {
            mark(text, Standing::Neutral);
        }
    }
    if let Some(Post::Other(_)) = &post.role {
        mark("Unknown role", Standing::Neutral);
    }
    marks
}
