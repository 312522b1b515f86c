//! Who is asking, as far as an address can tell.

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The address that limits count by. `X-Forwarded-For` counts only as far as trusted proxies wrote it: it is
/// read from the right, and the first address that is not one of them is the client.
pub fn of(request: &Request, trusted_proxies: &[IpAddr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.ip());
    network(behind(
        peer.to_canonical(),
        request.headers(),
        trusted_proxies,
    ))
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
fn network(address: IpAddr) -> IpAddr {
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
    fn an_ipv6_customer_is_one_client() {
        let one = network("2001:db8:1:2:3:4:5:6".parse().unwrap());
        let other = network("2001:db8:1:2:ffff::1".parse().unwrap());
        assert_eq!(one, other);
    }
}
