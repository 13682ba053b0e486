//! A running site for a test: a database of its own, the router, and browsers that keep their cookies.
//!
//! SQLite in a temporary folder; PostgreSQL when `TEST_DATABASE_URL` names a server, with a fresh database each.

pub mod extracts;
pub mod kept;
pub mod room;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use domain::scope::{Area, Grant, HoldsTheDatabase, Role, Scope};
use http_body_util::BodyExt as _;
use leptos::server_fn::axum::server_fn_paths;
use server::accounts;
use server::clock::Clock;
use server::db::Db;
use server::demo::DemoPersona;
use server::http::{ServeOptions, router};
use server::state::AppState;
use server::store::{audit, settings};
use sqlx::{Connection as _, Executor as _, PgConnection};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tower::ServiceExt as _;

/// Every account's password in tests.
pub const PASSWORD: &str = "a long walk by the sea";

/// Pages of the app, with something in each gap.
pub const PAGES: &[&str] = &[
    "/actions",
    "/actions/new",
    "/actions/A-000001",
    "/notices",
    "/admin/recommendations",
    "/admin/standards",
    "/admin/targets",
    "/caseloads",
    "/",
    "/services/S",
    "/teams/A",
    "/measures/CPP-07",
    "/measures/CPP-07/children",
    "/measures/CPP-01/answer?unit=0123456789abcdef.7.0",
    "/measures/CPP-07/changes",
    "/answers",
    "/data/lag",
    "/data/altered",
    "/data/problems",
    "/attention",
    "/children/0123456789abcdef",
    "/data",
    "/data/extracts/1",
    "/data/loads/1",
    "/data/mapping",
    "/surgeries",
    "/surgeries/evidence",
    "/surgeries/1",
    "/help",
    "/help/tour",
];
/// Every server function of the app.
pub fn functions() -> Vec<(&'static str, Method)> {
    let functions: Vec<_> = server_fn_paths().collect();
    assert!(functions.len() >= 17, "{functions:?}");
    functions
}

/// What reads everything, as the command line does.
pub fn operator() -> Scope {
    struct ATest;
    impl HoldsTheDatabase for ATest {}
    Scope::operator(&ATest)
}

/// What a test starts from.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Whether the database was made by the demo.
    pub demo: bool,
    /// Options of the server.
    pub options: ServeOptions,
}

/// The site under test.
pub struct TestApp {
    pub state: AppState,
    pub router: Router,
    now: Arc<AtomicI64>,
    place: Place,
    address: String,
}

enum Place {
    /// The folder goes with the test.
    Folder(Arc<tempfile::TempDir>),
    Server {
        url: String,
        name: String,
    },
}

/// Runs one body on a fresh SQLite database, and on a fresh PostgreSQL one where there is a server.
/// With `REQUIRE_POSTGRES=1` a missing server is a failure.
pub async fn on_both<F: Future<Output = ()>>(start: Start, body: impl Fn(TestApp) -> F) {
    let app = TestApp::on_sqlite(start.clone()).await;
    // A body may take only a part of the site with it; the folder stays until the body is done.
    let folder = app.place.folder();
    body(app).await;
    drop(folder);
    match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => {
            let app = TestApp::on_postgres(start, &url).await;
            let (state, place) = (app.state.clone(), app.place.name());
            body(app).await;
            state.db.close().await;
            if let Some((url, name)) = place {
                let mut server = PgConnection::connect(&url).await.unwrap();
                server.execute(sqlx::AssertSqlSafe(format!("drop database {name} with (force)"))).await.unwrap();
            }
        }
        Err(_) => assert!(std::env::var("REQUIRE_POSTGRES").as_deref() != Ok("1"), "TEST_DATABASE_URL is not set"),
    }
}

impl Place {
    fn folder(&self) -> Option<Arc<tempfile::TempDir>> {
        match self {
            Self::Folder(folder) => Some(Arc::clone(folder)),
            Self::Server { .. } => None,
        }
    }

    fn name(&self) -> Option<(String, String)> {
        match self {
            Self::Folder(_) => None,
            Self::Server { url, name } => Some((url.clone(), name.clone())),
        }
    }
}

impl TestApp {
    async fn on_sqlite(start: Start) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("surgery.db").display());
        Self::new(start, &address, Place::Folder(Arc::new(folder))).await
    }

    async fn on_postgres(start: Start, url: &str) -> Self {
        let name = format!("surgery_test_{:016x}", rand::random::<u64>());
        let mut server = PgConnection::connect(url).await.unwrap();
        server.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        let address = with_database(url, &name);
        Self::new(start, &address, Place::Server { url: url.to_owned(), name }).await
    }

    async fn new(start: Start, address: &str, place: Place) -> Self {
        let db = Db::open(address).await.unwrap();
        if start.demo {
            settings::set(&db, "demo", "true").await.unwrap();
        }
        let morning: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        let now = Arc::new(AtomicI64::new(morning.timestamp_millis()));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || DateTime::from_timestamp_millis(now.load(Ordering::SeqCst)).unwrap()
        });
        let state = AppState::start(db, clock).await.unwrap();
        let router = router(state.clone(), &start.options);
        Self { state, router, now, place, address: address.to_owned() }
    }

    /// Moves the clock, back too.
    pub fn wait(&self, span: TimeDelta) {
        self.now.fetch_add(span.num_milliseconds(), Ordering::SeqCst);
    }

    /// Another server on the same database, by the same clock.
    pub async fn another(&self) -> AppState {
        let db = Db::open(&self.address).await.unwrap();
        AppState::start(db, self.state.clock.clone()).await.unwrap()
    }

    /// The database's address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Adds an account with [`PASSWORD`].
    pub async fn add_user(&self, name: &str, role: Role, area: Area) -> i64 {
        let grant = Grant { role, area, valid_from: None, valid_to: None };
        accounts::add_user(&self.state.db, &self.state.clock, name, "A Person", PASSWORD, &[grant]).await.unwrap()
    }

    /// Adds one of the demo's people, with the role's name on the button.
    pub async fn add_persona(&self, role: Role) {
        let name = format!("{}.person", role.name());
        let person = DemoPersona { role, name: "A Person".to_owned(), user_name: name, area: Area::All, also: vec![] };
        accounts::add_personas(&self.state.db, &self.state.clock, &[person]).await.unwrap();
    }

    /// A browser that is not signed in.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: Mutex::new(None) }
    }

    /// A browser of another server on the same database; a session's cookie counts there too.
    pub fn browser_on(&self, other: &AppState) -> Browser {
        Browser { router: router(other.clone(), &ServeOptions::default()), cookie: Mutex::new(None) }
    }

    /// A browser signed in with [`PASSWORD`].
    pub async fn signed_in(&self, name: &str) -> Browser {
        let browser = self.browser();
        let answer = browser.sign_in(name, PASSWORD).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some("/")), "{}", answer.body);
        browser
    }

    /// The audit, oldest first.
    pub async fn audit(&self) -> Vec<audit::Entry> {
        audit::entries(&self.state.db).await.unwrap()
    }

    /// Runs statements of a test against the database, past everything that guards it.
    pub async fn sql(&self, sql: &'static str) {
        self.try_sql(sql).await.unwrap();
    }

    /// The same, where the database may refuse.
    pub async fn try_sql(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        match &self.state.db {
            Db::Sqlite { write, .. } => write.execute(sql).await.map(drop),
            Db::Postgres { pool, .. } => pool.execute(sql).await.map(drop),
        }
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.state.db, Db::Postgres { .. })
    }
}

fn with_database(url: &str, name: &str) -> String {
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let scheme = path.find("://").map_or(0, |at| at + 3);
    let server = path[scheme..].find('/').map_or(path, |at| &path[..scheme + at]);
    query.map_or_else(|| format!("{server}/{name}"), |query| format!("{server}/{name}?{query}"))
}

/// A browser: keeps the session's cookie.
pub struct Browser {
    router: Router,
    cookie: Mutex<Option<String>>,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub fn location(&self) -> Option<&str> {
        self.header(LOCATION.as_str())
    }

    /// The nonce in the policy.
    pub fn nonce(&self) -> &str {
        let policy = self.header("content-security-policy").unwrap();
        policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0
    }

    /// Status, headers and body, without what differs in every answer: nonce and number.
    pub fn comparable(&self) -> (StatusCode, String, String) {
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date"))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap().replace(self.nonce(), "NONCE")))
            .collect();
        headers.sort();
        (self.status, headers.join("\n"), self.body.replace(self.nonce(), "NONCE"))
    }
}

impl Browser {
    /// Sends a request as it is, with this browser's cookie.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &*self.cookie() {
            request.headers_mut().insert(COOKIE, cookie.parse().unwrap());
        }
        // As every browser does.
        request.headers_mut().entry(HOST).or_insert(HeaderValue::from_static("surgery.example"));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        if let Some(set) = parts.headers.get(SET_COOKIE) {
            let (cookie, attributes) = set.to_str().unwrap().split_once(';').unwrap();
            *self.cookie() = (!attributes.contains("Max-Age=0")).then(|| cookie.to_owned());
        }
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, as a page of this site does.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.send(
            Self::form(path, form).header("sec-fetch-site", "same-origin").body(Body::from(form.to_owned())).unwrap(),
        )
        .await
    }

    /// A form's request, to be finished.
    pub fn form(path: &str, form: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(CONTENT_LENGTH, form.len())
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.post("/sign-in", &format!("user={name}&password={}", password.replace(' ', "+"))).await
    }

    /// The cookie as sent: `name=token`.
    pub fn token(&self) -> Option<String> {
        self.cookie().clone()
    }

    /// Takes another cookie.
    pub fn hold(&self, cookie: Option<String>) {
        *self.cookie() = cookie;
    }

    fn cookie(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.cookie.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
