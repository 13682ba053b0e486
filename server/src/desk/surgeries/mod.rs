//! Surgeries: the list of them, one at the stage it is in, what its forms do, and its minutes as a file.

mod agenda;
mod change;
mod item;
mod list;
mod minutes;
mod one;
mod sight;

pub use change::{NotChanged, SurgeryForm, change};
pub use list::{PlanningForm, plan, refused_list};
pub use minutes::minutes;
pub use one::{may_follow, refused};

pub(super) use list::{entry, page};
pub(super) use one::one;

use crate::desk::{ViewerDesk, failed};
use crate::store::reader::Reader;
use crate::store::surgeries::{self, Kept};
use crate::store::users::{self, User};
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::Person;
use domain::ids::{SurgeryId, UserId};
use domain::organisation::Organisation;
use domain::scope::Grant;
use domain::surgery::{Attendee, Meeting, Plan, Remit};
use std::sync::Arc;

/// What is known beside surgeries: the organisation as on today, and who has an account.
struct Around {
    today: NaiveDate,
    organisation: Arc<Organisation>,
    users: Vec<User>,
}

impl Around {
    async fn of(desk: &ViewerDesk) -> Result<Self, PageError> {
        let state = &desk.state;
        let today = state.clock.today();
        let organisation = state.council.organisation(&state.db, desk.visit.version, today).await.map_err(failed)?;
        Ok(Self { today, organisation, users: users::all(&state.db).await.map_err(failed)? })
    }

    fn meeting(&self) -> Meeting<'_> {
        Meeting { today: self.today, organisation: &self.organisation }
    }

    fn name(&self, user: UserId) -> String {
        let known = self.users.iter().find(|known| known.id == user.0);
        known.map_or_else(|| "Unknown".to_owned(), |user| user.full_name.clone())
    }

    fn attendee(&self, who: &Attendee) -> String {
        match who {
            Attendee::User(user) => self.name(*user),
            Attendee::Named(name) => name.clone(),
        }
    }

    fn active(&self) -> impl Iterator<Item = &User> {
        self.users.iter().filter(|user| user.disabled_at.is_none())
    }

    /// Accounts with their grants.
    async fn granted(&self, desk: &ViewerDesk) -> Result<Vec<(&User, Vec<Grant>)>, PageError> {
        let mut granted = Vec::new();
        for user in self.active() {
            granted.push((user, users::grants(&desk.state.db, user.id).await.map_err(failed)?));
        }
        Ok(granted)
    }

    /// Whether an actor may plan a surgery of this remit and let somebody lead it.
    fn may_plan(&self, actor: Person<'_>, leader: Person<'_>, remit: &Remit) -> bool {
        let plan = Plan { series: None, remit: remit.clone(), leader, date: self.today };
        plan.record(&actor, &self.meeting()).is_ok()
    }
}

/// The viewer, as rights are asked of.
fn person(desk: &ViewerDesk) -> Person<'_> {
    let viewer = &desk.visit.viewer;
    Person { user: UserId(viewer.user_id), grants: &viewer.grants }
}

fn reader(desk: &ViewerDesk) -> Reader<'_> {
    let viewer = &desk.visit.viewer;
    Reader { user: UserId(viewer.user_id), scope: &viewer.scope }
}

/// What stands in the audit.
fn subject(id: SurgeryId) -> String {
    format!("surgery {}", id.0)
}

/// A surgery the viewer may read, from what stands in the address; none for any other.
async fn readable(desk: &ViewerDesk, id: &str, around: &Around) -> Result<Option<Kept>, PageError> {
    let digits = !id.is_empty() && id.len() < 16 && id.bytes().all(|byte| byte.is_ascii_digit());
    let Some(id) = digits.then(|| id.parse().ok().map(SurgeryId)).flatten() else { return Ok(None) };
    let kept = surgeries::load(&desk.state.db, &reader(desk), id).await.map_err(failed)?;
    Ok(kept.filter(|kept| kept.surgery.may_be_read_by(&person(desk), &around.meeting())))
}

/// A remit in words.
pub(super) fn remit_words(remit: &Remit) -> String {
    match remit {
        Remit::Service { service } => service.clone(),
        Remit::Teams { teams } => teams.join(" and "),
    }
}

/// `/surgeries/5`.
fn path(id: SurgeryId) -> String {
    format!("/surgeries/{}", id.0)
}
