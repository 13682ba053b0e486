//! What the pages need done for them, as one trait: `server` implements it for one signed-in viewer and provides
//! it by context. The app knows no database, and no page can ask for anything outside the viewer's scope.

use crate::data::{
    ActionPage, AnswerPage, CaseloadQuery, CaseloadsPage, ChildPage, DataPage, ExtractPage, HelpPage, HomePage,
    ListPage, ListQuery, LoadPage, LogPage, LogQuery, MappingPage, MeasurePage, NewActionPage, NewActionQuery,
    NoticesPage, Page, ProblemsQuery, RecommendationsPage, RegisterPage, RegisterQuery, ServicePage, SignInPage,
    StandardsPage, TablesPage, TablesQuery, TargetsPage, TeamPage, TourPage,
};
use crate::data::{SurgeriesPage, SurgeriesQuery, SurgeryPage};
use crate::error::PageError;
use async_trait::async_trait;
use std::sync::Arc;

/// An answer to a page.
pub type Answer<T> = Result<Page<T>, PageError>;

/// The desk of one viewer, for one request.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The same desk as at a date, written as it stands in the address; nothing is now.
    ///
    /// # Errors
    /// When it is no date.
    fn at(&self, date: Option<&str>) -> Result<SharedDesk, PageError>;
    /// `/sign-in`, the one page without a viewer.
    async fn sign_in(&self) -> Result<SignInPage, PageError>;
    /// `/`.
    async fn home(&self) -> Answer<HomePage>;
    /// `/services/:service`.
    async fn service(&self, service: &str) -> Answer<ServicePage>;
    /// `/teams/:team`.
    async fn team(&self, team: &str) -> Answer<TeamPage>;
    /// `/measures/:id`, for the whole, a service or a team.
    async fn measure(&self, id: &str, service: Option<&str>, team: Option<&str>) -> Answer<MeasurePage>;
    /// `/measures/:id/children`. Audited before the answer.
    async fn children(&self, id: &str, query: &ListQuery) -> Answer<ListPage>;
    /// `/measures/:id/answer`: the form for the line of a unit. Audited before the answer.
    async fn answer(&self, id: &str, unit: &str, query: &ListQuery) -> Answer<AnswerPage>;
    /// `/measures/:id/changes`. Audited before the answer.
    async fn changes(&self, id: &str, query: &TablesQuery) -> Answer<TablesPage>;
    /// `/answers`. Audited before the answer.
    async fn answers(&self, query: &TablesQuery) -> Answer<TablesPage>;
    /// `/data/lag`. Audited before the answer.
    async fn lag(&self, query: &TablesQuery) -> Answer<TablesPage>;
    /// `/data/altered`. Audited before the answer.
    async fn altered(&self, query: &TablesQuery) -> Answer<TablesPage>;
    /// `/attention`. Audited before the answer.
    async fn attention(&self, query: &RegisterQuery) -> Answer<RegisterPage>;
    /// `/caseloads`. Audited before the answer.
    async fn caseloads(&self, query: &CaseloadQuery) -> Answer<CaseloadsPage>;
    /// `/children/:id`. Audited before the answer.
    async fn child(&self, reference: &str) -> Answer<ChildPage>;
    /// `/data`.
    async fn data(&self) -> Answer<DataPage>;
    /// `/data/extracts/:id`.
    async fn extract(&self, id: &str) -> Answer<ExtractPage>;
    /// `/data/problems`. Audited before the answer.
    async fn problems(&self, query: &ProblemsQuery) -> Answer<TablesPage>;
    /// `/data/loads/:id`.
    async fn load(&self, id: &str) -> Answer<LoadPage>;
    /// `/admin/standards`.
    async fn standards(&self) -> Answer<StandardsPage>;
    /// `/data/mapping`.
    async fn mapping(&self) -> Answer<MappingPage>;
    /// `/admin/targets`.
    async fn targets(&self) -> Answer<TargetsPage>;
    /// `/actions`. Audited before the answer.
    async fn actions(&self, query: &LogQuery) -> Answer<LogPage>;
    /// `/actions/new`. Audited before the answer.
    async fn new_action(&self, query: &NewActionQuery) -> Answer<NewActionPage>;
    /// `/actions/:number`. Audited before the answer.
    async fn action(&self, number: &str) -> Answer<ActionPage>;
    /// `/notices`. Audited before the answer.
    async fn notices(&self) -> Answer<NoticesPage>;
    /// `/admin/recommendations`.
    async fn recommendations(&self) -> Answer<RecommendationsPage>;
    /// `/surgeries`.
    async fn surgeries(&self, query: &SurgeriesQuery) -> Answer<SurgeriesPage>;
    /// `/surgeries/evidence`. Audited before the answer.
    async fn evidence(&self, query: &TablesQuery) -> Answer<TablesPage>;
    /// `/surgeries/:id`, with one item open. Audited before the answer.
    async fn surgery(&self, id: &str, item: Option<&str>) -> Answer<SurgeryPage>;
    /// `/help`.
    async fn help(&self) -> Answer<HelpPage>;
    /// `/help/tour`.
    async fn tour(&self) -> Answer<TourPage>;
}

/// The desk as the server provides it.
pub type SharedDesk = Arc<dyn Desk>;
