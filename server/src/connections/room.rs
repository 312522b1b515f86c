//! How many connections there are, of everybody and of each network.

use crate::middleware::client_address::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Room for so many connections.
#[derive(Debug)]
pub struct Room {
    most: usize,
    most_of_one: usize,
    /// Everybody comes through these, so they have all the room there is.
    proxies: Vec<IpAddr>,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// Why there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// For anybody.
    ForAll,
    /// For this network.
    ForOne,
}

impl Room {
    pub fn new(most: usize, most_of_one: usize, proxies: Vec<IpAddr>) -> Arc<Self> {
        Arc::new(Self {
            most,
            most_of_one,
            proxies,
            taken: Mutex::default(),
        })
    }

    /// Takes a place for a connection of this client.
    pub fn enter(self: &Arc<Self>, client: IpAddr) -> Result<Place, Full> {
        let client = client.to_canonical();
        let counted = (!self.proxies.contains(&client)).then(|| network(client));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all == self.most {
            return Err(Full::ForAll);
        }
        if let Some(network) = counted {
            let of_one = taken.of.entry(network).or_default();
            if *of_one == self.most_of_one {
                return Err(Full::ForOne);
            }
            *of_one += 1;
        }
        taken.all += 1;
        Ok(Place {
            room: Arc::clone(self),
            network: counted,
        })
    }

    fn leave(&self, network: Option<IpAddr>) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(network) = network
            && let Some(of_one) = taken.of.get_mut(&network)
        {
            *of_one -= 1;
            if *of_one == 0 {
                taken.of.remove(&network);
            }
        }
    }
}

/// A connection's place, free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    room: Arc<Room>,
    network: Option<IpAddr>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.leave(self.network);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_network_has_its_share_and_leaves_the_rest_to_others() {
        let room = Room::new(5, 2, Vec::new());
        let mut places = vec![
            room.enter(ip("2001:db8::1")).unwrap(),
            room.enter(ip("2001:db8::2")).unwrap(),
        ];
        assert_eq!(room.enter(ip("2001:db8::3")).unwrap_err(), Full::ForOne);
        for other in ["192.0.2.1", "192.0.2.2", "192.0.2.3"] {
            places.push(room.enter(ip(other)).unwrap());
        }
        assert_eq!(room.enter(ip("192.0.2.4")).unwrap_err(), Full::ForAll);
    }

    #[test]
    fn who_leaves_makes_room() {
        let room = Room::new(5, 1, Vec::new());
        for _ in 0..3 {
            let _place = room.enter(ip("192.0.2.1")).unwrap();
        }
        assert!(room.taken.lock().unwrap().of.is_empty());
    }

    #[test]
    fn a_proxy_brings_everybody() {
        let room = Room::new(5, 1, vec![ip("10.0.0.1")]);
        let places: Vec<_> = (0..6).map(|_| room.enter(ip("::ffff:10.0.0.1"))).collect();
        assert_eq!(places.iter().filter(|place| place.is_ok()).count(), 5);
    }
}
