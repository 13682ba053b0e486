//! Changes of an account: its roles, its password, its sessions. Each is one transaction with its row on the audit, and
//! counts from the person's next request on.

use super::{AccountError, new_hash, normal_name};
use crate::clock::Clock;
use crate::db::{Db, Tx};
use crate::http::guesses;
use crate::store::audit::{self, Decision, Entry};
use crate::store::roles::{self, Held};
use crate::store::users::{self, User};
use crate::store::{actions, sessions, sign_in_tries};
use domain::names::name_key;
use domain::scope::{Area, Grant, Role};

/// Who makes a change, and when.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The account's user name, or `command line`.
    pub actor: &'a str,
    /// The request's number, as in the log.
    pub request_id: &'a str,
    /// The time.
    pub clock: &'a Clock,
}

impl By<'_> {
    pub(crate) fn entry(&self, action: &str, user_name: &str, detail: String) -> Entry {
        Entry {
            at: self.clock.now_ms(),
            actor: self.actor.to_owned(),
            action: action.to_owned(),
            subject: Some(user_name.to_owned()),
            detail: (!detail.is_empty()).then_some(detail),
            decision: Decision::Allow,
            request_id: self.request_id.to_owned(),
        }
    }
}

/// A role was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The account.
    pub user: String,
    /// What was held of the same role over the same area, and no longer is.
    pub before: Vec<Grant>,
    /// Sessions that ended.
    pub ended: u64,
}

/// Roles were taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The account.
    pub user: String,
    /// What it no longer has.
    pub roles: Vec<Grant>,
    /// Whether no role is left.
    pub none_left: bool,
    /// Actions that are not done and for which the person is still accountable.
    pub accountable: u64,
    /// Sessions that ended.
    pub ended: u64,
}

/// Sessions ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The account.
    pub user: String,
    /// How many.
    pub ended: u64,
}

/// Which roles are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of this number.
    Number(i64),
    /// This role over this area, or over whatever area.
    Role(Role, Option<Area>),
}

impl Which {
    fn is(&self, held: &Held) -> bool {
        match self {
            Self::Number(number) => held.number == *number,
            Self::Role(role, area) => {
                held.grant.role == *role && area.as_ref().is_none_or(|area| same_area(area, &held.grant.area))
            }
        }
    }
}

fn same_area(one: &Area, other: &Area) -> bool {
    match (one, other) {
        (Area::All, Area::All) => true,
        (Area::Service(one), Area::Service(other)) | (Area::Team(one), Area::Team(other)) => {
            name_key(one) == name_key(other)
        }
        _ => false,
    }
}

/// A role as the audit names it: `team-manager over team 'North 1', from 2026-01-01, to 2026-03-31`.
pub(crate) fn in_words(grant: &Grant) -> String {
    let role = grant.role.name();
    let mut words = match &grant.area {
        Area::All => format!("{role} over everything"),
        Area::Service(name) => format!("{role} over service '{name}'"),
        Area::Team(name) => format!("{role} over team '{name}'"),
    };
    for (word, date) in [("from", grant.valid_from), ("to", grant.valid_to)] {
        if let Some(date) = date {
            words.push_str(&format!(", {word} {date}"));
        }
    }
    words
}

pub(crate) fn all_in_words<'a>(grants: impl IntoIterator<Item = &'a Grant>) -> String {
    let words: Vec<String> = grants.into_iter().map(in_words).collect();
    words.join("; ")
}

fn and_ended(words: &str, ended: u64) -> String {
    let ended = match ended {
        0 => String::new(),
        1 => "1 session ended".to_owned(),
        many => format!("{many} sessions ended"),
    };
    let parts: Vec<&str> = [words, &ended].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

async fn named(tx: &mut Tx, user_name: &str) -> Result<User, AccountError> {
    let name = normal_name(user_name);
    users::by_name_in(tx, &name).await?.ok_or(AccountError::Nobody(name))
}

/// Gives a role over an area between two dates. Held already over the same area, it gets these dates in the place of the
/// old ones; where it counts today no longer, the sessions end.
///
/// # Errors
/// When there is no such account or it is disabled, the dates are the wrong way round, the role is held just so, or the
/// database fails.
pub async fn give(db: &Db, by: By<'_>, user_name: &str, grant: &Grant) -> Result<Given, AccountError> {
    if let (Some(from), Some(to)) = (grant.valid_from, grant.valid_to)
        && to < from
    {
        return Err(AccountError::Backwards { from, to });
    }
    let mut tx = db.begin().await?;
    let user = named(&mut tx, user_name).await?;
    if user.disabled_at.is_some() {
        return Err(AccountError::Disabled(user.user_name));
    }
    let which = Which::Role(grant.role, Some(grant.area.clone()));
    let before: Vec<Held> = roles::of(&mut tx, user.id).await?.into_iter().filter(|held| which.is(held)).collect();
    let is_just_so = |held: &Held| (held.grant.valid_from, held.grant.valid_to) == (grant.valid_from, grant.valid_to);
    if before.len() == 1 && before.iter().all(is_just_so) {
        return Err(AccountError::HasIt { user: user.user_name, role: all_in_words(before.iter().map(|h| &h.grant)) });
    }
    for held in &before {
        roles::take(&mut tx, held.number).await?;
    }
    users::grant(&mut tx, user.id, grant).await?;
    let today = by.clock.today();
    let counted = before.iter().any(|held| held.grant.is_valid_on(today));
    let ended = if counted && !grant.is_valid_on(today) { sessions::end_all(&mut tx, user.id).await? } else { 0 };
    let before: Vec<Grant> = before.into_iter().map(|held| held.grant).collect();
    let mut words = in_words(grant);
    if !before.is_empty() {
        words = format!("{words}; before: {}", all_in_words(&before));
    }
    audit::append_in(&mut tx, &[by.entry("grant role", &user.user_name, and_ended(&words, ended))]).await?;
    tx.commit().await?;
    Ok(Given { user: user.user_name, before, ended })
}

/// Takes roles back and ends the sessions.
///
/// # Errors
/// When there is no such account, it holds no such role, or the database fails.
pub async fn take(db: &Db, by: By<'_>, user_name: &str, which: &Which) -> Result<Taken, AccountError> {
    let mut tx = db.begin().await?;
    let user = named(&mut tx, user_name).await?;
    let held = roles::of(&mut tx, user.id).await?;
    let (gone, left): (Vec<Held>, Vec<Held>) = held.into_iter().partition(|held| which.is(held));
    if gone.is_empty() {
        let has = all_in_words(left.iter().map(|held| &held.grant));
        let roles = if has.is_empty() { String::new() } else { format!(". The roles are: {has}") };
        return Err(AccountError::HasNot { user: user.user_name, roles });
    }
    for held in &gone {
        roles::take(&mut tx, held.number).await?;
    }
    let ended = sessions::end_all(&mut tx, user.id).await?;
    let roles: Vec<Grant> = gone.into_iter().map(|held| held.grant).collect();
    let words = and_ended(&all_in_words(&roles), ended);
    audit::append_in(&mut tx, &[by.entry("revoke role", &user.user_name, words)]).await?;
    let accountable = match roles.iter().any(|grant| grant.role == Role::HeadOfService) {
        true => actions::not_done_of(&mut tx, &user.user_name).await?,
        false => 0,
    };
    tx.commit().await?;
    Ok(Taken { user: user.user_name, roles, none_left: left.is_empty(), accountable, ended })
}

/// Sets another password and ends the sessions. What failed with the old one is forgotten.
///
/// # Errors
/// When there is no such account or it has no password, the password is refused, or the database fails.
pub async fn set_password(db: &Db, by: By<'_>, user_name: &str, password: &str) -> Result<Ended, AccountError> {
    let name = normal_name(user_name);
    let user = users::by_name(db, &name).await?.ok_or_else(|| AccountError::Nobody(name.clone()))?;
    if user.persona.is_some() {
        return Err(AccountError::Persona(name));
    }
    let hash = new_hash(password, &user.user_name, &user.full_name).await?;
    let mut tx = db.begin().await?;
    users::set_password(&mut tx, user.id, &hash).await?;
    sign_in_tries::forget_name(&mut tx, guesses::number_of(&name)).await?;
    let ended = sessions::end_all(&mut tx, user.id).await?;
    audit::append_in(&mut tx, &[by.entry("set password", &user.user_name, and_ended("another password", ended))])
        .await?;
    tx.commit().await?;
    Ok(Ended { user: name, ended })
}

/// Ends every session of an account.
///
/// # Errors
/// When there is no such account, or the database fails.
pub async fn end_sessions(db: &Db, by: By<'_>, user_name: &str) -> Result<Ended, AccountError> {
    let mut tx = db.begin().await?;
    let user = named(&mut tx, user_name).await?;
    let ended = sessions::end_all(&mut tx, user.id).await?;
    let words = and_ended(if ended == 0 { "no session was open" } else { "" }, ended);
    audit::append_in(&mut tx, &[by.entry("end sessions", &user.user_name, words)]).await?;
    tx.commit().await?;
    Ok(Ended { user: user.user_name, ended })
}

/// Disables an account; its sessions and its calendar end at once.
///
/// # Errors
/// When there is no such account, it is disabled already, it is accountable for actions that `leave_actions` does not
/// leave behind, or the database fails.
pub async fn disable(db: &Db, by: By<'_>, user_name: &str, leave_actions: bool) -> Result<Ended, AccountError> {
    let mut tx = db.begin().await?;
    let user = named(&mut tx, user_name).await?;
    if user.disabled_at.is_some() {
        return Err(AccountError::Disabled(user.user_name));
    }
    let actions = actions::not_done_of(&mut tx, &user.user_name).await?;
    if actions > 0 && !leave_actions {
        return Err(AccountError::Accountable { user: user.user_name, actions });
    }
    let ended = users::disable(&mut tx, &user.user_name, by.clock.now_ms()).await?;
    let roles: Vec<Held> = roles::of(&mut tx, user.id).await?;
    let words = and_ended(&all_in_words(roles.iter().map(|held| &held.grant)), ended);
    audit::append_in(&mut tx, &[by.entry("disable account", &user.user_name, words)]).await?;
    tx.commit().await?;
    Ok(Ended { user: user.user_name, ended })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audit_names_role_area_and_dates() {
        let grant = |area, from: Option<&str>, to: Option<&str>| Grant {
            role: Role::TeamManager,
            area,
            valid_from: from.map(|day| day.parse().unwrap()),
            valid_to: to.map(|day| day.parse().unwrap()),
        };
        for (grant, words) in [
            (grant(Area::All, None, None), "team-manager over everything"),
            (
                grant(Area::Service("North".to_owned()), None, Some("2026-03-31")),
                "team-manager over service 'North', to 2026-03-31",
            ),
            (
                grant(Area::Team("North 1".to_owned()), Some("2026-01-01"), Some("2026-03-31")),
                "team-manager over team 'North 1', from 2026-01-01, to 2026-03-31",
            ),
        ] {
            assert_eq!(in_words(&grant), words);
        }
    }

    #[test]
    fn a_role_is_meant_by_its_number_or_by_its_name_and_area() {
        let held = |number, role, area| Held { number, grant: Grant { role, area, valid_from: None, valid_to: None } };
        let north = held(7, Role::TeamManager, Area::Team("North 1".to_owned()));
        let meant = |which: Which| which.is(&north);
        assert!(meant(Which::Number(7)) && !meant(Which::Number(8)));
        assert!(meant(Which::Role(Role::TeamManager, None)) && !meant(Which::Role(Role::Analyst, None)));
        assert!(
            meant(Which::Role(Role::TeamManager, Some(Area::Team("north  1".to_owned())))),
            "names are one whatever their case"
        );
        assert!(!meant(Which::Role(Role::TeamManager, Some(Area::Service("North 1".to_owned())))));
        assert!(!meant(Which::Role(Role::TeamManager, Some(Area::All))));
    }
}
