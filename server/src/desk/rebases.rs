//! Beginning a control chart anew from a date: a person's decision, with a reason. Nothing rebases by itself.

use crate::council::Council;
use crate::db::DbError;
use crate::desk::cards::CardMaker;
use crate::desk::{Links, ViewerDesk, failed, links, measure, signal, words};
use crate::reading::Selection;
use crate::state::{AppState, Visit};
use crate::store::audit::{self, Decision, Entry};
use crate::store::rebases::{self, Cut, NewRebase, Rebase};
use app::data::{ChartCut, RebasePanel};
use app::error::PageError;
use chrono::{Days, NaiveDate};
use domain::measures::Measure;
use domain::names::collapse;
use domain::scope::{Area, Role};
use serde::Deserialize;

/// Most letters of a reason.
pub const LONGEST_REASON: usize = 300;

/// What the form on a measure's page sends. A part that is not sent is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RebaseForm {
    /// The chart's service.
    pub service: String,
    /// The chart's team.
    pub team: String,
    /// The first date of the new segment.
    pub from: String,
    /// Why.
    pub reason: String,
    /// The number of the cut to take back; empty to make one.
    pub takes_back: String,
}

/// Why nothing was changed; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NotRebased {
    /// The viewer may not, or the database failed.
    #[error("the page gives no answer")]
    Page(#[from] PageError),
    /// No such measure, service or team.
    #[error(
        "There is no such measure, service or team in the newest extract. Open the measure's page and send the form from there."
    )]
    UnknownChart,
    /// No reason.
    #[error("The reason is missing. Go back and say in a sentence what changed: it stands beside the chart.")]
    NoReason,
    /// A reason that is too long.
    #[error("The reason is longer than 300 letters. Go back and make it shorter: it stands beside the chart.")]
    LongReason,
    /// No date, or one with nothing before it or after it.
    #[error(
        "The date is missing, or no extract lies before it, or none on it or after it. Go back and choose another."
    )]
    NoDate,
    /// A cut that is there already.
    #[error("This chart begins anew on that date already. To change the reason, take that one back first.")]
    ThereAlready,
    /// A cut that is not there, or not any more.
    #[error("There is nothing to take back: it was taken back already. Open the measure's page to see how it stands.")]
    NothingToTakeBack,
}

impl From<DbError> for NotRebased {
    fn from(error: DbError) -> Self {
        Self::Page(failed(error))
    }
}

/// Who may decide where a chart begins anew: who answers for the whole council or keeps its data, and reads children.
pub(super) fn may_rebase(desk: &ViewerDesk) -> bool {
    let viewer = &desk.visit.viewer;
    let today = desk.state.clock.today();
    let mut held = viewer.grants.iter().filter(|grant| grant.is_valid_on(today)).map(|grant| grant.role);
    viewer.scope.reaches_everything()
        && viewer.scope.reads_children()
        && held.any(|role| matches!(role, Role::Director | Role::Analyst))
}

/// The forms on a measure's page; none for who may not, at an earlier extract, and where there is no chart to cut.
pub(super) fn panel(desk: &ViewerDesk, maker: &CardMaker<'_>, measure: &Measure) -> Option<RebasePanel> {
    let area = signal::area(maker.selection, maker.scope)?;
    if !may_rebase(desk) || maker.council.is_past() {
        return None;
    }
    let (earliest, latest) = dates(maker.council)?;
    let cuts = maker.rebases.iter().filter(|rebase| rebase.cut.is_of(measure.id, &area));
    Some(RebasePanel {
        action: format!("/measures/{}/rebase", measure.id),
        kept: links::of_selection(maker.selection).into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        earliest: earliest.to_string(),
        latest: latest.to_string(),
        cuts: cuts.map(cut_in_words).collect(),
    })
}

fn cut_in_words(rebase: &Rebase) -> ChartCut {
    let (from, set_at) = (words::date(rebase.cut.applies_from), words::time(rebase.set_at));
    ChartCut {
        id: rebase.id.to_string(),
        text: format!("From {from}: {}. Set by {} on {set_at}", rebase.reason.trim_end_matches('.'), rebase.set_by),
    }
}

/// The first and the last date that cut a chart in two; none with fewer than two extracts.
fn dates(council: &Council) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = (council.extracts.first()?.as_at, council.extracts.last()?.as_at);
    let earliest = first.checked_add_days(Days::new(1))?;
    (earliest <= last).then_some((earliest, last))
}

/// Makes a cut or takes one back, and puts that on record with it. Answers the address of the measure's page.
///
/// # Errors
/// When the viewer may not, when the form makes no sense, or when the database fails.
pub async fn rebase(state: &AppState, visit: &Visit, id: &str, form: &RebaseForm) -> Result<String, NotRebased> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !may_rebase(&desk) {
        return Ok(desk.deny("rebase", id).await?);
    }
    let council = desk.newest().await?.ok_or(NotRebased::UnknownChart)?;
    let (measure, selection, area) = chart(&desk, &council, id, form).ok_or(NotRebased::UnknownChart)?;
    let reason = reason(&form.reason)?;
    let known: Vec<Rebase> =
        rebases::in_force(&state.db).await?.into_iter().filter(|rebase| rebase.cut.is_of(measure.id, &area)).collect();
    let taken_back = match form.takes_back.trim() {
        "" => None,
        number => {
            Some(known.iter().find(|rebase| rebase.id.to_string() == number).ok_or(NotRebased::NothingToTakeBack)?)
        }
    };
    let cut = match taken_back {
        Some(rebase) => rebase.cut.clone(),
        None => new_cut(&council, measure, area, &form.from, &known)?,
    };
    let new = NewRebase {
        cut: &cut,
        reason: &reason,
        set_by: &visit.viewer.user_name,
        set_at: state.clock.now_ms(),
        takes_back: taken_back.map(|rebase| rebase.id),
    };
    keep(state, visit, &new).await?;
    Ok(Links::at(None).measure(measure.id, &selection))
}

/// The chart that the form is about.
fn chart(
    desk: &ViewerDesk,
    council: &Council,
    id: &str,
    form: &RebaseForm,
) -> Option<(&'static Measure, Selection, Area)> {
    let named = |name: &str| (!name.trim().is_empty()).then(|| name.to_owned());
    let (service, team) = (named(&form.service), named(&form.team));
    let scope = &desk.visit.viewer.scope;
    let measure = domain::measures::measure(id)?;
    let selection = measure::selection(council, scope, service.as_deref(), team.as_deref())?;
    let area = signal::area(&selection, scope)?;
    Some((measure, selection, area))
}

/// The reason on one line.
fn reason(typed: &str) -> Result<String, NotRebased> {
    let reason = collapse(&typed.replace(|c: char| c.is_control(), " "));
    match reason.chars().count() {
        0 => Err(NotRebased::NoReason),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err(NotRebased::LongReason),
    }
}

fn new_cut(council: &Council, measure: &Measure, area: Area, from: &str, known: &[Rebase]) -> Result<Cut, NotRebased> {
    let from: NaiveDate = from.trim().parse().map_err(|_| NotRebased::NoDate)?;
    let (earliest, latest) = dates(council).ok_or(NotRebased::NoDate)?;
    if !(earliest..=latest).contains(&from) {
        return Err(NotRebased::NoDate);
    }
    if known.iter().any(|rebase| rebase.cut.applies_from == from) {
        return Err(NotRebased::ThereAlready);
    }
    Ok(Cut { measure: measure.id.to_owned(), area, applies_from: from })
}

/// The row and its audit entry, both or neither.
async fn keep(state: &AppState, visit: &Visit, new: &NewRebase<'_>) -> Result<(), NotRebased> {
    let place = match &new.cut.area {
        Area::All => "whole council".to_owned(),
        Area::Service(name) => format!("service {name}"),
        Area::Team(name) => format!("team {name}"),
    };
    let entry = Entry {
        at: new.set_at,
        actor: new.set_by.to_owned(),
        action: if new.takes_back.is_some() { "take back rebase" } else { "rebase" }.to_owned(),
        subject: Some(new.cut.measure.clone()),
        detail: Some(format!("{place}, from {}", new.cut.applies_from)),
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    let mut tx = state.db.begin().await?;
    if !rebases::add(&mut tx, new).await? {
        return Err(if new.takes_back.is_some() { NotRebased::NothingToTakeBack } else { NotRebased::ThereAlready });
    }
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(())
}
