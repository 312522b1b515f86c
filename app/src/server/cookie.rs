//! The app's cookies beside the session's: how they are read, written and given.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use market::Market;

/// A cookie that no script reads and no other site sends along with a form.
pub(super) struct Cookie {
    /// What it is called on http: on a developer's machine, and in tests.
    pub on_http: &'static str,
    /// On https the prefix `__Host-` makes browsers insist that it is Secure, for `/`, and ours alone.
    pub on_https: &'static str,
}

impl Cookie {
    /// Its values in a request, in the order in which the browser sent them.
    pub fn values<'h>(
        &self,
        market: &Market,
        headers: &'h HeaderMap,
    ) -> impl Iterator<Item = &'h str> {
        values(headers, self.name(market))
    }

    /// The line that has a browser keep it for so many seconds, or for as long as it is open. `None` for a value
    /// that no header can hold.
    pub fn line(&self, market: &Market, value: &str, seconds: Option<u32>) -> Option<HeaderValue> {
        let kept = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        let secure = if is_https(market) { "; Secure" } else { "" };
        let name = self.name(market);
        let line = format!("{name}={value}; Path=/{kept}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&line).ok()
    }

    /// Whether an answer gives it.
    pub fn is_given(&self, market: &Market, headers: &HeaderMap) -> bool {
        let name = self.name(market);
        headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok()?.split_once('='))
            .any(|(given, _)| given == name)
    }

    fn name(&self, market: &Market) -> &'static str {
        if is_https(market) {
            self.on_https
        } else {
            self.on_http
        }
    }
}

fn is_https(market: &Market) -> bool {
    market.settings().public_url.starts_with("https://")
}

/// The values of a cookie in a request, in the order in which the browser sent them.
pub(super) fn values<'h>(
    headers: &'h HeaderMap,
    name: &'static str,
) -> impl Iterator<Item = &'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(move |(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Gives a cookie with the answer that is being made.
pub(super) fn give(line: Option<HeaderValue>) {
    if let (Some(response), Some(line)) = (use_context::<ResponseOptions>(), line) {
        response.append_header(SET_COOKIE, line);
    }
}
