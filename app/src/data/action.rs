//! The action log: what is asked of it, and what its pages show.

use super::{Link, Standing, Tab};
use serde::{Deserialize, Serialize};

/// What the log is asked for, as it stands in the address. Every value is free text from outside; the server reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// `mine`, `all`, `late`, `reported` or `closed`; the server chooses where nothing stands here.
    pub tab: Option<String>,
    /// The accountable Head of Service: an account's number.
    pub accountable: Option<String>,
    /// One team.
    pub team: Option<String>,
    /// `child`, `team`, `pathway` or `service`.
    pub level: Option<String>,
    /// `open`, `reported`, `closed` or `withdrawn`.
    pub state: Option<String>,
    /// How late at least: `yes`, `director` or `agenda`.
    pub late: Option<String>,
    /// A surgery's number.
    pub surgery: Option<String>,
    /// A recommendation's number.
    pub recommendation: Option<String>,
    /// A measure's id.
    pub measure: Option<String>,
    /// `vacant`: those without a Head of Service in office.
    pub office: Option<String>,
    /// `yes`: with the totals below the lines. They count the whole log, which the lines do not.
    pub totals: Option<String>,
    /// Behind which line the page begins.
    pub after: Option<String>,
}

/// What a new action is asked to be about, as it stands in the address. Every value is free text from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct NewActionQuery {
    /// References of children.
    pub child: Vec<String>,
    /// The measure whose figure is the finding.
    pub measure: Option<String>,
    /// The service it is about, or whose figure it is.
    pub service: Option<String>,
    /// The team it is about, or whose figure it is.
    pub team: Option<String>,
    /// The team that hands over.
    pub from: Option<String>,
    /// The team that takes over.
    pub to: Option<String>,
    /// The surgery it is recorded in.
    pub surgery: Option<String>,
    /// The item of that surgery's agenda that it comes from.
    pub item: Option<String>,
    /// The extract of the finding; nothing is the newest.
    pub as_at: Option<String>,
}

/// A choice whose value is not its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// As it is sent.
    pub value: String,
    /// As it is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Text,
    /// A date.
    Date,
    /// One of the field's choices.
    Choice,
}

/// A field of a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What helps to fill it in; may be empty.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What may be chosen.
    pub picks: Vec<Pick>,
    /// Whether it must be filled in.
    pub required: bool,
}

/// A form that is sent by POST.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Makes the ids of its fields its own.
    pub id: String,
    /// What it does.
    pub title: String,
    /// What to know before; may be empty.
    pub about: String,
    /// Sent along.
    pub hidden: Vec<(String, String)>,
    /// To be filled in.
    pub fields: Vec<Field>,
    /// The button's words.
    pub button: String,
    /// Whether it stands open: it was sent, and refused.
    pub open: bool,
}

/// A line of the log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionLine {
    /// "A-000123", leading to the action.
    pub number: Link,
    /// What is to be done.
    pub what: String,
    /// "Child, North 1".
    pub about: String,
    /// The accountable Head of Service.
    pub accountable: String,
    /// Whether that person is out of office.
    pub vacant: bool,
    /// Who does it.
    pub doer: String,
    /// The date.
    pub due: String,
    /// "5 working days late", "2 working days left".
    pub time: String,
    /// Who is told of a late one; empty where it is not late.
    pub step: String,
    /// "Open".
    pub state: String,
    /// Its standing.
    pub standing: Standing,
    /// What the data says; empty where it says nothing.
    pub data: String,
    /// Number and version, as a form sends them.
    pub key: String,
}

/// Lines under a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionSection {
    /// "Late"; empty where there is one section only.
    pub title: String,
    /// The lines.
    pub lines: Vec<ActionLine>,
}

/// A drop-down of the log's filter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LogFilter {
    /// The field's name in the address.
    pub name: String,
    /// Its label.
    pub label: String,
    /// The words of "all of them".
    pub all: String,
    /// What may be chosen.
    pub picks: Vec<Pick>,
}

/// A table of numbers under a caption, the first column heads its line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LogTotals {
    /// "By Head of Service".
    pub caption: String,
    /// Headings.
    pub head: Vec<String>,
    /// Lines of cells.
    pub rows: Vec<Vec<String>>,
}

/// `/actions`: what was decided, who answers for it, and is it done?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    /// "Your actions".
    pub title: String,
    /// What the tab shows.
    pub about: String,
    /// The tabs, each with its count.
    pub tabs: Vec<Tab>,
    /// The filter.
    pub filters: Vec<LogFilter>,
    /// Hidden fields of the filter form.
    pub kept: Vec<(String, String)>,
    /// Views that are often wanted.
    pub views: Vec<Link>,
    /// The lines.
    pub sections: Vec<ActionSection>,
    /// "12 actions", "200 actions or more".
    pub total: String,
    /// The next page.
    pub next: Option<String>,
    /// Back to the first page.
    pub first: Option<String>,
    /// Handing over many at once; `None` for who may not.
    pub hand_over: Option<Form>,
    /// Recording a new one; `None` for who may not.
    pub add: Option<Link>,
    /// How the log goes.
    pub totals: Vec<LogTotals>,
    /// Exports of the whole selection.
    pub exports: Vec<Link>,
}

/// A child of an action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionChild {
    /// The council's id, leading to the child.
    pub child: Link,
    /// The team that held it when the action was recorded.
    pub team: String,
    /// What the data says, in a sentence.
    pub data: String,
    /// Its standing.
    pub standing: Standing,
}

/// A file of an action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// Its name, leading to the download.
    pub file: Link,
    /// "A Person, 3 March 2026, 10:12".
    pub added: String,
}

/// Something that happened to an action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// When.
    pub when: String,
    /// Who: a person, or the data.
    pub who: String,
    /// What, in a few words.
    pub what: String,
    /// What was written.
    pub text: String,
    /// Addresses of more.
    pub links: Vec<String>,
}

/// What somebody else did while a form was open.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// What the others did since.
    pub theirs: Vec<HistoryRow>,
    /// One's own, field by field; it stands in the form too.
    pub yours: Vec<(String, String)>,
}

/// `/actions/:number`: what, why, who answers for it, by when, and is it done?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionPage {
    /// "A-000123".
    pub number: String,
    /// What is to be done.
    pub what: String,
    /// Why, in words.
    pub why: String,
    /// What the data showed then; empty where it came from elsewhere.
    pub finding: Vec<(String, String)>,
    /// "Open".
    pub state: String,
    /// Its standing.
    pub standing: Standing,
    /// "5 working days late", "2 working days left".
    pub time: String,
    /// Who is told of a late one.
    pub step: String,
    /// Subject, people, dates, priority: label and value.
    pub facts: Vec<(String, String)>,
    /// Where to go from here: team, measure, surgery.
    pub links: Vec<Link>,
    /// Each move of the due date, oldest first.
    pub moves: Vec<String>,
    /// What became of the measure; empty where it names none.
    pub effect: Vec<(String, String)>,
    /// The children this viewer may read.
    pub children: Vec<ActionChild>,
    /// Other children, in words; empty where there are none.
    pub hidden: String,
    /// Files.
    pub evidence: Vec<EvidenceRow>,
    /// The upload form's address and hidden fields; `None` for who may not add.
    pub upload: Option<Form>,
    /// The last report.
    pub report: Option<HistoryRow>,
    /// Everything that happened, newest first.
    pub history: Vec<HistoryRow>,
    /// What this viewer may do now.
    pub forms: Vec<Form>,
    /// Why nothing was changed; `None` where nothing was sent.
    pub refused: Option<String>,
    /// What somebody else did meanwhile.
    pub conflict: Option<Conflict>,
}

/// `/actions/new`: a new action, filled in as far as the data can.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NewActionPage {
    /// About whom or what: label and value.
    pub facts: Vec<(String, String)>,
    /// The children it is about.
    pub children: Vec<Link>,
    /// The form; `None` where it is not known yet whom it is about.
    pub form: Option<Form>,
    /// The teams to choose from, where it is not known yet.
    pub teams: Vec<Link>,
    /// The services to choose from.
    pub services: Vec<Link>,
    /// The hand-offs to choose from; `None` with fewer than two teams, or where it is known what it is about.
    pub pathway: Option<PathwayChoice>,
    /// Why nothing was recorded, or what was chosen cannot be; `None` where all is well.
    pub refused: Option<String>,
}

/// Choosing a hand-off: from one of these teams to another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PathwayChoice {
    /// Every team of the organisation: a hand-off may begin or end outside of the viewer's own.
    pub teams: Vec<String>,
    /// What else stands in the address.
    pub kept: Vec<(String, String)>,
}

/// Actions on another page: a child's, a team's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionsHere {
    /// The actions, the first due first.
    pub lines: Vec<ActionLine>,
    /// All of them in the log; `None` where these are all.
    pub all: Option<Link>,
    /// Recording one; `None` for who may not.
    pub add: Option<Link>,
}

/// `/admin/recommendations`: what was recommended, and what is done about it?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecommendationsPage {
    /// The recommendations.
    pub rows: Vec<RecommendationRow>,
    /// Loading a list; `None` for who may not.
    pub form: Option<Form>,
    /// Whether the actions may be counted.
    pub counts: bool,
}

/// A recommendation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RecommendationRow {
    /// Where it comes from.
    pub source: String,
    /// Its number there, leading to its actions.
    pub reference: Link,
    /// What it asks for.
    pub title: String,
    /// "On the list", "No longer on the list".
    pub state: String,
    /// Actions open or reported.
    pub open: u64,
    /// Of these, late.
    pub late: u64,
    /// Actions closed.
    pub closed: u64,
}
