//! The addresses of the app, and how each is asked for.

use crate::api;
use crate::data::ListQuery;
use crate::error::PageError;
use crate::fragment::Fragment;

/// A page that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `/sign-in`.
    SignIn {
        /// Whether signing in has just failed.
        failed: Option<String>,
        /// Where to go on to.
        next: Option<String>,
    },
    /// `/`.
    Home,
    /// `/services/:service`.
    Service(String),
    /// `/teams/:team`.
    Team(String),
    /// `/measures/:id`.
    Measure {
        /// Its id.
        id: String,
        /// For one service.
        service: Option<String>,
        /// For one team.
        team: Option<String>,
    },
    /// `/measures/:id/children`.
    Children(String, ListQuery),
    /// `/children/:id`.
    Child(String),
    /// `/data`.
    Data,
    /// `/data/extracts/:id`.
    Extract(String, Option<String>),
    /// `/data/loads/:id`.
    Load(String),
    /// `/help`.
    Help,
}

impl Address {
    /// Asks the server for the page.
    ///
    /// # Errors
    /// Why there is no page.
    pub async fn ask(self) -> Result<Fragment, PageError> {
        match self {
            Self::SignIn { failed, next } => api::load_sign_in(failed, next).await,
            Self::Home => api::load_home().await,
            Self::Service(service) => api::load_service(service).await,
            Self::Team(team) => api::load_team(team).await,
            Self::Measure { id, service, team } => api::load_measure(id, service, team).await,
            Self::Children(id, query) => api::load_children(id, query).await,
            Self::Child(reference) => api::load_child(reference).await,
            Self::Data => api::load_data().await,
            Self::Extract(id, page) => api::load_extract(id, page).await,
            Self::Load(id) => api::load_load(id).await,
            Self::Help => api::load_help().await,
        }
    }
}
