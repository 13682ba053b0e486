//! Where a request comes from: the peer of the connection, or what the nearest of our own proxies says.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// The other end of the connection; unknown only where there is none, as in tests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())))
    }
}

impl Peer {
    /// The client's address, with so many proxies of our own in front. Each of them appends whom it heard from to
    /// `X-Forwarded-For`; what stands further left is the client's own word and is not believed.
    pub(crate) fn address(self, proxies: u8, headers: &HeaderMap) -> Option<IpAddr> {
        let Some(hops) = usize::from(proxies).checked_sub(1) else { return self.0 };
        let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let addresses: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        addresses.iter().rev().nth(hops).and_then(|address| address.parse().ok()).or(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let peer = Peer(Some("10.0.0.1".parse().unwrap()));
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 192.0.2.7"));
        headers.append("x-forwarded-for", HeaderValue::from_static("10.0.0.9"));
        for (proxies, address) in [(0, "10.0.0.1"), (1, "10.0.0.9"), (2, "192.0.2.7"), (4, "10.0.0.1")] {
            assert_eq!(peer.address(proxies, &headers).unwrap().to_string(), address, "{proxies}");
        }
    }
}
