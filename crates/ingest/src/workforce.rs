//! `workforce.csv`: who works where, in which role and for how much of the week.
//!
//! A caseload read off a wrong line would be laid at a person's door, so one bad row refuses the file.

use super::problems::{ProblemKind, Severity};
use super::table::{Table, TableRow};
use domain::names::name_key;
use domain::workforce::{Fte, Post, WorkforceLine};

impl Table for WorkforceLine {
    const LIST: &'static str = "workforce";
    const COLUMNS: &'static [(bool, &'static str)] = &[
        (true, "worker"),
        (false, "team"),
        (false, "role"),
        (false, "fte"),
        (false, "agency"),
        (false, "newly_qualified"),
        (false, "permanent"),
        (false, "started"),
        (false, "left"),
    ];
    const STRICT: bool = true;

    fn read(row: &mut TableRow<'_>) -> Option<Self> {
        let role = row.text("role").map(|role| Post::read(&role));
        if matches!(role, Some(Post::Other(_))) {
            row.warning(ProblemKind::UnknownRole, "role", "an unknown role, kept as written: no manager is seen in it");
        }
        let fte = row.text("fte").and_then(|fte| {
            fte.parse::<Fte>().map_err(|bad| row.error(ProblemKind::BadFte, "fte", bad.to_string())).ok()
        });
        let line = Self {
            worker: row.required("worker").unwrap_or_default(),
            team: row.text("team"),
            role,
            fte,
            agency: row.yes_or_no("agency"),
            newly_qualified: row.yes_or_no("newly_qualified"),
            permanent: row.yes_or_no("permanent"),
            started: row.date("started", Severity::Error),
            left: row.date("left", Severity::Error),
        };
        if line.started.zip(line.left).is_some_and(|(started, left)| left < started) {
            row.error(ProblemKind::StartAfterEnd, "left", "lies before the start: put one of the two dates right");
        }
        Some(line)
    }

    fn group(&self) -> Option<String> {
        Some(format!("{}\n{}", name_key(&self.worker), self.team.as_deref().map(name_key).unwrap_or_default()))
    }

    fn clash(&self, other: &Self) -> Option<&'static str> {
        self.clashes_with(other).then_some(
            "the same worker stands in the same team above at the same time: delete one line, give the first an end, or \
             tell two people of one name apart as the case system does",
        )
    }
}
