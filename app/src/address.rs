//! The addresses of the app: how each is read from its route, and how it is asked for.

use crate::api;
use crate::data::{
    CaseloadQuery, ListQuery, LogQuery, NewActionQuery, ProblemsQuery, RegisterQuery, SurgeriesQuery, TablesQuery,
};
use crate::error::PageError;
use crate::fragment::Fragment;
use leptos_router::params::ParamsMap;

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
    /// `/measures/:id/answer`: the line of a unit.
    Answer(String, String, ListQuery),
    /// `/measures/:id/changes`.
    Changes(String, TablesQuery),
    /// `/answers`.
    Answers(TablesQuery),
    /// `/data/lag`.
    Lag(TablesQuery),
    /// `/data/altered`.
    Altered(TablesQuery),
    /// `/data/problems`.
    Problems(ProblemsQuery),
    /// `/attention`.
    Attention(RegisterQuery),
    /// `/caseloads`.
    Caseloads(CaseloadQuery),
    /// `/children/:id`.
    Child(String, AsAt),
    /// `/data`.
    Data,
    /// `/data/extracts/:id`.
    Extract(String),
    /// `/data/loads/:id`.
    Load(String),
    /// `/data/mapping`.
    Mapping,
    /// `/admin/standards`.
    Standards,
    /// `/admin/targets`.
    Targets,
    /// `/actions`.
    Actions(LogQuery),
    /// `/actions/new`.
    NewAction(NewActionQuery),
    /// `/actions/:number`.
    Action(String),
    /// `/notices`.
    Notices,
    /// `/admin/recommendations`.
    Recommendations,
    /// `/surgeries`.
    Surgeries(SurgeriesQuery),
    /// `/surgeries/evidence`.
    Evidence(TablesQuery),
    /// `/surgeries/:id`, with one item open.
    Surgery(String, Option<String>),
    /// `/help`.
    Help,
    /// `/help/tour`.
    Tour,
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
            Self::Answer(id, unit, query) => api::load_answer(id, unit, query).await,
            Self::Changes(id, query) => api::load_changes(id, query).await,
            Self::Answers(query) => api::load_answers(query).await,
            Self::Lag(query) => api::load_lag(query).await,
            Self::Altered(query) => api::load_altered(query).await,
            Self::Problems(query) => api::load_problems(query).await,
            Self::Attention(query) => api::load_attention(query).await,
            Self::Caseloads(query) => api::load_caseloads(query).await,
            Self::Child(reference, as_at) => api::load_child(reference, as_at).await,
            Self::Data => api::load_data().await,
            Self::Extract(id) => api::load_extract(id).await,
            Self::Load(id) => api::load_load(id).await,
            Self::Mapping => api::load_mapping().await,
            Self::Standards => api::load_standards().await,
            Self::Targets => api::load_targets().await,
            Self::Actions(query) => api::load_actions(query).await,
            Self::NewAction(query) => api::load_new_action(query).await,
            Self::Action(number) => api::load_action(number).await,
            Self::Notices => api::load_notices().await,
            Self::Recommendations => api::load_recommendations().await,
            Self::Surgeries(query) => api::load_surgeries(query).await,
            Self::Evidence(query) => api::load_evidence(query).await,
            Self::Surgery(id, item) => api::load_surgery(id, item).await,
            Self::Help => api::load_help().await,
            Self::Tour => api::load_tour().await,
        }
    }
}

/// How an address is read from the parts of its route's path and from the query.
pub type Reader = fn(&ParamsMap, &ParamsMap) -> Address;

/// `/sign-in`.
pub fn sign_in(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::SignIn { failed: field(query, "failed"), next: field(query, "next") }
}

/// `/`.
pub fn home(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Home(as_at(query))
}

/// `/services/:service`.
pub fn service(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Service(part(path, "service"), as_at(query))
}

/// `/teams/:team`.
pub fn team(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Team(part(path, "team"), as_at(query))
}

/// `/measures/:id`.
pub fn measure(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Measure {
        id: part(path, "id"),
        service: field(query, "service"),
        team: field(query, "team"),
        as_at: as_at(query),
    }
}

/// `/measures/:id/children`.
pub fn children(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Children(part(path, "id"), list_query(query))
}

/// `/measures/:id/answer`.
pub fn answer(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Answer(part(path, "id"), field(query, "unit").unwrap_or_default(), list_query(query))
}

/// `/measures/:id/changes`.
pub fn changes(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Changes(part(path, "id"), tables_query(query))
}

/// `/answers`.
pub fn answers(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Answers(tables_query(query))
}

/// `/data/lag`.
pub fn lag(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Lag(tables_query(query))
}

/// `/data/altered`.
pub fn altered(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Altered(tables_query(query))
}

/// `/data/problems`.
pub fn problems(_: &ParamsMap, query: &ParamsMap) -> Address {
    let field = |name| field(query, name);
    Address::Problems(ProblemsQuery {
        extract: field("extract"),
        team: field("team"),
        list: field("list"),
        kind: field("kind"),
        page: field("page"),
    })
}

fn tables_query(query: &ParamsMap) -> TablesQuery {
    let field = |name| field(query, name);
    TablesQuery {
        service: field("service"),
        team: field("team"),
        list: field("list"),
        show: field("show"),
        from: field("from"),
        to: field("to"),
        page: field("page"),
        as_at: field("as_at"),
    }
}

fn list_query(query: &ParamsMap) -> ListQuery {
    let field = |name| field(query, name);
    ListQuery {
        service: field("service"),
        team: field("team"),
        worker: field("worker"),
        show: field("show"),
        sort: field("sort"),
        page: field("page"),
        size: field("size"),
        answer: field("answer"),
        from: field("from"),
        to: field("to"),
        as_at: field("as_at"),
    }
}

/// `/attention`.
pub fn attention(_: &ParamsMap, query: &ParamsMap) -> Address {
    let field = |name| field(query, name);
    Address::Attention(RegisterQuery {
        list: field("list"),
        service: field("service"),
        team: field("team"),
        reason: field("reason"),
        sort: field("sort"),
        page: field("page"),
        as_at: field("as_at"),
    })
}

/// `/caseloads`.
pub fn caseloads(_: &ParamsMap, query: &ParamsMap) -> Address {
    let field = |name| field(query, name);
    Address::Caseloads(CaseloadQuery {
        service: field("service"),
        team: field("team"),
        page: field("page"),
        as_at: field("as_at"),
    })
}

/// `/children/:id`.
pub fn child(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Child(part(path, "id"), as_at(query))
}

/// `/data`.
pub fn data(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Data
}

/// `/data/extracts/:id`.
pub fn extract(path: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Extract(part(path, "id"))
}

/// `/data/loads/:id`.
pub fn load(path: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Load(part(path, "id"))
}

/// `/data/mapping`.
pub fn mapping(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Mapping
}

/// `/admin/standards`.
pub fn standards(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Standards
}

/// `/admin/targets`.
pub fn targets(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Targets
}

/// `/actions`.
pub fn actions(_: &ParamsMap, query: &ParamsMap) -> Address {
    let field = |name| field(query, name);
    Address::Actions(LogQuery {
        tab: field("tab"),
        accountable: field("accountable"),
        team: field("team"),
        level: field("level"),
        state: field("state"),
        late: field("late"),
        surgery: field("surgery"),
        recommendation: field("recommendation"),
        measure: field("measure"),
        office: field("office"),
        totals: field("totals"),
        after: field("after"),
    })
}

/// `/actions/new`.
pub fn new_action(_: &ParamsMap, query: &ParamsMap) -> Address {
    let field = |name| field(query, name);
    Address::NewAction(NewActionQuery {
        child: query.get_all("child").unwrap_or_default(),
        measure: field("measure"),
        service: field("service"),
        team: field("team"),
        from: field("from"),
        to: field("to"),
        surgery: field("surgery"),
        item: field("item"),
        as_at: field("as_at"),
    })
}

/// `/actions/:number`.
pub fn action(path: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Action(part(path, "number"))
}

/// `/notices`.
pub fn notices(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Notices
}

/// `/admin/recommendations`.
pub fn recommendations(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Recommendations
}

/// `/surgeries`.
pub fn surgeries(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Surgeries(SurgeriesQuery { service: field(query, "service"), team: field(query, "team") })
}

/// `/surgeries/evidence`.
pub fn evidence(_: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Evidence(tables_query(query))
}

/// `/surgeries/:id`.
pub fn surgery(path: &ParamsMap, query: &ParamsMap) -> Address {
    Address::Surgery(part(path, "id"), field(query, "item"))
}

/// `/help`.
pub fn help(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Help
}

/// `/help/tour`.
pub fn tour(_: &ParamsMap, _: &ParamsMap) -> Address {
    Address::Tour
}

/// As at which date.
fn as_at(query: &ParamsMap) -> AsAt {
    field(query, "as_at")
}

/// A part of the path; empty where the router has none.
fn part(path: &ParamsMap, name: &str) -> String {
    path.get(name).unwrap_or_default()
}

/// A field of the query; an empty one counts as none.
fn field(query: &ParamsMap, name: &str) -> Option<String> {
    query.get(name).filter(|value| !value.is_empty())
}
