//! Caseloads: who holds how many children, beside the workforce file.

use super::{Choice, Link, Standing};
use serde::{Deserialize, Serialize};

/// What caseloads are asked for, as it stands in the address. Every value is free text from outside; the server reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CaseloadQuery {
    /// One service.
    pub service: Option<String>,
    /// One team; "(no team)" too.
    pub team: Option<String>,
    /// Page of the workers, from 1.
    pub page: Option<String>,
    /// As at which date; nothing is the newest.
    pub as_at: Option<String>,
}

/// `/caseloads`: who holds how many children?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseloadsPage {
    /// "Whole council", a service or a team.
    pub place: String,
    /// Where the workforce comes from, or that it was not supplied.
    pub workforce: String,
    /// Whether there is a workforce file.
    pub supplied: bool,
    /// The limit, and how it is counted.
    pub limit: String,
    /// Services to choose from: only those the viewer may read.
    pub services: Vec<Choice>,
    /// Teams.
    pub teams: Vec<Choice>,
    /// Hidden fields of the filter form: what else stands in the address.
    pub kept: Vec<(String, String)>,
    /// The whole of the selection: a name, a value, and of what.
    pub totals: Vec<CaseloadTotal>,
    /// By team.
    pub by_team: Vec<TeamCaseloadRow>,
    /// The workers of this page.
    pub workers: Vec<WorkerCaseloadRow>,
    /// All workers of the selection.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// How many pages.
    pub pages: u64,
    /// Previous page.
    pub previous: Option<String>,
    /// Next page.
    pub next: Option<String>,
    /// The whole table by worker, to take away.
    pub exports: Vec<Link>,
}

/// A figure of the whole selection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseloadTotal {
    /// "Children per full-time equivalent".
    pub name: String,
    /// "15.2", or "Not supplied".
    pub value: String,
    /// "210 children held on 13.8 full-time equivalents".
    pub detail: String,
    /// Where to.
    pub href: Option<String>,
}

/// A team. What the workforce file would say reads "Not supplied" without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamCaseloadRow {
    /// The team, leading to its caseloads.
    pub team: Link,
    /// Children held by a worker.
    pub children: u64,
    /// Workers who hold one.
    pub workers: u64,
    /// Workers above the limit.
    pub above: u64,
    /// Children for each full-time equivalent.
    pub per_fte: String,
    /// "3 of 12".
    pub agency: String,
    /// "2 of 12".
    pub newly_qualified: String,
    /// Workers for each manager.
    pub per_manager: String,
    /// Managers who hold children.
    pub managers_holding: u64,
    /// Workers who hold children and are not in post in the file.
    pub not_in_post: String,
    /// Workers in post who hold no child.
    pub without_child: String,
}

/// A worker.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WorkerCaseloadRow {
    /// The worker.
    pub worker: String,
    /// The worker's children; `None` for who holds none.
    pub href: Option<String>,
    /// Teams.
    pub team: String,
    /// Children held.
    pub children: u64,
    /// "2 above the limit of 18".
    pub above: Option<String>,
    /// The role, or that it is not known.
    pub role: String,
    /// Full-time equivalents.
    pub fte: String,
    /// Children for each full-time equivalent.
    pub per_fte: String,
    /// "Agency", "Newly qualified", "Manager who holds cases", "Not in the workforce file", each with its standing.
    pub marks: Vec<(String, Standing)>,
}
