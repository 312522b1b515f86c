//! Ten thousand links made to slip through.

use importer::fetch::{Fetcher, Guard, Settings};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::net::{IpAddr, Ipv4Addr};
use trial_web::shop::{Names, Shop, answer, settings};
use url::{Host, Url};

const LINKS: usize = 10_000;
/// The same links in every run.
const SEED: u64 = 20_261_122;

/// Addresses at which canaries wait, and others like them.
const PRIVATE: [Ipv4Addr; 8] = [
    Ipv4Addr::LOCALHOST,
    Ipv4Addr::new(127, 0, 0, 2),
    Ipv4Addr::new(127, 1, 2, 3),
    Ipv4Addr::UNSPECIFIED,
    Ipv4Addr::new(10, 0, 0, 1),
    Ipv4Addr::new(169, 254, 169, 254),
    Ipv4Addr::new(172, 17, 0, 1),
    Ipv4Addr::new(192, 168, 0, 1),
];

#[tokio::test]
async fn ten_thousand_generated_links_reach_no_canary() {
    let canaries = canaries().await;
    let port = canaries[0].address.port();
    // Ports are allowed and names lead to this machine: only the guard of hosts and addresses is left.
    let settings = Settings {
        more_ports: vec![port],
        ..settings()
    };
    let names = Names::answering(&[&["127.0.0.1"], &["::1"], &["127.0.0.2"], &["0.0.0.0"]]);
    let fetcher = Fetcher::with(&settings, Guard::new(&[port]), names).unwrap();
    let mut random = StdRng::seed_from_u64(SEED);
    let (mut parsed, mut asked) = (0, 0);
    while asked < LINKS {
        let link = link(&mut random, port);
        if let Ok(url) = fetcher.guard().parse(&link) {
            parsed += 1;
            assert!(leads_nowhere_private(&url), "{link}");
        }
        let Ok(url) = Url::parse(&link) else { continue };
        asked += 1;
        // By chance some lead to real servers, which are left in peace.
        if fetcher.guard().check(&url).is_ok() && is_literal(&url) {
            continue;
        }
        let answer = if asked % 2 == 0 {
            fetcher.page(&url).await
        } else {
            fetcher.image(&url).await
        };
        assert!(answer.is_err(), "{link}");
    }
    assert!(
        parsed > LINKS / 100,
        "hardly any link got as far as the resolver: {parsed}"
    );
    for canary in &canaries {
        assert_eq!(canary.connections().await, 0, "{}", canary.address);
    }
}

#[tokio::test]
async fn a_thousand_generated_redirects_reach_no_canary() {
    let canaries = canaries().await;
    let port = canaries[0].address.port();
    let shop = Shop::open(move |head| {
        let seed = head
            .split(['/', ' '])
            .nth(2)
            .and_then(|seed| seed.parse().ok());
        let mut random = StdRng::seed_from_u64(seed.unwrap_or_default());
        let link: String = link(&mut random, port).replace(['\r', '\n', '\0'], "");
        answer("302 Found", &format!("Location: {link}\r\n"), b"")
    })
    .await;
    let guard = Guard::new(&[port]).allowing_for_tests(shop.address);
    let names = Names::answering(&[&["127.0.0.2"], &["::1"], &["127.0.0.3"]]);
    let fetcher = Fetcher::with(&settings(), guard, names).unwrap();
    for seed in 0..1000 {
        // The same link as the server will make: a public one is not followed.
        let link = link(&mut StdRng::seed_from_u64(seed), port).replace(['\r', '\n', '\0'], "");
        let to = shop.url("/").join(&link);
        if to.is_ok_and(|to| fetcher.guard().check(&to).is_ok() && is_literal(&to)) {
            continue;
        }
        assert!(
            fetcher.page(&shop.url(&format!("/{seed}"))).await.is_err(),
            "{link}"
        );
    }
    for canary in &canaries {
        assert_eq!(canary.connections().await, 0, "{}", canary.address);
    }
}

/// What the tests above would see if the guard let something through.
#[tokio::test]
async fn a_canary_sings_when_it_is_reached() {
    let canary = Shop::canary("127.0.0.1:0").await;
    let guard = Guard::new(&[]).allowing_for_tests(canary.address);
    let names = Names::answering(&[&["127.0.0.1"]]);
    let fetcher = Fetcher::with(&settings(), guard, names).unwrap();
    assert!(fetcher.page(&canary.url("/")).await.is_ok());
    assert_eq!(canary.connections().await, 1);
}

/// At one port of all loopback addresses there are, and at the usual ports where that is possible.
async fn canaries() -> Vec<Shop> {
    let first = Shop::canary("127.0.0.1:0").await;
    let port = first.address.port();
    let mut canaries = vec![first];
    for port in [port, 80, 443] {
        for address in ["127.0.0.1", "127.0.0.2", "127.1.2.3", "[::1]"] {
            let at = format!("{address}:{port}");
            if std::net::TcpListener::bind(&at).is_ok() {
                canaries.push(Shop::canary(&at).await);
            }
        }
    }
    canaries
}

fn is_literal(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
}

/// Judged by the standard library, not by what is tested.
fn leads_nowhere_private(url: &Url) -> bool {
    let address: IpAddr = match url.host() {
        Some(Host::Ipv4(address)) => address.into(),
        Some(Host::Ipv6(address)) => address.into(),
        // A name's address is looked at later.
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            return name != "localhost" && !name.ends_with(".localhost");
        }
        None => return false,
    };
    let v4 = match address {
        IpAddr::V4(v4) => Some(v4),
        IpAddr::V6(v6) => v6.to_ipv4(),
    };
    let private = v4.is_some_and(|v4| {
        v4.is_private()
            || v4.is_link_local()
            || v4.is_broadcast()
            || v4.octets()[0] == 0
            || v4.is_loopback()
    });
    !private && !address.is_loopback() && !address.is_unspecified()
}

/// A link to a private address or name, spelled and decorated by chance, sometimes damaged.
fn link(random: &mut StdRng, port: u16) -> String {
    let scheme = [
        "http", "https", "HTTP", "hTtPs", "http", "ftp", "ws", "file",
    ]
    .choose(random)
    .unwrap();
    let slashes = ["://", "://", "://", ":/", ":", ":\\\\", ":////", "://\t"]
        .choose(random)
        .unwrap();
    let user = [
        "",
        "",
        "",
        "ok.example@",
        "ok.example:80@",
        "@",
        "ok.example\\@",
        "a:b@",
        "ok.example#@",
        "ok.example?@",
        "%40",
        "ok.example%2F@",
    ];
    let user = user.choose(random).unwrap();
    let host = host(random);
    let port = match random.random_range(0..4) {
        0 => String::new(),
        1 => format!(":0{port}"),
        _ => format!(":{port}"),
    };
    let path = [
        "",
        "/",
        "/mug",
        "/?a=b",
        "#x",
        "/../..",
        "\\",
        "/%00",
        "?@ok.example",
        ";@ok.example",
    ];
    let path = path.choose(random).unwrap();
    let mut link = format!("{scheme}{slashes}{user}{host}{port}{path}");
    if random.random_bool(0.3) {
        damage(random, &mut link);
    }
    link
}

fn host(random: &mut StdRng) -> String {
    let address = *PRIVATE.choose(random).unwrap();
    match random.random_range(0..10) {
        0 => name(random),
        1 => address.to_bits().to_string(),
        2 => format!("0x{:x}", address.to_bits()),
        3 => format!("0{:o}", address.to_bits()),
        4 => v6(random, address),
        _ => {
            let dot = *[".", ".", ".", "。", "．", "｡", "%2e"]
                .choose(random)
                .unwrap();
            let [a, b, c, d] = address.octets().map(u32::from);
            // The last number may stand for several.
            let numbers = match random.random_range(0..4) {
                0 => vec![a, b << 16 | c << 8 | d],
                1 => vec![a, b, c << 8 | d],
                _ => vec![a, b, c, d],
            };
            let numbers: Vec<String> = numbers
                .iter()
                .map(|number| numeral(random, *number))
                .collect();
            let end = if random.random_bool(0.1) { dot } else { "" };
            numbers.join(dot) + end
        }
    }
}

/// A number as programs may understand it.
fn numeral(random: &mut StdRng, number: u32) -> String {
    match random.random_range(0..7) {
        0 => format!("0x{number:x}"),
        1 => format!("0X0{number:X}"),
        2 => format!("0{number:o}"),
        3 => format!("000{number:o}"),
        4 => digits(number, '０'),
        5 if number != 0 => circled(number),
        _ => number.to_string(),
    }
}

/// Decimal digits from another place in Unicode.
fn digits(number: u32, zero: char) -> String {
    let zero = u32::from(zero);
    let digit = |c: char| {
        c.to_digit(10)
            .and_then(|digit| char::from_u32(zero + digit))
    };
    number.to_string().chars().filter_map(digit).collect()
}

fn circled(number: u32) -> String {
    number
        .to_string()
        .replace('0', "⓪")
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(u32::from('①') + digit - 1).unwrap_or(c),
            None => c,
        })
        .collect()
}

fn v6(random: &mut StdRng, address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    let forms = [
        "::1".to_owned(),
        "::".to_owned(),
        "0:0:0:0:0:0:0:1".to_owned(),
        "0000:0000::0001".to_owned(),
        format!("::ffff:{address}"),
        format!("::FFFF:{a:x}{b:02x}:{c:x}{d:02x}"),
        format!("::{address}"),
        format!("64:ff9b::{address}"),
        format!("2002:{a:02x}{b:02x}:{c:02x}{d:02x}::"),
        "fe80::1".to_owned(),
        "fe80::1%25eth0".to_owned(),
        "fd00:ec2::254".to_owned(),
        "ff02::1".to_owned(),
    ];
    format!("[{}]", forms.choose(random).unwrap())
}

fn name(random: &mut StdRng) -> String {
    let names = [
        "localhost",
        "LocalHost",
        "localhost.",
        "localhost..",
        "ｌocalhost",
        "loc\u{ad}alhost",
        "a.localhost",
        "localhost.localdomain",
        "ip6-localhost",
        "metadata.google.internal",
        "metadata",
        "router.lan",
        "printer.local",
        "rebind.example",
        "127.0.0.1.nip.example",
        "xn--fiqs8s.example",
        "a.b.c.example.",
        "localhost%00.example",
        "localhost%2eexample",
        "1.example",
        "0x7f.example",
    ];
    (*names.choose(random).unwrap()).to_owned()
}

/// Changes a character or two.
fn damage(random: &mut StdRng, link: &mut String) {
    for _ in 0..random.random_range(1..3) {
        let mut characters: Vec<char> = link.chars().collect();
        let at = random.random_range(0..characters.len());
        let strange = [
            '\t', '\n', ' ', '@', '\\', '/', ':', '#', '?', '%', '.', '。', '[', ']', '\u{200b}',
            '0', 'x',
        ];
        match random.random_range(0..3) {
            0 => characters.insert(at, *strange.choose(random).unwrap()),
            1 => {
                characters.remove(at);
            }
            _ => characters[at] = *strange.choose(random).unwrap(),
        }
        *link = characters.into_iter().collect();
        if link.is_empty() {
            link.push('/');
        }
    }
}
