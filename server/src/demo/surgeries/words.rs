//! What the demo's people write. None of it names a child.

use super::timetable::Of;
use chrono::NaiveDate;
use domain::measures::measure;
use domain::surgery::{ItemDraft, ItemKind, Link};
use std::collections::BTreeMap;

/// The lists of recommendations, as they are pasted.
pub(super) const RECOMMENDATIONS: &str = "\
Improvement plan,1.2,Assessments are completed within 45 working days and the backlog is cleared
Improvement plan,2.1,Children are seen as often as their plan says and the visit is recorded in time
Improvement plan,2.3,Every open child has a named allocated worker
Improvement plan,3.2,Conferences and reviews are held in time
Improvement plan,4.1,Leaders know their services through live data and act on what it shows
Inspection,3,Hand-offs between teams do not delay help for children
Inspection,5,Managers follow actions through until the difference for children is known
";

/// The item that a room brings itself where the data asks nothing of it.
pub(super) const OWN_ITEM: &str =
    "Dip sample: ten children’s files read against the standards for visits and recording";

/// What a measure is about, as far as people talk differently about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Visits,
    Assessments,
    Conferences,
    Allocation,
    Dormant,
    LongPlans,
    Care,
    Leavers,
    FrontDoor,
    Other,
}

impl Topic {
    fn of(id: &str) -> Self {
        match id {
            "CPP-01" | "CPP-02" | "CIN-01" | "CLA-01" => Self::Visits,
            "ASM-01" | "ASM-02" | "ASM-03" => Self::Assessments,
            "S47-01" | "S47-02" | "ICPC-01" | "CPP-05" | "CLA-03" => Self::Conferences,
            "ALL-01" | "WF-01" | "WF-02" => Self::Allocation,
            "DOR-01" => Self::Dormant,
            "CPP-06" | "CPP-07" | "CPP-08" | "CPP-09" | "CPP-12" | "CIN-03" => Self::LongPlans,
            id if id.starts_with("CLA-") || id.starts_with("MIS-") => Self::Care,
            id if id.starts_with("CL-") => Self::Leavers,
            id if id.starts_with("REF-") || id.starts_with("CON-") || id.starts_with("S47-") => Self::FrontDoor,
            _ => Self::Other,
        }
    }
}

/// The recommendation that an action answers, as source and reference.
pub(super) fn recommendation(of: Of, id: &str) -> Option<(&'static str, &'static str)> {
    match (of, Topic::of(id)) {
        (Of::Pathway, _) => Some(("Inspection", "3")),
        (_, Topic::Assessments) => Some(("Improvement plan", "1.2")),
        (_, Topic::Visits | Topic::Dormant) => Some(("Improvement plan", "2.1")),
        (_, Topic::Allocation) => Some(("Improvement plan", "2.3")),
        (_, Topic::Conferences) => Some(("Improvement plan", "3.2")),
        (Of::Service, _) => Some(("Improvement plan", "4.1")),
        _ => None,
    }
}

/// One of several ways to say it.
fn one_of<'a>(ways: &[&'a str], turn: usize) -> &'a str {
    ways.get(turn % ways.len().max(1)).copied().unwrap_or_default()
}

/// Working days in which such a thing can be done: at the soonest, and at the latest.
pub(super) fn working_days(of: Of, id: &str) -> (u32, u32) {
    match (of, id) {
        (Of::Children, "CPP-01") => (1, 2),
        (Of::Children, "CLA-01" | "ALL-01") => (1, 3),
        (Of::Children, "S47-02" | "CL-05") => (2, 5),
        (Of::Children, "CIN-01") => (3, 8),
        (Of::Children, "DOR-01") => (5, 10),
        (Of::Children, "ASM-02") => (5, 12),
        (Of::Children, _) => (8, 15),
        (Of::Team | Of::Pathway, _) => (5, 20),
        (Of::Service, _) => (10, 25),
    }
}

/// What is to be done.
pub(super) fn what(of: Of, id: &str, place: &str) -> String {
    let children = match id {
        "CPP-01" => "Visit each child within two working days, see them alone and write the visit up the same day",
        "CLA-01" => "Visit each child in placement within three working days and write the visit up the day after",
        "CIN-01" => "Visit each child and write the visit up within two working days of it",
        "ALL-01" => "Allocate each child to a named worker, who rings the family the same day",
        "DOR-01" => "Visit each child, or close the case with the manager and write down why",
        "ASM-02" => "Finish each assessment with its worker in supervision and authorise it",
        "S47-02" => "Name a chair and hold the initial conference for each child",
        "CPP-05" => "Hold the review conference that each plan waits for",
        "CLA-03" => "Agree a date with the reviewing officer and hold each review",
        "CL-05" => "Ring or visit each young person and write down how they are",
        "CLA-07" => "Book each child’s health assessment with the nurse for children in care",
        "CLA-09" => "Book a dental check for each child, with the community dentist where no other takes them",
        "CIN-03" | "CPP-06" => {
            "Read each plan with its worker and close it, step it down or write what it still has to achieve"
        }
        _ => "Read each child’s file with the worker and put right what this list shows",
    };
    match (of, Topic::of(id)) {
        (Of::Children, _) => children.into(),
        (Of::Team, Topic::Visits | Topic::Dormant) => {
            format!(
                "Go through the late visits of {place} with each worker every Monday: what was done is written up that day, what was not is booked"
            )
        }
        (Of::Team, Topic::Assessments) => {
            format!("Read every assessment of {place} on its 30th day and agree with the worker what is missing")
        }
        (Of::Team, Topic::Allocation) => {
            format!("Hold an allocation meeting in {place} each morning until nobody waits")
        }
        (Of::Team, Topic::Conferences) => {
            format!("List each conference and review of {place} six weeks ahead, each with a date and a chair")
        }
        (Of::Team, Topic::LongPlans) => {
            format!("Take every plan of {place} past nine months to a midway review with the Head of Service")
        }
        (Of::Team, _) => {
            let name = measure(id).map_or("the figure", |measure| measure.name);
            format!("Read ten files behind “{name}” in {place} with the quality lead and report the pattern")
        }
        (Of::Pathway, _) => {
            format!("Meet every Tuesday {place}: each child who moves has a worker on both sides by name")
        }
        (Of::Service, Topic::Conferences) => {
            format!("Agree with the chairs how many conferences {place} can hold a week, and write down who goes first")
        }
        (Of::Service, Topic::Care | Topic::Leavers) => {
            format!(
                "Agree with health and housing partners what {place} may expect by when, and bring it to the next surgery"
            )
        }
        (Of::Service, Topic::Visits | Topic::Dormant) => {
            format!("Dip-sample ten late visits in {place}: done and not written up, or not done; report both by team")
        }
        (Of::Service, _) => format!("Write a rota for duty and allocation in {place} and bring it to the next surgery"),
    }
}

/// Why.
pub(super) fn why(of: Of, id: &str, as_at: NaiveDate) -> String {
    let name = measure(id).map_or("The register", |measure| measure.name);
    let date = date(as_at);
    match of {
        Of::Children => format!("{name}: these children are on the list as at {date}"),
        Of::Team => format!("{name}: the team stands out as at {date}"),
        Of::Pathway => format!("{name}: children wait between the two teams, and each had counted on the other"),
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
    let more = match topic(draft) {
        Topic::Visits => one_of(
            &[
                "Two cohorts: some were visited and the visit is not written up, the others were not visited. The dip sample of \
                 last month found as many of the one as of the other.",
                "Most are late by days, not weeks. The oldest are named in the list.",
                "Part of it is recording: some workers write up a week and more after the visit.",
            ],
            turn,
        ),
        Topic::Assessments => one_of(
            &["Most are written and wait to be authorised.", "About half wait for a check with another agency."],
            turn,
        ),
        Topic::Conferences => "Conferences are late where a chair could not be named in the first week.",
        Topic::Allocation => {
            "Most came in within the last two weeks; the others wait for a worker who is about to start."
        }
        Topic::Dormant => "Some are ready to be closed and nobody has done it.",
        _ => "The list says who.",
    };
    match (teams.as_slice(), draft.kind) {
        ([], ItemKind::Action) => format!(
            "Recorded at an earlier surgery. {}",
            one_of(&["The Head of Service reports in the meeting.", "Its measure is shown beside its baseline."], turn)
        ),
        ([], ItemKind::Own) => {
            "Ten files were read by the quality lead and two managers in the week before.".to_owned()
        }
        ([], _) => format!("No single child stands behind this figure as at {date}: it is about the whole."),
        ([(team, _)], _) => format!("{} as at {date}, all with {team}. {more}", lines_of(lines)),
        ([(first, most), (second, next), ..], _) => {
            format!("{} as at {date}. {first} has {most} of them and {second} {next}. {more}", lines_of(lines))
        }
    }
}

fn lines_of(count: usize) -> String {
    if count == 1 { "One child".to_owned() } else { format!("{count} children") }
}

fn topic(draft: &ItemDraft) -> Topic {
    match (&draft.link, draft.kind) {
        (Some(Link::Measure { measure, .. }), _) => Topic::of(measure),
        (_, ItemKind::Unallocated | ItemKind::Managers) => Topic::Allocation,
        (_, ItemKind::Dormant) => Topic::Dormant,
        _ => Topic::Other,
    }
}

/// What was said of an item.
pub(super) fn discussion(draft: &ItemDraft, turn: usize) -> &'static str {
    let ways: &[&str] = match (draft.kind, topic(draft)) {
        (ItemKind::Action, _) => &[
            "The Head of Service said what stands in the way: two workers were off sick, cover is in place from Monday.",
            "Some of it is done, later than agreed. The date stays.",
            "Challenged: the answer is the same as last time. The Director reads the list again at the next surgery.",
        ],
        (ItemKind::Unallocated, _) => &[
            "Each gets a name by Friday. Duty holds them until then and sees those on a plan.",
            "Fewer than last time. What is left came in this week.",
        ],
        (ItemKind::Managers, _) => {
            &["Managers hold these until a worker starts. The Head of Service looks again in two weeks."]
        }
        (ItemKind::Attention, _) => &["Read one by one. Those known to the room have a plan; the others get a review."],
        (ItemKind::Answers, _) => &[
            "The manager had said that they were seen. The extract does not show it. Two files were opened in the room: one visit \
             was never written up, one was not made.",
        ],
        (ItemKind::FallingDue, _) => &["Dates are in diaries. Those that fall into the holidays are brought forward."],
        (ItemKind::Own, _) => &[
            "Of ten files, seven children had been seen and three of those visits were not written up. The three not seen were \
             visited the same week.",
        ],
        (ItemKind::Measure, Topic::Visits) => &[
            "Asked whether it is recording or practice. The dip sample says both: six of ten had been visited and not written up, \
             four had not been visited.",
            "The manager showed that most of the late visits are of two workers. One writes up late, one carries too many.",
            "Visits are planned for the last days of the interval, and whatever comes in between makes them late.",
        ],
        (ItemKind::Team, Topic::Visits | Topic::Dormant) => &[
            "The team lost its deputy in the spring and supervision slipped. A deputy starts this month.",
            "The other teams go through the list every Monday. This team does the same from next week.",
            "Two agency workers left within a month; their visits were nobody's for two weeks.",
        ],
        (_, Topic::Visits) => &["The list was read out team by team; each manager said which are recording."],
        (_, Topic::Assessments) => &[
            "Half of the late ones are written and wait for the manager. They are authorised by Friday.",
            "The backlog is a few workers', and one has left. Hers are given out today.",
            "Asked what day 30 looks like: nobody had looked before day 40. That changes.",
        ],
        (_, Topic::Conferences) => &[
            "There are more conferences than chairs. Two managers are trained to chair until the vacancy is filled.",
            "Late where the police could not come in the first fortnight. The conference goes ahead without them and hears them in writing.",
        ],
        (_, Topic::Allocation) => &[
            "Caseloads are uneven within the team. The manager moves eight cases this week.",
            "Two posts are vacant and one agency worker starts on Monday.",
        ],
        (_, Topic::Dormant) => &["To be seen or closed. None stays open another month without a contact."],
        (_, Topic::LongPlans) => &[
            "Read plan by plan: three can step down, two belong before the legal gateway meeting.",
            "The plans say what parents must attend and not what must change. The chair takes that up.",
        ],
        (_, Topic::Care) => &[
            "Dentists do not take new patients. The nurse keeps a list and the community dentist comes once a month.",
            "Most are booked; the date was not entered. The rest need a carer to take them.",
        ],
        (_, Topic::Leavers) => &[
            "Two have moved without an address. Their advisers try the colleges and the housing office this week.",
            "Advisers are in touch by message, which nobody had written down as a contact.",
        ],
        (_, Topic::FrontDoor) => &[
            "More contacts from schools since term began. The threshold is read with the heads next month.",
            "Some children come back within weeks of closing. Ten are read to see what was missed.",
        ],
        (_, Topic::Other) => &[
            "Talked through. It follows from what the room agreed on visits and allocation.",
            "The team explained its figure. The Head of Service reads five files and comes back to it.",
        ],
    };
    one_of(ways, turn)
}

/// Why a due date was moved.
pub(super) fn moved(of: Of, id: &str) -> &'static str {
    match (of, Topic::of(id)) {
        (Of::Children, Topic::Visits | Topic::Dormant) => {
            "Two families could not be reached by the first date; new dates are agreed with them"
        }
        (Of::Children, Topic::Assessments) => "Two assessments wait for a medical; the date for it is booked",
        (Of::Children, Topic::Allocation) => "The worker who takes them starts next week; duty sees them until then",
        (Of::Children, Topic::Conferences) => "A chair was ill; the conference has a new date",
        (Of::Children, _) => "What is left waits for a partner's appointment, which is booked",
        (Of::Team, _) => "The deputy who runs it was off sick; it begins when she is back",
        (Of::Pathway, _) => "The other manager was on leave; the first meeting is booked",
        (Of::Service, _) => "The plan needs the vacancies that are decided next week",
    }
}

/// How it goes, between recording and report.
pub(super) fn progress(of: Of, (done, children): (usize, usize), turn: usize) -> String {
    if children > 0 {
        return format!(
            "{done} of {children} shown in the newest extract. The others are booked; the manager rings round on Friday."
        );
    }
    let ways: &[&str] = match of {
        Of::Children | Of::Team => &[
            "The first two meetings were held. The list is shorter, and what is left has a date.",
            "Begun with four workers; the others follow next week.",
        ],
        Of::Pathway => &["Agreed with the other manager; the first meeting is next Tuesday."],
        Of::Service => &["Drafted, and with the team managers until Friday."],
    };
    one_of(ways, turn).to_owned()
}

/// A report of what changed, and how sure it is.
pub(super) fn report(of: Of, id: &str, proof: Proof, turn: usize) -> &'static str {
    match (of, proof, Topic::of(id)) {
        (Of::Children, Proof::Shown, Topic::Assessments) => {
            "All are authorised and in the extract. Two led to a plan, the others were closed or stepped down."
        }
        (Of::Children, Proof::Shown, Topic::Allocation) => {
            "Every child has a named worker, and each family was told who it is."
        }
        (Of::Children, Proof::Shown, Topic::Conferences) => "All were held. The minutes are with the families.",
        (Of::Children, Proof::Shown, Topic::Visits | Topic::Dormant) => one_of(
            &[
                "Every child on the list was seen and it is on record. Two plans were changed because of what the visits found.",
                "Three had been visited before and were written up; the others were visited. The worker now books the next visit at \
                 the end of each.",
            ],
            turn,
        ),
        (Of::Children, Proof::Shown, _) => "Each is done and in the extract.",
        (Of::Children, Proof::Trusted, Topic::Assessments) => {
            "The manager tells me that all are written and are authorised today."
        }
        (Of::Children, Proof::Trusted, Topic::Allocation) => {
            "All were given out at Monday's meeting. The system follows."
        }
        (Of::Children, Proof::Trusted, Topic::Visits | Topic::Dormant) => one_of(
            &[
                "The manager tells me that all have been seen; the last visits are being written up.",
                "All visits took place this week. Recording follows.",
            ],
            turn,
        ),
        (Of::Children, Proof::Trusted, _) => "The manager tells me that each is arranged; the record follows.",
        (Of::Children, Proof::AlmostAll, _) => {
            "Done for all who are still open to the team. The others moved to another team or their plan ended; I have read each with the manager."
        }
        (Of::Team, _, Topic::Visits | Topic::Dormant) => {
            "The list is gone through every Monday. What was done is written up the same day, and fewer visits slip."
        }
        (Of::Team, _, Topic::Assessments) => {
            "Each assessment is read on day 30. The last three weeks had none past day 45 that nobody knew of."
        }
        (Of::Team, ..) => "Held each week and minuted. What is still on the list has a name and a date.",
        (Of::Pathway, ..) => {
            "Both managers meet every Tuesday. Children move with a named worker on both sides, and nobody waited longer than four days."
        }
        (Of::Service, _, Topic::Visits | Topic::Dormant) => {
            "Ten were read. Six had been visited and not written up, four had not been visited; those four were seen the same week. \
             Both lists are with the managers."
        }
        (Of::Service, ..) => "It was agreed by the managers and is in force. What it changed is on the next agenda.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::measures::CORE;

    #[test]
    fn what_is_asked_is_something_a_person_does_and_can_be_done_by_its_date() {
        let acts = [
            "Visit",
            "Allocate",
            "Finish",
            "Name",
            "Hold",
            "Agree",
            "Ring",
            "Book",
            "Read",
            "Go",
            "List",
            "Take",
            "Meet",
            "Write",
            "Dip-sample",
        ];
        for of in [Of::Children, Of::Team, Of::Pathway, Of::Service] {
            for measure in CORE {
                let what = what(of, measure.id, "a team");
                assert!(acts.contains(&what.split(' ').next().unwrap()), "{what}");
                let (least, most) = working_days(of, measure.id);
                assert!(least >= 1 && least < most);
            }
        }
        assert_eq!(working_days(Of::Children, "CPP-01"), (1, 2));
    }
}
