//! How many connections an address holds, so that one client does not take the places of all.

use super::guesses::network;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections by address; those of one IPv6 network count as one.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<HashMap<IpAddr, usize>>);

/// The place of one connection; it is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    addresses: Arc<Addresses>,
    address: IpAddr,
}

impl Addresses {
    /// A place for one more connection; `None` where the address holds `most` already.
    pub(super) fn enter(self: &Arc<Self>, peer: SocketAddr, most: Option<usize>) -> Option<Place> {
        let address = network(peer.ip());
        let mut known = self.lock();
        let held = known.get(&address).copied().unwrap_or(0);
        if most.is_some_and(|most| held >= most) {
            tracing::debug!("an address holds as many connections as it may");
            return None;
        }
        known.insert(address, held + 1);
        Some(Place { addresses: Arc::clone(self), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut known = self.addresses.lock();
        if let Some(held) = known.get_mut(&self.address) {
            *held -= 1;
            if *held == 0 {
                known.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> SocketAddr {
        SocketAddr::new(text.parse().unwrap(), 40_000)
    }

    #[test]
    fn an_address_holds_so_many_connections_and_another_its_own() {
        let addresses = Arc::new(Addresses::default());
        let held = [addresses.enter(peer("10.0.0.1"), Some(2)), addresses.enter(peer("10.0.0.1"), Some(2))];
        assert!(held.iter().all(Option::is_some));
        assert!(addresses.enter(peer("10.0.0.1"), Some(2)).is_none());
        assert!(addresses.enter(peer("10.0.0.2"), Some(2)).is_some());
        assert!(addresses.enter(peer("10.0.0.1"), None).is_some(), "without a limit");
        drop(held);
        assert!(addresses.enter(peer("10.0.0.1"), Some(1)).is_some());
        assert!(addresses.lock().is_empty(), "nothing is kept of who is gone");
    }
}
