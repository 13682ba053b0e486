//! The addresses of the app, and how each is asked for.

use crate::api;
use crate::data::{ListQuery, RegisterQuery};
use crate::error::PageError;
use crate::fragment::Fragment;

/// As at which date a page is asked for; nothing is the newest extract.
pub type AsAt = Option<String>;

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
    Home(AsAt),
    /// `/services/:service`.
    Service(String, AsAt),
    /// `/teams/:team`.
    Team(String, AsAt),
    /// `/measures/:id`.
    Measure {
        /// Its id.
        id: String,
        /// For one service.
        service: Option<String>,
        /// For one team.
        team: Option<String>,
        /// As at which date.
        as_at: AsAt,
    },
    /// `/measures/:id/children`.
    Children(String, ListQuery),
    /// `/attention`.
    Attention(RegisterQuery),
    /// `/children/:id`.
    Child(String, AsAt),
    /// `/data`.
    Data,
    /// `/data/extracts/:id`.
    Extract(String, Option<String>),
    /// `/data/loads/:id`.
    Load(String),
    /// `/admin/standards`.
    Standards,
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
            Self::Home(as_at) => api::load_home(as_at).await,
            Self::Service(service, as_at) => api::load_service(service, as_at).await,
            Self::Team(team, as_at) => api::load_team(team, as_at).await,
            Self::Measure { id, service, team, as_at } => api::load_measure(id, service, team, as_at).await,
            Self::Children(id, query) => api::load_children(id, query).await,
            Self::Attention(query) => api::load_attention(query).await,
            Self::Child(reference, as_at) => api::load_child(reference, as_at).await,
            Self::Data => api::load_data().await,
            Self::Extract(id, page) => api::load_extract(id, page).await,
            Self::Load(id) => api::load_load(id).await,
            Self::Standards => api::load_standards().await,
            Self::Help => api::load_help().await,
        }
    }
}
