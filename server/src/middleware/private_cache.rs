//! Pages and answers are made for one viewer: a cache on the way must not show them to another.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::Next;
use axum::response::Response;

/// Marks a response private unless it says itself how it may be kept. The browser may keep it, so that going
/// back is instant and what was typed is still there, but has to ask before it shows it again.
pub async fn mark(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    response
}
