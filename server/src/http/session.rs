//! Sessions: a random token in a `__Host-` cookie, of which the database keeps only the hash.
//!
//! Our own and not `tower-sessions`: that one saves a session on each request that touches it, and SQLite has one
//! writer. Here a request only reads, and the time of last use is written at most once a minute, beside the request.

use super::Site;
use super::frame::RequestId;
use crate::db::DbError;
use crate::state::{Viewer, Visit};
use crate::store::users::{self, Session};
use crate::token::Token;
use axum::http::header::{COOKIE, HeaderMap, HeaderValue};
use domain::scope::Scope;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The cookie's name. With `__Host-` browsers take it only over a secure connection (or from this machine), for this
/// host alone, and no other site or subdomain can set it.
pub const COOKIE_NAME: &str = "__Host-surgery";
/// Without a request for so long, a session ends (milliseconds; one hour: a meeting).
pub const IDLE_MS: i64 = 60 * 60 * 1_000;
/// However busy, a session ends after so long (milliseconds; twelve hours: a working day).
pub const LONGEST_MS: i64 = 12 * 60 * 60 * 1_000;
/// The time of last use is kept to the minute (milliseconds).
const TOUCH_AFTER_MS: i64 = 60 * 1_000;
/// How far ahead a session may seem to lie: the clocks of two servers differ a little. One further ahead was opened
/// before the clock was set back, and ends (milliseconds).
const AHEAD_MS: i64 = 5 * 60 * 1_000;

impl Token {
    /// The one that a request carries. Two cookies of the name are none.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut ours = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
        let token = Self::read(ours.next()?)?;
        ours.next().is_none().then_some(token)
    }

    /// `Set-Cookie` that gives it to the browser, until it is closed.
    pub(crate) fn cookie(&self) -> Option<HeaderValue> {
        let cookie = format!("{COOKIE_NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax", self.as_str());
        let mut value = HeaderValue::try_from(cookie).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// `Set-Cookie` that takes the token away.
pub(crate) fn no_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-surgery=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Sessions whose time of last use is being written: one write each at a time, however many requests come.
#[derive(Debug, Default)]
pub(crate) struct Touching(Mutex<HashSet<String>>);

impl Touching {
    fn begin(&self, hash: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned())
    }

    fn end(&self, hash: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }
}

/// Who asks, with what they may see now: from the session, the account and its grants, read anew for each request.
pub(crate) async fn visit(site: &Site, headers: &HeaderMap, id: &RequestId) -> Result<Option<Visit>, DbError> {
    visit_of(site, headers, id, true).await
}

/// The same for a stream that goes on by itself: it keeps no session alive.
pub(crate) async fn still(site: &Site, headers: &HeaderMap, id: &RequestId) -> Result<Option<Visit>, DbError> {
    visit_of(site, headers, id, false).await
}

async fn visit_of(site: &Site, headers: &HeaderMap, id: &RequestId, used: bool) -> Result<Option<Visit>, DbError> {
    let state = &site.state;
    let Some(hash) = Token::of(headers).map(|token| token.hash()) else { return Ok(None) };
    let Some((session, grants)) = users::session(&state.db, &hash).await? else { return Ok(None) };
    let now = state.clock.now_ms();
    if is_over(&session, now) {
        // Gone for good: a clock that is set back later must not bring it to life.
        users::end_session(&state.db, &hash).await?;
        return Ok(None);
    }
    if used && now - session.seen_at >= TOUCH_AFTER_MS {
        touch(site, hash, now);
    }
    let today = state.clock.today();
    let version = session.version;
    let organisation = state.council.organisation(&state.db, version, today).await?;
    let scope = Scope::of(&grants, &organisation, today);
    let viewer =
        Viewer { user_id: session.user_id, user_name: session.user_name, full_name: session.full_name, grants, scope };
    let mut visit = Visit::new(viewer, version, session.log_changed_at, Arc::clone(&id.0));
    if used {
        visit.waiting = state.notices.count(state, &visit).await?;
    }
    Ok(Some(visit))
}

fn is_over(session: &Session, now: i64) -> bool {
    is_over_at(session.created_at, session.seen_at, now)
}

/// Whether a session of these times is over.
pub(crate) fn is_over_at(created_at: i64, seen_at: i64, now: i64) -> bool {
    let ahead = created_at.max(seen_at) > now + AHEAD_MS;
    ahead || now - seen_at > IDLE_MS || now - created_at > LONGEST_MS
}

/// Beside the request: a load may hold the writer for a while. If it fails, the session ends a little early.
fn touch(site: &Site, hash: String, now: i64) {
    if !site.touching.begin(&hash) {
        return;
    }
    let site = site.clone();
    tokio::spawn(async move {
        if let Err(error) = users::touch_session(&site.state.db, &hash, now).await {
            tracing::warn!(%error, "a session's time of last use could not be kept");
        }
        site.touching.end(&hash);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::extracts::Version;

    fn of(cookies: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_static(cookie));
        }
        Token::of(&headers).map(|token| token.as_str().to_owned())
    }

    #[test]
    fn a_token_is_read_from_one_cookie_of_its_name() {
        const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(
            of(&["a=b; __Host-surgery=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; c=d"]).as_deref(),
            Some(TOKEN)
        );
        assert_eq!(of(&["__Host-surgery=short"]), None);
        assert_eq!(of(&["surgery=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]), None);
        let twice = "__Host-surgery=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(of(&[twice, twice]), None);
    }

    #[test]
    fn a_session_ends_by_each_of_its_limits() {
        let session = |created_at, seen_at| Session {
            user_id: 1,
            user_name: String::new(),
            full_name: String::new(),
            created_at,
            seen_at,
            log_changed_at: 0,
            version: Version::default(),
        };
        assert!(!is_over(&session(0, 0), IDLE_MS));
        assert!(is_over(&session(0, 0), IDLE_MS + 1));
        assert!(!is_over(&session(0, LONGEST_MS), LONGEST_MS));
        assert!(is_over(&session(0, LONGEST_MS), LONGEST_MS + 1));
        assert!(!is_over(&session(AHEAD_MS, AHEAD_MS), 0));
        assert!(is_over(&session(AHEAD_MS + 1, AHEAD_MS + 1), 0), "the clock was set back");
    }
}
