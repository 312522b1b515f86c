//! Which addresses lead to pages that are kept, and which of them to the same one.

use app::paths;
use app::wire::theme::Theme;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// A path is kept up to this length, and so is what is asked for with it, in bytes.
const LONGEST: usize = 512;

/// What the marketplace, a store and the list of stores ask for in their addresses. Whatever else stands there, such as
/// where a link was posted, makes no other page.
const ASKED: [(&str, &[&str]); 3] = [
    (
        paths::MARKET,
        &["search", "category", "price", "ships", "sort", "page"],
    ),
    (paths::STORES, &["page"]),
    ("/s/", &["category", "page", "variant"]),
];

/// A page as every guest with the same theme gets it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    path_and_query: PathAndQuery,
    theme: Theme,
}

impl Address {
    /// `None` for a page that is not kept.
    pub fn of(uri: &Uri, theme: Theme) -> Option<Address> {
        let path = uri.path();
        let asked = asked_at(path)?;
        let query = kept_of(uri.query().unwrap_or_default(), asked)?;
        let path_and_query = match query.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{query}"),
        };
        if path_and_query.len() > LONGEST {
            return None;
        }
        Some(Address {
            path_and_query: path_and_query.parse().ok()?,
            theme,
        })
    }

    pub fn theme(&self) -> Theme {
        self.theme
    }

    pub fn uri(&self) -> Uri {
        Uri::from(self.path_and_query.clone())
    }

    /// What it takes, in bytes.
    pub fn weight(&self) -> usize {
        self.path_and_query.as_str().len()
    }
}

/// What a page asks for in its address; `None` for one that is not kept.
fn asked_at(path: &str) -> Option<&'static [&'static str]> {
    if path == paths::HOME {
        return Some(&[]);
    }
    let (_, asked) = ASKED.iter().find(|(page, _)| match page.ends_with('/') {
        true => path.starts_with(page),
        false => path == *page,
    })?;
    // Of stores and products only their own pages.
    let own = path.strip_prefix("/s/").is_none_or(|rest| {
        let mut parts = rest.split('/');
        let named = |part: Option<&str>| part.is_none_or(|part| !part.is_empty());
        named(parts.next()) && named(parts.next()) && parts.next().is_none()
    });
    own.then_some(*asked)
}

/// What is asked for, in one order whatever the order in the address; `None` when something is asked for twice.
fn kept_of(query: &str, asked: &[&str]) -> Option<String> {
    let given: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let mut kept = form_urlencoded::Serializer::new(String::new());
    for name in asked {
        let mut values = given.iter().filter(|(given, _)| given == name);
        if let Some((_, value)) = values.next() {
            kept.append_pair(name, value);
        }
        if values.next().is_some() {
            return None;
        }
    }
    Some(kept.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(address: &'static str) -> Option<String> {
        let address = Address::of(&Uri::from_static(address), Theme::System)?;
        Some(address.uri().to_string())
    }

    #[test]
    fn what_everybody_opens_is_kept() {
        for address in [
            "/",
            "/market",
            "/stores?page=2",
            "/s/kiln",
            "/s/kiln/mug",
            "/s/kiln?category=home&page=2",
        ] {
            assert_eq!(kept(address).as_deref(), Some(address));
        }
        for address in [
            "/cart",
            "/log-in",
            "/dashboard",
            "/marketplace",
            "/market/",
            "/s/",
            "/s/kiln/",
            "/s/kiln/mug/more",
            "/s//mug",
            "/api/read_shell",
        ] {
            assert_eq!(kept(address), None, "{address}");
        }
    }

    #[test]
    fn where_a_link_was_posted_makes_no_other_page() {
        assert_eq!(
            kept("/s/kiln/mug?utm_source=post&fbclid=a%20b").as_deref(),
            Some("/s/kiln/mug")
        );
        assert_eq!(
            kept("/market?page=2&sort=price&search=a+b%26c&x=1").as_deref(),
            Some("/market?search=a+b%26c&sort=price&page=2")
        );
        assert_eq!(kept("/market?page=2&page=3"), None);
        assert_eq!(kept("/?search=a").as_deref(), Some("/"));
    }
}
