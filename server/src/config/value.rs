//! From what was written to what is meant. A parser answers `None` for a value that is not allowed;
//! the caller turns that into a refusal that names the setting and quotes the table.

use market::payment::Secret;
use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::str::FromStr;

pub fn whole<T>(text: &str, allowed: RangeInclusive<T>) -> Option<T>
where
    T: FromStr + PartialOrd,
{
    text.parse().ok().filter(|number| allowed.contains(number))
}

pub fn symbol(value: &str) -> Option<String> {
    let sound = (1..=8).contains(&value.len())
        && value
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    sound.then(|| value.to_owned())
}

/// No secret is fine too: then what it is for is switched off.
pub fn secret(value: &str) -> Option<Option<Secret>> {
    if value.is_empty() {
        return Some(None);
    }
    Secret::new(value).map(Some)
}

pub fn database_url(value: &str) -> Option<String> {
    ["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| value.len() > scheme.len() && value.starts_with(scheme))
        .then(|| value.to_owned())
}

/// A bucket's name and a folder in it, or none.
pub fn bucket(value: &str) -> Option<Option<(String, String)>> {
    if value.is_empty() {
        return Some(None);
    }
    let (name, folder) = value.split_once('/').unwrap_or((value, ""));
    let is_name = |name: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
    };
    let sound = is_name(name) && (folder.is_empty() || folder.split('/').all(is_name));
    sound.then(|| Some((name.to_owned(), folder.to_owned())))
}

pub fn region(value: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!value.is_empty() && value.chars().all(plain)).then(|| value.to_owned())
}

/// Anything but nothing.
pub fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// A value or none.
pub fn optional<T>(value: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match value {
        "" => Some(None),
        value => parse(value).map(Some),
    }
}

/// Values separated by commas.
pub fn list<T: FromStr>(value: &str) -> Option<Vec<T>> {
    value
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

/// Addresses, or the word for there being none. An IPv4 address inside of an IPv6 one is the same.
pub fn addresses(value: &str) -> Option<Vec<IpAddr>> {
    if value == "none" {
        return Some(Vec::new());
    }
    let addresses: Vec<IpAddr> = list(value)?;
    Some(addresses.iter().map(IpAddr::to_canonical).collect())
}

pub fn on_or_off(value: &str) -> Option<bool> {
    match value {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// An address with a scheme and a host, and nothing behind them: exactly what a browser sends as `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    https: bool,
}

impl PublicUrl {
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim_end_matches('/').to_ascii_lowercase();
        let (https, host) = match value.strip_prefix("https://") {
            Some(host) => (true, host),
            None => (false, value.strip_prefix("http://")?),
        };
        let sound = !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        // A browser leaves the scheme's own port out of `Origin`.
        let default_port = if https { ":443" } else { ":80" };
        let host = host.strip_suffix(default_port).unwrap_or(host);
        sound.then(|| Self {
            origin: format!("{}://{host}", if https { "https" } else { "http" }),
            https,
        })
    }

    /// Scheme, host and, when it is not the scheme's own, port: without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn is_https(&self) -> bool {
        self.https
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

/// A database address fit to be printed: its password is replaced.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((user, host)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:(hidden)@{host}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_what_a_browser_calls_an_origin() {
        for (written, origin) in [
            ("https://Shop.Example/", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            let url = PublicUrl::parse(written).unwrap();
            assert_eq!(url.origin(), origin);
            assert_eq!(url.is_https(), origin.starts_with("https"));
        }
        for refused in [
            "",
            "shop.example",
            "ftp://shop.example",
            "https://",
            "https://a/b",
            "https://u@a",
        ] {
            assert_eq!(PublicUrl::parse(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(
            without_password("postgres://shop:geh@im@db.example/shop"),
            "postgres://shop:(hidden)@db.example/shop"
        );
        assert_eq!(without_password("sqlite://data/a.db"), "sqlite://data/a.db");
    }

    #[test]
    fn a_list_of_addresses_is_all_or_nothing() {
        assert_eq!(list::<IpAddr>("").unwrap(), Vec::<IpAddr>::new());
        assert_eq!(list::<IpAddr>("10.0.0.1, ::1").unwrap().len(), 2);
        assert_eq!(list::<IpAddr>("10.0.0.1, proxy"), None);
    }
}
