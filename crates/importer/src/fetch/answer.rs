//! What a server sent, within its limits.

use super::error::FetchError;
use crate::page::Page;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED};
use serde::{Deserialize, Serialize};

/// What a server sent, and by what it tells this version of it from another.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub page: Page,
    pub validators: Validators,
}

/// Tells a server which version is already here. Kept with what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// The answer to asking again.
#[derive(Clone, Debug)]
pub enum Refetched {
    /// What is here is still right.
    NotModified,
    Modified(Fetched),
}

/// `text/html` of `Text/HTML; charset=utf-8`.
pub(super) fn media_type(content_type: &str) -> String {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

pub(super) fn content_type(headers: &HeaderMap) -> Option<String> {
    text(headers, &CONTENT_TYPE).filter(|value| !value.is_empty())
}

pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators {
        etag: text(headers, &ETAG),
        last_modified: text(headers, &LAST_MODIFIED),
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    /// Longer than any sensible value; they are stored.
    const LONGEST: usize = 512;
    let value = headers.get(name)?.to_str().ok()?.trim();
    (value.len() <= LONGEST).then(|| value.to_owned())
}

/// Reads on until the body ends or the limit is passed. What the server says about its length is only
/// believed if it is too long: what counts is what comes, decompressed.
pub(super) async fn body(
    mut response: reqwest::Response,
    limit: usize,
) -> Result<Vec<u8>, FetchError> {
    let announced = response.content_length().map(usize::try_from);
    if announced.is_some_and(|length| length.is_err() || length.is_ok_and(|n| n > limit)) {
        return Err(FetchError::TooBig);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(FetchError::TooBig);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
