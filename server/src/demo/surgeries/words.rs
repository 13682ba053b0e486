//! What the demo's people write. None of it names a child.

use super::timetable::Of;
use chrono::NaiveDate;
use domain::measures::measure;
use domain::surgery::{ItemDraft, ItemKind};
use std::collections::BTreeMap;

/// The lists of recommendations, as they are pasted.
pub(super) const RECOMMENDATIONS: &str = "\
Improvement plan,1.2,Assessments are completed within 45 working days and the backlog is cleared
Improvement plan,2.1,Children are seen as often as their plan says and the visit is recorded in time
Improvement plan,2.3,Every open child has a named allocated worker
Improvement plan,4.1,Leaders know their services through live data and act on what it shows
Inspection,3,Hand-offs between teams do not delay help for children
Inspection,5,Managers follow actions through until the difference for children is known
";

/// The recommendation that an action answers, as source and reference.
pub(super) fn recommendation(of: Of, measure: &str) -> Option<(&'static str, &'static str)> {
    match (of, measure) {
        (Of::Pathway, _) => Some(("Inspection", "3")),
        (_, "ASM-01" | "ASM-02") => Some(("Improvement plan", "1.2")),
        (_, "CPP-01" | "CIN-01" | "DOR-01" | "CLA-01") => Some(("Improvement plan", "2.1")),
        (_, "ALL-01") => Some(("Improvement plan", "2.3")),
        (Of::Service, _) => Some(("Improvement plan", "4.1")),
        _ => None,
    }
}

/// One of several ways to say it.
pub(super) fn one_of<'a>(ways: &[&'a str], turn: usize) -> &'a str {
    ways.get(turn % ways.len().max(1)).copied().unwrap_or_default()
}

/// Whether the children on the wrong side of a measure wait for an act, so that a list of them gets shorter by acting.
fn has_late_list(measure: &str) -> bool {
    matches!(
        measure,
        "ASM-02" | "S47-02" | "CPP-01" | "CPP-05" | "CIN-01" | "CIN-03" | "ALL-01" | "DOR-01" | "CLA-01" | "CLA-03"
    )
}

/// What is to be done.
pub(super) fn what(of: Of, id: &str, place: &str) -> String {
    match (of, id) {
        (Of::Children, "CPP-01" | "CLA-01") => "See each of these children this week and write the visit up".into(),
        (Of::Children, "CIN-01") => "Visit these children and write each visit up within two working days".into(),
        (Of::Children, "ALL-01") => "Allocate a named worker to each of these children".into(),
        (Of::Children, "DOR-01") => "See these children, or close the case with the reason recorded".into(),
        (Of::Children, "ASM-02") => "Complete and authorise these overdue assessments".into(),
        (Of::Children, _) => "Put right what this list shows, child by child".into(),
        (Of::Team, id) if has_late_list(id) => format!("Hold a weekly meeting over the late list of {place}"),
        (Of::Team, id) => {
            let name = measure(id).map_or("the figure", |measure| measure.name);
            format!("Look with the quality lead at ten cases behind “{name}” in {place}")
        }
        (Of::Pathway, _) => format!("Hold one hand-over meeting a week {place}"),
        (Of::Service, _) => format!("Bring a new duty and allocation rota for {place} to the next surgery"),
    }
}

/// Why.
pub(super) fn why(of: Of, id: &str, as_at: NaiveDate) -> String {
    let name = measure(id).map_or("The register", |measure| measure.name);
    let date = date(as_at);
    match of {
        Of::Children => format!("{name}: these children have waited longest in the extract as at {date}"),
        Of::Team => format!("{name}: the team differs from its service by more than chance as at {date}"),
        Of::Pathway => format!("{name}: children wait between the two teams, and both had counted on the other"),
        Of::Service => format!("{name}: what was tried team by team has not moved the figure as at {date}"),
    }
}

/// What the data tells of an item: how many lines, and which teams hold most of them.
pub(super) fn narrative(draft: &ItemDraft, as_at: NaiveDate, turn: usize) -> String {
    let mut teams: BTreeMap<&str, usize> = BTreeMap::new();
    for child in &draft.children {
        *teams.entry(child.team.as_deref().unwrap_or("no team")).or_default() += 1;
    }
    let mut teams: Vec<(&str, usize)> = teams.into_iter().collect();
    teams.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let date = date(as_at);
    let lines = draft.children.len();
    match (teams.as_slice(), draft.kind) {
        ([], ItemKind::Action) => format!(
            "Recorded at an earlier surgery. {}",
            one_of(&["The Head of Service reports in the meeting.", "The measure is set beside its baseline."], turn)
        ),
        ([], _) => format!("No single child stands behind this figure as at {date}: it is about the whole."),
        ([(team, _)], _) => format!("{} as at {date}, all with {team}.", lines_of(lines)),
        ([(first, most), (second, next), ..], _) => format!(
            "{} as at {date}. {first} holds {most} of them and {second} {next}. {}",
            lines_of(lines),
            one_of(
                &[
                    "The late ones are not the same children as a month ago: visits come late rather than never.",
                    "About half have been on the list for more than one surgery.",
                    "Part of it is recording: visits are written up a week and more after they took place.",
                ],
                turn
            )
        ),
    }
}

fn lines_of(count: usize) -> String {
    if count == 1 { "One child".to_owned() } else { format!("{count} lines of children") }
}

/// What was said of an item.
pub(super) fn discussion(kind: ItemKind, turn: usize) -> &'static str {
    let ways: &[&str] = match kind {
        ItemKind::Action => &[
            "The Head of Service explained what stands in the way. Two workers were off sick; cover is in place from Monday.",
            "Progress is real but slower than agreed. The date stays.",
            "Challenged: the same answer as last time. The Director wants to see the list at the next surgery.",
        ],
        ItemKind::Measure => &[
            "The room agreed that this is a true change and not a slip of one week. Capacity in two teams explains most of it.",
            "The manager showed that half of the late cases are one worker's, who has left. They are given out this week.",
            "Asked whether it is recording or practice: the dip sample says both. The next extract will tell.",
        ],
        ItemKind::Team => &[
            "The team lost its deputy manager in the spring, and supervision slipped with that. A deputy starts this month.",
            "The other teams hold a short meeting over the list every Monday. This team takes that over.",
            "Not the workers' caseloads: they are as everywhere. The visits are planned too late in the month.",
        ],
        ItemKind::Attention => &["Looked at one by one. Four are known and have a plan; the others get a review."],
        ItemKind::Unallocated => &[
            "Every one gets a name by Friday. Duty holds them until then and sees those with a plan.",
            "Down from last time. What is left came in this week.",
        ],
        ItemKind::Managers => {
            &["Managers hold these only until a worker starts. The Head of Service checks in two weeks."]
        }
        ItemKind::Dormant => &["To be seen or closed: none may stand without a contact for another month."],
        ItemKind::Answers => &[
            "The manager had said that they were seen. The extract does not show it, and the files were looked at in the room.",
        ],
        ItemKind::FallingDue => &["Dates are in diaries. Those that fall into the holidays are brought forward."],
        ItemKind::Own => &["Talked through. No action beyond what is agreed already."],
    };
    one_of(ways, turn)
}

/// How it goes, between recording and report.
pub(super) fn progress(done: usize, of: usize, turn: usize) -> String {
    if of > 0 {
        return format!(
            "{done} of {of} shown in the newest extract. The others are booked; the manager rings round on Friday."
        );
    }
    one_of(
        &[
            "The first two meetings were held. The list is shorter, and what is left has a date.",
            "Agreed with the other manager; the first joint meeting is next week.",
            "The rota is drafted and with the team managers until Friday.",
        ],
        turn,
    )
    .to_owned()
}

/// A report of what changed, and how sure it is.
pub(super) fn report(of: Of, id: &str, proof: Proof, turn: usize) -> &'static str {
    match (of, proof, id) {
        (Of::Children, Proof::Shown, "ASM-02") => {
            "All are authorised and in the extract. Two led to a plan, the others were closed or stepped down."
        }
        (Of::Children, Proof::Shown, "ALL-01") => "Every child has a named worker, and each has been told who it is.",
        (Of::Children, Proof::Shown, _) => one_of(
            &[
                "Every child on the list was seen and it is on record. Two plans were changed because of what the visits found.",
                "All done and in the extract. The worker now plans the next visit at the end of each visit.",
            ],
            turn,
        ),
        (Of::Children, Proof::Trusted, "ASM-02") => {
            "The manager tells me that all are written and go to be authorised today."
        }
        (Of::Children, Proof::Trusted, "ALL-01") => "All were given out at Monday's meeting. The system follows.",
        (Of::Children, Proof::Trusted, _) => one_of(
            &[
                "The manager tells me that all have been seen; the last notes are being written up.",
                "All visits took place this week. Recording follows.",
            ],
            turn,
        ),
        (Of::Children, Proof::AlmostAll, _) => {
            "Done for all who are still open to the team. The others moved to another team or their plan ended; I have checked each with the manager."
        }
        (Of::Team, ..) => {
            "The weekly meeting is held and minuted. Families hear of a delay before it happens, and fewer visits slip."
        }
        (Of::Pathway, ..) => {
            "Both managers meet every Tuesday. Children move with a named worker on both sides, and nobody waited longer than four days."
        }
        (Of::Service, ..) => "The new rota is in force. A child who comes in has a worker by the second working day.",
    }
}

/// On what a report rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// On an extract.
    Shown,
    /// On what the manager said.
    Trusted,
    /// On an extract for most, and on what became of the others.
    AlmostAll,
}

/// "9 October 2026".
fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
