//! What a browser keeps that logged in to an account before, so that others' wrong tries are not held against it.

use super::cookie::{self, Cookie};
use super::{market, request};
use crate::error::AppResult;

const DEVICE: Cookie = Cookie {
    on_http: "shelfshare-device",
    on_https: "__Host-shelfshare-device",
};

/// Two years: longer than browsers keep it.
const SECONDS: u32 = 2 * 365 * 24 * 60 * 60;

/// What the browser that asks has kept.
///
/// # Errors
/// [`crate::error::AppError::Internal`] outside of a request.
pub fn kept() -> AppResult<Option<String>> {
    let (market, request) = (market()?, request()?);
    let kept = DEVICE.values(&market, &request.headers).next();
    Ok(kept.map(ToOwned::to_owned))
}

/// Has the browser that asks keep this.
pub fn keep(device: &str) {
    if let Ok(market) = market() {
        cookie::give(DEVICE.line(&market, device, Some(SECONDS)));
    }
}
