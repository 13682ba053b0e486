//! Accounts, what they may see, and sessions.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read, write};
use crate::store::areas;
use crate::store::extracts::{Version, version_columns};
use chrono::NaiveDate;
use domain::scope::{Grant, Role};
use std::collections::HashMap;

/// An account.
#[derive(Debug, Clone)]
pub struct User {
    /// Its number.
    pub id: i64,
    /// What is typed to sign in.
    pub user_name: String,
    /// The person's name.
    pub full_name: String,
    /// Argon2 hash; none for a demo persona.
    pub password_hash: Option<String>,
    /// The key of a demo persona.
    pub persona: Option<String>,
    /// When it was disabled, in milliseconds since 1970 UTC.
    pub disabled_at: Option<i64>,
    /// Where the person is written to.
    pub email: Option<String>,
    /// How often the password was set anew.
    pub password_version: i64,
}

from_row!(User { id, user_name, full_name, password_hash, persona, disabled_at, email, password_version });

/// A new account.
#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    /// What is typed to sign in.
    pub user_name: &'a str,
    /// The person's name.
    pub full_name: &'a str,
    /// Argon2 hash.
    pub password_hash: Option<&'a str>,
    /// The key of a demo persona.
    pub persona: Option<&'a str>,
    /// When, in milliseconds since 1970 UTC.
    pub created_at: i64,
}

/// Adds an account; `None` when the name is taken.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, new: &NewUser<'_>) -> Result<Option<i64>, DbError> {
    const SQL: &str = "insert into app_user (user_name, full_name, password_hash, persona, created_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing returning id";
    Ok(on_tx!(tx, conn => sqlx::query_scalar(SQL)
        .bind(new.user_name).bind(new.full_name).bind(new.password_hash).bind(new.persona).bind(new.created_at)
        .fetch_optional(conn).await?))
}

/// Sets where a person is written to, or takes it back. Answers whether there is such an account.
///
/// # Errors
/// When the database fails.
pub async fn set_email(tx: &mut Tx, user_name: &str, email: Option<&str>) -> Result<bool, DbError> {
    const SQL: &str = "update app_user set email = $1 where user_name = $2";
    let set = on_tx!(tx, conn => sqlx::query(SQL).bind(email).bind(user_name).execute(conn).await?.rows_affected());
    Ok(set > 0)
}

/// Gives a role over an area.
///
/// # Errors
/// When the database fails.
pub async fn grant(tx: &mut Tx, user: i64, grant: &Grant) -> Result<(), DbError> {
    const SQL: &str = "insert into user_grant (user_id, role, area_kind, area_name, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6)";
    let (kind, name) = areas::columns(&grant.area);
    on_tx!(tx, conn => sqlx::query(SQL)
        .bind(user).bind(grant.role.name()).bind(kind).bind(name).bind(grant.valid_from).bind(grant.valid_to)
        .execute(conn).await?.rows_affected());
    Ok(())
}

/// Disables an account and ends its sessions at once. Answers how many there were.
///
/// # Errors
/// When the database fails.
pub async fn disable(tx: &mut Tx, user_name: &str, at: i64) -> Result<u64, DbError> {
    const DISABLE: &str = "update app_user set disabled_at = $1 where user_name = $2 and disabled_at is null";
    const END: &str = "delete from session where user_id in (select id from app_user where user_name = $1)";
    on_tx!(&mut *tx, conn => sqlx::query(DISABLE).bind(at).bind(user_name).execute(conn).await?.rows_affected());
    Ok(on_tx!(tx, conn => sqlx::query(END).bind(user_name).execute(conn).await?.rows_affected()))
}

const BY_NAME: &str = "select id, user_name, full_name, password_hash, persona, disabled_at, email, password_version
     from app_user where user_name = $1";

/// The account of this name.
///
/// # Errors
/// When the database fails.
pub async fn by_name(db: &Db, user_name: &str) -> Result<Option<User>, DbError> {
    Ok(read!(db, pool => sqlx::query_as(BY_NAME).bind(user_name).fetch_optional(pool).await?))
}

/// The same within a transaction.
///
/// # Errors
/// When the database fails.
pub async fn by_name_in(tx: &mut Tx, user_name: &str) -> Result<Option<User>, DbError> {
    Ok(on_tx!(tx, conn => sqlx::query_as(BY_NAME).bind(user_name).fetch_optional(conn).await?))
}

/// The account of a demo persona.
///
/// # Errors
/// When the database fails.
pub async fn by_persona(db: &Db, persona: &str) -> Result<Option<User>, DbError> {
    const SQL: &str = "select id, user_name, full_name, password_hash, persona, disabled_at, email, password_version
         from app_user where persona = $1";
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(persona).fetch_optional(pool).await?))
}

/// Every account, in the order they were made.
///
/// # Errors
/// When the database fails.
pub async fn all(db: &Db) -> Result<Vec<User>, DbError> {
    const SQL: &str = "select id, user_name, full_name, password_hash, persona, disabled_at, email, password_version
         from app_user order by id";
    Ok(read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?))
}

pub(super) struct GrantRow {
    role: String,
    area_kind: String,
    area_name: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

from_row!(GrantRow { role, area_kind, area_name, valid_from, valid_to });

impl GrantRow {
    pub(super) fn grant(self) -> Result<Grant, DbError> {
        let unknown = || DbError::Inconsistent("a grant has a role or an area that is not known".to_owned());
        Ok(Grant {
            role: Role::from_name(&self.role).ok_or_else(unknown)?,
            area: areas::of_columns(&self.area_kind, self.area_name).ok_or_else(unknown)?,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        })
    }
}

/// What an account may see, in the order it was given.
///
/// # Errors
/// When the database fails or a stored grant is not known.
pub async fn grants(db: &Db, user: i64) -> Result<Vec<Grant>, DbError> {
    const SQL: &str =
        "select role, area_kind, area_name, valid_from, valid_to from user_grant where user_id = $1 order by id";
    let rows: Vec<GrantRow> = read!(db, pool => sqlx::query_as(SQL).bind(user).fetch_all(pool).await?);
    rows.into_iter().map(GrantRow::grant).collect()
}

struct GrantOfRow {
    user_id: i64,
    grant: GrantRow,
}

from_row!(GrantOfRow { user_id } with { grant: GrantRow });

/// What every account may see, under its number, each in the order it was given.
///
/// # Errors
/// When the database fails or a stored grant is not known.
pub async fn all_grants(db: &Db) -> Result<HashMap<i64, Vec<Grant>>, DbError> {
    const SQL: &str = "select user_id, role, area_kind, area_name, valid_from, valid_to from user_grant order by id";
    let rows: Vec<GrantOfRow> = read!(db, pool => sqlx::query_as(SQL).fetch_all(pool).await?);
    let mut grants: HashMap<i64, Vec<Grant>> = HashMap::new();
    for row in rows {
        grants.entry(row.user_id).or_default().push(row.grant.grant()?);
    }
    Ok(grants)
}

/// A session to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// The hash of its token.
    pub token_hash: &'a str,
    /// Whose, as read when the password was found right.
    pub user: &'a User,
    /// Where from.
    pub address: Option<&'a str>,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// Opens a session. Answers no when the account was disabled or got another password since it was read: who knew the old
/// one is not let in.
///
/// # Errors
/// When the database fails.
pub async fn open_session(tx: &mut Tx, new: NewSession<'_>) -> Result<bool, DbError> {
    // Waits for a change of the account that is being saved, and then sees it.
    const STILL: &str = "update app_user set password_version = password_version
         where id = $1 and disabled_at is null and password_version = $2";
    const OPEN: &str =
        "insert into session (token_hash, user_id, created_at, seen_at, address) values ($1, $2, $3, $3, $4)";
    let still = on_tx!(&mut *tx, conn => sqlx::query(STILL)
        .bind(new.user.id).bind(new.user.password_version).execute(conn).await?.rows_affected());
    if still == 0 {
        return Ok(false);
    }
    on_tx!(tx, conn => sqlx::query(OPEN)
        .bind(new.token_hash).bind(new.user.id).bind(new.at).bind(new.address).execute(conn).await?.rows_affected());
    Ok(true)
}

/// The state of the database, and when its log of actions last changed, as columns.
macro_rules! state_columns {
    () => {
        concat!(version_columns!(), ", (select coalesce(max(changed_at), 0) from action) as log_changed_at")
    };
}

/// A session and its user.
#[derive(Debug, Clone)]
pub struct Session {
    /// The user's number.
    pub user_id: i64,
    /// What is typed to sign in.
    pub user_name: String,
    /// The person's name.
    pub full_name: String,
    /// Opened, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// Last used, to the minute.
    pub seen_at: i64,
    /// When an action last changed, in milliseconds since 1970 UTC; 0 before the first.
    pub log_changed_at: i64,
    /// The state of the database now.
    pub version: Version,
}

from_row!(Session { user_id, user_name, full_name, created_at, seen_at, log_changed_at } with { version: Version });

/// A session beside one of its user's grants, or beside none.
struct SessionRow {
    session: Session,
    grant: GrantOrNone,
}

/// A grant's columns of an outer join.
struct GrantOrNone {
    role: Option<String>,
    area_kind: Option<String>,
    area_name: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

from_row!(GrantOrNone { role, area_kind, area_name, valid_from, valid_to });
from_row!(SessionRow {} with { session: Session, grant: GrantOrNone });

impl GrantOrNone {
    fn row(self) -> Option<GrantRow> {
        let Self { role, area_kind, area_name, valid_from, valid_to } = self;
        role.zip(area_kind).map(|(role, area_kind)| GrantRow { role, area_kind, area_name, valid_from, valid_to })
    }
}

/// The session under a token's hash with what its user may see, if the user is not disabled, and the state of the
/// database: in one question, since every request asks it.
///
/// # Errors
/// When the database fails or a stored grant is not known.
pub async fn session(db: &Db, token_hash: &str) -> Result<Option<(Session, Vec<Grant>)>, DbError> {
    const SQL: &str = concat!(
        "select s.user_id, u.user_name, u.full_name, s.created_at, s.seen_at, ",
        state_columns!(),
        ", g.role, g.area_kind, g.area_name, g.valid_from, g.valid_to
         from session s join app_user u on u.id = s.user_id left join user_grant g on g.user_id = u.id
         where s.token_hash = $1 and u.disabled_at is null order by g.id"
    );
    let rows: Vec<SessionRow> = read!(db, pool => sqlx::query_as(SQL).bind(token_hash).fetch_all(pool).await?);
    let mut session = None;
    let mut grants = Vec::with_capacity(rows.len());
    for row in rows {
        session = Some(row.session);
        grants.extend(row.grant.row().map(GrantRow::grant).transpose()?);
    }
    Ok(session.map(|session| (session, grants)))
}

/// Somebody without a session: what goes to people by itself is made for who they are now.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// The account's number.
    pub user_id: i64,
    /// What is typed to sign in.
    pub user_name: String,
    /// The person's name.
    pub full_name: String,
    /// Where the person is written to.
    pub email: Option<String>,
    /// When an action last changed, in milliseconds since 1970 UTC; 0 before the first.
    pub log_changed_at: i64,
    /// The state of the database now.
    pub version: Version,
}

from_row!(Somebody { user_id, user_name, full_name, email, log_changed_at } with { version: Version });

/// An account that is not disabled, and the state of the database.
///
/// # Errors
/// When the database fails.
pub async fn somebody(db: &Db, user: i64) -> Result<Option<Somebody>, DbError> {
    const SQL: &str = concat!(
        "select u.id as user_id, u.user_name, u.full_name, u.email, ",
        state_columns!(),
        " from app_user u where u.id = $1 and u.disabled_at is null"
    );
    Ok(read!(db, pool => sqlx::query_as(SQL).bind(user).fetch_optional(pool).await?))
}

/// Notes that a session was used.
///
/// # Errors
/// When the database fails.
pub async fn touch_session(db: &Db, token_hash: &str, at: i64) -> Result<(), DbError> {
    const SQL: &str = "update session set seen_at = $1 where token_hash = $2";
    write!(db, pool => sqlx::query(SQL).bind(at).bind(token_hash).execute(pool).await?.rows_affected());
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn end_session(db: &Db, token_hash: &str) -> Result<(), DbError> {
    const SQL: &str = "delete from session where token_hash = $1";
    write!(db, pool => sqlx::query(SQL).bind(token_hash).execute(pool).await?.rows_affected());
    Ok(())
}

/// Takes out sessions opened before one time or not used since another.
///
/// # Errors
/// When the database fails.
pub async fn sweep_sessions(db: &Db, opened_before: i64, unused_since: i64) -> Result<(), DbError> {
    const SQL: &str = "delete from session where created_at < $1 or seen_at < $2";
    write!(db, pool => sqlx::query(SQL).bind(opened_before).bind(unused_since).execute(pool).await?.rows_affected());
    Ok(())
}

/// Sets an account's password anew.
///
/// # Errors
/// When the database fails.
pub async fn set_password(tx: &mut Tx, user: i64, hash: &str) -> Result<(), DbError> {
    const SQL: &str = "update app_user set password_hash = $1, password_version = password_version + 1 where id = $2";
    on_tx!(tx, conn => sqlx::query(SQL).bind(hash).bind(user).execute(conn).await?.rows_affected());
    Ok(())
}

/// Puts another hash of the same password in the place of the one that was verified; a password that was changed meanwhile
/// stays changed.
///
/// # Errors
/// When the database fails.
pub async fn renew_password_hash(db: &Db, user: i64, verified: &str, hash: &str) -> Result<(), DbError> {
    const SQL: &str = "update app_user set password_hash = $1 where id = $2 and password_hash = $3";
    write!(db, pool => sqlx::query(SQL).bind(hash).bind(user).bind(verified).execute(pool).await?.rows_affected());
    Ok(())
}
