//! The page of a request, asked for before it is rendered: rendering waits for nothing, so it cannot stand still, and
//! the answer's status is known before its first byte.

use crate::address::{self, Address, Reader};
use crate::desk::SharedDesk;
use crate::error::PageError;
use crate::fragment::Fragment;
use leptos::prelude::{Owner, provide_context};
use leptos::reactive::computed::ScopedFuture;
use leptos_router::location::RequestUrl;
use leptos_router::params::ParamsMap;
use std::sync::Arc;

/// Every route with a page, as the server's router writes it.
pub const ROUTES: [(&str, Reader); 18] = [
    ("/sign-in", address::sign_in),
    ("/", address::home),
    ("/services/{service}", address::service),
    ("/teams/{team}", address::team),
    ("/measures/{id}", address::measure),
    ("/measures/{id}/children", address::children),
    ("/measures/{id}/answer", address::answer),
    ("/measures/{id}/changes", address::changes),
    ("/answers", address::answers),
    ("/data/lag", address::lag),
    ("/data/altered", address::altered),
    ("/attention", address::attention),
    ("/children/{id}", address::child),
    ("/data", address::data),
    ("/data/extracts/{id}", address::extract),
    ("/data/loads/{id}", address::load),
    ("/admin/standards", address::standards),
    ("/help", address::help),
];

/// A page that is there, or why it is not.
#[derive(Debug, Clone)]
pub struct Prepared {
    address: Address,
    answer: Arc<Result<Fragment, PageError>>,
}

impl Prepared {
    /// Asks the viewer's desk for the page of a route, with the address as it was asked for, query and all.
    pub async fn of(desk: SharedDesk, route: &str, asked: &str) -> Self {
        let Some(address) = read(route, asked) else {
            return Self { address: Address::Help, answer: Arc::new(Err(PageError::NotFound)) };
        };
        let owner = Owner::new();
        let ask = owner.with(|| {
            provide_context(desk);
            ScopedFuture::new(address.clone().ask())
        });
        Self { address, answer: Arc::new(ask.await) }
    }

    /// What the response says of it.
    #[must_use]
    pub fn status(&self) -> http::StatusCode {
        self.answer.as_ref().as_ref().err().map_or(http::StatusCode::OK, PageError::status)
    }

    /// The page, if it is this address's.
    pub(crate) fn answer(&self, address: &Address) -> Result<Fragment, PageError> {
        if self.address == *address { (*self.answer).clone() } else { Err(PageError::Failed) }
    }
}

/// The address of a route; none for a route without a page.
fn read(route: &str, asked: &str) -> Option<Address> {
    let (_, read) = ROUTES.iter().find(|(page, _)| *page == route)?;
    let url = RequestUrl::new(asked).parse().ok()?;
    let mut parts = ParamsMap::new();
    for (name, part) in route.split('/').zip(url.path().split('/')) {
        if let Some(name) = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            parts.insert(name.to_owned(), part.to_owned());
        }
    }
    Some(read(&parts, url.search_params()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leptos lists the routes here alone: while it does, no resource of the process loads.
    #[test]
    fn the_server_and_the_browser_know_the_same_pages() {
        let mut of_the_browser: Vec<String> =
            leptos_axum::generate_route_list(crate::App).iter().map(|page| page.path().to_owned()).collect();
        let mut of_the_server = ROUTES.map(|(route, _)| route);
        of_the_browser.sort();
        of_the_server.sort_unstable();
        assert_eq!(of_the_browser, of_the_server);
    }

    #[test]
    fn an_address_is_read_as_the_router_reads_it() {
        let measure = |id: &str, team: Option<&str>| Address::Measure {
            id: id.to_owned(),
            service: None,
            team: team.map(str::to_owned),
            as_at: None,
        };
        assert_eq!(
            read("/services/{service}", "/services/Children%20%26%20Families%2F2?as_at=2026-10-30"),
            Some(Address::Service("Children & Families/2".to_owned(), Some("2026-10-30".to_owned())))
        );
        assert_eq!(
            read("/measures/{id}", "/measures/CPP-07?team=A%26B&service="),
            Some(measure("CPP-07", Some("A&B")))
        );
        assert_eq!(read("/measures/{id}", "/measures/CPP-07?team="), Some(measure("CPP-07", None)));
        assert_eq!(read("/", "/?as_at=2026-10-30"), Some(Address::Home(Some("2026-10-30".to_owned()))));
        assert_eq!(read("/nowhere", "/nowhere"), None);
    }
}
