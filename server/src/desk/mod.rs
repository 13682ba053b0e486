//! The pages' desk: everything a page shows, for one viewer and one request. Scoped on every read, audited before
//! the answer.

pub(crate) mod actions;
pub mod answers;
pub(crate) mod attention;
pub mod calendar;
mod cards;
pub mod caseloads;
mod child;
mod children;
mod choices;
mod data;
pub(crate) mod evidence;
pub mod export;
pub mod extract_forms;
pub mod files;
mod funnel_words;
mod help;
mod here;
mod home;
mod links;
mod look_ahead;
pub mod mapping;
mod measure;
pub(crate) mod over_time;
pub(crate) mod problems;
pub mod rebases;
pub(crate) mod recommendations;
pub(crate) mod sends;
mod service;
mod shown;
pub(crate) mod signal;
mod standards;
mod standing;
mod suppress;
pub mod surgeries;
pub mod targets;
mod team;
pub mod tour;
mod words;

use crate::council::Council;
use crate::db::DbError;
use crate::desk::cards::CardMaker;
use crate::reading::naming::Named;
use crate::reading::{Asked, ReadError, Selection};
use crate::state::{AppState, Visit};
use crate::store::audit::Decision;
use crate::store::rebases::{self as rebase_store, Rebase};
use crate::store::users;
use app::data::{
    ActionPage, AnswerPage, CaseloadQuery, CaseloadsPage, ChildPage, DataPage, ExtractPage, Frame, HelpPage, HomePage,
    ListPage, ListQuery, LoadPage, LogPage, LogQuery, MappingPage, MeasurePage, NewActionPage, NewActionQuery,
    NoticesPage, Page, Persona, ProblemsQuery, RecommendationsPage, RegisterPage, RegisterQuery, ServicePage,
    SignInPage, StandardsPage, TablesPage, TablesQuery, TargetsPage, TeamPage, TourPage, ViewerCard,
};
use app::data::{SurgeriesPage, SurgeriesQuery, SurgeryPage};
use app::desk::{Answer, Desk, SharedDesk};
use app::error::PageError;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::scope::{Area, Grant};
use domain::suppress::published_dates;
use here::Here;
pub(crate) use links::Links;
use std::sync::Arc;
pub(crate) use words::{count as count_in_words, day as day_in_words};

/// The desk of a signed-in viewer.
#[derive(Debug, Clone)]
pub struct ViewerDesk {
    pub(crate) state: AppState,
    pub(crate) visit: Visit,
    /// The date that stands in the address; none is now.
    at: Option<NaiveDate>,
}

/// The desk of nobody: it knows the sign-in page.
#[derive(Debug, Clone)]
pub struct DoorDesk {
    state: AppState,
}

impl DoorDesk {
    /// A desk for who is not signed in.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        Self { state }
    }
}

/// Logs what failed and says no more than that something did.
pub(crate) fn failed(error: impl Into<ReadError>) -> PageError {
    match error.into() {
        ReadError::Ask(bad) => PageError::BadRequest(bad.to_string()),
        ReadError::Db(DbError::Busy) => PageError::Busy,
        error => {
            tracing::error!(%error, "a page could not be made");
            PageError::Failed
        }
    }
}

impl ViewerDesk {
    /// A desk for one request of one viewer.
    #[must_use]
    pub fn new(state: AppState, visit: Visit) -> Self {
        Self { state, visit, at: None }
    }

    /// The same desk as at a date, as it stands in the address; nothing there is now.
    ///
    /// # Errors
    /// When it is no date.
    pub fn as_at(&self, date: Option<&str>) -> Result<Self, PageError> {
        let at = match date.map(str::trim).filter(|date| !date.is_empty()) {
            None => None,
            Some(date) => Some(date.parse().map_err(|_| {
                PageError::BadRequest(format!(
                    "The address has no date under '{}': write it as 2026-10-30.",
                    links::AS_AT
                ))
            })?),
        };
        Ok(Self { at, ..self.clone() })
    }

    /// The extract in force on the date of the address: the newest, or an earlier one. `None` before the first load.
    async fn council(&self) -> Result<Option<Arc<Council>>, PageError> {
        let (cache, db, version) = (&self.state.council, &self.state.db, self.visit.version);
        let at = match self.published_date().await? {
            Some(published) => published,
            None => match self.at {
                Some(at) => at,
                None => return cache.newest(db, version).await.map_err(failed),
            },
        };
        let council = cache.on(db, version, at).await.map_err(failed)?;
        match (council, self.newest().await?) {
            (None, Some(newest)) => Err(PageError::BadRequest(format!(
                "There is no extract as at {} or before. The first is as at {}.",
                words::date(at),
                newest.dates.first().copied().map_or_else(String::new, words::date)
            ))),
            (council, _) => Ok(council),
        }
    }

    /// The date of the extract that is shown to who gets no small number: of a month's end; `None` for everybody else.
    async fn published_date(&self) -> Result<Option<NaiveDate>, PageError> {
        let scope = &self.visit.viewer.scope;
        if !scope.suppresses() || !scope.reads_counts() {
            return Ok(None);
        }
        let Some(newest) = self.newest().await? else { return Ok(None) };
        let dates = published_dates(&newest.dates);
        let wanted = |date: &&NaiveDate| self.at.is_none_or(|at| **date <= at);
        match (dates.iter().rev().find(wanted), dates.first()) {
            (Some(date), _) => Ok(Some(*date)),
            (None, Some(first)) => Err(PageError::BadRequest(format!(
                "Figures are shown as at the ends of months. The first is {}.",
                words::date(*first)
            ))),
            (None, None) => Ok(None),
        }
    }

    /// The newest extract, whatever the date of the address.
    async fn newest(&self) -> Result<Option<Arc<Council>>, PageError> {
        self.state.council.newest(&self.state.db, self.visit.version).await.map_err(failed)
    }

    /// Who may be named to the viewer, by today's facts.
    async fn named(&self) -> Result<Named, PageError> {
        let newest = self.newest().await?;
        Named::of(&self.state.db, newest.as_deref(), &self.visit.viewer.scope).await.map_err(failed)
    }

    /// Where people cut control charts; nowhere for who is shown none.
    async fn rebases(&self) -> Result<Vec<Rebase>, PageError> {
        if self.visit.viewer.scope.suppresses() {
            return Ok(Vec::new());
        }
        let mut rebases = rebase_store::in_force(&self.state.db).await.map_err(failed)?;
        let named = self.named().await?;
        rebases.iter_mut().for_each(|rebase| rebase.reason = named.text(&rebase.reason));
        Ok(rebases)
    }

    /// Puts a page in its frame, where it cannot be asked for as at another date.
    fn framed<T>(&self, council: Option<&Council>, body: T) -> Page<T> {
        self.framed_at(council, None, body)
    }

    /// Puts a page in its frame. `here` is the page's own address without a date.
    fn framed_at<T>(&self, council: Option<&Council>, here: Option<Here>, body: T) -> Page<T> {
        let viewer = &self.visit.viewer;
        let today = self.state.clock.today();
        Page {
            frame: Frame {
                viewer: ViewerCard {
                    name: viewer.full_name.clone(),
                    role: viewer
                        .grants
                        .iter()
                        .filter(|grant| grant.is_valid_on(today))
                        .map(role_in_words)
                        .collect::<Vec<_>>()
                        .join("; "),
                    reads_children: viewer.scope.reads_children(),
                    reads_counts: viewer.scope.reads_counts(),
                    loads_data: viewer.scope.loads_data(),
                },
                as_at: council.map(|council| words::date(council.as_at())),
                freshness: council.map(|council| match council.dates.last() {
                    Some(_) if council.is_past() && viewer.scope.suppresses() => {
                        "Figures as at the end of a month".to_owned()
                    }
                    Some(newest) if council.is_past() => {
                        format!("An earlier extract; the newest is as at {}", words::date(*newest))
                    }
                    _ => words::freshness(council.as_at(), today, &council.calendar),
                }),
                attention: viewer.scope.reads_children().then(|| {
                    let links = council.map_or(Links::at(None), Council::links);
                    links.attention(&Selection::default(), &[])
                }),
                caseloads: viewer.scope.reads_children().then(|| {
                    let links = council.map_or(Links::at(None), Council::links);
                    links.caseloads(&Selection::default(), &[])
                }),
                home: council.map_or_else(|| "/".to_owned(), |council| council.links().home()),
                dates: council.zip(here).and_then(|(council, here)| here.dates(council, &viewer.scope)),
                waiting: self.visit.waiting,
                demo: self.state.demo,
            },
            body,
        }
    }

    /// Puts a look on record; without that there is no answer.
    async fn allow(&self, action: &str, subject: &str, detail: Option<String>) -> Result<(), PageError> {
        self.record(action, subject, detail, Decision::Allow).await
    }

    /// Puts a refusal on record and answers as for something unknown.
    async fn deny<T>(&self, action: &str, subject: &str) -> Result<T, PageError> {
        self.record(action, subject, None, Decision::Deny).await?;
        Err(PageError::NotFound)
    }

    async fn record(
        &self,
        action: &str,
        subject: &str,
        detail: Option<String>,
        decision: Decision,
    ) -> Result<(), PageError> {
        // What stands in an address may be anything: the audit keeps the beginning of it, on one line.
        let subject: String = subject.chars().filter(|c| !c.is_control()).take(120).collect();
        self.state.record(&self.visit, action, Some(subject), detail, decision).await.map_err(|error| {
            tracing::error!(%error, "a look could not be put on record, so nothing was shown");
            PageError::Failed
        })
    }

    /// What the cards of a page are made from.
    fn cards<'a>(
        &'a self,
        council: &'a Council,
        asked: &'a Asked,
        selection: &'a Selection,
        rebases: &'a [Rebase],
    ) -> CardMaker<'a> {
        CardMaker { db: &self.state.db, council, scope: &self.visit.viewer.scope, asked, selection, rebases }
    }

    fn asked(council: &Council) -> Asked {
        Asked { period: council.period(), standards: council.standards.clone() }
    }
}

/// A grant in words: "Head of Service, Children and Families".
pub(crate) fn role_in_words(grant: &Grant) -> String {
    match &grant.area {
        Area::All => grant.role.title().to_owned(),
        Area::Service(name) | Area::Team(name) => format!("{}, {name}", grant.role.title()),
    }
}

#[async_trait]
impl Desk for ViewerDesk {
    fn at(&self, date: Option<&str>) -> Result<SharedDesk, PageError> {
        Ok(Arc::new(self.as_at(date)?))
    }

    async fn sign_in(&self) -> Result<SignInPage, PageError> {
        DoorDesk::new(self.state.clone()).sign_in().await
    }

    async fn home(&self) -> Answer<HomePage> {
        home::page(self).await
    }

    async fn service(&self, service: &str) -> Answer<ServicePage> {
        service::page(self, service).await
    }

    async fn team(&self, team: &str) -> Answer<TeamPage> {
        team::page(self, team).await
    }

    async fn measure(&self, id: &str, service: Option<&str>, team: Option<&str>) -> Answer<MeasurePage> {
        measure::page(self, id, service, team).await
    }

    async fn children(&self, id: &str, query: &ListQuery) -> Answer<ListPage> {
        children::page(self, id, query).await
    }

    async fn answer(&self, id: &str, unit: &str, query: &ListQuery) -> Answer<AnswerPage> {
        answers::one(self, id, unit, query).await
    }

    async fn changes(&self, id: &str, query: &TablesQuery) -> Answer<TablesPage> {
        over_time::changes(self, id, query).await
    }

    async fn answers(&self, query: &TablesQuery) -> Answer<TablesPage> {
        answers::overview(self, query).await
    }

    async fn lag(&self, query: &TablesQuery) -> Answer<TablesPage> {
        over_time::lag(self, query).await
    }

    async fn altered(&self, query: &TablesQuery) -> Answer<TablesPage> {
        over_time::altered(self, query).await
    }

    async fn attention(&self, query: &RegisterQuery) -> Answer<RegisterPage> {
        attention::page(self, query).await
    }

    async fn caseloads(&self, query: &CaseloadQuery) -> Answer<CaseloadsPage> {
        caseloads::page(self, query).await
    }

    async fn child(&self, reference: &str) -> Answer<ChildPage> {
        child::page(self, reference).await
    }

    async fn data(&self) -> Answer<DataPage> {
        data::page(self).await
    }

    async fn extract(&self, id: &str) -> Answer<ExtractPage> {
        data::extract(self, id).await
    }

    async fn problems(&self, query: &ProblemsQuery) -> Answer<TablesPage> {
        problems::page(self, query).await
    }

    async fn load(&self, id: &str) -> Answer<LoadPage> {
        data::load(self, id).await
    }

    async fn standards(&self) -> Answer<StandardsPage> {
        standards::page(self).await
    }

    async fn mapping(&self) -> Answer<MappingPage> {
        mapping::page(self).await
    }

    async fn targets(&self) -> Answer<TargetsPage> {
        targets::page(self).await
    }

    async fn actions(&self, query: &LogQuery) -> Answer<LogPage> {
        actions::log(self, query).await
    }

    async fn new_action(&self, query: &NewActionQuery) -> Answer<NewActionPage> {
        actions::new(self, query).await
    }

    async fn action(&self, number: &str) -> Answer<ActionPage> {
        actions::one(self, number).await
    }

    async fn notices(&self) -> Answer<NoticesPage> {
        actions::notices(self).await
    }

    async fn recommendations(&self) -> Answer<RecommendationsPage> {
        recommendations::page(self).await
    }

    async fn surgeries(&self, query: &SurgeriesQuery) -> Answer<SurgeriesPage> {
        surgeries::page(self, query).await
    }

    async fn evidence(&self, query: &TablesQuery) -> Answer<TablesPage> {
        evidence::page(self, query).await
    }

    async fn surgery(&self, id: &str, item: Option<&str>) -> Answer<SurgeryPage> {
        surgeries::one(self, id, item).await
    }

    async fn help(&self) -> Answer<HelpPage> {
        help::page(self).await
    }

    async fn tour(&self) -> Answer<TourPage> {
        tour::page(self).await
    }
}

#[async_trait]
impl Desk for DoorDesk {
    fn at(&self, _: Option<&str>) -> Result<SharedDesk, PageError> {
        Ok(Arc::new(self.clone()))
    }

    async fn sign_in(&self) -> Result<SignInPage, PageError> {
        let users = users::all(&self.state.db).await.map_err(failed)?;
        let mut personas = Vec::new();
        if self.state.demo {
            for user in users.iter().filter(|user| user.disabled_at.is_none()) {
                let Some(key) = &user.persona else { continue };
                let grants = users::grants(&self.state.db, user.id).await.map_err(failed)?;
                personas.push(Persona {
                    key: key.clone(),
                    name: user.full_name.clone(),
                    role: grants.iter().map(role_in_words).collect::<Vec<_>>().join("; "),
                });
            }
        }
        Ok(SignInPage { personas, has_users: users.iter().any(|user| user.password_hash.is_some()) })
    }

    async fn home(&self) -> Answer<HomePage> {
        Err(PageError::SignInNeeded)
    }

    async fn service(&self, _: &str) -> Answer<ServicePage> {
        Err(PageError::SignInNeeded)
    }

    async fn team(&self, _: &str) -> Answer<TeamPage> {
        Err(PageError::SignInNeeded)
    }

    async fn measure(&self, _: &str, _: Option<&str>, _: Option<&str>) -> Answer<MeasurePage> {
        Err(PageError::SignInNeeded)
    }

    async fn children(&self, _: &str, _: &ListQuery) -> Answer<ListPage> {
        Err(PageError::SignInNeeded)
    }

    async fn answer(&self, _: &str, _: &str, _: &ListQuery) -> Answer<AnswerPage> {
        Err(PageError::SignInNeeded)
    }

    async fn changes(&self, _: &str, _: &TablesQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn answers(&self, _: &TablesQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn lag(&self, _: &TablesQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn altered(&self, _: &TablesQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn attention(&self, _: &RegisterQuery) -> Answer<RegisterPage> {
        Err(PageError::SignInNeeded)
    }

    async fn caseloads(&self, _: &CaseloadQuery) -> Answer<CaseloadsPage> {
        Err(PageError::SignInNeeded)
    }

    async fn child(&self, _: &str) -> Answer<ChildPage> {
        Err(PageError::SignInNeeded)
    }

    async fn data(&self) -> Answer<DataPage> {
        Err(PageError::SignInNeeded)
    }

    async fn extract(&self, _: &str) -> Answer<ExtractPage> {
        Err(PageError::SignInNeeded)
    }

    async fn problems(&self, _: &ProblemsQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn load(&self, _: &str) -> Answer<LoadPage> {
        Err(PageError::SignInNeeded)
    }

    async fn standards(&self) -> Answer<StandardsPage> {
        Err(PageError::SignInNeeded)
    }

    async fn mapping(&self) -> Answer<MappingPage> {
        Err(PageError::SignInNeeded)
    }

    async fn targets(&self) -> Answer<TargetsPage> {
        Err(PageError::SignInNeeded)
    }

    async fn actions(&self, _: &LogQuery) -> Answer<LogPage> {
        Err(PageError::SignInNeeded)
    }

    async fn new_action(&self, _: &NewActionQuery) -> Answer<NewActionPage> {
        Err(PageError::SignInNeeded)
    }

    async fn action(&self, _: &str) -> Answer<ActionPage> {
        Err(PageError::SignInNeeded)
    }

    async fn notices(&self) -> Answer<NoticesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn recommendations(&self) -> Answer<RecommendationsPage> {
        Err(PageError::SignInNeeded)
    }

    async fn surgeries(&self, _: &SurgeriesQuery) -> Answer<SurgeriesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn evidence(&self, _: &TablesQuery) -> Answer<TablesPage> {
        Err(PageError::SignInNeeded)
    }

    async fn surgery(&self, _: &str, _: Option<&str>) -> Answer<SurgeryPage> {
        Err(PageError::SignInNeeded)
    }

    async fn help(&self) -> Answer<HelpPage> {
        Err(PageError::SignInNeeded)
    }

    async fn tour(&self) -> Answer<TourPage> {
        Err(PageError::SignInNeeded)
    }
}
