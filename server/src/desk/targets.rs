//! `/admin/targets`: what each measure should reach. Setting one is on record with it, both or neither.

use crate::council::Council;
use crate::db::DbError;
use crate::desk::export::take_away;
use crate::desk::{Links, ViewerDesk, failed, words};
use crate::reading::Selection;
use crate::reading::naming::Named;
use crate::state::{AppState, Visit};
use crate::store::audit::{self, Decision, Entry};
use crate::store::targets::{self, Change};
use crate::store::users;
use app::data::{Link, TargetChangeRow, TargetForm, TargetRow, TargetsPage};
use app::desk::Answer;
use app::error::PageError;
use chrono::{Days, NaiveDate};
use domain::look_ahead::Share;
use domain::measures::{CORE, Measure, Polarity, measure};
use domain::names::{collapse, name_key};
use domain::scope::Area;
use domain::targets::{Aim, BadTarget, DatedTarget, Targets};
use serde::Deserialize;
use std::collections::HashMap;

/// Most letters of a reason.
const LONGEST_REASON: usize = 300;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<TargetsPage> {
    let scope = &desk.visit.viewer.scope;
    if !(scope.reads_counts() || scope.sets_standards()) {
        return desk.deny("read targets", "targets").await;
    }
    let council = desk.newest().await?;
    let today = desk.state.clock.today();
    let now = council.as_ref().map_or(today, |council| council.as_at().max(today));
    let changes = targets::changes(&desk.state.db).await.map_err(failed)?;
    let people: HashMap<String, String> = users::all(&desk.state.db)
        .await
        .map_err(failed)?
        .into_iter()
        .map(|user| (user.user_name, user.full_name))
        .collect();
    let named = desk.named().await?;
    let body = TargetsPage {
        targets: in_force(council.as_deref(), &targets::in_force(&changes, now)),
        changes: changes.into_iter().rev().map(|change| change_row(change, &people, &named)).collect(),
        form: scope.sets_standards().then(|| form(council.as_deref(), today)),
        exports: take_away(|ending| format!("/admin/targets.{ending}")),
    };
    Ok(desk.framed(council.as_deref(), body))
}

/// By measure: the council's or the measure's own, then the services', then the teams'.
fn in_force(council: Option<&Council>, targets: &Targets) -> Vec<TargetRow> {
    let mut rows = Vec::new();
    for measure in CORE {
        let mut areas: Vec<Area> =
            targets.set().filter(|set| set.measure == measure.id).map(|set| set.area.clone()).collect();
        areas.push(Area::All);
        areas.sort_by_key(|area| match area {
            Area::All => (0, String::new()),
            Area::Service(name) => (1, name_key(name)),
            Area::Team(name) => (2, name_key(name)),
        });
        areas.dedup();
        rows.extend(areas.into_iter().filter_map(|area| row(council, targets, measure, area)));
    }
    rows
}

fn row(council: Option<&Council>, targets: &Targets, measure: &Measure, area: Area) -> Option<TargetRow> {
    let selection = match &area {
        Area::All => Selection::default(),
        Area::Service(name) => Selection { service: Some(name.clone()), ..Selection::default() },
        Area::Team(name) => Selection { team: Some(name.clone()), ..Selection::default() },
    };
    let target = targets.in_force(measure, selection.team.as_deref(), selection.service.as_deref())?;
    let text = words::target(measure, target.aim);
    let is_known = council.is_none_or(|council| is_known(council, &area));
    Some(TargetRow {
        measure: Link { text: measure.name.to_owned(), href: Links::at(None).measure(measure.id, &selection) },
        place: words::sentence(&words::area(&area)),
        target: text.strip_prefix("Target ").unwrap_or(&text).to_owned(),
        tolerance: tolerance(measure, target.aim),
        origin: match target.origin {
            domain::targets::Origin::Default(source) => format!("The measure’s own: {source}"),
            domain::targets::Origin::Set { since, .. } => format!("From {}", words::date(since)),
        },
        warning: (!is_known).then(|| "Not in the newest extract or the organisation".to_owned()),
    })
}

fn tolerance(measure: &Measure, aim: Aim) -> String {
    if aim.tolerance.less(Share::NOTHING).value() > 0.0 {
        words::exactly(measure, aim.tolerance)
    } else {
        String::new()
    }
}

fn change_row(change: Change, people: &HashMap<String, String>, named: &Named) -> TargetChangeRow {
    let Change { target, reason, set_by, set_at } = change;
    let of = measure(&target.measure);
    let aim = match (of, target.aim) {
        (Some(of), Some(aim)) => match tolerance(of, aim) {
            tolerance if tolerance.is_empty() => words::exactly(of, aim.value),
            tolerance => format!("{}, close within {tolerance}", words::exactly(of, aim.value)),
        },
        _ => "Taken back".to_owned(),
    };
    TargetChangeRow {
        measure: of.map_or(target.measure.as_str(), |of| of.name).to_owned(),
        place: words::sentence(&words::area(&target.area)),
        target: aim,
        applies_from: words::date(target.applies_from),
        reason: named.text(&reason),
        set: format!("{}, {}", people.get(&set_by).unwrap_or(&set_by), words::time(set_at)),
    }
}

fn form(council: Option<&Council>, today: NaiveDate) -> TargetForm {
    let can_have_one = CORE.iter().filter(|measure| measure.polarity != Polarity::Neutral);
    let from = council.and_then(|council| council.as_at().checked_add_days(Days::new(1))).unwrap_or(today);
    TargetForm {
        measures: can_have_one.map(|measure| (measure.id.to_owned(), measure.name.to_owned())).collect(),
        services: council.map(|council| council.organisation.services()).unwrap_or_default(),
        teams: council.map(teams).unwrap_or_default(),
        from: from.to_string(),
    }
}

/// Teams of the organisation and of the extract, each once.
fn teams(council: &Council) -> Vec<String> {
    let mapped = council.organisation.teams().map(|place| place.team.clone());
    let mut teams: Vec<String> = mapped.chain(council.names.teams().iter().map(|team| team.to_string())).collect();
    teams.sort_by_cached_key(|team| name_key(team));
    teams.dedup_by_key(|team| name_key(team));
    teams
}

fn is_known(council: &Council, area: &Area) -> bool {
    match area {
        Area::All => true,
        Area::Service(name) => council.organisation.services().iter().any(|known| name_key(known) == name_key(name)),
        Area::Team(name) => council.names.is_team(name) || council.organisation.place(name).is_some(),
    }
}

/// What the form sends. A part that is not sent is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TargetAsked {
    /// The measure's id.
    pub measure: String,
    /// `all`, `service:NAME` or `team:NAME`.
    pub area: String,
    /// What to reach; empty to take it back.
    pub target: String,
    /// How far off still counts as close; may be empty.
    pub tolerance: String,
    /// From which date.
    pub applies_from: String,
    /// Why.
    pub reason: String,
}

/// Why nothing was changed; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The viewer may not, or the database failed.
    #[error("the page gives no answer")]
    Page(#[from] PageError),
    /// No such measure, service or team.
    #[error("There is no such measure, service or team. Open the page of the targets and choose again.")]
    Unknown,
    /// The number does not fit the measure.
    #[error("The target or what is close to it does not fit: {0}.")]
    Number(#[from] BadTarget),
    /// No date.
    #[error("The date from which the target applies is missing or is no date. Go back and give it.")]
    NoDate,
    /// No reason, or a long one.
    #[error("A reason of 1 to 300 letters is needed: those who read the figures will ask. Go back and give it.")]
    NoReason,
    /// Nothing to take back.
    #[error("No target was set there, so there is none to take back. Go back and give one.")]
    NothingToTakeBack,
}

impl From<DbError> for NotSet {
    fn from(error: DbError) -> Self {
        Self::Page(failed(error))
    }
}

/// Sets a target from a date, or takes it back, and puts that on record with it. Figures are not counted anew: a target
/// stands beside them.
///
/// # Errors
/// When the viewer may not, when the form makes no sense, or when the database fails; nothing is changed then.
pub async fn set(state: &AppState, visit: &Visit, asked: &TargetAsked) -> Result<(), NotSet> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !visit.viewer.scope.sets_standards() {
        return Ok(desk.deny("set target", &asked.measure).await?);
    }
    let measure = measure(&asked.measure).ok_or(NotSet::Unknown)?;
    let area = match asked.area.split_once(':') {
        None if asked.area == "all" => Area::All,
        Some(("service", name)) => Area::Service(collapse(name)),
        Some(("team", name)) => Area::Team(collapse(name)),
        _ => return Err(NotSet::Unknown),
    };
    if area != Area::All && !desk.newest().await?.is_some_and(|council| is_known(&council, &area)) {
        return Err(NotSet::Unknown);
    }
    let aim = match asked.target.trim() {
        "" => None,
        target => Some(Aim::read(measure, target, &asked.tolerance)?),
    };
    let applies_from = asked.applies_from.trim().parse().map_err(|_| NotSet::NoDate)?;
    let reason = collapse(&asked.reason.replace(char::is_control, " "));
    if !(1..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(NotSet::NoReason);
    }
    let target = DatedTarget { measure: measure.id.to_owned(), area, aim, applies_from };
    if target.aim.is_none() {
        let mut changes = targets::changes(&state.db).await?.into_iter();
        let before = |change: Change| change.target.is_of_same(&target) && change.target.applies_from <= applies_from;
        if !changes.any(before) {
            return Err(NotSet::NothingToTakeBack);
        }
    }
    let (set_by, set_at) = (visit.viewer.user_name.clone(), state.clock.now_ms());
    let entry = Entry {
        at: set_at,
        actor: set_by.clone(),
        action: "set target".to_owned(),
        subject: Some(target.measure.clone()),
        detail: Some(in_words(&target, &reason)),
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    let mut tx = state.db.begin().await?;
    targets::add(&mut tx, vec![Change { target, reason, set_by, set_at }]).await?;
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(())
}

/// "0.95 for team North 1 from 2026-11-01: agreed by the board".
fn in_words(target: &DatedTarget, reason: &str) -> String {
    let aim = target.aim.map_or_else(|| "taken back".to_owned(), |aim| aim.value.to_string());
    format!("{aim} for {} from {}: {reason}", words::area(&target.area), target.applies_from)
}
