//! One random id per request: in the log, in the response, on the error page. Whoever reports a fault can name it.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// Set on the request for everything inside, and on the response for the client.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id of ours; one that the client sent is overwritten, so that nobody writes our log.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = fresh();
    request.headers_mut().insert(HEADER, id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, id);
    response
}

/// The id of the request with these headers; empty outside of [`assign`].
pub fn of(headers: &HeaderMap) -> &str {
    headers
        .get(HEADER)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
}

/// Gives a request that is made in another's place the id of that one.
pub fn hand_on(from: &HeaderMap, to: &mut HeaderMap) {
    if let Some(id) = from.get(HEADER) {
        to.insert(HEADER, id.clone());
    }
}

fn fresh() -> HeaderValue {
    let id = format!("{:016x}", rand::random::<u64>());
    // Sixteen hexadecimal digits are a valid header value; the fallback is never taken.
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("0"))
}
