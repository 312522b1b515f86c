//! Requests that change something must come from our own pages (cross-site request forgery).
//!
//! The session cookie is `SameSite=Lax`, which stops most of it; this stops the rest, log-ins by somebody
//! else's form included. Browsers tell where a request comes from in `Origin` and `Sec-Fetch-Site`, which no
//! page can forge. A request that says nothing at all is not from a current browser: it may pass only when it
//! carries no cookie, for then it borrows nobody's authority.
//!
//! Where a request comes from says nothing about who wrote the form in it: that is what the token of a page is for
//! (`app::server::forms`).
//!
//! Messages of the payment provider do not pass through here: a signature says whose they are (`webhook.rs`).

use crate::config::PublicUrl;
use crate::refusal::Refusal;
use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN, REFERER};
use axum::http::{HeaderMap, HeaderName, Method};
use axum::middleware::Next;
use axum::response::Response;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let changes_nothing = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes_nothing || is_ours(request.headers(), &site.config.public_url) {
        next.run(request).await
    } else {
        tracing::warn!("refused a request from another site");
        Refusal::to(&request).foreign()
    }
}

/// Whether the request was made by a page of ours, or by something that is no browser.
fn is_ours(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("(unreadable)"))
    };

    // `none` is the person themself: a reload of a page that a form led to.
    if let Some(site) = text(SEC_FETCH_SITE)
        && !matches!(site, "same-origin" | "none" | "same-site")
    {
        return false;
    }
    let host = text(HOST);
    if let Some(origin) = text(ORIGIN) {
        return is_same_origin(origin, public_url, host);
    }
    if let Some(site) = text(SEC_FETCH_SITE) {
        return site != "same-site";
    }
    match text(REFERER) {
        Some(referer) => is_same_origin(origin_of(referer), public_url, host),
        None => !headers.contains_key(COOKIE),
    }
}

/// Ours is the public address. On plain http (a developer's machine, where `localhost`, `127.0.0.1` and a
/// phone's view of it are all used) it is also whatever host the browser connected to: a foreign page can't
/// make the browser send a foreign `Origin` that equals our `Host`.
fn is_same_origin(origin: &str, public_url: &PublicUrl, host: Option<&str>) -> bool {
    origin == public_url.origin()
        || (!public_url.is_https()
            && host.is_some_and(|host| origin.strip_prefix("http://") == Some(host)))
}

/// `https://shop.example/a/b` → `https://shop.example`.
fn origin_of(address: &str) -> &str {
    let host_at = address.find("://").map_or(0, |at| at + 3);
    let host_length = address[host_at..]
        .find('/')
        .unwrap_or(address.len() - host_at);
    &address[..host_at + host_length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(public_url: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        is_ours(&headers, &PublicUrl::parse(public_url).unwrap())
    }

    const SHOP: &str = "https://shop.example";

    #[test]
    fn our_own_pages_pass() {
        for headers in [
            &[("origin", SHOP)][..],
            &[("origin", SHOP), ("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "same-origin"), ("cookie", "a=b")],
            &[("sec-fetch-site", "none"), ("cookie", "a=b")],
            &[("referer", "https://shop.example/cart"), ("cookie", "a=b")],
            &[],
        ] {
            assert!(ours(SHOP, headers), "{headers:?}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://shop.example")],
            &[("origin", "https://shop.example.evil.example")],
            &[("origin", "https://shop.example:8443")],
            &[("origin", SHOP), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[
                ("origin", "https://sub.shop.example"),
                ("sec-fetch-site", "same-site"),
            ],
            &[
                ("referer", "https://evil.example/https://shop.example"),
                ("cookie", "a=b"),
            ],
            &[("cookie", "a=b")],
        ] {
            assert!(!ours(SHOP, headers), "{headers:?}");
        }
    }

    #[test]
    fn a_developers_machine_has_more_than_one_name() {
        let local = "http://127.0.0.1:3000";
        assert!(ours(
            local,
            &[
                ("origin", "http://localhost:3000"),
                ("host", "localhost:3000")
            ]
        ));
        assert!(!ours(
            local,
            &[
                ("origin", "http://localhost:4000"),
                ("host", "localhost:3000")
            ]
        ));
        assert!(!ours(
            SHOP,
            &[
                ("origin", "http://other.example"),
                ("host", "other.example")
            ]
        ));
    }
}
