//! `POST /sign-in` and `POST /sign-out`.
//!
//! An unknown name and a wrong password take the same time and get the same answer. What was typed as a name is kept
//! only when it is an account's: people type passwords there.

use super::frame::RequestId;
use super::guesses::{self, Wait};
use super::local_path::{local_path, sign_in_path};
use super::session::no_cookie;
use super::{Site, address, plain};
use crate::accounts::{self, LONGEST_PASSWORD};
use crate::db::DbError;
use crate::store::audit::{self, Decision, Entry};
use crate::store::users::{self, NewSession, User};
use crate::token::Token;
use axum::Extension;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::header::{HeaderName, HeaderValue, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// What the sign-in page sends: a name and a password, or one of the demo's people.
#[derive(Deserialize)]
pub(crate) struct SignInForm {
    #[serde(default)]
    user: String,
    #[serde(default)]
    password: String,
    persona: Option<String>,
    next: Option<String>,
}

/// A request's surroundings that go on record.
struct Caller {
    id: RequestId,
    address: Option<std::net::IpAddr>,
}

/// Opens a session under a new token, or goes back to the page with `failed=1`.
pub(crate) async fn sign_in(
    State(site): State<Site>,
    Extension(id): Extension<RequestId>,
    peer: address::Peer,
    headers: HeaderMap,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return plain::page(
            StatusCode::BAD_REQUEST,
            "Sign in",
            "What was sent is no sign-in. Open the sign-in page and try again.",
        );
    };
    let caller = Caller { id, address: peer.address(site.options.proxies, &headers) };
    let typed = accounts::normal_name(form.persona.as_deref().unwrap_or(&form.user));
    let tried = match guesses::begin(&site.state.db, &typed, caller.address, site.state.clock.now_ms()).await {
        Ok(Ok(tried)) => tried,
        Ok(Err(wait)) => return refuse(&site, &caller, wait).await,
        Err(error) => {
            tracing::error!(%error, "a try to sign in could not be counted");
            return plain::failed();
        }
    };
    tokio::time::sleep(tried.delay).await;
    let next = form.next.as_deref().and_then(local_path).unwrap_or("/").to_owned();
    match account(&site, &typed, form).await {
        Ok(Found::Right(user)) => {
            if let Err(error) = guesses::succeeded(&site.state.db, &tried).await {
                tracing::warn!(%error, "failed sign-ins could not be forgotten");
            }
            open(&site, &caller, &user, Token::of(&headers), &next).await.unwrap_or_else(|failed| failed)
        }
        Ok(Found::Wrong(known)) => {
            let detail = if known.is_some() { "wrong password" } else { "no such account" };
            match record(&site, &caller, "-", "sign in", known.map(|user| user.user_name), detail, Decision::Deny).await
            {
                Ok(()) => Redirect::to(&sign_in_path(true, Some(&next))).into_response(),
                Err(failed) => failed,
            }
        }
        Err(error) => {
            tracing::error!(%error, "an account could not be read");
            plain::failed()
        }
    }
}

enum Found {
    Right(User),
    /// Not to be let in; the account, if there is one of the name.
    Wrong(Option<User>),
}

async fn account(site: &Site, typed: &str, form: SignInForm) -> Result<Found, DbError> {
    let db = &site.state.db;
    if form.persona.is_some() {
        let user = if site.state.demo { users::by_persona(db, typed).await? } else { None };
        return Ok(match user {
            Some(user) if user.disabled_at.is_none() => Found::Right(user),
            user => Found::Wrong(user),
        });
    }
    let user = users::by_name(db, typed).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let (right, new_hash) = verify(site, form.password, hash).await;
    match user {
        Some(user) if right && user.disabled_at.is_none() => {
            if let Some(new_hash) = new_hash
                && let Err(error) = users::renew_password_hash(
                    db,
                    user.id,
                    user.password_hash.as_deref().unwrap_or_default(),
                    &new_hash,
                )
                .await
            {
                tracing::warn!(%error, "an outdated password hash could not be replaced");
            }
            Ok(Found::Right(user))
        }
        user => Ok(Found::Wrong(user)),
    }
}

/// Whether the password is right, and its new hash if the stored one is outdated. Few at a time: each takes a core
/// and 19 MiB.
async fn verify(site: &Site, password: String, hash: Option<String>) -> (bool, Option<String>) {
    let Ok(_turn) = site.hashing.acquire().await else { return (false, None) };
    let work = move || {
        let fits = password.chars().count() <= LONGEST_PASSWORD;
        let right = accounts::verify_password(if fits { &password } else { "" }, hash.as_deref()) && fits;
        let outdated = right && hash.as_deref().is_some_and(accounts::is_outdated);
        (right, if outdated { accounts::hash_password(&password).ok() } else { None })
    };
    tokio::task::spawn_blocking(work).await.unwrap_or((false, None))
}

/// The old session ends, a new one begins, and it is on record before the browser has it.
async fn open(site: &Site, caller: &Caller, user: &User, old: Option<Token>, next: &str) -> Result<Response, Response> {
    let db = &site.state.db;
    let broken = |error: DbError| {
        tracing::error!(%error, "a session could not be opened");
        plain::failed()
    };
    if let Some(old) = old {
        users::end_session(db, &old.hash()).await.map_err(broken)?;
    }
    let token = Token::new().ok_or_else(plain::failed)?;
    let cookie = token.cookie().ok_or_else(plain::failed)?;
    let now = site.state.clock.now_ms();
    let address = caller.address.map(|address| address.to_string());
    let new = NewSession { token_hash: &token.hash(), user, address: address.as_deref(), at: now };
    let mut tx = db.begin_append().await.map_err(broken)?;
    if !users::open_session(&mut tx, new).await.map_err(broken)? {
        drop(tx);
        let known = Some(user.user_name.clone());
        record(site, caller, "-", "sign in", known, "the account was changed meanwhile", Decision::Deny).await?;
        return Ok(Redirect::to(&sign_in_path(true, Some(next))).into_response());
    }
    let opened = entry(site, caller, &user.user_name, "sign in", None, "session opened", Decision::Allow);
    audit::append_in(&mut tx, &[opened]).await.map_err(broken)?;
    tx.commit().await.map_err(broken)?;
    let mut response = Redirect::to(next).into_response();
    response.headers_mut().insert(SET_COOKIE, cookie);
    Ok(response)
}

/// Ends the session, here and in the browser.
pub(crate) async fn sign_out(
    State(site): State<Site>,
    Extension(id): Extension<RequestId>,
    peer: address::Peer,
    headers: HeaderMap,
) -> Response {
    let db = &site.state.db;
    if let Some(hash) = Token::of(&headers).map(|token| token.hash()) {
        let session = users::session(db, &hash).await;
        if let Err(error) = users::end_session(db, &hash).await {
            tracing::error!(%error, "a session could not be ended");
            return plain::failed();
        }
        if let Ok(Some((session, _))) = session {
            let caller = Caller { id, address: peer.address(site.options.proxies, &headers) };
            // The session is over whether or not the record is kept; the audit's writer has logged a failure.
            let _ =
                record(&site, &caller, &session.user_name, "sign out", None, "session ended", Decision::Allow).await;
        }
    }
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().insert(SET_COOKIE, no_cookie());
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

async fn refuse(site: &Site, caller: &Caller, wait: Wait) -> Response {
    if wait.first {
        tracing::warn!("too many failed sign-ins: an account or an address has to wait");
        let detail = format!("too many failures, {} seconds to wait", wait.seconds);
        if let Err(failed) = record(site, caller, "-", "sign in", None, &detail, Decision::Deny).await {
            return failed;
        }
    }
    let minutes = wait.seconds.div_ceil(60);
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    plain::wait(wait.seconds, &format!("There were too many failed sign-ins. Try again in {minutes} {unit}."))
}

async fn record(
    site: &Site,
    caller: &Caller,
    actor: &str,
    action: &str,
    subject: Option<String>,
    detail: &str,
    decision: Decision,
) -> Result<(), Response> {
    let entry = entry(site, caller, actor, action, subject, detail, decision);
    site.state.audit.keep(entry).await.map_err(|_| plain::failed())
}

fn entry(
    site: &Site,
    caller: &Caller,
    actor: &str,
    action: &str,
    subject: Option<String>,
    detail: &str,
    decision: Decision,
) -> Entry {
    let from = caller.address.map_or_else(String::new, |address| format!(", from {address}"));
    Entry {
        at: site.state.clock.now_ms(),
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject,
        detail: Some(format!("{detail}{from}")),
        decision,
        request_id: caller.id.0.to_string(),
    }
}
