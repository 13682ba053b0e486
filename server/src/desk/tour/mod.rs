//! `/help/tour`: a short walk for each role, and whether the home page offers it.

mod places;
mod steps;

use crate::db::DbError;
use crate::desk::{ViewerDesk, failed};
use crate::state::{AppState, Visit};
use crate::store::audit::{self, Decision, Entry};
use crate::store::tours;
use app::data::{Link, TourPage, TourPart, TourStep};
use app::desk::Answer;
use app::error::PageError;
use domain::scope::{Grant, Role};
use places::Places;
use serde::Deserialize;

/// Where the tour is, and where its form is sent.
pub const PATH: &str = "/help/tour";

/// What the form sends: `never` or `again`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TourForm {
    /// Whether the tour is to be offered.
    pub show: String,
}

pub(super) async fn page(desk: &ViewerDesk) -> Answer<TourPage> {
    let council = desk.newest().await?;
    let grants = held(desk);
    let mut parts = Vec::new();
    for role in Role::ALL {
        // Of two grants of a role the first stands for both: the walk is the same.
        if let Some(grant) = grants.iter().find(|grant| grant.role == role) {
            let places = Places::of(council.as_deref(), &desk.visit.viewer.scope, &grant.area);
            parts.push(part(role, &places));
        }
    }
    let offered = is_offered(desk).await?;
    Ok(desk.framed(council.as_deref(), TourPage { parts, offered }))
}

fn held(desk: &ViewerDesk) -> Vec<&Grant> {
    let today = desk.state.clock.today();
    desk.visit.viewer.grants.iter().filter(|grant| grant.is_valid_on(today)).collect()
}

fn part(role: Role, places: &Places) -> TourPart {
    let (purpose, steps) = steps::of(role);
    TourPart {
        role: role.title().to_owned(),
        purpose: purpose.to_owned(),
        steps: steps
            .iter()
            .map(|step| TourStep {
                title: step.title.to_owned(),
                text: step.text.to_owned(),
                look: step.look.to_owned(),
                link: places.href(step.at).map(|href| Link { text: step.title.to_owned(), href }),
            })
            .collect(),
    }
}

/// Whether the home page offers the tour: to who holds a role and has not said that it is known.
pub(super) async fn is_offered(desk: &ViewerDesk) -> Result<bool, PageError> {
    if held(desk).is_empty() {
        return Ok(false);
    }
    Ok(!tours::is_known(&desk.state.db, desk.visit.viewer.user_id).await.map_err(failed)?)
}

/// Keeps whether the viewer knows the tour, with its entry in the audit, both or neither.
///
/// # Errors
/// When the database fails.
pub async fn set_known(state: &AppState, visit: &Visit, known: bool) -> Result<(), PageError> {
    keep(state, visit, known).await.map_err(failed)
}

async fn keep(state: &AppState, visit: &Visit, known: bool) -> Result<(), DbError> {
    let at = state.clock.now_ms();
    let entry = Entry {
        at,
        actor: visit.viewer.user_name.clone(),
        action: if known { "hide tour" } else { "offer tour" }.to_owned(),
        subject: None,
        detail: None,
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    let mut tx = state.db.begin().await?;
    tours::set_known(&mut tx, visit.viewer.user_id, known, at).await?;
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await
}
