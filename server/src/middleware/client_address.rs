//! Where a request comes from, as far as an address can tell.

use crate::site::Site;
use app::server::VisitorsSource;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use market::Source;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Headers by which proxies say for whom they ask.
const BY_PROXIES: [&str; 2] = ["x-forwarded-for", "forwarded"];

/// How often it is said that somebody sends them who is not believed.
const SAID_EVERY: Duration = Duration::from_secs(60 * 60);

/// What is known of the client by everything inside.
#[derive(Debug, Clone, Copy)]
struct Network(IpAddr);

/// Finds out what network a request comes from, once. `X-Forwarded-For` counts only as far as trusted proxies wrote it:
/// it is read from the right, and the first address that is not one of them is the client.
pub async fn find(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let proxies = &site.config.trusted_proxies;
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.ip());
    let peer = peer.to_canonical();
    let headers = request.headers();
    if !proxies.contains(&peer) && BY_PROXIES.iter().any(|name| headers.contains_key(*name)) {
        site.unknown_proxy.say(peer);
    }
    let network = network(behind(peer, headers, proxies));
    request.extensions_mut().insert(Network(network));
    if site.config.rate_limits {
        let source = Source::new(&network.to_string());
        request.extensions_mut().insert(VisitorsSource(source));
    }
    next.run(request).await
}

/// The network that limits count by.
pub fn of(request: &Request) -> IpAddr {
    let found = request.extensions().get::<Network>();
    found.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |found| found.0)
}

/// Says now and then that a proxy seems to stand before the server which it was not told of.
#[derive(Debug, Default)]
pub struct UnknownProxy(Mutex<Option<Instant>>);

impl UnknownProxy {
    fn say(&self, peer: IpAddr) {
        if self.is_time() {
            tracing::warn!(
                %peer,
                "a request says that a proxy brought it, but `trusted_proxies` does not name who sent it: should that be \
                 your proxy, all its visitors count as one, and shut each other out; name it there"
            );
        }
    }

    fn is_time(&self) -> bool {
        let mut said = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_time = said.is_none_or(|said| said.elapsed() >= SAID_EVERY);
        if is_time {
            *said = Some(Instant::now());
        }
        is_time
    }
}

fn behind(peer: IpAddr, headers: &HeaderMap, trusted_proxies: &[IpAddr]) -> IpAddr {
    let mut client = peer;
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect::<Vec<_>>();
    for hop in hops.into_iter().rev() {
        if !trusted_proxies.contains(&client) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            // A trusted proxy writes addresses; what is not one was there before it.
            Err(_) => break,
        }
    }
    client
}

/// One IPv6 customer has a whole /64 to choose addresses from, so the /64 counts as one.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<IpAddr> = trusted.iter().map(|ip| ip.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(
            seen("203.0.113.9", "198.51.100.1", &["10.0.0.1"]),
            "203.0.113.9"
        );
        assert_eq!(
            seen("10.0.0.1", "198.51.100.1", &["10.0.0.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        assert_eq!(
            seen("10.0.0.1", "127.0.0.1, 198.51.100.1", &["10.0.0.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            seen(
                "10.0.0.1",
                "1.1.1.1, 198.51.100.1, 10.0.0.2",
                &["10.0.0.1", "10.0.0.2"]
            ),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.1", "nonsense", &["10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn an_unknown_proxy_is_spoken_of_once_an_hour() {
        let unknown = UnknownProxy::default();
        assert!(unknown.is_time());
        assert!(!unknown.is_time());
    }

    #[test]
    fn an_ipv6_customer_is_one_client() {
        let one = network("2001:db8:1:2:3:4:5:6".parse().unwrap());
        let other = network("2001:db8:1:2:ffff::1".parse().unwrap());
        assert_eq!(one, other);
    }
}
