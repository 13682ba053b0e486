//! Where somebody is written to: the account's own address, or else the one beside the person's name in the organisation.

use crate::state::Viewer;
use chrono::NaiveDate;
use domain::names::name_key;
use domain::organisation::{Organisation, TeamPlace};
use domain::scope::{Grant, Role, Scope};
use lettre::Address;

/// Whether a text is an e-mail address.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// The address of somebody. The organisation's counts only where the person holds the role there, over that very team.
pub(super) fn address(
    own: Option<&str>,
    viewer: &Viewer,
    organisation: &Organisation,
    today: NaiveDate,
) -> Option<Address> {
    let own = own.map(str::to_owned);
    own.or_else(|| of_organisation(viewer, organisation, today)).and_then(|address| address.parse().ok())
}

fn of_organisation(viewer: &Viewer, organisation: &Organisation, today: NaiveDate) -> Option<String> {
    let head = of_role(viewer, Role::HeadOfService, organisation, today, |place| {
        (Some(&place.head_of_service), place.head_of_service_email.as_ref())
    });
    head.or_else(|| {
        of_role(viewer, Role::TeamManager, organisation, today, |place| {
            (place.team_manager.as_ref(), place.team_manager_email.as_ref())
        })
    })
}

fn of_role<'a>(
    viewer: &Viewer,
    role: Role,
    organisation: &'a Organisation,
    today: NaiveDate,
    holder: impl Fn(&'a TeamPlace) -> (Option<&'a String>, Option<&'a String>),
) -> Option<String> {
    let grants: Vec<Grant> = viewer.grants.iter().filter(|grant| grant.role == role).cloned().collect();
    let scope = Scope::of(&grants, organisation, today);
    let name = name_key(&viewer.full_name);
    organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team))).find_map(|place| {
        let (holder, email) = holder(place);
        holder.filter(|holder| name_key(holder) == name).and(email).cloned()
    })
}
