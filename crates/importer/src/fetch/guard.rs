//! Decides what may be asked for.

use super::public_ip::is_public;
use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// The longest link that is looked at, in bytes.
const LONGEST_LINK: usize = 2048;

/// Endings of names that only mean something inside a network.
const INSIDE_NAMES: [&str; 11] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "onion",
];

/// Why a link is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "This is not a link we can read. Copy the address of the product's page, beginning with https://."
    )]
    NotALink,
    #[error("This link is too long. Try it without the part after the question mark.")]
    TooLong,
    #[error("Only links that begin with https:// or http:// can be read.")]
    Scheme,
    #[error(
        "This link has a log-in inside. Copy the page's address without the part before the @."
    )]
    Credentials,
    #[error("This link asks for an unusual port. Only the usual ones of the web can be read.")]
    Port,
    #[error("This link leads into a private network, not to a shop on the internet.")]
    Private,
    #[error(
        "The shop's page sends visitors from a secure to an insecure address, so it was not read."
    )]
    Downgrade,
}

/// The rules for links: schemes, ports, names and addresses.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    more_ports: Vec<u16>,
    allowed_for_tests: HashSet<SocketAddr>,
}

impl Guard {
    /// Allows the public internet on the usual ports and on `more_ports`.
    pub fn new(more_ports: &[u16]) -> Self {
        Self {
            more_ports: more_ports.to_vec(),
            allowed_for_tests: HashSet::new(),
        }
    }

    /// Also treats `server` as public, so that tests can read from a server of their own. Nothing in
    /// this crate's settings leads here, and no setting of a market in production may.
    #[must_use]
    pub fn allowing_for_tests(mut self, server: SocketAddr) -> Self {
        self.allowed_for_tests.insert(server);
        self
    }

    /// Reads what a person pasted. `https://` may be missing.
    pub fn parse(&self, link: &str) -> Result<Url, Refusal> {
        let link = link.trim();
        check_spelling(link)?;
        let url = match Url::parse(link) {
            Ok(url) => url,
            Err(url::ParseError::RelativeUrlWithoutBase) if looks_like_a_host(link) => {
                Url::parse(&format!("https://{link}")).map_err(|_| Refusal::NotALink)?
            }
            Err(_) => return Err(Refusal::NotALink),
        };
        self.check(&url)?;
        Ok(url)
    }

    /// Where a redirect from `from` leads.
    pub(super) fn redirect(&self, from: &Url, location: &str) -> Result<Url, Refusal> {
        check_spelling(location)?;
        let to = from.join(location).map_err(|_| Refusal::NotALink)?;
        if from.scheme() == "https" && to.scheme() == "http" {
            return Err(Refusal::Downgrade);
        }
        self.check(&to)?;
        Ok(to)
    }

    /// All that can be said about a link without asking for its host's addresses.
    pub fn check(&self, url: &Url) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme);
        }
        if url.as_str().len() > LONGEST_LINK {
            return Err(Refusal::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        let port = url.port_or_known_default().ok_or(Refusal::Port)?;
        let usual = matches!(port, 80 | 443) || self.more_ports.contains(&port);
        let tested = self
            .allowed_for_tests
            .iter()
            .any(|server| server.port() == port);
        if !usual && !tested {
            return Err(Refusal::Port);
        }
        match url.host().ok_or(Refusal::NotALink)? {
            Host::Domain(name) => self.check_name(name),
            Host::Ipv4(address) => self.check_literal(address.into(), port),
            Host::Ipv6(address) => self.check_literal(address.into(), port),
        }
    }

    /// Whether a name's answer may be dialled.
    pub(super) fn check_address(&self, address: IpAddr) -> Result<(), Refusal> {
        let tested = || {
            self.allowed_for_tests
                .iter()
                .any(|server| server.ip() == address)
        };
        if is_public(address) || tested() {
            Ok(())
        } else {
            Err(Refusal::Private)
        }
    }

    fn check_literal(&self, address: IpAddr, port: u16) -> Result<(), Refusal> {
        let server = SocketAddr::new(address, port);
        if is_public(address) || self.allowed_for_tests.contains(&server) {
            Ok(())
        } else {
            Err(Refusal::Private)
        }
    }

    pub(super) fn check_name(&self, name: &str) -> Result<(), Refusal> {
        let name = name.trim_end_matches('.');
        let inside = |ending: &str| {
            name.strip_suffix(ending)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        // A name without a dot is looked up in the network this machine stands in.
        if !name.contains('.') || INSIDE_NAMES.iter().any(|ending| inside(ending)) {
            return Err(Refusal::Private);
        }
        Ok(())
    }
}

/// Programs disagree about links with these characters in them, and disagreement about where a host's
/// name ends is what attacks are made of.
pub fn check_spelling(link: &str) -> Result<(), Refusal> {
    if link.is_empty() {
        return Err(Refusal::NotALink);
    }
    if link.len() > LONGEST_LINK {
        return Err(Refusal::TooLong);
    }
    let host_may_be_here = link.split(['?', '#']).next().unwrap_or_default();
    if link.chars().any(char::is_control) || host_may_be_here.contains('\\') {
        return Err(Refusal::NotALink);
    }
    Ok(())
}

/// `shop.example/mug`, but not `a mug` or `/mug`.
fn looks_like_a_host(link: &str) -> bool {
    let host = link.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Refusal::{Credentials, Downgrade, NotALink, Port, Private, Scheme, TooLong};

    fn refused(link: &str) -> Option<Refusal> {
        Guard::new(&[]).parse(link).err()
    }

    #[test]
    fn links_to_shops_are_allowed() {
        for link in [
            "https://shop.example/mug",
            "http://shop.example:80/mug?a=b#c",
            "https://shop.example:443",
            "  https://shop.example/mug \n",
            "shop.example/mug",
            "https://bücher.example/",
            "https://100.63.255.254/",
            "https://100.128.0.1/",
            "https://[2606:4700::1]/",
            r"https://shop.example/mug?size=1\2",
            "https://localhost.example/",
            "https://notlocal.example/",
        ] {
            assert_eq!(refused(link), None, "{link}");
        }
    }

    #[test]
    fn only_web_addresses_are_allowed() {
        for link in [
            "ftp://shop.example/",
            "file:///etc/passwd",
            "gopher://shop.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "ws://shop.example/",
            "mailto:a@shop.example",
            "blob:https://shop.example/1",
            "localhost:3000",
        ] {
            assert_eq!(refused(link), Some(Scheme), "{link}");
        }
        for link in [
            "",
            "mug",
            "/mug",
            "a blue mug",
            "https://",
            "https:// shop.example",
            "//shop.example",
        ] {
            assert_eq!(refused(link), Some(NotALink), "{link}");
        }
    }

    #[test]
    fn only_usual_ports_are_allowed_unless_set() {
        for port in [0, 1, 22, 25, 81, 3000, 5432, 6379, 8080, 8443, 65535] {
            let link = format!("http://shop.example:{port}/");
            assert_eq!(refused(&link), Some(Port), "{link}");
        }
        assert!(
            Guard::new(&[8443])
                .parse("https://shop.example:8443/")
                .is_ok()
        );
    }

    #[test]
    fn links_with_a_log_in_are_refused() {
        for link in [
            "http://ok.example@127.0.0.1/",
            "https://user:word@shop.example/",
            "https://:word@shop.example/",
            "https://user@shop.example/",
        ] {
            assert_eq!(refused(link), Some(Credentials), "{link}");
        }
    }

    #[test]
    fn links_that_programs_read_differently_are_refused() {
        for link in [
            r"http://ok.example\@127.0.0.1/",
            r"http:\\127.0.0.1",
            r"https://shop.example\mug",
            "https://shop.exa\tmple/",
            "https://shop.example/\nmug",
            "https://shop\0.example/",
        ] {
            assert_eq!(refused(link), Some(NotALink), "{link:?}");
        }
    }

    #[test]
    fn every_spelling_of_a_private_address_is_refused() {
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "127.0.1",
            "0",
            "0.0.0.0",
            "①②⑦.⓪.⓪.①",
            "１２７.０.０.１",
            "127。0。0。1",
            "127.0.0.1.",
            "%31%32%37.0.0.1",
            "localhost",
            "localhost.",
            "LOCALHOST",
            "ｌｏｃａｌｈｏｓｔ",
            "shop.localhost",
            "loc\u{ad}alhost",
            "metadata.google.internal",
            "metadata.google.internal.",
            "router.lan",
            "printer.local",
            "intranet",
            "db",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[::127.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[ff02::1]",
        ] {
            for link in [format!("http://{host}/"), format!("https://{host}/mug")] {
                assert_eq!(refused(&link), Some(Private), "{link}");
            }
        }
    }

    #[test]
    fn a_very_long_link_is_refused() {
        let link = format!("https://shop.example/{}", "a".repeat(LONGEST_LINK));
        assert_eq!(refused(&link), Some(TooLong));
        let grows = format!("https://shop.example/{}", "ü".repeat(LONGEST_LINK / 3));
        assert_eq!(refused(&grows), Some(TooLong));
    }

    #[test]
    fn redirects_are_checked_like_links() {
        let guard = Guard::new(&[]);
        let from = |from: &str, to: &str| guard.redirect(&Url::parse(from).unwrap(), to);
        let page = "https://shop.example/mug";
        assert_eq!(
            from(page, "/cup").unwrap().as_str(),
            "https://shop.example/cup"
        );
        assert_eq!(
            from(page, "//www.shop.example/").unwrap().as_str(),
            "https://www.shop.example/"
        );
        assert_eq!(from(page, "http://shop.example/mug"), Err(Downgrade));
        assert_eq!(from(page, "https://127.0.0.1/"), Err(Private));
        assert_eq!(from(page, "//localhost/"), Err(Private));
        assert_eq!(from(page, "file:///etc/passwd"), Err(Scheme));
        assert_eq!(from(page, r"/\127.0.0.1/"), Err(NotALink));
        assert_eq!(from(page, "https://a@shop.example/"), Err(Credentials));
        assert_eq!(
            from("http://shop.example/", "https://shop.example/")
                .unwrap()
                .scheme(),
            "https"
        );
    }

    #[test]
    fn a_tests_server_is_allowed_at_its_port_only() {
        let guard = Guard::new(&[]).allowing_for_tests("127.0.0.1:4000".parse().unwrap());
        assert!(guard.parse("http://127.0.0.1:4000/").is_ok());
        assert_eq!(guard.parse("http://127.0.0.1/").err(), Some(Private));
        assert_eq!(guard.parse("http://127.0.0.1:4001/").err(), Some(Port));
        assert_eq!(guard.parse("http://127.0.0.2:4000/").err(), Some(Private));
        assert_eq!(guard.parse("http://localhost:4000/").err(), Some(Private));
    }
}
