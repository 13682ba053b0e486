//! Who there is, and who may answer for what.

use crate::desk::{ViewerDesk, failed};
use crate::store::users;
use app::data::Pick;
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::Doer;
use domain::ids::UserId;
use domain::scope::{Grant, Role};
use std::collections::HashMap;

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) user: UserId,
    pub(super) name: String,
    pub(super) grants: Vec<Grant>,
    disabled: bool,
}

/// Everybody with an account.
#[derive(Debug)]
pub(super) struct People(Vec<Known>);

impl People {
    pub(super) async fn of(desk: &ViewerDesk) -> Result<Self, PageError> {
        let db = &desk.state.db;
        let mut grants: HashMap<i64, Vec<Grant>> = users::all_grants(db).await.map_err(failed)?;
        let users = users::all(db).await.map_err(failed)?;
        let known = |user: users::User| Known {
            user: UserId(user.id),
            grants: grants.remove(&user.id).unwrap_or_default(),
            name: user.full_name,
            disabled: user.disabled_at.is_some(),
        };
        Ok(Self(users.into_iter().map(known).collect()))
    }

    pub(super) fn find(&self, user: UserId) -> Option<&Known> {
        self.0.iter().find(|known| known.user == user)
    }

    /// The name of an account.
    pub(super) fn name(&self, user: UserId) -> String {
        self.find(user).map_or_else(|| "Somebody unknown".to_owned(), |known| known.name.clone())
    }

    /// Who does an action, in words.
    pub(super) fn doer(&self, doer: &Doer) -> String {
        match doer {
            Doer::User(user) => self.name(*user),
            Doer::Named(name) => name.clone(),
        }
    }

    /// Whether somebody is Head of Service no more.
    pub(super) fn is_out_of_office(&self, user: UserId, today: NaiveDate) -> bool {
        !self.find(user).is_some_and(|known| known.is_in_office(Role::HeadOfService, today))
    }

    /// Everybody who is Head of Service no more, or never was.
    pub(super) fn out_of_office(&self, today: NaiveDate) -> Vec<UserId> {
        self.0.iter().map(|known| known.user).filter(|user| self.is_out_of_office(*user, today)).collect()
    }

    /// Those in office who hold a role.
    pub(super) fn holding(&self, role: Role, today: NaiveDate) -> impl Iterator<Item = &Known> {
        self.0.iter().filter(move |known| known.is_in_office(role, today))
    }

    /// Those who may be given something to do.
    pub(super) fn doers(&self, today: NaiveDate) -> impl Iterator<Item = &Known> {
        let acts = [Role::TeamManager, Role::HeadOfService, Role::Director];
        self.0.iter().filter(move |known| acts.into_iter().any(|role| known.is_in_office(role, today)))
    }
}

impl Known {
    fn is_in_office(&self, role: Role, today: NaiveDate) -> bool {
        !self.disabled && self.grants.iter().any(|grant| grant.role == role && grant.is_valid_on(today))
    }

    /// As a choice.
    pub(super) fn pick(&self, chosen: Option<UserId>) -> Pick {
        let roles: Vec<String> = self.grants.iter().map(crate::desk::role_in_words).collect();
        Pick {
            value: self.user.0.to_string(),
            text: format!("{} ({})", self.name, roles.join("; ")),
            chosen: chosen == Some(self.user),
        }
    }
}

/// Whether the viewer records actions at all: as a Director or a Head of Service.
pub(in crate::desk) fn may_record(desk: &ViewerDesk) -> bool {
    let today = desk.state.clock.today();
    let mut held = desk.visit.viewer.grants.iter().filter(|grant| grant.is_valid_on(today));
    held.any(|grant| matches!(grant.role, Role::Director | Role::HeadOfService))
}
