//! Headlines, services, teams and measures.

use super::{
    ActionsHere, Card, CardGroup, Chart, DueCalendar, FigureText, Link, LookAhead, RecordQuality, Remark, Standing,
};
use serde::{Deserialize, Serialize};

/// `/`: how are we doing, as at when?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HomePage {
    /// "Whole council" or the services the viewer sees.
    pub whole: String,
    /// Cards in groups.
    pub groups: Vec<CardGroup>,
    /// The services to go on to.
    pub services: Vec<ServiceLink>,
    /// Teams that `organisation.csv` does not map, as links.
    pub unmapped: Vec<Link>,
    /// Whether figures of 1 to 5 are replaced by "c".
    pub suppressed: bool,
    /// What waits for the viewer: "2 actions late".
    pub notices: Vec<Link>,
    /// Whether the tour for the viewer's role is offered.
    pub tour: bool,
    /// Files to take away.
    pub exports: Vec<Link>,
}

/// A service on the home page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceLink {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// "8 teams, 412 open children".
    pub detail: String,
}

/// `/services/:service`: which team?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ServicePage {
    /// The service's name.
    pub name: String,
    /// Directors and Heads of Service: "Head of Service: A Name".
    pub accountable: Vec<String>,
    /// The measures across, in order.
    pub columns: Vec<MatrixColumn>,
    /// The service as a whole, then its teams.
    pub rows: Vec<MatrixRow>,
}

/// A measure across the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatrixColumn {
    /// The measure's id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// The group it belongs to.
    pub group: String,
    /// The measure's page for the service, at its teams.
    pub href: String,
}

/// A team down the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// The team, or "All teams".
    pub team: Link,
    /// Whether this is the service as a whole.
    pub whole: bool,
    /// One cell a column.
    pub cells: Vec<MatrixCell>,
}

/// A team's figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// The figure.
    pub figure: FigureText,
    /// Where the team truly differs from the service (outside its funnel limits): better or worse, in words.
    pub differs: Option<Remark>,
    /// The children behind it; `None` where the viewer reads no child.
    pub href: Option<String>,
}

/// `/teams/:team`: the team's profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TeamPage {
    /// What is wrong in the records; `None` for who reads no child of the team, and at an earlier extract.
    pub quality: Option<RecordQuality>,
    /// The team's name.
    pub name: String,
    /// Service, locality, manager, Head of Service: "Team manager" and the name.
    pub facts: Vec<(String, String)>,
    /// The service's page.
    pub service: Option<Link>,
    /// Whether the team stands in `organisation.csv`.
    pub mapped: bool,
    /// Cards in groups.
    pub groups: Vec<CardGroup>,
    /// Caseload by worker.
    pub workers: Vec<WorkerRow>,
    /// The team's caseloads beside the workforce; `None` where the viewer reads no child of the team.
    pub caseloads: Option<Link>,
    /// Children of the team without a real worker, with the list.
    pub unallocated: Option<Link>,
    /// What falls due in the coming weeks; `None` where the viewer reads no child of the team.
    pub due: Option<DueCalendar>,
    /// The team's open actions; `None` where the viewer reads no child of the team.
    pub actions: Option<ActionsHere>,
}

/// A worker's caseload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkerRow {
    /// The worker.
    pub worker: String,
    /// Children held.
    pub children: u64,
    /// "2 above the limit of 18".
    pub above: Option<String>,
    /// The worker's children.
    pub href: Option<String>,
}

/// `/measures/:id`: what is it, how is it counted, how does it move, who is behind it?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasurePage {
    /// Files to take away.
    pub exports: Vec<Link>,
    /// The card, for the chosen service or team.
    pub card: Card,
    /// "Whole council", a service or a team.
    pub place: String,
    /// The group.
    pub group: String,
    /// Plain words.
    pub meaning: String,
    /// What a manager needs beside the definition.
    pub guidance: GuidanceText,
    /// What the denominator counts.
    pub denominator: String,
    /// What the numerator counts.
    pub numerator: String,
    /// The rule's source.
    pub source: String,
    /// "higher is better".
    pub polarity: String,
    /// "1 August to 31 October 2026" or "on 31 October 2026".
    pub period: String,
    /// Standards in force: name and value.
    pub standards: Vec<(String, String)>,
    /// The trend over all extracts.
    pub trend: Option<Chart>,
    /// How this chart begins anew from a date; `None` for who may not decide that.
    pub rebase: Option<RebasePanel>,
    /// The coming weeks if nobody acts; `None` where nothing is said of them.
    pub ahead: Option<LookAhead>,
    /// Teams side by side, drawn; `None` for one team, and for measures that count no units.
    pub funnel: Option<Chart>,
    /// Teams side by side.
    pub teams: Vec<TeamFigure>,
    /// The list; `None` where the viewer reads no child.
    pub children: Option<Link>,
    /// Recording an action; `None` for who may not.
    pub add: Option<Link>,
    /// What changed since the extract before; `None` likewise, and where nothing can be told.
    pub changes: Option<Link>,
}

/// The forms by which a person cuts a chart from a date, or takes a cut back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RebasePanel {
    /// Where the forms are sent.
    pub action: String,
    /// Service and team, as they stand in the address.
    pub kept: Vec<(String, String)>,
    /// The earliest date that makes sense, as `2026-10-30`: the day after the first extract.
    pub earliest: String,
    /// The latest: the newest extract's.
    pub latest: String,
    /// Cuts of this chart that are in force.
    pub cuts: Vec<ChartCut>,
}

/// A cut in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartCut {
    /// Its number.
    pub id: String,
    /// "From 4 September 2026: visits are recorded on the day. Set by Jo Marsh on 9 September 2026, 10:05".
    pub text: String,
}

/// What a manager needs beside a measure's definition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GuidanceText {
    /// Why it matters for a child.
    pub matters: String,
    /// What usually moves it.
    pub moves: String,
    /// The question to ask in the surgery.
    pub question: String,
    /// Those who move it, by name; `None` where the viewer reads no child.
    pub children: Option<Link>,
}

/// One team beside others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamFigure {
    /// The team, leading to this measure for the team.
    pub team: Link,
    /// Its service.
    pub service: String,
    /// Its figure.
    pub figure: FigureText,
    /// Where it truly differs.
    pub differs: Option<Remark>,
    /// Share, 0 to 1000, for the bar; `None` without a value.
    pub share: Option<u16>,
    /// The children to act on.
    pub act: Option<Link>,
}

/// `/help`: every measure and every page explained.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HelpPage {
    /// Every measure.
    pub measures: Vec<MeasureHelp>,
}

/// A measure explained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureHelp {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Group.
    pub group: String,
    /// Plain words.
    pub meaning: String,
    /// What a manager needs beside the definition.
    pub guidance: GuidanceText,
    /// The measure's page; `None` for who is shown no figure of it.
    pub page: Option<Link>,
    /// Numerator and denominator in a sentence.
    pub counted: String,
    /// Source.
    pub source: String,
    /// England's figure.
    pub england: Option<String>,
}

impl Card {
    /// The standing of the card as a whole: that of its one verdict.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.signal.as_ref().map_or(Standing::Neutral, |signal| signal.variation.remark.standing)
    }
}
