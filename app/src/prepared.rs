//! The page of a request on the server: which route it is, what its address asks for, and the desk's answer.

use crate::address::{self, Address, Reader};
use crate::desk::SharedDesk;
use crate::error::PageError;
use crate::fragment::Fragment;
use leptos::prelude::{Owner, provide_context};
use leptos::reactive::computed::ScopedFuture;
use leptos_router::location::RequestUrl;
use leptos_router::params::ParamsMap;

/// Every route with a page, as the server's router writes it.
pub const ROUTES: &[(&str, Reader)] = &[
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
    ("/data/problems", address::problems),
    ("/attention", address::attention),
    ("/caseloads", address::caseloads),
    ("/children/{id}", address::child),
    ("/data", address::data),
    ("/data/extracts/{id}", address::extract),
    ("/data/loads/{id}", address::load),
    ("/data/mapping", address::mapping),
    ("/admin/standards", address::standards),
    ("/admin/targets", address::targets),
    ("/actions", address::actions),
    ("/actions/new", address::new_action),
    ("/actions/{number}", address::action),
    ("/notices", address::notices),
    ("/admin/recommendations", address::recommendations),
    ("/surgeries", address::surgeries),
    ("/surgeries/evidence", address::evidence),
    ("/surgeries/{id}", address::surgery),
    ("/help", address::help),
    ("/help/tour", address::tour),
];

/// Asks the viewer's desk for the page of a route, with the address as it was asked for, query and all.
///
/// # Errors
/// Why there is no page.
pub async fn prepare(desk: SharedDesk, route: &str, asked: &str) -> Result<Fragment, PageError> {
    let address = read(route, asked).ok_or(PageError::NotFound)?;
    let owner = Owner::new();
    let ask = owner.with(|| {
        provide_context(desk);
        ScopedFuture::new(address.ask())
    });
    ask.await
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
        let mut of_the_server: Vec<&str> = ROUTES.iter().map(|(route, _)| *route).collect();
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
