//! Who acts, and how what they do is asked for: by the forms of the pages, at a time of the story.

use super::NoDemoSurgeries;
use crate::clock::Clock;
use crate::db::Db;
use crate::demo::county::{CARE, CHILDREN_AND_FAMILIES, DISABILITIES, EARLY_HELP, YOUTH_JUSTICE, heads_of_service};
use crate::desk::actions::{self, Answered, Fields};
use crate::desk::recommendations;
use crate::desk::surgeries::{self, PlanningForm, SurgeryForm};
use crate::state::{AppState, Visit};
use crate::store::users;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::ids::{ActionId, SurgeryId};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// One of the demo's people, by what they do in its surgeries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Of everything; leads the surgery of the front door.
    Director,
    /// Of Children & Families.
    SafeguardingDirector,
    /// Of children in care, care leavers and disabled children.
    CareDirector,
    /// Of early help and youth justice.
    HelpDirector,
    /// A Head of Service, by the place in [`heads_of_service`].
    Head(usize),
    /// The manager who has an account.
    Manager,
    /// Prepares.
    Analyst,
}

impl Part {
    /// The key of the persona.
    const fn persona(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::SafeguardingDirector => "director-2",
            Self::CareDirector => "director-3",
            Self::HelpDirector => "director-4",
            Self::Head(0) => "head-of-service-2",
            Self::Head(1) => "head-of-service",
            Self::Head(2) => "head-of-service-3",
            Self::Head(3) => "head-of-service-4",
            Self::Head(4) => "head-of-service-5",
            Self::Head(_) => "head-of-service-6",
            Self::Manager => "team-manager",
            Self::Analyst => "analyst",
        }
    }

    /// The Head of Service of this name, as `organisation.csv` writes it.
    pub(super) fn head_called(name: &str) -> Option<Self> {
        heads_of_service().iter().position(|head| head == name).map(Self::Head)
    }

    /// Who answers to nobody but the Director of everything for a service, and confirms what its Heads of Service report.
    pub(super) fn director_of(service: &str) -> Self {
        match service {
            CHILDREN_AND_FAMILIES => Self::SafeguardingDirector,
            CARE | DISABILITIES => Self::CareDirector,
            EARLY_HELP | YOUTH_JUSTICE => Self::HelpDirector,
            _ => Self::Director,
        }
    }
}

/// The people, and the clock on the wall.
pub(super) struct Cast {
    pub state: AppState,
    now: Arc<AtomicI64>,
}

impl Cast {
    pub(super) async fn of(db: &Db) -> Result<Self, NoDemoSurgeries> {
        let now = Arc::new(AtomicI64::new(0));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || DateTime::<Utc>::from_timestamp_millis(now.load(Ordering::SeqCst)).unwrap_or_default()
        });
        Ok(Self { state: AppState::start(db.clone(), clock).await?, now })
    }

    /// Puts the clock to the beginning of an hour of a day.
    pub(super) fn at(&self, day: NaiveDate, hour: i64) {
        let time = day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hour);
        self.now.store(time.timestamp_millis(), Ordering::SeqCst);
    }

    /// Lets minutes pass.
    pub(super) fn wait(&self, minutes: i64) {
        self.now.fetch_add(TimeDelta::minutes(minutes).num_milliseconds(), Ordering::SeqCst);
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.state.clock.today()
    }

    /// The number of somebody's account.
    pub(super) async fn user(&self, part: Part) -> Result<users::User, NoDemoSurgeries> {
        let known = users::by_persona(&self.state.db, part.persona()).await?;
        known.ok_or(NoDemoSurgeries::Missing(part.persona()))
    }

    /// Somebody's request, with the access that a session would have.
    pub(super) async fn visit(&self, part: Part) -> Result<Visit, NoDemoSurgeries> {
        let user = self.user(part).await?;
        let visit = self.state.visit_of(user.id, Arc::from("demo")).await?;
        visit.ok_or(NoDemoSurgeries::Missing(part.persona()))
    }

    /// Plans a surgery or a series, or opens a day of one. Answers the page it leads to.
    pub(super) async fn plan(&self, by: Part, form: PlanningForm) -> Result<String, NoDemoSurgeries> {
        Ok(surgeries::plan(&self.state, &self.visit(by).await?, &form).await?)
    }

    /// Does something with a surgery.
    pub(super) async fn meet(&self, by: Part, id: SurgeryId, form: SurgeryForm) -> Result<(), NoDemoSurgeries> {
        surgeries::change(&self.state, &self.visit(by).await?, &id.0.to_string(), &form).await?;
        Ok(())
    }

    /// Records an action.
    pub(super) async fn record(&self, by: Part, fields: Vec<(String, String)>) -> Result<(), NoDemoSurgeries> {
        match actions::record(&self.state, &self.visit(by).await?, &Fields::of(fields)).await? {
            Answered::Done(_) => Ok(()),
            Answered::Refused(page) | Answered::Conflict(page) => {
                Err(NoDemoSurgeries::Refused(page.body.refused.unwrap_or_default()))
            }
        }
    }

    /// Does something with an action that stands at a version.
    pub(super) async fn act(
        &self,
        by: Part,
        (id, version): (ActionId, u32),
        fields: &[(&str, &str)],
    ) -> Result<(), NoDemoSurgeries> {
        let version = version.to_string();
        let all = fields.iter().copied().chain([("version", version.as_str())]);
        let fields = Fields::of(all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
        match actions::change(&self.state, &self.visit(by).await?, &id.to_string(), &fields).await? {
            Answered::Done(_) => Ok(()),
            Answered::Refused(page) | Answered::Conflict(page) => {
                Err(NoDemoSurgeries::Refused(page.body.refused.unwrap_or_default()))
            }
        }
    }

    /// Loads lists of recommendations.
    pub(super) async fn recommend(&self, list: &str) -> Result<(), NoDemoSurgeries> {
        let fields = Fields::of(vec![("list".to_owned(), list.to_owned())]);
        Ok(recommendations::load(&self.state, &self.visit(Part::Analyst).await?, &fields).await?)
    }
}
