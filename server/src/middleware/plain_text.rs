//! Text is cleaned once, at the door, whichever way it comes in: in a path, a query or a form. What no person types
//! and no database takes, such as NUL, and bytes that are no UTF-8 stand as `U+FFFD` from here on. So a search for
//! them finds nothing, an address with them leads nowhere, and a form's own rules take them out of what is kept.

use crate::middleware::body_limit;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use std::borrow::Cow;

/// Stays as it is in a part of a path; all else was written with `%` and is again.
const IN_A_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Cleans paths and queries.
pub async fn address(mut request: Request, next: Next) -> Response {
    if let Some(cleaned) = cleaned_address(request.uri()) {
        *request.uri_mut() = cleaned;
    }
    next.run(request).await
}

/// Cleans forms.
pub async fn form(request: Request, next: Next) -> Response {
    if !is_form(request.headers()) {
        return next.run(request).await;
    }
    let refusal = Refusal::to(&request);
    let (mut parts, body) = request.into_parts();
    // The body has passed the body limit's wrapper, so it ends there at the latest.
    let Ok(bytes) = to_bytes(body, body_limit::FORM.0).await else {
        return refusal.too_large(body_limit::FORM.0);
    };
    let body = match cleaned_form(&bytes) {
        Some(form) => {
            let length = HeaderValue::from(form.len());
            parts.headers.insert(CONTENT_LENGTH, length);
            Bytes::from(form)
        }
        None => bytes,
    };
    next.run(Request::from_parts(parts, Body::from(body))).await
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// `None` when there is nothing to clean.
fn cleaned_address(uri: &Uri) -> Option<Uri> {
    let path = cleaned_path(uri.path());
    let query = uri.query().and_then(|query| cleaned_form(query.as_bytes()));
    if path.is_none() && query.is_none() {
        return None;
    }
    let path = path.unwrap_or_else(|| uri.path().to_owned());
    let query = query.or_else(|| uri.query().map(ToOwned::to_owned));
    let whole = match query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(whole).ok()?);
    Uri::from_parts(parts).ok()
}

/// Part by part, so that no slash is lost or won.
fn cleaned_path(path: &str) -> Option<String> {
    let is_clean =
        |part: &str| clean_text(percent_decode(part.as_bytes()).decode_utf8_lossy(), part);
    let parts: Vec<Option<String>> = path.split('/').map(is_clean).collect();
    if parts.iter().all(Option::is_none) {
        return None;
    }
    let whole = path
        .split('/')
        .zip(parts)
        .map(|(part, cleaned)| match cleaned {
            Some(text) => Cow::Owned(utf8_percent_encode(&text, IN_A_PATH).to_string()),
            None => Cow::Borrowed(part),
        });
    Some(whole.collect::<Vec<_>>().join("/"))
}

/// The same pairs with clean texts; `None` when they are clean already.
fn cleaned_form(form: &[u8]) -> Option<String> {
    let whole = percent_decode(form).decode_utf8();
    if whole.is_ok_and(|whole| model::at_the_door(&whole).is_none()) {
        return None;
    }
    let mut cleaned = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(form) {
        let text = |text: &str| model::at_the_door(text).unwrap_or_else(|| text.to_owned());
        cleaned.append_pair(&text(&name), &text(&value));
    }
    Some(cleaned.finish())
}

/// What was written as `written` and reads as `text`, cleaned; `None` when it is clean.
fn clean_text(text: Cow<'_, str>, written: &str) -> Option<String> {
    let is_utf8 = percent_decode(written.as_bytes()).decode_utf8().is_ok();
    match model::at_the_door(&text) {
        Some(cleaned) => Some(cleaned),
        None if is_utf8 => None,
        None => Some(text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(address: &'static str) -> String {
        let uri = Uri::from_static(address);
        cleaned_address(&uri).unwrap_or(uri).to_string()
    }

    #[test]
    fn clean_addresses_stay_to_the_letter() {
        for address in [
            "/market?search=50%25+off%2Fnow&page=2",
            "/s/a%2Fb/c%20d",
            "/s/%E6%97%A5%E6%9C%AC?x=%E6%97%A5",
            "/",
            "/market?",
        ] {
            assert!(
                cleaned_address(&Uri::from_static(address)).is_none(),
                "{address}"
            );
        }
    }

    #[test]
    fn what_no_person_types_is_nothing_anybody_looks_for() {
        assert_eq!(cleaned("/s/%00/a%2Fb%01"), "/s/%EF%BF%BD/a%2Fb%EF%BF%BD");
        assert_eq!(cleaned("/s/%ed%a0%80"), "/s/%EF%BF%BD%EF%BF%BD%EF%BF%BD");
        assert_eq!(
            cleaned("/market?search=%00&page=2"),
            "/market?search=%EF%BF%BD&page=2"
        );
        assert_eq!(cleaned("/market?search=%ff"), "/market?search=%EF%BF%BD");
        assert_eq!(
            cleaned("/market?search=%C2%85%EF%BF%BE"),
            "/market?search=%EF%BF%BD%EF%BF%BD"
        );
    }

    #[test]
    fn forms_keep_their_pairs_and_their_lines() {
        assert_eq!(cleaned_form(b"a=one%0D%0Atwo&b=%C3%A9&b="), None);
        assert_eq!(
            cleaned_form(b"a[b]=x%00y&c=%26%3D&d=\xff").as_deref(),
            Some("a%5Bb%5D=x%EF%BF%BDy&c=%26%3D&d=%EF%BF%BD")
        );
    }
}
