//! What a visitor is known by before she has a session: a cookie of her own that comes with the first page from which
//! something can be put into a cart.
//!
//! Several of her requests may come at once, from several tabs, and each would begin a session and a cart. All of them
//! carry this cookie, so all of them make the same cart. It is worth nothing once the cart is an account's.

use super::{market, request};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use market::cart::Visitor;

/// Letters and figures of the cookie's value: more than 128 random bits.
const LENGTH: usize = 32;

/// The cookie's name. On https its prefix makes browsers insist that it is ours alone.
fn name(https: bool) -> &'static str {
    if https {
        "__Host-visitor"
    } else {
        "shelfshare-visitor"
    }
}

/// The market is served by https.
fn is_https() -> bool {
    market().is_ok_and(|market| market.settings().public_url.starts_with("https://"))
}

/// Who the visitor of a request is, if a page of ours has given her a cookie.
#[must_use]
pub fn visitor_key(parts: &Parts) -> Option<Visitor> {
    secret_in(&parts.headers, name(is_https())).map(Visitor::known_by)
}

fn secret_in<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(cookie, _)| *cookie == name)
        .map(|(_, secret)| secret)
        .find(|secret| {
            secret.len() == LENGTH && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Gives a visitor her cookie, with an answer from which something can be put into a cart. It lasts as long as the
/// browser is open.
pub fn welcome() {
    let (Ok(parts), Some(response)) = (request(), use_context::<ResponseOptions>()) else {
        return;
    };
    let https = is_https();
    if secret_in(&parts.headers, name(https)).is_some() {
        return;
    }
    let secure = if https { "; Secure" } else { "" };
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax{secure}",
        name(https),
        market::random_code(LENGTH)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.append_header(SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cookie_like_ours_is_a_visitors() {
        let found = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_static(cookies));
            secret_in(&headers, "v").map(ToOwned::to_owned)
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
