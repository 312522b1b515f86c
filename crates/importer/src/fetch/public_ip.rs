//! Which addresses belong to the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range of addresses: those that agree with the first number in that many leading bits.
struct Range<N>(N, u32);

/// Addresses that stand for this machine, a private network, a test or nobody in particular.
const NOT_PUBLIC_V4: [Range<Ipv4Addr>; 15] = [
    Range(Ipv4Addr::new(0, 0, 0, 0), 8),
    Range(Ipv4Addr::new(10, 0, 0, 0), 8),
    Range(Ipv4Addr::new(100, 64, 0, 0), 10),
    Range(Ipv4Addr::new(127, 0, 0, 0), 8),
    Range(Ipv4Addr::new(169, 254, 0, 0), 16),
    Range(Ipv4Addr::new(172, 16, 0, 0), 12),
    Range(Ipv4Addr::new(192, 0, 0, 0), 24),
    Range(Ipv4Addr::new(192, 0, 2, 0), 24),
    Range(Ipv4Addr::new(192, 88, 99, 0), 24),
    Range(Ipv4Addr::new(192, 168, 0, 0), 16),
    Range(Ipv4Addr::new(198, 18, 0, 0), 15),
    Range(Ipv4Addr::new(198, 51, 100, 0), 24),
    Range(Ipv4Addr::new(203, 0, 113, 0), 24),
    Range(Ipv4Addr::new(224, 0, 0, 0), 4),
    Range(Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// All of the public internet so far. Loopback, mapped and translated IPv4, unique local, link-local
/// and multicast addresses lie outside of it.
const GLOBAL_V6: Range<Ipv6Addr> = Range(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// The parts of it that lead elsewhere: Teredo and 6to4 carry an IPv4 address inside, the others are
/// for documentation.
const NOT_PUBLIC_V6: [Range<Ipv6Addr>; 4] = [
    Range(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32),
    Range(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Range(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    Range(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|range| range.has(address)),
        IpAddr::V6(address) => {
            GLOBAL_V6.has(address) && !NOT_PUBLIC_V6.iter().any(|range| range.has(address))
        }
    }
}

impl Range<Ipv4Addr> {
    fn has(&self, address: Ipv4Addr) -> bool {
        (address.to_bits() ^ self.0.to_bits()).leading_zeros() >= self.1
    }
}

impl Range<Ipv6Addr> {
    fn has(&self, address: Ipv6Addr) -> bool {
        (address.to_bits() ^ self.0.to_bits()).leading_zeros() >= self.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(address: &str) -> bool {
        is_public(address.parse().unwrap())
    }

    #[test]
    fn first_and_last_address_of_each_private_range_are_not_public() {
        for address in [
            "0.0.0.0",
            "0.255.255.255",
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.0",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "169.254.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.0",
            "192.0.0.255",
            "192.0.2.0",
            "192.0.2.255",
            "192.168.0.0",
            "192.168.255.255",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.0",
            "198.51.100.255",
            "203.0.113.0",
            "203.0.113.255",
            "224.0.0.0",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:ffff",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::",
            "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
            "2001::",
            "2001:0:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db8::",
            "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
            "2002::",
            "2002:7f00:1::",
            "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "fc00::",
            "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "fe80::",
            "fe80::1",
            "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "ff00::",
            "ff02::1",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[test]
    fn neighbours_of_private_ranges_are_public() {
        for address in [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.254",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2000::",
            "2001:1::",
            "2001:db7::",
            "2001:db9::",
            "2003::",
            "2606:4700::1",
        ] {
            assert!(public(address), "{address}");
        }
    }
}
