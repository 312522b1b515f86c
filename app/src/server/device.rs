//! What a browser keeps that logged in to an account before, so that others' wrong tries are not held against it.

use super::request;
use crate::error::AppResult;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

const ON_HTTPS: &str = "__Host-shelfshare-device";
const ON_HTTP: &str = "shelfshare-device";

/// Two years: longer than browsers keep it.
const SECONDS: u32 = 2 * 365 * 24 * 60 * 60;

/// What the browser that asks has kept.
///
/// # Errors
/// [`crate::error::AppError::Internal`] outside of a request.
pub fn kept() -> AppResult<Option<String>> {
    Ok(in_cookies(&request()?.headers, name()))
}

/// Has the browser that asks keep this.
pub fn keep(device: &str) {
    let (name, secure) = (name(), if is_https() { "; Secure" } else { "" });
    let cookie =
        format!("{name}={device}; Path=/; Max-Age={SECONDS}; HttpOnly; SameSite=Lax{secure}");
    if let (Some(response), Ok(cookie)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(&cookie),
    ) {
        response.append_header(SET_COOKIE, cookie);
    }
}

/// On https its prefix makes browsers insist that it is Secure, for `/`, and ours alone.
fn name() -> &'static str {
    if is_https() { ON_HTTPS } else { ON_HTTP }
}

fn is_https() -> bool {
    super::market().is_ok_and(|market| market.info().public_url.starts_with("https://"))
}

fn in_cookies(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}
