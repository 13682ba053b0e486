//! The steps of each role's tour: five to eight, a sentence or two each.

use super::places::At;
use domain::scope::Role;

/// One step.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) look: &'static str,
    pub(super) at: At,
}

const fn step(at: At, title: &'static str, text: &'static str, look: &'static str) -> Step {
    Step { title, text, look, at }
}

/// What a role is here for, and its steps.
pub(super) const fn of(role: Role) -> (&'static str, &'static [Step]) {
    match role {
        Role::Director => {
            ("You lead the service-level surgery, and see to it that what it decides is done.", &DIRECTOR)
        }
        Role::HeadOfService => {
            ("You lead the team-level surgery, and answer for every action until it is closed.", &HEAD_OF_SERVICE)
        }
        Role::TeamManager => {
            ("You say what is true of each late child, and do the actions given to your team.", &TEAM_MANAGER)
        }
        Role::Analyst => ("You load the extracts, see to their quality and prepare the surgeries.", &ANALYST),
        Role::QualityLead => ("You look behind the figures: which children to read about, and why.", &QUALITY_LEAD),
        Role::Member => ("You ask whether children are helped in time. You see figures only, never a child.", &MEMBER),
        Role::Administrator => {
            ("You see to what the council has set. You see no figure of a child and no child.", &ADMINISTRATOR)
        }
    }
}

const DIRECTOR: [Step; 8] = [
    step(
        At::Always("/"),
        "How are we doing?",
        "The headlines show every measure as at the newest extract, and first those that are not on target.",
        "the verdict on each card: “getting worse” is more than chance explains.",
    ),
    step(
        At::Service,
        "Which team?",
        "A service sets its teams beside each other, measure by measure.",
        "the cells marked better or worse. All others differ no more than chance would have it.",
    ),
    step(
        At::Measure("CPP-01"),
        "One measure in full",
        "Its course over time, the coming four weeks if nobody acts, its teams as a funnel, and the question to ask.",
        "the funnel: a team outside the lines truly differs, and its number is named below.",
    ),
    step(
        At::Children("CPP-01"),
        "The children behind it",
        "Any figure leads to a list with exactly as many lines. Switch on the privacy screen before you project it.",
        "how many days each is over, and what the manager has answered.",
    ),
    step(
        At::Figures("/attention"),
        "Children requiring attention",
        "Rules put a child here and say why. It is no verdict; it is whom to talk about.",
        "who is new since the last extract, and the watch on children without a worker.",
    ),
    step(
        At::Always("/surgeries"),
        "Hold a surgery",
        "Plan it, let its agenda be made from the data, run it and close it here.",
        "the next meeting of your service and whether it has been prepared.",
    ),
    step(
        At::Always("/actions"),
        "Which actions are late?",
        "Each has one Head of Service who answers for it. None is closed without a report, and you confirm it.",
        "what is late by Head of Service, and what waits for your confirmation.",
    ),
    step(
        At::Always("/admin/standards"),
        "By which standard?",
        "Every interval and threshold is a setting from a date, with who set it and why.",
        "the interval for visits: the one in force stands beside each figure too.",
    ),
];

const HEAD_OF_SERVICE: [Step; 8] = [
    step(
        At::Always("/"),
        "How are my teams doing?",
        "The headlines count only your services and teams.",
        "the notices at the top, and the measures that are not on target.",
    ),
    step(
        At::Service,
        "Which team?",
        "Your teams beside each other, measure by measure.",
        "the cells marked better or worse: what does the better team do that the other could?",
    ),
    step(
        At::Team,
        "One team",
        "Its measures, what each worker holds, what falls due in the coming weeks and its actions.",
        "the workers above the caseload limit, and the calendar of what falls due.",
    ),
    step(
        At::Children("CPP-01"),
        "Late children, one by one",
        "Next to each child stands what the manager says: visited and not recorded, not visited, or booked.",
        "those without an answer. From here an action takes two clicks.",
    ),
    step(
        At::Figures("/answers"),
        "Did the answers come true?",
        "The extracts that follow confirm what a manager said, or do not.",
        "the share that came true, team by team.",
    ),
    step(
        At::Always("/surgeries"),
        "Lead your surgery",
        "A team's surgery comes every fortnight; its agenda is made from the data.",
        "what is due before the next one.",
    ),
    step(
        At::Always("/actions"),
        "Actions you answer for",
        "Report what changed, not that it was done; then the leader of the surgery confirms.",
        "what is late, what is due this week, and what waits for your report.",
    ),
    step(
        At::Figures("/caseloads"),
        "Caseloads",
        "Children per worker, beside the workforce as it was loaded.",
        "who is above the limit, and managers who hold children themselves.",
    ),
];

const TEAM_MANAGER: [Step; 7] = [
    step(
        At::Team,
        "Your team on one page",
        "Its figures, what each worker holds, what falls due, and its actions.",
        "what falls due this week: from the day after it counts as late.",
    ),
    step(
        At::Children("CPP-01"),
        "Who is late?",
        "The list has exactly as many children as the figure says, the longest late first.",
        "the column that says by how many days each is late.",
    ),
    step(
        At::Children("CLA-01"),
        "Say what is true",
        "Answer for each late child, or for several at once: visited and not recorded, not visited, booked, or wrong.",
        "the boxes at the start of each line, and the form that opens from the line.",
    ),
    step(
        At::Figures("/answers"),
        "Your answers afterwards",
        "The extracts that follow confirm them, or ask again.",
        "answers that did not come true: they are on the next surgery's agenda.",
    ),
    step(
        At::Figures("/attention"),
        "Children to talk about",
        "The children of your team about whom a rule asks a question, with every reason.",
        "who is new, and who is perhaps ready to close.",
    ),
    step(
        At::Always("/actions"),
        "Actions for your team",
        "Add what was done as an update, with evidence. The Head of Service reports and closes.",
        "the first due, and what you must hand in for it.",
    ),
    step(
        At::Measure("CPP-01"),
        "Before the surgery",
        "Each measure's page says why it matters, what usually moves it, and what you will be asked.",
        "“What would reach the target”: the shortest list of children.",
    ),
];

const ANALYST: [Step; 8] = [
    step(
        At::Always("/data"),
        "Load an extract",
        "Take the week's files as they are. Every row ends as loaded, rejected or duplicate, and the numbers add up.",
        "what was rejected and why, before you tell anyone a figure.",
    ),
    step(
        At::Figures("/data/altered"),
        "Changed in retrospect",
        "What an extract says of a time that was over, other than the one before did.",
        "which teams change most, and which kind of date.",
    ),
    step(
        At::Figures("/data/lag"),
        "Recorded how late?",
        "The extracts round an event bound how late it was written down.",
        "workers and teams whose visits appear weeks later.",
    ),
    step(
        At::Always("/"),
        "Read the headlines",
        "As the Directors will see them.",
        "what is “not supplied”: nothing is known there, and it is no zero.",
    ),
    step(
        At::Measure("CPP-01"),
        "Signal or noise?",
        "The control chart and the funnel say what chance explains. Begin a chart anew only with a reason.",
        "the verdict under the chart, and its table.",
    ),
    step(
        At::Always("/surgeries"),
        "Prepare a surgery",
        "Preparing freezes the extract and makes the agenda; add what the data tells us to each item.",
        "the next meeting that is planned and not prepared.",
    ),
    step(
        At::Always("/admin/targets"),
        "Targets",
        "Each applies from a date, for everything, a service or a team.",
        "targets that still are the measure's own.",
    ),
    step(
        At::Always("/admin/recommendations"),
        "Recommendations",
        "Load the improvement plan's list once, so that actions can say which one they answer.",
        "those without an action.",
    ),
];

const QUALITY_LEAD: [Step; 6] = [
    step(
        At::Always("/"),
        "Where to look",
        "The headlines say where the service moves; quality says what it means for a child.",
        "measures that are getting worse: read cases there first.",
    ),
    step(
        At::Figures("/attention"),
        "Whose file to read",
        "Children with several reasons at once are often worth a closer look.",
        "the reasons on each line, and how long each has held.",
    ),
    step(
        At::Children("CPP-07"),
        "A list to sample from",
        "Sort and filter it; each line leads to the child. Every look is on record.",
        "the longest plans, and who holds them.",
    ),
    step(
        At::Figures("/answers"),
        "Do answers come true?",
        "What managers said of late children, beside what later extracts show.",
        "teams whose “visited, not recorded” seldom comes true.",
    ),
    step(
        At::Team,
        "One team from all sides",
        "Figures, caseloads, surgeries and actions of a team on one page.",
        "whether what you read in files fits what the figures say.",
    ),
    step(
        At::Always("/actions"),
        "What was done about it",
        "Each action has its history, evidence, and what the data says of it.",
        "closed actions that later data contradicts.",
    ),
];

const MEMBER: [Step; 5] = [
    step(
        At::Always("/"),
        "How are children helped?",
        "Each card is one measure: its value, its target, and England.",
        "what is not on target. A “c” stands for a number from 1 to 5, so that no child can be recognised.",
    ),
    step(
        At::Measure("ASM-01"),
        "Are families answered in time?",
        "Follow a card to its page: what is counted, by which standard, and how it moved.",
        "the course over time, and the question under “For the surgery”: you may ask it too.",
    ),
    step(
        At::Measure("CPP-01"),
        "Are children at risk seen?",
        "Visits to children on a protection plan, within the interval that this council has set.",
        "the standard beside the figure, and the target.",
    ),
    step(
        At::Always("/help"),
        "Every measure explained",
        "What it means, why it matters for a child, and what usually moves it.",
        "“Words”, for terms that the service uses.",
    ),
    step(
        At::Always("/admin/standards"),
        "By which standard?",
        "Intervals and thresholds are set by the council from a date.",
        "what was changed lately, and why.",
    ),
];

const ADMINISTRATOR: [Step; 5] = [
    step(
        At::Always("/admin/standards"),
        "Standards",
        "Every interval, threshold and list of placeholders is set from a date, with a reason.",
        "what applies today, and from when a change will.",
    ),
    step(
        At::Always("/admin/targets"),
        "Targets",
        "Likewise for what each measure should reach. Earlier figures keep the target of their date.",
        "for which service or team a target differs from the council's.",
    ),
    step(
        At::Always("/data"),
        "Is the data fresh?",
        "The extracts that were loaded, and what each load did. You see no child in them.",
        "the date of the newest extract.",
    ),
    step(
        At::Always("/help#roles"),
        "Who sees what",
        "What each role reaches. People get a role over an area, from a date and to a date.",
        "that nobody holds a role they no longer need.",
    ),
    step(
        At::Always("/help"),
        "Every page explained",
        "For the questions that people will bring to you.",
        "“The pages” and “Words”.",
    ),
];
