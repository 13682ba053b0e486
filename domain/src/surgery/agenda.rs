//! An agenda made from the data: what was asked to be done, what changed, who differs, which children.

use super::item::{Frozen, ItemDraft, ItemKind, Link, RegisterName};
use crate::action::{ChildOfTeam, State};
use crate::funnel::Place;
use crate::ids::ActionId;
use crate::look_ahead::{Share, is_on_target};
use crate::measures::figure::Figure;
use crate::measures::{Counting, Measure, Polarity};
use crate::scope::Area;
use crate::signal::{self, Verdict};
use crate::spc::{Assurance, Variation};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What the data shows before a surgery, already limited to what the surgery is about.
#[derive(Debug, Clone)]
pub struct AgendaInput {
    /// The date of the extract that is the surgery's evidence.
    pub as_at: NaiveDate,
    /// Open children: what the registers' figures are of. `None` where that is not counted.
    pub open_children: Option<u64>,
    /// Actions from before that are open or reported.
    pub actions: Vec<ActionBefore>,
    /// Measures of the area as a whole.
    pub measures: Vec<MeasureNow>,
    /// Teams against their service; those within what chance explains are left out.
    pub teams: Vec<TeamNow>,
    /// Children on the register of attention who were not on it in the extract before.
    pub attention: Vec<ChildOfTeam>,
    /// Open children without a worker.
    pub unallocated: Vec<ChildOfTeam>,
    /// Open children held by managers.
    pub managers: Vec<ChildOfTeam>,
    /// Dormant cases.
    pub dormant: Vec<ChildOfTeam>,
    /// Answers about late children that a later extract has not borne out, by measure.
    pub answers: Vec<ChildrenOfMeasure>,
    /// What falls due before the next surgery, by measure.
    pub falling_due: Vec<ChildrenOfMeasure>,
    /// Whose registers and figures these are.
    pub group: Area,
}

/// An action from before.
#[derive(Debug, Clone)]
pub struct ActionBefore {
    /// Which.
    pub action: ActionId,
    /// What is to be done.
    pub what: String,
    /// By when.
    pub due: NaiveDate,
    /// Working days late.
    pub working_days_late: u32,
    /// Whether its resolution is reported and waits to be confirmed.
    pub reported: bool,
    /// Its measure's figure when it was recorded.
    pub baseline: Option<Frozen>,
    /// The same figure now.
    pub now: Option<Figure>,
    /// Its children.
    pub children: Vec<ChildOfTeam>,
}

/// A measure as it stands.
#[derive(Debug, Clone)]
pub struct MeasureNow {
    /// Which.
    pub measure: &'static Measure,
    /// Its figure.
    pub figure: Figure,
    /// The one verdict on it; `None` without a chart.
    pub verdict: Option<Verdict>,
    /// What the limits of its chart say of the target.
    pub assurance: Option<Assurance>,
    /// The target in force, in the unit of the figure; `None` without one.
    pub target: Option<f64>,
    /// The children on the wrong side.
    pub children: Vec<ChildOfTeam>,
}

impl MeasureNow {
    fn variation(&self) -> Option<Variation> {
        self.verdict.and_then(|verdict| verdict.variation())
    }
}

/// A team's figure against its service.
#[derive(Debug, Clone)]
pub struct TeamNow {
    /// Which measure.
    pub measure: &'static Measure,
    /// The team.
    pub team: String,
    /// Its figure.
    pub figure: Figure,
    /// Where it stands.
    pub place: Place,
    /// Its children on the wrong side.
    pub children: Vec<ChildOfTeam>,
}

/// Children to whom one measure applies.
#[derive(Debug, Clone)]
pub struct ChildrenOfMeasure {
    /// Which.
    pub measure: &'static Measure,
    /// The children.
    pub children: Vec<ChildOfTeam>,
}

/// The items of an agenda, in its order. What has nothing to show is left out.
#[must_use]
pub fn agenda(input: &AgendaInput) -> Vec<ItemDraft> {
    let mut items = actions(input);
    items.extend(measures(input));
    items.extend(teams(input));
    items.extend(registers(input));
    items.extend(by_measure(input, &input.answers, ItemKind::Answers, "answers that the data has not borne out"));
    items.extend(by_measure(input, &input.falling_due, ItemKind::FallingDue, "falling due before the next surgery"));
    items
}

/// The latest first, then the soonest due; what is reported comes last, as it needs only a look.
fn actions(input: &AgendaInput) -> Vec<ItemDraft> {
    let mut actions: Vec<&ActionBefore> = input.actions.iter().collect();
    actions.sort_by_key(|one| (one.reported, Reverse(one.working_days_late), one.due, one.action));
    let item = |one: &ActionBefore| {
        let state = if one.reported { State::Reported } else { State::Open };
        ItemDraft {
            kind: ItemKind::Action,
            title: action_title(one.action, &one.what, state, one.working_days_late),
            figure: one.now.map(|figure| frozen(input, figure)),
            before: one.baseline,
            children: one.children.clone(),
            link: Some(Link::Action { action: one.action }),
        }
    };
    actions.into_iter().map(item).collect()
}

/// The title of an action's item: "A-000002, 12 working days late: Visit". It is made anew where the item is shown, so
/// that the agenda says of an action what the log says.
#[must_use]
pub fn action_title(action: ActionId, what: &str, state: State, working_days_late: u32) -> String {
    let stands = match (state, working_days_late) {
        (State::Reported, _) => "reported, to be confirmed".to_owned(),
        (State::Closed, _) => "closed".to_owned(),
        (State::Withdrawn, _) => "withdrawn".to_owned(),
        (State::Open, 0) => "to be done".to_owned(),
        (State::Open, 1) => "1 working day late".to_owned(),
        (State::Open, days) => format!("{days} working days late"),
    };
    format!("{action}, {stands}: {what}")
}

/// How much a measure needs talking about: a change for the worse comes first, then how far it is off its target, then
/// any other true change.
struct Weight {
    worse: bool,
    gap: f64,
}

/// What changed for the better and is on target is worth a word and not a meeting: several such are one item, the last.
fn measures(input: &AgendaInput) -> Vec<ItemDraft> {
    let mut chosen: Vec<(Weight, &MeasureNow)> =
        input.measures.iter().filter_map(|now| Some((weight(now)?, now))).collect();
    chosen.sort_by(|(a, one), (b, other)| {
        b.worse.cmp(&a.worse).then(b.gap.total_cmp(&a.gap)).then(one.measure.id.cmp(other.measure.id))
    });
    let is_well =
        |(weight, now): &(Weight, &MeasureNow)| weight.gap == 0.0 && now.variation() == Some(Variation::Improvement);
    let (well, to_discuss): (Vec<_>, Vec<_>) = chosen.into_iter().partition(is_well);
    let mut items: Vec<ItemDraft> = to_discuss.iter().map(|(weight, now)| measure(input, weight, now)).collect();
    if let [(weight, only)] = &well[..] {
        items.push(measure(input, weight, only));
    } else if !well.is_empty() {
        let names: Vec<&str> = well.iter().map(|(_, now)| now.measure.name).collect();
        let title = format!("{} measures are getting better. {}", well.len(), names.join("; "));
        items.push(together(ItemKind::Measure, title));
    }
    items
}

/// Several things that need one look: no figure, no list of its own.
fn together(kind: ItemKind, title: String) -> ItemDraft {
    ItemDraft { kind, ..ItemDraft::own(title) }
}

/// `None` where there is nothing to talk about.
fn weight(now: &MeasureNow) -> Option<Weight> {
    let worse = now.variation() == Some(Variation::Concern);
    let changed = now.variation().is_some_and(|variation| variation != Variation::Common);
    let gap = off_target(now);
    (changed || gap > 0.0).then_some(Weight { worse, gap })
}

/// How far a figure is off its target, as a share of what is at stake: of the target where high is good, of the rest of
/// the whole where low is good; for numbers above 1, of the target. 0 on target, or without one.
fn off_target(now: &MeasureNow) -> f64 {
    let (Some(value), Some(target)) = (now.figure.value(), now.target) else { return 0.0 };
    let share = Share::from_float(target).ok();
    if share.and_then(|share| is_on_target(now.figure, share, now.measure.polarity)) != Some(false) {
        return 0.0;
    }
    let stake = match now.measure.polarity {
        Polarity::Low if target < 1.0 => 1.0 - target,
        _ => target,
    };
    if stake > 0.0 { (value - target).abs() / stake } else { (value - target).abs() }
}

fn measure(input: &AgendaInput, weight: &Weight, now: &MeasureNow) -> ItemDraft {
    // Only a change has a month since when.
    let changed = now.verdict.filter(|verdict| verdict.since().is_some());
    let change = changed.map(|verdict| {
        signal::words::within_a_sentence(&signal::words::verdict_since(&verdict, now.measure, signal::Step::Month))
    });
    let off = now.figure.value().zip(now.target).filter(|_| weight.gap > 0.0).map(|(value, target)| {
        let unit = if now.measure.counting == Counting::ChildrenPerWorker { 1.0 } else { 100.0 };
        signal::words::target(false, (value - target) * unit, now.assurance)
    });
    let why: Vec<String> = change.into_iter().chain(off).collect();
    ItemDraft {
        kind: ItemKind::Measure,
        title: format!("{}: {}", now.measure.name, why.join(", ")),
        figure: Some(frozen(input, now.figure)),
        before: None,
        children: now.children.clone(),
        link: Some(to_measure(now.measure, input.group.clone())),
    }
}

/// Those on the bad side each by itself, those at 3 standard deviations before those at 2. Several teams on the good
/// side are one item; of a measure that is neither, several teams are one item of that measure.
fn teams(input: &AgendaInput) -> Vec<ItemDraft> {
    let mut outside: Vec<&TeamNow> = input.teams.iter().filter(|team| team.place != Place::Within).collect();
    outside.sort_by_key(|team| (!is_far(team.place), team.measure.id, team.team.to_lowercase()));
    let (bad, others): (Vec<_>, Vec<_>) = outside.into_iter().partition(|team| is_bad(team));
    let (neutral, good): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|team| team.measure.polarity == Polarity::Neutral);
    let mut items: Vec<ItemDraft> = bad.into_iter().map(|now| team(input, now)).collect();
    let mut by_measure: BTreeMap<&str, Vec<&TeamNow>> = BTreeMap::new();
    for now in neutral {
        by_measure.entry(now.measure.id).or_default().push(now);
    }
    for of_measure in by_measure.into_values() {
        if let [only] = of_measure[..] {
            items.push(team(input, only));
        } else if let Some(first) = of_measure.first() {
            let each: Vec<String> = of_measure.iter().map(|now| format!("{} {}", now.team, side(now.place))).collect();
            let title = format!("{}, teams that differ by more than chance: {}", first.measure.name, each.join("; "));
            let link = Some(to_measure(first.measure, input.group.clone()));
            items.push(ItemDraft { link, ..together(ItemKind::Team, title) });
        }
    }
    if let [only] = good[..] {
        items.push(team(input, only));
    } else if !good.is_empty() {
        let each: Vec<String> = good.iter().map(|now| format!("{}, {}", now.team, now.measure.name)).collect();
        let title = format!("Better than their service by more than chance: {}", each.join("; "));
        items.push(together(ItemKind::Team, title));
    }
    items
}

fn team(input: &AgendaInput, now: &TeamNow) -> ItemDraft {
    ItemDraft {
        kind: ItemKind::Team,
        title: format!("{}, {}: {} its service by more than chance", now.team, now.measure.name, side(now.place)),
        figure: Some(frozen(input, now.figure)),
        before: None,
        children: now.children.clone(),
        link: Some(to_measure(now.measure, Area::Team(now.team.clone()))),
    }
}

const fn side(place: Place) -> &'static str {
    match place {
        Place::VeryHigh => "far above",
        Place::High => "above",
        Place::VeryLow => "far below",
        Place::Low | Place::Within => "below",
    }
}

const fn is_far(place: Place) -> bool {
    matches!(place, Place::VeryHigh | Place::VeryLow)
}

const fn is_bad(team: &TeamNow) -> bool {
    match team.measure.polarity {
        Polarity::High => matches!(team.place, Place::Low | Place::VeryLow),
        Polarity::Low => matches!(team.place, Place::High | Place::VeryHigh),
        Polarity::Neutral => false,
    }
}

fn registers(input: &AgendaInput) -> Vec<ItemDraft> {
    use RegisterName as Name;
    let team = match &input.group {
        Area::Team(team) => Some(team.clone()),
        Area::All | Area::Service(_) => None,
    };
    [
        (ItemKind::Attention, Name::Attention, &input.attention, "Children new on the register of attention"),
        (ItemKind::Unallocated, Name::Unallocated, &input.unallocated, "Children without an allocated worker"),
        (ItemKind::Managers, Name::Managers, &input.managers, "Children held by managers"),
        (ItemKind::Dormant, Name::Dormant, &input.dormant, "Dormant cases"),
    ]
    .into_iter()
    .filter(|(.., children, _)| !children.is_empty())
    .map(|(kind, register, children, title)| ItemDraft {
        kind,
        title: title.to_owned(),
        figure: input
            .open_children
            .map(|open| frozen(input, Figure { numerator: children.len() as u64, denominator: open })),
        before: None,
        children: children.clone(),
        link: Some(Link::Register { register, team: team.clone() }),
    })
    .collect()
}

/// The most children first.
fn by_measure(input: &AgendaInput, all: &[ChildrenOfMeasure], kind: ItemKind, words: &str) -> Vec<ItemDraft> {
    let mut all: Vec<&ChildrenOfMeasure> = all.iter().filter(|one| !one.children.is_empty()).collect();
    all.sort_by_key(|one| (Reverse(one.children.len()), one.measure.id));
    all.into_iter()
        .map(|one| ItemDraft {
            kind,
            title: format!("{}: {words}", one.measure.name),
            figure: None,
            before: None,
            children: one.children.clone(),
            link: Some(to_measure(one.measure, input.group.clone())),
        })
        .collect()
}

/// The list of those on the wrong side.
fn to_measure(measure: &Measure, group: Area) -> Link {
    let numerator = match measure.polarity {
        Polarity::High => Some(false),
        Polarity::Low => Some(true),
        Polarity::Neutral => None,
    };
    Link::Measure { measure: measure.id.to_owned(), group, numerator }
}

const fn frozen(input: &AgendaInput, figure: Figure) -> Frozen {
    Frozen { as_at: input.as_at, figure }
}
