//! What waits for somebody: late actions, reports to confirm, surgeries to prepare. One answer for the header's count, the
//! home page, `/notices`, e-mail and the calendar.
//!
//! | module | what it does |
//! |---|---|
//! | `kind` | the kinds of notice |
//! | `gather` | an own action's kind, a Director's area, surgeries |
//! | `count` | how many, kept between requests |
//!
//! Everything is read within the person's scope and by the roles held today: who holds a role no more is told nothing
//! that goes with it.

mod count;
mod gather;
mod kind;
mod surgeries;

pub use count::NoticeCounts;
pub(crate) use gather::end_of_week;
pub use gather::own_actions;
pub use kind::Kind;
pub use surgeries::{Coming, attends, coming};

use crate::db::DbError;
use crate::state::{AppState, Visit};
use crate::store::actions::Line;
use crate::store::standards;
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::scope::{Grant, Role, Scope};
use domain::standards::Standards;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Counted no further, of one kind.
pub const MOST: u32 = 1_000;

/// An action that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Why.
    pub kind: Kind,
    /// The action.
    pub line: Line,
    /// What makes it another notice than the last about the same action: a due date, an event.
    pub occasion: String,
    /// Whether the step is reached at which the person is written to.
    pub told: bool,
}

/// All that waits for somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Actions, in the order of the kinds; one that fits several kinds stands here under each.
    pub actions: Vec<Notice>,
    /// Surgeries to prepare, by day.
    pub surgeries: Vec<Coming>,
}

impl Waiting {
    /// Each action once, under the first kind that fits.
    pub fn once(&self) -> impl Iterator<Item = &Notice> {
        let mut seen = BTreeSet::new();
        self.actions.iter().filter(move |notice| seen.insert(notice.line.id.0))
    }

    /// How many things wait.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.once().count() + self.surgeries.len()) as u64
    }
}

/// What waits for the viewer of a visit.
///
/// # Errors
/// When the database fails.
pub async fn waiting(state: &AppState, visit: &Visit) -> Result<Waiting, DbError> {
    if !visit.viewer.scope.reads_children() {
        return Ok(Waiting::default());
    }
    let around = Around::of(state, visit).await?;
    let mut actions = gather::own(&around).await?;
    actions.extend(gather::to_confirm(&around).await?);
    actions.extend(gather::in_area(&around).await?);
    actions.sort_by_key(|notice| notice.kind);
    Ok(Waiting { actions, surgeries: surgeries::to_prepare(&around).await? })
}

/// What is known beside the person.
pub struct Around<'a> {
    pub(crate) state: &'a AppState,
    pub(crate) visit: &'a Visit,
    /// Today in England.
    pub today: NaiveDate,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) standards: Standards,
    pub(crate) calendar: WorkingDays,
}

impl<'a> Around<'a> {
    /// As of today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(state: &'a AppState, visit: &'a Visit) -> Result<Self, DbError> {
        let today = state.clock.today();
        Ok(Self {
            organisation: state.council.organisation(&state.db, visit.version, today).await?,
            standards: standards::on(&state.db, today).await?,
            calendar: WorkingDays::england(),
            state,
            visit,
            today,
        })
    }

    fn user(&self) -> UserId {
        UserId(self.visit.viewer.user_id)
    }

    fn holds(&self, role: Role) -> bool {
        self.visit.viewer.grants.iter().any(|grant| grant.role == role && grant.is_valid_on(self.today))
    }

    /// What the roles of one kind reach.
    fn scope_as(&self, role: Role) -> Scope {
        let of_role: Vec<Grant> = self.visit.viewer.grants.iter().filter(|grant| grant.role == role).cloned().collect();
        Scope::of(&of_role, &self.organisation, self.today)
    }
}
