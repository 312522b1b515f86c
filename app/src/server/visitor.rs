//! What a visitor is known by before she has a session: a cookie of her own that comes with the first page from which
//! something can be put into a cart.
//!
//! Several of her requests may come at once, from several tabs, and each would begin a session and a cart. All of them
//! carry this cookie, so all of them make the same cart. It is worth nothing once the cart is an account's.

use super::cookie::{self, Cookie};
use super::{market, request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use market::Market;
use market::cart::Visitor;

const VISITOR: Cookie = Cookie {
    on_http: "shelfshare-visitor",
    on_https: "__Host-visitor",
};

/// Letters and figures of the cookie's value: more than 128 random bits.
const LENGTH: usize = 32;

/// Who the visitor of a request is, if a page of ours has given her a cookie.
#[must_use]
pub fn visitor_key(parts: &Parts) -> Option<Visitor> {
    let market = market().ok()?;
    secret_in(VISITOR.values(&market, &parts.headers)).map(Visitor::known_by)
}

fn secret_in<'h>(mut values: impl Iterator<Item = &'h str>) -> Option<&'h str> {
    values.find(|secret| {
        secret.len() == LENGTH && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Gives a visitor her cookie, with an answer from which something can be put into a cart. It lasts as long as the
/// browser is open.
pub fn welcome() {
    if let (Ok(market), Ok(parts)) = (market(), request()) {
        cookie::give(welcome_to(&market, &parts.headers));
    }
}

/// The line that gives it, unless she has it.
pub(super) fn welcome_to(market: &Market, headers: &HeaderMap) -> Option<HeaderValue> {
    if secret_in(VISITOR.values(market, headers)).is_some() {
        return None;
    }
    VISITOR.line(market, &market::random_code(LENGTH), None)
}

/// Whether an answer gives it.
pub(super) fn is_given(market: &Market, headers: &HeaderMap) -> bool {
    VISITOR.is_given(market, headers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    #[test]
    fn only_a_cookie_like_ours_is_a_visitors() {
        let found = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_static(cookies));
            secret_in(cookie::values(&headers, "v")).map(ToOwned::to_owned)
        };
        let secret = "abcdefghijklmnopqrstuvwxyz012345";
        assert_eq!(
            found("a=b; v=abcdefghijklmnopqrstuvwxyz012345; c=d").as_deref(),
            Some(secret)
        );
        for other in ["", "v=", "v=short", "x=abcdefghijklmnopqrstuvwxyz012345"] {
            assert_eq!(found(other), None);
        }
    }
}
